"""A recogniser that sees in any picture what a page of a known PDF prints: for tests of the way to it and back."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from disclosure_checks.grammar.readers.pdf.page import PageContent
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
    """A page of the report as a page with a number, and each of its digits as a number that was seen for certain."""
    page = printed()[(shown or number) - 1]
    digits = [one for one in page.characters if one.text.isdigit()]
    numbers = tuple(
        SeenNumber(one.text, 1.0, (), one.left, one.middle - 1, one.right, one.middle + 1, b"") for one in digits
    )
    return RecognisedPage(PageContent(number, page.width, page.height, page.characters, page.rules, 0), numbers)


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
