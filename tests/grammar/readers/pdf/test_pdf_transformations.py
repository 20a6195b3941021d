"""Transformations of a PDF: one after another, and of what is drawn inside what is drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from disclosure_checks.grammar.readers.pdf.pdfium_pages.paths import Matrix
from disclosure_checks.grammar.readers.pdf.pdfium_pages.reader import _text as character_of
from disclosure_checks.grammar.readers.pdf.reader import read_pdf
from tests.generation.documents.drawn_pdf import drawn, grids, lines, rows, table
from tests.generation.documents.pdf import FONT

WHOLE = st.integers(-9, 9).map(float)
MATRICES = st.builds(Matrix, WHOLE, WHOLE, WHOLE, WHOLE, WHOLE, WHOLE)
TABLE = [["甲", "乙", "丙"], ["规章", "1", "2"], ["许可", "30", "4"]]


@given(MATRICES, MATRICES, WHOLE, WHOLE)
def test_one_transformation_after_another_moves_a_point_twice(first: Matrix, second: Matrix, x: float, y: float):
    assert first.then(second).apply(x, y) == second.apply(*first.apply(x, y))


@pytest.mark.parametrize(
    ("forms", "tables"), [(1, [TABLE]), (4, [TABLE]), (5, [])], ids=["one form", "four, the most", "five are too deep"]
)
def test_what_is_drawn_in_forms_that_are_moved_and_enlarged_is_read(forms: int, tables: list[list[list[str]]]):
    def page(canvas: Canvas) -> None:
        for number in range(forms):
            canvas.beginForm(f"form{number}")
            if number:
                canvas.translate(10, 5)
                canvas.doForm(f"form{number - 1}")
            else:
                canvas.setFont(FONT, 10)
                table(TABLE, left=10, top=120, width=40, height=25)(canvas)
            canvas.endForm()
        canvas.translate(30, 40)
        canvas.scale(1.5, 1.5)
        canvas.doForm(f"form{forms - 1}")

    assert [rows(grid) for grid in grids(read_pdf(drawn(page)))] == tables


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_table_that_is_turned_against_the_text_around_it_is_read_as_lines_of_its_own(angle: int):
    def page(canvas: Canvas) -> None:
        for number in range(6):
            canvas.drawString(50, 390 - 15 * number, "一、总体情况和其他需要报告的事项")
        canvas.translate(200, 150)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "密")

    assert lines(read_pdf(drawn(page)))[:6] == ["一、总体情况和其他需要报告的事项"] * 6


@pytest.mark.parametrize(
    ("code", "text"),
    [
        pytest.param(0x20, " ", id="a blank"),
        pytest.param(ord("甲"), "甲", id="a character"),
        pytest.param(0x10FFFF, "\U0010ffff", id="the last one there is"),
        pytest.param(0x02, "-", id="a hyphen at the end of a line"),
        pytest.param(0x1F, "\ufffd", id="a control"),
        pytest.param(0x110000, "\ufffd", id="none at all"),
        pytest.param(0xFFFD, "\ufffd", id="an unknown one"),
        pytest.param(0xFFFE, "\ufffd", id="no character"),
        pytest.param(0xFFFF, "\ufffd", id="no character either"),
        pytest.param(0x10000, "\U00010000", id="the one after these"),
    ],
)
def test_a_code_is_a_character_or_unknown(code: int, text: str):
    assert character_of(code) == text
