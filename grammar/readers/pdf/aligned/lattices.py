"""Lattices of tables whose numbers stand below each other without rules between their columns.

Such a table is read by where things stand, as a ruled one is: a missing number leaves its place empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from disclosure_checks.grammar.readers.pdf.aligned.bare_rows import with_bare_rows
from disclosure_checks.grammar.readers.pdf.aligned.header_columns import Sides
from disclosure_checks.grammar.readers.pdf.aligned.header_rows import header_of
from disclosure_checks.grammar.readers.pdf.aligned.label_columns import label_columns
from disclosure_checks.grammar.readers.pdf.aligned.number_columns import (
    LONGEST_PLACEHOLDER,
    NumberColumns,
    columns_of_labels,
    number_columns,
)
from disclosure_checks.grammar.readers.pdf.aligned.row_edges import row_edges
from disclosure_checks.grammar.readers.pdf.aligned.words import (
    Line,
    Word,
    common_begins,
    lines_of_words,
    phrases,
)
from disclosure_checks.grammar.readers.pdf.lattices.ruling import Lattice, Span
from disclosure_checks.grammar.readers.pdf.page import Character, Rule

_LEFT_OF_COLUMNS = 1.0  # points, of the column of labels where these stand on the next page
_LINES_OF_A_LABEL = 1.75  # of the size of characters: its lines are no further apart


class AlignedTables(NamedTuple):
    """The tables of a page, and the columns of the last one, which may go on on the next page."""

    lattices: tuple[Lattice, ...]
    columns: tuple[Sides, ...]


def aligned_tables(
    characters: Iterable[Character], rules: Sequence[Rule], above: Sequence[Sides] = ()
) -> AlignedTables:
    """The tables whose numbers stand below each other, from top to bottom.

    ``above``: the columns of the table that the page before ended with.
    """
    lines = lines_of_words(characters)
    tables = [with_bare_rows(lines, columns) for columns in number_columns(lines, above)]
    found = [_lattice(lines, columns, rules) for columns in tables]
    header = columns_of_labels(lines)
    if header is not None:
        found.append(_header_alone(lines, header))
    last = header.columns if header else tables[-1].columns if tables else ()
    return AlignedTables(tuple(lattice for lattice in found if lattice is not None), last)


def _header_alone(lines: Sequence[Line], columns: NumberColumns) -> Lattice | None:
    """A header whose rows stand on the next page."""
    end = columns.rows[0]
    header = header_of(lines[:end], columns, end, 1)
    if header is None:
        return None
    bottom = max(word.below for word in lines[end - 1])
    left = min(columns.left - _LEFT_OF_COLUMNS, header.left)
    return Lattice((left, *columns.edges), (*header.tops, bottom), header.spans)


def _lattice(lines: Sequence[Line], columns: NumberColumns, rules: Sequence[Rule]) -> Lattice | None:
    between = row_edges(lines, columns, rules)
    if between is None:
        return None
    first, last = _first_of_label(lines, columns), _last_of_label(lines, columns)
    edges = [lines[first][0].above, *between, lines[last][0].below]
    if _are_stacked(lines[first : last + 1], columns, edges):
        return None
    labels = label_columns(_labels_of_rows(lines[first : last + 1], columns, edges), edges)
    if labels is None:
        return None
    header = header_of(lines, columns, first, len(labels.edges))
    if header is None:
        return None
    above = len(header.tops)
    cells = [
        Span(row, len(labels.edges) + column, 1, 1)
        for row in range(len(edges) - 1)
        for column in range(len(columns.edges) - 1)
    ]
    spans = [*header.spans, *(span._replace(row=span.row + above) for span in (*labels.spans, *cells))]
    xs = [*labels.edges, *columns.edges]
    return Lattice((min(xs[0], header.left), *xs[1:]), (*header.tops, *edges), tuple(sorted(spans)))


def _are_stacked(lines: Sequence[Line], columns: NumberColumns, edges: Sequence[float]) -> bool:
    """Whether two numbers would stand in one cell: then the rows are not what they seem."""
    places = [
        (sum(edge <= word.middle for edge in edges), columns.column(word))
        for line in lines
        for word in line
        if word.left >= columns.left and word.is_number
    ]
    return len(set(places)) < len(places)


def _labels_of_rows(lines: Sequence[Line], columns: NumberColumns, edges: Sequence[float]) -> list[list[Word]]:
    """The words of the labels of each row."""
    own = [[word for word in line if word.centre < columns.left] for line in lines]
    begins = common_begins(own)
    words = [word for line in own for word in phrases(line, begins)]
    return [[word for word in words if above <= word.middle < below] for above, below in pairwise(edges)]


def _first_of_label(lines: Sequence[Line], columns: NumberColumns) -> int:
    """The line that the label of the first row begins in."""
    first = columns.rows[0]
    while first and _are_near(lines[first - 1], lines[first]) and _is_label(lines[first - 1], columns):
        first -= 1
    return first


def _last_of_label(lines: Sequence[Line], columns: NumberColumns) -> int:
    """The line that the last row ends in: its label, or a word that stands for a number and is as narrow as its column."""
    last = columns.rows[-1]
    while last + 1 < len(lines) and _are_near(lines[last], lines[last + 1]) and _goes_on(lines[last + 1], columns):
        last += 1
    return last


def _are_near(above: Line, below: Line) -> bool:
    return below[0].middle - above[0].middle <= _LINES_OF_A_LABEL * below[0].size


def _is_label(line: Line, columns: NumberColumns) -> bool:
    return all(columns.stands_left(word) for word in line)


def _goes_on(line: Line, columns: NumberColumns) -> bool:
    return all(
        columns.stands_left(word)
        or (word.left >= columns.left and len(word.text) <= LONGEST_PLACEHOLDER and not word.is_number)
        for word in line
    )
