"""Cutting a text into printed cells: the lines one after the other, and which of them make one printed row.

lines -> Atom (one printed cell each, empty ones included where the layout keeps them)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from grammar.document import Place
from grammar.label_index import LabelIndex
from grammar.line_cells import CutLine, LineCell, LineCutter
from grammar.numbers import NumberReader

_LONGEST_REMEMBERED = 80  # characters; longer lines are prose and hardly ever come again
_MOST_REMEMBERED = 50_000  # lines


class Atom(NamedTuple):
    """One printed cell (see ``line_cells.LineCell``) with its place; cells of one ``row`` were printed together."""

    folded: str
    printed: str
    key: str
    is_value: bool
    place: Place
    row: int
    column: int
    firm: bool
    layout: str
    markup: int = 0
    indented: bool = False


class TextCutter:
    """Cuts the lines of texts of one format, and remembers the short ones."""

    def __init__(self, index: LabelIndex, numbers: NumberReader) -> None:
        self._cut_line = LineCutter(index, numbers).cut
        self._remembered: dict[str, CutLine] = {}

    def cut(self, printed_lines: Sequence[str], places: Sequence[Place] = ()) -> list[Atom]:
        """The cells of a text, in reading order. ``places``: of each line; without them lines are counted from 1."""
        atoms: list[Atom] = []
        row = column = 0
        gathering = False
        for number, printed in enumerate(printed_lines, start=1):
            line = self._remembered.get(printed) or self._cut_new(printed)
            place = places[number - 1] if places else Place(number)
            if line.one_cell_a_line:
                row, column = (row, column + 1) if gathering else (row + 1, 0)
                gathering = True
                folded, shown, key, is_value, _, _, firm, layout, markup, indented = line.cells[0]
                atoms.append(Atom(folded, shown, key, is_value, place, row, column, firm, layout, markup, indented))
                continue
            gathering = False
            if line.cells:
                atoms.extend([_atom(cell, place, row + 1) for cell in line.cells])
                row += line.rows
        return atoms

    def _cut_new(self, printed: str) -> CutLine:
        line = self._cut_line(printed)
        if len(printed) <= _LONGEST_REMEMBERED and len(self._remembered) < _MOST_REMEMBERED:
            self._remembered[printed] = line
        return line


def _atom(cell: LineCell, place: Place, first_row: int) -> Atom:
    folded, printed, key, is_value, row, column, firm, layout, markup, indented = cell
    return Atom(folded, printed, key, is_value, place, first_row + row, column, firm, layout, markup, indented)
