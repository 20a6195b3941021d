"""How PDF files are told. Their reader is slow to import, so that is left to the first file of this type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from disclosure_checks.grammar.model.source_document import SourceDocument
from disclosure_checks.grammar.readers.file_type import FileType
from disclosure_checks.grammar.readers.picture_sources.access import PagePixels, PictureAccess
from disclosure_checks.grammar.readers.source_file import SourceFile
from disclosure_checks.grammar.words import layout_names

if TYPE_CHECKING:
    from disclosure_checks.grammar.readers.picture.recognised_page import RecognisedPage

_HEADER_WITHIN = 1024  # bytes: what stands before the header is skipped


def _is_pdf(file: SourceFile) -> bool:
    """Whether it begins as one; an archive may begin with a member that does."""
    if file.is_zip or file.is_compound:
        return False
    return file.content.startswith(b"%PDF") or b"%PDF-" in file.content[:_HEADER_WITHIN]


def _read(content: bytes) -> SourceDocument:
    from disclosure_checks.grammar.readers.pdf.reader import read_pdf

    return read_pdf(content)


def _numbers(content: bytes) -> Sequence[int]:
    from disclosure_checks.grammar.readers.picture_sources.pdf_pages import PDF_PAGES

    return PDF_PAGES.numbers(content)


def _pixels(content: bytes, number: int) -> PagePixels:
    from disclosure_checks.grammar.readers.picture_sources.pdf_pages import PDF_PAGES

    return PDF_PAGES.pixels(content, number)


def _read_with_pictures(content: bytes, seen: Mapping[int, RecognisedPage]) -> SourceDocument:
    from disclosure_checks.grammar.readers.picture_sources.pdf_pages import PDF_PAGES

    return PDF_PAGES.read(content, seen)


PDF_DOCUMENT = FileType(layout_names.PDF, _is_pdf, _read, PictureAccess(_numbers, _pixels, _read_with_pictures))
