"""From outcomes to findings: only the (report, instance) pairs that failed or could not be judged are looked at.

A rule over one counting fact gives a finding for each thing counted; any other rule gives one for each loop item.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from grammar.document import CellStatus, Evidence, Fact, Place, Report
from rules.diagnosis import diagnose
from rules.evaluation import evaluate
from rules.expression import Condition, main_comparison
from rules.finding_terms import OneRowCells, ValueOf, missing_inputs, terms_of, used_inputs
from rules.findings import Diagnosis, Finding, ResultStatus, Term
from rules.outcomes import (
    FAIL,
    NOT_ASSESSABLE,
    Columns,
    CompiledRule,
    CompiledSpecification,
    FloatArray,
    Outcome,
    RuleInstance,
)
from rules.specification import Severity
from rules.vocabulary import vocabulary_of

_SEVERITIES = list(Severity)
_SAID_NUMBER = "(?P<value>"  # a pattern with this group takes a number that is said; others count

SortKey = tuple[int, int, str, int, int]  # report, severity, rule, item, occurrence


def assemble_findings(
    compiled: CompiledSpecification,
    reports: Sequence[Report],
    columns: Columns,
    outcomes: Mapping[str, tuple[Outcome, ...]],
) -> list[Finding]:
    """Every finding, ordered by report, severity, rule id and loop item.

    ``columns`` and ``outcomes`` are those of ``reports``, in the same order (see ``rules.evaluation.evaluate_all``).
    """
    assembly = _Assembly(compiled, reports, columns, diagnose(compiled, columns, outcomes))
    found: list[tuple[SortKey, Finding]] = []
    for rule in compiled.rules:
        for position, (instance, outcome) in enumerate(zip(rule.instances, outcomes[rule.rule.id], strict=True)):
            found += assembly.failures(rule, position, instance, outcome)
            if not rule.rule.skip_missing:
                found += assembly.not_assessable(rule, position, instance, outcome)
    found.sort(key=lambda pair: pair[0])
    return [finding for _, finding in found]


@dataclass
class _Assembly:
    """What all findings of a run are made from. ``filled`` keeps columns with blank cells read as 0."""

    compiled: CompiledSpecification
    reports: Sequence[Report]
    columns: Columns
    diagnoses: Mapping[tuple[int, str, int], Diagnosis]
    filled: dict[str, FloatArray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        vocabulary = vocabulary_of(self.compiled.specification)
        self.cells = frozenset(self.compiled.cells)
        self.one_rows = OneRowCells.from_layouts(vocabulary.tables.values())
        self.said_numbers = frozenset(
            f"text.{fact.id}" for fact in self.compiled.specification.facts if _SAID_NUMBER in (fact.pattern or "")
        )

    def failures(
        self, rule: CompiledRule, position: int, instance: RuleInstance, outcome: Outcome
    ) -> Iterator[tuple[SortKey, Finding]]:
        for row in np.nonzero(outcome.status == FAIL)[0].tolist():
            finding = self._finding(rule, instance, outcome, row, ResultStatus.FAIL)
            finding = replace(finding, diagnosis=self.diagnoses.get((row, rule.rule.id, position)))
            occurrences = self._occurrences(instance, row)
            if not occurrences:
                yield _key(row, rule, position), finding
            for number, evidence in enumerate(occurrences):
                yield _key(row, rule, position, number), _at_evidence(finding, evidence)

    def not_assessable(
        self, rule: CompiledRule, position: int, instance: RuleInstance, outcome: Outcome
    ) -> Iterator[tuple[SortKey, Finding]]:
        formula = _formula(instance)
        blank: list[int] = []
        findings: dict[int, Finding] = {}
        for row in np.nonzero(outcome.status == NOT_ASSESSABLE)[0].tolist():
            cells = self.reports[row].cells
            missing = missing_inputs(formula, self._value_of(row), cells)
            told = tuple(name for name in missing if not self.one_rows.not_meant_to_be_printed(name, cells))
            if missing and not told:
                continue  # the group is printed the other way, where another instance judges it
            finding = self._finding(rule, instance, outcome, row, ResultStatus.NOT_ASSESSABLE)
            findings[row] = replace(finding, difference=None, missing=told)
            if any(name in cells and cells[name].status is CellStatus.BLANK for name in told):
                blank.append(row)
        for row, difference in zip(blank, self._differences_with_blanks_as_zero(instance, blank), strict=True):
            findings[row] = replace(findings[row], blank_as_zero=_number(difference))
        yield from ((_key(row, rule, position), finding) for row, finding in findings.items())

    def _finding(
        self, rule: CompiledRule, instance: RuleInstance, outcome: Outcome, row: int, status: ResultStatus
    ) -> Finding:
        report = self.reports[row]
        formula, value_of = _formula(instance), self._value_of(row)
        used = used_inputs(formula, value_of)
        left, right = self._terms(instance, value_of)
        places = [*_totals_first(left, right), *used]
        evidence = next((fact.evidence[0] for name in used if (fact := _fact(report, name)) and fact.evidence), None)
        return Finding(
            source=report.source,
            agency=report.agency,
            year=report.year,
            rule=rule.rule.id,
            severity=rule.rule.severity,
            status=status,
            item=instance.item,
            cells=tuple(name for name in used if name in self.cells),
            observed=_number(outcome.left[row]),
            expected=_number(outcome.right[row]),
            difference=_number(outcome.left[row] - outcome.right[row]),
            left=left,
            right=right,
            evidence=evidence,
            where=next((str(place) for name in places if (place := _place(report, name))), ""),
        )

    def _terms(self, instance: RuleInstance, value_of: ValueOf) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        comparison = main_comparison(_formula(instance))
        if comparison is None or not (instance.left or instance.right):
            return (), ()
        return terms_of(comparison.left, value_of), terms_of(comparison.right, value_of)

    def _occurrences(self, instance: RuleInstance, row: int) -> tuple[Evidence, ...]:
        """What was counted, where the formula reads nothing but one count."""
        if len(instance.inputs) != 1 or instance.inputs[0] in self.said_numbers:
            return ()
        fact = _fact(self.reports[row], instance.inputs[0])
        return fact.evidence if fact else ()

    def _value_of(self, row: int) -> ValueOf:
        def value(name: str) -> float:
            column = self.columns.get(name)
            return math.nan if column is None else float(column[row])

        return value

    def _differences_with_blanks_as_zero(self, instance: RuleInstance, rows: list[int]) -> FloatArray:
        """Left side minus right side in some reports, shape (rows,), if every blank cell were 0."""
        if not rows:
            return np.empty(0)
        columns = {name: self._filled(name)[rows] for name in instance.inputs if name in self.columns}
        outcome = evaluate(instance, columns, len(rows))
        difference: FloatArray = outcome.left - outcome.right
        return difference

    def _filled(self, name: str) -> FloatArray:
        known = self.filled.get(name)
        if known is None:
            known = self.columns[name]
            blank = [
                row
                for row in np.nonzero(np.isnan(known))[0].tolist()
                if (cell := self.reports[row].cells.get(name)) is not None and cell.status is CellStatus.BLANK
            ]
            if blank:
                known = known.copy()
                known[blank] = 0.0
            self.filled[name] = known
        return known


def _formula(instance: RuleInstance) -> Condition:
    formula: Condition = instance.formula  # type: ignore[assignment]  # RuleInstance leaves the type open
    return formula


def _key(row: int, rule: CompiledRule, position: int, occurrence: int = 0) -> SortKey:
    return row, _SEVERITIES.index(rule.rule.severity), rule.rule.id, position, occurrence


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _fact(report: Report, name: str) -> Fact | None:
    return report.facts.get(name)


def _place(report: Report, name: str) -> Place | None:
    cell = report.cells.get(name)
    if cell is not None:
        return cell.place
    fact = report.facts.get(name)
    return fact.evidence[0].place if fact and fact.evidence else None


def _totals_first(left: tuple[Term, ...], right: tuple[Term, ...]) -> list[str]:
    """The names of an equation, a side that is one term (a total) before the others."""
    sides = sorted((left, right), key=lambda side: len(side) != 1)
    return [term.name for side in sides for term in side]


def _at_evidence(finding: Finding, evidence: Evidence) -> Finding:
    where = str(evidence.place) if evidence.place else ""
    return replace(finding, evidence=evidence, where=where, cells=evidence.cells)
