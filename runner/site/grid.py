"""The statutory tables as a grid of HTML cells: which label spans what, computed from the nested groups of a spec.

    Table (rows and columns in groups) --grid_skeleton--> GridSkeleton: header rows and body rows, with spans

A skeleton holds no report; it is computed once a spec and filled for each report by ``runner.site.grid_filling``.
Three arrangements:

* labels at the left, one label column a level of row groups (``requests``);
* bands: the top groups have different columns, so each prints its own caption and header (``proactive``);
* one line: the row groups are headings over the columns, and all values stand on one line (``review``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Union

from disclosure_checks.rules.spec.model.specification import Arrangement, Column, ColumnGroup, Row, RowGroup, Table
from disclosure_checks.rules.spec.model.table_structure import structure_of

Rows = Union[Row, RowGroup]
Columns = Union[Column, ColumnGroup]


class HeadCell(NamedTuple):
    """A printed label. ``scope`` is the HTML attribute; "" for a corner, which heads nothing."""

    label: str
    rowspan: int
    colspan: int
    scope: str


class ValueSlot(NamedTuple):
    """A place for a value; ``cell`` is "" where the format has none."""

    cell: str
    colspan: int


class GridRow(NamedTuple):
    """One printed row: labels first, then values."""

    heads: tuple[HeadCell, ...]
    slots: tuple[ValueSlot, ...] = ()


class GridSkeleton(NamedTuple):
    """A table without its values; ``arrangement`` is ``labels``, ``bands`` or ``line``, as above."""

    arrangement: str
    head: tuple[GridRow, ...]
    body: tuple[GridRow, ...]


def grid_skeleton(table: Table, one_row_groups: frozenset[str] = frozenset()) -> GridSkeleton:
    """The grid of a table. The groups named in ``one_row_groups`` are drawn as one row with values of their own."""
    if table.arrangement is Arrangement.ONE_LINE:
        return _one_line(table)
    if any(isinstance(row, RowGroup) and row.columns for row in table.rows):
        return _bands(table, one_row_groups)
    return _row_labels(table, one_row_groups)


def _row_labels(table: Table, one_row_groups: frozenset[str]) -> GridSkeleton:
    columns = structure_of(table).columns.order
    labels = _row_depth(table.rows)
    column_labels = _column_labels(table.columns)
    header = _header(column_labels, _label_depth(column_labels))
    corner = HeadCell("".join(table.captions), len(header), labels, "")
    head = [GridRow((corner, *header[0])), *(GridRow(row) for row in header[1:])]
    drawing = _RowDrawing(table.id, columns, labels, 1, one_row_groups)
    return GridSkeleton("labels", tuple(head), tuple(drawing.rows(table.rows, columns)))


def _bands(table: Table, one_row_groups: frozenset[str]) -> GridSkeleton:
    every_column = structure_of(table).columns.order
    bands = [_band(row, every_column) for row in table.rows]
    labels = max(_row_depth(rows) for _, rows, _ in bands)
    width = math.lcm(*(len(columns) for _, _, columns in bands))
    body: list[GridRow] = []
    for caption, rows, columns in bands:
        if caption:
            body.append(GridRow((HeadCell(caption, 1, labels + width, "rowgroup"),)))
        span = width // len(columns)
        column_labels = _column_labels(_kept(table.columns, columns), span)
        header = _header(column_labels, _label_depth(column_labels))
        corner = HeadCell("".join(table.header_words), len(header), labels, "")
        body += [GridRow((corner, *header[0])), *(GridRow(row) for row in header[1:])]
        body += _RowDrawing(table.id, columns, labels, span, one_row_groups).rows(rows, columns)
    return GridSkeleton("bands", (), tuple(body))


def _band(row: Rows, inherited: Sequence[str]) -> tuple[str, Sequence[Rows], tuple[str, ...]]:
    """Caption, rows and columns of what one top-level row or group prints."""
    columns = _row_columns(row, inherited)
    return (row.label, row.rows, columns) if isinstance(row, RowGroup) else ("", (row,), columns)


def _one_line(table: Table) -> GridSkeleton:
    every_column = structure_of(table).columns.order
    row_labels = _row_labels_over_columns(table.rows, every_column)
    depth = _label_depth(_column_labels(table.columns))
    below: list[list[HeadCell]] = [[] for _ in range(depth)]
    slots: list[ValueSlot] = []
    for row, columns in _leaf_rows(table.rows, every_column):
        for level, heads in enumerate(_header(_column_labels(_kept(table.columns, columns)), depth)):
            below[level] += heads
        slots += [ValueSlot(f"{table.id}.{row.id}.{column}", 1) for column in columns]
    head = [GridRow(tuple(heads)) for heads in (*_header(row_labels, _label_depth(row_labels)), *below)]
    return GridSkeleton("line", tuple(head), (GridRow((), tuple(slots)),))


class _RowDrawing:
    """Draws rows with their labels at the left: a group's label spans its rows, a row's the label columns left over."""

    def __init__(
        self, table: str, columns: Sequence[str], labels: int, span: int, one_row_groups: frozenset[str]
    ) -> None:
        self._table = table
        self._columns = columns
        self._labels = labels
        self._span = span
        self._one_row_groups = one_row_groups

    def rows(self, rows: Iterable[Rows], columns: Sequence[str], level: int = 0) -> list[GridRow]:
        """The printed rows; ``columns`` are those the rows have where they do not say so themselves."""
        drawn: list[GridRow] = []
        for row in rows:
            own = _row_columns(row, columns)
            if isinstance(row, RowGroup) and row.group not in self._one_row_groups:
                inner = self.rows(row.rows, own, level + 1)
                label = HeadCell(row.label, len(inner), 1, "rowgroup")
                drawn.append(GridRow((label, *inner[0].heads), inner[0].slots))
                drawn += inner[1:]
            else:
                name = row.group if isinstance(row, RowGroup) else row.id
                label = HeadCell(row.label, 1, self._labels - level, "row")
                drawn.append(GridRow((label,), self._slots(name, own)))
        return drawn

    def _slots(self, row: str, own: Sequence[str]) -> tuple[ValueSlot, ...]:
        return tuple(
            ValueSlot(f"{self._table}.{row}.{column}" if column in own else "", self._span) for column in self._columns
        )


class _Label(NamedTuple):
    """A label over columns, and the labels below it; ``width`` in grid columns."""

    text: str
    width: int
    inner: tuple[_Label, ...] = ()


def _column_labels(columns: Sequence[Columns], span: int = 1) -> tuple[_Label, ...]:
    labels: list[_Label] = []
    for column in columns:
        inner = _column_labels(column.columns, span) if isinstance(column, ColumnGroup) else ()
        labels.append(_Label(column.label, sum(label.width for label in inner) or span, inner))
    return tuple(labels)


def _row_labels_over_columns(rows: Sequence[Rows], inherited: Sequence[str]) -> tuple[_Label, ...]:
    labels: list[_Label] = []
    for row in rows:
        own = _row_columns(row, inherited)
        inner = _row_labels_over_columns(row.rows, own) if isinstance(row, RowGroup) else ()
        labels.append(_Label(row.label, sum(label.width for label in inner) or len(own), inner))
    return tuple(labels)


def _header(labels: Sequence[_Label], depth: int) -> list[tuple[HeadCell, ...]]:
    """``depth`` header rows: a label one row high over its inner labels, any other down to the last row."""
    levels: list[tuple[HeadCell, ...]] = []
    for level in range(depth):
        levels.append(
            tuple(
                HeadCell(label.text, 1, label.width, "colgroup")
                if label.inner
                else HeadCell(label.text, depth - level, label.width, "col")
                for label in labels
            )
        )
        labels = [inner for label in labels for inner in label.inner]
    return levels


def _label_depth(labels: Sequence[_Label]) -> int:
    return 1 + max((_label_depth(label.inner) for label in labels if label.inner), default=0)


def _row_depth(rows: Sequence[Rows]) -> int:
    """How many label columns nested rows need."""
    return 1 + max((_row_depth(row.rows) for row in rows if isinstance(row, RowGroup)), default=0)


def _row_columns(row: Rows, inherited: Sequence[str]) -> tuple[str, ...]:
    """The columns a row or group has, in the table's order; ``inherited`` are those of what holds it."""
    return tuple(column for column in inherited if column in row.columns) if row.columns else tuple(inherited)


def _leaf_rows(rows: Sequence[Rows], inherited: Sequence[str]) -> list[tuple[Row, tuple[str, ...]]]:
    leaves: list[tuple[Row, tuple[str, ...]]] = []
    for row in rows:
        own = _row_columns(row, inherited)
        leaves += _leaf_rows(row.rows, own) if isinstance(row, RowGroup) else [(row, own)]
    return leaves


def _kept(columns: Sequence[Columns], ids: Sequence[str]) -> tuple[Columns, ...]:
    """``columns`` without those not named in ``ids``, and without groups that this empties."""
    kept: list[Columns] = []
    for column in columns:
        if isinstance(column, Column):
            kept += [column] if column.id in ids else []
        elif inner := _kept(column.columns, ids):
            kept.append(column.model_copy(update={"columns": inner}))
    return tuple(kept)
