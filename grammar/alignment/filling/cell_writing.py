"""What is printed at a place to the cell it fills; or to cells that stay open."""

from __future__ import annotations

import math
from decimal import Decimal
from functools import lru_cache

from disclosure_checks.grammar.alignment.filling.row_entries import texts_of
from disclosure_checks.grammar.alignment.filling.table_alignment import AlignedRow, TableAlignment
from disclosure_checks.grammar.alignment.scanning.tokens import TokenStream
from disclosure_checks.grammar.model.lexicon import LexiconTable
from disclosure_checks.grammar.model.report import Cell, CellStatus
from disclosure_checks.grammar.words.numbers import NumberReader, NumberText, Reading

_new = tuple.__new__  # makes a named tuple of a tuple of its fields, much faster than its own constructor


class CellWriter:
    """Writes the cells of one table of a format."""

    def __init__(self, table: LexiconTable, numbers: NumberReader) -> None:
        self._table = table
        self._numbers = numbers
        self._plain_numbers = lru_cache(maxsize=16384)(self._read_plain_numbers)

    def write(
        self, found: TableAlignment, cells: tuple[str, ...], positions: list[int], stream: TokenStream, inferred: bool
    ) -> None:
        """Fills cells from the places where they are printed; ``inferred``: which places these are was told by more than print."""
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
        number = in_column(self._table, column, self._numbers.read_cell(printed))
        status = CellStatus.INFERRED if inferred else CellStatus.READ
        fact = ""
        if number.reading is Reading.BLANK:
            status, fact = CellStatus.BLANK, "cells_blank"
        elif number.reading is Reading.TEXT or not number.is_exact:
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


def leave_open(found: TableAlignment, row: AlignedRow, stream: TokenStream, fact: str) -> None:
    """Leaves the cells of a row ambiguous, and says why."""
    texts = texts_of(row, stream)
    label = " ".join(stream.tokens[place].printed for place in row.label)
    position = row.label[0] if row.label else row.start
    place = stream.places[min(position, len(stream) - 1)]
    found.note(fact, place, f"{label} {' '.join(texts)}".strip(), row.row.cells, str(len(texts)))
    for cell in row.row.cells:
        found.cells[cell] = Cell(cell, " ".join(texts), math.nan, CellStatus.AMBIGUOUS, place)


def unit_fits(table: LexiconTable, column: str, unit: str) -> bool:
    """Whether a unit printed in a cell leaves the number as it is: the column's own unit, or a counting word."""
    if column in table.amount_columns:
        return unit == dict(table.column_units).get(column, unit)
    return not unit.endswith("元")


def in_column(table: LexiconTable, column: str, number: NumberText) -> NumberText:
    """A number as its column means it: only a change has a sign in words, and a column may turn units into its own."""
    if number.is_change and column not in table.change_columns:
        return number._replace(reading=Reading.TEXT, value=math.nan, unit="")
    if number.unit and table.unit_factors:
        factor = dict(dict(table.unit_factors).get(column, ())).get(number.unit)
        if factor is not None:
            return number._replace(value=float(Decimal(str(number.value)) * Decimal(str(factor))), unit="")
    return number
