"""The text of a document as it was read, kept beside its report so that people can look at what stands at a place.

    SourceDocument --kept_text--> KeptText --packed_text--> plain values for JSON --opened_text--> KeptText

A file may be made to be large, so what is kept has an end; ``is_cut`` tells that there was more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import Block, Grid, GridCell, TextLine

MOST_CHARACTERS = 400_000  # a report has some 10,000
MOST_PIECES = 20_000  # lines and cells; a report has some 500


class KeptText(NamedTuple):
    """The lines and tables of a document in reading order, from its beginning."""

    blocks: tuple[Block, ...]
    is_cut: bool = False

    def load(self) -> KeptText:
        """The text itself, which is at hand."""
        return self


NO_TEXT = KeptText(())


def kept_text(blocks: Sequence[Block]) -> KeptText:
    """As much of a document as is kept. What is too long is cut where a line or a cell ends."""
    kept: list[Block] = []
    characters, pieces = MOST_CHARACTERS, MOST_PIECES
    for block in blocks:
        if isinstance(block, TextLine):
            characters -= len(block.text)
            pieces -= 1
            if characters < 0 or pieces < 0:
                return KeptText(tuple(kept), is_cut=True)
            kept.append(block)
        else:
            cells = _first_cells(block.cells, characters, pieces)
            characters -= sum(len(cell.text) for cell in cells)
            pieces -= len(cells)
            kept.append(Grid(cells, block.place))
            if len(cells) < len(block.cells):
                return KeptText(tuple(kept), is_cut=True)
    return KeptText(tuple(kept))


def _first_cells(cells: Sequence[GridCell], characters: int, pieces: int) -> tuple[GridCell, ...]:
    for number, cell in enumerate(cells[:pieces]):
        characters -= len(cell.text)
        if characters < 0:
            return tuple(cells[:number])
    return tuple(cells[:pieces])


def packed_text(text: KeptText) -> list[Any]:
    """The text as plain values. Lines that follow each other are one string, which nearly all of most documents is."""
    return [text.is_cut, *_packed_blocks(text.blocks)]


def _packed_blocks(blocks: Iterable[Block]) -> Iterator[list[Any]]:
    run: list[str] = []
    first: Place = Place()
    for block in blocks:
        if isinstance(block, TextLine):
            text, place = block
            if run and (place[0] != first[0] + len(run) or place[1:] != first[1:]):
                yield [first, "\n".join(run)]
                run = []
            if not run:
                first = place
            run.append(text)
        else:
            if run:
                yield [first, "\n".join(run)]
                run = []
            yield [block.place, [[cell.text, *cell.place, *cell[2:]] for cell in block.cells]]
    if run:
        yield [first, "\n".join(run)]


def opened_text(plain: Sequence[Any]) -> KeptText:
    """The text that was packed. Raises ValueError or TypeError where it is none."""
    is_cut, *blocks = plain
    return KeptText(tuple(_opened_blocks(blocks)), bool(is_cut))


def _opened_blocks(blocks: Iterable[Sequence[Any]]) -> Iterator[Block]:
    for numbers, content in blocks:
        if isinstance(content, str):
            line, *others = numbers
            for number, text in enumerate(content.split("\n"), start=line):
                yield TextLine(text, Place(number, *others))
        else:
            cells = tuple(GridCell(cell[0], Place(*cell[1:6]), *cell[6:]) for cell in content)
            yield Grid(cells, Place(*numbers))
