"""The cells of a format in statutory order, and which of them are printed only where a group is one row."""

from __future__ import annotations

from typing import NamedTuple

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Specification
from disclosure_checks.rules.spec.model.table_structure import structure_of


class StatutoryCell(NamedTuple):
    """A cell id; ``one_row`` is true for the cells of a group printed as one row, such as （六） in the 2021 format."""

    id: str
    one_row: bool


def statutory_cells(specification: Specification) -> tuple[StatutoryCell, ...]:
    """Every cell the format can print, in statutory order, a one-row group's own cells after those of its rows."""
    cells: list[StatutoryCell] = []
    for table in map(structure_of, specification.tables):
        for cell in table.cells():
            _, row, _ = cell.split(".")
            cells.append(StatutoryCell(cell, row in table.rows.groups))
    return tuple(cells)


_orders: dict[str, tuple[StatutoryCell, ...]] = {}  # by the fingerprint of the spec


def cell_order(compiled: CompiledSpecification) -> tuple[StatutoryCell, ...]:
    """The cells of a compiled spec in statutory order, looked up once a spec."""
    order = _orders.get(compiled.fingerprint)
    if order is None:
        order = _orders[compiled.fingerprint] = statutory_cells(compiled.specification)
    return order
