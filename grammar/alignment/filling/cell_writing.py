"""What is printed at a place to the cell it fills; or to cells that stay open."""

from __future__ import annotations

import math
from functools import lru_cache, partial

from disclosure_checks.grammar.alignment.filling.row_entries import texts_of
from disclosure_checks.grammar.alignment.filling.table_alignment import AlignedRow, TableAlignment
from disclosure_checks.grammar.alignment.scanning.tokens import TokenStream
from disclosure_checks.grammar.model.lexicon import LexiconTable
from disclosure_checks.grammar.model.report import Cell, CellStatus
from disclosure_checks.grammar.words.column_values import column_value, plain_values
from disclosure_checks.grammar.words.numbers import NumberReader

_new = tuple.__new__  # makes a named tuple of a tuple of its fields, much faster than its own constructor


class CellWriter:
    """Writes the cells of one table of a format."""

    def __init__(self, table: LexiconTable, numbers: NumberReader) -> None:
        self._table = table
        self._numbers = numbers
        self._plain_numbers = lru_cache(maxsize=16384)(partial(plain_values, numbers))

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

    def _write_cell(self, found: TableAlignment, cell: str, position: int, stream: TokenStream, inferred: bool) -> None:
        printed, place = stream.tokens[position].printed, stream.places[position]
        status, value, fact = column_value(self._table, cell.rpartition(".")[2], self._numbers.read_cell(printed))
        if fact:
            found.note(fact, place, printed, (cell,))
        if inferred and status is CellStatus.READ:
            status = CellStatus.INFERRED
        found.cells[cell] = Cell(cell, printed, value, status, place)


def leave_open(found: TableAlignment, row: AlignedRow, stream: TokenStream, fact: str) -> None:
    """Leaves the cells of a row ambiguous, and says why; not where it is told already that the row contradicts itself."""
    texts = texts_of(row, stream)
    label = " ".join(stream.tokens[place].printed for place in row.label)
    position = row.label[0] if row.label else row.start
    place = stream.places[min(position, len(stream) - 1)]
    if row.row.id not in found.contradicted:
        found.note(fact, place, f"{label} {' '.join(texts)}".strip(), row.row.cells, str(len(texts)))
    for cell in row.row.cells:
        found.cells[cell] = Cell(cell, " ".join(texts), math.nan, CellStatus.AMBIGUOUS, place)
