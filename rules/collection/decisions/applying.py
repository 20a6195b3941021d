"""Decisions and findings: which findings are set aside, and which decisions need another look.

What is over, or answers to nothing, becomes a fact of the report before the rules run, so that it is told by rules of
the spec like everything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from disclosure_checks.grammar.model.overlaid_facts import OverlaidFacts
from disclosure_checks.grammar.model.report import Evidence, Fact, Report
from disclosure_checks.rules.collection.decisions.register import DecisionRegister, rules_of, speaks_of
from disclosure_checks.rules.expectations.frame_columns import frame_columns
from disclosure_checks.rules.expectations.rule_evaluation import evaluate_all
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.formula.outcomes import FAIL, Outcome, ResultStatus, RuleInstance
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.decision_facts import DECISION_SCOPE
from disclosure_checks.rules.spec.model.decision_list import Decision, DecisionStatus

EXPIRED, UNMATCHED = f"{DECISION_SCOPE}.expired", f"{DECISION_SCOPE}.unmatched"


def with_decision_facts(
    frame: pd.DataFrame, compiled: CompiledSpecification, reports: Sequence[Report], register: DecisionRegister
) -> tuple[pd.DataFrame, list[Report]]:
    """The frame and its reports with the facts ``decision.<name>``; those of reports nobody decided about are 0."""
    decided = [row for row, report in enumerate(reports) if register.of(report)]
    some = frame.iloc[decided]
    outcomes = evaluate_all(compiled, frame_columns(some), len(some)) if decided else {}
    facts = [{EXPIRED: Fact(0.0), UNMATCHED: Fact(0.0)}] * len(reports)
    for place, row in enumerate(decided):
        facts[row] = _facts(register, compiled, reports[row], outcomes, place)
    changed = frame.copy(deep=False)
    for name in (EXPIRED, UNMATCHED):
        if name in changed.columns:
            changed[name] = [own[name].value for own in facts]
    overlaid = [
        replace(report, facts=OverlaidFacts(report.facts, own)) for report, own in zip(reports, facts, strict=True)
    ]
    return changed, overlaid


def _facts(
    register: DecisionRegister,
    compiled: CompiledSpecification,
    report: Report,
    outcomes: Mapping[str, tuple[Outcome, ...]],
    place: int,
) -> dict[str, Fact]:
    decisions = register.of(report)
    unmatched = [one for one in decisions if not _is_met(one, compiled, report, outcomes, place)]
    over = [decision for decision in decisions if register.is_over(decision) and decision not in unmatched]
    return {EXPIRED: _counted(over), UNMATCHED: _counted(unmatched)}


def _is_met(
    decision: Decision,
    compiled: CompiledSpecification,
    report: Report,
    outcomes: Mapping[str, tuple[Outcome, ...]],
    place: int,
) -> bool:
    """Whether any result that a decision speaks of fails."""
    return any(
        int(outcome.status[place]) == FAIL and speaks_of(decision, rule, _concerned(instance, report))
        for rule in rules_of(decision, compiled)
        for instance, outcome in zip(rule.instances, outcomes[rule.rule.id], strict=True)
    )


def _concerned(instance: RuleInstance, report: Report) -> set[str]:
    """The cells a result concerns: those its formula reads, and those behind the facts it reads."""
    facts = [report.facts[name] for name in instance.inputs if name in report.facts]
    return {*instance.inputs, *(cell for fact in facts for evidence in fact.evidence for cell in evidence.cells)}


def _counted(decisions: Sequence[Decision]) -> Fact:
    return Fact(float(len(decisions)), tuple(Evidence(None, _words(one), one.cells) for one in decisions))


def _words(decision: Decision) -> str:
    """A decision as it stands in the file, in short: its rule, its last day, its reason."""
    return " ".join(filter(None, (decision.rule, decision.until, decision.reason)))


def with_decisions(
    findings: Sequence[Finding], compiled: CompiledSpecification, reports: Sequence[Report], register: DecisionRegister
) -> list[Finding]:
    """The findings with what was decided about them; accepted ones are waived."""
    decided = {report.source: decisions for report in reports if (decisions := register.of(report))}
    return [
        _decided(finding, compiled, decided[finding.source], register) if finding.source in decided else finding
        for finding in findings
    ]


def _decided(
    finding: Finding, compiled: CompiledSpecification, decisions: Sequence[Decision], register: DecisionRegister
) -> Finding:
    if finding.status is not ResultStatus.FAIL:
        return finding
    decision = next(_about(finding, compiled, decisions, register), None)
    if decision is None:
        return finding
    accepted = decision.status is DecisionStatus.ACCEPTED
    return replace(finding, decision=decision, status=ResultStatus.WAIVED if accepted else finding.status)


def _about(
    finding: Finding, compiled: CompiledSpecification, decisions: Sequence[Decision], register: DecisionRegister
) -> Iterator[Decision]:
    """The decisions that hold for a finding. What tells of several is settled by one about all of their cells."""
    rule = compiled.rule_by_id[finding.rule]
    for decision in decisions:
        settled = not (finding.others and decision.cells) or set(finding.cells).issubset(decision.cells)
        if settled and not register.is_over(decision) and speaks_of(decision, rule, finding.cells):
            yield decision
