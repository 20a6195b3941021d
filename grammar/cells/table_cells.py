"""From the parsed rows of one table to its canonical cells.

list[ParsedTable] -> TableReading (cells by id, rows as they were found, what did not fit)
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from itertools import pairwise

from disclosure_checks.grammar.cells.header_order import printed_columns
from disclosure_checks.grammar.cells.one_line import one_line
from disclosure_checks.grammar.cells.row_values import RowFit, ValueColumns, fit_row
from disclosure_checks.grammar.cells.table_reading import TableReading, cell_ids
from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.model.lexicon import Label, LexiconRow, LexiconTable
from disclosure_checks.grammar.model.report import Cell, CellStatus, Evidence, Place
from disclosure_checks.grammar.rows.row_tokens import LabelLine, ParsedTable, Side, TableLine, ValueLine
from disclosure_checks.grammar.words.column_values import column_value, plain_values
from disclosure_checks.grammar.words.label_index import Wording
from disclosure_checks.grammar.words.numbers import NumberReader
from disclosure_checks.grammar.words.printed_order import PrintedColumns, columns_above, columns_in_order

_new = tuple.__new__  # makes a named tuple of a tuple of its fields, much faster than its own constructor
_FEWEST_STRAY_VALUES = 3  # in a line, that make it a row without a label rather than a page number


class TableReader:
    """Reads the tables of one format."""

    def __init__(self, numbers: NumberReader) -> None:
        self._numbers = numbers
        self._plain_numbers = lru_cache(maxsize=16384)(partial(plain_values, numbers))
        self._row_depths: dict[tuple[str, str], tuple[int, ...]] = {}

    def _depths(self, table: LexiconTable, row: LexiconRow) -> tuple[int, ...]:
        """The number of column groups around each column of a row."""
        known = self._row_depths.get((table.id, row.id))
        if known is None:
            depths = dict(zip(table.columns, table.column_depths, strict=True))
            known = self._row_depths[table.id, row.id] = tuple(depths[column] for column in row.columns)
        return known

    def read(
        self,
        table: LexiconTable,
        parts: Sequence[ParsedTable],
        row_lengths: Mapping[int, int],
    ) -> TableReading:
        """The cells and irregularities of one table, from all its printed parts.

        ``row_lengths``: the number of cells of each printed row of the document.
        """
        reading = TableReading(table, row_lengths=row_lengths)
        rows = {row.id: row for row in table.rows}
        lines = [line for part in parts for line in part.rows]
        reading.place = _first_place(lines)
        self._collect(reading, rows, lines)
        self._sort_out_groups(reading, rows)
        columns = printed_columns(lines)
        siblings = ValueColumns(
            ((rows[row_id].depth, line.entries, len(rows[row_id].columns)) for row_id, line in reading.found.items()),
            ((rows[row_id].columns, line.entries) for row_id, line in reading.found.items()),
        )
        unclear = _unclear_rows(reading)
        for row_id, line in reading.found.items():
            if row_id in reading.contradicted:  # which is told of it
                _leave_open(reading, line, reading.row_cells(rows[row_id]))
            elif row_id in unclear:
                self._fill_ambiguous(reading, "rows_unclear", line, reading.row_cells(rows[row_id]))
            else:
                self._fill_row(reading, rows[row_id], line, siblings, columns.get(id(line), ()))
        if table.one_line:
            self._fill_one_line(reading, lines)
        return reading

    def _collect(self, reading: TableReading, rows: dict[str, LexiconRow], lines: Sequence[TableLine]) -> None:
        """Sorts the lines into the reading."""
        for kind, line in lines:
            if isinstance(line, LabelLine):
                if kind == "HEADER":
                    reading.headers.append(line)
                elif kind == "STRAY":
                    reading.strays.append(line.atom)
                self._note_wording(reading, line.label, line.wording, line.atom)
            elif kind == "UNKNOWN_ROW" or (line.label is not None and line.label.id not in rows):
                reading.unknown.append(line)
            elif line.label is not None:
                self._collect_row(reading, rows, line, line.label.id)

    def _collect_row(self, reading: TableReading, rows: dict[str, LexiconRow], line: ValueLine, row_id: str) -> None:
        self._note_wording(reading, line.label, line.wording, line.label_atom)
        if row_id in reading.found:
            cells = reading.row_cells(rows[row_id])
            text = f"{line.label_text} {_joined(line.entries)}".strip()
            reading.note("rows_repeated", Evidence(line.label_atom.place, text, cells))
            if _printed_values(line) != _printed_values(reading.found[row_id]):
                reading.contradicted.add(row_id)
            return
        reading.found[row_id] = line
        reading.order.append(row_id)

    @staticmethod
    def _sort_out_groups(reading: TableReading, rows: Mapping[str, LexiconRow]) -> None:
        """Groups printed as one row; where a group's rows are printed too, its own numbers are a subtotal of them."""
        printed_groups = {group for row_id in reading.found for group in rows[row_id].groups}
        for row_id in [row_id for row_id in reading.order if rows[row_id].one_row_group]:
            if row_id in printed_groups:
                del reading.found[row_id]
                reading.order.remove(row_id)
            else:
                line = reading.found[row_id]
                cells = reading.row_cells(rows[row_id])
                reading.note("rows_merged", Evidence(line.label_atom.place, line.label_text, cells))

    @staticmethod
    def _note_wording(reading: TableReading, label: Label | None, wording: Wording, atom: Atom) -> None:
        if label is not None and wording is not Wording.EXACT:
            reading.note("labels_aliased", Evidence(atom.place, atom.printed, (), label.wordings[0]))

    def _fill_row(
        self, reading: TableReading, row: LexiconRow, line: ValueLine, siblings: ValueColumns, printed: PrintedColumns
    ) -> None:
        ids = reading.row_cells(row)
        fitted = fit_row(line.entries, len(row.columns), row.depth, siblings, row.columns)
        if fitted.fit is RowFit.LONG:
            without_units = [entry for entry in line.entries if not self._numbers.is_unit(entry.folded)]
            fitted = fit_row(without_units, len(row.columns), row.depth, siblings, row.columns)
        if fitted.fit is RowFit.EXACT:
            columns = columns_above(
                row.columns, printed, tuple([entry.column for entry in fitted.values])
            ) or columns_in_order(
                row.columns, self._depths(reading.table, row), tuple([column for column, _ in printed])
            )
            if columns != row.columns:
                reading.note("header_reordered", Evidence(line.label_atom.place, " ".join(columns), ids))
            self._fill_cells(reading, cell_ids(reading.table.id, row.id, columns), fitted.values)
        elif fitted.fit is RowFit.NOTHING:
            reading.note("cells_absent", Evidence(line.label_atom.place, line.label_text, ids))
        else:
            fact = "rows_long" if fitted.fit is RowFit.LONG else "rows_short"
            self._fill_ambiguous(reading, fact, line, ids)

    def _fill_one_line(self, reading: TableReading, lines: Sequence[TableLine]) -> None:
        """The values of a table whose rows stand in its header, unless its rows were printed one by one."""
        line = one_line(reading.table, lines)
        if line is None or reading.found:
            return
        if line.reordered:
            printed = " ".join(header.atom.printed for header in reading.headers)
            reading.note("header_reordered", Evidence(reading.headers[0].atom.place, printed, line.cells))
        for repeated in line.repeated:
            place = repeated.label_atom.place
            reading.note("rows_repeated", Evidence(place, _joined(repeated.entries), line.cells))
        whole = line.first._replace(entries=line.entries)
        reading.found = {row.id: whole for row in reading.table.rows}
        fitted = fit_row(line.entries, len(line.cells), 0, ValueColumns.trusting(len(line.cells)))
        if line.transposed:
            self._fill_ambiguous(reading, "rows_unclear", whole, line.cells)
        elif fitted.fit is RowFit.EXACT:
            self._fill_cells(reading, line.cells, fitted.values)
        elif not any(entry.folded for entry in line.entries):  # the empty cells of the header, and no line below it
            printed = " ".join(header.atom.printed for header in reading.headers)
            reading.note("cells_absent", Evidence(whole.label_atom.place, printed, line.cells))
        else:
            fact = "rows_long" if fitted.fit is RowFit.LONG else "rows_short"
            self._fill_ambiguous(reading, fact, whole, line.cells)

    @staticmethod
    def _fill_ambiguous(reading: TableReading, fact: str, line: ValueLine, ids: tuple[str, ...]) -> None:
        count = str(sum(1 for entry in line.entries if entry.folded))
        text = f"{line.label_text} {_joined(line.entries)}".strip()
        reading.note(fact, Evidence(line.label_atom.place, text, ids, count))
        _leave_open(reading, line, ids)

    def _fill_cells(self, reading: TableReading, ids: tuple[str, ...], atoms: tuple[Atom, ...]) -> None:
        texts = tuple([atom.printed for atom in atoms])
        numbers = self._plain_numbers(texts)
        if numbers:
            read = CellStatus.READ
            printed = zip(ids, texts, numbers, atoms, strict=True)
            reading.cells |= {  # joined: this is done for nearly every cell
                cell_id: _new(Cell, (cell_id, text, number, read, atom.place))
                for cell_id, text, number, atom in printed
            }
        else:
            for cell_id, atom in zip(ids, atoms, strict=True):
                self._fill_cell(reading, cell_id, cell_id.rpartition(".")[2], atom)

    def _fill_cell(self, reading: TableReading, cell_id: str, column: str, atom: Atom) -> None:
        status, value, fact = column_value(reading.table, column, self._numbers.read_cell(atom.printed))
        if fact:
            reading.note(fact, Evidence(atom.place, atom.printed, (cell_id,)))
        reading.cells[cell_id] = Cell(cell_id, atom.printed, value, status, atom.place)


