"""What readers tell without knowing a format: whether a text is a number, and whether an ordinal begins it."""

from __future__ import annotations

import pytest

from disclosure_checks.grammar.words.label_index import begins_like_heading, begins_with_ordinal
from disclosure_checks.grammar.words.numbers import are_numbers, is_number


@pytest.mark.parametrize("text", ["0", " 12 ", "-3", "+4", "1,234.5", "12%", "１２"])
def test_a_number_is_told_however_it_is_printed(text):
    assert is_number(text)
    assert are_numbers(text)


@pytest.mark.parametrize("text", ["", "-", "1 2", "12件", "(1)", "一", "1.a"])
def test_other_texts_are_no_number(text):
    assert not is_number(text)


def test_several_numbers_stand_apart():
    assert are_numbers("1 2\n-3")
    assert not are_numbers("1 件")
    assert not are_numbers(" ")


@pytest.mark.parametrize("text", ["一、总体", "（一）予以公开", "(十二)其他", " 三.其他"])
def test_headings_begin_with_an_ordinal_in_words(text):
    assert begins_like_heading(text)
    assert begins_with_ordinal(text)


@pytest.mark.parametrize("text", ["1.属于国家秘密", "（2）其他", "3 、要求", "4．其他"])
def test_rows_begin_with_an_ordinal_in_digits_too(text):
    assert begins_with_ordinal(text)
    assert not begins_like_heading(text)


@pytest.mark.parametrize("text", ["一般文件", "2,000元以上", "1.5万元", "2021.5", "公开"])
def test_other_beginnings_are_no_ordinal(text):
    assert not begins_with_ordinal(text)
