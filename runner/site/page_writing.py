"""Pages of reports and of agencies made and written by the worker processes of a run, while this process does something else.

``PageMaker`` makes the pages here and there: the same bytes. A worker on this machine writes the file itself: a page is
some thirty kilobytes, and nobody here needs to see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from disclosure_checks.grammar.model.kept_text import NO_TEXT
from disclosure_checks.grammar.model.packing import PackedCells
from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.records import CheckedReport, FindingRecord, ReportRecord
from disclosure_checks.runner.reading.portable_tasks import PortableTask
from disclosure_checks.runner.reading.workers.losses import TaskLost
from disclosure_checks.runner.reading.workers.messages import Preparation
from disclosure_checks.runner.site.agency_history.history import AgencyHistory
from disclosure_checks.runner.site.agency_history.page import AgencyHistoryPages
from disclosure_checks.runner.site.agency_year_pages import AgencyYearPages, Neighbours
from disclosure_checks.runner.site.labels import rule_paths
from disclosure_checks.runner.site.return_notes.note_building import NoteBuilder, NotedReport, files_of_note
from disclosure_checks.runner.site.return_notes.note_models import ReturnNote
from disclosure_checks.runner.site.return_notes.note_wording import NoteSettings
from disclosure_checks.runner.site.source_pages.addresses import source_address
from disclosure_checks.runner.site.source_pages.source_page import SourcePages
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


_Order = _Page | AgencyHistory  # a page to be made
SiteFile = tuple[str, bytes]  # a page's path below the folder of the site, and what stands in it


class PageWriting:
    """Hands the pages of a run to its workers. ``finish`` waits until all are written."""

    def __init__(
        self,
        workers: Executor,
        compiled: Sequence[CompiledSpecification],
        language: str,
        folder: Path,
        notes: NoteSettings,
    ) -> None:
        self._workers = workers
        self._maker = PageMaker(compiled, language, notes)  # for what a worker that died leaves undone
        self._folder = folder
        self._task: PortableTask[Sequence[_Order], None] = PortableTask(_make, deliver=partial(write_files, folder))
        self._waiting: list[_Order] = []
        self._tasks: list[tuple[Sequence[_Order], Future[None]]] = []

    def write(self, checked: CheckedReport, beside: Neighbours) -> None:
        """Have the page of a report written, now or a little later."""
        # pages show the cells of a report, its findings and its source; what was found in the text stays here
        report = replace(
            checked.report, cells=PackedCells.of(checked.report.cells), facts={}, sections=(), fingerprint=()
        )
        self._order(_Page(checked.compiled.fingerprint, report, checked.record, checked.findings, beside))

    def write_history(self, history: AgencyHistory) -> None:
        """Have the page of an agency written, now or a little later."""
        self._order(history)

    def _order(self, order: _Order) -> None:
        self._waiting.append(order)
        if len(self._waiting) == _TOGETHER:
            self._hand_over()

    def finish(self) -> None:
        """Wait for every page. Raises what went wrong while one was made, such as OSError."""
        self._hand_over()
        while self._tasks:
            self._await(*self._tasks.pop())

    def _hand_over(self) -> None:
        pages = tuple(self._waiting)
        self._waiting.clear()
        if pages:
            self._tasks.append((pages, self._workers.submit(self._task, pages)))
        while len(self._tasks) > _MOST_WAITING:  # what is handed over stays in memory until it is written
            self._await(*self._tasks.pop(0))

    def _await(self, pages: Sequence[_Order], task: Future[None]) -> None:
        try:
            task.result()
        except TaskLost:
            write_files(self._folder, _made(pages, self._maker))


class PageMaker:
    """Makes the pages of reports. What it needs for that is made with the first one."""

    def __init__(self, compiled: Sequence[CompiledSpecification], language: str, notes: NoteSettings) -> None:
        self.compiled = {one.fingerprint: one for one in compiled}
        self._language = language
        self._settings = notes

    def files(self, checked: CheckedReport, beside: Neighbours) -> Iterator[SiteFile]:
        """The page of a report, that of its text and, where there is something to send back, the return note in both forms."""
        views, page = site_views(self._language), checked.record.page
        builder, texts = self._builders[checked.compiled.fingerprint]
        text = checked.report.source_text.load() if checked.report.source_text else NO_TEXT
        address = source_address(page) if text.blocks else ""
        yield page, views.agency_year(builder.build(checked, beside, address)).encode()
        if text.blocks:
            source = texts.build(checked.record, text)
            yield source.path, views.source(source).encode()
        note = self.notes.of_report(NotedReport.of(checked))
        if note is not None:
            yield from self.note_files(note)

    def note_files(self, note: ReturnNote) -> Iterator[SiteFile]:
        """The page of a note, and its Word document."""
        views = site_views(self._language)
        page, document = files_of_note(note.path)
        yield page, views.return_note(note).encode()
        yield document, views.return_note_document(note)

    @cached_property
    def notes(self) -> NoteBuilder:
        """What makes return notes of findings."""
        return NoteBuilder(load_texts(self._language), self._settings)

    def history_html(self, history: AgencyHistory) -> str:
        """The page of an agency."""
        return site_views(self._language).agency_history(self._histories.build(history))

    @cached_property
    def _histories(self) -> AgencyHistoryPages:
        return AgencyHistoryPages(list(self.compiled.values()), load_texts(self._language))

    @cached_property
    def _builders(self) -> dict[str, tuple[AgencyYearPages, SourcePages]]:
        paths, texts = rule_paths(list(self.compiled.values())), load_texts(self._language)
        views, severities = site_views(self._language).grid, self._settings.texts.severities
        return {
            fingerprint: (AgencyYearPages(one, paths, texts, views, severities), SourcePages(one, texts))
            for fingerprint, one in self.compiled.items()
        }


def _made(orders: Sequence[_Order], maker: PageMaker) -> tuple[SiteFile, ...]:
    return tuple(chain.from_iterable(_files(order, maker) for order in orders))


def _files(order: _Order, maker: PageMaker) -> Iterable[SiteFile]:
    if isinstance(order, AgencyHistory):
        return [(order.path, maker.history_html(order).encode())]
    checked = CheckedReport(order.report, maker.compiled[order.specification], order.record, order.findings)
    return maker.files(checked, order.beside)


def write_files(folder: Path, files: Iterable[SiteFile]) -> None:
    """Write files of a site."""
    for path, content in files:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


_maker: PageMaker | None = None  # of a worker process


def page_preparation(compiled: Sequence[CompiledSpecification], language: str, notes: NoteSettings) -> Preparation:
    """What makes a worker ready to write pages."""
    return _prepare, (tuple(compiled), language, notes)


def _prepare(compiled: Sequence[CompiledSpecification], language: str, notes: NoteSettings) -> None:
    global _maker  # the one way to keep something for all tasks of a worker
    _maker = PageMaker(compiled, language, notes)


def _make(pages: Sequence[_Order]) -> tuple[SiteFile, ...]:
    if _maker is None:
        raise RuntimeError("the worker was not prepared")
    return _made(pages, _maker)
