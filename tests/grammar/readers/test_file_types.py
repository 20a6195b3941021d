"""Which reader a file is for, whatever it is called, and that every type gives the same cells."""

from __future__ import annotations

from random import Random

import pytest

from disclosure_checks.grammar.readers.registry import file_type
from tests.checking import reader
from tests.generation.documents.archive import archive
from tests.generation.documents.docx import DOCX_PRINTERS
from tests.generation.documents.html import HTML_PRINTERS
from tests.generation.layouts.printing import print_layout
from tests.generation.truth import random_report

REPORT = random_report(11)
HTML = HTML_PRINTERS[0](REPORT.sheet, Random(1))
DOCX = DOCX_PRINTERS[0](REPORT.sheet, Random(1))
PLAIN = print_layout(REPORT, Random(1), "page_text").encode()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        pytest.param(PLAIN, "a.txt", "text", id="text"),
        pytest.param(PLAIN, "a.md", "text", id="Markdown"),
        pytest.param(PLAIN, "a.doc", "text", id="text called .doc"),
        pytest.param(HTML, "a.html", "html", id="a web page"),
        pytest.param(HTML, "a.doc", "html", id="a web page called .doc"),
        pytest.param(HTML, "a.txt", "html", id="a web page called .txt"),
        pytest.param(DOCX, "a.docx", "docx", id="a Word document"),
        pytest.param(DOCX, "a.doc", "docx", id="a Word document called .doc"),
        pytest.param(DOCX, "a.zip", "docx", id="a Word document called .zip"),
        pytest.param(b"%PDF-1.7\n", "a.txt", "pdf", id="a PDF called .txt"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "office", id="an old Word document"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "xls", id="an old spreadsheet"),
        pytest.param(b"{\\rtf1", "a.doc", "office", id="rich text"),
        pytest.param(archive(("a.txt", b"")), "a.zip", "archive", id="an archive"),
        pytest.param(archive(("xl/workbook.xml", b"")), "a.xlsx", "xlsx", id="a spreadsheet"),
    ],
)
def test_the_content_tells_the_reader(content, name, kind):
    assert file_type(content, name).name == kind


@pytest.mark.parametrize(("content", "name"), [(HTML, "a.html"), (DOCX, "a.docx"), (PLAIN, "a.txt")])
def test_every_type_gives_the_same_cells(content, name):
    report = reader().read(content, name)
    assert {cell: report.cells[cell].value for cell in REPORT.cells} == REPORT.cells
    assert (report.agency, report.year) == (REPORT.agency, REPORT.year)
    assert all(report.cells[cell].place for cell in REPORT.cells)
