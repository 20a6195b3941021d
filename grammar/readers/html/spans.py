"""Where the cells of an HTML table stand once rowspan and colspan are carried out (the algorithm of the standard)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from disclosure_checks.grammar.model.source_document import ReaderError
from disclosure_checks.grammar.readers.flow import MOST_POSITIONS, Item, PlacedCell

WIDEST_SPAN = 1000  # rows or columns, as in browsers
_WHOLE_NUMBER = re.compile(r"\s*\+?(\d{1,9})")


@dataclass
class TableCell:
    """A cell as written, with what it holds. ``row_span`` 0 reaches down to the end of its group of rows."""

    column_span: int = 1
    row_span: int = 1
    items: list[Item] = field(default_factory=list)


@dataclass
class RowGroup:
    """thead, tbody or tfoot, or the rows outside any of them."""

    name: str
    rows: list[list[TableCell]] = field(default_factory=list)


def span(written: str | None, *, zero: int = 1) -> int:
    """A span attribute as browsers read it: ``2`` and ``2px`` are 2, nonsense is 1; ``zero`` is what 0 means."""
    number = _WHOLE_NUMBER.match(written) if written else None
    if number is None:
        return 1
    return min(int(number.group(1)), WIDEST_SPAN) or zero


class Positions:
    """Counts the positions of all tables of a page, so that absurd spans cannot cost unlimited work."""

    def __init__(self) -> None:
        self._left = MOST_POSITIONS

    def use(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise ReaderError("too_large", f"> {MOST_POSITIONS} positions in tables")


def place(groups: Sequence[RowGroup], positions: Positions) -> list[PlacedCell]:
    """The cells in the grid: the first thead on top, the first tfoot at the bottom; spans end with their group.

    A cell that would cover another one is cut short. Raises ReaderError ``too_large``.
    """
    placed: list[PlacedCell] = []
    first_row = 0
    for group in _in_printed_order(groups):
        placed += _place_group(group, first_row, positions)
        first_row += len(group.rows)
    return placed


def _in_printed_order(groups: Sequence[RowGroup]) -> list[RowGroup]:
    heads = [group for group in groups if group.name == "thead"][:1]
    feet = [group for group in groups if group.name == "tfoot"][:1]
    apart = {id(group) for group in [*heads, *feet]}
    return [*heads, *(group for group in groups if id(group) not in apart), *feet]


def _place_group(group: RowGroup, first_row: int, positions: Positions) -> list[PlacedCell]:
    placed: list[PlacedCell] = []
    taken: dict[int, int] = {}  # column -> the row of the group from which on it is free
    for row, cells in enumerate(group.rows):
        column = 0
        for cell in cells:
            start = column
            while taken.get(column, 0) > row:
                column += 1
            rows = min(cell.row_span or WIDEST_SPAN, len(group.rows) - row)
            columns = 1
            while columns < cell.column_span and taken.get(column + columns, 0) <= row:
                columns += 1
            positions.use(column - start + columns)
            if rows > 1:
                taken.update((covered, row + rows) for covered in range(column, column + columns))
            placed.append(PlacedCell(first_row + row, column, rows, columns, cell.items))
            column += columns
    return placed
