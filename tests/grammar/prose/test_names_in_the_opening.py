"""The first sentences of a report name the agency of its title; another name is told."""

from __future__ import annotations

import pytest

from tests.checking import read
from tests.odd_texts import plain

HEADING = "一、总体情况\n"


def names_that_differ(sentence: str, agency: str = "甲市南局") -> list[str]:
    text = plain().replace("甲市南局", agency).replace(HEADING, f"{HEADING}{sentence}\n")
    return [one.text for one in read(text).facts["document.agency_disagreements"].evidence]


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年，甲市北局认真贯彻落实《条例》。",
        "2023年度，甲市北局在市委、市政府的领导下，扎实推进政府信息公开工作。",
        "现公布甲市北局2023年政府信息公开工作年度报告。",
        "本报告由甲市北局根据《条例》编制。",
    ],
)
def test_another_agency_is_told(sentence: str) -> None:
    assert names_that_differ(sentence) == ["甲市北局"]


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年，甲市南局认真贯彻落实《条例》。",
        "2023年，市南局认真贯彻落实《条例》。",
        "2023年，我局认真贯彻落实《条例》。",
        "2023年，在甲市北局指导下，我局认真贯彻落实《条例》。",
        "2023年，甲市人民政府高度重视政府信息公开工作。",
        "本报告由市政府办公室组织编制。",
    ],
)
def test_the_agency_itself_and_whoever_stands_above_it_are_not(sentence: str) -> None:
    assert names_that_differ(sentence) == []


def test_a_name_without_its_region_is_no_other_one() -> None:
    assert names_that_differ("2023年，乙区南局认真贯彻落实《条例》。", "甲市乙区南局") == []
