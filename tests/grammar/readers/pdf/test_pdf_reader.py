"""PDFs come back as they are seen: ruled tables as grids, all else as lines, whatever the pages put in between."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from disclosure_checks.grammar.model.report import CellStatus, Place
from disclosure_checks.grammar.model.source_document import ReaderError, TextLine
from disclosure_checks.grammar.readers.pdf import reader as pdf
from disclosure_checks.grammar.readers.pdf.lattices.ruling import Span, lattices
from disclosure_checks.grammar.readers.pdf.page import Rule
from disclosure_checks.grammar.readers.pdf.reader import read_pdf
from tests.checking import read
from tests.generation.documents.drawn_pdf import drawn, grids, lines, rows, table
from tests.generation.documents.pdf import PdfStyle, pdf_document
from tests.generation.grid import Kind, grid_of
from tests.generation.marked import marked_report
from tests.generation.truth import random_report

STYLES = {
    "lines": PdfStyle(),
    "thin rectangles": PdfStyle(rules="rectangles"),
    "headings downwards": PdfStyle(groups_downwards=True, first_page_height=560),
    "rows split, open": PdfStyle(splits_rows=True, first_page_height=585),
    "rows split, closed": PdfStyle(splits_rows=True, closes_pages=True, first_page_height=585),
    "rows split under a repeated header": PdfStyle(splits_rows=True, repeats_header=True, first_page_height=585),
    "running header and bare page numbers": PdfStyle(running_header="政务公开", page_numbers="{}"),
    "named pages": PdfStyle(rules="rectangles", page_numbers="第 {} 页", first_page_height=500),
}


THREE_BY_THREE = [["甲", "乙", "丙"], ["规章", "1", "2"], ["许可", "30", "4"]]


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ruled_tables_come_back_cell_by_cell(style, seed):
    report = marked_report(seed)
    printed = [
        cell.text.replace(" ", "")
        for table in report.sheet.tables.values()
        for row in grid_of(table)
        for cell in row
        if cell.kind is Kind.VALUE or cell.kind is Kind.LABEL
    ]
    found = [
        cell.text.replace("\n", "")
        for grid in grids(read_pdf(pdf_document(report.sheet, style)))
        for cell in grid.cells
    ]
    places = iter(found)
    assert all(text in places for text in printed)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_reports_with_ruled_tables_are_read_cell_by_cell(style):
    for seed in range(6):
        generated = random_report(seed)
        report = read(pdf_document(generated.sheet, style), "report.pdf")
        assert {cell: report.cells[cell].value for cell in generated.cells} == generated.cells
        assert (report.agency, report.year) == (generated.agency, generated.year)


@pytest.mark.parametrize("downwards", [False, True], ids=["headings across", "headings downwards"])
def test_tables_without_rules_are_read_by_where_numbers_stand(downwards):
    for seed in range(8):
        generated = random_report(seed)
        report = read(pdf_document(generated.sheet, PdfStyle(rules="", groups_downwards=downwards)), "report.pdf")
        assert {cell: report.cells[cell].value for cell in generated.cells} == generated.cells


def test_a_number_that_a_table_without_rules_leaves_out_is_blank_and_never_another_one():
    became = Counter()
    for seed in range(8):
        generated, random = random_report(seed), Random(seed)
        for cell, value in list(generated.cells.items()):
            if value == 0 and random.random() < 0.1:
                generated = generated.with_value(cell, None)
        report = read(pdf_document(generated.sheet, PdfStyle(rules="")), "report.pdf")
        for cell, printed in generated.cells.items():
            known = report.cells[cell]
            is_right = known.status is CellStatus.BLANK if printed is None else known.value == printed
            became["right" if is_right else str(known.status)] += 1
    assert became["right"] > 0.85 * became.total()
    assert {CellStatus.READ, CellStatus.INFERRED}.isdisjoint(became)


def test_a_cell_knows_its_page_table_row_and_column():
    document = read_pdf(drawn(lambda canvas: canvas.drawString(50, 350, "上页"), table(THREE_BY_THREE)))
    [grid] = grids(document)
    assert grid.place == Place(table=1, page=2)
    assert [cell.place for cell in grid.cells if cell.text == "30"] == [Place(table=1, row=3, column=2, page=2)]
    assert document.blocks[0] == TextLine("上页", Place(line=1, page=1))


@pytest.mark.parametrize("edges", ["all", "inner"], ids=["fully ruled", "open at its sides"])
def test_a_table_is_read_whatever_of_its_frame_is_drawn(edges):
    [grid] = grids(read_pdf(drawn(table(THREE_BY_THREE, edges=edges))))
    assert rows(grid) == THREE_BY_THREE


@pytest.mark.parametrize("edges", ["columns", "rows"], ids=["ruled between columns alone", "ruled between rows alone"])
def test_a_table_ruled_in_one_direction_becomes_lines(edges):
    document = read_pdf(
        drawn(table([["甲", "乙", "丙", "丁"], ["规章", "1", "2", "3"], ["许可", "4", "5", "6"]], edges=edges))
    )
    assert not grids(document)
    assert lines(document) == ["甲 乙 丙 丁", "规章 1 2 3", "许可 4 5 6"]


def test_a_frame_around_text_is_no_table():
    def framed(canvas: Canvas) -> None:
        canvas.rect(20, 20, 360, 360)
        canvas.rect(24, 24, 352, 352)
        canvas.drawString(50, 350, "一、总体情况")
        table(THREE_BY_THREE, top=300)(canvas)

    document = read_pdf(drawn(framed))
    assert lines(document) == ["一、总体情况"]
    assert [rows(grid) for grid in grids(document)] == [THREE_BY_THREE]


def test_cells_keep_their_lines_and_a_number_that_was_too_wide_is_whole():
    [grid] = grids(read_pdf(drawn(table([["结果\n维持", "12345678901\n2"], ["1\n2", "短\n文"]]))))
    assert rows(grid) == [["结果\n维持", "123456789012"], ["1\n2", "短\n文"]]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_reads_the_same(turn):
    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.translate(200, 200)
        canvas.rotate(turn)
        canvas.translate(-200, -200)
        canvas.drawString(50, 370, "二、主动公开")
        table(THREE_BY_THREE)(canvas)

    document = read_pdf(drawn(turned))
    assert lines(document) == ["二、主动公开"]
    assert [rows(grid) for grid in grids(document)] == [THREE_BY_THREE]


@pytest.mark.parametrize("turn", [90, 270])
def test_turned_text_in_a_cell_is_one_line(turn):
    def cell(canvas: Canvas) -> None:
        table([["", "1", "2"], ["许可", "3", "4"]], height=80)(canvas)
        canvas.saveState()
        canvas.translate(80, 310)
        canvas.rotate(turn)
        canvas.drawCentredString(0, 0, "不予公开")
        canvas.restoreState()

    [grid] = grids(read_pdf(drawn(cell)))
    assert rows(grid)[0] == ["不予公开", "1", "2"]


def test_columns_of_text_that_run_downwards_are_read_from_the_right():
    def cell(canvas: Canvas) -> None:
        table([["", "1"], ["许可", "3"]], height=80)(canvas)
        for x, text in ((90, "（三）不"), (76, "予公开")):
            for number, character in enumerate(text):
                canvas.drawString(x, 335 - 12 * number, character)

    [grid] = grids(read_pdf(drawn(cell)))
    assert rows(grid)[0] == ["（三）不予公开", "1"]


def test_bold_characters_that_are_drawn_twice_are_read_once():
    def bold(canvas: Canvas) -> None:
        for offset in (0, 0.4):
            canvas.drawString(50 + offset, 300, "一、总体情况11")

    assert lines(read_pdf(drawn(bold))) == ["一、总体情况11"]


def test_words_are_divided_where_a_gap_divides_them():
    def spread(canvas: Canvas) -> None:
        for x, text in ((50, "规章"), (120, "10"), (160, "2"), (200.5, "3")):
            canvas.drawString(x, 300, text)
        canvas.drawString(50, 280, "密", charSpace=1)

    assert lines(read_pdf(drawn(spread))) == ["规章 10 2 3", "密"]


def picture(canvas: Canvas) -> None:
    from PIL import Image

    canvas.drawImage(ImageReader(Image.new("RGB", (8, 8), "grey")), 50, 50, 300, 200)


def test_pictures_and_pages_without_text_are_named():
    def with_text(canvas: Canvas) -> None:
        canvas.drawString(50, 380, "三、收到和处理申请情况")
        picture(canvas)

    document = read_pdf(drawn(lambda canvas: canvas.drawString(50, 350, "一"), with_text, lambda canvas: None))
    assert document.images == (Place(page=2), Place(page=3))


READABLE = ("read", "damaged_pdf", "no_text_layer", "encrypted", "too_large")


def outcome_of(content: bytes) -> str:
    try:
        read_pdf(content)
    except ReaderError as error:
        return error.code
    return "read"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(drawn(picture), "no_text_layer", id="a scan has no text layer"),
        pytest.param(
            pdf_document(marked_report(1).sheet, PdfStyle(password="x")), "encrypted", id="a password is needed"
        ),
        pytest.param(b"%PDF-1.7\n" + b"junk" * 50, "damaged_pdf", id="nothing but a header is damaged"),
        pytest.param(b"", "damaged_pdf", id="an empty file is damaged"),
        pytest.param(drawn(*[lambda canvas: None] * 301), "too_large", id="301 pages are too many"),
    ],
)
def test_what_cannot_be_read_is_named(content, code):
    assert outcome_of(content) == code


@pytest.mark.parametrize(("bound", "value"), [("LARGEST_PDF", 100), ("MOST_PAGES", 1), ("LONGEST_READING", -1.0)])
def test_every_bound_holds(monkeypatch, bound, value):
    monkeypatch.setattr(pdf, bound, value)
    assert outcome_of(drawn(*[lambda canvas: canvas.drawString(9, 9, "1")] * 2)) == "too_large"


WHOLE_FILE = pdf_document(random_report(1).sheet, PdfStyle(first_page_height=300))


@settings(max_examples=60)
@given(
    st.integers(0, len(WHOLE_FILE)),
    st.lists(st.tuples(st.integers(0, len(WHOLE_FILE) - 1), st.integers(0, 255)), max_size=40),
)
def test_damaged_files_never_break_the_reader(length, changes):
    damaged = bytearray(WHOLE_FILE)
    for place, value in changes:
        damaged[place] = value
    assert outcome_of(bytes(damaged[:length]) if length % 2 else bytes(damaged)) in READABLE


@st.composite
def divisions(draw: st.DrawFn) -> tuple[list[float], list[float], list[Span]]:
    """A table cut into cells: bands of rows, each cut into columns, some of whose cells are cut into rows again."""
    columns, row_count = draw(st.integers(2, 6)), draw(st.integers(1, 7))
    xs, ys = (
        [20.0 + 35 * number for number in range(columns + 1)],
        [10.0 + 18 * number for number in range(row_count + 1)],
    )
    spans, row = [], 0
    while row < row_count:
        height = draw(st.integers(1, row_count - row))
        cuts = sorted({0, columns, *draw(st.sets(st.integers(1, columns - 1)))})
        for start, end in pairwise(cuts):
            if draw(st.booleans()):
                spans += [Span(row + part, start, 1, end - start) for part in range(height)]
            else:
                spans.append(Span(row, start, height, end - start))
        row += height
    return xs, ys, spans


def used(edges: set[int]) -> dict[int, int]:
    return {number: place for place, number in enumerate(sorted(edges))}


@given(divisions(), st.floats(-0.6, 0.6), st.booleans())
def test_the_rules_of_any_table_give_back_its_cells(division, shift, rectangles):
    xs, ys, spans = division
    rules = []
    for row, column, row_count, columns in spans:
        left, right, top, bottom = xs[column], xs[column + columns], ys[row], ys[row + row_count]
        rules += [Rule(True, y, left + shift, right + shift) for y in (top, bottom)]
        rules += [Rule(False, x + shift, top, bottom) for x in (left, right)]
    # edges that no cell needs are no edges of the table
    columns_used = used({c for span in spans for c in (span.column, span.column + span.columns)})
    rows_used = used({r for span in spans for r in (span.row, span.row + span.rows)})
    expected = sorted(
        Span(
            rows_used[row],
            columns_used[column],
            rows_used[row + row_count] - rows_used[row],
            columns_used[column + columns] - columns_used[column],
        )
        for row, column, row_count, columns in spans
    )
    found = lattices(rules)
    if len({span.column for span in expected}) < 2:
        assert not found
    else:
        assert [list(lattice.spans) for lattice in found] == [expected]
