"""The equations over the cells of one report: which hold, which fail, and by how much each cell weighs in them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from disclosure_checks.rules.findings.terms import ValueOf, terms_of
from disclosure_checks.rules.formula.expression import Compare, linear_terms
from disclosure_checks.rules.formula.outcomes import FAIL, NOT_ASSESSABLE, Columns, FloatArray, Outcome, RuleInstance
from disclosure_checks.rules.formula.outcomes import StatusArray as Statuses
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification


@dataclass(frozen=True)
class Equation:
    """A rule instance ``left == right`` over cells of this year. ``position``: that of the instance in its rule."""

    rule_id: str
    position: int
    instance: RuleInstance
    comparison: Compare


@dataclass(frozen=True)
class EquationSystem:
    """All equations of a spec with their outcomes. ``statuses`` and ``residuals``: shape (equations, reports).

    ``order``: the place of each cell in the format.
    """

    equations: tuple[Equation, ...]
    by_cell: Mapping[str, tuple[int, ...]]
    statuses: Statuses
    residuals: FloatArray
    order: Mapping[str, int]

    def failing_reports(self) -> list[int]:
        """The reports in which at least one equation fails."""
        found: list[int] = np.nonzero((self.statuses == FAIL).any(axis=0))[0].tolist()
        return found

    def in_report(self, report: int, columns: Columns) -> ReportEquations:
        return ReportEquations(self, report, columns, {})


@dataclass(frozen=True)
class ReportEquations:
    """The equations as they stand in one report."""

    system: EquationSystem
    report: int
    columns: Columns
    weights: dict[int, dict[str, float]]  # filled as needed, like ``judged``
    judged: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def value(self, name: str) -> float:
        column = self.columns.get(name)
        return math.nan if column is None else float(column[self.report])

    def failing(self) -> list[int]:
        found: list[int] = np.nonzero(self.system.statuses[:, self.report] == FAIL)[0].tolist()
        return found

    def fails(self, equation: int) -> bool:
        return int(self.system.statuses[equation, self.report]) == FAIL

    def residual(self, equation: int) -> float:
        return float(self.system.residuals[equation, self.report])

    def weights_in(self, equation: int) -> dict[str, float]:
        """How often each cell counts in left minus right; of a group the cells that are printed."""
        known = self.weights.get(equation)
        if known is None:
            known = self.weights[equation] = _weights(self.system.equations[equation].comparison, self.value)
        return known

    def judged_with(self, cell: str) -> tuple[int, ...]:
        """The equations the cell takes part in, but for those that lack another cell."""
        known = self.judged.get(cell)
        if known is None:
            known = self.judged[cell] = tuple(
                equation
                for equation in self.system.by_cell.get(cell, ())
                if int(self.system.statuses[equation, self.report]) != NOT_ASSESSABLE
                and self.weights_in(equation).get(cell, 0.0) != 0
            )
        return known


def equation_system(
    compiled: CompiledSpecification, outcomes: Mapping[str, tuple[Outcome, ...]]
) -> EquationSystem | None:
    """The equations of a spec with their outcomes; None where it has none."""
    equations = tuple(_equations(compiled))
    if not equations:
        return None
    by_cell: dict[str, list[int]] = {}
    for number, equation in enumerate(equations):
        for cell in equation.instance.inputs:
            by_cell.setdefault(cell, []).append(number)
    results = [outcomes[equation.rule_id][equation.position] for equation in equations]
    return EquationSystem(
        equations,
        {cell: tuple(numbers) for cell, numbers in by_cell.items()},
        np.stack([result.status for result in results]),
        np.stack([result.left - result.right for result in results]),
        {cell: place for place, cell in enumerate(compiled.cells)},
    )


def _equations(compiled: CompiledSpecification) -> Iterator[Equation]:
    cells = frozenset(compiled.cells)
    for rule in compiled.rules:
        for position, instance in enumerate(rule.instances):
            formula = instance.formula
            if not isinstance(formula, Compare) or formula.operator != "==" or formula.relative:
                continue
            if not cells.issuperset(instance.inputs):
                continue
            if linear_terms(formula.left) is not None and linear_terms(formula.right) is not None:
                yield Equation(rule.rule.id, position, instance, formula)


def _weights(comparison: Compare, value_of: ValueOf) -> dict[str, float]:
    weights: dict[str, float] = {}
    for side, sign in ((comparison.left, 1.0), (comparison.right, -1.0)):
        for term in terms_of(side, value_of):
            weights[term.name] = weights.get(term.name, 0.0) + sign * term.sign
    return weights
