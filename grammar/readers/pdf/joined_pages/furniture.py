"""Page numbers and running headers: what belongs to the pages and not to the report."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from disclosure_checks.grammar.readers.pdf.tables import PageLine, PrintedPage
from disclosure_checks.grammar.words.folding import fold
from disclosure_checks.grammar.words.layouts import layout_rules

_MARGIN = 0.13  # of the height of a page, above and below, where furniture stands
_SAME_HEIGHT = 4.0  # points
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\d{1,4}")
_LETTER = re.compile(r"[^\W\d_]")


def without_furniture(pages: Sequence[PrintedPage]) -> list[PrintedPage]:
    """The pages without page numbers and running headers.

    A running header that says what nothing else on the first page says, such as the title, stays where it is first.
    """
    unwanted = {(line.page, line.number) for line in _page_numbers(pages)}
    unwanted |= {(line.page, line.number) for line in _running_lines(pages)}
    return [
        replace(
            page,
            blocks=tuple(
                block
                for block in page.blocks
                if not (isinstance(block, PageLine) and (block.page, block.number) in unwanted)
            ),
        )
        for page in pages
    ]


def _in_margins(page: PrintedPage) -> Iterator[PageLine]:
    """The lines in the margins that have no table further out."""
    for blocks in (page.blocks, page.blocks[::-1]):
        for block in blocks:
            if not isinstance(block, PageLine):
                break
            if _MARGIN * page.height < block.line.baseline < (1 - _MARGIN) * page.height:
                break
            yield block


def _page_numbers(pages: Sequence[PrintedPage]) -> Iterator[PageLine]:
    """Lines that name their page, and bare numbers that count up with the pages."""
    bare: dict[int, list[PageLine]] = defaultdict(list)
    for page in pages:
        for line in dict.fromkeys(_in_margins(page)):
            text = fold(line.line.text).strip()
            if layout_rules().page_furniture.fullmatch(text):
                yield line
            elif _NUMBER.fullmatch(text):
                bare[int(text) - page.number].append(line)
    for lines in bare.values():
        if len({line.page for line in lines}) > 1:
            yield from lines


def _running_lines(pages: Sequence[PrintedPage]) -> Iterator[PageLine]:
    """Lines of words that stand at the same height on several pages, at least on half of them."""
    alike: dict[str, list[PageLine]] = defaultdict(list)
    for page in pages:
        for line in dict.fromkeys(_in_margins(page)):
            if _LETTER.search(line.line.text):
                alike[_DIGITS.sub("0", line.line.text)].append(line)
    for text, lines in alike.items():
        heights = Counter(round(line.line.baseline / _SAME_HEIGHT) for line in lines)
        height = heights.most_common(1)[0][0] * _SAME_HEIGHT
        running = [line for line in lines if abs(line.line.baseline - height) <= _SAME_HEIGHT]
        if len(running) < 2 or 2 * len(running) < len(pages):
            continue
        page = next(page for page in pages if page.number == running[0].page)
        yield from running if _says_otherwise(page, running[0], text) else running[1:]


def _says_otherwise(page: PrintedPage, line: PageLine, text: str) -> bool:
    """Whether the page says the text of a running line in its own lines too."""
    own = "".join(block.line.text for block in page.blocks if isinstance(block, PageLine) and block != line)
    return text.replace(" ", "") in _DIGITS.sub("0", own).replace(" ", "")
