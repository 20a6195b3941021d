"""The second half of a run: readings in, a checked and published collection out. Everything here may use GX."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_checks.grammar.model.report import Report, UnreadableReport
from disclosure_checks.rules.collection.agencies.body_facts import with_body_facts
from disclosure_checks.rules.collection.agencies.review import review_agencies
from disclosure_checks.rules.collection.agencies.roll import AgencyRoll, call_the_roll
from disclosure_checks.rules.collection.earlier_years import contested_years
from disclosure_checks.rules.collection.facts import with_collection_facts
from disclosure_checks.rules.collection.frame import build_frame
from disclosure_checks.rules.collection.hierarchy import with_children_sums
from disclosure_checks.rules.expectations.frame_columns import frame_columns
from disclosure_checks.rules.findings.assembly import assemble_findings
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.findings.messages import finding_message
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.collection.history import EarlierRuns, naming, open_history
from disclosure_checks.runner.collection.history_files import HISTORY_FILE
from disclosure_checks.runner.collection.history_writing import (
    FormatValues,
    asked_of_years_before,
    format_values,
    write_history,
)
from disclosure_checks.runner.exports.csv_files import write_missing_reports_csv
from disclosure_checks.runner.exports.data_files import DATA_FOLDER, write_data_files
from disclosure_checks.runner.exports.records import CheckedReport, Records, report_order, unreadable_record
from disclosure_checks.runner.gx.publication_content import PublicationContent
from disclosure_checks.runner.gx.report_context import JudgedReports, ReportContext
from disclosure_checks.runner.pipeline.request import CONTEXT_FOLDER, RunRequest, RunResult
from disclosure_checks.runner.publishing.file_names import PageKey, page_paths
from disclosure_checks.runner.reading.worker_pool import WorkerPool
from disclosure_checks.runner.site.page_writing import PageWriting
from disclosure_checks.runner.texts.site_texts import load_texts

if TYPE_CHECKING:
    from disclosure_checks.runner.reading.file_reader import Reading


def check_and_publish(
    request: RunRequest, readings: Sequence[Reading], folder: Path, pool: WorkerPool | None = None
) -> RunResult:
    """Run every spec's rules over its reports and build the whole site in ``folder``; ``pool`` writes the pages."""
    reports, unreadable, roll, earlier = _sorted_out(readings, request)
    contested = contested_years(report for own in reports.values() for report in own)
    unreadable_records = [unreadable_record(one, request.reason(one)) for one in unreadable]
    context = ReportContext(request.out / CONTEXT_FOLDER, request.language)
    checked: list[CheckedReport] = []
    judged: list[JudgedReports] = []
    learned: list[FormatValues] = []
    asked = asked_of_years_before(request.compiled)
    paths = page_paths(PageKey(one.source, one.agency, one.year) for own in reports.values() for one in own)
    for compiled in request.compiled:
        own = reports.get(compiled.specification.format, [])
        if own:
            own = with_body_facts(own, compiled.specification, roll)
            frame = build_frame(compiled, own, earlier.years_before(compiled, reports, contested))
            learned.append(format_values(compiled, own, frame, asked))
            frame = with_children_sums(frame, compiled, own, roll)
            findings = assemble_findings(compiled, own, frame_columns(frame), context.outcomes(compiled, frame))
            judged.append(JudgedReports(compiled, own, findings))
            checked += _checked(compiled, own, findings, paths, request.language)
    checked.sort(key=lambda one: report_order(one.record.report))
    records = [*(one.record for one in checked), *unreadable_records]
    records.sort(key=lambda one: report_order(one.report))
    review = review_agencies(roll, [compiled.specification for compiled in request.compiled])
    pages = None if pool is None else PageWriting(pool, request.compiled, request.language, folder)
    content = PublicationContent(
        request.compiled, checked, records, request.language, review=review, page_writing=pages
    )
    context.publish(content, folder)
    # from here on, this process works beside those that write the pages
    context.keep_results(judged)
    write_data_files(folder / DATA_FOLDER, request.compiled, checked, unreadable_records, load_texts(request.language))
    if request.registry is not None:
        write_missing_reports_csv(folder / DATA_FOLDER / "missing_reports.csv", review.missing)
    write_history(folder / HISTORY_FILE, learned, earlier.stores, contested)
    if pages is not None:
        pages.finish()
    return RunResult(checked, records, review, tuple(earlier.problems))


def _sorted_out(
    readings: Sequence[Reading], request: RunRequest
) -> tuple[Mapping[str, list[Report]], list[UnreadableReport], AgencyRoll, EarlierRuns]:
    """The reports by format, with what they are beside each other; what could not be read; who reported; and what is
    known of earlier runs."""
    read = [report for _, report in readings if isinstance(report, Report)]
    unreadable = [report for _, report in readings if isinstance(report, UnreadableReport)]
    formats = {report.source: name for name, report in readings}
    by_format: dict[str, list[Report]] = defaultdict(list)
    named, roll = call_the_roll(read, request.registry)
    earlier = open_history(request.out, request.history, naming(named, request.registry))
    for report in with_collection_facts(named, earlier.texts(named)):
        by_format[formats[report.source]].append(report)
    return by_format, unreadable, roll, earlier


def _checked(
    compiled: CompiledSpecification,
    reports: Sequence[Report],
    findings: Sequence[Finding],
    paths: Mapping[str, str],
    language: str,
) -> list[CheckedReport]:
    by_source: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_source[finding.source].append(finding)
    records = Records(compiled, finding_message, language)
    return [records.checked_report(report, by_source[report.source], paths[report.source]) for report in reports]
