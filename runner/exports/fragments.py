"""The part of each export that one report makes: kept, and put together anew when another report changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from disclosure_checks.runner.exports.csv_files import cells_csv_lines, encoded, findings_csv_lines
from disclosure_checks.runner.exports.json_file import findings_json_lines
from disclosure_checks.runner.exports.junit_file import report_suite
from disclosure_checks.runner.exports.records import CheckedReport, FindingRecord, ReportRecord, report_order


class Fragments(NamedTuple):
    """The parts of one report, as they stand in the files."""

    cells_csv: bytes
    findings_csv: bytes
    findings_json: bytes
    junit: bytes


def fragments_of(checked: CheckedReport) -> Fragments:
    """The parts of a report."""
    return Fragments(
        encoded(cells_csv_lines(checked)),
        encoded(findings_csv_lines(checked.findings)),
        findings_json_lines(checked.findings),
        report_suite(checked),
    )


class ExportSource(Protocol):
    """What the exports are made from: all reports of the site, in the order of ``report_order``."""

    @property
    def records(self) -> Sequence[ReportRecord]:
        """The records of all inputs, unreadable ones included."""
        ...

    def parts(self, name: str) -> Iterator[bytes]:
        """One part of every report that was read; ``name`` is a field of ``Fragments``."""
        ...

    def findings(self) -> Iterator[FindingRecord]:
        """The findings of all reports."""
        ...


class CheckedReports:
    """Checked reports at hand as a source of exports."""

    def __init__(self, checked: Iterable[CheckedReport], unreadable: Iterable[ReportRecord] = ()) -> None:
        self._checked = sorted(checked, key=lambda one: report_order(one.record.report))
        records = [*(one.record for one in self._checked), *unreadable]
        self.records: Sequence[ReportRecord] = sorted(records, key=lambda one: report_order(one.report))

    def parts(self, name: str) -> Iterator[bytes]:
        """One part of every report that was read."""
        return (getattr(fragments_of(one), name) for one in self._checked)

    def findings(self) -> Iterator[FindingRecord]:
        """The findings of all reports."""
        return (finding for one in self._checked for finding in one.findings)
