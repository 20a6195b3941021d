"""Which characters of a PDF stand in one line, which words in one heading, and what makes a table without rules."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from disclosure_checks.grammar.readers.pdf.reader import read_pdf
from tests.generation.documents.drawn_pdf import PageDrawing, drawn, grids, lines, rows, table
from tests.generation.documents.pdf import FONT

SIZE = 10.0


def texts(*placed: tuple[float, float, str], size: float = SIZE) -> PageDrawing:
    """Texts at x and y, y growing downwards from the upper edge of the page."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, size)
        for x, y, text in placed:
            canvas.drawString(x, 400 - y, text)

    return draw


def seen(*drawings: PageDrawing) -> list[str]:
    """The lines of one page."""

    def draw(canvas: Canvas) -> None:
        for one in drawings:
            one(canvas)

    return lines(read_pdf(drawn(draw)))


@pytest.mark.parametrize("size", [8.0, 10.0, 16.0])
def test_baselines_less_than_three_tenths_of_the_size_apart_are_one_line(size: float) -> None:
    near, far = 0.29 * size, 0.31 * size
    assert seen(texts((50, 100, "规章"), (120, 100 + near, "10"), size=size)) == ["规章 10"]
    assert seen(texts((50, 100 + near, "规章"), (120, 100, "10"), size=size)) == ["规章 10"]
    assert seen(texts((50, 100, "规章"), (120, 100 + far, "10"), size=size)) == ["规章", "10"]
    assert seen(texts((50, 100 + far, "规章"), (120, 100, "10"), size=size)) == ["10", "规章"]


def test_the_larger_of_two_sizes_says_how_far_apart_one_line_may_be() -> None:
    small = texts((50, 100, "规章"))
    assert seen(small, texts((120, 105.8, "10"), size=20)) == ["规章 10"]
    assert seen(small, texts((120, 94.2, "10"), size=20)) == ["规章 10"]
    assert sorted(seen(small, texts((120, 106.2, "10"), size=20))) == ["10", "规章"]


def test_a_line_is_measured_from_its_highest_baseline() -> None:
    assert seen(texts((50, 100, "甲"), (90, 102.5, "乙"), (130, 105, "丙"))) == ["甲 乙", "丙"]


def test_a_gap_of_three_tenths_of_the_size_parts_words() -> None:
    assert seen(texts((50, 100, "规"), (62.9, 100, "章"))) == ["规章"]
    assert seen(texts((50, 100, "规"), (63.1, 100, "章"))) == ["规 章"]


def test_a_character_is_drawn_twice_where_its_copy_is_less_than_a_fifth_of_the_size_away() -> None:
    assert seen(texts((50, 100, "1"), (51.8, 100, "1"))) == ["1"]
    assert seen(texts((50, 100, "1"), (52.2, 100, "1"))) == ["11"]
    assert seen(texts((50, 100, "1"), (51.8, 100, "2"))) == ["12"]


@pytest.mark.parametrize(
    ("free", "text"), [(18.5, "12345"), (19.5, "123\n45")], ids=["up to the edge", "short of the edge"]
)
def test_a_number_goes_on_in_the_next_line_where_its_first_reaches_the_edge_of_the_cell(free: float, text: str) -> None:
    def cell(canvas: Canvas) -> None:
        table([["", "1"], ["2", "3"]])(canvas)
        canvas.drawRightString(110 - free, 338, "123")
        canvas.drawString(60, 326, "45")

    [grid] = grids(read_pdf(drawn(cell)))
    assert rows(grid)[0] == [text, "1"]


VALUES = (200, 230, 260)


def unruled(
    labels: Sequence[str],
    *headings: tuple[float, float, str],
    values: Sequence[int] = VALUES,
    lefts: Sequence[int] = (100, 100, 100, 100, 100),
) -> list[str]:
    """The lines of rows of values without rules from a height of 100 on, with headings to the left of them."""
    placed = [(lefts[number], 100.0 + 20 * number, label) for number, label in enumerate(labels)]
    placed += [(x, 100.0 + 20 * number, str(number)) for number in range(len(labels)) for x in values]
    return seen(texts(*placed, *headings))


LABELS = ("甲类", "乙类", "丙类", "丁类", "戊类")


def printed(labels: Sequence[str] = LABELS, values: int = len(VALUES)) -> list[str]:
    return [" ".join([label, *[str(number)] * values]) for number, label in enumerate(labels)]


def test_a_heading_between_the_lines_of_five_rows_is_set_above_the_row_it_begins_beside() -> None:
    first, second, *rest = printed()
    assert unruled(LABELS, (50, 130, "不予"), (50, 150, "公开")) == [first, second, "不予公开", *rest]


def test_four_rows_are_no_table_whose_headings_are_told_apart() -> None:
    first, second, third, *rest = printed(LABELS[:4])
    headings = ((50.0, 130.0, "不予"), (50.0, 150.0, "公开"))
    assert unruled(LABELS[:4], *headings) == [first, second, "不予", third, "公开", *rest]


@pytest.mark.parametrize(
    ("values", "heading"), [(3, ["不予公开"]), (2, ["不予", "公开"])], ids=["three numbers", "two numbers"]
)
def test_a_row_of_values_has_three_numbers(values: int, heading: list[str]) -> None:
    found = unruled(LABELS, (50, 130, "不予"), (50, 150, "公开"), values=VALUES[:values])
    assert [line for line in found if line not in printed(values=values)] == heading


@pytest.mark.parametrize(
    ("apart", "heading"), [(21.8, ["不予公开"]), (22.2, ["不予", "公开"])], ids=["near enough", "too far apart"]
)
def test_the_lines_of_a_heading_are_no_more_than_two_lines_apart(apart: float, heading: list[str]) -> None:
    found = unruled(LABELS, (50, 125, "不予"), (50, 125 + apart, "公开"))
    assert [line for line in found if line not in printed()] == heading


@pytest.mark.parametrize(
    ("lefts", "heading"),
    [((100, 100, 100, 120, 140), ["不予公开"]), ((100, 100, 120, 140, 160), ["不予", "公开"])],
    ids=["three labels", "two labels"],
)
def test_headings_are_told_apart_where_three_labels_begin_at_one_place(lefts: list[int], heading: list[str]) -> None:
    found = unruled(LABELS, (50, 130, "不予"), (50, 150, "公开"), lefts=lefts)
    assert [line for line in found if line not in printed()] == heading
