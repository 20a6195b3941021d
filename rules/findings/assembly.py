"""From outcomes to findings: only the (report, instance) pairs that failed or could not be judged are looked at.

A rule over one counting fact gives a finding for each thing counted; any other rule gives one for each loop item.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from disclosure_checks.grammar.model.packing import cell_status
from disclosure_checks.grammar.model.report import Cell, CellStatus, Evidence, Fact, Place, Report
from disclosure_checks.rules.findings.diagnosis import NO_EXPLANATION, Explanation, diagnose, filled_in
from disclosure_checks.rules.findings.finding import Finding, Term
from disclosure_checks.rules.findings.missing_cells import values_of_missing_cells
from disclosure_checks.rules.findings.telling_once import SortKey, together, told_once
from disclosure_checks.rules.findings.terms import (
    FormulaReading,
    OneRowCells,
    ValueOf,
    missing_inputs,
    rests_on_picture,
)
from disclosure_checks.rules.formula.evaluation import evaluate
from disclosure_checks.rules.formula.outcomes import (
    FAIL,
    NOT_ASSESSABLE,
    Columns,
    FloatArray,
    Outcome,
    ResultStatus,
    RuleInstance,
)
from disclosure_checks.rules.spec.compiling.compiled import CompiledRule, CompiledSpecification
from disclosure_checks.rules.spec.compiling.vocabulary import vocabulary_of
from disclosure_checks.rules.spec.model.body_facts import BODY_SCOPE
from disclosure_checks.rules.spec.model.specification import Severity

_SEVERITIES = list(Severity)
_PRINTED = (CellStatus.READ, CellStatus.RECOGNISED)  # what a report prints itself
_BODY_FACT = f"{BODY_SCOPE}."
_SAID_NUMBER = "(?P<value>"  # a pattern with this group takes a number that is said; others count


def assemble_findings(
    compiled: CompiledSpecification,
    reports: Sequence[Report],
    columns: Columns,
    outcomes: Mapping[str, tuple[Outcome, ...]],
    corrected: bool = True,
) -> list[Finding]:
    """Every finding, ordered by report, severity, rule id and loop item.

    ``columns`` and ``outcomes`` are those of ``reports``, in the same order (see ``rules.formula.evaluation.evaluate_all``).
    ``corrected``: whether to look for the cells that are wrong, too, which takes most of the time.
    """

    def cell_of(row: int, name: str) -> Cell | None:
        return reports[row].cells.get(name)

    def printed(row: int, name: str) -> bool:
        return cell_status(reports[row].cells, name) in _PRINTED

    explanations = diagnose(compiled, columns, outcomes, printed) if corrected else {}
    missing_values = values_of_missing_cells(compiled, columns, outcomes, cell_of) if corrected else {}
    assembly = _Assembly(compiled, reports, columns, explanations, missing_values)
    found: list[tuple[SortKey, Finding]] = []
    for rule in compiled.rules:
        failed: list[tuple[SortKey, Finding]] = []
        unknown: list[tuple[SortKey, Finding]] = []
        for position, (instance, outcome) in enumerate(zip(rule.instances, outcomes[rule.rule.id], strict=True)):
            failed += assembly.failures(rule, position, instance, outcome)
            if not rule.rule.skip_missing:
                unknown += assembly.not_assessable(rule, position, instance, outcome)
        found += told_once(failed, rule.rule.once)
        found += told_once(unknown, "report", assembly.lacks_what_is_not_printed)
    found.sort(key=lambda pair: pair[0])
    return [finding for _, finding in found]


class _Verdict(NamedTuple):
    """What is said of one instance in one report."""

    status: ResultStatus
    missing: tuple[str, ...] = ()
    blank_as_zero: float | None = None
    explanation: Explanation = NO_EXPLANATION


@dataclass
class _Assembly:
    """What all findings of a run are made from. ``filled`` keeps columns with blank cells read as 0.

    ``missing_values``: what the sums say of cells without a number, by report.
    """

    compiled: CompiledSpecification
    reports: Sequence[Report]
    columns: Columns
    explanations: Mapping[tuple[int, str, int], Explanation]
    missing_values: Mapping[int, Mapping[str, float]]
    filled: dict[str, FloatArray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        vocabulary = vocabulary_of(self.compiled.specification)
        self.cells = frozenset(self.compiled.cells)
        self.one_rows = OneRowCells.of_tables(vocabulary.tables.values())
        self.said_numbers = frozenset(
            f"text.{fact.id}" for fact in self.compiled.specification.facts if _SAID_NUMBER in (fact.pattern or "")
        )

    def failures(
        self, rule: CompiledRule, position: int, instance: RuleInstance, outcome: Outcome
    ) -> Iterator[tuple[SortKey, Finding]]:
        rows = np.nonzero(outcome.status == FAIL)[0].tolist()
        if not rows:
            return
        reading = FormulaReading.of(instance)
        for row in rows:
            explanation = self.explanations.get((row, rule.rule.id, position), NO_EXPLANATION)
            failure = _Verdict(ResultStatus.FAIL, explanation=explanation)
            occurrences = self._occurrences(instance, row)
            if rule.rule.together and occurrences:
                occurrences = (together(occurrences),)
            if not occurrences:
                yield _key(row, rule, position), self._finding(rule, reading, outcome, row, failure)
            for number, evidence in enumerate(occurrences):
                finding = self._finding(rule, reading, outcome, row, failure, evidence)
                yield _key(row, rule, position, number), finding

    def not_assessable(
        self, rule: CompiledRule, position: int, instance: RuleInstance, outcome: Outcome
    ) -> Iterator[tuple[SortKey, Finding]]:
        open_in = outcome.status == NOT_ASSESSABLE
        if instance.speaks_of:
            said = self.columns.get(instance.speaks_of)
            open_in = open_in & ~np.isnan(said) if said is not None else np.zeros_like(open_in)
        rows = np.nonzero(open_in)[0].tolist()
        if not rows:
            return
        reading = FormulaReading.of(instance)
        told = dict(self._told_missing(reading, rows))
        blank = [row for row, missing in told.items() if self._any_blank(row, missing)]
        differences = self._differences_with_blanks_as_zero(instance, blank)
        blank_as_zero = {row: _number(difference) for row, difference in zip(blank, differences, strict=True)}
        for row, missing in told.items():
            verdict = _Verdict(ResultStatus.NOT_ASSESSABLE, missing, blank_as_zero.get(row))
            yield _key(row, rule, position), self._finding(rule, reading, outcome, row, verdict)

    def lacks_what_is_not_printed(self, key: SortKey, finding: Finding) -> bool:
        """Whether all that a result lacks are cells that are not printed: a table or row that was not read is one cause."""
        cells = self.reports[key[0]].cells
        return bool(finding.missing) and all(
            name in cells and cells[name].status is CellStatus.ABSENT for name in finding.missing
        )

    def _told_missing(self, reading: FormulaReading, rows: list[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The reports that are worth a finding, each with the inputs it lacks."""
        for row in rows:
            cells = self.reports[row].cells
            missing = missing_inputs(reading.formula, self._value_of(row), cells)
            told = tuple(name for name in missing if not self.one_rows.not_meant_to_be_printed(name, cells))
            if told or not missing:  # else the group is printed the other way, where another instance judges it
                yield row, told

    def _any_blank(self, row: int, names: tuple[str, ...]) -> bool:
        cells = self.reports[row].cells
        return any(name in cells and cells[name].status is CellStatus.BLANK for name in names)

    def _finding(
        self,
        rule: CompiledRule,
        reading: FormulaReading,
        outcome: Outcome,
        row: int,
        verdict: _Verdict,
        occurrence: Evidence | None = None,
    ) -> Finding:
        report = self.reports[row]
        value_of = self._value_of(row)
        used = reading.inputs(value_of)
        left, right = reading.sides(value_of)
        observed, expected = _number(outcome.left[row]), _number(outcome.right[row])
        failed = verdict.status is ResultStatus.FAIL and observed is not None and expected is not None
        cells = occurrence.cells if occurrence else tuple([name for name in used if name in self.cells])
        explanation = verdict.explanation
        if occurrence or verdict.status is ResultStatus.NOT_ASSESSABLE:
            explanation = filled_in(cells, self.missing_values.get(row, {}))
        return Finding(
            source=report.source,
            agency=report.agency,
            year=report.year,
            rule=rule.rule.id,
            severity=rule.rule.severity,
            status=verdict.status,
            item=reading.instance.item,
            cells=cells,
            observed=observed,
            expected=expected,
            difference=(observed or 0.0) - (expected or 0.0) if failed else None,
            left=left,
            right=right,
            missing=verdict.missing,
            blank_as_zero=verdict.blank_as_zero,
            evidence=occurrence or _first_evidence(report, used),
            where=_where(report, occurrence, left, right, used),
            diagnosis=explanation.suspect,
            candidates=explanation.candidates,
            correction=explanation.changes,
            printed_agency=report.printed_agency,
            from_picture=verdict.status is ResultStatus.FAIL and rests_on_picture(used, report.cells),
            read=() if failed or verdict.status is not ResultStatus.FAIL else reading.terms_read(value_of),
            body=tuple([Term(name, 1.0, value_of(name)) for name in used if name.startswith(_BODY_FACT)]),
        )

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
                if cell_status(self.reports[row].cells, name) is CellStatus.BLANK
            ]
            if blank:
                known = known.copy()
                known[blank] = 0.0
            self.filled[name] = known
        return known


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


def _first_evidence(report: Report, names: tuple[str, ...]) -> Evidence | None:
    return next((fact.evidence[0] for name in names if (fact := _fact(report, name)) and fact.evidence), None)


def _where(
    report: Report,
    occurrence: Evidence | None,
    left: tuple[Term, ...],
    right: tuple[Term, ...],
    used: tuple[str, ...],
) -> str:
    """The place of an occurrence; else the first that is known of a total, the terms and the other inputs."""
    if occurrence:
        return str(occurrence.place) if occurrence.place else ""
    names = (*_totals_first(left, right), *used)
    return next((str(place) for name in names if (place := _place(report, name))), "")
