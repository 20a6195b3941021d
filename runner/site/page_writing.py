"""Pages of reports made and written by the worker processes of a run, while this process does something else.

The pages are those of the renderer and the view that GX's SiteBuilder calls where there are no workers: the same
builder, the same template, the same bytes. A worker writes the file itself: a page is some thirty kilobytes, and
nobody here needs to see it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from disclosure_checks.grammar.model.packing import PackedCells
from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.records import CheckedReport, FindingRecord, ReportRecord
from disclosure_checks.runner.reading.worker_pool import Preparation, WorkerPool
from disclosure_checks.runner.site.agency_year_pages import AgencyYearPages, Neighbours
from disclosure_checks.runner.site.labels import rule_paths
from disclosure_checks.runner.site.views import site_views
from disclosure_checks.runner.texts.site_texts import load_texts

_TOGETHER = 16  # pages a task


class _Page(NamedTuple):
    """What a page is made from. ``compiled``: the place of its spec in the run; ``report``: without text and facts."""

    compiled: int
    report: Report
    record: ReportRecord
    findings: tuple[FindingRecord, ...]
    beside: Neighbours


class _Pages(NamedTuple):
    """Some pages, and the folder of the site they belong to."""

    folder: Path
    pages: Sequence[_Page]


class PageWriting:
    """Hands the pages of a run to its workers. ``finish`` waits until all are written."""

    def __init__(
        self, pool: WorkerPool, compiled: Sequence[CompiledSpecification], language: str, folder: Path
    ) -> None:
        self._pool = pool
        self._maker = _PageMaker(compiled, language)  # for what a worker that died leaves undone
        self._places = {one.fingerprint: place for place, one in enumerate(compiled)}
        self._folder = folder
        self._waiting: list[_Page] = []
        self._tasks: list[tuple[_Pages, Future[None]]] = []

    def write(self, checked: CheckedReport, beside: Neighbours) -> None:
        """Have the page of a report written, now or a little later."""
        # a page shows the cells of a report and its findings; its text and its facts stay here
        report = replace(checked.report, cells=PackedCells.of(checked.report.cells), facts={}, sections=())
        place = self._places[checked.compiled.fingerprint]
        self._waiting.append(_Page(place, report, checked.record, checked.findings, beside))
        if len(self._waiting) == _TOGETHER:
            self._hand_over()

    def finish(self) -> None:
        """Wait for every page. Raises what went wrong while one was made, such as OSError."""
        self._hand_over()
        for pages, task in self._tasks:
            try:
                task.result()
            except BrokenProcessPool:
                self._maker.write(pages)

    def _hand_over(self) -> None:
        pages = _Pages(self._folder, tuple(self._waiting))
        self._waiting.clear()
        self._tasks.append((pages, self._pool.submit(_write_pages, pages)))


class _PageMaker:
    """Makes pages. What it needs for that is made with the first one."""

    def __init__(self, compiled: Sequence[CompiledSpecification], language: str) -> None:
        self._compiled = compiled
        self._language = language
        self._builders: list[AgencyYearPages] = []

    def write(self, pages: _Pages) -> None:
        """Write some pages."""
        for path, html in self._made(pages.pages):
            file = pages.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(html.encode())

    def _made(self, pages: Sequence[_Page]) -> Iterator[tuple[str, str]]:
        if not self._builders:
            paths, texts = rule_paths(self._compiled), load_texts(self._language)
            self._builders = [AgencyYearPages(one, paths, texts) for one in self._compiled]
        views = site_views(self._language)
        for page in pages:
            checked = CheckedReport(page.report, self._compiled[page.compiled], page.record, page.findings)
            yield page.record.page, views.agency_year(self._builders[page.compiled].build(checked, page.beside))


_maker: _PageMaker | None = None  # of a worker process


def page_preparation(compiled: Sequence[CompiledSpecification], language: str) -> Preparation:
    """What makes a worker ready to write pages."""
    return _prepare, (tuple(compiled), language)


def _prepare(compiled: Sequence[CompiledSpecification], language: str) -> None:
    global _maker  # the one way to keep something for all tasks of a worker
    _maker = _PageMaker(compiled, language)


def _write_pages(pages: _Pages) -> None:
    if _maker is None:
        raise RuntimeError("the worker was not prepared")
    _maker.write(pages)
