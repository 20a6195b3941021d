"""Tables that were seen in pictures: their cells as the sums settle them, and what is then still to be said of them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from disclosure_checks.grammar.cells.table_reading import TableReading
from disclosure_checks.grammar.model.lexicon import Lexicon
from disclosure_checks.grammar.model.report import CellStatus, Evidence
from disclosure_checks.grammar.model.source_document import RecognisedNumber
from disclosure_checks.grammar.recognition.settling import settled
from disclosure_checks.grammar.words.column_values import column_value
from disclosure_checks.grammar.words.numbers import NumberReader

_SURE = CellStatus.RECOGNISED
_TYPED = "cells_oddly_typed"  # spaces between digits are the recogniser's


class SeenTables:
    """Settles the cells of the tables of one format."""

    def __init__(self, lexicon: Lexicon, numbers: NumberReader) -> None:
        self._lexicon = lexicon
        self._numbers = numbers
        self._tables = {table.id: table for table in lexicon.tables}

    def settle(self, readings: Sequence[TableReading], numbers: Sequence[RecognisedNumber]) -> Mapping[str, bytes]:
        """Gives the cells that were seen what they come to; the parts of the pictures that people should look at."""
        cells = {name: cell for reading in readings for name, cell in reading.cells.items()}
        result = settled(cells, numbers, self._lexicon.equations, self._read)
        for reading in readings:
            own = {name: result.cells[name] for name in reading.cells if name in result.cells}
            reading.cells |= own
            reading.seen = frozenset(own) | (_words_in(reading) if own else frozenset())
            reading.in_picture = bool(own) or not any(cell.status is CellStatus.READ for cell in reading.cells.values())
            reading.relied_on |= {one for one in result.relied_on if not one.isdisjoint(own)}
            _leave_out_typing(reading)
        return result.cut_outs

    def _read(self, cell: str, text: str) -> float:
        """What a text comes to in a cell."""
        table, _, column = cell.split(".")
        status, value, _ = column_value(self._tables[table], column, self._numbers.read_cell(text))
        return value if status is CellStatus.READ else math.nan


def _words_in(reading: TableReading) -> frozenset[str]:
    """The cells in which words were made out: they may be a number that was misread."""
    return frozenset(name for name, cell in reading.cells.items() if cell.status is CellStatus.UNREADABLE)


def _leave_out_typing(reading: TableReading) -> None:
    """What is odd about the text of a cell is the agency's only where it was seen for sure: else it may be the picture's."""
    unsure = {name for name in reading.seen if reading.cells[name].status is not _SURE}
    for fact, found in list(reading.irregular.items()):
        if fact.startswith("cells_") and fact != "cells_blank":
            kept = [one for one in found if not _is_about(one, reading.seen if fact == _TYPED else unsure)]
            if kept:
                reading.irregular[fact] = kept
            else:
                del reading.irregular[fact]


def _is_about(evidence: Evidence, cells: frozenset[str] | set[str]) -> bool:
    return bool(evidence.cells) and cells.issuperset(evidence.cells)
