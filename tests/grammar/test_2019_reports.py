"""Random consistent reports in the format of 2019, printed in every layout and file type: every cell comes back."""

from __future__ import annotations

import math
from random import Random

import pytest

from disclosure_checks.grammar.model.report import CellStatus
from tests.checking import failed, findings_of, grave, read, specification
from tests.generation.documents.docx import DOCX_PRINTERS
from tests.generation.documents.html import HTML_PRINTERS
from tests.generation.documents.pdf import pdf_document
from tests.generation.documents.xlsx import xls_document, xlsx_document
from tests.generation.layouts.printing import LAYOUTS, LAYOUTS_KEEPING_EMPTY_CELLS, print_layout
from tests.generation.planting.planting import PLANTERS, plant
from tests.generation.planting.told_by import TOLD_BY
from tests.generation.sheets import GeneratedReport
from tests.generation.table_format import FORMAT_2019, change_cells
from tests.generation.truth import random_reports
from tests.generation.variations.varying import (
    PLACEHOLDER_VARIATIONS,
    SHEET_VARIATIONS,
    TEXT_VARIATIONS,
    print_varied,
    vary,
)
from tests.shares import in_shares

YEARS = (2019, 2020)
REPORTS_A_LAYOUT = 25
GLUED = ("glued_rows", "glued_rows_partly_spaced", "glued_tables")
SHIFTED_BY_ITS_LAYOUT = {"markdown_tsv_shifted": {"tables.header_shifted"}}  # its row 3.其他 is not of this format
PLAIN_LAYOUTS = [layout for layout in LAYOUTS if layout not in SHIFTED_BY_ITS_LAYOUT]
QUICK_LAYOUTS = PLAIN_LAYOUTS[::4]  # at least one of every family
DOCUMENTS = {
    **{f"html, {printer.__name__}": printer for printer in HTML_PRINTERS},
    **{f"docx, {printer.__name__}": printer for printer in DOCX_PRINTERS},
    "xlsx": lambda sheet, random: xlsx_document(sheet),
    "xls": lambda sheet, random: xls_document(sheet),
    "pdf": lambda sheet, random: pdf_document(sheet),
}
NOT_OF_THIS_FORMAT = {"group_as_one_row"}  # its （六） is one row anyway


def reports(count: int, seed: str):
    return enumerate(random_reports(count, seed=f"2019 {seed}", years=YEARS))


def wrong_cells(report, generated: GeneratedReport) -> dict[str, object]:
    """Cells that did not come back as they were printed; blank ones must be blank."""
    return {
        cell: report.cells[cell]
        for cell, value in generated.cells.items()
        if (report.cells[cell].status is not CellStatus.BLANK if value is None else report.cells[cell].value != value)
    }


def grave_rules(checked) -> set[str]:
    return {one.rule for found in findings_of(checked, specification(FORMAT_2019)).values() for one in grave(found)}


@in_shares("count", quick=4, long=REPORTS_A_LAYOUT)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_cell_comes_back_and_nothing_grave_is_found(layout, count):
    checked = []
    for number, generated in reports(count, layout):
        report = read(print_layout(generated, Random(number), layout), f"{number}.txt", FORMAT_2019)
        assert not wrong_cells(report, generated)
        assert (report.agency, report.year) == (generated.agency, generated.year)
        checked.append(report)
    assert grave_rules(checked) == SHIFTED_BY_ITS_LAYOUT.get(layout, set())


@in_shares("count", quick=2, long=8)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_cell_of_a_document_comes_back_and_nothing_grave_is_found(name, count):
    checked = []
    for number, generated in reports(count, name):
        report = read(DOCUMENTS[name](generated.sheet, Random(number)), f"{number}.bin", FORMAT_2019)
        assert not wrong_cells(report, generated)
        assert report.year == generated.year
        checked.append(report)
    assert not grave_rules(checked)


@in_shares("layouts", quick=QUICK_LAYOUTS, long=PLAIN_LAYOUTS)
@pytest.mark.parametrize("variation", [*SHEET_VARIATIONS, *TEXT_VARIATIONS])
def test_a_variation_of_the_print_changes_no_cell(variation, layouts):
    checked = []
    for number, generated in reports(len(layouts), variation):
        layout = layouts[number]
        text = print_varied(generated, Random(number), layout, [variation])
        report = read(text, f"{number}.txt", FORMAT_2019)
        assert not wrong_cells(report, generated), layout
        checked.append(report)
    assert not grave_rules(checked)


@pytest.mark.parametrize("variation", PLACEHOLDER_VARIATIONS)
def test_a_placeholder_is_blank_and_its_neighbours_are_read(variation):
    for number, generated in reports(len(LAYOUTS), variation):
        layout = list(LAYOUTS)[number]
        blanked = vary(generated, Random(number), [variation])
        report = read(print_layout(blanked, Random(number), layout), name=FORMAT_2019)
        assert not wrong_cells(report, blanked), layout


@in_shares("count", quick=2, long=6)
@pytest.mark.parametrize("layout", LAYOUTS_KEEPING_EMPTY_CELLS)
def test_an_empty_cell_is_never_a_number_and_its_neighbours_never_move(layout, count):
    for number, generated in reports(count, f"empty {layout}"):
        emptied = vary(generated, Random(number), ["empty_values"])
        report = read(print_layout(emptied, Random(number), layout), name=FORMAT_2019)
        for cell, value in emptied.cells.items():
            assert math.isnan(report.cells[cell].value) or report.cells[cell].value == value, cell


@in_shares("count", quick=5, long=20)
@pytest.mark.parametrize("layout", GLUED)
def test_in_glued_text_no_value_is_invented_and_no_row_is_called_short(layout, count):
    checked = []
    for number, generated in reports(count, layout):
        report = read(print_layout(generated, Random(number), layout), f"{number}.txt", FORMAT_2019)
        known = {cell: value for cell, value in generated.cells.items() if not math.isnan(report.cells[cell].value)}
        assert {cell: report.cells[cell].value for cell in known} == known
        checked.append(report)
    found = findings_of(checked, specification(FORMAT_2019)).values()
    assert not [one for findings in found for one in failed(findings)]


@in_shares("layouts", quick=QUICK_LAYOUTS, long=PLAIN_LAYOUTS)
@pytest.mark.parametrize("kind", sorted(set(PLANTERS) - NOT_OF_THIS_FORMAT))
def test_a_planted_error_is_found_in_every_layout(kind, layouts):
    planted_by_source, checked = {}, []
    for number, generated in reports(len(layouts), kind):
        text, planted = plant(kind, generated, layouts[number], Random(number))
        source = f"{number} {layouts[number]}.txt"
        checked.append(read(text, source, FORMAT_2019))
        planted_by_source[source] = planted
    for source, findings in findings_of(checked, specification(FORMAT_2019)).items():
        planted = planted_by_source[source]
        rules = {one.rule for one in failed(findings)} | {one.rule for one in findings if one.rule == "values.blank"}
        assert rules & TOLD_BY.get(kind, rules), (source, planted.detail, rules)
        if planted.cells and kind != "row_with_six_values":
            named = {cell for one in failed(findings) for cell in one.cells}
            assert named & set(planted.cells), (source, planted.detail, rules)


def test_changes_of_either_sign_are_generated():
    drawn = [generated.cells[cell] for _, generated in reports(40, "signs") for cell in change_cells(FORMAT_2019)]
    assert min(drawn) < 0 < max(drawn)
