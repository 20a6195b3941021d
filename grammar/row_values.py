"""Which of the cells behind a label are the row's values: told by count, by place, or not at all.

A layout may put empty cells before and after the values (merged cells) and among them (blanks). Where the count alone
does not tell, the full rows printed beside a row show in which place the values begin; where they do not agree either,
the row's cells are ambiguous. Nothing is ever filled in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from grammar.cutting import Atom


class RowFit(Enum):
    """How the printed cells of a row fit its columns."""

    EXACT = "exact"
    SHORT = "short"
    LONG = "long"
    NOTHING = "nothing"


class RowValues(NamedTuple):
    """``values``: one cell a column where the fit is EXACT, else nothing."""

    fit: RowFit
    values: tuple[Atom, ...]


class ValueColumns:
    """Where the values of the full rows of one table begin, counted from the cell after the label."""

    def __init__(self, rows: Iterable[tuple[int, Sequence[Atom], int]]) -> None:
        """``rows``: depth of the label, cells behind it, number of columns."""
        self._offsets: dict[tuple[int, int], set[int]] = defaultdict(set)
        self._by_depth: dict[int, set[int]] = defaultdict(set)
        for depth, entries, width in rows:
            filled = [number for number, entry in enumerate(entries) if entry.folded]
            if len(filled) == width and filled and filled[-1] - filled[0] == width - 1:
                self._offsets[depth, len(entries)].add(filled[0])
                self._by_depth[depth].add(filled[0])

    def offset(self, depth: int, length: int) -> int | None:
        """The place of the first value in a row of this depth and length; None where full rows differ or are missing."""
        for offsets in (self._offsets.get((depth, length)), self._by_depth.get(depth)):
            if offsets and len(offsets) == 1:
                return next(iter(offsets))
        return None


def fit_row(entries: Sequence[Atom], width: int, depth: int, siblings: ValueColumns) -> RowValues:
    """The values of a row of ``width`` columns among the cells behind its label."""
    if not entries:
        return RowValues(RowFit.NOTHING, ())
    filled = tuple(entry for entry in entries if entry.folded)
    if len(filled) == width:
        return RowValues(RowFit.EXACT, filled)
    if len(filled) > width:
        return RowValues(RowFit.LONG, ())
    if len(entries) == width or not filled and len(entries) > width:
        return RowValues(RowFit.EXACT, tuple(entries[:width]))
    if len(entries) > width:
        start = siblings.offset(depth, len(entries))
        if start is not None:
            window = tuple(entries[start : start + width])
            if len(window) == width and sum(1 for entry in window if entry.folded) == len(filled):
                return RowValues(RowFit.EXACT, window)
    return RowValues(RowFit.SHORT, ())
