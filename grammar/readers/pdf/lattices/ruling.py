"""From rules to lattices: the tables that the lines of a page draw, with their merged cells.

rules -> merged rules -> connected ones -> Lattice (edges of columns and rows, cells with spans)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from disclosure_checks.grammar.readers.pdf.page import Rule

MOST_CROSSINGS = 400_000  # pairs of rules that are looked at; a drawing with more holds no table
_SAME = 2.5  # points between rules that are one, or between a rule and the end of another that it meets
_GAP = 3.0  # points between pieces of one rule
_SHORTEST = 5.0  # points
_OPEN = 6.0  # points by which rules stick out where the edge of a table is not drawn
_COVERED = 0.6  # of the side of a cell that a rule must run along to close it


class Span(NamedTuple):
    """A cell of a lattice, counting from 0."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Lattice:
    """The cells that rules draw. ``xs``, ``ys``: the edges of its columns and rows, ascending.

    ``open_top``, ``open_bottom``: no rule closes the table there; its first or last row is a part of one.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: tuple[Span, ...]
    open_top: bool = False
    open_bottom: bool = False

    @property
    def area(self) -> float:
        """Its size in square points."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def contains(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]

    def position(self, x: float, y: float) -> tuple[int, int]:
        """The row and column of a point inside."""
        return bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1


def lattices(rules: Iterable[Rule]) -> list[Lattice]:
    """The tables that rules draw, from top to bottom. A frame around nothing but one column is none."""
    rules = list(rules)
    across = _merged(rule for rule in rules if rule.horizontal)
    down = _merged(rule for rule in rules if not rule.horizontal)
    if not across or not down or len(across) * len(down) > MOST_CROSSINGS:
        return []
    found = [_lattice(*part) for part in _connected(across, down)]
    return sorted((one for one in found if one is not None), key=lambda one: (one.ys[0], one.xs[0]))


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules on one line put together; what is too short afterwards is no rule."""
    levels: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda one: one.position):
        if levels and rule.position - levels[-1][0].position <= _SAME:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    merged: list[Rule] = []
    for level in levels:
        length = sum(rule.end - rule.start for rule in level)
        position = sum(rule.position * (rule.end - rule.start) for rule in level) / length
        level.sort(key=lambda one: one.start)
        start, end = level[0].start, level[0].end
        for rule in level[1:]:
            if rule.start - end > _GAP:
                merged.append(Rule(rule.horizontal, position, start, end))
                start = rule.start
            end = max(end, rule.end)
        merged.append(Rule(level[0].horizontal, position, start, end))
    return [rule for rule in merged if rule.end - rule.start >= _SHORTEST]


def _connected(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Horizontal and vertical rules that hang together."""
    roots = list(range(len(across) + len(down)))

    def root(number: int) -> int:
        while roots[number] != number:
            roots[number] = roots[roots[number]]
            number = roots[number]
        return number

    for one, horizontal in enumerate(across):
        for other, vertical in enumerate(down, start=len(across)):
            if (
                horizontal.start - _GAP <= vertical.position <= horizontal.end + _GAP
                and vertical.start - _GAP <= horizontal.position <= vertical.end + _GAP
            ):
                roots[root(other)] = root(one)
    parts: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number, rule in enumerate([*across, *down]):
        parts.setdefault(root(number), ([], []))[0 if rule.horizontal else 1].append(rule)
    return [part for part in parts.values() if part[0] and part[1]]


def _edges(crossing: Sequence[Rule], along: Sequence[Rule]) -> tuple[tuple[float, ...], bool, bool]:
    """The positions of ``crossing`` rules, and the ends of rules ``along`` that stick out, which are open edges."""
    edges: list[float] = []
    for position in sorted(rule.position for rule in crossing):
        if not edges or position - edges[-1] > _SAME:
            edges.append(position)
    first, last = min(rule.start for rule in along), max(rule.end for rule in along)
    opens, ends_open = first < edges[0] - _OPEN, last > edges[-1] + _OPEN
    return (*((first,) if opens else ()), *edges, *((last,) if ends_open else ())), opens, ends_open


def _lattice(across: Sequence[Rule], down: Sequence[Rule]) -> Lattice | None:
    xs, _, _ = _edges(down, across)
    ys, open_top, open_bottom = _edges(across, down)
    if len(xs) < 3 or len(ys) < 2:
        return None
    spans = _spans(_closed(across, ys, xs), _closed(down, xs, ys))
    if len({span.column for span in spans}) < 2:
        return None
    return Lattice(xs, ys, tuple(spans), open_top, open_bottom)


def _closed(rules: Sequence[Rule], positions: Sequence[float], bands: Sequence[float]) -> list[list[bool]]:
    """For each position and each band across it: whether a rule runs along that side of a cell."""
    closed = [[0.0] * (len(bands) - 1) for _ in positions]
    for rule in rules:
        number = bisect_right(positions, rule.position + _SAME) - 1
        first = max(0, bisect_right(bands, rule.start) - 1)
        for band in range(first, len(bands) - 1):
            if bands[band] >= rule.end:
                break
            closed[number][band] += min(rule.end, bands[band + 1]) - max(rule.start, bands[band])
    sides = [bands[band + 1] - bands[band] for band in range(len(bands) - 1)]
    return [[covered >= _COVERED * side for covered, side in zip(line, sides, strict=True)] for line in closed]


def _spans(closed_above: Sequence[Sequence[bool]], closed_left: Sequence[Sequence[bool]]) -> list[Span]:
    """The cells between closed sides, row by row: positions side by side are joined, then equal runs downwards.

    ``closed_above[row][column]`` is the upper side of a position, ``closed_left[column][row]`` its left side.
    """
    spans: list[Span] = []
    above: dict[tuple[int, int], int] = {}  # columns of a run -> its cell in ``spans``
    rows, columns = len(closed_above) - 1, len(closed_left) - 1
    for row in range(rows):
        runs: dict[tuple[int, int], int] = {}
        start = 0
        for column in range(1, columns + 1):
            if column < columns and not closed_left[column][row]:
                continue
            run = (start, column)
            number = above.get(run, -1)
            sides = closed_above[row][start:column]
            if number >= 0 and 2 * sum(sides) < len(sides):
                spans[number] = spans[number]._replace(rows=spans[number].rows + 1)
            else:
                number = len(spans)
                spans.append(Span(row, start, 1, column - start))
            runs[run] = number
            start = column
        above = runs
    return sorted(spans)
