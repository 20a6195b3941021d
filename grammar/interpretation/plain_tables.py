"""Whether nothing is odd about a table as it was read: then it needs no second look.

The reading in use takes each line for what it seems to be. It cannot err where every row of the schema is printed once
and in order, with exactly its values on one side of its label, below the labels of the format's own columns in their
own order, and where no number is left over. Whatever is not that is odd, whether or not it was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from disclosure_checks.grammar.cells.table_reading import TableReading
from disclosure_checks.grammar.model.lexicon import LabelKind, LexiconTable
from disclosure_checks.grammar.model.report import Cell, CellStatus
from disclosure_checks.grammar.rows.row_tokens import LabelLine, ParsedTable, Side, TableLine, ValueLine
from disclosure_checks.grammar.words.layout_names import LINE_BY_LINE
from disclosure_checks.grammar.words.numbers import LOST

_PLAIN_STATUSES = frozenset({CellStatus.READ, CellStatus.BLANK})
_PLAIN_FACTS = frozenset({"cells_blank", "cells_oddly_typed", "cells_unreadable", "cells_with_words", "labels_aliased"})
_COLUMN_KINDS = (LabelKind.COLUMN, LabelKind.COLUMN_GROUP)
_ROW_KINDS = (LabelKind.ROW, LabelKind.ROW_GROUP)
_DEEPEST = -1  # beside the numbers of printed rows


def is_plain(reading: TableReading, parts: Sequence[ParsedTable]) -> bool:
    """Whether a table is printed as the format has it, and was read without a rest."""
    if reading.unknown or not reading.irregular.keys() <= _PLAIN_FACTS:
        return False
    if not all(_stands_in_its_place(cell) for cell in reading.cells.values()):
        return False
    if any(atom.is_value for atom in reading.strays) or any(line.label is None for line in reading.headers):
        return False
    lines = [line for part in parts for line in part.rows]
    in_one_line = reading.table.one_line and not any(kind == "ROW" for kind, _ in lines)
    return _is_plain_line(reading, lines) if in_one_line else _has_plain_rows(reading, lines)


def _stands_in_its_place(cell: Cell) -> bool:
    """A text with digits that are no number does; words alone may be the rest of a number (减少 3), or of another cell."""
    if cell.status is CellStatus.UNREADABLE:
        return cell.text == LOST or any(character.isdecimal() for character in cell.text)
    return cell.status in _PLAIN_STATUSES


def _has_plain_rows(reading: TableReading, lines: Sequence[TableLine]) -> bool:
    """Every row once and in order, below a header of its own columns; no values above labels where others are below."""
    table = reading.table
    if reading.order != [row.id for row in table.rows if not row.one_row_group]:
        return False
    if not all(_stand_together(line) for line in reading.found.values()):
        return False
    columns = {row.id: row.columns for row in table.rows}
    sides = {line.side for line in reading.found.values()}
    if {Side.ABOVE, Side.BELOW} <= sides:
        return False
    if len(sides) > 1 and any(
        line.side is not Side.SAME_ROW and len(columns[row]) == 1 for row, line in reading.found.items()
    ):
        return False  # a number alone on its line may be that of a page
    judged: tuple[Sequence[LabelLine], tuple[str, ...]] = ((), ())
    for header, row in _headers_above(lines):
        if header is not judged[0] or columns[row] != judged[1]:
            if not _names_columns(table, header, columns[row]):
                return False
            judged = (header, columns[row])
    return True


def _stand_together(line: ValueLine) -> bool:
    """Whether the values of a row stand in one printed row, or each in one of its own: nothing came between them."""
    rows = {entry.row for entry in line.entries if entry.folded}
    return len(rows) <= 1 or len(rows) == sum(bool(entry.folded) for entry in line.entries)


def _headers_above(lines: Sequence[TableLine]) -> Iterator[tuple[Sequence[LabelLine], str]]:
    """The id of each row with the labels of columns printed last before it."""
    header: list[LabelLine] = []
    fresh = True
    for kind, line in lines:
        if isinstance(line, ValueLine):
            if line.label is not None:
                yield header, line.label.id
            fresh = True
        elif kind == "HEADER" and line.label is not None and line.label.kind in _COLUMN_KINDS:
            if fresh:
                header, fresh = [], False
            header.append(line)


def _names_columns(table: LexiconTable, header: Sequence[LabelLine], columns: tuple[str, ...]) -> bool:
    """Whether a header names exactly these columns, each once, in the order of the format.

    A header of several lines prints its deepest columns below the others: each of the two, and each line, is in order.
    One of the others may stand above its neighbours, where it spans more lines: then their places are in order. Lines of
    one label each have no places.
    """
    labels = [(line.label, line.atom) for line in header if line.label is not None]
    if sorted(label.id for label, _ in labels if label.kind is LabelKind.COLUMN) != sorted(columns):
        return False
    standard = [(label.kind, label.id) for label in table.labels if label.kind in _COLUMN_KINDS]
    depths = dict(zip(table.columns, table.column_depths, strict=True))
    deepest = max(depths[column] for column in columns)
    lines: dict[int, list[int]] = defaultdict(list)
    others: list[tuple[int, int]] = []
    for label, atom in labels:
        place = standard.index((label.kind, label.id))
        lines[atom.row].append(place)
        if label.kind is LabelKind.COLUMN and depths[label.id] == deepest:
            lines[_DEEPEST].append(place)
        else:
            others.append((atom.column, place))
    in_print = [place for _, place in others]
    in_grid = [place for _, place in sorted(others)] if len(dict(others)) > 1 else in_print
    return sorted(in_print) in (in_print, in_grid) and all(places == sorted(places) for places in lines.values())


def _is_plain_line(reading: TableReading, lines: Sequence[TableLine]) -> bool:
    """One line of values below full sets of the columns, under the labels of the rows in their order."""
    table = reading.table
    values = [line for kind, line in lines if kind == "VALUES" and isinstance(line, ValueLine)]
    width = len(table.rows) * len(table.columns)
    if len(values) != 1 or width not in (len(values[0].entries), sum(bool(one.folded) for one in values[0].entries)):
        return False
    labels = [(line.label, line.atom) for line in reading.headers if line.label is not None]
    columns = tuple([label.id for label, _ in labels if label.kind is LabelKind.COLUMN])
    if columns != table.columns * len(table.rows):
        return False
    rows = [(label.id, atom) for label, atom in labels if label.kind in _ROW_KINDS]
    outermost = list(dict.fromkeys(row.groups[0] if row.groups else row.id for row in table.rows))
    inner = [row.id for row in table.rows if row.groups]
    if len(rows) != len(outermost) + len(inner) or [one for one, _ in rows if one in outermost] != outermost:
        return False
    in_lines = any(atom.layout in LINE_BY_LINE for _, atom in rows)
    if in_lines and len({atom.row for one, atom in rows if one in outermost}) > 1:
        return False
    return [one for one, _ in rows if one in inner] == inner
