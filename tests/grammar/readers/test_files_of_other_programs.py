"""Files that other programs wrote come back as they were meant: the project's own generators had no part in them.

``tests/fixtures/other_programs/make_fixtures.py`` tells how the files are made, and from what their truth comes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from disclosure_checks.grammar.model.report import CellStatus
from disclosure_checks.rules.spec.model.specification import Severity
from tests.checking import ROOT, failed, findings_of, grave, read
from tests.generation.table_format import cell_ids

FOLDER = ROOT / "tests" / "fixtures" / "other_programs"

needs_libreoffice = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")),
    reason="old Word documents are read through LibreOffice, which is not installed",
)

# file -> the layout it is read in
FILES = [
    pytest.param("libreoffice_writer.docx", "docx", id="a Word document written by LibreOffice"),
    pytest.param("libreoffice_writer_township.docx", "docx", id="a Word document with noughts, written by LibreOffice"),
    pytest.param("libreoffice_writer.doc", "doc", id="an old Word document by LibreOffice", marks=needs_libreoffice),
    pytest.param("libreoffice_writer.pdf", "pdf", id="a PDF by LibreOffice, no header on its second page"),
    pytest.param("libreoffice_writer.html", "html", id="a web page exported by LibreOffice"),
    pytest.param("libreoffice_writer.txt", "page_text", id="a text exported by LibreOffice"),
    pytest.param("libreoffice_calc.xlsx", "xlsx", id="a workbook with formulas, written by LibreOffice"),
    pytest.param("libreoffice_calc.xls", "xls", id="an old workbook with formulas, written by LibreOffice"),
    pytest.param("libreoffice_calc.ods", "ods", id="an OpenDocument workbook with formulas, written by LibreOffice"),
    pytest.param("libreoffice_calc.fods", "ods", id="an OpenDocument workbook in one file, written by LibreOffice"),
    pytest.param("chromium.pdf", "pdf", id="a web page printed by Chromium, with its header and footer"),
    pytest.param("chromium_township.pdf", "pdf", id="a web page with groups above rows, printed by Chromium"),
    pytest.param("chromium.mhtml", "html", id="a web page saved by Chromium as one file"),
    pytest.param("python_docx.docx", "docx", id="a Word document written by python-docx"),
    pytest.param("openpyxl.xlsx", "xlsx", id="a workbook of six sheets written by openpyxl"),
    pytest.param("pandas.xlsx", "xlsx", id="data frames that pandas wrote as a workbook"),
    pytest.param("pandas.html", "html", id="data frames that pandas wrote as a web page"),
    pytest.param("pandas_township.html", "html", id="data frames with noughts that pandas wrote as a web page"),
]


@cache
def truth() -> Mapping[str, Any]:
    """Which file holds the report of which agency, and what that report says."""
    loaded: Mapping[str, Any] = json.loads((FOLDER / "expected_cells.json").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize(("name", "layout"), FILES)
def test_every_cell_of_a_file_of_another_program_comes_back_and_nothing_grave_is_found(name: str, layout: str) -> None:
    agency = truth()["files"][name]
    expected = truth()["reports"][agency]
    report = read((FOLDER / name).read_bytes(), name)
    assert {cell: report.cells[cell].value for cell in expected["cells"]} == expected["cells"]
    assert {report.cells[cell].status for cell in expected["cells"]} == {CellStatus.READ}
    assert (report.agency, report.year, report.layout) == (agency, expected["year"], layout)
    assert all(report.cells[cell].place for cell in expected["cells"])
    findings = findings_of([report])[name]
    assert not grave(findings)
    assert not failed(findings, Severity.ADVISORY)


def test_the_truth_names_every_cell_and_every_file_is_read() -> None:
    assert all(set(report["cells"]) == set(cell_ids()) for report in truth()["reports"].values())
    assert set(truth()["files"]) == {parameters.values[0] for parameters in FILES}
