"""The second half of a run: readings in, a checked and published collection out. Everything here may use GX."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_checks.rules.collection.agencies.review import review_agencies
from disclosure_checks.runner.collection.history import naming, open_history
from disclosure_checks.runner.collection.history_files import HISTORY_FILE
from disclosure_checks.runner.collection.history_writing import asked_of_years_before, format_values, write_history
from disclosure_checks.runner.exports.csv_files import write_missing_reports_csv
from disclosure_checks.runner.exports.data_files import DATA_FOLDER, write_data_files
from disclosure_checks.runner.gx.publication_content import PublicationContent
from disclosure_checks.runner.gx.report_context import ReportContext
from disclosure_checks.runner.pipeline.checking import (
    all_records,
    checked_reports,
    judge,
    sort_readings,
    unreadable_records,
)
from disclosure_checks.runner.pipeline.request import CONTEXT_FOLDER, RunRequest, RunResult
from disclosure_checks.runner.reading.worker_pool import WorkerPool
from disclosure_checks.runner.site.page_writing import PageWriting
from disclosure_checks.runner.texts.site_texts import load_texts

if TYPE_CHECKING:
    from disclosure_checks.runner.reading.file_reader import Reading


def check_and_publish(
    request: RunRequest, readings: Sequence[Reading], folder: Path, pool: WorkerPool | None = None
) -> RunResult:
    """Run every spec's rules over its reports and build the whole site in ``folder``; ``pool`` writes the pages."""
    read = sort_readings(
        readings,
        request.registry,
        lambda named: open_history(request.out, request.history, naming(named, request.registry)),
    )
    context = ReportContext(request.out / CONTEXT_FOLDER, request.language)
    judged = list(judge(request.compiled, read, context.outcomes))
    checked = checked_reports(judged, request.language)
    unreadable = unreadable_records(read, request.reason)
    records = all_records(checked, unreadable)
    review = review_agencies(read.roll, [compiled.specification for compiled in request.compiled])
    pages = None if pool is None else PageWriting(pool, request.compiled, request.language, folder)
    content = PublicationContent(
        request.compiled, checked, records, request.language, review=review, page_writing=pages
    )
    context.publish(content, folder)
    # from here on, this process works beside those that write the pages
    for own in judged:
        context.keep_results(own.compiled, own.reports, own.findings)
    context.remove_stale_results()
    write_data_files(folder / DATA_FOLDER, request.compiled, checked, unreadable, load_texts(request.language))
    if request.registry is not None:
        write_missing_reports_csv(folder / DATA_FOLDER / "missing_reports.csv", review.missing)
    asked = asked_of_years_before(request.compiled)
    learned = [format_values(own.compiled, own.reports, own.frame, asked) for own in judged]
    write_history(folder / HISTORY_FILE, learned, read.earlier.stores, read.contested)
    if pages is not None:
        pages.finish()
    return RunResult(checked, records, review, tuple(read.earlier.problems))
