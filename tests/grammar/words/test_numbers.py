"""What the text of a cell is read as."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.grammar.words.numbers import NumberReader, Reading
from disclosure_checks.rules.spec.compiling.lexicon_building import build_lexicon
from tests.checking import specification

READER = NumberReader(build_lexicon(specification().specification))


@pytest.mark.parametrize(
    ("text", "value", "unit", "oddly_typed"),
    [
        ("0", 0, "", False),
        ("18", 18, "", False),
        ("-8", -8, "", False),
        ("12.50", 12.5, "", False),
        ("1,234,567", 1234567, "", True),
        ("１２", 12, "", True),
        ("\u00a00", 0, "", True),
        ("20件", 20, "件", False),
        ("20 件", 20, "件", False),
        ("3.5万元", 3.5, "万元", False),
    ],
)
def test_numbers_are_read_however_they_are_typed(text, value, unit, oddly_typed):
    read = READER.read(text)
    assert (read.reading, read.value, read.unit, read.oddly_typed) == (Reading.NUMBER, value, unit, oddly_typed)


@pytest.mark.parametrize("text", ["", " ", "/", "-", "—", "——", "无", "不适用", "不 适 用", "…", "／", "－"])
def test_placeholders_are_blank_and_not_zero(text):
    read = READER.read(text)
    assert read.reading is Reading.BLANK
    assert math.isnan(read.value)


@pytest.mark.parametrize("text", ["约20", "20余", "— —", "1.", "1 2", "十", "O", "1,23", "2023年", "（一）", "1/2"])
def test_what_is_no_plain_number_is_never_guessed(text):
    read = READER.read(text)
    assert read.reading is Reading.TEXT
    assert math.isnan(read.value)


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_every_whole_number_comes_back_with_and_without_separators(number):
    assert READER.read(str(number)).value == number
    assert READER.read(f"{number:,}").value == number


@pytest.mark.parametrize("text", ["18", "-8", "20件", "3.5万元", "/", "—", "无", "不适用"])
def test_a_number_and_what_stands_for_one_are_values(text):
    assert READER.is_value(text)


@pytest.mark.parametrize("text", ["", "规章", "无正当理由大量反复申请", "不予公开", "一、总体情况", "(一)", "2023年"])
def test_words_are_no_values(text):
    assert not READER.is_value(text)
