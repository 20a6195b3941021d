"""Image files: a page, or several in a TIFF file. Without a recogniser nothing of them can be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from disclosure_checks.grammar.model.source_document import ReaderError, SourceDocument
from disclosure_checks.grammar.readers.file_type import FileType
from disclosure_checks.grammar.readers.picture_sources.access import MOST_PICTURES, PagePixels, PictureAccess
from disclosure_checks.grammar.readers.picture_sources.image_header import frame_count, is_image
from disclosure_checks.grammar.words import layout_names

if TYPE_CHECKING:
    from disclosure_checks.grammar.readers.picture.recognised_page import RecognisedPage

PICTURE_FILE = "picture_file"  # the code of a file that is a picture


def _unread(_: bytes) -> SourceDocument:
    raise ReaderError(PICTURE_FILE)


def _read(_: bytes, seen: Mapping[int, RecognisedPage]) -> SourceDocument:
    from disclosure_checks.grammar.readers.picture_sources.recognised_blocks import recognised_blocks

    blocks, numbers = recognised_blocks(seen[number] for number in sorted(seen))
    if not blocks:
        raise ReaderError("nothing_recognised")
    return SourceDocument(layout_names.PICTURE, blocks, recognised=numbers, seen_pages=frozenset(seen))


def _pixels(content: bytes, number: int) -> PagePixels:
    from disclosure_checks.grammar.readers.picture_sources.in_documents import pixels_of_image

    return pixels_of_image(content, number)


PICTURE = FileType(
    layout_names.PICTURE,
    lambda file: is_image(file.content),
    _unread,
    PictureAccess(
        numbers=lambda content: range(1, min(frame_count(content), MOST_PICTURES) + 1), pixels=_pixels, read=_read
    ),
)
