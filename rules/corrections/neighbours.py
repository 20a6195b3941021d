"""Cells beside each other in a table, and the kinds of numbers they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from disclosure_checks.rules.spec.compiling.lexicon_building import leaf_columns
from disclosure_checks.rules.spec.compiling.vocabulary import vocabulary_of
from disclosure_checks.rules.spec.model.specification import Specification, ValueType
from disclosure_checks.rules.spec.model.table_structure import TableStructure

NEIGHBOURING_COLUMN = "neighbouring_column"
NEIGHBOURING_ROW = "neighbouring_row"


@dataclass(frozen=True)
class CellKinds:
    """``beside``: pairs of cells next to each other in a row or a column, totals left out, and which of the two."""

    beside: Mapping[frozenset[str], str]
    types: Mapping[str, ValueType]

    @classmethod
    def of(cls, specification: Specification) -> CellKinds:
        tables = vocabulary_of(specification).tables
        types = {
            cell: column.type
            for table in specification.tables
            for column in leaf_columns(table.columns)
            for cell in tables[table.id].cells()
            if cell.rpartition(".")[2] == column.id
        }
        return cls(dict(_beside(tables.values())), types)

    def neighbours(self, one: str, other: str) -> bool:
        """Whether two cells stand beside each other."""
        return frozenset((one, other)) in self.beside

    def may_hold(self, cell: str, value: float) -> bool:
        """Whether the cell can hold the value: a count is whole, and only a change may be below 0."""
        kind = self.types.get(cell, ValueType.COUNT)
        return (value >= 0 or kind is ValueType.CHANGE) and (kind is ValueType.AMOUNT or value == int(value))


def _beside(tables: Iterable[TableStructure]) -> Iterator[tuple[frozenset[str], str]]:
    for table in tables:
        rows, columns = table.rows, table.columns
        for row in rows.order:
            for pair in pairwise(columns.order):
                if not any(columns.leaves[column].total for column in pair):
                    yield from _pair(table, [(row, column) for column in pair], NEIGHBOURING_COLUMN)
        for column in columns.order:
            for pair in pairwise(rows.order):
                if not any(rows.leaves[row].total for row in pair):
                    yield from _pair(table, [(row, column) for row in pair], NEIGHBOURING_ROW)


def _pair(table: TableStructure, places: list[tuple[str, str]], kind: str) -> Iterator[tuple[frozenset[str], str]]:
    if all(table.has_cell(row, column) for row, column in places):
        yield frozenset(table.cell_id(row, column) for row, column in places), kind
