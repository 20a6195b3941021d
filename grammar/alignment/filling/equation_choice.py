"""Rows whose values are told by the equations of the format, where their places alone do not tell."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from disclosure_checks.grammar.alignment.filling.cell_writing import leave_open
from disclosure_checks.grammar.alignment.filling.digit_splitting import chosen_by_equations, settle
from disclosure_checks.grammar.alignment.filling.row_columns import RowColumns
from disclosure_checks.grammar.alignment.filling.row_entries import (
    entries_of,
    goes_over_full_line,
    has_lost_separators,
    left_over_numbers,
    stands_beside,
    texts_of,
    texts_over_full_lines,
    with_strays,
)
from disclosure_checks.grammar.alignment.filling.table_alignment import AlignedRow, TableAlignment
from disclosure_checks.grammar.alignment.path_search.value_runs import looks_glued
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, TokenStream
from disclosure_checks.grammar.model.lexicon import LexiconTable, LinearEquation
from disclosure_checks.grammar.model.report import Cell, CellStatus
from disclosure_checks.grammar.words.folding import fold
from disclosure_checks.grammar.words.layout_names import SPACED_ROWS
from disclosure_checks.grammar.words.numbers import NumberReader

_EXACT = 1e-9
_FEWEST_CUT_NUMBERS = 2  # left over in a table: numbers of pages are fewer
_MOST_TO_CHOOSE_FROM = 2  # numbers by which the places of an open row differ


class _DividedRow(NamedTuple):
    """A row whose printed texts are to be divided over its ``cells``, in one of several ways to take them."""

    row: AlignedRow
    cells: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...]


class EquationChoice:
    """Tells the values of the rows of one table by those equations that hold inside it."""

    def __init__(
        self, table: LexiconTable, columns: RowColumns, numbers: NumberReader, equations: Sequence[LinearEquation]
    ) -> None:
        own = f"{table.id}."
        self._equations = [one for one in equations if all(cell.startswith(own) for cell in one.cells)]
        self._columns = columns
        self._numbers = numbers

    def choose(self, found: TableAlignment, row: AlignedRow, stream: TokenStream) -> bool:
        """Fills a row that is open between numbers next to each other, where its own equation leaves only one choice."""
        start, end = with_strays(found, row, stream)
        fewest = row.row.width - _MOST_TO_CHOOSE_FROM
        for other in found.open[row.row.id]:
            if other is None or min(other[1], row.end) - max(other[0], row.start) < fewest:
                return False
            start, end = min(start, other[0]), max(end, other[1])
        if _is_claimed(found, row, start, end, stream):
            return False
        # everything that any of the places holds: the right choice is among its parts, and so is every other
        places = [place for place in range(start, end) if stream.tokens[place].kind == Kind.VALUE]
        printed = tuple([stream.tokens[place].folded for place in places])
        cells = self._columns.cells_of_run(found, row, stream)
        values = chosen_by_equations(cells, [printed], self._equations, _beside_others(places, stream))
        if values is None:
            return False
        place = stream.places[row.start]
        if len(printed) > len(cells):
            found.note("rows_long", place, " ".join(printed), row.row.cells, str(len(printed)))
        for cell, value in zip(cells, values, strict=True):
            found.cells[cell] = Cell(cell, f"{value:g}", value, CellStatus.INFERRED, place)
        found.relied_on |= {frozenset(one.cells) for one in self._equations if set(one.cells) <= set(cells)}
        del found.open[row.row.id]
        return True

    def settle(self, found: TableAlignment, stream: TokenStream) -> None:
        """Rows whose numbers could not be told apart by their places: by the equations, or not at all."""
        waiting = [row for row in found.rows if row.end > row.start and found.cells.keys().isdisjoint(row.row.cells)]
        waiting = [row for row in waiting if not self._columns.under_foreign_header(row, stream)]
        if not waiting:
            return
        known = {cell.id: cell.value for cell in found.cells.values() if cell.status is CellStatus.READ}
        divided: list[_DividedRow] = []
        separators_lost = has_lost_separators(stream)
        for row in waiting:
            if self._fill_from_one_cell(found, row, stream):
                continue
            texts = texts_over_full_lines(row, stream)
            if not any(texts):
                _note_nothing(found, row, stream)
                continue
            # digits that may be several numbers, though nothing in the row itself shows it, need an equation that says so
            glued = _is_glued(row, stream) or (separators_lost and self._has_equation(row))
            if glued and _may_hold_next_row(found, row, texts):
                leave_open(found, row, stream, "rows_unsplit")
            elif len(texts) > row.row.width or (glued and len(texts) < row.row.width):
                ways = (texts, *_without_page_number(row, stream)) if glued else (texts,)
                divided.append(_DividedRow(row, self._columns.cells_of_run(found, row, stream), ways))
            else:
                leave_open(found, row, stream, "rows_unsplit" if glued or separators_lost else "rows_short")
        settled = settle([(one.cells, one.ways) for one in divided], known, self._equations)
        found.relied_on |= {frozenset(equation.cells) for equation in settled.equations}
        for one in divided:
            _fill_settled(found, one, settled.values, stream)

    def _fill_from_one_cell(self, found: TableAlignment, row: AlignedRow, stream: TokenStream) -> bool:
        """Fills a row whose numbers all stand in one cell, blanks between them, if they come out."""
        entries = [place for place in entries_of(row, stream) if stream.tokens[place].folded]
        numbers = fold(stream.tokens[entries[0]].printed).split() if len(entries) == 1 else []
        if len(numbers) != row.row.width or not all(number.isdecimal() for number in numbers):
            return False
        cells = self._columns.cells_of_run(found, row, stream)
        values = {cell: float(number) for cell, number in zip(cells, numbers, strict=True)}
        own = [one for one in self._equations if set(one.cells) <= set(cells)]
        if any(abs(sum(sign * values[cell] for cell, sign in one.terms)) > _EXACT for one in own):
            return False
        place = stream.places[entries[0]]
        for cell, number in zip(cells, numbers, strict=True):
            found.cells[cell] = Cell(cell, number, values[cell], CellStatus.INFERRED, place)
        found.relied_on |= {frozenset(one.cells) for one in own}
        return True

    def comes_out(self, cells: tuple[str, ...], positions: list[int], stream: TokenStream) -> bool:
        """Whether the equations of a row hold over its own values, where all are numbers."""
        values = {
            cell: self._numbers.read(stream.tokens[position].printed).value
            for cell, position in zip(cells, positions, strict=True)
        }
        own = [one for one in self._equations if set(one.cells) <= values.keys()]
        sums = [sum(sign * values[cell] for cell, sign in one.terms) for one in own]
        return all(math.isnan(total) or abs(total) < _EXACT for total in sums)

    def contradicts_others(self, found: TableAlignment, row: AlignedRow) -> bool:
        """Whether what a row was read as contradicts other rows: an equation does not hold of which every cell is known."""
        values = {cell: read.value for cell, read in found.cells.items() if not math.isnan(read.value)}
        own = {cell for cell in row.row.cells if cell in values}
        return any(
            not own.isdisjoint(one.cells)
            and all(cell in values for cell in one.cells)
            and abs(sum(sign * values[cell] for cell, sign in one.terms)) > _EXACT
            for one in self._equations
        )

    def is_disturbed(self, found: TableAlignment, row: AlignedRow, stream: TokenStream) -> bool:
        """Whether a number that belongs to no row stands so that it may be one of this row's, or one of these may not."""
        texts = texts_of(row, stream)
        if len(texts) != row.row.width:
            return False
        cut = bool(stream.full_rows) and goes_over_full_line(row, stream)
        if cut and not self._has_equation(row):
            return True
        if not found.strays and row.row.width == 1:
            return False
        rows = [stream.rows[place] for place in entries_of(row, stream) if stream.tokens[place].folded]
        in_own_line = len(set(rows)) == 1 and (
            row.row.width > 1 or any(stream.rows[place] == rows[0] for place in row.label)
        )
        left_over = left_over_numbers(found, stream)
        beside = bool(left_over) and stands_beside(left_over, row, stream)
        if (cut or beside) and self._contradicts_itself(found, row, stream):
            return True  # digits that belong to its numbers may have come to stand on another line
        if beside and row.row.width == 1 and not in_own_line:
            return True  # of two numbers alone on their lines, around a label, either may be the row's
        by_blanks = stream.tokens[row.start].layout == SPACED_ROWS
        if by_blanks and beside and len(left_over) >= _FEWEST_CUT_NUMBERS and not self._has_equation(row):
            return True
        start, end = with_strays(found, row, stream)
        strays = [place for place in (*range(start, row.start), *range(row.end, end)) if place in found.strays]
        if any(not in_own_line or stream.rows[place] in rows for place in strays):
            return True
        mixed = 1 < len(set(rows)) < len(rows)
        if mixed and _is_glued(row, stream):
            return True
        return mixed and self._has_equation(row)

    def _contradicts_itself(self, found: TableAlignment, row: AlignedRow, stream: TokenStream) -> bool:
        entries = [place for place in entries_of(row, stream) if stream.tokens[place].folded]
        return not self.comes_out(self._columns.cells(found, row, entries, stream), entries, stream)

    def _has_equation(self, row: AlignedRow) -> bool:
        return any(set(one.cells) <= set(row.row.cells) for one in self._equations)


