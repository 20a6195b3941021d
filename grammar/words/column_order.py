"""The order of a row's columns, as the labels of a printed header tell it."""

from __future__ import annotations

from functools import lru_cache

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
