"""Pages that were seen, put together like any pages: their blocks, and the numbers by their places."""

from __future__ import annotations

from collections.abc import Iterable

from disclosure_checks.grammar.model.source_document import Block, RecognisedNumber
from disclosure_checks.grammar.readers.pdf.joined_pages.assembly import assembled_blocks
from disclosure_checks.grammar.readers.pdf.tables import printed_pages
from disclosure_checks.grammar.readers.picture.recognised_page import RecognisedPage
from disclosure_checks.grammar.readers.picture_sources.numbers_by_place import at_places_of, numbers_of_page


def recognised_blocks(pages: Iterable[RecognisedPage]) -> tuple[tuple[Block, ...], tuple[RecognisedNumber, ...]]:
    """The blocks of pages that follow each other, and the numbers in them."""
    seen = list(pages)
    printed = list(printed_pages(page.content for page in seen))
    blocks = assembled_blocks(printed)
    numbers = [number for page, own in zip(printed, seen, strict=True) for number in numbers_of_page(page, own.numbers)]
    return blocks, at_places_of(blocks, numbers)
