"""Which slot a claim fills, what headings and lines before it say, and what is quoted of its sentence."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from disclosure_checks.grammar.claims.facts import claim_facts, sum_facts
from tests.grammar.claim_samples import BUREAU, COUNTY, found_in, said
from tests.grammar.claims.test_claim_sums import sums

UNKNOWN = "璐"


def slots(*sentences: str, agency: str = BUREAU) -> Mapping[str, float]:
    facts = claim_facts(found_in("\n".join(sentences), agency).claims)
    return {name.removeprefix("claim."): fact.value for name, fact in facts.items()}


def received(*counts: int) -> list[str]:
    return [f"收到政府信息公开申请{count}件。" for count in counts]


def test_the_first_four_different_counts_have_slots():
    assert slots(*received(1, 1, 2, 1, 3, 4, 5)) == {
        "received.first": 1,
        "received.second": 2,
        "received.third": 3,
        "received.fourth": 4,
    }


def test_a_count_of_thousands_has_none():
    assert slots("收到政府信息公开申请1.2万件。") == {}
    assert slots("收到政府信息公开申请1200件。") == {"received.first": 1200}


def test_the_first_unsure_count_has_a_slot_of_its_own():
    unsure = [f"全县收到政府信息公开申请{count}件。" for count in (7, 8)]
    assert slots(*unsure, *received(7), agency=COUNTY)["received.unsure"] == 7


@pytest.mark.parametrize(
    ("amounts", "filled"),
    [
        pytest.param(["12万元"], {"to_one": 12}, id="whole"),
        pytest.param(["12.5万元"], {"to_a_tenth": 12.5}, id="a tenth"),
        pytest.param(["12.25万元"], {"to_a_hundredth": 12.25}, id="a hundredth"),
        pytest.param(["12.125万元"], {"to_a_thousandth": 12.125}, id="a thousandth"),
        pytest.param(["12.0625万元"], {"to_a_thousandth": 12.0625}, id="finer than a thousandth"),
        pytest.param(["250元"], {"to_a_thousandth": 0.025}, id="another unit"),
        pytest.param(["12万元", "12万元"], {"to_one": 12}, id="the same twice"),
        pytest.param(["12万元", "13万元", "14万元"], {"to_one": 12, "to_one_again": 13}, id="two of one precision"),
        pytest.param(["12万元", "12.5万元"], {"to_one": 12, "to_a_tenth": 12.5}, id="two precisions"),
        pytest.param(["20亿元"], {}, id="thousands of the unit"),
    ],
)
def test_an_amount_has_a_slot_by_its_last_digit(amounts: list[str], filled: dict[str, float]):
    expected = {f"fee_amount.{slot}": pytest.approx(value) for slot, value in filled.items()}
    assert slots(*(f"行政事业性收费{amount}。" for amount in amounts)) == expected


def test_each_claim_is_quoted_with_its_place():
    [fact] = claim_facts(found_in(f"概况。\n{received(9)[0]}").claims).values()
    assert [(one.place and one.place.line, one.text) for one in fact.evidence] == [(2, "收到政府信息公开申请9件")]


def test_what_is_said_in_one_sentence_is_known_by_it():
    text = "收到政府信息公开申请9件，其中予以公开5件、部分公开6件，今年另有别的。收到政府信息公开申请12件。"
    found = found_in(text)
    claims = {name: fact.evidence[0] for name, fact in claim_facts(found.claims).items()}
    first, second = claims["claim.received.first"], claims["claim.received.second"]
    assert claims["claim.granted.first"].sentence_id == first.sentence_id != ""
    assert second.sentence_id not in ("", first.sentence_id)
    [told] = sum_facts(found.sums)["document.sums_exceeding"].evidence
    assert told.sentence_id == first.sentence_id


def test_sums_and_shares_are_counted_by_how_they_came_out():
    text = "公开信息190条，其中动态150条、公告40条。\n公开信息190条，其中动态150条、公告50条。"
    counted = {name: fact.value for name, fact in sum_facts(found_in(text).sums).items()}
    assert counted == {
        "document.sums_holding": 1,
        "document.sums_exceeding": 1,
        "document.sums_differing": 0,
        "document.sums_short": 0,
        "document.shares_differing": 0,
        "document.growth_differing": 0,
    }


# ---- what stands before


@pytest.mark.parametrize(("length", "claims"), [(30, ["received 8"]), (31, [])])
def test_a_line_of_thirty_characters_may_be_a_heading_that_says_what_is_counted(length: int, claims: list[str]):
    heading = "依申请公开工作"
    assert said(f"{heading}{UNKNOWN * (length - len(heading))}。\n收到8件。") == claims


def test_a_sentence_inside_a_paragraph_is_no_heading():
    assert said("依申请公开工作。\n收到8件。") == ["received 8"]
    assert said(f"{UNKNOWN}。依申请公开工作。收到8件。") == []


# ---- what is added up


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("公开信息190条，其中动态190条。", [], id="one part is no sum"),
        pytest.param("公开信息190条，其中动态150条、公告40条、其他5条。", ["holds"], id="the first parts that fit"),
        pytest.param("公开信息0条，其中动态0条、公告0条。", [], id="nothing to be divided"),
        pytest.param("公开信息190条，其中动态150条、公告40次。", [], id="parts of another unit"),
        pytest.param("公开信息190条，其中动态150条、公告约50条。", [], id="a part that is about right"),
        pytest.param("公开动态150条、公告40条、方案10条，共计200条。", ["holds"], id="three parts before their total"),
        pytest.param("公开动态150条、公告约40条，共计200条。", [], id="a part before its total that is about right"),
        pytest.param("公开动态150条，共计200条。", [], id="one part before its total"),
    ],
)
def test_what_is_a_sum(text: str, expected: list[str]):
    assert [verdict for verdict, _ in sums(text)] == expected


@pytest.mark.parametrize(
    ("share", "verdict"),
    [
        ("66.7%", "holds"),
        ("66.6%", "share_differs"),
        ("66.8%", "share_differs"),
        ("67%", "holds"),
        ("66%", "share_differs"),
        ("66.67%", "holds"),
        ("66.66%", "share_differs"),
    ],
)
def test_a_share_fits_to_half_of_its_last_digit(share: str, verdict: str):
    assert [one for one, _ in sums(f"收到申请18件，其中自然人申请12件，占{share}。")] == [verdict]


def test_half_a_unit_of_the_last_digit_is_near_enough():
    assert [one for one, _ in sums("收到申请200件，其中自然人申请25件，占12%。")] == ["holds"]
    assert [one for one, _ in sums("收到申请200件，其中自然人申请25件，占13%。")] == ["holds"]
    assert [one for one, _ in sums("收到申请200件，其中自然人申请25件，占11%。")] == ["share_differs"]
