"""Variations change what is printed and no value; planted errors break what they say."""

from __future__ import annotations

import unicodedata
from random import Random

import pytest

from tests.generation.grid import Kind, table_slots
from tests.generation.layouts.printing import LAYOUTS, LAYOUTS_KEEPING_EMPTY_CELLS, print_layout
from tests.generation.marked import WITHOUT_SPACE, marked_report, marked_values
from tests.generation.planting.planting import PLANTERS, WRONG_NUMBERS, plant
from tests.generation.sheets import GeneratedReport
from tests.generation.truth import random_report
from tests.generation.variations.varying import (
    EMPTY_VARIATIONS,
    ENCODINGS,
    PLACEHOLDER_VARIATIONS,
    SHEET_VARIATIONS,
    TEXT_VARIATIONS,
    encoded,
    print_varied,
    vary,
)

SEEDS = range(100)


@pytest.mark.parametrize("variation", SHEET_VARIATIONS)
def test_a_sheet_variation_changes_what_is_printed_and_no_value(variation: str) -> None:
    changed = 0
    for seed in range(12):
        report = random_report(seed, profile="busy")
        varied = vary(report, Random(seed), [variation])
        assert varied.cells == report.cells
        changed += varied.sheet != report.sheet
    assert changed >= 3


@pytest.mark.parametrize("variation", TEXT_VARIATIONS)
def test_a_text_variation_changes_only_what_folding_undoes(variation: str) -> None:
    def folded(text: str) -> str:
        visible = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
        return visible.translate(WITHOUT_SPACE)

    report = random_report(8, profile="busy")
    plain = print_layout(report, Random(1), "page_text")
    varied = print_varied(report, Random(1), "page_text", [variation])
    assert varied != plain
    assert folded(varied) == folded(plain)


@pytest.mark.parametrize("variation", ["placeholder_values", "empty_values", "empty_totals"])
@pytest.mark.parametrize("layout", LAYOUTS_KEEPING_EMPTY_CELLS)
def test_a_blank_cell_prints_no_number_and_its_neighbours_stay(variation: str, layout: str) -> None:
    report = vary(marked_report(), Random(5), [variation])
    assert report.blank
    values = [value for value in report.cells.values() if value is not None]
    assert marked_values(print_layout(report, Random(1), layout)) == values


def test_all_zeros_of_a_report_can_be_blank() -> None:
    report = random_report(2, profile="quiet")
    blanked = vary(report, Random(1), ["empty_zeros"])
    assert set(blanked.blank) == {cell for cell, value in report.cells.items() if value == 0}
    assert "\t0\n" in print_layout(report, Random(1), "word_text")
    assert "\t0\n" not in print_layout(blanked, Random(1), "word_text")


def test_the_variations_that_blank_cells_are_apart_from_those_that_do_not() -> None:
    blanking = PLACEHOLDER_VARIATIONS.keys() | EMPTY_VARIATIONS.keys()
    assert not blanking & (SHEET_VARIATIONS.keys() | TEXT_VARIATIONS.keys())


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_layout_with_every_variation_survives_each_encoding(encoding: str) -> None:
    names = [*SHEET_VARIATIONS, *TEXT_VARIATIONS]
    for layout in LAYOUTS:
        text = print_varied(random_report(6), Random(2), layout, names)
        assert encoded(text, encoding).decode(encoding) == text


@pytest.mark.parametrize("kind", WRONG_NUMBERS)
def test_a_wrong_number_breaks_an_equation(kind: str) -> None:
    for seed in SEEDS:
        report = random_report(seed)
        _, planted = plant(kind, report, "word_text", Random(seed))
        assert planted.equations
        changed = [cell for cell in report.cells if report.cells[cell] != planted.report.cells[cell]]
        assert tuple(changed) == tuple(cell for cell in report.cells if cell in planted.cells)


@pytest.mark.parametrize("kind", PLANTERS)
@pytest.mark.parametrize("layout", ["word_text", "page_text", "markdown_tsv", "pipes_trailing", "spaced_rows"])
def test_a_planted_document_differs_from_the_sound_one(kind: str, layout: str) -> None:
    report = random_report(21, profile="ordinary")
    text, planted = plant(kind, report, layout, Random(4))
    assert planted.kind == kind
    assert planted.expectation
    assert print_layout(planted.report, Random(9), layout) != print_layout(report, Random(9), layout)
    assert text


def numbers_in_row(report: GeneratedReport, label: str) -> list[int]:
    rows = table_slots(report.sheet.tables["requests"])
    return [
        sum(1 for slot in row if slot.kind is Kind.VALUE) for row in rows if any(slot.text == label for slot in row)
    ]


@pytest.mark.parametrize(
    ("kind", "values"), [("row_with_six_values", 6), ("row_with_eight_values", 8)], ids=["six values", "eight values"]
)
def test_a_row_is_printed_short_or_long(kind: str, values: int) -> None:
    for seed in SEEDS:
        _, planted = plant(kind, random_report(seed), "word_text", Random(seed))
        assert numbers_in_row(planted.report, planted.detail) == [values]


def test_a_missing_row_is_absent_and_nothing_else_is() -> None:
    for seed in SEEDS:
        report = random_report(seed)
        text, planted = plant("row_left_out", report, "word_text", Random(seed))
        assert planted.report.absent == frozenset(planted.cells)
        assert len(planted.cells) == 7
        assert f"\t{planted.detail}\n" not in text
        assert planted.report.blank == ()


def test_a_group_printed_as_one_row_keeps_its_subtotals() -> None:
    report = random_report(5, profile="busy")
    _, planted = plant("group_as_one_row", report, "word_text", Random(1))
    members = sum(int(report.cells[cell] or 0) for cell in planted.cells)
    assert len(planted.cells) == 21
    assert sum(int(v or 0) for cell, v in planted.report.cells.items() if cell.startswith("requests.other.")) == members


def test_a_text_instead_of_a_number_is_unreadable_and_not_blank() -> None:
    _, planted = plant("text_instead_of_number", random_report(3), "word_text", Random(3))
    assert planted.report.unreadable == frozenset(planted.cells)
    assert planted.report.blank == ()
