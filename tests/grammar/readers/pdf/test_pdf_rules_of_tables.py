"""Which strokes of a PDF are rules of a table, which of them are one, and what closes a cell. Measures are points."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.readers.pdf.lattices.ruling import Lattice, Span, lattices
from disclosure_checks.grammar.readers.pdf.page import Rule
from disclosure_checks.grammar.readers.pdf.reader import read_pdf
from tests.generation.documents.drawn_pdf import PageDrawing, drawn, grids, lines, rows, table

XS, YS = (0.0, 60.0, 120.0), (0.0, 30.0, 60.0)


def across(y: float, start: float = XS[0], end: float = XS[-1]) -> Rule:
    return Rule(True, y, start, end)


def down(x: float, start: float = YS[0], end: float = YS[-1]) -> Rule:
    return Rule(False, x, start, end)


def lattice(*more: Rule, horizontal: Iterable[Rule] = (), vertical: Iterable[Rule] = ()) -> Lattice:
    """The one table of two columns and two rows, some of its rules replaced and others added."""
    [found] = lattices([*(horizontal or map(across, YS)), *(vertical or map(down, XS)), *more])
    return found


def test_four_cells():
    assert lattice() == Lattice(XS, YS, (Span(0, 0, 1, 1), Span(0, 1, 1, 1), Span(1, 0, 1, 1), Span(1, 1, 1, 1)))


@pytest.mark.parametrize(("apart", "columns"), [(2.4, 2), (2.6, 3)])
def test_rules_two_and_a_half_apart_are_one(apart: float, columns: int):
    assert len(lattice(down(60 + apart)).xs) == columns + 1


def test_a_double_rule_stands_where_the_longer_one_does():
    assert lattice(down(62, 0, 30)).xs[1] == pytest.approx(60 + 2 / 3)


def dashed(y: float, dash: float, space: float) -> list[Rule]:
    """A rule of dashes from the first column to the last."""
    starts = [number * (dash + space) for number in range(int(120 / (dash + space)) + 1)]
    return [across(y, start, min(start + dash, 120)) for start in starts if start < 120]


@pytest.mark.parametrize(("space", "row_count"), [(2.9, 2), (3.1, 1)], ids=["near enough", "too far apart"])
def test_short_dashes_make_a_rule_where_no_more_than_three_points_are_between(space: float, row_count: int):
    found = lattice(horizontal=[across(0), *dashed(30, 4, space), across(60)])
    assert len(found.ys) - 1 == row_count


@pytest.mark.parametrize(("length", "columns"), [(5, 3), (4.9, 2)])
def test_a_rule_has_five_points(length: float, columns: int):
    assert len(lattice(down(90, 0, length)).xs) - 1 == columns


@pytest.mark.parametrize(("short", "meet"), [(2.9, True), (3.1, False)], ids=["near enough", "too far apart"])
def test_rules_meet_where_they_end_no_more_than_three_points_from_each_other(short: float, meet: bool):
    assert (lattice(horizontal=[across(y, 0, 120 - short) for y in YS]).xs[-1] == 120) is meet
    assert (lattice(horizontal=[across(y, short, 120) for y in YS]).xs[0] == 0) is meet
    assert lattice(vertical=[down(x, 0, 60 - short) for x in XS]).open_bottom is not meet
    assert lattice(vertical=[down(x, short, 60) for x in XS]).open_top is not meet


@pytest.mark.parametrize(("by", "columns"), [(5.9, 2), (6.1, 3)])
def test_where_rules_stick_out_by_more_than_six_points_a_column_is_open(by: float, columns: int):
    left = lattice(horizontal=[across(y, -by) for y in YS])
    right = lattice(horizontal=[across(y, 0, 120 + by) for y in YS])
    assert [len(one.xs) - 1 for one in (left, right)] == [columns, columns]


@pytest.mark.parametrize(("by", "is_open"), [(5.9, False), (6.1, True)])
def test_where_rules_stick_out_above_or_below_the_table_is_open_there(by: float, is_open: bool):
    above = lattice(vertical=[down(x, -by) for x in XS])
    below = lattice(vertical=[down(x, 0, 60 + by) for x in XS])
    assert [(one.open_top, one.open_bottom) for one in (above, below)] == [(is_open, False), (False, is_open)]


@pytest.mark.parametrize(("part", "cells"), [(0.61, 4), (0.59, 3)])
def test_a_rule_closes_a_cell_along_six_tenths_of_its_side(part: float, cells: int):
    assert len(lattice(vertical=[down(0), down(60, 0, 30), down(60, 30, 30 + 30 * part), down(120)]).spans) == cells
    assert len(lattice(horizontal=[across(0), across(30, 0, 60 + 60 * part), across(60)]).spans) == cells


def test_cells_are_one_where_less_than_half_of_what_is_between_is_ruled():
    xs = (0.0, 40.0, 80.0, 120.0)
    merged = [down(0, 0, 90), *(down(x, 60, 90) for x in xs[1:3]), down(120, 0, 90)]
    outer = [across(0), across(60), across(90)]
    one_of_three = [*outer, across(30, 0, 40)]
    two_of_three = [*outer, across(30, 0, 80)]
    assert [span for span in lattices([*merged, *one_of_three])[0].spans if span.columns == 3] == [Span(0, 0, 2, 3)]
    assert [span for span in lattices([*merged, *two_of_three])[0].spans if span.columns == 3] == [
        Span(0, 0, 1, 3),
        Span(1, 0, 1, 3),
    ]


# ---- strokes and shapes


THREE = [["甲", "乙", "丙"], ["规章", "1", "2"]]


def divided_by(draw: PageDrawing) -> list[list[str]]:
    """A frame with two rows of text and two columns of numbers, whose inner rule between the rows is drawn apart."""

    def page(canvas: Canvas) -> None:
        for y in (350, 290):
            canvas.line(50, y, 230, y)
        for x in (50, 110, 170, 230):
            canvas.line(x, 290, x, 350)
        for row, texts in enumerate(THREE):
            for column, text in enumerate(texts):
                canvas.drawString(53 + 60 * column, 338 - 30 * row, text)
        draw(canvas)

    [grid] = grids(read_pdf(drawn(page)))
    return rows(grid)


UNDIVIDED = [["甲\n规章", "乙\n1", "丙\n2"]]


@pytest.mark.parametrize(
    ("draw", "divides"),
    [
        pytest.param(lambda canvas: canvas.line(50, 320, 230, 320), True, id="a line"),
        pytest.param(
            lambda canvas: canvas.line(50, 319.6, 230, 320.4), True, id="a line that leans by less than a point"
        ),
        pytest.param(lambda canvas: canvas.line(50, 319.4, 230, 320.6), False, id="a line that leans by more"),
        pytest.param(lambda canvas: canvas.rect(50, 319, 180, 2.9, stroke=0, fill=1), True, id="a thin filled shape"),
        pytest.param(
            lambda canvas: canvas.rect(50, 319, 180, 3.1, stroke=0, fill=1), False, id="a thicker filled shape"
        ),
        pytest.param(
            lambda canvas: canvas.rect(50, 319, 180, 2, stroke=0, fill=0), False, id="a shape that is not drawn"
        ),
        pytest.param(lambda canvas: canvas.rect(50, 320, 180, 30, stroke=1, fill=0), True, id="the edge of a shape"),
    ],
)
def test_these_strokes_are_rules(draw: PageDrawing, divides: bool):
    assert divided_by(draw) == (THREE if divides else UNDIVIDED)


def path(*points: tuple[float, float], close: bool = False, fill: int = 0) -> PageDrawing:
    def draw(canvas: Canvas) -> None:
        drawn_path = canvas.beginPath()
        drawn_path.moveTo(*points[0])
        for point in points[1:]:
            drawn_path.lineTo(*point)
        if close:
            drawn_path.close()
        canvas.drawPath(drawn_path, stroke=1 - fill, fill=fill)

    return draw


def test_a_closed_path_draws_its_last_side_too():
    corners = ((230.0, 320.0), (230.0, 350.0), (50.0, 350.0), (50.0, 320.0))
    assert divided_by(path(*corners, close=True)) == THREE
    assert divided_by(path(*corners)) == UNDIVIDED


def test_the_parts_of_a_path_are_apart():
    def two_parts(canvas: Canvas) -> None:
        both = canvas.beginPath()
        both.moveTo(50, 350)
        both.lineTo(50, 320)
        both.moveTo(230, 320)
        both.lineTo(230, 350)
        canvas.drawPath(both)

    assert divided_by(two_parts) == UNDIVIDED


def test_the_first_part_of_a_path_counts_as_the_last_does():
    def two_parts(canvas: Canvas) -> None:
        both = canvas.beginPath()
        both.moveTo(50, 320)
        both.lineTo(230, 320)
        both.moveTo(50, 350)
        both.lineTo(50, 340)
        canvas.drawPath(both)

    assert divided_by(two_parts) == THREE


def test_a_line_from_corner_to_corner_of_a_cell_divides_nothing():
    def crossed(canvas: Canvas) -> None:
        canvas.line(50, 320, 230, 320)
        canvas.line(50, 350, 110, 320)

    assert divided_by(crossed) == THREE


def image(width: float, height: float, x: float = 50, y: float = 319) -> PageDrawing:
    def draw(canvas: Canvas) -> None:
        from PIL import Image

        canvas.drawImage(ImageReader(Image.new("RGB", (2, 2), "black")), x, y, width, height)

    return draw


def test_an_image_no_thicker_than_three_points_is_a_rule():
    assert divided_by(image(180, 2.9)) == THREE
    assert divided_by(image(180, 3.1)) == UNDIVIDED


@pytest.mark.parametrize(("side", "images"), [(61.0, (Place(page=1),)), (59.0, ())])
def test_an_image_of_sixty_points_may_be_a_table(side: float, images: tuple[Place, ...]):
    def page(canvas: Canvas) -> None:
        canvas.drawString(50, 350, "三、收到和处理申请情况")
        image(100, side, y=100)(canvas)

    assert read_pdf(drawn(page)).images == images


@pytest.mark.parametrize(
    ("drawn_rows", "read_rows"),
    [
        pytest.param(
            [["规章\n许可", "1\n2", "3\n4", "5"]],
            [["规章\n许可", "1\n2", "3\n4", "5"]],
            id="not all numbers are stacked",
        ),
        pytest.param(
            [["规章\n许可", "1\n2", "3\n4", "5\n6"]], [["规章", "1", "3", "5"], ["许可", "2", "4", "6"]], id="two rows"
        ),
        pytest.param(
            [["1.甲\n2.乙", "1\n0", "12\n0"], ["3.丙", "7", "8"]],
            [["1.甲", "1", "12"], ["2.乙", "0", "0"], ["3.丙", "7", "8"]],
            id="two rows above another",
        ),
        pytest.param(
            [["1.甲\n2.乙\n3.丙", "1\n0\n4", "12\n0\n5"]],
            [["1.甲", "1", "12"], ["2.乙", "0", "0"], ["3.丙", "4", "5"]],
            id="three rows",
        ),
        pytest.param(
            [["1.甲乙丙丁\n戊\n2.乙", "1\n0", "12\n0"], ["3.丙", "7", "8"]],
            [["1.甲乙丙丁\n戊\n2.乙", "1\n0", "12\n0"], ["3.丙", "7", "8"]],
            id="a label beside the number of the next one",
        ),
        pytest.param([["处罚\n强制", "361\n25"]], [["处罚\n强制", "361\n25"]], id="one number for each of two labels"),
        pytest.param([["1.处罚\n2.强制", "361\n2"]], [["1.处罚\n2.强制", "361\n2"]], id="two labels with ordinals"),
    ],
)
def test_numbers_below_each_other_are_those_of_rows_without_a_rule_and_never_one_number(drawn_rows, read_rows):
    assert [rows(grid) for grid in grids(read_pdf(drawn(table(drawn_rows, height=70))))] == [read_rows]


def test_columns_alone_are_ruled_where_three_cells_of_a_row_have_many_numbers_below_each_other():
    five = [["甲\n乙\n丙\n丁\n戊", "1\n2\n3\n4\n5", "1\n2\n3\n4\n6", "1\n2\n3\n4\n7"]]
    assert lines(read_pdf(drawn(table(five, height=80)))) == [
        "甲 1 1 1",
        "乙 2 2 2",
        "丙 3 3 3",
        "丁 4 4 4",
        "戊 5 6 7",
    ]


# ---- page numbers and running headers


def pages(*placed: tuple[float, str]) -> list[str]:
    """The lines of pages of 400 points with a text at a height from the upper edge, and a line of their own."""

    def page(number: int, y: float, text: str) -> PageDrawing:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(50, 400 - y, text)
            canvas.drawString(50, 200, f"正文{number}")

        return draw

    return lines(read_pdf(drawn(*[page(number, *one) for number, one in enumerate(placed)])))


@pytest.mark.parametrize(
    ("y", "kept"), [(51.0, []), (53.0, ["- 1 -", "- 2 -"]), (349.0, []), (347.0, ["- 1 -", "- 2 -"])]
)
def test_page_numbers_stand_in_the_margins(y: float, kept: list[str]):
    assert [line for line in pages((y, "- 1 -"), (y, "- 2 -")) if line.startswith("-")] == kept


def test_bare_numbers_that_count_up_with_the_pages_are_page_numbers():
    assert pages((390, "5"), (390, "6")) == ["正文0", "正文1"]
    assert pages((390, "5"), (390, "7")) == ["正文0", "5", "正文1", "7"]


@pytest.mark.parametrize(
    ("heights", "left"),
    [
        pytest.param((20.0, 20.0, 20.0), 1, id="the same height"),
        pytest.param((20.0, 21.5, 20.0), 1, id="nearly the same height"),
        pytest.param((20.0, 30.0, 40.0), 3, id="another height on each page"),
    ],
)
def test_a_running_header_stands_at_one_height_and_is_kept_once(heights: tuple[float, ...], left: int):
    assert sum(line == "政务公开" for line in pages(*[(height, "政务公开") for height in heights])) == left


def test_a_line_on_less_than_half_of_the_pages_is_no_running_header():
    def often(count: int) -> int:
        return sum(
            line == "政务公开"
            for line in pages(*[(20.0, "政务公开" if number < count else f"第{number}") for number in range(5)])
        )

    assert (often(2), often(3)) == (2, 1)
