"""What the header of a table says about the order of its columns and, where they stand in it, of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from disclosure_checks.grammar.model.lexicon import LabelKind, LexiconTable
from disclosure_checks.grammar.rows.row_tokens import LabelLine, TableLine, ValueLine
from disclosure_checks.grammar.words.layout_names import PDF, SPACED_ROWS

_OUT_OF_ORDER_LAYOUTS = frozenset({SPACED_ROWS, PDF})  # text of merged cells comes line by line, not cell by cell


def printed_order(table: LexiconTable, headers: Sequence[LabelLine]) -> tuple[str, ...]:
    """The cell ids of a ``one_line`` table in the order in which its header's labels stand.

    Rows are ordered as their labels, or those of their groups, first appear; columns as the first full set of column
    labels. Where the header does not print all of them, or its order means nothing, the format's own order is taken.
    """
    columns = _column_order(table, headers)
    return tuple(f"{table.id}.{row}.{column}" for row in _row_order(table, headers) for column in columns)


def _row_order(table: LexiconTable, headers: Sequence[LabelLine]) -> list[str]:
    own_order = [row.id for row in table.rows]
    first: dict[str, int] = {}
    printed_in: dict[str, int] = {}
    for position, line in enumerate(headers):
        if line.label is not None and line.label.kind in (LabelKind.ROW, LabelKind.ROW_GROUP):
            first.setdefault(line.label.id, position)
            printed_in.setdefault(line.label.id, line.atom.row)
    if any(row_id not in first for row_id in own_order):
        return own_order
    places: dict[str, tuple[int, int]] = {}
    outermost: dict[str, str] = {}
    for row in table.rows:
        group = row.groups[0] if row.groups and row.groups[0] in first else row.id
        outermost[row.id] = group
        places[row.id] = (first[group], first[row.id])
    in_lines = any(line.atom.layout in _OUT_OF_ORDER_LAYOUTS for line in headers)
    if in_lines and len({printed_in[group] for group in outermost.values()}) > 1:
        return own_order
    return sorted(places, key=lambda row_id: places[row_id])


def _column_order(table: LexiconTable, headers: Sequence[LabelLine]) -> tuple[str, ...]:
    printed = [line.label.id for line in headers if line.label is not None and line.names_column]
    width = len(table.columns)
    sets = [tuple(printed[start : start + width]) for start in range(0, len(printed), width)]
    complete = sets and all(sorted(one) == sorted(table.columns) for one in sets) and len(set(sets)) == 1
    return sets[0] if complete else table.columns


PrintedColumns = tuple[tuple[str, int], ...]
"""The ids of the columns of a header in printed order, each with the column of the grid in which its label stands."""


def printed_columns(lines: Sequence[TableLine]) -> dict[int, PrintedColumns]:
    """For each row (by identity) the columns of the header printed last before it."""
    header: PrintedColumns = ()
    fresh = True
    found: dict[int, PrintedColumns] = {}
    for kind, line in lines:
        if isinstance(line, ValueLine):
            found[id(line)] = header
            fresh = True
        elif kind == "HEADER" and line.label is not None and line.names_column:
            if fresh:
                header, fresh = (), False
            header += ((line.label.id, line.atom.column),)
    return found


@lru_cache(maxsize=1024)
def columns_above(columns: tuple[str, ...], printed: PrintedColumns, places: tuple[int, ...]) -> tuple[str, ...] | None:
    """The row's columns as their labels stand above its values; ``places``: the columns of the grid of those values.

    None where not every value has exactly one label right above it.
    """
    above = {place: column for column, place in printed if column in columns}
    if len(printed) != len(columns) or len(above) != len(columns) or not all(place in above for place in places):
        return None
    ordered = tuple([above[place] for place in places])
    return ordered if len(set(ordered)) == len(columns) else None


@lru_cache(maxsize=1024)
def row_columns(columns: tuple[str, ...], depths: tuple[int, ...], printed: tuple[str, ...]) -> tuple[str, ...]:
    """The row's columns in the order in which the header prints them. ``depths``: the groups around each column.

    A header of several lines prints its columns in no simple order, but the deepest ones stand in one line; an order
    counts only where the header prints each of them exactly once.
    """
    deepest = max(depths)
    places = [number for number, depth in enumerate(depths) if depth == deepest]
    own = [column for column in printed if column in columns and depths[columns.index(column)] == deepest]
    ordered = list(columns)
    if sorted(own) == sorted(columns[number] for number in places):
        for number, column in zip(places, own, strict=True):
            ordered[number] = column
    return tuple(ordered)
