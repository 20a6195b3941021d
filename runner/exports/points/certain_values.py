"""What a rule says for certain about what should be printed, from its formula alone; and which rules are no point at all."""

from __future__ import annotations

from disclosure_checks.rules.formula.expression import Compare, Constant, Input, Numeric, inputs_of, main_comparison
from disclosure_checks.rules.formula.functions import without_years
from disclosure_checks.rules.formula.outcomes import RuleInstance
from disclosure_checks.rules.spec.compiling.claim_rules import RULE_PREFIX
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.decision_facts import DECISION_SCOPE


def rules_about_decisions(compiled: CompiledSpecification) -> frozenset[str]:
    """The rules about what people decided: theirs to put right, not the agency's, whose report has no part in it."""
    return frozenset(
        rule.rule.id
        for rule in compiled.rules
        if any(name.startswith(f"{DECISION_SCOPE}.") for instance in rule.instances for name in instance.inputs)
    )


def says_what_a_table_holds(compiled: CompiledSpecification, instance: RuleInstance) -> bool:
    """Whether a number of a sentence should be what cells of this report come to.

    Not where it may speak of something else, as the rules for the numbers of all claims tell. A sentence that says none at
    all may speak of several cells, but then no number of theirs is the one to say.
    """
    comparison = _equality(instance)
    if comparison is None or not instance.speaks_of or comparison.left != Input(instance.speaks_of):
        return False
    cells = list(inputs_of(comparison.right))
    claim = instance.speaks_of.split(".")[1]
    if instance.rule_id != f"{RULE_PREFIX}{claim}" or not cells or not all(map(compiled.labels.is_cell, cells)):
        return False
    implied = any(one.id == claim and one.implies is not None for one in compiled.specification.claims)
    return len(cells) == 1 or not implied


def value_of_one_cell(
    compiled: CompiledSpecification, instance: RuleInstance, observed: float | None, expected: float | None
) -> float | None:
    """What one cell should hold by a comparison with a number of the rule or of an earlier year; None without one."""
    comparison = _equality(instance)
    if comparison is None:
        return None
    if _is_cell(compiled, comparison.left) and _is_known(compiled, comparison.right):
        return expected
    if _is_cell(compiled, comparison.right) and _is_known(compiled, comparison.left):
        return observed
    return None


def _equality(instance: RuleInstance) -> Compare | None:
    comparison = main_comparison(instance.formula)  # type: ignore[arg-type]  # RuleInstance leaves the type open
    return comparison if comparison is not None and comparison.operator == "==" else None


def _is_cell(compiled: CompiledSpecification, side: Numeric) -> bool:
    return isinstance(side, Input) and compiled.labels.is_cell(side.column)


def _is_known(compiled: CompiledSpecification, side: Numeric) -> bool:
    """Whether a side is a number of the rule, or a cell of an earlier year."""
    if isinstance(side, Constant):
        return True
    if not isinstance(side, Input) or compiled.labels.is_cell(side.column):
        return False
    return compiled.labels.is_cell(without_years(side.column))
