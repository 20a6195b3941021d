"""More than three thousand random consistent reports: every cell comes back and nothing is wrongly reported."""

from __future__ import annotations

import math
from random import Random

import pytest

from disclosure_checks.grammar.model.report import CellStatus
from tests.checking import findings_of, grave, read
from tests.generation.layouts.printing import LAYOUTS, LAYOUTS_KEEPING_EMPTY_CELLS, print_layout
from tests.generation.sheets import GeneratedReport
from tests.generation.truth import random_reports
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
from tests.shares import in_shares

REPORTS_A_LAYOUT = 110  # 29 layouts x 110 = 3,190 reports; the other file types make it 5,000
QUICK_LAYOUTS = list(LAYOUTS)[::4]  # at least one of every family
SHIFTED_BY_ITS_LAYOUT = {"markdown_tsv_shifted": {"tables.row_shifted", "tables.header_shifted"}}


def wrong_cells(report, generated: GeneratedReport) -> dict[str, object]:
    """Cells that did not come back as they were printed; blank ones must be blank."""
    return {
        cell: report.cells[cell]
        for cell, value in generated.cells.items()
        if (report.cells[cell].status is not CellStatus.BLANK if value is None else report.cells[cell].value != value)
    }


@in_shares("count", quick=12, long=REPORTS_A_LAYOUT)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_cell_comes_back_and_nothing_grave_is_found(layout, count):
    reports = []
    for number, generated in enumerate(random_reports(count, seed=layout)):
        text = print_layout(generated, Random(number), layout)
        report = read(text, f"{number}.txt")
        assert not wrong_cells(report, generated)
        assert (report.agency, report.year) == (generated.agency, generated.year)
        reports.append(report)
    found = {one.rule for findings in findings_of(reports).values() for one in grave(findings)}
    assert found == SHIFTED_BY_ITS_LAYOUT.get(layout, set())


@in_shares("layouts", quick=QUICK_LAYOUTS, long=list(LAYOUTS))
@pytest.mark.parametrize("variation", [*SHEET_VARIATIONS, *TEXT_VARIATIONS])
def test_a_variation_of_the_print_changes_no_cell(variation, layouts):
    reports = []
    for number, generated in enumerate(random_reports(len(layouts), seed=variation)):
        layout = layouts[number]
        if layout in SHIFTED_BY_ITS_LAYOUT:
            continue
        report = read(print_varied(generated, Random(number), layout, [variation]), f"{number}.txt")
        assert not wrong_cells(report, generated), layout
        reports.append(report)
    assert not [one for findings in findings_of(reports).values() for one in grave(findings)]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_encoding_changes_no_cell(encoding):
    for number, generated in enumerate(random_reports(len(LAYOUTS), seed=encoding)):
        layout = list(LAYOUTS)[number]
        report = read(encoded(print_layout(generated, Random(number), layout), encoding))
        assert not wrong_cells(report, generated), layout


@pytest.mark.parametrize("variation", PLACEHOLDER_VARIATIONS)
def test_a_placeholder_is_blank_and_its_neighbours_are_read(variation):
    for number, generated in enumerate(random_reports(len(LAYOUTS), seed=variation)):
        layout = list(LAYOUTS)[number]
        blanked = vary(generated, Random(number), [variation])
        report = read(print_layout(blanked, Random(number), layout))
        assert not wrong_cells(report, blanked), layout


@pytest.mark.parametrize("layout", LAYOUTS_KEEPING_EMPTY_CELLS)
@pytest.mark.parametrize("variation", EMPTY_VARIATIONS)
@in_shares("count", quick=2, long=6)
def test_an_empty_cell_is_never_a_number_and_its_neighbours_never_move(layout, variation, count):
    for number, generated in enumerate(random_reports(count, seed=f"{layout} {variation}")):
        emptied = vary(generated, Random(number), [variation])
        report = read(print_layout(emptied, Random(number), layout))
        for cell, value in emptied.cells.items():
            got = report.cells[cell]
            assert math.isnan(got.value) or got.value == value, (cell, got, value)
            assert value is not None or got.status in (CellStatus.BLANK, CellStatus.AMBIGUOUS)


@pytest.mark.parametrize("layout", sorted(set(LAYOUTS) - set(LAYOUTS_KEEPING_EMPTY_CELLS)))
@pytest.mark.parametrize("variation", EMPTY_VARIATIONS)
@in_shares("count", quick=2, long=4)
def test_where_an_empty_cell_leaves_no_trace_no_value_is_invented(layout, variation, count):
    for number, generated in enumerate(random_reports(count, seed=f"{layout} {variation}")):
        emptied = vary(generated, Random(number), [variation])
        report = read(print_layout(emptied, Random(number), layout))
        wrong = [
            (cell, report.cells[cell], value)
            for cell, value in emptied.cells.items()
            if not math.isnan(report.cells[cell].value) and report.cells[cell].value != value
        ]
        assert not wrong
