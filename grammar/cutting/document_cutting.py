"""From the blocks of a document to printed cells: lines are cut as text is, tables keep their rows and columns.

A position of a table that a merged cell covers, or that nothing fills, is an empty cell: columns stay comparable.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.cutting.text_cutting import TextCutter
from disclosure_checks.grammar.model.source_document import Grid, GridCell, SourceDocument, TextLine
from disclosure_checks.grammar.words.folding import fold, key_of_folded
from disclosure_checks.grammar.words.numbers import NumberReader, are_numbers, with_words_apart

_LONGEST_CELL = 60  # characters; a longer one holds running text


class DocumentCutter:
    """Cuts documents of one format into cells."""

    def __init__(self, cutter: TextCutter, numbers: NumberReader) -> None:
        self._cutter = cutter
        self._numbers = numbers

    def cut(self, document: SourceDocument) -> list[Atom]:
        """The cells of a document, in reading order."""
        atoms: list[Atom] = []
        lines: list[TextLine] = []
        for block in document.blocks:
            if isinstance(block, TextLine):
                lines.append(block)
                continue
            self._add_lines(atoms, lines)
            lines = []
            self._add_grid(atoms, block, document.layout)
        self._add_lines(atoms, lines)
        return atoms

    def _add_lines(self, atoms: list[Atom], lines: Sequence[TextLine]) -> None:
        if lines:
            atoms += self._cutter.cut(lines, atoms[-1].row + 1 if atoms else 0)

    def _add_grid(self, atoms: list[Atom], grid: Grid, layout: str) -> None:
        row = atoms[-1].row + 1 if atoms else 0
        for cells in _rows(grid):
            if any(_is_prose(cell) for cell in cells if cell):
                lines = [
                    TextLine(line, cell.place)
                    for cell in cells
                    if cell
                    for line in cell.text.split("\n")
                    if line.strip()
                ]
                self._add_lines(atoms, lines)
                row = atoms[-1].row + 1 if atoms else 0
                continue
            for column, cell in enumerate(cells):
                atoms.append(self._atom(cell, row, column, grid, layout))
            row += 1

    def _atom(self, cell: GridCell | None, row: int, column: int, grid: Grid, layout: str) -> Atom:
        if cell is None:
            return Atom("", "", "", False, True, layout, 0, False, column, row, grid.place)
        printed = " ".join(part.strip(" \t") for part in cell.text.split("\n")).strip(" \t")
        if are_numbers(printed) and (cell.column_span > 1 or "\n" in cell.text.strip()):
            printed = with_words_apart(printed)  # numbers below each other, or of several columns, are never one
        folded = fold(printed).strip()
        is_value = self._numbers.is_cell(folded)
        key = key_of_folded(folded)
        return Atom(folded, printed, key, is_value, True, layout, 0, False, column, row, cell.place)


def _rows(grid: Grid) -> Iterator[list[GridCell | None]]:
    """The rows of a grid, every position filled by the cell that begins there or by None."""
    width = max((cell.column + cell.column_span for cell in grid.cells), default=0)
    rows: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell)
    for number in sorted(rows):
        positions: list[GridCell | None] = [None] * width
        for cell in rows[number]:
            positions[cell.column] = cell
        yield positions


def _is_prose(cell: GridCell) -> bool:
    """Whether a cell holds running text rather than a label or a value."""
    return len(cell.text) > _LONGEST_CELL and ("。" in cell.text or "\n" in cell.text.strip())
