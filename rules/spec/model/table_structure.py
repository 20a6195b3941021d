"""A table of the spec laid out: its leaves in statutory order, its groups, and which cells exist.

Rows and columns are both an ``Axis``; a formula's names are looked up on one of them or on both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Union

from disclosure_checks.rules.spec.model.specification import Column, ColumnGroup, Row, RowGroup, Table

Member = Union[Row, RowGroup, Column, ColumnGroup]


class Unit(NamedTuple):
    """What a sum adds up: a row (or column), or a group of rows that may be printed as one.

    ``leaves`` is empty for a plain row or column; for a one-row group it holds the rows it stands for.
    """

    id: str
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leaf:
    """A row or column. ``columns`` are those a row has, None where it has all."""

    id: str
    total: bool
    columns: frozenset[str] | None


@dataclass(frozen=True)
class Group:
    """A group: ``units`` is what its subtotal adds up, ``leaves`` all its rows or columns, totals included."""

    id: str
    units: tuple[Unit, ...]
    leaves: tuple[str, ...]
    printed_as_one_row: bool
    columns: frozenset[str] | None


@dataclass(frozen=True)
class Axis:
    """The rows or the columns of a table. ``order`` is the statutory order of leaves; ``all`` spans the whole axis."""

    leaves: dict[str, Leaf]
    groups: dict[str, Group]
    all: Group

    @property
    def order(self) -> tuple[str, ...]:
        return self.all.leaves

    @property
    def names(self) -> tuple[str, ...]:
        """Every id of the axis, groups included."""
        return (*self.leaves, *self.groups)

    def units(self, name: str) -> tuple[Unit, ...] | None:
        """What the value of a row, column or group adds up; None where the axis has no such name."""
        if name in self.leaves:
            return (Unit(name),)
        group = self.groups.get(name)
        if group is None:
            return None
        return (Unit(group.id, group.leaves),) if group.printed_as_one_row else group.units

    def span(self, first: str, last: str) -> tuple[Unit, ...] | None:
        """Everything from ``first`` to ``last``, totals left out unless named; None where the order is reversed."""
        start, end = self._leaves_of(first)[0], self._leaves_of(last)[-1]
        begin, finish = self.order.index(start), self.order.index(end)
        if finish < begin:
            return None
        wanted = set(self.order[begin : finish + 1])
        within = {leaf for leaf in wanted if not self.leaves[leaf].total or leaf in (first, last)}
        return tuple(self._collapse(within))

    def _leaves_of(self, name: str) -> tuple[str, ...]:
        return self.groups[name].leaves if name in self.groups else (name,)

    def _collapse(self, wanted: set[str]) -> Iterator[Unit]:
        """The wanted leaves in order, whole one-row groups as one unit."""
        unit_of = {
            leaf: Unit(group.id, group.leaves)
            for group in self.groups.values()
            if group.printed_as_one_row and wanted.issuperset(group.leaves)
            for leaf in group.leaves
        }
        done: set[str] = set()
        for leaf in self.order:
            unit = unit_of.get(leaf, Unit(leaf))
            if leaf in wanted and unit.id not in done:
                done.add(unit.id)
                yield unit


@dataclass(frozen=True)
class TableStructure:
    """The rows and columns of one table."""

    id: str
    rows: Axis
    columns: Axis

    def has_cell(self, row: str, column: str) -> bool:
        """Whether the row (or one-row group) has the column."""
        owner: Leaf | Group | None = self.rows.leaves.get(row) or self.rows.groups.get(row)
        return (
            owner is not None and column in self.columns.leaves and (owner.columns is None or column in owner.columns)
        )

    def cell_id(self, row: str, column: str) -> str:
        return f"{self.id}.{row}.{column}"

    def cells(self) -> Iterator[str]:
        """Every cell id in statutory order; the cells of a one-row group follow those of its rows."""
        for row in self._rows_in_order():
            for column in self.columns.order:
                if self.has_cell(row, column):
                    yield self.cell_id(row, column)

    def _rows_in_order(self) -> list[str]:
        rows = list(self.rows.order)
        for group in self.rows.groups.values():
            if group.printed_as_one_row:
                rows.insert(rows.index(group.leaves[-1]) + 1, group.id)
        return rows


def structure_of(table: Table) -> TableStructure:
    """The structure of a table. Ids that stand twice on an axis count once; finding them is the loader's task."""
    return TableStructure(table.id, _axis(table.rows), _axis(table.columns))


def _axis(members: Sequence[Member]) -> Axis:
    leaves: dict[str, Leaf] = {}
    groups: dict[str, Group] = {}
    whole = _collect("", members, False, None, leaves, groups)
    return Axis(leaves, groups, whole)


def _collect(
    group_id: str,
    members: Sequence[Member],
    one_row: bool,
    columns: frozenset[str] | None,
    leaves: dict[str, Leaf],
    groups: dict[str, Group],
) -> Group:
    units: list[Unit] = []
    inside: list[str] = []
    for member in members:
        own = frozenset(member.columns) if isinstance(member, (Row, RowGroup)) and member.columns else columns
        if isinstance(member, (Row, Column)):
            leaves[member.id] = Leaf(member.id, member.total, own)
            inside.append(member.id)
            units += [] if member.total else [Unit(member.id)]
        else:
            nested_one_row = isinstance(member, RowGroup) and member.printed_as_one_row
            nested_members = member.rows if isinstance(member, RowGroup) else member.columns
            group = _collect(member.group, nested_members, nested_one_row, own, leaves, groups)
            groups[group.id] = group
            inside += group.leaves
            units += [Unit(group.id, group.leaves)] if nested_one_row else group.units
    return Group(group_id, tuple(units), tuple(inside), one_row, columns)
