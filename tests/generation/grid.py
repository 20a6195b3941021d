"""The geometry of the statutory tables: which cell spans what, as the format prints it.

PrintedTable -> Grid (cells with spans) -> slots (every place of the grid, merged places marked)
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from math import lcm
from typing import NamedTuple

from tests.generation.sheets import PrintedColumn, PrintedRow, PrintedTable


class Kind(Enum):
    """What a cell of a table is."""

    CORNER = "corner"
    HEADING = "heading"
    LABEL = "label"
    VALUE = "value"


class GridCell(NamedTuple):
    """A cell that begins in its row and spans ``columns`` x ``rows``."""

    text: str
    kind: Kind = Kind.HEADING
    columns: int = 1
    rows: int = 1


Grid = list[list[GridCell]]


class Merge(Enum):
    """How a place of the grid relates to the cell that covers it."""

    OWN = "own"  # the cell begins here
    BELOW = "below"  # continued from the row above (first column of the cell)
    BESIDE = "beside"  # covered from the left


class Slot(NamedTuple):
    text: str
    kind: Kind
    merge: Merge


def _values(row: PrintedRow, columns: int = 1) -> list[GridCell]:
    return [GridCell(text, Kind.VALUE, columns) for text in row.texts]


def _proactive(table: PrintedTable) -> Grid:
    labels = {column.id: column.label for column in table.columns}
    width = lcm(*(len(row.columns) for row in table.rows))
    grid: Grid = []
    item = ""
    for row in table.rows:
        span = width // len(row.columns)
        if row.groups[0].id != item:
            item = row.groups[0].id
            grid.append([GridCell(row.groups[0].label, Kind.CORNER, width + 1)])
            headings = [GridCell(labels[column], Kind.HEADING, span) for column in row.columns]
            grid.append([GridCell(table.header_word), *headings])
        grid.append([GridCell(row.label, Kind.LABEL), *_values(row, span)])
    return grid


def _header_rows(columns: tuple[PrintedColumn, ...], depth: int) -> Grid:
    """The headings over columns: groups above their members, a heading without members down to the last row."""
    grid: Grid = [[] for _ in range(depth)]
    for level in range(depth):
        for index, column in enumerate(columns):
            path = [*(group.id for group in column.groups), column.id]
            before = columns[index - 1] if index else None
            if level >= len(path) or (
                before is not None
                and [*(g.id for g in before.groups), before.id][: level + 1] == path[: level + 1]
                and level < len(column.groups)
            ):
                continue
            if level < len(column.groups):
                members = sum(1 for c in columns if [g.id for g in c.groups][: level + 1] == path[: level + 1])
                grid[level].append(GridCell(column.groups[level].label, Kind.HEADING, members))
            else:
                grid[level].append(GridCell(column.label, Kind.HEADING, 1, depth - level))
    return grid


def _labels(table: PrintedTable, index: int, depth: int) -> list[GridCell]:
    """The label cells that begin in a row: headings of groups that open here, then the row's own label."""
    row = table.rows[index]
    before = table.rows[index - 1].groups if index else ()
    cells = []
    for level, group in enumerate(row.groups):
        path = row.groups[: level + 1]
        if before[: level + 1] == path:
            continue
        span = 0
        while index + span < len(table.rows) and table.rows[index + span].groups[: level + 1] == path:
            span += 1
        cells.append(GridCell(group.label, Kind.HEADING, 1, span))
    return [*cells, GridCell(row.label, Kind.LABEL, depth - len(row.groups))]


def _requests(table: PrintedTable) -> Grid:
    depth = 1 + max((len(row.groups) for row in table.rows), default=0)
    header = _header_rows(table.columns, 1 + max(len(column.groups) for column in table.columns))
    header[0].insert(0, GridCell(f"（{table.caption}）", Kind.CORNER, depth, len(header)))
    return header + [_labels(table, index, depth) + _values(row) for index, row in enumerate(table.rows)]


def _review(table: PrintedTable) -> Grid:
    """All rows side by side: each row's label over the columns, all values on one line."""
    first: list[GridCell] = []
    second: list[GridCell] = []
    third: list[GridCell] = []
    values: list[GridCell] = []
    group = ""
    for row in table.rows:
        headings = [column.label for column in table.columns]
        if row.groups:
            if row.groups[0].id != group:
                group = row.groups[0].id
                members = sum(1 for r in table.rows if r.groups == row.groups)
                first.append(GridCell(row.groups[0].label, Kind.CORNER, members * len(headings)))
            second.append(GridCell(row.label, Kind.LABEL, len(headings)))
            third += [GridCell(heading) for heading in headings]
        else:
            first.append(GridCell(row.label, Kind.LABEL, len(headings)))
            second += [GridCell(heading, rows=2) for heading in headings]
        values += _values(row)
    return [first, second, third, values]


GRIDS: dict[str, Callable[[PrintedTable], Grid]] = {
    "proactive": _proactive,
    "requests": _requests,
    "review": _review,
}


def grid_of(table: PrintedTable) -> Grid:
    """The table as the format draws it."""
    return GRIDS[table.id](table)


def slots_of(grid: Grid) -> list[list[Slot]]:
    """Every place of the grid, row by row. A row that is one value short or long stays so."""
    open_spans: dict[int, tuple[GridCell, int, bool]] = {}  # column -> cell above, rows left, is its first column
    lines: list[list[Slot]] = []
    for row in grid:
        line: list[Slot] = []
        waiting = list(row)
        while waiting or len(line) in open_spans:
            place = len(line)
            if place in open_spans:
                cell, left, is_first = open_spans.pop(place)
                line.append(Slot("", cell.kind, Merge.BELOW if is_first else Merge.BESIDE))
                if left > 1:
                    open_spans[place] = (cell, left - 1, is_first)
                continue
            cell = waiting.pop(0)
            line.append(Slot(cell.text, cell.kind, Merge.OWN))
            line += [Slot("", cell.kind, Merge.BESIDE)] * (cell.columns - 1)
            if cell.rows > 1:
                for offset in range(cell.columns):
                    open_spans[place + offset] = (cell, cell.rows - 1, offset == 0)
        lines.append(line)
    return lines


def table_slots(table: PrintedTable) -> list[list[Slot]]:
    return slots_of(grid_of(table))
