"""Pages that were seen, put together like any pages: their blocks, and the numbers by their places."""

from __future__ import annotations

from collections.abc import Iterable

from disclosure_checks.grammar.model.source_document import Block, RecognisedNumber
from disclosure_checks.grammar.readers.pdf.joined_pages.assembly import assembled_blocks
from disclosure_checks.grammar.readers.pdf.tables import printed_page
from disclosure_checks.grammar.readers.picture.recognised_page import RecognisedPage
from disclosure_checks.grammar.readers.picture_sources.numbers_by_place import at_places_of, numbers_of_page


def recognised_blocks(pages: Iterable[RecognisedPage]) -> tuple[tuple[Block, ...], tuple[RecognisedNumber, ...]]:
    """The blocks of pages that follow each other, and the numbers in them."""
    printed = [(printed_page(page.content), page.numbers) for page in pages]
    blocks = assembled_blocks([page for page, _ in printed])
    numbers = [number for page, seen in printed for number in numbers_of_page(page, seen)]
    return blocks, at_places_of(blocks, numbers)
