"""The cells of several formats as one list of rows: what the formats have in common stands on one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Text
from disclosure_checks.rules.spec.model.table_structure import structure_of


class CellLine(NamedTuple):
    """A cell, its column and the label of that."""

    cell: str
    id: str
    column: str


class CellRow(NamedTuple):
    """A printed row and its cells."""

    id: str
    label: str
    lines: tuple[CellLine, ...]


class CellTable(NamedTuple):
    """A statutory table of one or several formats."""

    id: str
    title: Text
    rows: tuple[CellRow, ...]


def tables_of_formats(formats: Sequence[CompiledSpecification]) -> tuple[CellTable, ...]:
    """The tables of formats, row by row. Labels and order are those of the first format that has them."""
    titles: dict[str, Text] = {}
    labels: dict[tuple[str, str], str] = {}
    lines: dict[str, dict[str, dict[str, CellLine]]] = {}
    for compiled in formats:
        for table in compiled.specification.tables:
            titles.setdefault(table.id, table.title)
            rows = lines.setdefault(table.id, {})
            for cell in structure_of(table).cells():
                _, row, column = cell.split(".")
                labels.setdefault((table.id, row), compiled.labels.rows[table.id, row].printed)
                label = compiled.labels.columns[table.id, column].printed
                rows.setdefault(row, {}).setdefault(cell, CellLine(cell, column, label))
    return tuple(
        CellTable(
            table,
            titles[table],
            tuple(CellRow(row, labels[table, row], tuple(own.values())) for row, own in rows.items()),
        )
        for table, rows in lines.items()
    )
