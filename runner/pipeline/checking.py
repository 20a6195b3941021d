"""Readings in, reports with their findings out. Neither GX nor a file is needed here: a run publishes what comes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from disclosure_checks.grammar.model.report import Report, UnreadableReport
from disclosure_checks.rules.collection.agencies.body_facts import with_body_facts
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.collection.agencies.roll import AgencyRoll, call_the_roll
from disclosure_checks.rules.collection.decisions.applying import with_decision_facts
from disclosure_checks.rules.collection.decisions.register import DecisionRegister
from disclosure_checks.rules.collection.earlier_years import AgencyYear, contested_years
from disclosure_checks.rules.collection.facts import with_collection_facts
from disclosure_checks.rules.collection.frame import build_frame
from disclosure_checks.rules.collection.hierarchy import with_children_sums
from disclosure_checks.rules.expectations.frame_columns import frame_columns
from disclosure_checks.rules.expectations.rule_evaluation import evaluate_all
from disclosure_checks.rules.findings.assembly import assemble_findings
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.findings.messages import finding_message
from disclosure_checks.rules.formula.outcomes import Columns, Outcome
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.collection.earlier_runs import EarlierRuns
from disclosure_checks.runner.exports.records import (
    CheckedReport,
    Records,
    ReportRecord,
    report_order,
    unreadable_record,
)
from disclosure_checks.runner.publishing.file_names import PageKey, page_paths
from disclosure_checks.runner.reading.file_reader import Reading

Outcomes = Mapping[str, tuple[Outcome, ...]]  # by rule id
Evaluation = Callable[[CompiledSpecification, pd.DataFrame], Outcomes]
"""Every rule of a spec on every row of a frame."""


class JudgedReports(NamedTuple):
    """The reports of one spec, the frame of their numbers, and their findings."""

    compiled: CompiledSpecification
    reports: Sequence[Report]
    frame: pd.DataFrame
    findings: Sequence[Finding]


@dataclass(frozen=True)
class ReadReports:
    """What was read: the reports by format, each with the facts that it has beside the others.

    ``roll``: who reported. ``earlier``: what is known of earlier runs.
    """

    by_format: Mapping[str, Sequence[Report]]
    unreadable: Sequence[UnreadableReport]
    roll: AgencyRoll
    earlier: EarlierRuns

    @property
    def contested(self) -> frozenset[AgencyYear]:
        """The agencies and years of which there are several reports."""
        return contested_years(report for own in self.by_format.values() for report in own)


def sort_readings(
    readings: Sequence[Reading],
    registry: AgencyRegistry | None,
    earlier_runs: Callable[[Sequence[Report]], EarlierRuns],
) -> ReadReports:
    """The readings by format and put beside each other. ``earlier_runs``: finds those of the agencies of these reports."""
    read = [report for _, report in readings if isinstance(report, Report)]
    unreadable = [report for _, report in readings if isinstance(report, UnreadableReport)]
    formats = {report.source: name for name, report in readings}
    by_format: dict[str, list[Report]] = defaultdict(list)
    named, roll = call_the_roll(read, registry)
    earlier = earlier_runs(named)
    for report in with_collection_facts(named, earlier.texts(named)):
        by_format[formats[report.source]].append(report)
    return ReadReports(by_format, unreadable, roll, earlier)


class FramedReports(NamedTuple):
    """The reports of one spec and the frame of their numbers, a row a report."""

    compiled: CompiledSpecification
    reports: Sequence[Report]
    frame: pd.DataFrame


def framed(
    specifications: Sequence[CompiledSpecification], read: ReadReports, decisions: DecisionRegister | None = None
) -> Iterator[FramedReports]:
    """The reports of each spec that has any, put beside each other."""
    contested = read.contested
    for compiled in specifications:
        own = read.by_format.get(compiled.specification.format)
        if own:
            reports = with_body_facts(own, compiled.specification, read.roll)
            frame = build_frame(compiled, reports, read.earlier.years_before(compiled, read.by_format, contested))
            frame = with_children_sums(frame, compiled, reports, read.roll)
            if decisions is not None:
                frame, reports = with_decision_facts(frame, compiled, reports, decisions)
            yield FramedReports(compiled, reports, frame)


def judge(
    specifications: Sequence[CompiledSpecification], read: ReadReports, evaluation: Evaluation
) -> Iterator[JudgedReports]:
    """The reports of each spec that has any, with what its rules find in them."""
    for compiled, reports, frame in framed(specifications, read):
        findings = assemble_findings(compiled, reports, frame_columns(frame), evaluation(compiled, frame))
        yield JudgedReports(compiled, reports, frame, findings)


def findings_of_rows(
    framed_reports: FramedReports, columns: Columns, outcomes: Outcomes, rows: Sequence[int], corrected: bool = True
) -> list[Finding]:
    """The findings of some rows of a frame. ``columns``, ``outcomes``: those of all its rows.

    ``corrected``: see ``assemble_findings``.
    """
    compiled, reports, frame = framed_reports
    if len(rows) == len(frame):
        return assemble_findings(compiled, reports, columns, outcomes, corrected)
    wanted = np.asarray(rows, dtype=np.intp)
    some = {
        rule: tuple(Outcome(one.status[wanted], one.left[wanted], one.right[wanted]) for one in found)
        for rule, found in outcomes.items()
    }
    own = {name: column[wanted] for name, column in columns.items()}
    return assemble_findings(compiled, [reports[row] for row in rows], own, some, corrected)


def evaluate(compiled: CompiledSpecification, frame: pd.DataFrame) -> Outcomes:
    """The evaluation that GX's metric calls in a run, without GX around it."""
    return evaluate_all(compiled, frame_columns(frame), len(frame))


def checked_reports(judged: Sequence[JudgedReports], language: str) -> list[CheckedReport]:
    """Every report with its records, in the order of the exports."""
    paths = page_paths(PageKey(one.source, one.agency, one.year) for own in judged for one in own.reports)
    checked = [report for own in judged for report in _checked(own, paths, language)]
    return sorted(checked, key=lambda one: report_order(one.record.report))


def unreadable_records(read: ReadReports, reason: Callable[[UnreadableReport], str]) -> list[ReportRecord]:
    """The records of what could not be read, each with its reason."""
    return [unreadable_record(one, reason(one)) for one in read.unreadable]


def all_records(checked: Sequence[CheckedReport], unreadable: Sequence[ReportRecord]) -> list[ReportRecord]:
    """The records of all inputs, in the order of the exports."""
    return sorted([*(one.record for one in checked), *unreadable], key=lambda one: report_order(one.report))


def _checked(judged: JudgedReports, paths: Mapping[str, str], language: str) -> Iterator[CheckedReport]:
    by_source: dict[str, list[Finding]] = defaultdict(list)
    for finding in judged.findings:
        by_source[finding.source].append(finding)
    records = Records(judged.compiled, finding_message, language)
    for report in judged.reports:
        yield records.checked_report(report, by_source[report.source], paths[report.source])
