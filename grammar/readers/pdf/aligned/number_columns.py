"""Lines of numbers that stand below each other: where their columns are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from disclosure_checks.grammar.readers.pdf.aligned.words import Line, Word

_FEWEST_COLUMNS = 5
_FEWEST_ROWS = 3  # that have a number in every column
_ENOUGH_COLUMNS = 10  # of numbers side by side: one row is a table then
_FEWEST_NUMBERS = 2  # of a row in which others are missing
LONGEST_PLACEHOLDER = 3  # characters
_FURTHEST = 8.0  # of the size of characters, from one row of a table to the next


class NumberColumns(NamedTuple):
    """``rows``: which lines of the page; ``edges``: of the columns, one more than there are columns."""

    rows: tuple[int, ...]
    edges: tuple[float, ...]

    @property
    def left(self) -> float:
        """Where the first column begins: labels stand left of it."""
        return self.edges[0]

    def stands_left(self, word: Word) -> bool:
        """Whether all of a word stands left of the first column."""
        return word.right <= self.left

    def column(self, word: Word) -> int:
        """The column that the middle of a word stands in; -1 left of all."""
        return sum(edge <= word.centre for edge in self.edges[:-1]) - 1


class _Rows(NamedTuple):
    """``columns``: left and right of what stands in each column of the full ``rows``."""

    full: Sequence[int]
    others: Sequence[int]
    columns: Sequence[tuple[float, float]]


class _Numbers(NamedTuple):
    row: int
    numbers: list[Word]


def number_columns(lines: Sequence[Line]) -> Iterator[NumberColumns]:
    """The tables of numbers on a page."""
    for rows in _tables(lines):
        if len(rows.full) < _FEWEST_ROWS and len(rows.columns) < _ENOUGH_COLUMNS:
            continue
        between = [(right + left) / 2 for (_, right), (left, _) in pairwise(rows.columns)]
        pitch = _pitch(rows.columns)
        numbers = sorted([*rows.full, *rows.others])
        labels = [
            word.right
            for number in range(numbers[0], numbers[-1] + 1)
            for word in lines[number]
            if word.right < rows.columns[0][0]
        ]
        first = max([*labels, rows.columns[0][0] - pitch / 2])
        left = (first + rows.columns[0][0]) / 2
        yield NumberColumns(tuple(numbers), (left, *between, rows.columns[-1][1] + pitch / 2))


def _tables(lines: Sequence[Line]) -> Iterator[_Rows]:
    """Full rows with the same number of columns below each other, and the rows between in which some are missing."""
    group: list[_Numbers] = []
    for number, line in enumerate(lines):
        numbers = _numbers_at_end(line)
        if len(numbers) < _FEWEST_NUMBERS:
            continue
        if group and line[0].middle - lines[group[-1].row][0].middle > _FURTHEST * line[0].size:
            yield from _tables_of(group)
            group = []
        group.append(_Numbers(number, numbers))
    yield from _tables_of(group)


def _tables_of(group: Sequence[_Numbers]) -> Iterator[_Rows]:
    """The tables in lines near each other: one with as many columns as several lines have numbers, and what is around it."""
    widths = Counter(len(one.numbers) for one in group if len(one.numbers) >= _FEWEST_COLUMNS)
    if not widths:
        return
    width = max(widths, key=lambda one: (widths[one] >= _FEWEST_ROWS, one))
    columns = next([(word.left, word.right) for word in one.numbers] for one in group if len(one.numbers) == width)
    full: list[int] = []
    others: list[int] = []
    for row, numbers in group:
        if len(numbers) == width and _fits(numbers, columns):
            full.append(row)
            columns = _widened(columns, numbers)
        elif len(numbers) < width and _fits(numbers, columns):
            others.append(row)
    yield _Rows(full, others, columns)
    first, last = min([*full, *others]), max([*full, *others])
    yield from _tables_of([one for one in group if one.row < first])
    yield from _tables_of([one for one in group if one.row > last])


def _numbers_at_end(line: Line) -> list[Word]:
    """The numbers behind the label of a line; what stands for a number between them is short.

    Where there are so many of them that their row is a table, what stands for one is counted too.
    """
    behind = list(takewhile(lambda word: word.is_number or len(word.text) <= LONGEST_PLACEHOLDER, reversed(line)))
    numbers = [word for word in reversed(behind) if word.is_number]
    is_table = len(behind) >= _ENOUGH_COLUMNS and 2 * len(numbers) > len(behind)
    return behind[::-1] if is_table else numbers


def _fits(numbers: Sequence[Word], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether each number overlaps a column of its own, or stands nearer to it than to any other."""
    taken = [_nearest(word, columns) for word in numbers]
    pitch = _pitch(columns)
    near = all(
        abs(word.centre - sum(columns[column]) / 2) < pitch / 2 for word, column in zip(numbers, taken, strict=True)
    )
    return near and all(before < after for before, after in pairwise(taken))


def _pitch(columns: Sequence[tuple[float, float]]) -> float:
    """How far the middles of the nearest two columns are apart."""
    return min((after - before for before, after in pairwise(map(sum, columns))), default=0.0) / 2


def _nearest(word: Word, columns: Sequence[tuple[float, float]]) -> int:
    return min(range(len(columns)), key=lambda column: abs(word.centre - sum(columns[column]) / 2))


def _widened(columns: Sequence[tuple[float, float]], numbers: Sequence[Word]) -> list[tuple[float, float]]:
    return [
        (min(left, word.left), max(right, word.right)) for (left, right), word in zip(columns, numbers, strict=True)
    ]
