"""Which of two readings of an odd table counts: alignment's, unless the other one is complete and comes out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from disclosure_checks.grammar.cells.table_reading import TableReading
from disclosure_checks.grammar.model.lexicon import LinearEquation
from disclosure_checks.grammar.model.report import Cell, CellStatus, Evidence

_HEADER_FACTS = ("header_reordered", "header_foreign")


class ReadingChoice:
    """Chooses between two readings of a table of one format."""

    def __init__(self, equations: Sequence[LinearEquation]) -> None:
        self._equations = equations

    def choose(self, by_lines: TableReading, aligned: TableReading) -> TableReading:
        """The reading that counts.

        That of the lines does, if it contradicts no number of alignment and is held by the equations: then what is odd
        are words, and it tells them as they are printed. Else alignment's does; a cell that the lines read as another
        number is ambiguous, unless they took the header otherwise, since alignment looks at where its labels stand, or
        all of alignment's come out in all their sums, which those of the lines do not.
        """
        disputed = [
            cell
            for name, cell in aligned.cells.items()
            if _is_known(cell) and _is_known(by_lines.cells.get(name)) and by_lines.cells[name].value != cell.value
        ]
        if not disputed:
            return by_lines if self._is_held(by_lines) and not aligned.columns_open else aligned
        if self._is_held(aligned) and not self._is_held(by_lines):
            return aligned
        proved = {
            cell
            for reading in (by_lines, aligned)
            for fact in _HEADER_FACTS
            for one in reading.irregular.get(fact, ())
            for cell in one.cells
        }
        for cell in disputed:
            if cell.id not in proved:
                aligned.cells[cell.id] = Cell(cell.id, cell.text, math.nan, CellStatus.AMBIGUOUS, cell.place)
                aligned.note("rows_unclear", Evidence(cell.place, cell.text, (cell.id,)))
        return aligned

    def _is_held(self, reading: TableReading) -> bool:
        """Whether every row is there in its order, every cell is a number, and all of them come out in all their sums."""
        rows = [row for row in reading.table.rows if not row.one_row_group]
        found = reading.order or list(reading.found)
        if found != [row.id for row in rows] or "header_reordered" in reading.irregular:
            return False
        cells = {cell for row in rows for cell in reading.row_cells(row)}
        if not all(_is_known(reading.cells.get(cell)) for cell in cells):
            return False
        own = [one for one in self._equations if cells.issuperset(one.cells)]
        return cells == {cell for one in own for cell in one.cells} and all(_holds(one, reading.cells) for one in own)


def _is_known(cell: Cell | None) -> bool:
    return cell is not None and not math.isnan(cell.value)


def _holds(equation: LinearEquation, cells: Mapping[str, Cell]) -> bool:
    return abs(sum(sign * cells[cell].value for cell, sign in equation.terms)) < 1e-9
