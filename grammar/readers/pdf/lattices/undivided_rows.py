"""Rows of a table that no rule divides: where every number of a ruled row stands above others, these are rows of their own.

A number that is too wide for its cell goes on below as well; but then the other numbers of its row do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from disclosure_checks.grammar.readers.pdf.lattices.ruling import Lattice, Span
from disclosure_checks.grammar.readers.pdf.lines import PrintedLine
from disclosure_checks.grammar.words.label_index import begins_with_ordinal
from disclosure_checks.grammar.words.numbers import is_number

_FEWEST_NUMBERS = 2  # of a row that tell whether it is several
_SAME_HEIGHT = 0.6  # of the font size, between numbers of one row
_CERTAINLY_WIDE = 5  # digits of a line, that are more likely to go on in the next than to stand above another number
_MOST_ROWS = 4  # of one ruled row; more, and only the columns are ruled

Held = Mapping[Span, Sequence[PrintedLine]]


class RuledRow(NamedTuple):
    """The cells of one ruled row that hold anything, those that hold numbers only and the others."""

    numbers: list[Sequence[PrintedLine]]
    labels: list[Sequence[PrintedLine]]


def ruled_rows(lattice: Lattice, held: Held) -> list[RuledRow]:
    """The rows of a lattice, without cells that are higher."""
    rows = [RuledRow([], []) for _ in lattice.ys[1:]]
    for span in lattice.spans:
        lines = held.get(span)
        if lines and span.rows == 1:
            row = rows[span.row]
            (row.numbers if all(is_number(line.text) for line in lines) else row.labels).append(lines)
    return rows


def rows_of_several(rows: Sequence[RuledRow]) -> set[int]:
    """The ruled rows whose numbers below each other are, or may be, those of several rows, and never one number."""
    return {number for number, row in enumerate(rows) if _may_be_several(row)}


def _may_be_several(row: RuledRow) -> bool:
    """Whether all numbers of a row are stacked alike, or a label beside them is as many labels."""
    if _stacked(row.numbers):
        return True
    counts = {len(lines) for lines in row.numbers if len(lines) > 1 and len(lines[0].text) < _CERTAINLY_WIDE}
    return any(
        len(lines) in counts or sum(begins_with_ordinal(line.text) for line in lines) > 1
        for lines in row.labels
        if counts and len(lines) > 1
    )


def _stacked(numbers: Sequence[Sequence[PrintedLine]]) -> list[float]:
    """The heights at which the numbers of a row but the first begin, if all of its numbers are stacked alike."""
    count = len(numbers[0]) if numbers else 0
    if len(numbers) < _FEWEST_NUMBERS or count < 2 or any(len(lines) != count for lines in numbers):
        return []
    first = numbers[0]
    apart = (
        abs(line.baseline - same.baseline) > _SAME_HEIGHT * same.size
        for lines in numbers
        for line, same in zip(lines, first, strict=True)
    )
    return [] if any(apart) else [line.top for line in first[1:]]


def divided(lattice: Lattice, rows: Sequence[RuledRow]) -> Lattice:
    """The lattice with rules between rows that have none, where labels and numbers agree how many rows there are."""
    for row, (numbers, labels) in reversed(list(enumerate(rows))):
        heights = _stacked(numbers)
        if not 0 < len(heights) < _MOST_ROWS:
            continue
        tops = [_tops(lines, len(heights) + 1) for lines in labels]
        if not tops or not all(tops):
            continue
        begins = [min(own) for own in zip(heights, *tops, strict=True)]
        inside = all(lattice.ys[row] < top < lattice.ys[row + 1] for top in begins)
        if inside and not any(_tears(begins, *label) for label in zip(tops, labels, strict=True)):
            lattice = _with_edges(lattice, row, begins)
    return lattice


def _tops(lines: Sequence[PrintedLine], count: int) -> list[float]:
    """Where the labels but the first begin in a cell of several; nothing where there are not as many as rows."""
    begins = [number for number, line in enumerate(lines) if begins_with_ordinal(line.text)]
    if len(begins) != count and len(lines) == count:
        begins = list(range(count))
    return [lines[number].top for number in begins[1:]] if len(begins) == count else []


def _tears(begins: Sequence[float], tops: Sequence[float], lines: Sequence[PrintedLine]) -> bool:
    """Whether edges would part a label from lines of its own, which stand above the next label."""
    return any(begin <= line.top < top for begin, top in zip(begins, tops, strict=True) for line in lines)


def _with_edges(lattice: Lattice, row: int, heights: Sequence[float]) -> Lattice:
    more = len(heights)
    spans: list[Span] = []
    for span in lattice.spans:
        if span.row > row:
            spans.append(span._replace(row=span.row + more))
        elif span.row == row and span.rows == 1:
            spans += [span._replace(row=row + part) for part in range(more + 1)]
        else:
            spans.append(span._replace(rows=span.rows + more) if span.row + span.rows > row else span)
    ys = (*lattice.ys[: row + 1], *heights, *lattice.ys[row + 1 :])
    return replace(lattice, ys=ys, spans=tuple(sorted(spans)))
