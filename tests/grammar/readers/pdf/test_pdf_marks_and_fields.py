"""What is no digit of a number in a PDF: marks of notes, struck text, slanted watermarks; and what is: form fields."""

from __future__ import annotations

import pytest
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from disclosure_checks.grammar.readers.pdf.reader import read_pdf
from tests.generation.documents.drawn_pdf import drawn, grids, rows, table
from tests.generation.documents.pdf import FONT

WIDTH, LEFT, BASELINE = 60, 113, 338  # of the middle cell of the first row


def cell(*pieces: tuple[str, float, float], strikes: tuple[tuple[float, float, float], ...] = ()) -> str:
    """What a cell shows whose pieces have a text, a size and a height above the line, side by side."""

    def page(canvas: Canvas) -> None:
        table([["规章", "", "7"], ["许可", "5", "6"]])(canvas)
        x = float(LEFT)
        for text, size, rise in pieces:
            canvas.setFont(FONT, size)
            canvas.drawString(x, BASELINE + rise, text)
            x += canvas.stringWidth(text, FONT, size)
        for start, end, height in strikes:
            canvas.line(LEFT + start, BASELINE + height, LEFT + end, BASELINE + height)

    [grid] = grids(read_pdf(drawn(page)))
    return rows(grid)[0][1]


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        pytest.param([("251", 10, 0), ("1", 6, 4)], "251¹", id="small and raised"),
        pytest.param([("251", 10, 0), ("1", 6, -2)], "251¹", id="small and lowered"),
        pytest.param([("251", 10, 0), ("1", 6, 0)], "251¹", id="small"),
        pytest.param([("251", 10, 0), ("1", 10, 4)], "251¹", id="raised without being small"),
        pytest.param([("1", 6, 4), ("251", 10, 0)], "¹251", id="before the number"),
        pytest.param([("251", 10, 0), ("12", 6, 4)], "251¹²", id="a mark of two digits"),
        pytest.param([("251", 10, 0), ("(1)", 6, 4)], "251⁽¹⁾", id="a mark in brackets"),
        pytest.param([("2", 10, 0), ("51", 10, 0)], "251", id="a number of two pieces"),
        pytest.param([("251", 6, 0)], "251", id="a small number"),
        pytest.param([("251", 10, 0), ("1", 9, 0)], "2511", id="a digit that is hardly smaller"),
    ],
)
def test_a_mark_beside_a_number_is_none_of_its_digits(pieces, shown):
    assert cell(*pieces) == shown


@pytest.mark.parametrize(
    ("strikes", "shown"),
    [
        pytest.param([(0, 10, 3)], "21", id="the first number is struck"),
        pytest.param([(0, 10, 3), (0, 10, 2)], "21", id="struck twice"),
        pytest.param([(0, 10, -1.5)], "88 21", id="underlined"),
        pytest.param([(-3, WIDTH - 3, 3)], "88 21", id="a rule as long as its cell"),
        pytest.param([], "88 21", id="nothing struck"),
    ],
)
def test_a_number_that_a_line_goes_through_does_not_count(strikes, shown):
    assert cell(("88 21", 10, 0), strikes=strikes).replace("\n", " ") == shown


@pytest.mark.parametrize(("kind", "shown"), [("StrikeOut", "21"), ("Highlight", "88 21")])
def test_a_number_that_a_remark_strikes_does_not_count(kind: str, shown: str) -> None:
    left, right, bottom, top = LEFT, LEFT + 10, BASELINE - 2, BASELINE + 9

    def page(canvas: Canvas) -> None:
        table([["规章", "88 21", "7"], ["许可", "5", "6"]])(canvas)
        corners = " ".join(map(str, (left, top, right, top, left, bottom, right, bottom)))
        marked = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Annot"),
                "Subtype": pdfdoc.PDFName(kind),
                "Rect": f"[{left} {bottom} {right} {top}]",
                "QuadPoints": f"[{corners}]",
            }
        )
        canvas._addAnnotation(marked)

    [grid] = grids(read_pdf(drawn(page)))
    assert rows(grid) == [["规章", shown, "7"], ["许可", "5", "6"]]


@pytest.mark.parametrize("angle", [12, 30, 45, 60, -30, -45, 135])
def test_a_slanted_watermark_is_no_text_of_any_cell(angle):
    texts = [["规章", "1", "2"], ["许可", "30", "4"], ["处罚", "5", "6"]]

    def page(canvas: Canvas) -> None:
        table(texts)(canvas)
        canvas.saveState()
        canvas.setFont(FONT, 24)
        canvas.translate(120, 290)
        canvas.rotate(angle)
        canvas.drawCentredString(0, 0, "内部资料 2024")
        canvas.restoreState()

    assert [rows(grid) for grid in grids(read_pdf(drawn(page)))] == [texts]


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        pytest.param({"kind": "textfield", "value": "21"}, "21", id="a text field"),
        pytest.param({"kind": "textfield", "value": "0"}, "0", id="a nought"),
        pytest.param({"kind": "textfield", "value": ""}, "", id="an empty field"),
        pytest.param({"kind": "choice", "value": "21", "options": ["7", "21", "9"]}, "21", id="a list of choices"),
    ],
)
def test_the_value_of_a_field_is_what_its_cell_shows(field, shown):
    def page(canvas: Canvas) -> None:
        table([["规章", "", "7"], ["许可", "5", "6"]])(canvas)
        place = {"x": LEFT, "y": 322, "width": 50, "height": 14, "borderWidth": 0, "name": "one"}
        if field["kind"] == "choice":
            canvas.acroForm.choice(value=field["value"], options=field["options"], **place)
        else:
            canvas.acroForm.textfield(value=field["value"], **place)

    [grid] = grids(read_pdf(drawn(page)))
    assert rows(grid) == [["规章", shown, "7"], ["许可", "5", "6"]]
