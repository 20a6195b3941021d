"""What new rules change: the same reports judged by the rules before and after, finding by finding.

Of each report a few texts and numbers are kept, and reports are judged some at a time: ten thousand fit in memory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.decisions.applying import with_decisions
from disclosure_checks.rules.collection.decisions.register import DecisionRegister
from disclosure_checks.rules.expectations.frame_columns import frame_columns
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.runner.exports.records import Records
from disclosure_checks.runner.pipeline.checking import (
    ReadReports,
    evaluate,
    findings_of_rows,
    framed,
)

_TOGETHER = 250  # reports whose findings are assembled at a time
_COUNTED = (ResultStatus.FAIL, ResultStatus.NOT_ASSESSABLE)


class Finder(NamedTuple):
    """A finding as it is told from others of its report: by rule, item of its loop and status."""

    rule: str
    item: str
    status: ResultStatus


@dataclass(frozen=True)
class Judged:
    """What rules say of one report. ``state``: its gravest finding, else its status; ``findings``: how many of each."""

    agency: str
    year: int | None
    state: str
    findings: Mapping[Finder, int]


@dataclass(frozen=True)
class ReportImpact:
    """What changes of one report. ``gained``, ``lost``: rules with findings that come or go, failing or not assessable."""

    report: str
    agency: str
    year: int | None
    before: str
    after: str
    gained: Mapping[Finder, int]
    lost: Mapping[Finder, int]


@dataclass
class RuleImpact:
    """In how many reports a rule comes to something else, and its severity before and after ("" where there is none)."""

    rule: str
    before: str
    after: str
    newly_failing: int = 0
    no_longer_failing: int = 0
    newly_not_assessable: int = 0
    no_longer_not_assessable: int = 0

    @property
    def changes(self) -> int:
        """How many reports it concerns."""
        return self.newly_failing + self.no_longer_failing + self.newly_not_assessable + self.no_longer_not_assessable


@dataclass(frozen=True)
class Impact:
    """What new rules change over all reports. ``count``: how many were compared."""

    count: int
    rules: Sequence[RuleImpact]
    reports: Sequence[ReportImpact]
    states: Mapping[tuple[str, str], int] = field(default_factory=dict)  # how many go from one state to another


def judged(
    specifications: Sequence[CompiledSpecification], read: ReadReports, decisions: DecisionRegister | None
) -> dict[str, Judged]:
    """What rules say of each report, by source."""
    found: dict[str, Judged] = {}
    for own in framed(specifications, read, decisions):
        columns, outcomes = frame_columns(own.frame), evaluate(own.compiled, own.frame)
        records = Records(own.compiled, lambda *_: "", "zh")
        for start in range(0, len(own.reports), _TOGETHER):
            rows = range(start, min(start + _TOGETHER, len(own.reports)))
            reports = [own.reports[row] for row in rows]
            findings = findings_of_rows(own, columns, outcomes, rows, corrected=False)
            if decisions is not None:
                findings = with_decisions(findings, own.compiled, reports, decisions)
            by_source: dict[str, list[Finding]] = defaultdict(list)
            for finding in findings:
                by_source[finding.source].append(finding)
            found.update((report.source, _judged(report, by_source[report.source], records)) for report in reports)
    return found


def _judged(report: Report, findings: Sequence[Finding], records: Records) -> Judged:
    record = records.checked_report(report, findings, "").record
    counts = Counter(Finder(one.rule, one.item, one.status) for one in findings if one.status in _COUNTED)
    return Judged(report.agency, report.year, record.gravest, counts)


def compared(
    before: Mapping[str, Judged],
    after: Mapping[str, Judged],
    old: Sequence[CompiledSpecification],
    new: Sequence[CompiledSpecification],
) -> Impact:
    """What changes between two judgements of the same reports. A rule that was renamed is one and the same."""
    renamed = {former: rule.rule.id for one in new for rule in one.rules for former in rule.rule.renamed_from}
    rules = {rule: RuleImpact(rule, *severities) for rule, severities in _severities(old, new, renamed).items()}
    changed: list[ReportImpact] = []
    states: Counter[tuple[str, str]] = Counter()
    common = [source for source in after if source in before]
    for source in common:
        one, other = before[source], after[source]
        former = Counter({_now(finder, renamed): count for finder, count in one.findings.items()})
        latter = Counter(other.findings)
        gained, lost = latter - former, former - latter
        _count(rules, former, latter)
        if one.state != other.state:
            states[one.state, other.state] += 1
        if gained or lost or one.state != other.state:
            changed.append(ReportImpact(source, other.agency, other.year, one.state, other.state, gained, lost))
    changed.sort(key=lambda one: (one.before == one.after, one.report))
    told = [one for one in rules.values() if one.changes or one.before != one.after]
    return Impact(len(common), sorted(told, key=lambda one: -one.changes), changed, states)


def _now(finder: Finder, renamed: Mapping[str, str]) -> Finder:
    return finder._replace(rule=renamed.get(finder.rule, finder.rule))


def _severities(
    old: Sequence[CompiledSpecification], new: Sequence[CompiledSpecification], renamed: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """The severities of every rule before and after, those of several formats joined."""
    before, after = _severity(old, renamed), _severity(new, {})
    return {rule: (before.get(rule, ""), after.get(rule, "")) for rule in dict.fromkeys((*after, *before))}


def _severity(specifications: Sequence[CompiledSpecification], renamed: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, list[Severity]] = defaultdict(list)
    for one in specifications:
        for rule in one.rules:
            found[renamed.get(rule.rule.id, rule.rule.id)].append(rule.rule.severity)
    return {rule: "/".join(dict.fromkeys(one.value for one in own)) for rule, own in found.items()}


def _count(rules: Mapping[str, RuleImpact], former: Counter[Finder], latter: Counter[Finder]) -> None:
    was, is_now = (dict(_statuses(finders)) for finders in (former, latter))
    for rule in {*was, *is_now}:
        before, after = was.get(rule), is_now.get(rule)
        if before is after:
            continue
        impact = rules[rule]
        impact.newly_failing += after is ResultStatus.FAIL
        impact.no_longer_failing += before is ResultStatus.FAIL
        impact.newly_not_assessable += after is ResultStatus.NOT_ASSESSABLE
        impact.no_longer_not_assessable += before is ResultStatus.NOT_ASSESSABLE


def _statuses(finders: Iterable[Finder]) -> Iterator[tuple[str, ResultStatus]]:
    """What each rule comes to in a report: it fails where any of its items does."""
    failing = {one.rule for one in finders if one.status is ResultStatus.FAIL}
    yield from ((rule, ResultStatus.FAIL) for rule in failing)
    open_rules = {one.rule for one in finders if one.status is ResultStatus.NOT_ASSESSABLE} - failing
    yield from ((rule, ResultStatus.NOT_ASSESSABLE) for rule in open_rules)
