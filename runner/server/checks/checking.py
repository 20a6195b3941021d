"""The check of an upload, in a worker process: what was read of the files goes in, the answer as it is sent comes out.

A worker that hangs or swells over a report costs that answer and nothing else; and several answers are made at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from disclosure_checks.grammar.model.packing import PackedReport, unpack
from disclosure_checks.grammar.model.report import Report, UnreadableReport
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.expectations.frame_columns import frame_columns
from disclosure_checks.rules.findings.messages import finding_message
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.collection.earlier_runs import EarlierRuns
from disclosure_checks.runner.exports.records import (
    CheckedReport,
    Records,
    ReportRecord,
    report_order,
    unreadable_record,
)
from disclosure_checks.runner.gx.shared_metric import outcomes_of_metric
from disclosure_checks.runner.pipeline.checking import FramedReports, findings_of_rows, framed, sort_readings
from disclosure_checks.runner.pipeline.page_contents.standing_beside import numbers_of_last_year
from disclosure_checks.runner.publishing.file_names import PageKey, page_paths
from disclosure_checks.runner.server.checks.answers import json_answer
from disclosure_checks.runner.server.checks.worker_tasks import JSON, CheckTask, FormatAndReport
from disclosure_checks.runner.server.pages.report_pages import ReportPages
from disclosure_checks.runner.texts.command_texts import unreadable_reason


@dataclass(frozen=True)
class CheckedUpload:
    """What came of the files of an upload: the reports with their findings, and what could not be read.

    ``last_year``: the cells of the year before, by source, in the order of the spec; nothing where none is known.
    """

    checked: Sequence[CheckedReport]
    unreadable: Sequence[ReportRecord]
    last_year: Mapping[str, tuple[float, ...]]

    @property
    def records(self) -> list[ReportRecord]:
        """The records of all inputs, in the order of the exports."""
        records = [*(one.record for one in self.checked), *self.unreadable]
        return sorted(records, key=lambda one: report_order(one.report))


class UploadChecks:
    """Checks uploads against specs, compiled once. ``registry``: the list of agencies, where there is one."""

    def __init__(self, compiled: Sequence[CompiledSpecification], registry: AgencyRegistry | None) -> None:
        self._compiled = compiled
        self._registry = registry
        self._pages = ReportPages(compiled)

    def answer(self, task: CheckTask) -> bytes:
        """The answer to an upload, as it is sent."""
        upload = self.check(task.reports, task.before, task.language)
        if task.answer == JSON:
            notices = [name for name, _ in task.notices]
            return json_answer(self._compiled, upload.checked, upload.records, task.language, notices)
        return self._pages.page(
            upload.checked, upload.records, task.language, task.chosen, task.notices, upload.last_year
        )

    def check(
        self, reports: Sequence[FormatAndReport], before: Sequence[tuple[str, PackedReport]], language: str
    ) -> CheckedUpload:
        """The reports with their findings, in the order of the exports."""
        own = {report.source for _, report in reports}
        readings = [*(_opened(name, report) for name, report in reports), *_apart(before, own)]
        read = sort_readings(readings, self._registry, lambda _: EarlierRuns())
        everything = list(framed(self._compiled, read))
        keys = [PageKey(one.source, one.agency, one.year) for frames in everything for one in frames.reports]
        paths = page_paths([key for key in keys if key.source in own])
        checked = [one for frames in everything for one in _checked(frames, paths, language)]
        checked.sort(key=lambda one: report_order(one.record.report))
        last_year = {source: cells for frames in everything for source, cells in _last_year(frames)}
        reason = partial(unreadable_reason, language=language)
        return CheckedUpload(checked, [unreadable_record(one, reason(one)) for one in read.unreadable], last_year)


def _last_year(frames: FramedReports) -> Iterator[tuple[str, tuple[float, ...]]]:
    cells = numbers_of_last_year(frames, range(len(frames.reports)))
    return zip((report.source for report in frames.reports), cells, strict=True)


def _opened(name: str, report: PackedReport | UnreadableReport) -> tuple[str, Report | UnreadableReport]:
    return name, report if isinstance(report, UnreadableReport) else unpack(report)


def _apart(before: Iterable[tuple[str, PackedReport]], taken: set[str]) -> Iterator[tuple[str, Report]]:
    """The reports of years before, under sources that no report of the upload has."""
    for number, (name, packed) in enumerate(before, start=1):
        source = f"{number}/{packed.source}"
        while source in taken:
            source = f"{number}/{source}"
        yield name, replace(unpack(packed), source=source)


def _checked(frames: FramedReports, paths: Mapping[str, str], language: str) -> Iterator[CheckedReport]:
    """The reports of a spec that have a page, with their findings."""
    outcomes = outcomes_of_metric(frames.compiled, frames.frame)
    rows = [row for row, report in enumerate(frames.reports) if report.source in paths]
    findings = findings_of_rows(frames, frame_columns(frames.frame), outcomes, rows)
    records = Records(frames.compiled, finding_message, language)
    for row in rows:
        report = frames.reports[row]
        own = [finding for finding in findings if finding.source == report.source]
        yield records.checked_report(report, own, paths[report.source])
