"""Tables that go on on the next page: the columns of all parts counted alike, so that the header tells those of every part.

A part has only those edges that its own rows need: the labels of one page may stand in one column, those of the next in
three. Edges are compared from the right side of their tables, since pages may be shifted against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from disclosure_checks.grammar.readers.pdf.tables import PageBlock, PageTable, PrintedCell, PrintedPage

_SAME_EDGE = 8.0  # points
_SAME_WIDTH = 0.03  # of the width of a table
_FEWEST_EDGES = 4  # at the right of two parts that are the same: their columns of numbers


class _Part(NamedTuple):
    """Where a part of a table stands among the blocks of pages."""

    page: int
    block: int


def with_common_columns(pages: Sequence[PrintedPage]) -> list[PrintedPage]:
    """The pages with the columns of each table that goes on counted alike in all of its parts."""
    blocks: list[list[PageBlock]] = [list(page.blocks) for page in pages]
    for parts in _tables_of_several_pages(blocks):
        tables = [block for part in parts if isinstance(block := blocks[part.page][part.block], PageTable)]
        edges = _all_edges(tables)
        places = [_places(table, edges) for table in tables]
        if not all(len(set(own)) == len(own) for own in places):
            continue
        for number, (part, table, own) in enumerate(zip(parts, tables, places, strict=True)):
            blocks[part.page][part.block] = _counted(table, own, goes_on=number > 0)
    return [replace(page, blocks=tuple(own)) for page, own in zip(pages, blocks, strict=True)]


def _tables_of_several_pages(blocks: Sequence[Sequence[PageBlock]]) -> list[list[_Part]]:
    """The tables that end their page and go on at the head of the next one."""
    found: list[list[_Part]] = []
    for page in range(1, len(blocks)):
        if not blocks[page - 1] or not blocks[page]:
            continue
        above, below = blocks[page - 1][-1], blocks[page][0]
        if not isinstance(above, PageTable) or not isinstance(below, PageTable) or not _are_alike(above, below):
            continue
        last = _Part(page - 1, len(blocks[page - 1]) - 1)
        if found and found[-1][-1] == last:
            found[-1].append(_Part(page, 0))
        else:
            found.append([last, _Part(page, 0)])
    return found


def _are_alike(above: PageTable, below: PageTable) -> bool:
    """Whether two parts have the same columns at their right, and are as wide or have no others than these and labels."""
    one, other = _edges(above), _edges(below)
    pairs = zip(reversed(one), reversed(other), strict=False)
    same = len(list(takewhile(lambda pair: abs(pair[0] - pair[1]) <= _SAME_EDGE, pairs)))
    if same < _FEWEST_EDGES:
        return False
    return abs(one[0] - other[0]) <= _SAME_WIDTH * abs(one[0]) or same >= min(len(one), len(other)) - 1


def _edges(table: PageTable) -> list[float]:
    """The edges of columns, from the right side of their table."""
    return [x - table.lattice.xs[-1] for x in table.lattice.xs]


def _all_edges(tables: Sequence[PageTable]) -> list[float]:
    """The edges of all parts, those that are the same once."""
    found: list[float] = []
    for edge in sorted(edge for table in tables for edge in _edges(table)):
        if not found or edge - found[-1] > _SAME_EDGE:
            found.append(edge)
    return found


def _places(table: PageTable, edges: Sequence[float]) -> list[int]:
    """Which of the edges of all parts those of one part are."""
    return [min(range(len(edges)), key=lambda number: abs(edges[number] - edge)) for edge in _edges(table)]


def _counted(table: PageTable, places: Sequence[int], goes_on: bool) -> PageTable:
    cells: list[PrintedCell] = []
    for cell in table.cells:
        first, last = places[cell.span.column], places[cell.span.column + cell.span.columns]
        span = cell.span._replace(column=first, columns=last - first)
        cells.append(cell._replace(span=span, column=cell.printed_column))
    return replace(table, cells=tuple(cells), goes_on=goes_on)
