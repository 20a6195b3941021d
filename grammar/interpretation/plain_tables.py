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
from disclosure_checks.grammar.model.report import CellStatus
from disclosure_checks.grammar.rows.row_tokens import LabelLine, ParsedTable, Side, TableLine, ValueLine
from disclosure_checks.grammar.words.layout_names import PDF, SPACED_ROWS

_PLAIN_STATUSES = frozenset({CellStatus.READ, CellStatus.BLANK})
_PLAIN_FACTS = frozenset({"cells_blank", "cells_oddly_typed", "cells_with_words", "labels_aliased"})
_COLUMN_KINDS = (LabelKind.COLUMN, LabelKind.COLUMN_GROUP)
_ROW_KINDS = (LabelKind.ROW, LabelKind.ROW_GROUP)
_LINE_BY_LINE = frozenset({SPACED_ROWS, PDF})  # the labels of a header of several lines come a line after the other
_DEEPEST, _OTHERS = -1, -2  # beside the numbers of printed rows


def is_plain(reading: TableReading, parts: Sequence[ParsedTable]) -> bool:
    """Whether a table is printed as the format has it, and was read without a rest."""
    if reading.in_glued_text or reading.glued or reading.unknown or not reading.irregular.keys() <= _PLAIN_FACTS:
        return False
    if any(cell.status not in _PLAIN_STATUSES for cell in reading.cells.values()):
        return False
    if any(atom.is_value for atom in reading.strays) or any(line.label is None for line in reading.headers):
        return False
    lines = [line for part in parts for line in part.rows]
    in_one_line = reading.table.one_line and not any(kind == "ROW" for kind, _ in lines)
    return _is_plain_line(reading, lines) if in_one_line else _has_plain_rows(reading, lines)


def _has_plain_rows(reading: TableReading, lines: Sequence[TableLine]) -> bool:
    """Every row once and in order, all with their values on the same side, each below a header of its own columns."""
    table = reading.table
    if reading.order != [row.id for row in table.rows if not row.one_row_group]:
        return False
    sides = {line.side for line in reading.found.values()}
    if len(sides) != 1 or Side.ABOVE in sides:
        return False
    columns = {row.id: row.columns for row in table.rows}
    asked = dict.fromkeys((header, columns[row]) for header, row in _headers_above(lines))
    return all(_names_columns(table, header, own) for header, own in asked)


def _headers_above(lines: Sequence[TableLine]) -> Iterator[tuple[tuple[LabelLine, ...], str]]:
    """The id of each row with the labels of columns printed last before it."""
    header: tuple[LabelLine, ...] = ()
    fresh = True
    for kind, line in lines:
        if isinstance(line, ValueLine):
            if line.label is not None:
                yield header, line.label.id
            fresh = True
        elif kind == "HEADER" and line.label is not None and line.label.kind in _COLUMN_KINDS:
            header = (line,) if fresh else (*header, line)
            fresh = False


def _names_columns(table: LexiconTable, header: Sequence[LabelLine], columns: tuple[str, ...]) -> bool:
    """Whether a header names exactly these columns, each once, in the order of the format.

    A header of several lines prints its deepest columns below the others: each of the two, and each line, is in order.
    """
    labels = [(line.label, line.atom.row) for line in header if line.label is not None]
    if sorted(label.id for label, _ in labels if label.kind is LabelKind.COLUMN) != sorted(columns):
        return False
    standard = [(label.kind, label.id) for label in table.labels if label.kind in _COLUMN_KINDS]
    depths = dict(zip(table.columns, table.column_depths, strict=True))
    deepest = max(depths[column] for column in columns)
    lines: dict[int, list[int]] = defaultdict(list)
    for label, row in labels:
        is_deepest = label.kind is LabelKind.COLUMN and depths[label.id] == deepest
        place = standard.index((label.kind, label.id))
        lines[row].append(place)
        lines[_DEEPEST if is_deepest else _OTHERS].append(place)
    return all(places == sorted(places) for places in lines.values())


def _is_plain_line(reading: TableReading, lines: Sequence[TableLine]) -> bool:
    """One line of values below full sets of the columns, under the labels of the rows in their order."""
    table = reading.table
    values = [line for kind, line in lines if kind == "VALUES" and isinstance(line, ValueLine)]
    if len(values) != 1 or len(values[0].entries) != len(table.rows) * len(table.columns):
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
    in_lines = any(atom.layout in _LINE_BY_LINE for _, atom in rows)
    if in_lines and len({atom.row for one, atom in rows if one in outermost}) > 1:
        return False
    return [one for one, _ in rows if one in inner] == inner
