"""The linear equations that a spec's rules declare over the cells of one report, and which of them a report relied on.

Where numbers were printed without separators, the reader divides them by these equations (``grammar.cells.number_separation``).
An equation used that way holds by construction: it can no longer be reported as passed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from disclosure_checks.grammar.model.lexicon import LinearEquation
from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.formula.expression import Compare
from disclosure_checks.rules.formula.outcomes import FloatArray, RuleInstance, relied_on_column
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Severity


def linear_equations(compiled: CompiledSpecification) -> tuple[LinearEquation, ...]:
    """The exact equations of severity ``error`` between sums of cells, each once."""
    return tuple(dict.fromkeys(equation for _, equation in _equations(compiled)))


def relied_on_columns(compiled: CompiledSpecification, reports: Sequence[Report]) -> dict[str, FloatArray]:
    """For every rule instance whose equation some report relied on: 1 for those reports, else 0."""
    if not any(report.relied_on for report in reports):
        return {}
    instances: dict[frozenset[str], list[str]] = {}
    for instance, equation in _equations(compiled):
        instances.setdefault(frozenset(equation.cells), []).append(relied_on_column(instance.rule_id, instance.item))
    columns: dict[str, FloatArray] = {}
    for row, report in enumerate(reports):
        for cells in report.relied_on:
            for name in instances.get(cells, ()):
                columns.setdefault(name, np.zeros(len(reports)))[row] = 1.0
    return columns


def _equations(compiled: CompiledSpecification) -> Iterator[tuple[RuleInstance, LinearEquation]]:
    cells = frozenset(compiled.cells)
    for rule in compiled.every_rule or compiled.rules:
        if rule.rule.severity is not Severity.ERROR:
            continue
        for instance in rule.instances:
            terms = (*instance.left, *((name, -sign) for name, sign in instance.right))
            if (
                instance.left
                and instance.right
                and _is_exact_equality(instance)
                and {name for name, _ in terms} <= cells
            ):
                yield instance, LinearEquation(terms)


def _is_exact_equality(instance: RuleInstance) -> bool:
    formula = instance.formula
    return isinstance(formula, Compare) and formula.operator == "==" and not (formula.tolerance or formula.relative)
