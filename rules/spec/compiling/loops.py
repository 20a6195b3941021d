"""``for_each``: the items a rule is repeated over, and what bare names mean in each of them.

A row or cell pattern with ``*`` stands for plain rows; the cells of a group printed as one row belong to a loop only
where the group is named (``[requests.*, requests.other]``). A pattern that names a plain group stands for its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from disclosure_checks.rules.formula.errors import FormulaError, closest
from disclosure_checks.rules.spec.compiling.vocabulary import Vocabulary, matching
from disclosure_checks.rules.spec.model.specification import Loop
from disclosure_checks.rules.spec.model.table_structure import Axis, TableStructure

RulePath = tuple[str | int, ...]  # a place inside a rule, such as ("for_each", "row", 1)


class LoopKind(str, Enum):
    """What one item of a loop is."""

    NONE = "none"
    COLUMN = "column"
    ROW = "row"
    CELL = "cell"
    SECTION = "section"
    TABLE = "table"
    FACT = "fact"


@dataclass(frozen=True)
class Scope:
    """One item of a loop. ``by_wildcard``: it was not asked for by name, so it may lack what the formula reads."""

    kind: LoopKind = LoopKind.NONE
    item: str = ""
    table: str = ""
    row: str = ""
    column: str = ""
    by_wildcard: bool = False


@dataclass(frozen=True)
class LoopError:
    """Something wrong with a loop, at a place inside the rule."""

    path: RulePath
    error: FormulaError


def expand_loop(loop: Loop | None, vocabulary: Vocabulary) -> tuple[list[Scope], list[LoopError]]:
    """The items of a loop in the order of the spec, without repeats, and what is wrong with it."""
    if loop is None:
        return [Scope()], []
    given = loop_kinds(loop)
    if len(given) != 1:
        kinds = tuple(_EXPANSIONS)
        found = ", ".join(given) or "@nothing"
        return [], [LoopError(("for_each",), FormulaError("loop_needs_one_kind", 0, expected=kinds, found=found))]
    kind = given[0]
    errors: list[LoopError] = []
    items: dict[str, Scope] = {}
    patterns: str | tuple[str, ...] = getattr(loop, kind)
    alone = isinstance(patterns, str)
    for position, pattern in enumerate((patterns,) if isinstance(patterns, str) else patterns):
        path: RulePath = ("for_each", kind) if alone else ("for_each", kind, position)
        for scope in _expand(kind, pattern, path, vocabulary, errors):
            items.setdefault(scope.item, scope)
    for position, pattern in enumerate(loop.leaving_out):
        path = ("for_each", "except", position)
        for scope in _expand(kind, pattern, path, vocabulary, errors):
            in_loop = items.pop(scope.item, None) is not None
            errors += [] if in_loop else [LoopError(path, FormulaError("exception_not_in_loop", 0, found=scope.item))]
    if not items and not errors:
        errors.append(LoopError(("for_each",), FormulaError("loop_is_empty", 0)))
    return list(items.values()), errors


def loop_kinds(loop: Loop | None) -> list[str]:
    """The directions a loop names; a sound loop names one."""
    return [kind for kind in _EXPANSIONS if loop is not None and getattr(loop, kind) is not None]


def _expand(kind: str, pattern: str, path: RulePath, vocabulary: Vocabulary, errors: list[LoopError]) -> list[Scope]:
    expand, candidates = _EXPANSIONS[kind]
    scopes = list(expand(pattern, vocabulary))
    if not scopes:
        known = candidates(vocabulary)
        error = FormulaError("loop_matches_nothing", 0, suggestion=closest(pattern, known), found=pattern)
        errors.append(LoopError(path, error))
    return scopes


def _table_and_rest(pattern: str, parts: int, vocabulary: Vocabulary) -> Iterator[tuple[TableStructure, list[str]]]:
    table, *rest = pattern.split(".")
    if len(rest) == parts:
        for name in matching(table, vocabulary.tables):
            yield vocabulary.tables[name], rest


def _members(axis: Axis, name: str, one_row_groups: bool) -> list[str]:
    """The rows or columns a part of a pattern stands for."""
    if "*" in name or name in axis.leaves:
        return matching(name, axis.order)
    group = axis.groups.get(name)
    if group is None:
        return []
    return [group.id] if one_row_groups and group.printed_as_one_row else list(group.leaves)


def _columns(pattern: str, vocabulary: Vocabulary) -> Iterator[Scope]:
    for table, (name,) in _table_and_rest(pattern, 1, vocabulary):
        for column in _members(table.columns, name, False):
            yield Scope(LoopKind.COLUMN, f"{table.id}.{column}", table.id, column=column, by_wildcard="*" in pattern)


def _rows(pattern: str, vocabulary: Vocabulary) -> Iterator[Scope]:
    for table, (name,) in _table_and_rest(pattern, 1, vocabulary):
        for row in _members(table.rows, name, True):
            yield Scope(LoopKind.ROW, f"{table.id}.{row}", table.id, row=row, by_wildcard="*" in pattern)


def _cells(pattern: str, vocabulary: Vocabulary) -> Iterator[Scope]:
    for table, (row_name, column_name) in _table_and_rest(pattern, 2, vocabulary):
        for row in _members(table.rows, row_name, True):
            for column in _members(table.columns, column_name, False):
                if table.has_cell(row, column):
                    yield Scope(LoopKind.CELL, table.cell_id(row, column), table.id, row, column, "*" in pattern)


def _sections(pattern: str, vocabulary: Vocabulary) -> Iterator[Scope]:
    for section in matching(pattern, vocabulary.sections):
        yield Scope(LoopKind.SECTION, f"section.{section}", by_wildcard="*" in pattern)


def _tables(pattern: str, vocabulary: Vocabulary) -> Iterator[Scope]:
    for table in matching(pattern, vocabulary.tables):
        yield Scope(LoopKind.TABLE, f"table.{table}", table, by_wildcard="*" in pattern)


def _facts(pattern: str, vocabulary: Vocabulary) -> Iterator[Scope]:
    for fact in matching(pattern, vocabulary.facts):
        yield Scope(LoopKind.FACT, fact, by_wildcard="*" in pattern)


def _column_names(vocabulary: Vocabulary) -> list[str]:
    return [f"{table.id}.{name}" for table in vocabulary.tables.values() for name in ("*", *table.columns.names)]


def _row_names(vocabulary: Vocabulary) -> list[str]:
    return [f"{table.id}.{name}" for table in vocabulary.tables.values() for name in ("*", *table.rows.names)]


_Expansion = Callable[[str, Vocabulary], Iterator[Scope]]
_Candidates = Callable[[Vocabulary], list[str]]

_EXPANSIONS: dict[str, tuple[_Expansion, _Candidates]] = {
    "column": (_columns, _column_names),
    "row": (_rows, _row_names),
    "cell": (_cells, lambda vocabulary: list(vocabulary.cells)),
    "section": (_sections, lambda vocabulary: list(vocabulary.sections)),
    "table": (_tables, lambda vocabulary: list(vocabulary.tables)),
    "fact": (_facts, lambda vocabulary: list(vocabulary.facts)),
}