def _leave_open(reading: TableReading, line: ValueLine, ids: tuple[str, ...]) -> None:
    place, text = line.label_atom.place, _joined(line.entries)
    for cell_id in ids:
        reading.cells[cell_id] = Cell(cell_id, text, math.nan, CellStatus.AMBIGUOUS, place)


def _unclear_rows(reading: TableReading) -> set[str]:
    """Rows whose values may belong to the row beside them.

    Values above their labels are only sure where nothing speaks against it: neither values below a label nor values
    that are left over.
    """
    if all(line.side is Side.SAME_ROW for line in reading.found.values()):
        return set()
    above = {row_id for row_id, line in reading.found.items() if line.side is Side.ABOVE}
    below = {row_id for row_id, line in reading.found.items() if line.side is Side.BELOW}
    firm = {row_id for row_id in below if reading.found[row_id].entries[0].firm}
    stray_lines = Counter(atom.row for atom in reading.strays if atom.is_value)
    if firm and any(count >= _FEWEST_STRAY_VALUES for count in stray_lines.values()):
        return above | firm
    if above and (below or any(atom.is_value for atom in reading.strays)):
        return above | firm
    return {before for before, after in pairwise(reading.order) if before in firm and not reading.found[after].entries}


def _printed_values(line: ValueLine) -> list[str]:
    return [entry.folded for entry in line.entries if entry.folded]


def _joined(entries: Sequence[Atom]) -> str:
    return " ".join(entry.printed for entry in entries if entry.folded)


def _first_place(lines: Sequence[TableLine]) -> Place | None:
    for _, line in lines:
        return line.atom.place if isinstance(line, LabelLine) else line.label_atom.place
    return None
