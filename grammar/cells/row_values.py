"""Which of the cells behind a label are the row's values: told by count, by place, or not at all.

A layout may put empty cells before and after the values (merged cells) and among them (blanks). Where the count alone
does not tell, the full rows printed beside a row show in which place the values begin; where they do not agree either,
the row's cells are ambiguous. Nothing is ever filled in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from disclosure_checks.grammar.cutting.atom import Atom

_Shapes = dict[tuple[int, int], set[tuple[int, int]]]
_Spreads = dict[tuple[str, ...], set[tuple[int, tuple[int, ...]]]]


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
    """How the full rows of one table are printed: how many cells stand behind the label, and where the values begin."""

    def __init__(
        self,
        rows: Iterable[tuple[int, Sequence[Atom], int]],
        by_columns: Iterable[tuple[tuple[str, ...], Sequence[Atom]]] = (),
    ) -> None:
        """``rows``: depth of the label, cells behind it, number of columns. ``by_columns``: ids of the columns, cells."""
        self._rows = rows  # looked at only for a row that does not tell by itself: in most tables there is none
        self._by_columns = by_columns

    @cached_property
    def _spreads(self) -> _Spreads:
        return _spreads(self._by_columns)

    @cached_property
    def _shapes_and_lengths(self) -> tuple[_Shapes, dict[tuple[int, int], set[int]]]:
        """By depth and width: the length of full rows with the place of their first value; the lengths of all rows."""
        shapes: _Shapes = defaultdict(set)
        lengths: dict[tuple[int, int], set[int]] = defaultdict(set)
        for depth, entries, width in self._rows:
            lengths[depth, width].add(len(entries))
            filled = [number for number, entry in enumerate(entries) if entry.folded]
            if len(filled) == width and filled[-1] - filled[0] == width - 1:
                shapes[depth, width].add((len(entries), filled[0]))
        return shapes, lengths

    @classmethod
    def trusting(cls, width: int) -> ValueColumns:
        """For a row without siblings: as many cells as columns are taken for the values."""
        columns = cls(())
        columns._shapes_and_lengths[0][0, width].add((width, 0))
        return columns

    @property
    def spread(self) -> bool:
        """Whether cells merged sideways stand between the values of full rows."""
        return bool(self._spreads)

    def places(self, columns: tuple[str, ...], length: int) -> tuple[int, ...] | None:
        """Where values stand that cells merged sideways keep apart: as in every full row of the same columns."""
        shapes = self._spreads.get(columns, set())
        if len(shapes) != 1:
            return None
        full_length, places = next(iter(shapes))
        return places if full_length == length else None

    def start(self, depth: int, width: int, length: int) -> int | None:
        """Where the values of a row of this length begin: as in every full row of its depth and width.

        None where full rows differ among themselves or from this one, as they do where empty cells at the end of a row
        carry no meaning.
        """
        known, _ = self._shapes_and_lengths
        in_grid = self._start_in_grid(depth, width, length)
        if in_grid is not None:
            return in_grid
        shapes = known.get((depth, width)) or {
            shape for (_, other), found in known.items() if other == width for shape in found
        }
        if not shapes:
            return self._start_without_full_rows(width, length)
        if len(shapes) != 1:
            return None
        full_length, start = next(iter(shapes))
        return start if full_length == length else None

    def _start_in_grid(self, depth: int, width: int, length: int) -> int | None:
        """Where no row of this depth is full, but those of others tell that labels and values stand in one grid.

        There a label that stands deeper is followed by so many cells fewer before its values.
        """
        known, _ = self._shapes_and_lengths
        if (depth, width) in known:
            return None
        grids = {
            (start + other_depth, full_length - start)
            for (other_depth, other), found in known.items()
            if other == width
            for full_length, start in found
        }
        if len(grids) != 1:
            return None
        labels, values = next(iter(grids))
        return labels - depth if labels >= depth and length == labels - depth + values else None

    def _start_without_full_rows(self, width: int, length: int) -> int | None:
        """Where no row is full (a blank total column, blanks instead of zeros), rows of one length tell their columns.

        A row as long as the table has columns begins with its first; a longer one, where the shortest rows are as long
        as the table has columns, has the cells of its merged label before its values.
        """
        _, known = self._shapes_and_lengths
        by_depth = [lengths for (_, other), lengths in known.items() if other == width]
        if not by_depth or any(len(lengths) != 1 for lengths in by_depth):
            return None
        return length - width if min(min(lengths) for lengths in by_depth) == width else None


def _spreads(rows: Iterable[tuple[tuple[str, ...], Sequence[Atom]]]) -> _Spreads:
    """For the columns of rows whose values stand apart: the length of their full rows and the places of the values."""
    full = [
        (columns, len(entries), places)
        for columns, entries in rows
        if len(places := tuple(number for number, entry in enumerate(entries) if entry.folded)) == len(columns)
    ]
    found: _Spreads = defaultdict(set)
    if any(places[-1] - places[0] >= len(places) for _, _, places in full if places):
        for columns, length, places in full:
            found[columns].add((length, places))
    return found


def fit_row(
    entries: Sequence[Atom], width: int, depth: int, siblings: ValueColumns, columns: tuple[str, ...] = ()
) -> RowValues:
    """The values of a row of ``width`` columns among the cells behind its label."""
    if not entries:
        return RowValues(RowFit.NOTHING, ())
    filled = [number for number, entry in enumerate(entries) if entry.folded]
    if len(filled) == width == len(entries):
        return RowValues(RowFit.EXACT, tuple(entries))
    if len(filled) == width:
        return RowValues(RowFit.EXACT, tuple(entries[number] for number in filled))
    if len(filled) > width:
        if width == 1 and len({entries[number].folded for number in filled}) == 1:
            return RowValues(RowFit.EXACT, (entries[filled[0]],))  # a merged cell, taken apart and filled
        return RowValues(RowFit.LONG, ())
    if not filled:
        return RowValues(RowFit.EXACT, tuple(entries[:width])) if len(entries) >= width else RowValues(RowFit.SHORT, ())
    if siblings.spread and width > 1:
        places = siblings.places(columns, len(entries))
        if places is None or not set(filled) <= set(places):
            return RowValues(RowFit.SHORT, ())
        return RowValues(RowFit.EXACT, tuple(entries[place] for place in places))
    if filled[-1] - filled[0] == width - 1:
        return RowValues(RowFit.EXACT, tuple(entries[filled[0] : filled[-1] + 1]))
    start = siblings.start(depth, width, len(entries))
    if start is not None and start <= filled[0] and filled[-1] < start + width:
        return RowValues(RowFit.EXACT, tuple(entries[start : start + width]))
    return RowValues(RowFit.SHORT, ())
