from __future__ import annotations

import pytest

from disclosure_checks.runner.site.overview.pinyin import Readings, readings_of, syllables


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("重庆市", ("chong", "qing", "shi"), id="by phrase"),
        pytest.param("重点", ("zhong", "dian"), id="another reading of the same character"),
        pytest.param("绿园", ("lv", "yuan"), id="a vowel that keyboards lack"),
        pytest.param("A区（南）2", ("a", "qu", "（", "nan", "）", "2"), id="what is not read stands for itself"),
        pytest.param("", (), id="nothing"),
        pytest.param("Bureau X", tuple("bureau x"), id="no Chinese at all"),
        pytest.param("\ue000\U0010ffff局", ("\ue000", "\U0010ffff", "ju"), id="characters that nobody reads"),
    ],
)
def test_a_name_has_one_reading_a_character(text: str, read: tuple[str, ...]) -> None:
    assert syllables(text) == read


def test_the_usual_reading_is_told_once_and_others_where_they_stand() -> None:
    found = readings_of(["重庆局", "重庆厅", "重点局"])
    assert found.usual == {"厅": "ting", "局": "ju", "庆": "qing", "点": "dian", "重": "chong"}
    assert found.others == {2: {0: "zhong"}}


def test_no_names_have_no_readings() -> None:
    assert readings_of([]) == Readings({}, {})
