"""Signed changes and amounts in any unit: what the format of 2019 prints that no other does."""

from __future__ import annotations

import math
from random import Random

import pytest

from disclosure_checks.grammar.model.report import CellStatus
from disclosure_checks.grammar.words.numbers import NumberReader, Reading
from disclosure_checks.rules.spec.compiling.lexicon_building import build_lexicon
from tests.checking import read, specification
from tests.generation.layouts.printing import LAYOUTS, print_layout
from tests.generation.sheets import GeneratedReport
from tests.generation.table_format import FORMAT_2019, FORMAT_2021
from tests.generation.truth import random_report

CHANGE, AMOUNT, DECISIONS = "proactive.licences.change", "proactive.procurement.amount", "proactive.licences.decisions"
CHANGES = [
    ("+2", 2),
    ("-8", -8),
    ("＋2", 2),
    ("－8", -8),
    ("−8", -8),
    ("–8", -8),
    ("—8", -8),
    ("减4", -4),
    ("减 4", -4),
    ("减少4", -4),
    ("↓4", -4),
    ("增3", 3),
    ("增加3", 3),
    ("新增3", 3),
    ("↑3", 3),
    ("增加5项", 5),
    ("+ 2", 2),
    ("5", 5),
    ("0", 0),
    ("减1,204", -1204),
]


def number_reader(name: str) -> NumberReader:
    return NumberReader(build_lexicon(specification(name).specification))


def report_with(cell: str, text: str, layout: str = "markdown_tsv"):
    """An empty report but for what one cell prints."""
    empty: GeneratedReport = random_report("signs", year=2020, profile="idle")
    return read(print_layout(empty.with_value(cell, None, text), Random(1), layout), name=FORMAT_2019)


@pytest.mark.parametrize(("text", "value"), CHANGES)
def test_a_change_is_read_with_its_sign(text: str, value: float):
    cell = report_with(CHANGE, text).cells[CHANGE]
    assert (cell.text, cell.value, cell.status) == (text, value, CellStatus.READ)


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout != "markdown_tsv_shifted"])
@pytest.mark.parametrize(("text", "value"), [("减4", -4), ("+2", 2), ("－8", -8), ("增加5项", 5)])
def test_a_change_is_read_in_every_layout(layout: str, text: str, value: float):
    report = report_with(CHANGE, text, layout)
    assert report.cells[CHANGE].value == value
    assert all(cell.value == 0 for cell in report.cells.values() if cell.id != CHANGE)


@pytest.mark.parametrize("text", ["/", "-", "—", "无", "不适用"])
def test_a_sign_alone_is_blank(text: str):
    assert report_with(CHANGE, text).cells[CHANGE].status is CellStatus.BLANK


def test_a_dash_apart_from_its_digits_is_no_sign():
    assert report_with(CHANGE, "- 8").cells[CHANGE].status is not CellStatus.READ


@pytest.mark.parametrize("text", ["增2减1", "+2/-1", "有增有减", "减若干", "增-3"])
def test_what_is_no_one_change_is_unreadable(text: str):
    cell = report_with(CHANGE, text).cells[CHANGE]
    assert (cell.status, math.isnan(cell.value)) == (CellStatus.UNREADABLE, True)


def test_a_count_has_no_sign_in_words():
    assert report_with(DECISIONS, "减4").cells[DECISIONS].status is CellStatus.UNREADABLE


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("251000元", 25.1),
        ("251,000元", 25.1),
        ("160.5万元", 160.5),
        ("160.5 万元", 160.5),
        ("160.5万", 160.5),
        ("1.2亿元", 12000),
        ("52.15", 52.15),
        ("1234567.89元", 123.456789),
        ("0元", 0),
    ],
)
def test_an_amount_is_turned_into_its_columns_unit(text: str, value: float):
    report = report_with(AMOUNT, text)
    assert (report.cells[AMOUNT].value, report.cells[AMOUNT].status) == (value, CellStatus.READ)
    assert not report.facts["table.proactive.cells_with_other_unit"].value
    assert not report.facts["table.proactive.cells_with_words"].value


def test_another_unit_is_still_a_finding():
    report = report_with(AMOUNT, "3项")
    assert report.facts["table.proactive.cells_with_other_unit"].value == 1
    assert report.cells[AMOUNT].status is CellStatus.AMBIGUOUS


@pytest.mark.parametrize("text", ["减4", "增加5项", "↑3", "+ 8"])
def test_other_formats_know_no_signs_in_words(text: str):
    assert number_reader(FORMAT_2021).read(text).reading is Reading.TEXT
    assert number_reader(FORMAT_2019).read(text).reading is Reading.NUMBER
