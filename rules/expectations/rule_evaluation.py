"""Every rule of a spec on all reports at once."""

from __future__ import annotations

import numpy as np

from disclosure_checks.rules.formula.evaluation import Evaluation, compiled_formula
from disclosure_checks.rules.formula.outcomes import (
    NOT_ASSESSABLE,
    PASS,
    Columns,
    Outcome,
    RuleInstance,
    relied_on_column,
)
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification


def evaluate_all(compiled: CompiledSpecification, columns: Columns, count: int) -> dict[str, tuple[Outcome, ...]]:
    """Every rule on ``count`` reports, by rule id, outcomes in the order of the instances; equal sums are shared."""
    evaluation = Evaluation(columns, count)
    # numbers no report can mean (1e308 and more) overflow to infinity; they fail or stay unknown, without a warning
    with np.errstate(over="ignore", invalid="ignore"):
        return {
            rule.rule.id: tuple(
                _unless_relied_on(instance, evaluation.outcome(compiled_formula(instance)), columns)
                for instance in rule.instances
            )
            for rule in compiled.rules
        }


def _unless_relied_on(instance: RuleInstance, outcome: Outcome, columns: Columns) -> Outcome:
    """The outcome without the passes of reports whose numbers were told apart by this very equation."""
    relied_on = columns.get(relied_on_column(instance.rule_id, instance.item))
    if relied_on is None:
        return outcome
    status = np.where((relied_on > 0) & (outcome.status == PASS), NOT_ASSESSABLE, outcome.status).astype(np.int8)
    return Outcome(status, outcome.left, outcome.right)
