"""Which of the places behind a label are the row's values: told by count, by the rows beside it, or not at all.

Empty places before, among and behind the values are printed for merged cells and for blanks alike. Where the count
alone does not tell, the rows of the same depth whose values are certain show in which place values begin; where they do
not agree, the row stays open. Nothing is ever filled in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple


class PrintedRow(NamedTuple):
    """``filled``: for each place behind the label whether something is printed there. ``in_lines``: a line each."""

    depth: int
    columns: tuple[str, ...]
    filled: tuple[bool, ...]
    in_lines: bool = False


class _Seen(NamedTuple):
    """By depth and width: length and first place of certain rows, lengths of all; by columns: places that stand apart."""

    starts: dict[tuple[int, int], set[tuple[int, int]]]
    lengths: dict[tuple[int, int], set[int]]
    spreads: dict[tuple[str, ...], set[tuple[int, tuple[int, ...]]]]


class RowPlaces:
    """How the rows of one table are printed."""

    def __init__(self, rows: Callable[[], Sequence[PrintedRow]]) -> None:
        self._rows = rows  # looked at only for a row that does not tell by itself: in most tables there is none

    @cached_property
    def _seen(self) -> _Seen:
        seen = _Seen(defaultdict(set), defaultdict(set), defaultdict(set))
        full: list[tuple[tuple[str, ...], int, tuple[int, ...]]] = []
        for depth, columns, filled, _ in self._rows():
            width, length = len(columns), len(filled)
            places = tuple(number for number, one in enumerate(filled) if one)
            seen.lengths[depth, width].add(length)
            certain = places and len(places) <= width and places[-1] - places[0] == width - 1
            if certain and (width > 1 or len(places) == width):
                seen.starts[depth, width].add((length, places[0]))
            if len(places) == width:
                full.append((columns, length, places))
        if any(places[-1] - places[0] >= len(places) for _, _, places in full if places):
            for columns, length, places in full:
                seen.spreads[columns].add((length, places))
        return seen

    def values(self, row: PrintedRow) -> tuple[int, ...] | None:
        """The places of a row's values, a place a column; None where they cannot be told."""
        depth, columns, filled, in_lines = row
        width, length = len(columns), len(filled)
        places = tuple(number for number, one in enumerate(filled) if one)
        if len(places) == width:
            return places
        if len(places) > width:
            return None
        if not places and length < width:
            return None
        if self._seen.spreads and width > 1:
            return self._spread(columns, length, places)
        if not places:
            start = self._start(depth, width, length, in_lines)
            return tuple(range(start or 0, (start or 0) + width))
        if width > 1 and places[-1] - places[0] == width - 1:
            return tuple(range(places[0], places[-1] + 1))
        start = self._start(depth, width, length, in_lines)
        if start is not None and start <= places[0] and places[-1] < start + width <= length:
            return tuple(range(start, start + width))
        return None

    def _spread(self, columns: tuple[str, ...], length: int, places: tuple[int, ...]) -> tuple[int, ...] | None:
        """Where values stand that cells merged sideways keep apart: as in every full row of the same columns."""
        known = self._seen.spreads.get(columns, set())
        if len(known) != 1:
            return None
        full_length, usual = next(iter(known))
        return usual if full_length == length and set(places) <= set(usual) else None

    def _start(self, depth: int, width: int, length: int, in_lines: bool) -> int | None:
        """Where the values of a row of this length begin: as in every certain row of its depth and width.

        Rows of several lengths tell nothing, unless each cell has a line of its own: separators at the end of a line
        may come in any number, and mean nothing then.
        """
        known = self._seen.starts.get((depth, width))
        if known is None:
            grids = {
                (start + other_depth, full - start)
                for (other_depth, other), found in self._seen.starts.items()
                if other == width
                for full, start in found
            }
            if len(grids) == 1:  # a label that stands deeper is followed by so many places fewer before its values
                labels, values = next(iter(grids))
                if labels >= depth and length == labels - depth + values:
                    return labels - depth
            known = {shape for (_, other), found in self._seen.starts.items() if other == width for shape in found}
        if not known:
            return self._start_without_certain_rows(width, length)
        starts = {start for full, start in known if full == length}
        same = in_lines or len({full for full, _ in known}) == 1
        return starts.pop() if len(starts) == 1 and same else None

    def _start_without_certain_rows(self, width: int, length: int) -> int | None:
        by_depth = [lengths for (_, other), lengths in self._seen.lengths.items() if other == width]
        if not by_depth or any(len(lengths) != 1 for lengths in by_depth):
            return None
        return length - width if min(min(lengths) for lengths in by_depth) == width else None
