"""Rows of a table that print a number in no column, or in one alone: their labels tell that they are rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from disclosure_checks.grammar.readers.pdf.aligned.number_columns import NumberColumns
from disclosure_checks.grammar.readers.pdf.aligned.words import Line, Word, common_begins, phrases
from disclosure_checks.grammar.words.label_index import begins_with_ordinal


def with_bare_rows(lines: Sequence[Line], columns: NumberColumns) -> NumberColumns:
    """The columns with the rows between their first and their last one that have hardly any number.

    A label with an ordinal begins a row. Where the label of a row begins above its numbers, that one is no other row.
    """
    first, last = columns.rows[0], columns.rows[-1]
    own = {number: [word for word in lines[number] if columns.stands_left(word)] for number in range(first, last + 1)}
    begins = common_begins(own.values())
    labels = {number: phrases(words, begins)[-1:] for number, words in own.items()}
    lone = [number for number in own if any(_is_value(word, columns) for word in lines[number])]
    rows = sorted({*columns.rows, *lone})
    bare: list[int] = []
    for above, below in pairwise(rows):
        starts = [number for number in range(above + 1, below) if _begins(labels[number])]
        bare += starts if _begins(labels[below]) else starts[:-1]
    return columns._replace(rows=tuple(sorted({*rows, *bare})))


def _is_value(word: Word, columns: NumberColumns) -> bool:
    return word.left >= columns.left and word.is_number


def _begins(label: Sequence[Word]) -> bool:
    return any(begins_with_ordinal(word.text) for word in label)
