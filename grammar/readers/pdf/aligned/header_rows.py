"""The header above columns of numbers: labels of columns, and those of several columns above them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from disclosure_checks.grammar.readers.pdf.aligned.header_columns import FURTHEST_LINE
from disclosure_checks.grammar.readers.pdf.aligned.number_columns import NumberColumns
from disclosure_checks.grammar.readers.pdf.aligned.words import Line, Word
from disclosure_checks.grammar.readers.pdf.lattices.ruling import Span
from disclosure_checks.grammar.words.label_index import begins_with_ordinal

_LONGEST_LABEL = 12  # characters: what is longer is a sentence


class Header(NamedTuple):
    """``tops``: the upper edges of its rows. ``spans``: its cells. ``left``: where its text begins."""

    tops: tuple[float, ...]
    spans: tuple[Span, ...]
    left: float


_Band = Sequence[Line]


def header_of(lines: Sequence[Line], columns: NumberColumns, first: int, labels: int) -> Header | None:
    """The header above the line ``first``, or at the end of all; None where its labels stand otherwise than the columns.

    ``labels``: how many columns stand left of those of numbers. One row of numbers has a label above each of them.
    """
    own = _lines_of_header(lines, columns, first)
    if not own:
        return Header((), (), float("inf")) if len(columns.rows) > 1 else None
    bands = _bands(own, columns)
    last = [word for line in bands[-1] for word in line]
    labelled = {columns.column(word) for word in last}
    if any(_are_several(word, columns) for word in last):
        return None
    if len(columns.rows) == 1 and len(labelled - {-1}) < len(columns.edges) - 1:
        return None
    tops = _tops(bands)
    spans = [Span(0, 0, len(bands), labels)] if labels else []
    for row, column, rows, width in _cells(bands, columns):
        spans.append(Span(row, labels + column, rows, width))
    return Header(tops, tuple(spans), min(word.left for line in own for word in line) - 1.0)


def _lines_of_header(lines: Sequence[Line], columns: NumberColumns, first: int) -> list[Line]:
    """The lines above the first row, as far up as labels of columns stand."""
    found: list[Line] = []
    pending: list[Line] = []
    below = lines[min(first, len(lines) - 1)]
    for line in reversed(lines[:first]):
        if below[0].middle - line[0].middle > FURTHEST_LINE * line[0].size or _is_text(line, columns):
            break
        pending.insert(0, line)
        if any(word.centre >= columns.left for word in line):
            found, pending = [*pending, *found], []
        below = line
    return found


def _is_text(line: Line, columns: NumberColumns) -> bool:
    """Whether a line is no part of a header: a row of numbers, a heading, a sentence."""
    if any(word.is_number for word in line):
        return True
    if any(word.left < columns.left - word.size and word.right > columns.left for word in line):
        return True
    above = [word for word in line if word.centre >= columns.left]
    return begins_with_ordinal(line[0].text) or any(len(word.text) > _LONGEST_LABEL for word in above)


def _bands(lines: Sequence[Line], columns: NumberColumns) -> list[_Band]:
    """The lines of a header row by row: one with labels of several columns is a row, all others together are the next."""
    bands: list[list[Line]] = []
    was_wide = True
    for line in lines:
        is_wide = any(_are_several(word, columns) for word in line)
        if is_wide or was_wide:
            bands.append([line])
        else:
            bands[-1].append(line)
        was_wide = is_wide
    return list(bands)


def _tops(bands: Sequence[_Band]) -> tuple[float, ...]:
    """The upper edges of rows: half way between the words of one and those of the next."""
    words = [[word for line in band for word in line] for band in bands]
    first = min(word.above for word in words[0])
    between = [
        (max(word.middle for word in above) + min(word.middle for word in below)) / 2
        for above, below in pairwise(words)
    ]
    return (first, *between)


def _are_several(word: Word, columns: NumberColumns) -> bool:
    first, last = _first_and_last(word, columns)
    return word.centre >= columns.left and last > first


def _first_and_last(word: Word, columns: NumberColumns) -> tuple[int, int]:
    """The columns that a word stands above; not one that it only touches."""
    margin = min(word.size / 2, (word.right - word.left) / 4)
    ends = (word._replace(left=end, right=end) for end in (word.left + margin, word.right - margin))
    first, last = (max(0, columns.column(end)) for end in ends)
    return first, last


def _cells(bands: Sequence[_Band], columns: NumberColumns) -> list[tuple[int, int, int, int]]:
    """Row, column, rows and width of each cell above the columns: below a label of several columns a new cell begins."""
    count = len(columns.edges) - 1
    wide = [
        {_first_and_last(word, columns) for line in band for word in line if _are_several(word, columns)}
        for band in bands
    ]
    found: list[tuple[int, int, int, int]] = []
    for row, labels in enumerate(wide):
        found += [(row, first, 1, last - first + 1) for first, last in labels]
    for column in range(count):
        start = 0
        for row in range(len(bands) + 1):
            if row < len(bands) and any(first <= column <= last for first, last in wide[row]):
                found += _stacked(bands, columns, column, start, row)
                start = row + 1
        found += _stacked(bands, columns, column, start, len(bands))
    return found


def _stacked(
    bands: Sequence[_Band], columns: NumberColumns, column: int, start: int, end: int
) -> list[tuple[int, int, int, int]]:
    """The cells of one column between two labels of several: one from the first row with a word, one above it."""
    if start == end:
        return []
    first = next(
        (
            row
            for row in range(start, end)
            if any(
                word.centre >= columns.left and columns.column(word) == column for line in bands[row] for word in line
            )
        ),
        start,
    )
    above = [(start, column, first - start, 1)] if first > start else []
    return [*above, (first, column, end - first, 1)]
