"""Names of agencies: what counts as one name, what is merely close."""

from __future__ import annotations

import pytest

from disclosure_checks.rules.collection.agencies.names import agency_key, close_names


@pytest.mark.parametrize(
    "printed",
    [
        "甲市 财政局(本级)",
        "甲市财政局（本级）",
        "甲\u200b市财政局(本级)",
        "甲市\u3000财政局﹙本级﹚",
        "甲市财政局(本级)",
    ],
    ids=["a blank", "full-width brackets", "an invisible character", "small brackets", "as it is"],
)
def test_prints_of_one_name_are_one(printed: str):
    assert agency_key(printed) == agency_key("甲市财政局(本级)")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲市人民政府", "甲市政府"),
        ("甲市财政局", "乙市财政局"),
        ("丙省甲市财政局", "甲市财政局"),
        ("甲市财政局", "甲市财政局(本级)"),
        ("甲市卫生健康委员会", "甲市卫健委"),
    ],
)
def test_nothing_is_taken_for_one_on_a_guess(one: str, other: str):
    assert agency_key(one) != agency_key(other)


@pytest.mark.parametrize(
    ("name", "other", "difference"),
    [
        pytest.param("甲市财正局", "甲市财政局", "one_character", id="another character"),
        pytest.param("甲市财政", "甲市财政局", "one_character", id="a character lost"),
        pytest.param("甲市财政局局", "甲市财政局", "one_character", id="a character doubled"),
        pytest.param("甲市政府", "甲市人民政府", "left_out_word", id="人民 left out"),
        pytest.param("甲市财政局", "丙省甲市财政局", "region", id="the province left out"),
        pytest.param("财政局", "甲市财政局", "region", id="the city left out"),
    ],
)
def test_close_names_are_found_from_either_side(name: str, other: str, difference: str):
    assert [one.difference for one in close_names([name], ["丁县教育局", other])] == [difference]
    assert [one.difference for one in close_names([other], ["丁县教育局", name])] == [difference]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("甲市财政局", "甲市财政局"),
        ("甲市 财政局", "甲市财政局"),
        ("甲市财政局", "甲市教育局"),
        ("甲局", "乙局"),
        ("", "甲市"),
    ],
    ids=["the same", "the same but for a blank", "two characters", "too short to tell", "no name"],
)
def test_other_names_are_not_close(name: str, other: str):
    assert close_names([name], [other]) == []
