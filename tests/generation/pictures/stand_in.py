"""A recogniser that sees in any picture what a page of a known PDF prints: for tests of the way to it and back."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from disclosure_checks.grammar.readers.pdf.page import Character, PageContent
from disclosure_checks.grammar.readers.pdf.pdfium_pages.reader import opened, read_page
from disclosure_checks.grammar.readers.picture.recognised_page import RecognisedPage, SeenNumber
from tests.generation.documents.pdf import PdfStyle, pdf_document
from tests.generation.marked import marked_report

REPORT = marked_report(1)
PAGE_COUNT = 2
_SIZE = (595, 842)


def printed() -> list[PageContent]:
    """The pages of the report as they are printed."""
    with opened(pdf_document(REPORT.sheet, PdfStyle())) as document:
        pages = [read_page(document, number) for number in range(1, document.page_count + 1)]
    return [page for page in pages if page is not None]


def seen(number: int, shown: int | None = None) -> RecognisedPage:
    """A page of the report as a page with a number, and its numbers as they were seen, without a doubt."""
    page = printed()[(shown or number) - 1]
    numbers = tuple(_seen_number(run) for run in _runs(page.characters))
    return RecognisedPage(PageContent(number, page.width, page.height, page.characters, page.rules, 0), numbers)


def _runs(characters: Sequence[Character]) -> Iterator[list[Character]]:
    """The digits that stand side by side."""
    run: list[Character] = []
    for one in characters:
        if run and (not one.text.isdigit() or abs(one.left - run[-1].right) > 1 or one.baseline != run[-1].baseline):
            yield run
            run = []
        if one.text.isdigit():
            run.append(one)
    if run:
        yield run


def _seen_number(run: Sequence[Character]) -> SeenNumber:
    first, last = run[0], run[-1]
    text = "".join(one.text for one in run)
    return SeenNumber(text, 0.999, (), first.left, first.middle - 1, last.right, first.middle + 1, b"")


class StandIn:
    """Sees the page of the report that has the number of the picture."""

    def page(self, pixels: Any, number: int, dots_per_inch: float | None) -> RecognisedPage:
        assert pixels.dtype == np.uint8
        return seen(number)


class Broken:
    """Cannot be loaded."""

    def __init__(self) -> None:
        raise ImportError("no models")


def grey_png(width: int = 400, height: int = 300) -> bytes:
    """An image large enough to be a table."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "grey").save(buffer, "PNG")
    return buffer.getvalue()


def scan(count: int) -> bytes:
    """A PDF of so many pages without text."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=_SIZE)
    for _ in range(count):
        canvas.drawImage(ImageReader(io.BytesIO(grey_png())), 0, 0, *_SIZE)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
