"""What the header of a table says about the order of its columns and, where they stand in it, of its rows."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_checks.grammar.model.lexicon import LabelKind, LexiconTable
from disclosure_checks.grammar.rows.row_tokens import LabelLine, TableLine, ValueLine
from disclosure_checks.grammar.words.layout_names import LINE_BY_LINE
from disclosure_checks.grammar.words.printed_order import (
    PrintedColumns,
    outermost_labels,
    repeated_columns,
    rows_side_by_side,
)


def printed_order(table: LexiconTable, headers: Sequence[LabelLine]) -> tuple[str, ...]:
    """The cell ids of a ``one_line`` table in the order in which its header's labels stand.

    Rows are ordered as their labels, or those of their groups, first appear; columns as the first full set of column
    labels. Where the header does not print all of them, or its order means nothing, the format's own order is taken.
    """
    names = [line.label.id for line in headers if line.label is not None and line.names_column]
    columns = repeated_columns(table.columns, names)
    return tuple(f"{table.id}.{row}.{column}" for row in _row_order(table, headers) for column in columns)


def _row_order(table: LexiconTable, headers: Sequence[LabelLine]) -> list[str]:
    own_order = [row.id for row in table.rows]
    first: dict[str, int] = {}
    printed_in: dict[str, int] = {}
    for position, line in enumerate(headers):
        if line.label is not None and line.label.kind in (LabelKind.ROW, LabelKind.ROW_GROUP):
            first.setdefault(line.label.id, position)
            printed_in.setdefault(line.label.id, line.atom.row)
    if any(row_id not in first for row_id in own_order):
        return own_order
    outermost = outermost_labels(table, first)
    in_lines = any(line.atom.layout in LINE_BY_LINE for line in headers)
    if in_lines and len({printed_in[group] for group in outermost.values()}) > 1:
        return own_order
    return rows_side_by_side(outermost, first)


def printed_columns(lines: Sequence[TableLine]) -> dict[int, PrintedColumns]:
    """For each row (by identity) the columns of the header printed last before it."""
    header: PrintedColumns = ()
    fresh = True
    found: dict[int, PrintedColumns] = {}
    for kind, line in lines:
        if isinstance(line, ValueLine):
            found[id(line)] = header
            fresh = True
        elif kind == "HEADER" and line.label is not None and line.names_column:
            if fresh:
                header, fresh = (), False
            header += ((line.label.id, line.atom.column),)
    return found
