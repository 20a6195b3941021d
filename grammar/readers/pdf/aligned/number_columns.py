"""Lines of numbers that stand below each other: where their columns are.

Rows with a number in every column tell them; where there are none, or where the header has more of them, its labels do.
A table without a header at the head of a page has the columns of the one that the page before ended with.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from disclosure_checks.grammar.readers.pdf.aligned.header_columns import Sides, columns_of_header
from disclosure_checks.grammar.readers.pdf.aligned.words import Line, Word
from disclosure_checks.grammar.words.folding import fold
from disclosure_checks.grammar.words.layouts import layout_rules

_FEWEST_COLUMNS = 5
_FEWEST_ROWS = 3  # that have a number in every column
_MOST_ROWS = 150  # of numbers near each other; the tables of a report have some 30
_ENOUGH_COLUMNS = 10  # of numbers side by side: one row is a table then
_FEWEST_NUMBERS = 2  # of a row in which others are missing
LONGEST_PLACEHOLDER = 3  # characters
_FURTHEST = 8.0  # of the size of characters, from one row of a table to the next


class NumberColumns(NamedTuple):
    """``rows``: which lines of the page; ``columns``: left and right of what stands in each of them.

    ``edges``: of the columns, one more than there are columns.
    """

    rows: tuple[int, ...]
    columns: tuple[Sides, ...]
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
    """``full``: the rows with a number in each of the ``columns``. ``are_known``: labels tell where columns are."""

    full: Sequence[int]
    others: Sequence[int]
    columns: Sequence[Sides]
    are_known: bool = False


class _Numbers(NamedTuple):
    row: int
    numbers: list[Word]


def number_columns(lines: Sequence[Line], above: Sequence[Sides] = ()) -> Iterator[NumberColumns]:
    """The tables of numbers on a page. ``above``: the columns of the table that the page before ended with."""
    for rows in _tables(lines, above):
        if len(rows.full) < _FEWEST_ROWS and len(rows.columns) < _ENOUGH_COLUMNS and not rows.are_known:
            continue
        numbers = sorted([*rows.full, *rows.others])
        labels = [
            word.right
            for number in range(numbers[0], numbers[-1] + 1)
            for word in lines[number]
            if word.right < rows.columns[0][0]
        ]
        yield NumberColumns(tuple(numbers), tuple(rows.columns), _edges(rows.columns, labels))


def columns_of_labels(lines: Sequence[Line]) -> NumberColumns | None:
    """The columns of a header that a page ends with; None where it ends with none."""
    own = list(lines)
    while own and _is_page_number(own[-1]):
        own.pop()
    columns = columns_of_header(own)
    return NumberColumns((len(own),), tuple(columns), _edges(columns)) if columns else None


def _is_page_number(line: Line) -> bool:
    text = fold(" ".join(word.text for word in line))
    return text.isdigit() or layout_rules().page_furniture.fullmatch(text) is not None


def _edges(columns: Sequence[Sides], labels: Sequence[float] = ()) -> tuple[float, ...]:
    """The edges of columns. ``labels``: where those left of them end."""
    pitch = _pitch(columns)
    before = max([*labels, columns[0][0] - pitch / 2])
    return ((before + columns[0][0]) / 2, *_between(columns), columns[-1][1] + pitch / 2)


def _between(columns: Sequence[Sides]) -> list[float]:
    """The edges between columns."""
    return [(right + left) / 2 for (_, right), (left, _) in pairwise(columns)]


def _tables(lines: Sequence[Line], above: Sequence[Sides]) -> Iterator[_Rows]:
    """Full rows with the same number of columns below each other, and the rows between in which some are missing."""
    for group in _groups(lines):
        if len(group) <= _MOST_ROWS:
            yield from _tables_of(group, lines, above)


def _groups(lines: Sequence[Line]) -> Iterator[list[_Numbers]]:
    """The rows of numbers that stand near each other."""
    group: list[_Numbers] = []
    for number, line in enumerate(lines):
        numbers = _numbers_at_end(line)
        if len(numbers) < _FEWEST_NUMBERS:
            continue
        if group and not _are_near(lines, group[-1], number):
            yield group
            group = []
        group.append(_Numbers(number, numbers))
    if group:
        yield group


def _are_near(lines: Sequence[Line], above: _Numbers, below: int) -> bool:
    """Whether two rows stand near each other, or have nothing but labels of rows between them."""
    if lines[below][0].middle - lines[above.row][0].middle <= _FURTHEST * lines[below][0].size:
        return True
    left = above.numbers[0].left
    return all(word.right < left for line in lines[above.row + 1 : below] for word in line)


def _tables_of(group: Sequence[_Numbers], lines: Sequence[Line], above: Sequence[Sides]) -> Iterator[_Rows]:
    """The tables in lines near each other: one with as many columns as several lines have numbers, and what is around it."""
    found = _below_labels(group, lines, above) or _by_numbers(group)
    if found is None:
        return
    yield found
    first, last = min([*found.full, *found.others]), max([*found.full, *found.others])
    for rest in ([one for one in group if one.row < first], [one for one in group if one.row > last]):
        if rest:
            yield from _tables_of(rest, lines, above)


def _below_labels(group: Sequence[_Numbers], lines: Sequence[Line], above: Sequence[Sides]) -> _Rows | None:
    """The rows below a header that has more columns than any row has numbers, or those that go on on a page.

    None where not every number stands below a label of its own.
    """
    own = columns_of_header(lines[: group[0].row])
    columns = _of_numbers(own or (above if _go_on(group, lines) else ()), group, lines)
    rows = list(takewhile(lambda one: len(one.numbers) <= len(columns), group))
    if not rows or len(columns) < _FEWEST_COLUMNS or (own and max(len(one.numbers) for one in rows) == len(columns)):
        return None
    between = _between(columns)
    if not all(_fits(one.numbers, columns) and _stand_apart(one.numbers, between) for one in rows):
        return None
    return _Rows([], [one.row for one in rows], columns, are_known=True)


def _go_on(group: Sequence[_Numbers], lines: Sequence[Line]) -> bool:
    """Whether nothing but labels of rows and numbers stands above rows of numbers on their page."""
    left = min(word.left for one in group for word in one.numbers)
    return all(word.right < left or word.is_number for line in lines[: group[0].row] for word in line)


def _of_numbers(columns: Sequence[Sides], group: Sequence[_Numbers], lines: Sequence[Line]) -> list[Sides]:
    """The columns right of the labels of rows."""
    left = min(word.left for one in group for word in one.numbers)
    words = (word for one in group for word in lines[one.row] if word.right < left)
    labels = [word.right for word in words if len(word.text) > LONGEST_PLACEHOLDER]
    return [sides for sides in columns if sides[0] > max(labels, default=0.0)]


def _stand_apart(numbers: Sequence[Word], between: Sequence[float]) -> bool:
    """Whether edges have each number in a column of its own."""
    return len({bisect_right(between, word.centre) for word in numbers}) == len(numbers)


def _by_numbers(group: Sequence[_Numbers]) -> _Rows | None:
    """The table with as many columns as several lines have numbers."""
    widths = Counter(len(one.numbers) for one in group if len(one.numbers) >= _FEWEST_COLUMNS)
    if not widths:
        return None
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
    return _Rows(full, others, columns)


def _numbers_at_end(line: Line) -> list[Word]:
    """The numbers behind the label of a line; what stands for a number between them is short.

    Where there are so many of them that their row is a table, what stands for one is counted too.
    """
    behind = list(takewhile(lambda word: word.is_number or len(word.text) <= LONGEST_PLACEHOLDER, reversed(line)))
    numbers = [word for word in reversed(behind) if word.is_number]
    is_table = len(behind) >= _ENOUGH_COLUMNS and 2 * len(numbers) > len(behind)
    return behind[::-1] if is_table else numbers


def _fits(numbers: Sequence[Word], columns: Sequence[Sides]) -> bool:
    """Whether each number overlaps a column of its own, or stands nearer to it than to any other."""
    taken = [_nearest(word, columns) for word in numbers]
    pitch = _pitch(columns)
    near = all(
        abs(word.centre - sum(columns[column]) / 2) < pitch / 2 for word, column in zip(numbers, taken, strict=True)
    )
    return near and all(before < after for before, after in pairwise(taken))


def _pitch(columns: Sequence[Sides]) -> float:
    """How far the middles of the nearest two columns are apart."""
    return min((after - before for before, after in pairwise(map(sum, columns))), default=0.0) / 2


def _nearest(word: Word, columns: Sequence[Sides]) -> int:
    return min(range(len(columns)), key=lambda column: abs(word.centre - sum(columns[column]) / 2))


def _widened(columns: Sequence[Sides], numbers: Sequence[Word]) -> list[Sides]:
    return [
        (min(left, word.left), max(right, word.right)) for (left, right), word in zip(columns, numbers, strict=True)
    ]
