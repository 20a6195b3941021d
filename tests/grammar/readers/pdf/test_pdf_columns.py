"""Columns of a PDF: those that no rule divides, those that go on on another page, and digits that stand apart in one."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from disclosure_checks.grammar.model.report import CellStatus, Place
from disclosure_checks.grammar.readers.pdf.reader import read_pdf
from tests.checking import read
from tests.generation.documents.drawn_pdf import PageDrawing, drawn, grids, rows, table
from tests.generation.documents.pdf import PdfStyle, pdf_document
from tests.generation.truth import random_report

STYLES = {
    "no rules across": PdfStyle(without="across"),
    "no rules down": PdfStyle(without="down"),
    "no rules at the sides": PdfStyle(without="sides"),
    "no rule on the left": PdfStyle(without="left"),
    "no rule between two columns": PdfStyle(without="a column"),
    "no rule between two columns, filled rules": PdfStyle(without="a column", rules="rectangles"),
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_cell_comes_back_where_rules_are_missing(style: PdfStyle, seed: int) -> None:
    report = random_report(seed)
    cells = read(pdf_document(report.sheet, style), "report.pdf").cells
    assert {cell: cells[cell].value for cell in report.cells} == report.cells


@pytest.mark.parametrize("seed", [1, 3, 5])
def test_digits_that_stand_apart_are_one_number_or_none(seed: int) -> None:
    report = random_report(seed)
    cells = read(pdf_document(report.sheet, PdfStyle(digits_apart=True)), "report.pdf").cells
    wrong = {cell for cell, value in report.cells.items() if cells[cell].value != value}
    assert {cells[cell].status for cell in wrong} <= {CellStatus.UNREADABLE, CellStatus.AMBIGUOUS}
    assert not [cell for cell in wrong if cell.startswith("requests.")]


def undivided(texts: list[list[tuple[str, ...]]]) -> PageDrawing:
    """A table of two ruled columns; in the second the pieces of a cell stand 40 points apart."""

    def page(canvas: Canvas) -> None:
        table([["" for _ in row] for row in texts], width=100)(canvas)
        for number, row in enumerate(texts):
            for column, pieces in enumerate(row):
                for place, text in enumerate(pieces):
                    canvas.drawString(53 + 100 * column + 40 * place, 338 - 30 * number, text)

    return page


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        pytest.param([("1", "2"), ("3", "4"), ("15", "6")], [["1", "2"], ["3", "4"], ["15", "6"]], id="two columns"),
        pytest.param(
            [("自然人", "企业"), ("3", "4"), ("5", "6")],
            [["自然人", "企业"], ["3", "4"], ["5", "6"]],
            id="labels above",
        ),
        pytest.param([("1", "2"), ("3",), ("5", "6")], [["1 2"], ["3"], ["5 6"]], id="a row of one number"),
        pytest.param([("1", "2"), ("3", "4"), ("甲",)], [["1 2"], ["3 4"], ["甲"]], id="too few rows"),
    ],
)
def test_numbers_side_by_side_in_every_row_are_columns(
    second: list[tuple[str, ...]], expected: list[list[str]]
) -> None:
    texts = [[(label,), pieces] for label, pieces in zip(("规章", "许可", "处罚"), second, strict=True)]
    [grid] = grids(read_pdf(drawn(undivided(texts))))
    assert [row[1:] for row in rows(grid)] == expected


LEFT_PART = [["内容", "自然人", "企业"], ["规章", "1", "2"], ["许可", "3", "4"], ["处罚", "5", "6"]]
RIGHT_PART = [["其他", "总计"], ["7", "10"], ["8", "15"], ["9", "20"]]
WHOLE = [[*left, *right] for left, right in zip(LEFT_PART, RIGHT_PART, strict=True)]
LABELS = [row[:1] for row in LEFT_PART]


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([table(LEFT_PART), table(RIGHT_PART)], id="the next page"),
        pytest.param([table(LEFT_PART), table(RIGHT_PART, left=150, top=380)], id="another place of the page"),
        pytest.param(
            [table(LEFT_PART), table([[*label, *row] for label, row in zip(LABELS, RIGHT_PART, strict=True)])],
            id="labels printed again",
        ),
        pytest.param(
            [table(LEFT_PART), table([["甲", "乙"], ["1", "2"]]), table(RIGHT_PART)], id="another table between them"
        ),
    ],
)
def test_columns_that_go_on_on_another_page_stand_beside_their_rows(pages: list[PageDrawing]) -> None:
    first = grids(read_pdf(drawn(*pages)))[0]
    assert rows(first) == WHOLE
    assert first.cells[-1].place.page == len(pages)


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(table(RIGHT_PART, height=40), id="rows of another height"),
        pytest.param(table(RIGHT_PART[:3]), id="fewer rows"),
        pytest.param(table(LEFT_PART), id="the same table"),
        pytest.param(table([["罚", "1"], ["强", "2"], ["费", "3"], ["购", "4"]]), id="labels of its own"),
    ],
)
def test_another_table_on_the_next_page_is_another_table(second: PageDrawing) -> None:
    assert rows(grids(read_pdf(drawn(table(LEFT_PART), second)))[0]) == LEFT_PART


def test_a_cell_of_a_further_column_knows_where_it_is_printed() -> None:
    cells = grids(read_pdf(drawn(table(LEFT_PART), table(RIGHT_PART))))[0].cells
    assert next(cell for cell in cells if cell.text == "15").place == Place(page=2, table=1, row=3, column=2)
