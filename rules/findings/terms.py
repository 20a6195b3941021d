"""What a formula read in one report: terms with their values, the cells that were used, the inputs that are missing.

A group that may be printed as one row is read from that row where it is known, else from its rows; here the choice is
made for one report, so that a finding names the cells the number really came from.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from disclosure_checks.grammar.model.packing import cell_status
from disclosure_checks.grammar.model.report import Cell, CellStatus
from disclosure_checks.rules.findings.finding import Term
from disclosure_checks.rules.formula.expression import (
    Compare,
    Condition,
    Expression,
    FirstKnown,
    Implication,
    Input,
    Known,
    Numeric,
    inputs_of,
    linear_terms,
    main_comparison,
    parts,
)
from disclosure_checks.rules.formula.outcomes import RuleInstance
from disclosure_checks.rules.spec.model.table_structure import TableStructure

ValueOf = Callable[[str], float]


@dataclass(frozen=True)
class FormulaReading:
    """One instance read in many reports. Only where a group may be printed as one row does the choice matter."""

    instance: RuleInstance
    formula: Condition
    comparison: Compare | None
    has_choice: bool

    @classmethod
    def of(cls, instance: RuleInstance) -> FormulaReading:
        formula: Condition = instance.formula  # type: ignore[assignment]  # RuleInstance leaves the type open
        return cls(instance, formula, main_comparison(formula), _has_choice(formula))

    def sides(self, value_of: ValueOf) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        """The terms of both sides of a linear comparison, constants left out; nothing of any other formula."""
        left, right = self.instance.left, self.instance.right
        if self.comparison is None or not (left or right):
            return (), ()
        if self.has_choice:
            return terms_of(self.comparison.left, value_of), terms_of(self.comparison.right, value_of)
        return (
            tuple([Term(name, sign, value_of(name)) for name, sign in left]),
            tuple([Term(name, sign, value_of(name)) for name, sign in right]),
        )

    def inputs(self, value_of: ValueOf) -> tuple[str, ...]:
        """The columns the formula reads in a report, in its order."""
        return tuple(dict.fromkeys(_used(self.formula, value_of))) if self.has_choice else self.instance.inputs

    def terms_read(self, value_of: ValueOf) -> tuple[Term, ...]:
        """What the formula reads behind its premises."""
        node = self.formula
        while isinstance(node, Implication):
            node = node.consequence
        demanded = frozenset(inputs_of(node))
        return tuple([Term(name, 1.0, value_of(name)) for name in self.inputs(value_of) if name in demanded])


def _has_choice(node: Expression) -> bool:
    return isinstance(node, FirstKnown) or any(_has_choice(part) for part in parts(node))


def terms_of(node: Numeric, value_of: ValueOf) -> tuple[Term, ...]:
    """The terms of one side of a linear comparison, constants left out."""
    pairs = linear_terms(node, lambda group: _chosen(group, value_of)) or ()
    return tuple(Term(name, sign, value_of(name)) for name, sign in pairs)


def _used(node: Expression, value_of: ValueOf) -> Iterator[str]:
    if isinstance(node, Input):
        yield node.column
    elif isinstance(node, FirstKnown):
        yield from _used(_chosen(node, value_of), value_of)
    else:
        for part in parts(node):
            yield from _used(part, value_of)


def _chosen(node: FirstKnown, value_of: ValueOf) -> Numeric:
    return node.written_out if math.isnan(value_of(node.one_row.column)) else node.one_row


@dataclass(frozen=True)
class OneRowCells:
    """Cells of groups that may be printed as one row: ``of`` maps a row's cell to that of the one row."""

    of: Mapping[str, str]
    all: frozenset[str]

    @classmethod
    def of_tables(cls, tables: Iterable[TableStructure]) -> OneRowCells:
        pairs = {
            table.cell_id(leaf, column): table.cell_id(group.id, column)
            for table in tables
            for group in table.rows.groups.values()
            if group.printed_as_one_row
            for leaf in group.leaves
            for column in table.columns.order
            if table.has_cell(leaf, column)
        }
        return cls(pairs, frozenset(pairs.values()))

    def not_meant_to_be_printed(self, name: str, cells: Mapping[str, Cell]) -> bool:
        """Whether a cell is absent because its group is printed the other way.

        The one row counts as such wherever it is absent: what is missing is then told of the rows.
        """
        if not _absent(cells, name):
            return False
        return name in self.all or (name in self.of and not _absent(cells, self.of[name]))


def missing_inputs(node: Expression, value_of: ValueOf, cells: Mapping[str, Cell]) -> tuple[str, ...]:
    """The inputs without a value that keep the formula from being judged, in its order."""
    return tuple(dict.fromkeys(_missing(node, value_of, cells)))


def _missing(node: Expression, value_of: ValueOf, cells: Mapping[str, Cell]) -> Iterator[str]:
    if isinstance(node, Input):
        if math.isnan(value_of(node.column)):
            yield node.column
    elif isinstance(node, FirstKnown):
        if math.isnan(value_of(node.one_row.column)):
            of_rows = tuple(_missing(node.written_out, value_of, cells))
            yield from (node.one_row.column,) if of_rows and not _absent(cells, node.one_row.column) else of_rows
    elif not isinstance(node, Known):
        for part in parts(node):
            yield from _missing(part, value_of, cells)


def _absent(cells: Mapping[str, Cell], name: str) -> bool:
    return cell_status(cells, name) in (None, CellStatus.ABSENT)


def rests_on_picture(names: Iterable[str], cells: Mapping[str, Cell]) -> bool:
    """Whether any of these is a cell that was seen in a picture."""
    return any(cell_status(cells, name) is CellStatus.RECOGNISED for name in names)
