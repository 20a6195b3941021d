"""From the way through a table to its cells: which place is which column, what a number says, what stays open."""

from __future__ import annotations

import math
from collections.abc import Sequence

from disclosure_checks.grammar.alignment.filling.cell_writing import CellWriter, leave_open
from disclosure_checks.grammar.alignment.filling.column_order import rows_in_order
from disclosure_checks.grammar.alignment.filling.equation_choice import EquationChoice
from disclosure_checks.grammar.alignment.filling.row_collection import RowCollector, choose_between_group_and_rows
from disclosure_checks.grammar.alignment.filling.row_columns import RowColumns
from disclosure_checks.grammar.alignment.filling.row_entries import (
    entries_of,
    stand_in_lines,
    texts_of,
    with_strays,
    word_runs_into_digits,
)
from disclosure_checks.grammar.alignment.filling.row_equations import RowEquations
from disclosure_checks.grammar.alignment.filling.row_places import PrintedRow, RowPlaces
from disclosure_checks.grammar.alignment.filling.table_alignment import AlignedRow, TableAlignment
from disclosure_checks.grammar.alignment.filling.unlabelled_rows import (
    count_unlabelled_rows,
    doubt_rows_beside_unknown_ones,
)
from disclosure_checks.grammar.alignment.path_search.lattice import Path
from disclosure_checks.grammar.alignment.path_search.shapes import TURNED_OVER, Shape
from disclosure_checks.grammar.alignment.path_search.value_runs import looks_glued
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, TokenStream
from disclosure_checks.grammar.model.lexicon import LexiconTable, LinearEquation
from disclosure_checks.grammar.words.label_index import LabelIndex
from disclosure_checks.grammar.words.numbers import NumberReader

_MOST_TOO_MANY = 2  # numbers that may stand beside a row without making it another one


