"""Rows of a table that print a number in no column, or in one alone: their labels tell that they are rows.

A heading beside several rows stands in the middle of them, and so nearer to one of their lines than rows are to each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, takewhile

from disclosure_checks.grammar.readers.pdf.aligned.number_columns import NumberColumns
from disclosure_checks.grammar.readers.pdf.aligned.words import Line, Word, common_begins, phrases
from disclosure_checks.grammar.words.label_index import begins_with_ordinal

_FURTHER_RIGHT = 0.5  # of the size of characters: a label that begins there stands in another column
_NEAR = 0.8  # of the least distance of rows with numbers: what is nearer to one of their lines is no row
_USUAL_DISTANCE = 1.9  # of the size of characters, between rows


def with_bare_rows(lines: Sequence[Line], columns: NumberColumns) -> NumberColumns:
    """The columns with the rows between their first and their last one that have hardly any number.

    A label with an ordinal begins a row. Where the label of a row begins above its numbers, that one is no other row.
    """
    columns = _with_lone_numbers(lines, columns)
    first, last = columns.rows[0], columns.rows[-1]
    own = {number: [word for word in lines[number] if columns.stands_left(word)] for number in range(first, last + 1)}
    begins = common_begins(own.values())
    labels = {number: phrases(words, begins) for number, words in own.items()}
    lone = [number for number in own if any(_is_value(word, columns) for word in lines[number])]
    rows = sorted({*columns.rows, *lone})
    near = _NEAR * _least_distance(lines, rows)
    bare: list[int] = []
    for above, below in pairwise(rows):
        starts = [number for number in range(above + 1, below) if _begins(labels[number])]
        others = starts if _begins(labels[below]) else starts[:-1]
        bare += [number for number in others if _is_apart(number, lines, labels, near)]
    return columns._replace(rows=tuple(sorted({*rows, *bare})))


def _least_distance(lines: Sequence[Line], rows: Sequence[int]) -> float:
    """How near rows stand to each other."""
    usual = _USUAL_DISTANCE * lines[rows[0]][0].size
    return min([usual, *(lines[below][0].middle - lines[above][0].middle for above, below in pairwise(rows))])


def _is_apart(number: int, lines: Sequence[Line], labels: Mapping[int, Sequence[Word]], near: float) -> bool:
    """Whether no line with a number, or with a label further right, is so near to a label that it stands beside it."""
    label = labels[number][-1]
    further = label.left + _FURTHER_RIGHT * label.size
    return all(
        abs(lines[other][-1].middle - label.middle) >= near
        for other in labels
        if other != number and lines[other][-1].left > further
    )


def _with_lone_numbers(lines: Sequence[Line], columns: NumberColumns) -> NumberColumns:
    """The columns with the rows above the first and below the last one that print a label and one number."""
    first, last = columns.rows[0], columns.rows[-1]
    above = takewhile(lambda number: _is_of_row(lines[number], columns), range(first - 1, -1, -1))
    below = takewhile(lambda number: _is_of_row(lines[number], columns), range(last + 1, len(lines)))
    lone = [number for number in (*above, *below) if not columns.stands_left(lines[number][-1])]
    return columns._replace(rows=tuple(sorted({*columns.rows, *lone})))


def _is_of_row(line: Line, columns: NumberColumns) -> bool:
    """Whether a line prints labels left of the columns, and at most one number in them behind its label."""
    values = [word for word in line if not columns.stands_left(word)]
    return not values or (len(values) == 1 and len(line) > 1 and _is_value(values[0], columns))


def _is_value(word: Word, columns: NumberColumns) -> bool:
    return word.left >= columns.left and word.is_number


def _begins(said: Sequence[Word]) -> bool:
    return bool(said) and begins_with_ordinal(said[-1].text)
