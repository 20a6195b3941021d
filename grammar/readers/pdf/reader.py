"""PDF files with a text layer: ruled tables as grids, all else as the lines that one sees, page by page.

bytes -> pages taken apart (``pdfium``) -> tables and lines of each page -> without page numbers and running
headers -> rows that break over pages joined -> SourceDocument
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import (
    Block,
    Grid,
    GridCell,
    ReaderError,
    SourceDocument,
    TextLine,
    UnreadPart,
)
from disclosure_checks.grammar.readers.pdf.column_joining import with_joined_columns
from disclosure_checks.grammar.readers.pdf.furniture import without_furniture
from disclosure_checks.grammar.readers.pdf.joining import with_joined_rows
from disclosure_checks.grammar.readers.pdf.page import PageContent
from disclosure_checks.grammar.readers.pdf.pdfium_pages.form_fields import unread_of
from disclosure_checks.grammar.readers.pdf.pdfium_pages.reader import Opened, opened, read_page
from disclosure_checks.grammar.readers.pdf.tables import PageTable, PrintedPage, printed_page
from disclosure_checks.grammar.words import layout_names

LARGEST_PDF = 100 * 1024 * 1024  # bytes; scans are large, and must be told from reports that can be read
MOST_PAGES = 300  # an annual report has some 10
LONGEST_READING = 30.0  # seconds a file; an ordinary one takes a tenth of one
_MOST_UNKNOWN = 0.5  # of the characters; more, and what is there is no text

_one_at_a_time = threading.Lock()  # PDFium keeps state outside its documents


def read_pdf(content: bytes) -> SourceDocument:
    """The document in ``content``; its places name the page, and the line or the table, row and column on it.

    Raises ReaderError ``encrypted``, ``damaged_pdf``, ``no_text_layer`` (a scan) and ``too_large``
    (bytes, pages, characters of a page, time).
    """
    if len(content) > LARGEST_PDF:
        raise ReaderError("too_large", f"{len(content) / 1e6:.0f} MB > {LARGEST_PDF / 1e6:.0f} MB")
    with _one_at_a_time:
        read, unread = _taken_apart(content)
    contents = [taken_apart for taken_apart, _ in read]
    characters = [character.text for page in contents for character in page.characters if character.text.strip()]
    if not characters or characters.count("\ufffd") > _MOST_UNKNOWN * len(characters):
        raise ReaderError("no_text_layer")
    pages = with_joined_rows(with_joined_columns(without_furniture([printed for _, printed in read])))
    images = tuple(Place(page=page.number) for page in contents if page.images or not page.characters)
    return SourceDocument(
        layout_names.PDF, tuple(block for page in pages for block in _blocks(page)), images, unread=unread
    )


def _taken_apart(content: bytes) -> tuple[list[tuple[PageContent, PrintedPage]], tuple[UnreadPart, ...]]:
    """The pages, and what the document shows without being read."""
    with opened(content) as document:
        pages = list(_pages(document))
        return pages, (*unread_of(document.document), *(part for page, _ in pages for part in page.unread))


def _pages(document: Opened) -> Iterator[tuple[PageContent, PrintedPage]]:
    """Every page that is not damaged, as it is in the file and put together."""
    end = time.monotonic() + LONGEST_READING
    count = document.page_count
    if count > MOST_PAGES:
        raise ReaderError("too_large", f"{count} pages > {MOST_PAGES}")
    read = 0
    for number in range(1, count + 1):
        if time.monotonic() > end:
            raise ReaderError("too_large", f"page {number} of {count} after {LONGEST_READING:.0f} s")
        page = read_page(document, number)
        if page is not None:
            read += 1
            yield page, printed_page(page)
    if not read:
        raise ReaderError("damaged_pdf")


def _blocks(page: PrintedPage) -> Iterator[Block]:
    for block in page.blocks:
        if isinstance(block, PageTable):
            yield _grid(block)
        else:
            yield TextLine(block.line.text, Place(line=block.number, page=block.page))


def _grid(table: PageTable) -> Grid:
    place = Place(table=table.number, page=table.page)
    return Grid(
        tuple(
            GridCell(
                cell.text,
                Place(0, cell.table or table.number, cell.printed_row, cell.printed_column, cell.page or table.page),
                cell.span.row,
                cell.span.column,
                cell.span.rows,
                cell.span.columns,
            )
            for cell in table.cells
        ),
        place,
    )