def _note_nothing(found: TableAlignment, row: AlignedRow, stream: TokenStream) -> None:
    """A row of empty cells, fewer than it has columns: those beside its label, and no line of its own."""
    labels = row.label or row.header
    text = " ".join(stream.tokens[place].printed for place in labels)
    found.note("cells_absent", stream.places[labels[0]] if labels else None, text, row.row.cells)


def _may_hold_next_row(found: TableAlignment, row: AlignedRow, texts: Sequence[str]) -> bool:
    """Whether digits are enough for the next row too, which is not printed: with its label its separator is lost."""
    rows = [one for one in found.shape.rows if not one.stands_for]
    number = next((number for number, one in enumerate(rows) if one.id == row.row.id), len(rows))
    if found.shape.unlabelled or number + 1 >= len(rows):
        return False
    printed = {one.row.id for one in found.rows if one.label or one.start < one.end}
    printed |= {one.row.stands_for for one in found.rows if one.row.stands_for}
    following = rows[number + 1]
    is_lost = following.id not in printed and not printed & set(following.groups)
    return is_lost and sum(map(len, texts)) >= row.row.width + following.width


def _beside_others(places: Sequence[int], stream: TokenStream) -> set[int]:
    """Which of the values of several lines share their line with others: the number of a page has one of its own."""
    lines = Counter(stream.rows[place] for place in places)
    return {number for number, place in enumerate(places) if len(lines) > 1 and lines[stream.rows[place]] > 1}


