"""What the header above a row says about the order of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from disclosure_checks.grammar.alignment.path_search.shapes import Shape
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, TokenStream
from disclosure_checks.grammar.model.lexicon import LabelKind, LexiconTable
from disclosure_checks.grammar.words.folding import label_key
from disclosure_checks.grammar.words.label_index import LabelIndex
from disclosure_checks.grammar.words.layout_names import LINE_BY_LINE, WORD_TEXT
from disclosure_checks.grammar.words.printed_order import (
    PrintedColumns,
    outermost_labels,
    repeated_columns,
    rows_side_by_side,
)

_FEWEST_CHARACTERS = 2  # of a piece of a label


class HeaderLabel(NamedTuple):
    """A label of the header: what it names, where its token stands in the stream."""

    kind: LabelKind
    id: str
    position: int
    row: int
    column: int
    layout: str
    is_piece: bool = False


def header_labels(
    stream: TokenStream, positions: Sequence[int], table: LexiconTable, index: LabelIndex
) -> list[HeaderLabel]:
    """The labels among tokens, each as a column's before anything else."""
    found: list[HeaderLabel] = []
    for position in positions:
        token = stream.tokens[position]
        if token.kind == Kind.PIECE:
            column = column_of_piece(token.key, table)
            if column:
                place = (position, stream.rows[position], stream.columns[position], token.layout)
                found.append(HeaderLabel(LabelKind.COLUMN, column, *place, is_piece=True))
            continue
        if token.kind != Kind.LABEL:
            continue
        own = [meaning.label for meaning in index.meanings.get(token.key, ()) if meaning.table.id == table.id]
        if own:
            label = next((one for one in own if one.kind is LabelKind.COLUMN), own[0])
            place = (position, stream.rows[position], stream.columns[position], token.layout)
            found.append(HeaderLabel(label.kind, label.id, *place))
    return found


@lru_cache(maxsize=4096)
def column_of_piece(key: str, table: LexiconTable) -> str:
    """The column whose label begins with the piece of one; "" where none or several do."""
    columns = {
        label.id
        for label in table.labels
        if label.kind is LabelKind.COLUMN and any(label_key(wording).startswith(key) for wording in label.wordings)
    }
    return columns.pop() if len(columns) == 1 and len(key) >= _FEWEST_CHARACTERS else ""


def printed_columns(labels: Sequence[HeaderLabel], deepest: frozenset[str]) -> PrintedColumns:
    """The columns of a header in printed order, each with the place in the grid where it is printed first.

    Pieces of labels on several lines come in no order: they say one only where all of the deepest columns begin in one
    line. ``deepest``: those columns.
    """
    first: dict[str, HeaderLabel] = {}
    for label in labels:
        if label.kind is LabelKind.COLUMN:
            first.setdefault(label.id, label)
    of_deepest = [label for label in first.values() if label.id in deepest]
    if any(label.is_piece for label in of_deepest) and len({label.row for label in of_deepest}) > 1:
        return ()
    # cells that stand a line each have places only as long as nothing comes between them
    placed = len({label.row for label in first.values()}) == 1 or all(
        label.layout != WORD_TEXT for label in first.values()
    )
    found = [(label.id, label.column if placed else -1) for label in first.values()]
    # cells of a header begin in several rows: their places tell the order, not the rows
    return tuple(sorted(found, key=lambda one: one[1]))


class OuterOrder(NamedTuple):
    """The columns as the labels around the deepest ones stand.

    ``is_sure``: these labels stand in one printed row, the deepest ones in another. ``by_line``: they stand in lines of
    a page, which do not come in the order of columns.
    """

    columns: tuple[str, ...]
    is_sure: bool = False
    by_line: bool = False


def columns_by_outer_labels(table: LexiconTable, labels: Sequence[HeaderLabel]) -> OuterOrder:
    """The columns as the labels around the deepest ones stand, each of these below the label of their group.

    No columns where a label is missing, broken or printed twice. A label that spans two lines may come in any order on a
    page: only labels in one printed row are sure to stand in the order of their columns.
    """
    most = max(table.column_depths)
    deepest = {column for column, depth in zip(table.columns, table.column_depths, strict=True) if depth == most}
    groups = [label for label in table.labels if label.kind in (LabelKind.COLUMN, LabelKind.COLUMN_GROUP)]
    first = next(number for number, label in enumerate(groups) if label.id in deepest)
    around = next((one.id for one in reversed(groups[:first]) if one.kind is LabelKind.COLUMN_GROUP), "")
    leaves = [label.id for label in labels if label.kind is LabelKind.COLUMN and label.id in deepest]
    ordered: list[str] = []
    rows: set[int] = set()
    for label in labels:
        if label.kind is LabelKind.COLUMN_GROUP and label.id == around:
            ordered += leaves
            rows.add(label.row)
        elif label.kind is LabelKind.COLUMN and label.id not in deepest:
            ordered.append(label.id)
            rows.add(label.row)
    whole = not any(label.is_piece for label in labels) and sorted(ordered) == sorted(table.columns)
    by_line = any(label.layout in LINE_BY_LINE for label in labels)
    below = {label.row for label in labels if label.id in deepest}
    return OuterOrder(tuple(ordered) if whole else (), len(rows) == 1 and rows.isdisjoint(below), by_line)


def cells_in_one_line(shape: Shape, labels: Sequence[HeaderLabel], paged: bool) -> tuple[str, ...]:
    """The cells of a table whose rows stand side by side, in the order in which its header prints their labels.

    () where that order cannot be told. ``paged``: the text was taken from pages.
    """
    table = shape.table
    columns = repeated_columns(table.columns, [label.id for label in labels if label.kind is LabelKind.COLUMN])
    return tuple(f"{table.id}.{row}.{column}" for row in _row_order(table, labels, paged) for column in columns)


def rows_in_order(table: LexiconTable, labels: Sequence[HeaderLabel]) -> bool:
    """Whether the labels of all rows stand in the header, those inside as many groups in the order of the format.

    Labels of rows inside fewer groups may be printed before all others, where the print goes from outside in.
    """
    printed = list(dict.fromkeys(label.id for label in labels if label.kind is LabelKind.ROW))
    rows = [row for row in table.rows if not row.one_row_group]
    for depth in {len(row.groups) for row in rows}:
        own = [row.id for row in rows if len(row.groups) == depth]
        if [row for row in printed if row in own] != own:
            return False
    return True


def _row_order(table: LexiconTable, labels: Sequence[HeaderLabel], paged: bool) -> list[str]:
    """The rows as their labels stand side by side; () where these stand below each other, in another order.

    On a page a label that spans two lines of the header stands between them, below the group beside it: there labels
    below each other do not say what stands first.
    """
    own_order = [row.id for row in table.rows]
    first: dict[str, int] = {}
    printed_in: dict[str, int] = {}
    for number, label in enumerate(labels):
        if label.kind in (LabelKind.ROW, LabelKind.ROW_GROUP):
            first.setdefault(label.id, number)
            printed_in.setdefault(label.id, label.row)
    if any(row not in first for row in own_order):
        return own_order
    outermost = outermost_labels(table, first)
    printed = rows_side_by_side(outermost, first)
    if printed == own_order or len({printed_in[group] for group in outermost.values()}) == 1:
        return printed
    in_lines = paged or any(label.layout in LINE_BY_LINE for label in labels)
    last_without_group = max((first[row] for row, group in outermost.items() if row == group), default=-1)
    first_in_group = min((first[row] for row, group in outermost.items() if row != group), default=len(labels))
    return own_order if in_lines and last_without_group < first_in_group else []
