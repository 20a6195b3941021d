"""Nearly two thousand random consistent reports as web pages, Word, Excel and PDF files: every cell comes back."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from random import Random

import pytest

from disclosure_checks.grammar.model.report import CellStatus
from tests.checking import findings_of, grave, read
from tests.generation.documents.docx import DOCX_PRINTERS
from tests.generation.documents.html import HTML_PRINTERS
from tests.generation.documents.pdf import pdf_document
from tests.generation.documents.xlsx import xls_document, xlsx_document
from tests.generation.sheets import Sheet
from tests.generation.truth import random_reports
from tests.shares import in_shares

Printer = Callable[[Sheet, Random], bytes]


def _plain(print_document: Callable[[Sheet], bytes]) -> Printer:
    return lambda sheet, random: print_document(sheet)


# name -> how it is printed, and how many reports; with the texts of test_generated_reports more than 5,000 in all
DOCUMENTS: dict[str, tuple[Printer, int]] = {
    **{f"html, {printer.__name__}": (printer, 170) for printer in HTML_PRINTERS},
    **{f"docx, {printer.__name__}": (printer, 170) for printer in DOCX_PRINTERS},
    "xlsx": (_plain(xlsx_document), 250),
    "xls": (_plain(xls_document), 130),
    "pdf": (_plain(pdf_document), 80),
}


@in_shares("share", quick=0.06, long=1)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_cell_of_a_document_comes_back_and_nothing_grave_is_found(name, share):
    print_document, count = DOCUMENTS[name]
    reports = []
    for number, generated in enumerate(random_reports(ceil(share * count), seed=name)):
        report = read(print_document(generated.sheet, Random(number)), f"{number}.bin")
        assert {cell: report.cells[cell].value for cell in generated.cells} == generated.cells
        assert all(report.cells[cell].place for cell in generated.cells)
        assert report.cells["requests.other.total"].status is CellStatus.ABSENT
        assert report.year == generated.year
        reports.append(report)
    assert not [one for findings in findings_of(reports).values() for one in grave(findings)]
