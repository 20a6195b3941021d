"""What stands around a cell: its printed row, the values behind it, the blanks before it."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_checks.grammar.cutting.atom import Atom


class Surroundings:
    """The cells of one document, to be asked about by position."""

    def __init__(self, atoms: Sequence[Atom]) -> None:
        self._atoms = atoms

    def empty_line(self, position: int, width: int) -> list[Atom]:
        """A printed row of exactly ``width`` empty cells that begins here; nothing where there is none."""
        line = list(self._atoms[position : position + width + 1])
        row = line[0].row
        if (position and self._atoms[position - 1].row == row) or (len(line) > width and line.pop().row == row):
            return []
        return line if len(line) == width and all(cell.row == row and not cell.folded for cell in line) else []

    def blanks_before(self, position: int, width: int) -> list[Atom]:
        """The empty cells before the first value of a printed row, where they are blanks of its first columns.

        They are, if the row has as many cells as there are columns, and so has the row of the header above it.
        """
        row = self.printed_row(position)
        before = row[: row.index(self._atoms[position])]
        if any(cell.folded for cell in before) or len(row) != width:
            return []
        start = position - len(before) - 1
        return before if start >= 0 and len(self.printed_row(start)) == width else []

    def printed_row(self, position: int) -> list[Atom]:
        """The cells that were printed in one row with the cell at a position."""
        row = self._atoms[position].row
        start = end = position
        while start and self._atoms[start - 1].row == row:
            start -= 1
        while end < len(self._atoms) and self._atoms[end].row == row:
            end += 1
        return list(self._atoms[start:end])

    def values_after(self, position: int) -> int:
        """How many values follow these words, in the same printed row where rows are firm."""
        atom = self._atoms[position]
        count = 0
        for following in self._atoms[position + 1 : position + 40]:
            if not following.folded:
                continue
            if not following.is_value or (atom.firm and following.row != atom.row and following.firm and count):
                break
            count += 1
        return count

    def has_values_beside(self, position: int) -> bool:
        """Whether the printed row of a label goes on with a value: then values above it are not its own."""
        atoms = self._atoms[position : position + 2]
        return len(atoms) == 2 and atoms[1].row == atoms[0].row and atoms[1].is_value
