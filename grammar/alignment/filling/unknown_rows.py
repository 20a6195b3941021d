"""Rows that the format does not know, where rows of the format are missing: their neighbours' values may be others'."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from disclosure_checks.grammar.alignment.filling.table_alignment import AlignedRow, TableAlignment
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, TokenStream


def doubt_rows_beside_unknown_ones(found: TableAlignment, stream: TokenStream) -> None:
    """Leaves open the rows from an unknown one to the next that is firm, on either side.

    A label broken around the values of its row may not be known as one; its other half then takes those of the next row.
    """
    numbers = {row.id: number for number, row in enumerate(found.shape.rows)}
    taken = [numbers[row.row.id] for row in found.rows]
    if found.shape.name != "rows" or not found.unknown or not _are_missing(found, taken):
        return
    beside = any(_is_beside(row, stream) for row in found.rows)
    in_print = sorted(found.rows, key=lambda row: row.start)
    for unknown in found.unknown:
        before = [row for row in reversed(in_print) if row.start < unknown.start]
        behind = [row for row in in_print if row.start >= unknown.end]
        for neighbours in (before, behind):
            for row in _up_to_firm(neighbours, beside, stream):
                found.open.setdefault(row.row.id, (None,))


def _are_missing(found: TableAlignment, taken: Sequence[int]) -> bool:
    rows = [-1, *sorted(taken), len(found.shape.rows)]
    return any(found.shape.skipped[first + 1][second] for first, second in pairwise(rows))


def _up_to_firm(rows: Sequence[AlignedRow], beside: bool, stream: TokenStream) -> Sequence[AlignedRow]:
    firm = next((number for number, row in enumerate(rows) if _is_firm(row, beside, stream)), len(rows))
    return rows[:firm]


def _is_firm(row: AlignedRow, beside: bool, stream: TokenStream) -> bool:
    """Whether a row's values stand in the line in which its label begins, or all do below whole labels."""
    if not row.label or row.start == row.end:
        return False
    return _is_beside(row, stream) or (not beside and stream.tokens[row.label[0]].kind == Kind.LABEL)


def _is_beside(row: AlignedRow, stream: TokenStream) -> bool:
    return bool(row.label) and row.start < row.end and stream.rows[row.label[0]] == stream.rows[row.start]
