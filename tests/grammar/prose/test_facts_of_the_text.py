"""How often something is said in a text, which number is taken from it, and what of it is shown."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from disclosure_checks.grammar.model.lexicon import LexiconTextFact
from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.prose.text_facts import SearchLine, SearchText, TextFactFinder


def text(*lines: str) -> SearchText:
    return SearchText([SearchLine.of(line, line, Place(line=number)) for number, line in enumerate(lines, start=1)])


def finder(
    *phrases: str, pattern: str | None = None, take: str = "first", excepted: Sequence[str] = ()
) -> TextFactFinder:
    return TextFactFinder(LexiconTextFact("fact", "document", phrases, pattern, take, tuple(excepted)))


def shown(found: TextFactFinder, *lines: str) -> list[tuple[int, str]]:
    """Line and text of each piece of evidence."""
    return [(one.place.line if one.place else 0, one.text) for one in found.find(text(*lines)).evidence]


BEFORE, BEHIND = "一二三四五六七八九十", "甲乙丙丁戊己庚辛壬癸"


def test_ten_characters_on_either_side_of_a_match_are_shown():
    assert shown(finder("强化"), f"略{BEFORE}强化{BEHIND}略") == [(1, f"{BEFORE}强化{BEHIND}")]
    assert shown(finder("强化"), f"{BEFORE}强化{BEHIND}") == [(1, f"{BEFORE}强化{BEHIND}")]
    assert shown(finder("强化"), "前强化后") == [(1, "前强化后")]


def test_nothing_of_another_line_is_shown():
    assert shown(finder("强化"), "上一行", "前强化后", "下一行") == [(2, "前强化后")]
    assert shown(finder("强化"), "上", "强化", "下") == [(2, "强化")]
    assert shown(finder("强化"), "上", f"强化{BEHIND[:9]}", "下") == [(2, f"强化{BEHIND[:9]}")]


def test_a_phrase_is_counted_wherever_it_stands_and_the_first_ten_are_shown():
    found = finder("强化").find(text(*["强化"] * 11))
    assert found.value == 11
    assert [one.place and one.place.line for one in found.evidence] == list(range(1, 11))


def test_a_phrase_does_not_overlap_itself():
    assert finder("强强").find(text("强强强强强")).value == 2


def test_several_phrases_and_a_pattern_are_counted_in_the_order_of_the_text():
    found = finder("乙", "甲", pattern="丙+")
    assert found.find(text("丙丙", "甲", "乙甲")).value == 4
    assert [line for line, _ in shown(found, "丙丙", "甲", "乙甲")] == [1, 2, 3, 3]


@pytest.mark.parametrize(
    ("line", "count"),
    [
        pytest.param("不强化", 0, id="a part of an exception"),
        pytest.param("强化训练", 0, id="another part of an exception"),
        pytest.param("不强", 0, id="less than the phrase"),
        pytest.param("不，强化", 1, id="something in between"),
        pytest.param("不强化，强化", 1, id="once in an exception and once not"),
        pytest.param("强化，不强化", 1, id="before an exception"),
        pytest.param("强化不强化", 1, id="right before an exception"),
        pytest.param("不强化强化", 1, id="right behind an exception"),
    ],
)
def test_what_is_part_of_an_exception_does_not_count(line: str, count: int):
    assert finder("强化", excepted=["不强化", "强化训练"]).find(text(line)).value == count


YEARS = ("2021年", "2019年", "2024年", "2020年")


@pytest.mark.parametrize(
    ("take", "value", "line"), [("first", 2021, 1), ("last", 2020, 4), ("smallest", 2019, 2), ("largest", 2024, 3)]
)
def test_the_number_that_is_taken_is_shown_with_its_place(take: str, value: int, line: int):
    found = finder(pattern="(?P<value>[0-9]{4})年", take=take)
    assert found.find(text(*YEARS)).value == value
    assert shown(found, *YEARS) == [(line, YEARS[line - 1])]


def test_of_many_numbers_the_taken_one_is_shown_where_it_is_among_the_first_ten():
    years = [f"{year}年" for year in range(2001, 2013)]
    assert shown(finder(pattern="(?P<value>[0-9]{4})年", take="last"), *years) == [(10, "2010年")]


def test_a_number_with_separators_is_taken_and_one_that_is_none_is_not():
    assert finder(pattern="共(?P<value>[0-9,]+)件").find(text("共1,234件")).value == 1234
    assert math.isnan(finder(pattern="共(?P<value>[0-9,]*)件").find(text("共,件")).value)
    assert math.isnan(finder(pattern="共(?P<value>[0-9]+)?件").find(text("共件")).value)


def test_where_nothing_is_found_a_count_is_zero_and_a_number_unknown():
    assert finder("强化").find(text("甲")).value == 0
    assert math.isnan(finder(pattern="(?P<value>[0-9]+)件").find(text("甲")).value)
    assert finder("强化").find(SearchText([])).value == 0


def test_a_pattern_without_a_number_counts():
    assert finder(pattern="强.").find(text("强化强调")).value == 2


LONG = "全面贯彻落实政府信息公开条例的各项规定做好本年度的各项工作"


@pytest.mark.parametrize(
    ("line", "goes_on"),
    [
        pytest.param(LONG[:25], True, id="a line of 25 characters"),
        pytest.param(LONG[:24], False, id="a line of 24 characters"),
        pytest.param(f"{LONG[:25]}。", False, id="the end of a sentence"),
        pytest.param(f"{LONG[:25]}，", True, id="a comma"),
        pytest.param("", False, id="an empty line"),
    ],
)
def test_a_long_line_goes_on_in_the_next_one(line: str, goes_on: bool):
    assert ("\n" not in text(line, "化").text) is goes_on


def test_a_match_that_a_line_end_breaks_stands_where_it_begins():
    assert shown(finder("强化"), "标题", f"{LONG[:24]}强", "化工作") == [(2, f"{LONG[14:24]}强化工作")]


def test_a_line_is_shown_as_printed_unless_folding_changed_its_length():
    assert SearchLine.of("一 二", "⼀ 二", Place(line=1)).printed == "⼀二"
    assert SearchLine.of("10", "⑽", Place(line=1)).printed == "10"
    assert SearchLine.of("一\t二 三", "一二三", Place(line=1)).folded == "一二三"
