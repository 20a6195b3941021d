"""Pages of reports made and written by the worker processes of a run, while this process does something else.

``PageMaker`` makes the pages here and there: the same bytes. A worker writes the file itself: a page is some thirty
kilobytes, and nobody here needs to see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from disclosure_checks.grammar.model.packing import PackedCells
from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.records import CheckedReport, FindingRecord, ReportRecord
from disclosure_checks.runner.reading.workers.losses import TaskLost
from disclosure_checks.runner.reading.workers.messages import Preparation
from disclosure_checks.runner.site.agency_year_pages import AgencyYearPages, Neighbours
from disclosure_checks.runner.site.labels import rule_paths
from disclosure_checks.runner.site.views import site_views
from disclosure_checks.runner.texts.site_texts import load_texts

_TOGETHER = 16  # pages a task
_MOST_WAITING = 200  # tasks


class _Page(NamedTuple):
    """What a page is made from. ``specification``: the fingerprint of its spec; ``report``: without text and facts."""

    specification: str
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
        self, workers: Executor, compiled: Sequence[CompiledSpecification], language: str, folder: Path
    ) -> None:
        self._workers = workers
        self._maker = PageMaker(compiled, language)  # for what a worker that died leaves undone
        self._folder = folder
        self._waiting: list[_Page] = []
        self._tasks: list[tuple[_Pages, Future[None]]] = []

    def write(self, checked: CheckedReport, beside: Neighbours) -> None:
        """Have the page of a report written, now or a little later."""
        # a page shows the cells of a report and its findings; its text and its facts stay here
        report = replace(
            checked.report, cells=PackedCells.of(checked.report.cells), facts={}, sections=(), fingerprint=()
        )
        self._waiting.append(_Page(checked.compiled.fingerprint, report, checked.record, checked.findings, beside))
        if len(self._waiting) == _TOGETHER:
            self._hand_over()

    def finish(self) -> None:
        """Wait for every page. Raises what went wrong while one was made, such as OSError."""
        self._hand_over()
        while self._tasks:
            self._await(*self._tasks.pop())

    def _hand_over(self) -> None:
        pages = _Pages(self._folder, tuple(self._waiting))
        self._waiting.clear()
        if pages.pages:
            self._tasks.append((pages, self._workers.submit(_write_pages, pages)))
        while len(self._tasks) > _MOST_WAITING:  # what is handed over stays in memory until it is written
            self._await(*self._tasks.pop(0))

    def _await(self, pages: _Pages, task: Future[None]) -> None:
        try:
            task.result()
        except TaskLost:
            _write(pages, self._maker)


class PageMaker:
    """Makes the pages of reports. What it needs for that is made with the first one."""

    def __init__(self, compiled: Sequence[CompiledSpecification], language: str) -> None:
        self.compiled = {one.fingerprint: one for one in compiled}
        self._language = language

    def html(self, checked: CheckedReport, beside: Neighbours) -> str:
        """The page of a report."""
        page = self._builders[checked.compiled.fingerprint].build(checked, beside)
        return site_views(self._language).agency_year(page)

    @cached_property
    def _builders(self) -> dict[str, AgencyYearPages]:
        paths, texts = rule_paths(list(self.compiled.values())), load_texts(self._language)
        return {fingerprint: AgencyYearPages(one, paths, texts) for fingerprint, one in self.compiled.items()}


def _write(pages: _Pages, maker: PageMaker) -> None:
    for page in pages.pages:
        checked = CheckedReport(page.report, maker.compiled[page.specification], page.record, page.findings)
        file = pages.folder / page.record.page
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(maker.html(checked, page.beside).encode())


_maker: PageMaker | None = None  # of a worker process


def page_preparation(compiled: Sequence[CompiledSpecification], language: str) -> Preparation:
    """What makes a worker ready to write pages."""
    return _prepare, (tuple(compiled), language)


def _prepare(compiled: Sequence[CompiledSpecification], language: str) -> None:
    global _maker  # the one way to keep something for all tasks of a worker
    _maker = PageMaker(compiled, language)


def _write_pages(pages: _Pages) -> None:
    if _maker is None:
        raise RuntimeError("the worker was not prepared")
    _write(pages, _maker)
