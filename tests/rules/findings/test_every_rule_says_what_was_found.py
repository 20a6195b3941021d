"""Every rule of the specs, failing: its sentence names no id, and the default one shows what was found and expected."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from disclosure_checks.grammar.model.report import Fact
from disclosure_checks.rules.expectations.rule_evaluation import evaluate_all
from disclosure_checks.rules.findings.assembly import assemble_findings
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.findings.messages import finding_message
from disclosure_checks.rules.formula.evaluation import evaluate
from disclosure_checks.rules.formula.outcomes import FAIL, RuleInstance
from disclosure_checks.rules.spec.compiling.compiled import CompiledRule, CompiledSpecification
from disclosure_checks.rules.texts.catalogue import LANGUAGES
from disclosure_checks.rules.texts.number_words import number_words
from tests.checking import specification
from tests.rules.spec_samples import sample_report

ID = re.compile(r"[a-z]+_[a-z_]+|[a-z]+\.[a-z_]+")
NUMBERS = (0, 1, 2, 3, 5, 7, 11, 12, 40, 100, 101, 150, 2000, 2023, 2024, 1e5, 2e5, 0.5, -1, 0.123456789, 12.5, 1e6)
TRIES = 4000


def numbers_that_fail(instance: RuleInstance, random: np.random.Generator) -> dict[str, float] | None:
    """Numbers with which an instance fails; None where none were found, as for what only fails where others do."""
    columns = {name: random.choice(NUMBERS, TRIES) * (random.random(TRIES) < 0.5) for name in instance.inputs}
    for name, column in columns.items():
        if name.startswith("requests.other."):  # printed row by row
            column[:] = np.nan
    rows = np.nonzero(evaluate(instance, columns, TRIES).status == FAIL)[0]
    return {name: float(column[rows[0]]) for name, column in columns.items()} if rows.size else None


def findings_with(compiled: CompiledSpecification, rule: CompiledRule, numbers: dict[str, float]) -> list[Finding]:
    base = sample_report(compiled, {})
    cells = {
        name: cell._replace(value=numbers[name], text=str(numbers[name])) if name in numbers else cell
        for name, cell in base.cells.items()
    }
    facts = {**base.facts, **{name: Fact(value) for name, value in numbers.items() if name in base.facts}}
    columns = {name: np.array([value]) for name, value in numbers.items()}
    report = replace(base, cells=cells, facts=facts)
    return assemble_findings(compiled, [report], columns, evaluate_all(compiled, columns, 1))


@pytest.mark.parametrize("name", ["2021_format", "2019_format"])
def test_every_rule_says_what_was_found(name: str):
    spec, random = specification(name), np.random.default_rng(1)
    told = 0
    for rule in spec.rules:
        numbers = numbers_that_fail(rule.instances[0], random)
        if numbers is None:
            continue
        alone = replace(rule, instances=rule.instances[:1])
        for finding in findings_with(replace(spec, rules=(alone,)), alone, numbers):
            told += 1
            for language in LANGUAGES:
                said = finding_message(finding, spec, language)
                assert not ID.search(said), (rule.rule.id, said)
                if rule.rule.message is None:
                    shown = [finding.observed, finding.expected]
                    if finding.difference is None:
                        shown = [term.value for term in finding.read]
                        assert shown, rule.rule.id
                    assert all(number_words(value) in said for value in shown), (rule.rule.id, said)
    assert told > 0.9 * len(spec.rules)