def _is_claimed(found: TableAlignment, row: AlignedRow, start: int, end: int, stream: TokenStream) -> bool:
    """Whether values may be another row's: it takes some of them too, or its label stands beside them without any."""
    if len({stream.rows[place] for place in range(start, end) if stream.tokens[place].folded}) == 1:
        return False
    for other in found.rows:
        if other.row.id == row.row.id:
            continue
        spans = [span for span in ((other.start, other.end), *found.open.get(other.row.id, ())) if span]
        if any(min(span[1], end) - max(span[0], start) > _MOST_TO_CHOOSE_FROM for span in spans):
            return True
        beside = (start - 1, end) if other.start == other.end else ()
        if any(place in other.label for place in beside):
            return True
    return False


def _is_glued(row: AlignedRow, stream: TokenStream) -> bool:
    return looks_glued([stream.tokens[place] for place in entries_of(row, stream)])


def _without_page_number(row: AlignedRow, stream: TokenStream) -> Iterator[tuple[str, ...]]:
    """The texts of a row of several lines without each number that is alone on its line: it may be a page's, or a year."""
    entries = [place for place in entries_of(row, stream) if stream.tokens[place].folded]
    lines = Counter(stream.rows[place] for place in entries)
    if len(lines) == 1:
        return
    for place in entries:
        text = stream.tokens[place].folded
        if lines[stream.rows[place]] == 1 and text[0] != "0":
            yield tuple([stream.tokens[other].folded for other in entries if other != place])


def _fill_settled(
    found: TableAlignment, divided: _DividedRow, settled: Mapping[str, float], stream: TokenStream
) -> None:
    """Fills the cells of a row that are settled; the others stay open."""
    row, cells, (texts, *_) = divided
    if settled.keys().isdisjoint(cells):
        leave_open(found, row, stream, "rows_long" if len(texts) > row.row.width else "rows_unsplit")
        return
    place, text = stream.places[row.label[0] if row.label else row.start], " ".join(texts)
    for cell in cells:
        if cell in settled:
            found.cells[cell] = Cell(cell, f"{settled[cell]:g}", settled[cell], CellStatus.INFERRED, place)
        else:
            found.cells[cell] = Cell(cell, text, math.nan, CellStatus.AMBIGUOUS, place)
    if any(cell not in settled for cell in cells):
        found.note("rows_unsplit", place, text, row.row.cells)
