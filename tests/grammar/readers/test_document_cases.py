"""Odd documents, a case a kind: what each shows is what is read, and nothing is found that is not there.

The files in ``tests/fixtures/document_cases`` are reports of invented agencies; ``expected_cells.json`` names the cells
that are not 0.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

import pytest

from disclosure_checks.grammar.model.report import CellStatus, Report
from disclosure_checks.rules.spec.model.specification import Severity
from tests.checking import ROOT, failed, findings_of, read
from tests.generation.table_format import cell_ids

FOLDER = ROOT / "tests" / "fixtures" / "document_cases"

# file -> the kind it stands for
WHOLE = {
    "01_watermark_slanted.pdf": "a slanted watermark over the tables of a PDF",
    "02a_note_mark_by_style.docx": "a note mark by a character style",
    "02b_note_mark_vertical_align.html": "a note mark by vertical-align",
    "02c_note_mark_rich_text.xlsx": "a note mark as rich text of a workbook",
    "02d_struck_rich_text.xlsx": "a struck number as rich text of a workbook",
    "02e_note_mark_raised.pdf": "a note mark raised in a PDF",
    "02f_note_mark_subscript.txt": "a note mark typed as a lowered digit",
    "02g_note_mark_in_markdown.md": "a note mark in Markdown",
    "03_two_rows_in_one_cell.pdf": "two rows that no rule divides",
    "06a_altchunk_whole.docx": "a report embedded as a page",
    "06b_altchunk_table.docx": "a table embedded as a page",
    "07a_input_values.html": "the values of inputs of a page",
    "07b_form_fields.pdf": "the values of form fields of a PDF",
    "07c_form_dropdown.docx": "the choices of lists of a Word form",
    "09a_word2003xml.doc": "a document of Word 2003 as XML",
    "09b_flat_opc.xml": "a Word document in one file of XML",
    "09c_spreadsheetml.xls": "a workbook of Excel 2003 as XML",
    "09d_mht_base64.doc": "a web archive in base64",
    "10_sections_in_text_box.xlsx": "sections in a text box of a workbook",
    "11a_format_trailing_comma.xlsx": "a number format that divides by a thousand",
    "11b_format_point_as_literal.xlsx": "a number format whose point is a literal",
    "12_page_break_without_rule.pdf": "a page break without a rule between two rows",
    "16_comma_separated.csv": "comma separated values",
    "18_choice_not_understood.docx": "an alternative that asks for something unknown",
}
# what is worth a finding in a file: rules that fail, advisory or graver
FOUND = {
    "02f_note_mark_subscript.txt": {"values.oddly_typed"},
    "08_formula_without_value.xlsx": {"values.unreadable"},
    "11a_format_trailing_comma.xlsx": {"values.whole_number"},
}


@cache
def expected(name: str) -> Mapping[str, float]:
    """The cells of a case that are not 0."""
    cases: Mapping[str, Mapping[str, float]] = json.loads((FOLDER / "expected_cells.json").read_text(encoding="utf-8"))
    return cases[name]


@cache
def case(name: str) -> Report:
    return read((FOLDER / name).read_bytes(), name)


@pytest.mark.parametrize("name", WHOLE, ids=WHOLE.values())
def test_every_cell_is_read_as_it_is_shown(name: str) -> None:
    cells = case(name).cells
    assert {cell: cells[cell].value for cell in cell_ids()} == {
        cell: expected(name).get(cell, 0) for cell in cell_ids()
    }
    assert {cells[cell].status for cell in cell_ids()} == {CellStatus.READ}


@pytest.mark.parametrize("name", sorted({*WHOLE, *FOUND, "04_two_tables_as_images.html"}))
def test_nothing_is_found_but_what_is_there(name: str) -> None:
    found = failed(findings_of([case(name)])[name], Severity.ERROR, Severity.LIKELY, Severity.ADVISORY)
    assert {finding.rule for finding in found} == FOUND.get(name, set())


def test_a_formula_that_no_program_has_calculated_is_shown_as_one_and_never_as_empty() -> None:
    cells = case("08_formula_without_value.xlsx").cells
    odd = {cell: cells[cell] for cell in cell_ids() if cells[cell].status is not CellStatus.READ}
    assert {cell: (one.status, one.text) for cell, one in odd.items()} == {
        "requests.new_received.total": (CellStatus.UNREADABLE, "=SUM(D29:I29)")
    }


def test_tables_that_are_images_are_absent_and_the_images_are_named() -> None:
    report = case("04_two_tables_as_images.html")
    tables = {cell.partition(".")[0] for cell in cell_ids() if report.cells[cell].status is CellStatus.ABSENT}
    assert tables == {"proactive", "requests"}
    assert all(report.cells[cell].value == 0 for cell in cell_ids() if cell.startswith("review."))


def test_every_case_is_read() -> None:
    named = {path.name for path in FOLDER.iterdir() if path.suffix != ".json"}
    assert named == {*WHOLE, *FOUND, "04_two_tables_as_images.html"}
