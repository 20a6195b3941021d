"""Tables without rules: numbers below each other, and below the labels of a header where numbers are too few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from disclosure_checks.grammar.model.source_document import Grid
from disclosure_checks.grammar.readers.pdf.aligned.number_columns import number_columns
from disclosure_checks.grammar.readers.pdf.aligned.words import Word
from disclosure_checks.grammar.readers.pdf.reader import read_pdf
from tests.generation.documents.drawn_pdf import PageDrawing, drawn, grids
from tests.generation.documents.pdf import FONT

LABELS = ("甲类", "乙类", "丙类", "丁类", "戊类", "总计")
MIDDLES = (160, 200, 240, 280, 320, 360)


def centred(canvas: Canvas, middle: float, y: float, text: str) -> None:
    canvas.drawString(middle - stringWidth(text, FONT, 10) / 2, y, text)


def header(y: float) -> PageDrawing:
    def draw(canvas: Canvas) -> None:
        centred(canvas, 240, y + 16, "各类单位的数量")
        for middle, label in zip(MIDDLES, LABELS, strict=True):
            centred(canvas, middle, y, label)

    return draw


def row(y: float, label: str, numbers: Mapping[int, str], left: float = 40) -> PageDrawing:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(left, y, label)
        for column, number in numbers.items():
            centred(canvas, MIDDLES[column], y, number)

    return draw


def heading(y: float, text: str, left: float = 10) -> PageDrawing:
    return lambda canvas: canvas.drawString(left, y, text)


def page(*parts: PageDrawing) -> PageDrawing:
    def draw(canvas: Canvas) -> None:
        for part in parts:
            part(canvas)

    return draw


def below_labels(tables: Sequence[Grid]) -> dict[str, dict[str, str]]:
    """The numbers of each row by the labels that they stand below, on whatever page."""
    cells = [cell for table in tables for cell in table.cells]
    labels = {cell.column: cell.text for cell in cells if cell.text in LABELS}
    found: dict[str, dict[str, str]] = {}
    for table in tables:
        for number in sorted({cell.row for cell in table.cells}):
            own = [cell for cell in table.cells if cell.row == number]
            said = " ".join(cell.text for cell in own if cell.column not in labels and cell.text and cell.row_span == 1)
            values = {labels[cell.column]: cell.text for cell in own if cell.text.isdigit()}
            if values or said:
                found[said] = values
    return found


FEW = {"1.收到": {0: "3", 5: "3"}, "2.结转": {2: "12", 4: "7"}, "3.其他": {1: "5", 5: "5"}}


def numbers_of(rows: Mapping[str, Mapping[int, str]]) -> dict[str, dict[str, str]]:
    return {label: {LABELS[column]: text for column, text in own.items()} for label, own in rows.items()}


def test_numbers_too_few_to_tell_columns_stand_below_the_labels_of_a_header() -> None:
    parts = [row(280 - 20 * place, label, numbers) for place, (label, numbers) in enumerate(FEW.items())]
    found = below_labels(grids(read_pdf(drawn(page(header(310), *parts)))))
    assert {label: found[label] for label in FEW} == numbers_of(FEW)


def test_a_column_that_no_row_fills_keeps_its_place() -> None:
    rows = {f"{place}.收到": {0: "1", 1: "2", 2: "3", 4: "4", 5: "9"} for place in range(1, 5)}
    parts = [row(280 - 20 * place, label, numbers) for place, (label, numbers) in enumerate(rows.items())]
    found = below_labels(grids(read_pdf(drawn(page(header(310), *parts)))))
    assert {label: found[label] for label in rows} == numbers_of(rows)


@pytest.mark.parametrize(
    "shift", [pytest.param(0, id="at the same place"), pytest.param(7, id="on a page that was shifted")]
)
def test_rows_on_the_next_page_stand_below_the_labels_of_the_page_before(shift: float) -> None:
    first = page(header(110), row(80, "一、上年", {0: "3", 2: "4"}))

    def second(canvas: Canvas) -> None:
        canvas.translate(shift, 0)
        for place, (label, numbers) in enumerate(FEW.items()):
            row(360 - 20 * place, label, numbers)(canvas)

    parts = grids(read_pdf(drawn(first, second)))
    assert [part.goes_on for part in parts] == [False, True]
    found = below_labels(parts)
    assert {label: found[label] for label in FEW} == numbers_of(FEW)


def test_a_header_may_stand_alone_at_the_end_of_a_page() -> None:
    second = page(*(row(360 - 20 * place, label, own) for place, (label, own) in enumerate(FEW.items())))
    parts = grids(read_pdf(drawn(page(header(60)), second)))
    found = below_labels(parts)
    assert {label: found[label] for label in FEW} == numbers_of(FEW)


def test_a_table_after_a_sentence_on_the_next_page_is_another_one() -> None:
    first = page(header(110), row(80, "1.收到", {0: "3", 2: "4"}))
    second = page(
        heading(380, "以上是去年的数字，以下另有一张没有表头的表格，列数与上表不同。"),
        *(row(340 - 20 * place, label, own) for place, (label, own) in enumerate(FEW.items())),
    )
    assert not any(part.goes_on for part in grids(read_pdf(drawn(first, second))))


def test_a_heading_beside_several_rows_is_no_row_and_a_row_without_numbers_is_one() -> None:
    rows = {"1.收到": {0: "3", 5: "3"}, "2.结转": {}, "3.其他": {1: "5", 5: "5"}, "4.合计": {2: "1", 5: "1"}}
    parts = [row(280 - 20 * place, label, own, left=70) for place, (label, own) in enumerate(rows.items())]
    parts += [heading(256, "（一）公"), heading(244, "开申请")]
    tables = grids(read_pdf(drawn(page(header(310), *parts))))
    found = below_labels(tables)
    assert {label: found[label] for label in rows} == numbers_of(rows)
    [beside] = [cell for table in tables for cell in table.cells if cell.text.startswith("（一）")]
    assert beside.text.split() == ["（一）公", "开申请"]
    assert beside.row_span == len(rows)


def test_more_rows_of_numbers_than_a_page_of_a_report_has_are_no_table() -> None:
    def rows(count: int) -> list[list[Word]]:
        return [[Word("7", middle, middle + 5, 12.0 * place, 10.0) for middle in MIDDLES] for place in range(count)]

    assert [len(table.rows) for table in number_columns(rows(100))] == [100]
    assert not list(number_columns(rows(1000)))
