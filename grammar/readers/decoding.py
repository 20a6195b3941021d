"""Any file to the document in it: its type is told, and the reader of that type reads it, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from disclosure_checks.grammar.model.source_document import ReaderError, SourceDocument
from disclosure_checks.grammar.readers.missing_values import without_missing_values
from disclosure_checks.grammar.readers.picture_sources.access import PagePixels
from disclosure_checks.grammar.readers.registry import file_type
from disclosure_checks.grammar.words.clean_text import clean_document

if TYPE_CHECKING:
    from disclosure_checks.grammar.readers.picture.recognised_page import RecognisedPage


def decode(content: bytes, name: str) -> SourceDocument:
    """The document in a file. ``name`` is a hint at its type and no more.

    Raises ReaderError: ``empty``, ``nested_archive`` for an archive, and what the reader of its type raises.
    """
    if not content or content.isspace():
        raise ReaderError("empty")
    return _cleaned(file_type(content, name).read(content))


def picture_numbers(content: bytes, name: str) -> Sequence[int]:
    """The numbers of the pictures in a file that may be tables. Raises what ``decode`` raises."""
    access = file_type(content, name).pictures
    return () if access is None else access.numbers(content)


def picture_pixels(content: bytes, name: str, number: int) -> PagePixels:
    """One of the pictures in a file. Raises ReaderError."""
    access = file_type(content, name).pictures
    if access is None:
        raise ReaderError("damaged_picture")
    return access.pixels(content, number)


def decode_with_pictures(content: bytes, name: str, seen: Mapping[int, RecognisedPage]) -> SourceDocument:
    """The document in a file with what was seen in its pictures, by their numbers. Raises what ``decode`` raises."""
    access = file_type(content, name).pictures
    return decode(content, name) if access is None else _cleaned(access.read(content, seen))


def _cleaned(document: SourceDocument) -> SourceDocument:
    return without_missing_values(clean_document(document))
