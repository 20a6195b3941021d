"""The text of a report as a page: each place that anything names is on it, and nothing in it means anything to a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from disclosure_checks.grammar.model.kept_text import KeptText
from disclosure_checks.grammar.model.report import Place, Report
from disclosure_checks.grammar.model.source_document import Grid, GridCell, TextLine
from disclosure_checks.grammar.readers.decoding import decode
from disclosure_checks.runner.exports.records import ReportRecord
from disclosure_checks.runner.pipeline.run import format_lexicon
from disclosure_checks.runner.reading.file_reader import FileReader
from disclosure_checks.runner.site.page_parts import place_anchor
from disclosure_checks.runner.site.source_pages.addresses import source_address, source_path
from disclosure_checks.runner.site.source_pages.source_page import MOST_UNFOLDED, SourcePages
from disclosure_checks.runner.site.views import site_views
from disclosure_checks.runner.texts.site_texts import load_texts
from tests.checking import ROOT, specification
from tests.runner.published_samples import HOSTILE, compiled

RECORD = ReportRecord("2023/a.txt", "南湖区", 2023, "2021_format", "text", "pass", (0, 0, 0, 0), 0, "2023/南湖区.html")
FIXTURES = ROOT / "tests" / "fixtures"
DOCUMENTS = [
    FIXTURES / "other_programs" / name
    for name in ("python_docx.docx", "libreoffice_writer.html", "openpyxl.xlsx", "chromium.pdf", "libreoffice_calc.ods")
] + [ROOT / "reports" / "report_003.txt"]


def html(text: KeptText, language: str = "zh") -> str:
    page = SourcePages(compiled(), load_texts(language)).build(RECORD, text)
    return site_views(language).source(page)


def ids(page: str) -> list[str]:
    return re.findall(r' id="([^"]+)"', page)


def places(report: Report) -> Iterator[Place]:
    yield from (cell.place for cell in report.cells.values() if cell.place)
    yield from (one.place for fact in report.facts.values() for one in fact.evidence if one.place and any(one.place))
    yield from (section.place for section in report.sections)


@pytest.fixture(scope="module")
def files() -> FileReader:
    return FileReader([format_lexicon(specification())])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_place_that_a_cell_or_a_fact_names_is_on_the_page(files: FileReader, path: Path) -> None:
    [one] = files.read_content(path.read_bytes(), path.name)
    _, report = one.reading
    assert isinstance(report, Report)
    assert report.source_text is not None
    found = ids(html(report.source_text.load()))
    assert len(found) == len(set(found))
    wanted = {place_anchor(place) for place in places(report)}
    # a row of a table whose cells stand beside each other is named as the row
    cells = [cell.place for cell in report.cells.values() if cell.place and cell.place.row]
    wanted |= {place_anchor(place._replace(column=0)) for place in cells}
    assert wanted - set(found) == set()


def test_lines_keep_their_numbers_and_blank_ones_are_left_out() -> None:
    page = html(
        KeptText((TextLine("一、总体情况", Place(1)), TextLine("\t ", Place(2)), TextLine("收到\t3件", Place(3))))
    )
    assert re.findall(r'<li id="(line-\d)" value="(\d)">(.*)</li>', page) == [
        ("line-1", "1", "一、总体情况"),
        ("line-3", "3", "收到\t3件"),
    ]


@pytest.mark.parametrize("block", [
    TextLine(HOSTILE, Place(1)),
    Grid((GridCell(HOSTILE, Place(0, 1, 1, 1), 0, 0),), Place(0, 1)),
], ids=["in a line", "in a cell"])  # fmt: skip
def test_what_is_read_never_becomes_markup(block: TextLine | Grid) -> None:
    page = html(KeptText((block,)))
    assert "<script" not in page
    assert "&lt;script&gt;alert(&#34;x&#34;)" in page
    assert "\x00" not in page


def test_a_cell_spans_the_rows_that_are_there_and_gaps_are_filled() -> None:
    cells = (
        GridCell("组", Place(0, 1, 1, 1), 0, 0, row_span=3),
        GridCell("甲", Place(0, 1, 1, 2), 0, 1),
        GridCell("乙", Place(0, 1, 3, 3), 2, 2, column_span=2),
    )
    page = html(KeptText((Grid(cells, Place(0, 1)),)))
    assert re.findall(r"<tr.*</tr>", page) == [
        '<tr id="table-1-row-1"><th scope="row">1</th><td id="table-1-row-1-column-1" rowspan="2">组</td>'
        '<td id="table-1-row-1-column-2">甲</td></tr>',
        '<tr id="table-1-row-3"><th scope="row">3</th><td></td><td id="table-1-row-3-column-3" colspan="2">乙</td></tr>',
    ]


def test_a_long_text_is_folded_and_one_that_was_cut_says_so() -> None:
    lines = tuple(TextLine("件", Place(number)) for number in range(1, MOST_UNFOLDED + 11))
    page = html(KeptText(lines, is_cut=True), "en")
    assert f"<summary>lines {MOST_UNFOLDED + 1}–{MOST_UNFOLDED + 10}</summary>" in page
    assert "what follows was not kept" in page
    assert "<details" not in html(KeptText(lines[:MOST_UNFOLDED]))


def test_the_text_of_one_agency_cannot_be_the_page_of_another() -> None:
    assert source_path("2023/甲局.html") == "2023/source/甲局.html"
    assert source_address("2023/甲 局.html") == "source/甲%20局.html"


def test_a_text_file_is_shown_as_it_is() -> None:
    path = ROOT / "reports" / "report_001.txt"
    page = html(KeptText(decode(path.read_bytes(), path.name).blocks))
    assert page.count("<li id=") == sum(
        not line.isspace() and line != "" for line in path.read_text("utf-8").split("\n")
    )
