"""A table of an extended spec with the changes of the spec that extends it: rows, columns, further labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar, Union

from disclosure_checks.rules.formula.errors import FormulaError, closest
from disclosure_checks.rules.spec.model.extension import TableOverride
from disclosure_checks.rules.spec.model.specification import ColumnGroup, RowGroup, Table
from disclosure_checks.rules.spec.model.table_structure import Member

Path = tuple[Union[str, int], ...]
Item = TypeVar("Item")


@dataclass(frozen=True)
class Changed(Generic[Item]):
    """An item of a spec with its change. ``own``: path in the item -> path in the change; ``mistakes``: of the change,
    each at a path and whether its key is meant."""

    item: Item
    own: Mapping[Path, Path] = field(default_factory=dict)
    mistakes: Sequence[tuple[Path, FormulaError, bool]] = ()


@dataclass
class _AxisChange:
    """What an override says about the rows or the columns of a table."""

    axis: str
    replacements: Mapping[str, tuple[int, Member]]
    aliases: Mapping[str, tuple[str, ...]]
    own: dict[Path, Path] = field(default_factory=dict)

    def applied(self, members: Sequence[Member], path: Path) -> tuple[Member, ...]:
        """The members with their replacements in place and further labels; a replaced group goes with all its members."""
        result: list[Member] = []
        for position, member in enumerate(members):
            here: Path = (*path, position)
            number, changed = self.replacements.get(_name(member), (-1, member))
            if number >= 0:
                self.own[here] = (self.axis, number)
            elif _below(member):
                inner = self.applied(_below(member), (*here, self.axis))
                changed = member.model_copy(update={self.axis: inner})
            further = self.aliases.get(_name(member), ())
            result.append(changed.model_copy(update={"aliases": (*changed.aliases, *further)}) if further else changed)
        return tuple(result)

    def mistakes(self, members: Sequence[Member], table: str) -> list[tuple[Path, FormulaError, bool]]:
        """Names of the override that the table does not have."""
        known = tuple(_names(members))
        kind = self.axis.removesuffix("s")
        wanted: list[tuple[str, Path, bool]] = [
            (name, (self.axis, number, "group" if _below(member) else "id"), False)
            for name, (number, member) in self.replacements.items()
        ]
        wanted += [(name, (f"{kind}_aliases", name), True) for name in self.aliases]
        return [
            (
                path,
                FormulaError(f"unknown_{kind}", 0, suggestion=closest(name, known), found=name, table=table),
                at_key,
            )
            for name, path, at_key in wanted
            if name not in known
        ]


def changed_table(table: Table, override: TableOverride) -> Changed[Table]:
    """The table with the rows and columns of the override in the places of those they replace."""
    rows = _AxisChange("rows", _numbered(override.rows), override.row_aliases)
    columns = _AxisChange("columns", _numbered(override.columns), override.column_aliases)
    changes = {"rows": rows.applied(table.rows, ("rows",)), "columns": columns.applied(table.columns, ("columns",))}
    mistakes = [*rows.mistakes(table.rows, table.id), *columns.mistakes(table.columns, table.id)]
    return Changed(table.model_copy(update=changes), {**rows.own, **columns.own}, mistakes)


def _numbered(members: Sequence[Member]) -> dict[str, tuple[int, Member]]:
    return {_name(member): (number, member) for number, member in enumerate(members)}


def _name(member: Member) -> str:
    return member.group if isinstance(member, (RowGroup, ColumnGroup)) else member.id


def _below(member: Member) -> Sequence[Member]:
    if isinstance(member, RowGroup):
        return member.rows
    return member.columns if isinstance(member, ColumnGroup) else ()


def _names(members: Sequence[Member]) -> list[str]:
    return [name for member in members for name in (_name(member), *_names(_below(member)))]
