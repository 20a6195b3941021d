"""Cutting running text into printed cells: the lines one after the other, and which of them make one printed row.

lines -> Atom (one printed cell each, empty ones included where the layout keeps them)
"""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.cutting.line_cutting import CutLine, LineCutter
from disclosure_checks.grammar.model.source_document import TextLine
from disclosure_checks.grammar.words.label_index import LabelIndex
from disclosure_checks.grammar.words.numbers import NumberReader

_LONGEST_REMEMBERED = 80  # characters; longer lines are prose and hardly ever come again
_MOST_REMEMBERED = 50_000  # lines

_new = tuple.__new__  # makes a named tuple of a tuple of its fields, much faster than its own constructor


class TextCutter:
    """Cuts the lines of texts of one format, and remembers the short ones."""

    def __init__(self, index: LabelIndex, numbers: NumberReader) -> None:
        self._cut_line = LineCutter(index, numbers).cut
        self._remembered: dict[str, CutLine] = {}

    def cut(self, lines: Sequence[TextLine], row: int = 0) -> list[Atom]:
        """The cells of a text, in reading order, their rows counted on from ``row``."""
        atoms: list[Atom] = []
        column = 0
        gathering = False
        known = self._remembered.get
        for printed, place in lines:
            cells, rows, one_cell_a_line = known(printed) or self._cut_new(printed)
            if not cells:
                gathering = False
                continue
            if one_cell_a_line:
                row, column = (row, column + 1) if gathering else (row + 1, 0)
                atoms.append(_new(Atom, (*cells[0][:8], column, row, place)))
            elif rows == 1:
                row += 1
                end = (row, place)
                atoms += [_new(Atom, cell[:9] + end) for cell in cells]  # joined: this is done for every cell
            else:
                atoms += [_new(Atom, (*cell[:9], row + 1 + cell.row, place)) for cell in cells]
                row += rows
            gathering = one_cell_a_line
        return atoms

    def _cut_new(self, printed: str) -> CutLine:
        line = self._cut_line(printed)
        if len(printed) <= _LONGEST_REMEMBERED and len(self._remembered) < _MOST_REMEMBERED:
            self._remembered[printed] = line
        return line
