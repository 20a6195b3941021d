"""Where the cells of a Word table stand: gridSpan, vMerge and the columns that a row leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from disclosure_checks.grammar.readers.flow import Item, PlacedCell

WIDEST_SPAN = 1000


@dataclass
class WordCell:
    """A w:tc. ``continues_above`` and ``continues_left``: merged into the cell there, so that nothing of it shows."""

    span: int = 1
    continues_above: bool = False
    continues_left: bool = False
    deleted: bool = False
    items: list[Item] = field(default_factory=list)


@dataclass
class WordRow:
    """A w:tr. ``skipped``: grid columns before its first cell; ``dropped``: deleted or hidden."""

    skipped: int = 0
    dropped: bool = False
    cells: list[WordCell] = field(default_factory=list)


def place(rows: Sequence[WordRow]) -> list[PlacedCell]:
    """The cells of a table in its grid. A cell that continues nothing above it is a cell of its own."""
    placed: list[PlacedCell] = []
    above: dict[int, int] = {}  # column -> the cell of the row above that begins there
    for row_number, row in enumerate(row for row in rows if not row.dropped):
        here: dict[int, int] = {}
        column = row.skipped
        for cell in row.cells:
            if cell.deleted:
                continue
            if cell.continues_left and placed and placed[-1].row == row_number:
                placed[-1] = placed[-1]._replace(column_span=placed[-1].column_span + cell.span)
            elif cell.continues_above and column in above and placed[above[column]].column_span == cell.span:
                origin = above[column]
                here[column] = origin
                placed[origin] = placed[origin]._replace(row_span=placed[origin].row_span + 1)
            else:
                here[column] = len(placed)
                placed.append(PlacedCell(row_number, column, 1, cell.span, cell.items))
            column += cell.span
        above = here
    return placed
