"""PDF files with a text layer: ruled tables as grids, all else as the lines that one sees, page by page.

bytes -> pages taken apart (``pdfium``) -> tables and lines of each page -> without page numbers and running
headers -> rows that break over pages joined -> SourceDocument
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import ReaderError, SourceDocument
from disclosure_checks.grammar.readers.pdf.joined_pages.assembly import assembled_blocks
from disclosure_checks.grammar.readers.pdf.page import PageContent
from disclosure_checks.grammar.readers.pdf.pdfium_pages.form_fields import unread_of
from disclosure_checks.grammar.readers.pdf.pdfium_pages.reader import Opened, opened, read_page
from disclosure_checks.grammar.readers.pdf.tables import PrintedPage, printed_pages
from disclosure_checks.grammar.words import layout_names

LARGEST_PDF = 100 * 1024 * 1024  # bytes; scans are large, and must be told from reports that can be read
MOST_PAGES = 300  # an annual report has some 10
LONGEST_READING = 30.0  # seconds a file; an ordinary one takes a tenth of one
_MOST_UNKNOWN = 0.5  # of the characters; more, and what is there is no text

one_at_a_time = threading.Lock()  # PDFium keeps state outside its documents


def read_pdf(content: bytes) -> SourceDocument:
    """The document in ``content``; its places name the page, and the line or the table, row and column on it.

    Raises ReaderError ``encrypted``, ``damaged_pdf``, ``no_text_layer`` (a scan) and ``too_large``
    (bytes, pages, characters of a page, time).
    """
    return printed_document(content, lambda page: page)[0]


def printed_document(
    content: bytes, changed: Callable[[PageContent], PageContent]
) -> tuple[SourceDocument, list[PrintedPage]]:
    """The document in ``content`` and its pages before they are joined, each first given to ``changed``.

    Raises what ``read_pdf`` raises.
    """
    if len(content) > LARGEST_PDF:
        raise ReaderError("too_large", f"{len(content) / 1e6:.0f} MB > {LARGEST_PDF / 1e6:.0f} MB")
    with one_at_a_time, opened(content) as document:
        contents = [changed(page) for page in page_contents(document)]
        unread = (*unread_of(document.document), *(part for page in contents for part in page.unread))
    if has_no_text(contents):
        raise ReaderError("no_text_layer")
    pages = list(printed_pages(contents))
    images = tuple(Place(page=page.number) for page in contents if page.images or not page.characters)
    return SourceDocument(layout_names.PDF, assembled_blocks(pages), images, unread=unread), pages


def has_no_text(pages: Iterable[PageContent]) -> bool:
    """Whether pages say nothing in characters, or hardly anything that means something."""
    characters = [character.text for page in pages for character in page.characters if character.text.strip()]
    return not characters or characters.count("\ufffd") > _MOST_UNKNOWN * len(characters)


def page_contents(document: Opened, first: int = 1, last: int | None = None) -> Iterator[PageContent]:
    """Every page that is not damaged, as it is in the file. Raises ReaderError ``too_large`` and ``damaged_pdf``."""
    end = time.monotonic() + LONGEST_READING
    count = document.page_count
    if count > MOST_PAGES:
        raise ReaderError("too_large", f"{count} pages > {MOST_PAGES}")
    read = 0
    for number in range(first, (last or count) + 1):
        if time.monotonic() > end:
            raise ReaderError("too_large", f"page {number} of {count} after {LONGEST_READING:.0f} s")
        page = read_page(document, number)
        if page is not None:
            read += 1
            yield page
    if not read:
        raise ReaderError("damaged_pdf")
