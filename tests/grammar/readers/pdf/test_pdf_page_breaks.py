"""What lies between the pages of a PDF: rows that break over two of them, page numbers, running lines."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from disclosure_checks.grammar.readers.pdf.reader import read_pdf
from tests.generation.documents.drawn_pdf import PageDrawing, drawn, grids, lines, rows, table


def parts(below: list[list[str]], above: str = "1.申请人逾期不补正、行", *, closed: bool = True) -> bytes:
    """A table whose last row stands at the end of a page, and what follows on the next one."""

    def open_first(canvas: Canvas) -> None:
        for x in (50, 159, 268):
            canvas.line(x, 350, x, 290)
        for y in (350, 320):
            canvas.line(50, y, 268, y)
        for x, y, text in ((53, 338, "项目"), (162, 338, "数量"), (53, 308, above), (162, 308, "5")):
            canvas.drawString(x, y, text)

    closed_first = table([["项目", "数量"], [above, "5"]], width=109)
    return drawn(closed_first if closed else open_first, table(below, width=109))


BROKEN = {
    "a label that goes on beside an empty cell": (
        [["政机关不再处理", ""], ["2.其他", "6"]],
        "1.申请人逾期不补正、行",
        True,
    ),
    "the same under the header again": (
        [["项目", "数量"], ["政机关不再处理", ""], ["2.其他", "6"]],
        "1.申请人逾期不补正、行",
        True,
    ),
    "a row that no rule closes": ([["政机关", ""], ["2.其他", "6"]], "1.申请人", False),
}


@pytest.mark.parametrize(("below", "above", "closed"), BROKEN.values(), ids=BROKEN)
def test_a_row_that_breaks_over_two_pages_is_joined(below, above, closed):
    first, second = grids(read_pdf(parts(below, above, closed=closed)))
    row = [line[0] for line in below].index(next(line[0] for line in below if line[0].startswith("政")))
    assert rows(first)[-1] == [f"{above}\n{below[row][0]}", "5"]
    assert rows(second) == [*below[:row], *below[row + 1 :]]


WHOLE = {
    "a label that begins anew": ([["2.无正当理由", ""], ["3.其他", "6"]], "1.申请人逾期不补正、行"),
    "a label after one that did not fill its cell": ([["行政强制", ""], ["行政处罚", "6"]], "行政许可"),
    "numbers on both sides of the break": ([["政机关不再处理", "7"], ["3.其他", "6"]], "1.申请人逾期不补正、行"),
}


@pytest.mark.parametrize(("below", "above"), WHOLE.values(), ids=WHOLE)
def test_a_row_of_its_own_at_the_head_of_a_page_stays_one(below, above):
    first, second = grids(read_pdf(parts(below, above)))
    assert rows(first)[-1] == [above, "5"]
    assert rows(second) == below


@pytest.mark.parametrize(
    "below",
    [
        pytest.param([["2.其他", "6"], ["3.其他", "7"]], id="a label that begins anew"),
        pytest.param([["行政处罚", "6"], ["行政强制", "7"]], id="a label without an ordinal"),
        pytest.param([["2.其他", "/"], ["3.其他", "7"]], id="a placeholder"),
        pytest.param([["政机关不再处理", "6"], ["3.其他", "7"]], id="a label that could go on"),
    ],
)
def test_two_rows_with_numbers_of_their_own_stay_two_where_no_rule_closes_a_page(below):
    first, second = grids(read_pdf(parts(below, "1.申请人逾期不补正、行", closed=False)))
    assert rows(first)[-1] == ["1.申请人逾期不补正、行", "5"]
    assert rows(second) == below


def paged(*texts: str, header: str = "", footer: str = "") -> bytes:
    def page(number: int, text: str) -> PageDrawing:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(50, 380, header)
            canvas.drawString(50, 200, text)
            canvas.drawString(190, 20, footer.format(number))

        return draw

    return drawn(*(page(number, text) for number, text in enumerate(texts, 1)))


@pytest.mark.parametrize("footer", ["- {} -", "{}", "第{}页", "{}/3", "政府信息公开 {}"])
def test_page_numbers_and_running_lines_are_left_out(footer):
    found = lines(read_pdf(paged("年报", "二", "三", header="某局年报", footer=footer)))
    assert [text for text in found if text not in ("某局年报", "政府信息公开 1")] == ["年报", "二", "三"]


def test_a_running_line_that_is_nowhere_else_is_read_once():
    assert lines(read_pdf(paged("一", "二", "三", header="某局年度报告"))) == ["某局年度报告", "一", "二", "三"]


def test_numbers_at_the_foot_of_pages_that_do_not_count_up_stay():
    assert lines(read_pdf(paged("一", "二", footer="7"))) == ["一", "7", "二", "7"]


COLUMNS = ["项目", "甲类", "乙类", "丙类", "总计"]


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(table([["2.其他", "1", "", "3", ""]] * 3, top=380), id="as they are on the first page"),
        pytest.param(table([["2.其他", "1", "", "3", ""]] * 3, left=57, top=380), id="on a page that was shifted"),
    ],
)
def test_the_columns_of_a_table_that_goes_on_are_those_of_its_header(below: PageDrawing) -> None:
    first = table([COLUMNS, ["1.收到", "4", "", "", "4"]], top=110)
    above, rest = grids(read_pdf(drawn(first, below)))
    assert (above.goes_on, rest.goes_on) == (False, True)
    labels = {cell.text: cell.column for cell in above.cells if cell.row == 0}
    assert {cell.text: cell.column for cell in rest.cells if cell.row == 0 and cell.text.isdigit()} == {
        "1": labels["甲类"],
        "3": labels["丙类"],
    }


def test_labels_in_more_columns_on_the_next_page_leave_the_columns_of_numbers_alike() -> None:
    def second(canvas: Canvas) -> None:
        for x in (50, 80, 110, 170, 230, 290, 350):
            canvas.line(x, 380, x, 290)
        for y in (380, 350, 320, 290):
            canvas.line(50, y, 350, y)
        for y in (368, 338, 308):
            for x, text in ((53, "（一）"), (83, "其他"), (113, "1"), (233, "3")):
                canvas.drawString(x, y, text)

    first = table([COLUMNS, ["1.收到", "4", "", "", "4"]], top=110)
    above, rest = grids(read_pdf(drawn(first, second)))
    labels = {cell.text: cell.column for cell in above.cells if cell.row == 0}
    assert rest.goes_on
    assert {cell.column for cell in rest.cells if cell.text == "1"} == {labels["甲类"]}
    assert {cell.column for cell in rest.cells if cell.text == "3"} == {labels["丙类"]}


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(table([["1", "2", "3"]] * 3, top=380, width=100), id="with other columns"),
        pytest.param(table([["1", "2", "3", "4", "5"]] * 3, top=380, width=40), id="that is narrower"),
    ],
)
def test_a_table_at_the_head_of_the_next_page_is_another_one(below: PageDrawing) -> None:
    first = table([COLUMNS, ["1.收到", "4", "", "", "4"]], top=110)
    assert not any(part.goes_on for part in grids(read_pdf(drawn(first, below))))


def test_a_stroke_that_divides_a_cell_of_the_next_row_joins_no_rows() -> None:
    below = table([["2.其他", "1", "2", "3"], ["3.其他", "4", "5", "6"]], top=380)

    def second(canvas: Canvas) -> None:
        below(canvas)
        canvas.line(170, 374, 230, 374)  # as a stamp draws one

    def open_first(canvas: Canvas) -> None:
        for x in (50, 110, 170, 230, 290):
            canvas.line(x, 350, x, 290)
        for y in (350, 320):
            canvas.line(50, y, 290, y)
        for x, text in ((53, "1.收到"), (113, "7"), (173, "8"), (233, "9")):
            canvas.drawString(x, 338, text)
            canvas.drawString(x, 308, text)

    above, rest = grids(read_pdf(drawn(open_first, second)))
    assert rows(above)[-1] == ["1.收到", "7", "8", "9"]
    assert sorted(cell.text for cell in rest.cells if cell.row < 2 and cell.text) == ["1", "2", "2.其他", "3"]