class TableFiller:
    """Fills the cells of one table of a format."""

    def __init__(
        self,
        table: LexiconTable,
        index: LabelIndex,
        numbers: NumberReader,
        equations: Sequence[LinearEquation],
        foreign: frozenset[str],
    ) -> None:
        self._table = table
        self._numbers = numbers
        self._foreign = foreign
        self._collector = RowCollector(table, index, foreign)
        self._equations = RowEquations(table.id, equations)
        self._columns = RowColumns(table, index, foreign, self._equations.totals)
        self._choice = EquationChoice(table, self._columns, numbers, equations)
        self._writer = CellWriter(table, numbers)

    def fill(self, shape: Shape, path: Path, stream: TokenStream) -> TableAlignment:
        """The table that a way through a stream found.

        Where most rows contradict themselves their columns stand otherwise: as the upper lines of the header say, if
        most rows come out so; if not, no number of a row that has an equation is known. The same holds for values told
        by their count alone, of which some are no numbers.
        """
        found = self._filled(shape, path, stream)
        if not found.rows:
            return found
        if shape.name == TURNED_OVER and not rows_in_order(self._table, found.headers):
            for row in found.rows:
                leave_open(found, row, stream, "rows_unclear")
            return found
        if self._equations.mostly_hold(found.cells):
            return found
        other = self._filled(shape, path, stream, by_outer_labels=True)
        if "header_reordered" in other.irregular and self._equations.mostly_hold(other.cells):
            return other
        counted = shape.unlabelled and any(math.isnan(cell.value) for cell in found.cells.values())
        another_order = counted or self._equations.hold_in_another_order(found.cells)
        if self._equations.mostly_fail(found.cells) and another_order:
            for row in found.rows:
                if row.row.width > 1:
                    leave_open(found, row, stream, "rows_unclear")
        return found

    def _filled(self, shape: Shape, path: Path, stream: TokenStream, by_outer_labels: bool = False) -> TableAlignment:
        found = TableAlignment(self._table, shape, path.price, by_outer_labels=by_outer_labels)
        self._collector.collect(found, path, stream)
        choose_between_group_and_rows(found, stream)
        count_unlabelled_rows(found, stream)
        doubt_rows_beside_unknown_ones(found, stream)
        places = RowPlaces(lambda: [self._printed(row, stream) for row in found.rows])
        for row in found.rows:
            if word_runs_into_digits(row, stream):
                leave_open(found, row, stream, "rows_unsplit")
            elif self._columns.behind_other_columns(found, row) or not self._columns.cells_of_run(found, row, stream):
                leave_open(found, row, stream, _why_open(found, row, stream))
            elif found.price and self._is_too_long(found, row, stream):
                leave_open(found, row, stream, "rows_long")
            elif row.row.id in found.open:
                if not self._choice.choose(found, row, stream):
                    leave_open(found, row, stream, _why_open(found, row, stream))
            elif found.price and self._choice.is_disturbed(found, row, stream):
                found.open[row.row.id] = (with_strays(found, row, stream),)
                glued = looks_glued([stream.tokens[place] for place in entries_of(row, stream)])
                if glued or not self._choice.choose(found, row, stream):
                    leave_open(found, row, stream, _why_open(found, row, stream))
            elif self._columns.under_foreign_header(row, stream):
                header = next(place for place in row.header if stream.tokens[place].key in self._foreign)
                found.note("header_foreign", stream.places[header], stream.tokens[header].printed, row.row.cells)
            else:
                self._fill_row(found, row, places, stream)
        self._choice.settle(found, stream)
        for row in found.rows:
            if not row.label and not shape.unlabelled and self._choice.contradicts_others(found, row):
                leave_open(found, row, stream, "rows_unclear")
        if shape.name == TURNED_OVER and found.rows:
            labels = " ".join(stream.tokens[place].printed for row in found.rows for place in row.label)
            cells = tuple(cell for row in found.rows for cell in row.row.cells)
            found.note("header_reordered", stream.places[found.start], labels, cells)
        return found

    def _is_too_long(self, found: TableAlignment, row: AlignedRow, stream: TokenStream) -> bool:
        """Whether the printed row of the values holds more numbers than there are columns."""
        rows = {stream.rows[place] for place in range(row.start, row.end) if stream.tokens[place].folded}
        if len(rows) != 1 or row.row.width == 1:
            return False
        start, end = with_strays(found, row, stream) if found.strays else (row.start, row.end)
        values = [place for place in range(start, end) if stream.tokens[place].kind == Kind.VALUE]
        return sum(1 for place in values if stream.rows[place] in rows) > row.row.width

    def _printed(self, row: AlignedRow, stream: TokenStream) -> PrintedRow:
        entries = entries_of(row, stream)
        filled = tuple([bool(stream.tokens[place].folded) for place in entries])
        in_lines = len(entries) > 1 and stream.tokens[row.start].layout == "pipes" and stand_in_lines(entries, stream)
        return PrintedRow(row.row.depth, row.row.columns, filled, in_lines)

    def _fill_row(self, found: TableAlignment, row: AlignedRow, places: RowPlaces, stream: TokenStream) -> None:
        width = row.row.width
        whole = row.end - row.start == width and all(
            token.kind == Kind.VALUE for token in stream.tokens[row.start : row.end]
        )
        entries = list(range(row.start, row.end)) if whole else entries_of(row, stream)
        if not entries:
            label = stream.tokens[row.label[0]].printed if row.label else ""
            found.note("cells_absent", stream.places[row.label[0]] if row.label else None, label, row.row.cells)
            return
        values = tuple(range(width)) if whole else self._columns.places_below_labels(row, entries, stream)
        if values is None:
            values = places.values(self._printed(row, stream))
        if values is None and len(texts_of(row, stream)) > width:
            values = self._without_repetition(row, stream) or self._without_units(row, stream)
        if values is None:
            return  # settled together with the others
        positions = [entries[place] for place in values]
        cells = self._columns.cells(found, row, positions, stream)
        if not row.label and not found.shape.unlabelled and not self._choice.comes_out(cells, positions, stream):
            leave_open(found, row, stream, "rows_unclear")
            return
        self._writer.write(found, cells, positions, stream, inferred=not row.label and not found.shape.unlabelled)

    def _without_repetition(self, row: AlignedRow, stream: TokenStream) -> tuple[int, ...] | None:
        """A merged cell, taken apart and filled."""
        texts = texts_of(row, stream)
        if row.row.width != 1 or len(set(texts)) != 1:
            return None
        return (next(number for number, place in enumerate(entries_of(row, stream)) if stream.tokens[place].folded),)

    def _without_units(self, row: AlignedRow, stream: TokenStream) -> tuple[int, ...] | None:
        """Units in a column of their own."""
        places = tuple(
            number
            for number, place in enumerate(entries_of(row, stream))
            if (text := stream.tokens[place].folded) and not self._numbers.is_unit(text)
        )
        return places if len(places) == row.row.width else None


def _why_open(found: TableAlignment, row: AlignedRow, stream: TokenStream) -> str:
    """The fact to tell of a row that is not clear: lost separators, a number or two too many beside it, or anything else."""
    if any(stream.tokens[place].glued for place in entries_of(row, stream)):
        return "rows_unsplit"
    start, end = with_strays(found, row, stream)
    values = sum(1 for token in stream.tokens[start:end] if token.kind == Kind.VALUE)
    return "rows_long" if row.row.width < values <= row.row.width + _MOST_TOO_MANY else "rows_unclear"
