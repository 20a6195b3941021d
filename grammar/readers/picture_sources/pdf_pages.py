"""Pages of a PDF that show pictures: drawn to be looked at, and read with what was seen in them.

What a page says in characters of its own stays; of what was seen, that counts which stands in its pictures.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from disclosure_checks.grammar.model.source_document import SourceDocument
from disclosure_checks.grammar.readers.pdf.page import Character, PageContent, Rule
from disclosure_checks.grammar.readers.pdf.pdfium_pages.reader import opened
from disclosure_checks.grammar.readers.pdf.pdfium_pages.rendering import Drawn, draw_page
from disclosure_checks.grammar.readers.pdf.reader import has_no_text, one_at_a_time, page_contents, printed_document
from disclosure_checks.grammar.readers.picture.recognised_page import RecognisedPage, SeenNumber
from disclosure_checks.grammar.readers.picture_sources.access import MOST_PICTURES, PagePixels, PictureAccess
from disclosure_checks.grammar.readers.picture_sources.numbers_by_place import at_places_of, numbers_of_page

_WHITE = 255


def _is_to_be_seen(page: PageContent) -> bool:
    return bool(page.image_boxes) or has_no_text([page])


def _numbers(content: bytes) -> Sequence[int]:
    with one_at_a_time, opened(content) as document:
        pages = page_contents(document)
        return [page.number for page in pages if _is_to_be_seen(page)][:MOST_PICTURES]


def _pixels(content: bytes, number: int) -> PagePixels:
    with one_at_a_time, opened(content) as document:
        page = next(page for page in page_contents(document, number, number))
        if has_no_text([page]):
            return PagePixels(*draw_page(document, number, None))
        return _images_of(page, draw_page(document, number, page.turn))


def _images_of(page: PageContent, drawn: Drawn) -> PagePixels:
    """The page with nothing on it but its images: the rest is read from its characters."""
    scale = drawn.dots_per_inch / 72.0
    array = drawn.array
    shown = array.copy()
    shown[:] = _WHITE
    for box in page.image_boxes:
        rows = slice(max(0, math.floor(box.top * scale)), max(0, math.ceil(box.bottom * scale)))
        columns = slice(max(0, math.floor(box.left * scale)), max(0, math.ceil(box.right * scale)))
        shown[rows, columns] = array[rows, columns]
    return PagePixels(shown, drawn.dots_per_inch)


def _read(content: bytes, seen: Mapping[int, RecognisedPage]) -> SourceDocument:
    numbers: list[tuple[int, Sequence[SeenNumber]]] = []

    def combined(page: PageContent) -> PageContent:
        found = seen.get(page.number)
        if found is None or not (found.content.characters or found.content.rules):
            return page
        numbers.append((page.number, found.numbers))
        return _whole(page, found.content)

    document, pages = printed_document(content, combined)
    printed = {page.number: page for page in pages}
    placed = [one for page, own in numbers for one in numbers_of_page(printed[page], own)]
    pages_seen = frozenset(page for page, _ in numbers)
    return replace(document, recognised=at_places_of(document.blocks, placed), seen_pages=pages_seen)


def _whole(page: PageContent, seen: PageContent) -> PageContent:
    """A page with what was seen on it."""
    if has_no_text([page]):
        return replace(seen, number=page.number, unread=page.unread)

    def is_its_own(x: float, y: float) -> bool:
        return not any(box.contains(x, y) for box in page.image_boxes)

    characters: list[Character] = [one for one in page.characters if is_its_own((one.left + one.right) / 2, one.middle)]
    rules = [rule for rule in page.rules if is_its_own(*_middle(rule))]
    return replace(
        page,
        characters=(*characters, *seen.characters),
        rules=(*rules, *seen.rules),
        images=0,
        image_boxes=(),
    )


def _middle(rule: Rule) -> tuple[float, float]:
    along = (rule.start + rule.end) / 2
    return (along, rule.position) if rule.horizontal else (rule.position, along)


PDF_PAGES = PictureAccess(_numbers, _pixels, _read)
