"""Rows of a picture whose labels stand in one cell, because a rule between them was not seen.

Which label belongs to which row cannot be told then, and sums do not tell either: they hold for two rows that have
changed places. The numbers of such rows are left unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from disclosure_checks.grammar.readers.pdf.lattices.ruling import Lattice, Span
from disclosure_checks.grammar.readers.pdf.page import Character
from disclosure_checks.grammar.readers.picture.recognised_page import UNREADABLE, SeenNumber


class _Band(NamedTuple):
    left: float
    top: float
    bottom: float
    right: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x < self.right and self.top <= y < self.bottom


def without_doubtful_rows(
    characters: Sequence[Character], numbers: Sequence[SeenNumber], tables: Sequence[Lattice]
) -> tuple[tuple[Character, ...], tuple[SeenNumber, ...]]:
    """Characters and numbers of a page; those of rows that share a label's cell as ones that cannot be read."""
    words = [one for one in characters if one.text.isalpha()]
    bands = [band for table in tables for band in _bands(table, numbers, words)]
    if not bands:
        return tuple(characters), tuple(numbers)

    def is_doubtful(x: float, y: float) -> bool:
        return any(band.holds(x, y) for band in bands)

    return (
        tuple(
            one._replace(text=UNREADABLE) if is_doubtful((one.left + one.right) / 2, one.middle) else one
            for one in characters
        ),
        tuple(one._replace(text="", confidence=0.0, others=()) if is_doubtful(*one.middle) else one for one in numbers),
    )


def _bands(table: Lattice, numbers: Sequence[SeenNumber], words: Sequence[Character]) -> Iterator[_Band]:
    """The parts of a table right of a cell with words that has a number beside it in each of its rows."""
    numbered = {table.position(*one.middle) for one in numbers if one.text and table.contains(*one.middle)}
    said = [((one.left + one.right) / 2, one.middle) for one in words]
    worded = {table.position(*place) for place in said if table.contains(*place)}
    single = {(span.row, span.column) for span in table.spans if span.rows == 1}
    for span in table.spans:
        beside = [(row, span.column + span.columns) for row in _rows(span)]
        own = {(row, column) for row in _rows(span) for column in range(span.column, span.column + span.columns)}
        if span.rows > 1 and own & worded and all(one in numbered and one in single for one in beside):
            left, right = table.xs[span.column + span.columns], table.xs[-1]
            yield _Band(left, table.ys[span.row], table.ys[span.row + span.rows], right)


def _rows(span: Span) -> range:
    return range(span.row, span.row + span.rows)
