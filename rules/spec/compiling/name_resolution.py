"""What a name of a formula stands for in one item of a loop: the frame columns to read.

Full names: ``<table>.<row>.<column>`` (either part may be a group or ``*``), ``section.<id>.<fact>``,
``table.<id>.<fact>``, ``document.<fact>``, ``body.<fact>``, ``text.<id>``, ``report.year``. Bare names depend on the loop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from disclosure_checks.grammar.model.fact_names import SECTION_FACTS, TABLE_FACTS
from disclosure_checks.rules.formula.errors import FormulaError, closest
from disclosure_checks.rules.formula.expression import FirstKnown, Input, Numeric, Sum
from disclosure_checks.rules.formula.functions import COLUMN_FUNCTIONS
from disclosure_checks.rules.formula.syntax import Name, Range
from disclosure_checks.rules.spec.compiling.loops import LoopKind, Scope
from disclosure_checks.rules.spec.compiling.vocabulary import FACT_SCOPES, Vocabulary, matching
from disclosure_checks.rules.spec.model.table_structure import Axis, TableStructure, Unit

PREVIOUS_YEAR = COLUMN_FUNCTIONS["previous_year"]
VALUE = "value"


@dataclass(frozen=True)
class _Address:
    """Rows and columns of a table that a name stands for, before they are crossed into cells."""

    table: TableStructure
    rows: tuple[Unit, ...]
    columns: tuple[Unit, ...]


@dataclass(frozen=True)
class NameResolver:
    """Looks names up in one item of a loop.

    ``prefix`` is put before every column: nothing, or that of a function such as ``previous_year:``.
    """

    vocabulary: Vocabulary
    scope: Scope
    prefix: str = ""

    def values(self, name: Name) -> tuple[Numeric, ...]:
        """The values a name or wildcard stands for, in statutory order. Raises FormulaError at the wrong part."""
        parts = name.text.split(".")
        if parts[0] in FACT_SCOPES and len(parts) > 1:
            return self._facts(name)
        if len(parts) >= 3 or (len(parts) > 1 and self.scope.kind not in (LoopKind.COLUMN, LoopKind.ROW)):
            return self._cells(self._full_address(name, parts), name)
        if self.scope.kind in (LoopKind.COLUMN, LoopKind.ROW):
            return self._cells(self._bare_address(name, parts), name)
        return (self._bare_fact(name),)

    def enumerated(self, name: Name) -> str:
        """The fact a name stands for whose numbers stand for words; "" for any other name."""
        fact = self.scope.item if name.text == VALUE and self.scope.kind is LoopKind.FACT else name.text
        return fact if fact in self.vocabulary.words else ""

    def range_values(self, span: Range) -> tuple[Numeric, ...]:
        """The values between two names of the same table, row or column. Raises FormulaError."""
        first, last = self._one_address(span.first), self._one_address(span.last)
        moves_rows = first.columns == last.columns
        if first.table.id != last.table.id or (not moves_rows and first.rows != last.rows):
            raise FormulaError("range_crosses_tables", span.last.offset, found=span.last.text)
        axis = first.table.rows if moves_rows else first.table.columns
        start, end = (_end_of_range(address.rows if moves_rows else address.columns) for address in (first, last))
        units = axis.span(start[0], end[1])
        if units is None:
            raise FormulaError("range_is_reversed", span.offset, first=span.first.text, last=span.last.text)
        address = (
            _Address(first.table, units, first.columns) if moves_rows else _Address(first.table, first.rows, units)
        )
        return self._cells(address, span.first)

    def _one_address(self, name: Name) -> _Address:
        parts = name.text.split(".")
        if parts[0] in FACT_SCOPES or "*" in name.text:
            raise FormulaError("range_needs_cells", name.offset, found=name.text)
        if len(parts) == 1:
            if self.scope.kind not in (LoopKind.COLUMN, LoopKind.ROW):
                raise FormulaError("bare_name_outside_loop", name.offset, found=name.text)
            return self._bare_address(name, parts)
        return self._full_address(name, parts)

    def _full_address(self, name: Name, parts: Sequence[str]) -> _Address:
        table = self.vocabulary.tables.get(parts[0])
        if table is None:
            known = [*self.vocabulary.tables, *FACT_SCOPES]
            raise FormulaError(
                "unknown_table",
                name.offset,
                expected=tuple(known),
                suggestion=closest(parts[0], known),
                found=parts[0],
            )
        offsets = _part_offsets(name, parts)
        if len(parts) == 3:
            rows = self._units(table.rows, parts[1], "unknown_row", offsets[1], table)
            columns = self._units(table.columns, parts[2], "unknown_column", offsets[2], table)
        elif len(parts) == 4 and parts[2] == "*":
            rows = self._group_units(table.rows, parts[1], "unknown_row", offsets[1], table)
            columns = self._units(table.columns, parts[3], "unknown_column", offsets[3], table)
        elif len(parts) == 4 and parts[3] == "*":
            rows = self._units(table.rows, parts[1], "unknown_row", offsets[1], table)
            columns = self._group_units(table.columns, parts[2], "unknown_column", offsets[2], table)
        else:
            raise FormulaError("malformed_cell_name", name.offset, found=name.text, expected=("@full_cell_name",))
        return _Address(table, rows, columns)

    def _bare_address(self, name: Name, parts: Sequence[str]) -> _Address:
        """A name on the axis the loop leaves free."""
        table = self.vocabulary.tables[self.scope.table]
        by_column = self.scope.kind is LoopKind.COLUMN
        axis, code = (table.rows, "unknown_row") if by_column else (table.columns, "unknown_column")
        if len(parts) == 1:
            units = self._units(axis, parts[0], code, name.offset, table)
        elif parts[1] == "*":
            units = self._group_units(axis, parts[0], code, name.offset, table)
        else:
            raise FormulaError("malformed_cell_name", name.offset, found=name.text, expected=("@full_cell_name",))
        if by_column:
            return _Address(table, units, (Unit(self.scope.column),))
        return _Address(table, (Unit(self.scope.row),), units)

    def _units(self, axis: Axis, name: str, code: str, offset: int, table: TableStructure) -> tuple[Unit, ...]:
        units = axis.all.units if name == "*" else axis.units(name)
        if units is None:
            suggestion = closest(name, axis.names) or self._full_name_like(name)
            raise FormulaError(code, offset, suggestion=suggestion, found=name, table=table.id)
        return units

    def _group_units(self, axis: Axis, name: str, code: str, offset: int, table: TableStructure) -> tuple[Unit, ...]:
        if name in axis.leaves:
            raise FormulaError("not_a_group", offset, expected=tuple(axis.groups), found=name)
        return self._units(axis, name, code, offset, table)

    def _full_name_like(self, name: str) -> str:
        facts = [fact for fact in self.vocabulary.facts if fact.startswith("text.")]
        return f"text.{name}" if f"text.{name}" in facts else ""

    def _cells(self, address: _Address, name: Name) -> tuple[Numeric, ...]:
        values = tuple(
            self._cell(address.table, row, column.id)
            for row in address.rows
            for column in address.columns
            if address.table.has_cell(row.id, column.id)
        )
        if not values:
            raise FormulaError("no_such_cell", name.offset, found=_first_cell(address))
        return values

    def _cell(self, table: TableStructure, row: Unit, column: str) -> Numeric:
        printed = Input(self.prefix + table.cell_id(row.id, column))
        if not row.leaves:
            return printed
        leaves = [
            Input(self.prefix + table.cell_id(leaf, column)) for leaf in row.leaves if table.has_cell(leaf, column)
        ]
        return FirstKnown(printed, Sum(tuple((1.0, leaf) for leaf in leaves)))

    def _facts(self, name: Name) -> tuple[Numeric, ...]:
        found = matching(name.text, self.vocabulary.facts)
        if not found:
            suggestion = closest(name.text, self.vocabulary.facts)
            raise FormulaError("unknown_fact", name.offset, suggestion=suggestion, found=name.text)
        return tuple(Input(self.prefix + fact) for fact in found)

    def _bare_fact(self, name: Name) -> Numeric:
        known = self._bare_names()
        if name.text in known:
            return Input(self.prefix + known[name.text])
        if not known:
            suggestion = closest(name.text, self.vocabulary.facts)
            raise FormulaError("bare_name_outside_loop", name.offset, suggestion=suggestion, found=name.text)
        raise FormulaError(
            "unknown_name",
            name.offset,
            expected=tuple(known) if len(known) <= 3 else (),
            suggestion=closest(name.text, list(known)),
            found=name.text,
        )

    def _bare_names(self) -> dict[str, str]:
        if self.scope.kind is LoopKind.SECTION:
            return {fact: f"{self.scope.item}.{fact}" for fact in SECTION_FACTS}
        if self.scope.kind is LoopKind.TABLE:
            return {fact: f"{self.scope.item}.{fact}" for fact in TABLE_FACTS}
        if self.scope.kind in (LoopKind.CELL, LoopKind.FACT):
            return {VALUE: self.scope.item}
        return {}


def _part_offsets(name: Name, parts: Sequence[str]) -> list[int]:
    offsets, position = [], name.offset
    for part in parts:
        offsets.append(position)
        position += len(part) + 1
    return offsets


def _end_of_range(units: tuple[Unit, ...]) -> tuple[str, str]:
    return units[0].id, units[-1].id


def _first_cell(address: _Address) -> str:
    return address.table.cell_id(address.rows[0].id, address.columns[0].id) if address.rows and address.columns else ""
