"""What cells without a number must hold, where two sums say so."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Union

import numpy as np

from disclosure_checks.grammar.model.report import Cell, CellStatus
from disclosure_checks.rules.corrections.equations import SignedEquation
from disclosure_checks.rules.corrections.missing_values import missing_values
from disclosure_checks.rules.corrections.neighbours import CellKinds
from disclosure_checks.rules.findings.equations import EquationSystem, equation_system
from disclosure_checks.rules.formula.evaluation import evaluate
from disclosure_checks.rules.formula.outcomes import NOT_ASSESSABLE, Columns, Outcome
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification

_WITHOUT_NUMBER = (CellStatus.BLANK, CellStatus.UNREADABLE)


CellOf = Callable[[int, str], Union[Cell, None]]
"""A cell of a report."""


def values_of_missing_cells(
    compiled: CompiledSpecification, columns: Columns, outcomes: Mapping[str, tuple[Outcome, ...]], cell_of: CellOf
) -> dict[int, Mapping[str, float]]:
    """By report what its blank and unreadable cells must hold, as far as two sums fix it."""
    system = equation_system(compiled, outcomes)
    if system is None:
        return {}
    return _MissingCells(system, columns, CellKinds.of(compiled.specification), {}).values(cell_of)


@dataclass(frozen=True)
class _MissingCells:
    """The equations of a spec as they say what is missing. ``constants``: left minus right with every cell at 0."""

    system: EquationSystem
    columns: Columns
    kinds: CellKinds
    constants: dict[int, float]

    def values(self, cell_of: CellOf) -> dict[int, Mapping[str, float]]:
        found: dict[int, Mapping[str, float]] = {}
        for report in np.nonzero((self.system.statuses == NOT_ASSESSABLE).any(axis=0))[0].tolist():
            if values := self._of_report(report, cell_of):
                found[report] = values
        return found

    def _of_report(self, report: int, cell_of: CellOf) -> dict[str, float]:
        open_equations = np.nonzero(self.system.statuses[:, report] == NOT_ASSESSABLE)[0].tolist()
        own = self.system.in_report(report, self.columns)
        missing = {
            name
            for number in open_equations
            for name in own.weights_in(number)
            if math.isnan(own.value(name)) and _is_without_number(cell_of(report, name))
        }
        if not missing:
            return {}
        return missing_values(list(self._asking(report, open_equations, missing)), sorted(missing), self.kinds.may_hold)

    def _asking(self, report: int, numbers: list[int], missing: set[str]) -> Iterator[SignedEquation]:
        """The equations that lack nothing but these cells, with what those have to come to."""
        own = self.system.in_report(report, self.columns)
        for number in numbers:
            weights = own.weights_in(number)
            known = sum(weight * own.value(name) for name, weight in weights.items() if name not in missing)
            if math.isfinite(known):
                asked = -(known + self._constant(number))
                yield SignedEquation({name: weight for name, weight in weights.items() if name in missing}, asked)

    def _constant(self, number: int) -> float:
        known = self.constants.get(number)
        if known is None:
            instance = self.system.equations[number].instance
            outcome = evaluate(instance, {name: np.zeros(1) for name in instance.inputs}, 1)
            known = self.constants[number] = float(outcome.left[0] - outcome.right[0])
        return known


def _is_without_number(cell: Cell | None) -> bool:
    return cell is not None and cell.status in _WITHOUT_NUMBER
