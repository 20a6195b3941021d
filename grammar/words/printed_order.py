"""The order of columns, and of rows side by side, as the labels of a printed header tell it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from disclosure_checks.grammar.model.lexicon import LexiconTable

PrintedColumns = tuple[tuple[str, int], ...]
"""The ids of the columns of a header in printed order, each with the column of the grid in which its label stands."""


@lru_cache(maxsize=2048)
def columns_above(columns: tuple[str, ...], printed: PrintedColumns, places: tuple[int, ...]) -> tuple[str, ...] | None:
    """The row's columns as their labels stand above its values; None where not every value has exactly one above it."""
    above = {place: column for column, place in printed if column in columns}
    if len(printed) != len(columns) or len(above) != len(columns) or not all(place in above for place in places):
        return None
    ordered = tuple([above[place] for place in places])
    return ordered if len(set(ordered)) == len(columns) else None


@lru_cache(maxsize=2048)
def columns_in_order(columns: tuple[str, ...], depths: tuple[int, ...], printed: tuple[str, ...]) -> tuple[str, ...]:
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


def repeated_columns(columns: tuple[str, ...], printed: Sequence[str]) -> tuple[str, ...]:
    """The columns as they are printed again and again, a full set for each row; their own order where they are not."""
    width = len(columns)
    sets = [tuple(printed[start : start + width]) for start in range(0, len(printed), width)]
    complete = sets and all(sorted(one) == sorted(columns) for one in sets) and len(set(sets)) == 1
    return sets[0] if complete else columns


def outermost_labels(table: LexiconTable, first: Mapping[str, int]) -> dict[str, str]:
    """The label that each row of a table stands under: its group's, where the header prints that, else its own.

    ``first``: where each label of a row or a group is first printed.
    """
    return {row.id: row.groups[0] if row.groups and row.groups[0] in first else row.id for row in table.rows}


def rows_side_by_side(outermost: Mapping[str, str], first: Mapping[str, int]) -> list[str]:
    """The rows as their labels, or those of their groups, first appear."""
    return sorted(outermost, key=lambda row: (first[outermost[row]], first[row]))
