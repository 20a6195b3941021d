"""What each rule came to over all reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.runner.exports.records import FindingRecord, ReportRecord

Year = int | None


class FailingReport(NamedTuple):
    """A report that fails a rule: whose it is, its source and its year, its page, and its findings of the rule.

    ``first``: the number of the first finding on the page; ``times``: how many there are; ``message``: what the first says.
    """

    agency: str
    report: str
    year: Year
    page: str
    first: int
    times: int
    message: str


class RuleResults:
    """Fed report by report, so that no report need stay in memory."""

    def __init__(self) -> None:
        self.failing_reports: Counter[str] = Counter()
        self.failing_by_year: Counter[tuple[str, Year]] = Counter()
        self.failures: Counter[str] = Counter()
        self.not_assessable: Counter[str] = Counter()
        self.failing: dict[str, list[FailingReport]] = defaultdict(list)
        self.by_report: dict[str, tuple[str, ...]] = {}
        self._alike: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._messages: dict[str, str] = {}

    def add(self, record: ReportRecord, findings: Sequence[FindingRecord]) -> None:
        """Count a report."""
        first: dict[str, tuple[int, str]] = {}
        times: Counter[str] = Counter()
        for number, finding in enumerate(findings, start=1):
            if finding.status == ResultStatus.NOT_ASSESSABLE.value:
                self.not_assessable[finding.rule] += 1
            elif finding.status == ResultStatus.FAIL.value:
                times[finding.rule] += 1
                first.setdefault(finding.rule, (number, finding.message))
        self.failures.update(times)
        for rule, (number, message) in first.items():
            # what a rule says is often the same of many reports
            kept = self._messages.setdefault(message, message)
            self.failing[rule].append(
                FailingReport(record.agency, record.report, record.year, record.page, number, times[rule], kept)
            )
            self.failing_by_year[rule, record.year] += 1
        failing = tuple(sorted(first))
        self.failing_reports.update(failing)
        # most reports fail the same few rules
        self.by_report[record.report] = self._alike.setdefault(failing, failing)

    def digest(self, rule: str) -> bytes:
        """A digest of all that is told of a rule."""
        digest = blake2b(digest_size=20)
        for one in self.failing.get(rule, ()):
            digest.update(repr(one).encode("utf-8", "surrogatepass"))
        digest.update(repr((self.failures[rule], self.not_assessable[rule])).encode())
        return digest.digest()
