"""From a compiled spec to its GX ExpectationSuite: an expectation a rule, with ids that depend on nothing but names."""

from __future__ import annotations

import uuid
from typing import Any

from disclosure_checks.rules.expectations.gx_interface import ExpectationSuite, FailureSeverity
from disclosure_checks.rules.expectations.rule_expectations import EXPECTATION_KINDS, ExpectRuleToHold
from disclosure_checks.rules.formula.expression import Compare, Implication
from disclosure_checks.rules.spec.compiling.compiled import CompiledRule, CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Severity

GX_SEVERITY: dict[Severity, FailureSeverity] = {
    Severity.ERROR: FailureSeverity.CRITICAL,
    Severity.LIKELY: FailureSeverity.WARNING,
    Severity.ADVISORY: FailureSeverity.INFO,
    Severity.INFO: FailureSeverity.INFO,
}

# any fixed namespace will do; it makes the ids of suites and expectations a function of their names
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "disclosure-checks")


def stable_id(*names: str) -> str:
    """An id of the shape GX wants (a UUID) that is the same for the same names, in every run and on every machine."""
    return str(uuid.uuid5(_NAMESPACE, "\n".join(names)))


def suite_name(compiled: CompiledSpecification) -> str:
    """The name of a spec's suite: the id of its format."""
    return compiled.specification.format


def build_suite(
    compiled: CompiledSpecification, language: str = "zh", kind: type[ExpectationSuite] = ExpectationSuite
) -> ExpectationSuite:
    """The suite of a spec: an expectation for each rule, in the order of the spec. ``language``: zh or en."""
    name = suite_name(compiled)
    cells = frozenset(compiled.cells)
    suite = kind(
        name=name,
        expectations=[_expectation(rule, compiled.fingerprint, cells, language) for rule in compiled.rules],
        meta={
            "format": compiled.specification.format,
            "title": compiled.specification.title.model_dump(),
            "basis": compiled.specification.basis,
            "fingerprint": compiled.fingerprint,
        },
    )
    suite.id = stable_id(name)
    for expectation in suite.expectations:
        # the constructor of a suite takes only expectations without an id
        expectation.id = stable_id(name, expectation.rule)
    return suite


def expectation_kind(rule: CompiledRule, cells: frozenset[str]) -> str:
    """Which kind of expectation (a key of EXPECTATION_KINDS) shows a rule best. ``cells``: every cell id of the spec.

    A rule without an instance has nothing to go by and is shown as the general kind.
    """
    inputs = [name.rpartition(":")[2] for instance in rule.instances for name in instance.inputs]
    if inputs and cells.isdisjoint(inputs):
        return "threshold"
    formulas = [instance.formula for instance in rule.instances]
    if any(isinstance(formula, Implication) for formula in formulas):
        return "condition"
    if any(isinstance(formula, Compare) and formula.operator == "==" for formula in formulas):
        return "equation"
    return "rule"


def rule_meta(rule: CompiledRule) -> dict[str, Any]:
    """What an expectation and every stored result of it say about their rule."""
    meta: dict[str, Any] = {
        "rule": rule.rule.id,
        "title": rule.rule.title.model_dump(),
        "severity": rule.rule.severity.value,
        "basis": rule.rule.basis,
        "category": rule.rule.category,
    }
    if rule.rule.note is not None:
        meta["note"] = rule.rule.note.model_dump()
    return meta


def _expectation(rule: CompiledRule, fingerprint: str, cells: frozenset[str], language: str) -> ExpectRuleToHold:
    # no description: GX would print it in place of the sentence of the kind, and the formula would be lost
    return EXPECTATION_KINDS[expectation_kind(rule, cells)](
        rule=rule.rule.id,
        specification=fingerprint,
        formula=rule.rule.check,
        language=language,
        severity=GX_SEVERITY[rule.rule.severity],
        meta=rule_meta(rule),
    )
