"""From the files of an upload to the answer: read in workers, put beside the year before, checked in workers."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace

import anyio

from disclosure_checks.grammar.model.packing import PackedReport
from disclosure_checks.grammar.model.report import UnreadableReport
from disclosure_checks.runner.collection.last_year import LastYearReports, YearsBefore
from disclosure_checks.runner.reading.parallel_reading import submit_content
from disclosure_checks.runner.reading.pictures.two_readings import FileRead, PictureDesk
from disclosure_checks.runner.reading.reading_tasks import ReadReport
from disclosure_checks.runner.reading.workers.losses import TaskLost
from disclosure_checks.runner.server.checks.worker_tasks import CheckTask, FormatAndReport, check
from disclosure_checks.runner.server.limits import Limits, RequestProblem
from disclosure_checks.runner.server.pages.page_models import Notices
from disclosure_checks.runner.server.uploads import numbered


class Desk:
    """Answers uploads. ``workers`` are prepared to read and to check,
    ``pictures`` to look at pictures; ``format_name``: that of what cannot be read."""

    def __init__(
        self,
        workers: Executor,
        format_name: str,
        limits: Limits,
        last_year: LastYearReports | None = None,
        pictures: Executor | None = None,
    ) -> None:
        self._workers = workers
        self._format = format_name
        self._limits = limits
        self._last_year = last_year
        self._pictures = None if pictures is None else PictureDesk(pictures)

    async def answer(self, files: Mapping[str, bytes], answer: str, language: str, chosen: str = "") -> bytes:
        """The answer to an upload, as ``CheckTask`` has it. Raises RequestProblem where there is none."""
        try:
            with anyio.fail_after(
                self._limits.answering if self._pictures is None else self._limits.answering_pictures
            ):
                reports = await self._read(files)
                before = await self._years_before(reports)
                task = CheckTask(reports, before.reports, answer, language, chosen, _notices(before))
                return await self._check(task)
        except TimeoutError:
            raise RequestProblem("too_long", 503) from None
        except TaskLost:
            raise RequestProblem("no_workers", 503) from None

    async def _read(self, files: Mapping[str, bytes]) -> tuple[FormatAndReport, ...]:
        """The reports of the files. A file that ends its worker is one that cannot be read."""
        futures = {
            source: submit_content(content, source, self._workers, self._pictures) for source, content in files.items()
        }
        results = await asyncio.gather(*(self._reading(source, future) for source, future in futures.items()))
        reports = [one for read in results for one in read]
        if len(reports) > self._limits.reports:
            raise RequestProblem("too_many_reports", 413)
        sources = numbered(one.report.source for one in reports)  # an archive may hold two of one name
        return tuple((one.format, _known_by(one.report, source)) for one, source in zip(reports, sources, strict=True))

    async def _reading(self, source: str, future: Future[FileRead]) -> tuple[ReadReport, ...]:
        try:
            return (await asyncio.wrap_future(future)).read.reports
        except TaskLost as lost:
            if not lost.is_of_the_task:
                raise
            return (ReadReport(b"", self._format, UnreadableReport(source, lost.reason, lost.detail)),)

    async def _years_before(self, reports: Sequence[FormatAndReport]) -> YearsBefore:
        if self._last_year is None:
            return YearsBefore()
        whose = [(one.agency, one.year) for _, one in reports if isinstance(one, PackedReport)]
        return await anyio.to_thread.run_sync(self._last_year.before, whose)

    async def _check(self, task: CheckTask) -> bytes:
        """The answer; where checking ends its worker, one that says so of every report."""
        try:
            return await asyncio.wrap_future(self._workers.submit(check, task))
        except TaskLost as lost:
            if not lost.is_of_the_task:
                raise
            unread = [(name, UnreadableReport(one.source, lost.reason, lost.detail)) for name, one in task.reports]
            told = task._replace(reports=tuple(unread), before=(), notices=())
            return await asyncio.wrap_future(self._workers.submit(check, told))


def _known_by(report: PackedReport | UnreadableReport, source: str) -> PackedReport | UnreadableReport:
    if isinstance(report, UnreadableReport):
        return replace(report, source=source)
    return report._replace(source=source)


def _notices(before: YearsBefore) -> Notices:
    if before.problem:
        return ((f"collection_{before.problem}", {}),)
    years = sorted({str(report.year) for _, report in before.reports})
    return tuple(("compared", {"year": year}) for year in years)
