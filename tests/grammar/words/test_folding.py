"""Prints of the same words compare equal; the number of lines never changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.grammar.words.folding import compact, fold, label_key

SAME = {
    "widths": ("（一）予以公开：１２", "(一)予以公开:12"),
    "Kangxi radicals": ("⼀、总体情况", "一、总体情况"),
    "radicals supplement": ("⻔户⽹站 ⺠政 ⻓期", "门户网站民政长期"),
    "traditional characters": ("屬於國家秘密", "属于国家秘密"),
    "no-break spaces": ("结果\u00a0维持", "结果维持"),
    "zero-width characters": ("结果\u200b维持\ufeff", "结果维持"),
    "spaces after ordinals": ("1. 属于国家秘密", "1.属于国家秘密"),
    "quotation marks": ("3.危及“三安全一稳定”", "3.危及「三安全一稳定」"),
    "line breaks inside a label": ("结果\n纠正", "结果纠正"),
}


@pytest.mark.parametrize("name", SAME)
def test_prints_of_the_same_words_have_one_key(name):
    one, other = SAME[name]
    assert label_key(one) == label_key(other)


def test_words_that_differ_keep_different_keys():
    assert len({label_key(word) for word in ("其他", "其他结果", "其他处理", "3.其他", "总计", "合计")}) == 6


@given(st.text())
def test_folding_keeps_the_number_of_lines(text):
    assert fold(text).count("\n") == text.count("\n")


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert compact(fold(fold(text))) == compact(fold(text))


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("2\u2009220", "2,220"),
        ("11\u202f402", "11,402"),
        ("1\u2006234\u2006567", "1,234,567"),
        ("1\u2009234.5", "1,234.5"),
        ("共\u20091\u2009234\u2009件", "共 1 234 件"),
        ("共1\u2009234件", "共1,234件"),
        ("5\u2009120\u2009300\u2009400", "5 120 300 400"),
        ("0\u2009120", "0 120"),
        ("2\u200922", "2 22"),
        ("2 220", "2 220"),
        ("2\u00a0220", "2 220"),
    ],
)
def test_a_narrow_space_sets_thousands_apart_in_one_number_alone(printed: str, folded: str) -> None:
    assert fold(printed) == folded
