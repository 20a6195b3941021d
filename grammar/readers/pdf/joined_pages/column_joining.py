"""Tables too wide for a page: columns that go on on another one, put beside those that they belong to.

A part without labels, or one that prints the labels again, belongs to an earlier part whose rows are as high as its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from disclosure_checks.grammar.readers.pdf.lattices.ruling import Lattice, Span
from disclosure_checks.grammar.readers.pdf.tables import PageBlock, PageTable, PrintedCell, PrintedPage

_FEWEST_ROWS = 3  # that have to be as high as those of the other part
_SAME_HEIGHT = 1.5  # points
_FURTHEST = 4  # pages between the parts of a table
_MOST_WORDS = 0.34  # of the rows of a part that may hold words: its header
_LETTER = re.compile(r"[^\W\d_]")


def with_joined_columns(pages: Sequence[PrintedPage]) -> list[PrintedPage]:
    """The pages with each part of a table that holds further columns beside the part that it continues."""
    blocks: list[list[PageBlock]] = [list(page.blocks) for page in pages]
    for number in range(1, len(blocks)):
        for block in list(blocks[number]):
            if not isinstance(block, PageTable):
                continue
            found = next(_beside(blocks, number, block), None)
            if found:
                page, place, whole = found
                blocks[page][place] = whole
                blocks[number].remove(block)
    return [replace(page, blocks=tuple(own)) for page, own in zip(pages, blocks, strict=True)]


def _beside(
    blocks: Sequence[Sequence[PageBlock]], number: int, part: PageTable
) -> Iterator[tuple[int, int, PageTable]]:
    """The page, the place and the whole of tables that a part may continue, the nearest first."""
    is_labelled = _has_labels(part)
    for page in range(number - 1, max(number - 1 - _FURTHEST, -1), -1):
        for place, block in enumerate(blocks[page]):
            if not isinstance(block, PageTable) or not _has_labels(block) or not _are_as_high(block, part):
                continue
            repeated = _without_repeated(block, part)
            if repeated or not is_labelled:
                yield page, place, _joined(block, repeated or part)


def _has_labels(table: PageTable) -> bool:
    """Whether words stand in more rows than a header has."""
    rows = {cell.span.row for cell in table.cells if _LETTER.search(cell.text)}
    return len(rows) > _MOST_WORDS * (len(table.lattice.ys) - 1)


def _are_as_high(one: PageTable, other: PageTable) -> bool:
    heights = [[after - before for before, after in pairwise(table.lattice.ys)] for table in (one, other)]
    if len(heights[0]) != len(heights[1]) or len(heights[0]) < _FEWEST_ROWS:
        return False
    return all(abs(first - second) <= _SAME_HEIGHT for first, second in zip(*heights, strict=True))


def _without_repeated(one: PageTable, part: PageTable) -> PageTable | None:
    """A part without the columns of labels that it prints again; None where it prints none, or nothing else."""
    first = {cell.span: cell.text for cell in one.cells}
    columns = 0
    for column in range(len(part.lattice.xs) - 1):
        own = [cell for cell in part.cells if cell.span.column == column]
        if not own or any(first.get(cell.span) != cell.text for cell in own) or not any(cell.text for cell in own):
            break
        columns = column + max(cell.span.columns for cell in own)
    if not columns or columns >= len(part.lattice.xs) - 1:
        return None
    lattice = replace(part.lattice, xs=part.lattice.xs[columns:])
    cells = tuple(
        cell._replace(span=cell.span._replace(column=cell.span.column - columns), column=cell.printed_column)
        for cell in part.cells
        if cell.span.column >= columns
    )
    return replace(part, lattice=lattice, cells=cells)


def _joined(one: PageTable, further: PageTable) -> PageTable:
    width = len(one.lattice.xs) - 1
    shift = one.lattice.xs[-1] - further.lattice.xs[0]
    xs = (*one.lattice.xs, *(x + shift for x in further.lattice.xs[1:]))
    moved = [_moved(cell, further, width) for cell in further.cells]
    cells = sorted((*one.cells, *moved), key=lambda cell: cell.span)
    spans: tuple[Span, ...] = tuple(cell.span for cell in cells)
    lattice = Lattice(xs, one.lattice.ys, spans, one.lattice.open_top, one.lattice.open_bottom)
    return replace(one, lattice=lattice, cells=tuple(cells))


def _moved(cell: PrintedCell, table: PageTable, width: int) -> PrintedCell:
    """A cell among the columns of another table; where it is printed stays what it was."""
    return cell._replace(
        span=cell.span._replace(column=cell.span.column + width),
        page=cell.page or table.page,
        table=cell.table or table.number,
        column=cell.printed_column,
    )
