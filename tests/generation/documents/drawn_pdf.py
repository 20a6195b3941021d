"""Small PDFs drawn by hand, and what a reader makes of them in the shape that tests compare."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from disclosure_checks.grammar.model.source_document import Grid, SourceDocument, TextLine
from tests.generation.documents.pdf import FONT

PageDrawing = Callable[[Canvas], None]


def grids(document: SourceDocument) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def lines(document: SourceDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, TextLine)]


def rows(grid: Grid) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for cell in grid.cells:
        found.setdefault(cell.row, []).append(cell.text)
    return list(found.values())


def drawn(*pages: PageDrawing, **options: object) -> bytes:
    """A PDF whose pages are drawn by functions."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    content = BytesIO()
    canvas = Canvas(content, pagesize=(400, 400), invariant=True, **options)
    for page in pages:
        canvas.setFont(FONT, 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def table(
    texts: list[list[str]],
    *,
    left: float = 50,
    top: float = 350,
    width: float = 60,
    height: float = 30,
    edges: str = "all",
) -> PageDrawing:
    """A table of equal cells; ``edges``: "all", "inner" (no rules left and right), "columns" or "rows" alone."""

    def draw(canvas: Canvas) -> None:
        right, bottom = left + width * len(texts[0]), top - height * len(texts)
        for number in range(len(texts) + 1):
            if edges != "columns" or number in (0, len(texts)):
                canvas.line(left, top - number * height, right, top - number * height)
        for number in range(len(texts[0]) + 1):
            if edges in ("all", "columns") or (edges == "inner" and 0 < number < len(texts[0])):
                canvas.line(left + number * width, top, left + number * width, bottom)
        for row, line in enumerate(texts):
            for column, text in enumerate(line):
                for number, part in enumerate(text.split("\n")):
                    canvas.drawString(left + column * width + 3, top - row * height - 12 - 12 * number, part)

    return draw
