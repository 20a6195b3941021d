"""From the cells of a sheet to tables and running text.

A row is text where nothing but one cell is filled and that cell is long or numbered like a heading, unless the row
belongs to a table: ruled empty cells stand beside it, a merged cell of a row above reaches into it, or it stands
between two rows of several cells that reach further, alone or with others like it. Rows that follow each other make a
table, an empty row ends it. What has one column only is text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import Block, Grid, GridCell, ReaderError, TextLine
from disclosure_checks.grammar.words.label_index import begins_like_heading

MOST_ROWS, MOST_COLUMNS = 5_000, 200  # of a sheet; an annual report has some 100 rows and 15 columns
MOST_CELLS = 200_000  # of a sheet

_LONGEST_LABEL = 12  # characters of a lone cell that may still be a label
_LONGEST_LONE_LABEL = 45  # the same between rows of several cells that reach further
_MOST_COVERED = 2_000_000  # places that merged cells may cover


class SheetCell(NamedTuple):
    """A cell, or a merged one, at its place in the sheet, counting from 1. ``ruled``: it has a border."""

    row: int
    column: int
    text: str
    ruled: bool = False
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class SheetContent:
    """The cells of a sheet that are filled, ruled or merged."""

    cells: Sequence[SheetCell]
    hidden_rows: frozenset[int] = field(default=frozenset())
    hidden_columns: frozenset[int] = field(default=frozenset())


def within_bounds(row: int, column: int) -> bool:
    """Whether a place is one that is read. Formats beyond were pulled over the whole sheet, and do not matter."""
    return row <= MOST_ROWS and column <= MOST_COLUMNS


def checked_size(row: int, column: int, cells: int) -> None:
    """Refuses sheets that are too large. Raises ReaderError ``too_large``."""
    if not within_bounds(row, column) or cells > MOST_CELLS:
        raise ReaderError("too_large", f"> {MOST_ROWS} x {MOST_COLUMNS}")


def sheet_blocks(number: int, sheet: SheetContent) -> Iterator[Block]:
    """The tables and lines of a sheet, in reading order; ``number`` counts the sheets from 1."""
    rows = _visible_rows(sheet)
    text_rows = set(_text_rows(rows))
    table: list[Sequence[_Shown]] = []
    covered = last = 0
    for row, cells in rows.items():
        is_empty = row >= covered and not any(cell.text.strip() or cell.ruled for cell in cells)
        if row > max(last + 1, covered) or is_empty or row in text_rows:
            yield from _settled(number, table)
            table = []
        if row in text_rows:
            yield from _lines(number, next(cell for cell in cells if cell.text.strip()))
        elif not is_empty:
            table.append(cells)
        covered = max(covered, *(cell.row + cell.rows for cell in cells))
        last = row
    yield from _settled(number, table)


class _Shown(NamedTuple):
    """A cell among the visible rows and columns, counting from 0, with its place in the sheet."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    ruled: bool
    printed_row: int
    printed_column: int


def _visible_rows(sheet: SheetContent) -> dict[int, list[_Shown]]:
    """The cells by row, hidden rows and columns left out; what a merged cell covers is left out too."""
    rows: dict[int, list[_Shown]] = {}
    covered = _covered(sheet.cells)
    last_row = max((cell.row for cell in sheet.cells), default=0)
    last_column = max((cell.column for cell in sheet.cells), default=0)
    hidden_rows, hidden_columns = sorted(sheet.hidden_rows), sorted(sheet.hidden_columns)
    for cell in sorted(sheet.cells):
        if (cell.row, cell.column) in covered:
            continue
        # merged cells may reach to the end of the sheet, far beyond what is used of it
        row, row_count = _visible(cell.row, min(cell.rows, last_row - cell.row + 1), hidden_rows)
        column, column_count = _visible(cell.column, min(cell.columns, last_column - cell.column + 1), hidden_columns)
        if row_count and column_count:
            shown = _Shown(row, column, row_count, column_count, cell.text, cell.ruled, cell.row, cell.column)
            rows.setdefault(row, []).append(shown)
    return rows


