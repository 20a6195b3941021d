"""The lines of text without rules, tables of numbers included.

Where a table has no rules, a heading beside several rows stands between the lines of their labels and would tear them
apart. Such headings are told by where they stand, left of the column that most labels begin in; each is put together
and set above the next whole row, as if it had been printed there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from disclosure_checks.grammar.readers.pdf.lines import PrintedLine, characters_of_lines, printed_line, words_of_line
from disclosure_checks.grammar.readers.pdf.page import Character
from disclosure_checks.grammar.words.numbers import is_number

_FEWEST_VALUES = 3  # numbers that make a line a row of values
_FEWEST_ROWS = 5  # of values that make a table
_FEWEST_LABELS = 3  # that begin at one place
_LEADING = 2.2  # of the font size: lines no further apart may be of one label


class _Row(NamedTuple):
    """One visual line: its words left of the numbers, the numbers, and whether they make a row of values."""

    words: list[list[Character]]
    numbers: list[list[Character]]
    has_values: bool

    @property
    def baseline(self) -> float:
        return (self.words or self.numbers)[0][0].baseline

    @property
    def size(self) -> float:
        return (self.words or self.numbers)[0][0].size


def unruled_lines(characters: Iterable[Character]) -> list[PrintedLine]:
    """The visual lines of text that no rules divide, from top to bottom."""
    lines = characters_of_lines(characters)
    rows = [_row(line) for line in lines]
    values = _rows_of_values(rows)
    inner = _inner_column([rows[number] for number in values]) if len(values) >= _FEWEST_ROWS else None
    if inner is None:
        return [line for line in map(printed_line, lines) if line.text]
    sides: list[list[Character]] = []
    kept: list[_Row] = []
    for number, row in enumerate(rows):
        beside = _side_words(rows, number, inner) if values[0] <= number <= values[-1] else []
        sides += beside
        kept.append(row._replace(words=[word for word in row.words if word not in beside]))
    printed = [line for line in map(_printed, kept) if line.text]
    return sorted([*printed, *_headings(sides, kept[values[0] : values[-1] + 1], inner)], key=lambda line: line.top)


def _row(line: Sequence[Character]) -> _Row:
    words = words_of_line(line)
    first = len(words)
    while first and is_number(_text(words[first - 1])):
        first -= 1
    return _Row(words[:first], words[first:], len(words) - first >= _FEWEST_VALUES)


def _text(word: Sequence[Character]) -> str:
    return "".join(character.text for character in word)


def _rows_of_values(rows: Sequence[_Row]) -> list[int]:
    """The rows of the largest table: those with as many numbers as most."""
    widths = Counter(len(row.numbers) for row in rows if row.has_values)
    width = widths.most_common(1)[0][0] if widths else 0
    return [number for number, row in enumerate(rows) if row.has_values and len(row.numbers) == width]


def _inner_column(rows: Sequence[_Row]) -> float | None:
    """Where the labels beside numbers begin most often, if others begin further left."""
    labels = [row.words[-1] for row in rows if row.words]
    begins = Counter(round(label[0].left) for label in labels)
    if not begins or begins.most_common(1)[0][1] < _FEWEST_LABELS:
        return None
    return float(begins.most_common(1)[0][0]) - 1.0


def _side_words(rows: Sequence[_Row], number: int, inner: float) -> list[list[Character]]:
    """The words of a line that are part of a heading beside several rows."""
    row = rows[number]
    left = [word for word in row.words if word[-1].right <= inner]
    if not left or len(left) < len(row.words):
        return left
    near = [
        other
        for other in (rows[number - 1], rows[number + 1] if number + 1 < len(rows) else None)
        if other is not None and abs(other.baseline - row.baseline) <= _LEADING * row.size
    ]
    if row.has_values:
        # its own label, unless that stands above and below the numbers
        around = [other for other in near if not other.has_values and any(w[-1].right > inner for w in other.words)]
        return left if len(around) == 2 else []
    lefts = [word[0].left for other in near for word in other.words if word[-1].right > inner]
    return [word for word in left if all(abs(word[0].left - begin) > 1.0 for begin in lefts)]


def _printed(row: _Row) -> PrintedLine:
    characters = [character for word in (*row.words, *row.numbers) for character in word]
    return printed_line(characters) if characters else PrintedLine("", 0, 0, 0, 0, 0, 0)


def _headings(sides: Sequence[list[Character]], rows: Sequence[_Row], inner: float) -> list[PrintedLine]:
    """The headings that words beside rows make, each above a row that is whole."""
    columns: list[list[Character]] = []
    for word in sides:
        for column in columns:
            last = column[-1]
            apart = word[0].baseline - last.baseline
            overlaps = word[0].left < max(c.right for c in column) and word[-1].right > min(c.left for c in column)
            if overlaps and apart <= _LEADING * last.size:
                column.extend(word)
                break
        else:
            columns.append(list(word))
    return [_heading(column, rows, inner) for column in columns]


def _heading(characters: Sequence[Character], rows: Sequence[_Row], inner: float) -> PrintedLine:
    top = min(character.baseline for character in characters)
    line = printed_line(characters[:1])._replace(text=_text(characters))
    spots = [
        (before.baseline + after.baseline) / 2
        for before, after in pairwise(row for row in rows if row.words or row.numbers)
        if _is_whole(before, inner) and _is_whole(after, inner) and before.baseline <= top
    ]
    first = next(row.baseline for row in rows if row.has_values)
    baseline = spots[-1] if spots else first - 2.0 * line.size
    return line._replace(top=baseline - 0.85 * line.size, bottom=baseline + 0.15 * line.size, baseline=baseline)


def _is_whole(row: _Row, inner: float) -> bool:
    """Whether a row of values has its label on its own line."""
    return row.has_values and bool(row.words) and row.words[-1][-1].right > inner
