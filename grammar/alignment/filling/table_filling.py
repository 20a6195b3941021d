"""From the way through a table to its cells: which place is which column, what a number says, what stays open."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from disclosure_checks.grammar.alignment.filling.cell_values import in_column, unit_fits
from disclosure_checks.grammar.alignment.filling.column_order import (
    PrintedColumns,
    cells_in_one_line,
    column_of_piece,
    columns_above,
    columns_in_order,
    header_labels,
    printed_columns,
)
from disclosure_checks.grammar.alignment.filling.digit_splitting import chosen_by_equations, settle
from disclosure_checks.grammar.alignment.filling.row_places import PrintedRow, RowPlaces
from disclosure_checks.grammar.alignment.filling.table_alignment import AlignedRow, TableAlignment, UnknownRow
from disclosure_checks.grammar.alignment.path_search.lattice import Path
from disclosure_checks.grammar.alignment.path_search.shapes import Shape
from disclosure_checks.grammar.alignment.path_search.value_runs import is_entry, looks_glued
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, Token, TokenStream
from disclosure_checks.grammar.model.lexicon import LabelKind, LexiconTable, LinearEquation
from disclosure_checks.grammar.model.report import Cell, CellStatus
from disclosure_checks.grammar.words.label_index import LabelIndex
from disclosure_checks.grammar.words.numbers import NumberReader, Reading

_new = tuple.__new__  # makes a named tuple of a tuple of its fields, much faster than its own constructor
_MOST_TO_CHOOSE_FROM = 2  # numbers by which the places of an open row differ
_LABEL_KINDS = (Kind.LABEL, Kind.PIECE)
_LEADING_KINDS = (Kind.LABEL, Kind.PIECE, Kind.EMPTY)


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
        self._index = index
        self._numbers = numbers
        own = f"{table.id}."
        self._equations = [one for one in equations if all(cell.startswith(own) for cell in one.cells)]
        self._foreign = foreign
        self._depths = dict(zip(table.columns, table.column_depths, strict=True))
        most = max(self._depths.values())
        self._deepest = frozenset(column for column, depth in self._depths.items() if depth == most)
        self._last_header: tuple[tuple[int, ...], TokenStream | None, PrintedColumns] = ((), None, ())
        self._plain_numbers = lru_cache(maxsize=16384)(self._read_plain_numbers)

    def fill(self, shape: Shape, path: Path, stream: TokenStream) -> TableAlignment:
        """The table that a way through a stream found."""
        found = TableAlignment(self._table, shape, path.price)
        self._collect(found, path, stream)
        self._choose_between_group_and_rows(found, stream)
        places = RowPlaces(lambda: [self._printed(row, stream) for row in found.rows])
        for row in found.rows:
            if found.price and self._is_too_long(found, row, stream):
                self._ambiguous(found, row, stream, "rows_long")
            elif row.row.id in found.open:
                if not self._chosen(found, row, stream):
                    self._ambiguous(found, row, stream, "rows_unclear")
            elif found.price and self._is_disturbed(found, row, stream):
                found.open[row.row.id] = (self._with_strays(found, row, stream),)
                glued = looks_glued([stream.tokens[place] for place in _entries(row, stream)])
                if glued or not self._chosen(found, row, stream):
                    self._ambiguous(found, row, stream, "rows_unclear")
            elif self._under_foreign_header(row, stream):
                header = next(place for place in row.header if stream.tokens[place].key in self._foreign)
                found.note("header_foreign", stream.places[header], stream.tokens[header].printed, row.row.cells)
            else:
                self._fill_row(found, row, places, stream)
        self._settle(found, stream)
        return found

    # ---- what was found

    def _collect(self, found: TableAlignment, path: Path, stream: TokenStream) -> None:
        shape = found.shape
        labels: dict[int, list[int]] = {}
        pending: list[tuple[int, int, int]] = []
        after = ""
        used: set[int] = set()
        for event in path.events:
            if event.name == "label":
                labels.setdefault(event.row, []).append(event.start)
                used.add(event.start)
            elif event.name == "values":
                pending.append((event.row, event.start, event.end))
                after = shape.rows[event.row].id
            elif event.name == "unknown":
                found.unknown.append(UnknownRow(event.start, event.start + 1, event.end, after))
            else:
                found.strays += range(event.start, event.end)
        if not path.events:
            return
        found.start = self._first_of_header(stream, min(event.start for event in path.events))
        found.end = max(event.end for event in path.events)
        tokens = stream.tokens
        labels_left = [
            place
            for place in range(found.start, found.end)
            if tokens[place].kind in _LABEL_KINDS and place not in used and self._is_of_header(shape, tokens[place])
        ]
        found.headers = header_labels(stream, labels_left, self._table, self._index)
        of_columns = {label.position for label in found.headers if label.kind is LabelKind.COLUMN}
        header = [place for place in labels_left if place in of_columns or stream.tokens[place].key in self._foreign]
        taken: dict[int, AlignedRow] = {}
        above: tuple[int, ...] = ()
        last = -1  # of the header's labels that were looked at
        for row, start, end in pending:
            number = bisect_left(header, start)
            if number != last:
                above, last = _above(header[:number], stream), number
            aligned = AlignedRow(shape.rows[row], tuple(labels.get(row, ())), start, end, above)
            if row in taken:
                self._repeat(found, taken[row], aligned, stream)
            else:
                taken[row] = aligned
                found.rows.append(aligned)
        for row in labels:
            if row not in taken:
                found.rows.append(
                    AlignedRow(shape.rows[row], tuple(labels[row]), labels[row][-1] + 1, labels[row][-1] + 1)
                )
        for row, others in path.open.items():
            found.open[shape.rows[row].id] = others

    def _repeat(self, found: TableAlignment, first: AlignedRow, again: AlignedRow, stream: TokenStream) -> None:
        """A row printed a second time; with other values neither can be believed."""
        found.repeated.append(again)
        text = " ".join(self._texts(again, stream))
        found.note("rows_repeated", stream.places[again.start], text, again.row.cells)
        if self._texts(first, stream) != self._texts(again, stream):
            found.open.setdefault(first.row.id, ((again.start, again.end),))

    @staticmethod
    def _first_of_header(stream: TokenStream, start: int) -> int:
        while start and stream.tokens[start - 1].kind in _LEADING_KINDS:
            start -= 1
        return start

    def _is_of_header(self, shape: Shape, token: Token) -> bool:
        if token.kind == Kind.PIECE:
            return bool(column_of_piece(token.key, self._table))
        return token.key in shape.labels or token.key in self._foreign

    @staticmethod
    def _choose_between_group_and_rows(found: TableAlignment, stream: TokenStream) -> None:
        """Where a group's rows are printed too, its own numbers are a subtotal of them, or those of a row without label."""
        printed = {group for row in found.rows for group in row.row.groups}
        if any(row.row.stands_for and row.row.stands_for not in printed for row in found.rows):
            keys = {token.key for token in stream.tokens[found.start : found.end] if token.kind == Kind.LABEL}
            for one in found.shape.rows:
                if any(key in keys and key not in found.shape.column_keys for key in one.keys):
                    printed |= set(one.groups)
        for row in [row for row in found.rows if row.row.stands_for]:
            if row.row.stands_for in printed or row.start == row.end:
                found.rows.remove(row)

    def _under_foreign_header(self, row: AlignedRow, stream: TokenStream) -> bool:
        """Whether the labels above a row are those of another format, and none are this format's columns."""
        keys = [stream.tokens[place].key for place in row.header]
        if not any(key in self._foreign for key in keys):
            return False
        named = header_labels(stream, row.header, self._table, self._index)
        return not any(label.id in row.row.columns for label in named)

    def _printed(self, row: AlignedRow, stream: TokenStream) -> PrintedRow:
        entries = _entries(row, stream)
        filled = tuple([bool(stream.tokens[place].folded) for place in entries])
        in_lines = len(entries) > 1 and stream.tokens[row.start].layout == "pipes" and _stand_in_lines(entries, stream)
        return PrintedRow(row.row.depth, row.row.columns, filled, in_lines)

    @staticmethod
    def _texts(row: AlignedRow, stream: TokenStream) -> list[str]:
        return [text for place in _entries(row, stream) if (text := stream.tokens[place].folded)]

    # ---- cells

    def _fill_row(self, found: TableAlignment, row: AlignedRow, places: RowPlaces, stream: TokenStream) -> None:
        width = row.row.width
        whole = row.end - row.start == width and all(
            token.kind == Kind.VALUE for token in stream.tokens[row.start : row.end]
        )
        entries = list(range(row.start, row.end)) if whole else _entries(row, stream)
        if not entries:
            label = stream.tokens[row.label[0]].printed if row.label else ""
            found.note("cells_absent", stream.places[row.label[0]] if row.label else None, label, row.row.cells)
            return
        values = tuple(range(width)) if whole else places.values(self._printed(row, stream))
        if values is None and len(self._texts(row, stream)) > width:
            values = self._without_repetition(row, stream) or self._without_units(row, stream)
        if values is None:
            return  # settled together with the others
        positions = [entries[place] for place in values]
        cells = self._cells(found, row, positions, stream)
        if not row.label and not found.shape.unlabelled and not self._comes_out(cells, positions, stream):
            self._ambiguous(found, row, stream, "rows_unclear")
            return
        self._write(found, cells, positions, stream, inferred=not row.label and not found.shape.unlabelled)

    def _is_disturbed(self, found: TableAlignment, row: AlignedRow, stream: TokenStream) -> bool:
        """Whether a number that belongs to no row stands so that it may be one of this row's, or one of these may not."""
        texts = self._texts(row, stream)
        if len(texts) != row.row.width or (not found.strays and row.row.width == 1):
            return False
        rows = [stream.rows[place] for place in _entries(row, stream) if stream.tokens[place].folded]
        in_own_line = len(set(rows)) == 1 and (
            row.row.width > 1 or any(stream.rows[place] == rows[0] for place in row.label)
        )
        start, end = self._with_strays(found, row, stream)
        strays = [place for place in (*range(start, row.start), *range(row.end, end)) if place in found.strays]
        if any(not in_own_line or stream.rows[place] in rows for place in strays):
            return True
        mixed = 1 < len(set(rows)) < len(rows)
        if mixed and looks_glued([stream.tokens[place] for place in _entries(row, stream)]):
            return True
        has_equation = any(set(one.cells) <= set(row.row.cells) for one in self._equations)
        return mixed and has_equation

    def _is_too_long(self, found: TableAlignment, row: AlignedRow, stream: TokenStream) -> bool:
        """Whether the printed row of the values holds more numbers than there are columns."""
        rows = {stream.rows[place] for place in range(row.start, row.end) if stream.tokens[place].folded}
        if len(rows) != 1 or row.row.width == 1:
            return False
        start, end = self._with_strays(found, row, stream) if found.strays else (row.start, row.end)
        values = [place for place in range(start, end) if stream.tokens[place].kind == Kind.VALUE]
        return sum(1 for place in values if stream.rows[place] in rows) > row.row.width

    @staticmethod
    def _with_strays(found: TableAlignment, row: AlignedRow, stream: TokenStream) -> tuple[int, int]:
        """Where a row's values stand together with the numbers beside them that belong to no row."""
        strays = set(found.strays)
        start, place = row.start, row.start - 1
        while place >= 0 and (place in strays or stream.tokens[place].kind in (Kind.EMPTY, Kind.TEXT)):
            if place in strays:
                start = place
            place -= 1
        place = end = row.end
        while place < len(stream) and (place in strays or stream.tokens[place].kind in (Kind.EMPTY, Kind.TEXT)):
            if place in strays:
                end = place + 1
            place += 1
        return start, end

    def _chosen(self, found: TableAlignment, row: AlignedRow, stream: TokenStream) -> bool:
        """Fills a row that is open between numbers next to each other, where its own equation leaves only one choice."""
        start, end = self._with_strays(found, row, stream)
        for other in found.open[row.row.id]:
            if (
                other is None
                or min(other[1], row.end) - max(other[0], row.start) < row.row.width - _MOST_TO_CHOOSE_FROM
            ):
                return False
            start, end = min(start, other[0]), max(end, other[1])
        # everything that any of the places holds: the right choice is among its parts, and so is every other
        printed = tuple([token.folded for token in stream.tokens[start:end] if token.kind == Kind.VALUE])
        cells = self._cells_of_run(found, row, stream)
        values = chosen_by_equations(cells, [printed], self._equations)
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

    def _cells(
        self, found: TableAlignment, row: AlignedRow, positions: list[int], stream: TokenStream
    ) -> tuple[str, ...]:
        """The cells of a row in printed order, as the header above it says."""
        shape, columns = found.shape, row.row.columns
        if shape.unlabelled and len(shape.rows) == 1:
            cells = cells_in_one_line(shape, found.headers)
            if cells != row.row.cells:
                printed = " ".join(stream.tokens[label.position].printed for label in found.headers)
                found.note("header_reordered", stream.places[found.headers[0].position], printed, cells)
            return cells
        if shape.name != "rows" or len(columns) < 2 or not row.header:
            return row.row.cells
        printed_labels = self._printed_columns(row.header, stream)
        grid_columns = tuple([stream.columns[position] for position in positions])
        depths = tuple([self._depths[column] for column in columns])
        ordered = columns_above(columns, printed_labels, grid_columns) or columns_in_order(
            columns, depths, tuple([column for column, _ in printed_labels])
        )
        if ordered != columns:
            found.note("header_reordered", stream.places[row.start], " ".join(ordered), row.row.cells)
        prefix = f"{self._table.id}.{row.row.id}."
        return tuple([prefix + column for column in ordered])

    def _printed_columns(self, header: tuple[int, ...], stream: TokenStream) -> PrintedColumns:
        """The columns of the header last asked for; rows below each other share it."""
        if self._last_header[0] != header or self._last_header[1] is not stream:
            columns = printed_columns(header_labels(stream, header, self._table, self._index), self._deepest)
            self._last_header = (header, stream, columns)
        return self._last_header[2]

    def _without_repetition(self, row: AlignedRow, stream: TokenStream) -> tuple[int, ...] | None:
        """A merged cell, taken apart and filled."""
        texts = self._texts(row, stream)
        if row.row.width != 1 or len(set(texts)) != 1:
            return None
        return (next(number for number, place in enumerate(_entries(row, stream)) if stream.tokens[place].folded),)

    def _without_units(self, row: AlignedRow, stream: TokenStream) -> tuple[int, ...] | None:
        """Units in a column of their own."""
        places = tuple(
            number
            for number, place in enumerate(_entries(row, stream))
            if (text := stream.tokens[place].folded) and not self._numbers.is_unit(text)
        )
        return places if len(places) == row.row.width else None

    def _comes_out(self, cells: tuple[str, ...], positions: list[int], stream: TokenStream) -> bool:
        """Whether the equations of a row hold over its own values, where all are numbers."""
        values = {
            cell: self._numbers.read(stream.tokens[position].printed).value
            for cell, position in zip(cells, positions, strict=True)
        }
        own = [one for one in self._equations if set(one.cells) <= values.keys()]
        sums = [sum(sign * values[cell] for cell, sign in one.terms) for one in own]
        return all(math.isnan(total) or abs(total) < 1e-9 for total in sums)

    def _write(
        self, found: TableAlignment, cells: tuple[str, ...], positions: list[int], stream: TokenStream, inferred: bool
    ) -> None:
        texts = tuple([stream.tokens[position].printed for position in positions])
        numbers = self._plain_numbers(texts)
        if numbers:
            status = CellStatus.INFERRED if inferred else CellStatus.READ
            printed = zip(cells, texts, numbers, positions, strict=True)
            found.cells |= {
                cell: _new(Cell, (cell, text, number, status, stream.places[position]))
                for cell, text, number, position in printed
            }
            return
        for cell, position in zip(cells, positions, strict=True):
            self._write_cell(found, cell, position, stream, inferred)

    def _read_plain_numbers(self, texts: tuple[str, ...]) -> tuple[float, ...]:
        """The values of a row of which nothing else is to be said; () where there is a text that is no bare number."""
        numbers = [self._numbers.read(text) for text in texts]
        return tuple(number.value for number in numbers) if all(number.is_plain for number in numbers) else ()

    def _write_cell(self, found: TableAlignment, cell: str, position: int, stream: TokenStream, inferred: bool) -> None:
        printed, place = stream.tokens[position].printed, stream.places[position]
        column = cell.rpartition(".")[2]
        number = in_column(self._table, column, self._numbers.read(printed))
        status = CellStatus.INFERRED if inferred else CellStatus.READ
        fact = ""
        if number.reading is Reading.BLANK:
            status, fact = CellStatus.BLANK, "cells_blank"
        elif number.reading is Reading.TEXT:
            status, fact = CellStatus.UNREADABLE, "cells_unreadable"
        elif number.unit:
            fact = "cells_with_words"
            if not unit_fits(self._table, column, number.unit):
                status, fact = CellStatus.AMBIGUOUS, "cells_with_other_unit"
        elif number.oddly_typed:
            fact = "cells_oddly_typed"
        if fact:
            found.note(fact, place, printed, (cell,))
        known = status in (CellStatus.READ, CellStatus.INFERRED)
        found.cells[cell] = Cell(cell, printed, number.value if known else math.nan, status, place)

    def _ambiguous(self, found: TableAlignment, row: AlignedRow, stream: TokenStream, fact: str) -> None:
        texts = self._texts(row, stream)
        label = " ".join(stream.tokens[place].printed for place in row.label)
        position = row.label[0] if row.label else row.start
        place = stream.places[min(position, len(stream) - 1)]
        found.note(fact, place, f"{label} {' '.join(texts)}".strip(), row.row.cells, str(len(texts)))
        for cell in row.row.cells:
            found.cells[cell] = Cell(cell, " ".join(texts), math.nan, CellStatus.AMBIGUOUS, place)

    def _settle(self, found: TableAlignment, stream: TokenStream) -> None:
        """Rows whose numbers could not be told apart by their places: by the equations, or not at all."""
        waiting = [
            row for row in found.rows if row.end > row.start and not any(cell in found.cells for cell in row.row.cells)
        ]
        waiting = [row for row in waiting if not self._under_foreign_header(row, stream)]
        if not waiting:
            return
        known = {cell.id: cell.value for cell in found.cells.values() if cell.status is CellStatus.READ}
        divided: list[tuple[AlignedRow, tuple[str, ...], tuple[str, ...]]] = []
        for row in waiting:
            texts = tuple(self._texts(row, stream))
            glued = looks_glued([stream.tokens[place] for place in _entries(row, stream)])
            in_one_line = (
                len({stream.rows[place] for place in _entries(row, stream) if stream.tokens[place].folded}) == 1
            )
            if len(texts) > row.row.width or (glued and in_one_line and len(texts) < row.row.width):
                divided.append((row, self._cells_of_run(found, row, stream), texts))
            else:
                self._ambiguous(found, row, stream, "rows_unsplit" if glued else "rows_short")
        settled = settle([(cells, texts) for _, cells, texts in divided], known, self._equations)
        found.relied_on |= {frozenset(equation.cells) for equation in settled.equations}
        for row, cells, texts in divided:
            place = stream.places[row.label[0] if row.label else row.start]
            if all(cell not in settled.values for cell in cells):
                fact = "rows_long" if len(texts) > row.row.width else "rows_unsplit"
                self._ambiguous(found, row, stream, fact)
                continue
            for cell in cells:
                value = settled.values.get(cell)
                text = " ".join(texts)
                if value is None:
                    found.cells[cell] = Cell(cell, text, math.nan, CellStatus.AMBIGUOUS, place)
                else:
                    found.cells[cell] = Cell(cell, f"{value:g}", value, CellStatus.INFERRED, place)
            if any(cell not in settled.values for cell in cells):
                found.note("rows_unsplit", place, " ".join(texts), row.row.cells)

    def _cells_of_run(self, found: TableAlignment, row: AlignedRow, stream: TokenStream) -> tuple[str, ...]:
        """The cells of a row whose numbers have no places of their own."""
        return self._cells(found, row, [row.start] * row.row.width, stream)


def _entries(row: AlignedRow, stream: TokenStream) -> list[int]:
    """The places behind a label that are the row's; words between exactly as many numbers as columns are not."""
    tokens, rows = stream.tokens, stream.rows
    entries = [place for place in range(row.start, row.end) if is_entry(tokens[place])]
    if all(tokens[place].kind != Kind.TEXT for place in entries):
        return entries
    values = [place for place in entries if tokens[place].kind != Kind.TEXT]
    if sum(1 for place in values if tokens[place].folded) != row.row.width:
        return entries
    beside = {rows[place] for place in values if tokens[place].folded}
    return entries if any(rows[place] in beside for place in entries if tokens[place].kind == Kind.TEXT) else values


def _stand_in_lines(places: Sequence[int], stream: TokenStream) -> bool:
    """Whether every place has a line of its own."""
    return len({stream.rows[place] for place in places}) == len(places)


def _above(header: Sequence[int], stream: TokenStream) -> tuple[int, ...]:
    """The labels of the header last printed, back to the values before them."""
    found: list[int] = []
    for place in reversed(header):
        if found and any(stream.tokens[between].kind == Kind.VALUE for between in range(place, found[-1])):
            break
        found.append(place)
    return tuple(reversed(found))