def _covered(cells: Sequence[SheetCell]) -> set[tuple[int, int]]:
    """The places of cells that a merged cell covers. Raises ReaderError ``too_large``."""
    places = {(cell.row, cell.column) for cell in cells}
    covered: set[tuple[int, int]] = set()
    looked_at = 0
    for merged in cells:
        last_row, last_column = merged.row + merged.rows - 1, merged.column + merged.columns - 1
        area = merged.rows * merged.columns
        if area == 1:
            continue
        looked_at += min(area, len(places))
        if looked_at > _MOST_COVERED:
            raise ReaderError("too_large", "merged cells")
        if area > len(places):
            inside = {(r, c) for r, c in places if merged.row <= r <= last_row and merged.column <= c <= last_column}
        else:
            columns = range(merged.column, last_column + 1)
            inside = {(row, column) for row in range(merged.row, last_row + 1) for column in columns}
        covered |= inside - {(merged.row, merged.column)}
    return covered


def _visible(first: int, count: int, hidden: Sequence[int]) -> tuple[int, int]:
    """Place and length of a stretch among what is visible."""
    before = sum(1 for one in hidden if one < first)
    within = sum(1 for one in hidden if first <= one < first + count)
    return first - 1 - before, count - within


def _text_rows(rows: Mapping[int, Sequence[_Shown]]) -> Iterator[int]:
    """The rows that are running text. A label beside empty cells that are not ruled is told by the rows around it."""
    above, below = _tables_beside(rows, rows), _tables_beside(rows, [*rows][::-1])
    covered = 0
    for row, cells in rows.items():
        filled = _filled(cells)
        reached, covered = row < covered, max(covered, *(cell.row + cell.rows for cell in cells))
        if reached or len(filled) != 1 or any(cell.ruled for cell in cells if cell is not filled[0]):
            continue
        [label] = filled
        text = label.text.strip()
        if len(text) <= _LONGEST_LABEL and not begins_like_heading(text):
            continue
        end = label.column + label.columns
        is_indented = label.column > above[row].first  # as labels of groups are; text begins where the table does
        stands_within = end < above[row].end and (below[row].end or is_indented)
        if len(text) > _LONGEST_LONE_LABEL or not stands_within:
            yield row


class _Stretch(NamedTuple):
    """From which column to which the rows of several cells reach that stand together with a row; 0 where there are none."""

    first: int = 0
    end: int = 0


def _tables_beside(rows: Mapping[int, Sequence[_Shown]], order: Iterable[int]) -> Mapping[int, _Stretch]:
    """For each row what stands before it, in this order, without an empty row or running text between.

    Between may be rows of one cell as long as a label: those of a table without numbers.
    """
    found: dict[int, _Stretch] = {}
    stretch, last = _Stretch(), 0
    for row in order:
        if abs(row - last) != 1:
            stretch = _Stretch()
        found[row], last = stretch, row
        filled = _filled(rows[row])
        if len(filled) > 1:
            first, end = filled[0].column, max(cell.column + cell.columns for cell in filled)
            stretch = _Stretch(min(stretch.first, first) if stretch.end else first, max(stretch.end, end))
        elif len(filled[0].text.strip()) > _LONGEST_LONE_LABEL if filled else not any(cell.ruled for cell in rows[row]):
            stretch = _Stretch()
    return found


def _filled(cells: Sequence[_Shown]) -> list[_Shown]:
    return [cell for cell in cells if cell.text.strip()]


def _settled(number: int, rows: Sequence[Sequence[_Shown]]) -> Iterator[Block]:
    """Rows that follow each other as a table; as lines where they are no more than one column."""
    cells = [cell for row in rows for cell in row]
    if not any(cell.text.strip() for cell in cells):
        return
    if all(sum(1 for cell in row if cell.text.strip() or cell.ruled) < 2 for row in rows):
        for cell in cells:
            yield from _lines(number, cell)
        return
    first_row, first_column = rows[0][0].row, min(cell.column for cell in cells)
    # a line above a table is often merged further than the table reaches
    width = max(cell.column + cell.columns for row in rows if len(row) > 1 for cell in row)
    yield Grid(
        tuple(
            GridCell(
                cell.text,
                _place(number, cell),
                cell.row - first_row,
                cell.column - first_column,
                cell.rows,
                max(1, min(cell.columns, width - cell.column)),
            )
            for cell in cells
        ),
        Place(table=number, row=rows[0][0].printed_row),
    )


def _lines(number: int, cell: _Shown) -> Iterator[Block]:
    for line in cell.text.splitlines():
        if line.strip():
            yield TextLine(line, _place(number, cell))


def _place(number: int, cell: _Shown) -> Place:
    return Place(0, number, cell.printed_row, cell.printed_column)
