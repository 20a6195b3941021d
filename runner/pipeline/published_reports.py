"""All reports of the site as the exports and the overview see them: from the collection, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from disclosure_checks.runner.exports.records import FindingRecord, ReportRecord, report_order
from disclosure_checks.runner.pipeline.publications import Publications
from disclosure_checks.runner.site.rule_failures.results import RuleResults


class PublishedReports:
    """A source of exports. Ask it when everything that has changed is written down.

    ``numbers``: the reports that were read, in the order of the exports; ``unreadable``: the records of the others.
    """

    def __init__(
        self, publications: Publications, numbers: Callable[[], Sequence[int]], unreadable: Sequence[ReportRecord]
    ) -> None:
        self._publications = publications
        self._ask = numbers
        self._unreadable = unreadable

    @cached_property
    def _numbers(self) -> Sequence[int]:
        return self._ask()

    @cached_property
    def records(self) -> Sequence[ReportRecord]:
        """The records of all inputs, unreadable ones included, in the order of the exports."""
        known = self._publications.records()
        records = [*(known[number] for number in self._numbers), *self._unreadable]
        return sorted(records, key=lambda record: report_order(record.report))

    def parts(self, name: str) -> Iterator[bytes]:
        """One part of every report that was read."""
        return self._publications.parts(name, self._numbers)

    def findings(self) -> Iterator[FindingRecord]:
        """The findings of all reports."""
        return (finding for one in self._publications.each(self._numbers) for finding in one.findings)

    def rule_results(self) -> RuleResults:
        """What each rule came to over all reports."""
        results = RuleResults()
        for one in self._publications.each(self._numbers):
            results.add(one.record, one.findings)
        return results
