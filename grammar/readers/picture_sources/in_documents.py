"""Images inside documents: what was seen in them is put where they stand.

The places of their blocks count the pictures of the document as pages, so that they are told from its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import Block, ReaderError, RecognisedNumber, SourceDocument
from disclosure_checks.grammar.readers.picture_sources.access import MOST_PICTURES, PagePixels, PictureAccess

if TYPE_CHECKING:
    from disclosure_checks.grammar.readers.picture.recognised_page import RecognisedPage


def access_to_images(read: Callable[[bytes], SourceDocument]) -> PictureAccess:
    """Access to the images of documents that ``read`` reads."""
    return PictureAccess(
        numbers=lambda content: range(1, min(len(read(content).pictures), MOST_PICTURES) + 1),
        pixels=lambda content, number: pixels_of_image(read(content).pictures[number - 1].content),
        read=lambda content, seen: with_pictures(read(content), seen),
    )


def pixels_of_image(content: bytes, frame: int = 1) -> PagePixels:
    """One page of an image file. Raises ReaderError ``too_large`` and ``damaged_picture``."""
    from disclosure_checks.grammar.readers.picture.loading import frames  # decoders of images come with an extra

    array = next(frames(content, frame), None)
    if array is None:
        raise ReaderError("damaged_picture")
    return PagePixels(array, None)


def with_pictures(document: SourceDocument, seen: Mapping[int, RecognisedPage]) -> SourceDocument:
    """The document with what was seen in its pictures, by their numbers from 1. Pictures side by side are read as the
    pages of one text; one in which nothing was seen stays an image."""
    from disclosure_checks.grammar.readers.picture_sources.recognised_blocks import recognised_blocks  # with PDFium's

    shown = [(picture, seen[number]) for number, picture in enumerate(document.pictures, start=1) if number in seen]
    blocks: list[Block] = []
    numbers: list[RecognisedNumber] = []
    read: list[Place] = []
    pages_seen: set[int] = set()
    start = 0
    for before, group in groupby(shown, key=lambda one: one[0].blocks_before):
        together = list(group)
        blocks += document.blocks[start:before]
        start = before
        own, own_numbers = recognised_blocks([page for _, page in together])
        blocks += own
        numbers += own_numbers
        pages = {block.place.page for block in own}
        pages_seen |= pages
        read += [picture.place for picture, page in together if page.content.number in pages]
    blocks += document.blocks[start:]
    return replace(
        document,
        blocks=tuple(blocks),
        images=_without(document.images, read),
        recognised=(*document.recognised, *numbers),
        seen_pages=document.seen_pages | pages_seen,
    )


def _without(images: Sequence[Place], read: Sequence[Place]) -> tuple[Place, ...]:
    """The places of images without as many at each place as were read there."""
    left = list(images)
    for place in read:
        if place in left:
            left.remove(place)
    return tuple(left)
