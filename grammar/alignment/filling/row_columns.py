"""Which columns the values of a row belong to, as the header above it says."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_checks.grammar.alignment.filling.column_order import (
    OuterOrder,
    cells_in_one_line,
    columns_by_outer_labels,
    header_labels,
    printed_columns,
)
from disclosure_checks.grammar.alignment.filling.table_alignment import AlignedRow, TableAlignment
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, TokenStream
from disclosure_checks.grammar.model.lexicon import LabelKind, LexiconTable
from disclosure_checks.grammar.words.label_index import LabelIndex
from disclosure_checks.grammar.words.printed_order import PrintedColumns, columns_above, columns_in_order


class RowColumns:
    """Tells the columns of the rows of one table of a format.

    ``foreign``: labels of other formats; ``totals``: the columns that are the sum of the others.
    """

    def __init__(self, table: LexiconTable, index: LabelIndex, foreign: frozenset[str], totals: frozenset[str]) -> None:
        self._totals = totals
        self._table = table
        self._index = index
        self._foreign = foreign
        self._depths = dict(zip(table.columns, table.column_depths, strict=True))
        most = max(self._depths.values())
        self._deepest = frozenset(column for column, depth in self._depths.items() if depth == most)
        self._last_outer: tuple[tuple[int, ...], TableAlignment | None, OuterOrder] = ((), None, OuterOrder(()))
        self._last_header: tuple[tuple[int, ...], TokenStream | None, PrintedColumns] = ((), None, ())

    def cells(
        self, found: TableAlignment, row: AlignedRow, positions: list[int], stream: TokenStream
    ) -> tuple[str, ...]:
        """The cells of a row in printed order, as the header above it says; () where it does not tell."""
        shape, columns = found.shape, row.row.columns
        if shape.unlabelled and len(shape.rows) == 1:
            cells = cells_in_one_line(shape, found.headers, stream.paged)
            if cells and cells != row.row.cells:
                printed = " ".join(stream.tokens[label.position].printed for label in found.headers)
                found.note("header_reordered", stream.places[found.headers[0].position], printed, cells)
            return cells
        if shape.name != "rows" or len(columns) < 2 or not row.header:
            return row.row.cells
        printed_labels = self._printed_columns(row.header, stream)
        grid_columns = tuple([stream.columns[position] for position in positions])
        depths = tuple([self._depths[column] for column in columns])
        ordered = columns_above(columns, printed_labels, grid_columns)
        if not ordered:
            ordered = columns_in_order(columns, depths, tuple([column for column, _ in printed_labels]))
            ordered = self._by_outer_labels(found, row, ordered, stream)
        if not ordered:
            found.columns_open = True
            return ()
        if ordered != columns:
            found.note("header_reordered", stream.places[row.start], " ".join(ordered), row.row.cells)
        prefix = f"{self._table.id}.{row.row.id}."
        return tuple([prefix + column for column in ordered])

    def _by_outer_labels(
        self, found: TableAlignment, row: AlignedRow, ordered: tuple[str, ...], stream: TokenStream
    ) -> tuple[str, ...]:
        """The columns in another order than ``ordered``, if the labels around the deepest ones say one; () if they may."""
        if row.row.columns != self._table.columns:
            return ordered
        outer = self._outer_order(found, row.header, stream)
        if not outer.columns or outer.columns == ordered:
            return ordered
        if found.by_outer_labels or outer.is_sure:
            return outer.columns
        if stream.paged or outer.by_line or self._without_totals(outer.columns) == self._without_totals(ordered):
            return ordered
        return ()

    def _without_totals(self, columns: tuple[str, ...]) -> list[str]:
        """The columns whose order no equation tells."""
        return [column for column in columns if column not in self._totals]

    def _outer_order(self, found: TableAlignment, header: tuple[int, ...], stream: TokenStream) -> OuterOrder:
        """What the labels of a header say, those of groups included that stand before its first column."""
        if self._last_outer[0] != header or self._last_outer[1] is not found:
            first = header[0]
            while first > found.start and stream.tokens[first - 1].kind != Kind.VALUE:
                first -= 1
            above = [label for label in found.headers if first <= label.position <= header[-1]]
            self._last_outer = (header, found, columns_by_outer_labels(self._table, above))
        return self._last_outer[2]

    def places_below_labels(self, row: AlignedRow, entries: list[int], stream: TokenStream) -> tuple[int, ...] | None:
        """Which of the entries of a row of a grid stand below the labels of its columns, one for each; None elsewhere.

        An empty cell below a label is that column's, however many others are empty.
        """
        columns = self._labels_of_all(row, entries, stream)
        if not columns:
            return None
        below = {stream.columns[place]: number for number, place in enumerate(entries)}
        found = tuple(sorted({below[place] for _, place in columns if place in below}))
        filled = {number for number, place in enumerate(entries) if stream.tokens[place].folded}
        return found if len(found) == len(columns) and filled <= set(found) else None

    def cells_of_run(self, found: TableAlignment, row: AlignedRow, stream: TokenStream) -> tuple[str, ...]:
        """The cells of a row whose numbers have no places of their own, from left to right.

        Where labels of all its columns stand above it in one grid, no label around them says otherwise.
        """
        labels = self._labels_of_all(row, range(row.start, row.end), stream)
        if labels:
            return tuple([f"{self._table.id}.{row.row.id}.{column}" for column, _ in labels])
        return self.cells(found, row, [row.start] * row.row.width, stream)

    def _labels_of_all(self, row: AlignedRow, entries: Sequence[int], stream: TokenStream) -> PrintedColumns:
        """The labels of all columns of a row, where they stand in one grid with its entries; () elsewhere."""
        columns = self._printed_columns(row.header, stream) if row.header and entries else ()
        if sorted(column for column, _ in columns) != sorted(row.row.columns):
            return ()
        return columns if stream.stand_in_one_grid((*row.header, *entries)) else ()

    def _printed_columns(self, header: tuple[int, ...], stream: TokenStream) -> PrintedColumns:
        """The columns of the header last asked for; rows below each other share it."""
        if self._last_header[0] != header or self._last_header[1] is not stream:
            columns = printed_columns(header_labels(stream, header, self._table, self._index), self._deepest)
            self._last_header = (header, stream, columns)
        return self._last_header[2]

    @staticmethod
    def behind_other_columns(found: TableAlignment, row: AlignedRow) -> bool:
        """Whether labels of columns stand between a row's label and its values, and none of them is the row's own."""
        if not row.label or row.start == row.end:
            return False
        between = {
            label.id
            for label in found.headers
            if label.kind is LabelKind.COLUMN and row.label[-1] < label.position < row.start
        }
        return bool(between) and between.isdisjoint(row.row.columns)

    def under_foreign_header(self, row: AlignedRow, stream: TokenStream) -> bool:
        """Whether the labels above a row are those of another format, and none are this format's columns."""
        keys = [stream.tokens[place].key for place in row.header]
        if not any(key in self._foreign for key in keys):
            return False
        named = header_labels(stream, row.header, self._table, self._index)
        return not any(label.id in row.row.columns for label in named)
