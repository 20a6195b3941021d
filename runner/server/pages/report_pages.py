"""The pages of checked reports: that of one report as the site shows it, or several without their tables."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from types import MappingProxyType

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.plain_values import visible_text
from disclosure_checks.runner.exports.records import CheckedReport, ReportRecord
from disclosure_checks.runner.pipeline.today import today
from disclosure_checks.runner.publishing.file_names import safe_file_name
from disclosure_checks.runner.server.pages.page_models import Notices, ServedReport, SeveralEntry, SeveralPage
from disclosure_checks.runner.server.pages.views import ROOT, server_views
from disclosure_checks.runner.site.agency_history.neighbours import Neighbours
from disclosure_checks.runner.site.agency_year_pages import AgencyYearPages
from disclosure_checks.runner.site.labels import rule_paths, specification_line
from disclosure_checks.runner.site.page_models import AgencyYearPage, Link, PageFrame
from disclosure_checks.runner.site.return_notes.note_building import NoteBuilder, NotedReport
from disclosure_checks.runner.site.return_notes.note_wording import NoteSettings
from disclosure_checks.runner.site.views import site_views

NOTE_ANCHOR = "note"  # in the template of the page
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class ReportPages:
    """Makes the pages of an upload. ``compiled``: the specs that reports are checked against."""

    def __init__(self, compiled: Sequence[CompiledSpecification]) -> None:
        self._compiled = compiled
        self._builders = cache(self._made_builders)

    def page(
        self,
        checked: Sequence[CheckedReport],
        records: Sequence[ReportRecord],
        language: str,
        chosen: str = "",
        notices: Notices = (),
        last_year: Mapping[str, tuple[float, ...]] = MappingProxyType({}),
    ) -> bytes:
        """The page of the only report or the ``chosen`` one; of all inputs where there are several, or none is read.

        ``last_year``: the cells of the year before, by source, in the order of the spec.
        """
        views = server_views(language)
        told = " ".join(views.texts.say(f"notice_{name}", **values) for name, values in notices)
        pages = {
            one.record.report: self._agency_year(one, last_year.get(one.record.report, ()), language, told)
            for one in checked
        }
        only = chosen if chosen in pages else next(iter(pages)) if len(pages) == len(records) == 1 else ""
        if only:
            [report] = (one for one in checked if one.record.report == only)
            return views.report(self._with_note(pages[only], report, language)).encode("utf-8", "replace")
        frame = PageFrame(
            title=views.texts["several_reports"] if pages else views.texts["not_read"],
            root=ROOT,
            breadcrumbs=(views.home, Link(views.texts["several_reports"])),
            specifications=tuple(specification_line(one, views.texts) for one in self._compiled),
            product=views.texts.product(one.specification for one in self._compiled),
            notice=told,
        )
        entries = tuple(_entry(record, pages.get(record.report), language) for record in records)
        return views.several(SeveralPage(frame, entries)).encode("utf-8", "replace")

    def _made_builders(self, language: str) -> Mapping[str, AgencyYearPages]:
        paths, texts = rule_paths(self._compiled), server_views(language).texts
        grids = site_views(language).grid
        return {
            one.fingerprint: AgencyYearPages(one, paths, texts, grids, severities_of_notes=()) for one in self._compiled
        }

    def _agency_year(
        self, checked: CheckedReport, last_year: tuple[float, ...], language: str, told: str
    ) -> AgencyYearPage:
        """The site's page of a report, in the frame of a server."""
        beside = Neighbours(last_year=last_year)
        page = self._builders(language)[checked.compiled.fingerprint].build(checked, beside)
        notice = " ".join(part for part in (page.frame.notice, told) if part)
        breadcrumbs = (server_views(language).home, Link(page.agency))
        return replace(page, frame=replace(page.frame, breadcrumbs=breadcrumbs, notice=notice))

    def _with_note(self, page: AgencyYearPage, checked: CheckedReport, language: str) -> ServedReport:
        """The page with the note that the site has beside it: nothing is kept here that a link could lead to."""
        own = {field.name: getattr(page, field.name) for field in fields(page)}
        texts = server_views(language).texts
        note = NoteBuilder(texts, NoteSettings.of(language, today())).of_report(NotedReport.of(checked))
        if note is None:
            return ServedReport(**own)
        document = base64.b64encode(site_views(language).return_note_document(note)).decode()
        return ServedReport(
            **(own | {"notes": (Link(texts["return_note"], f"#{NOTE_ANCHOR}"),)}),
            note=note,
            document=f"data:{_WORD};base64,{document}",
            file_name=f"{safe_file_name(f'{note.title} {page.agency} {page.year}')}.docx",
        )


def _entry(record: ReportRecord, page: AgencyYearPage | None, language: str) -> SeveralEntry:
    source = visible_text(record.report)
    if page is None:
        status = server_views(language).texts[f"status_{record.status}"]
        return SeveralEntry(source, source, record.status, status, record.reason)
    heading = f"{page.agency} {page.year}"
    return SeveralEntry(heading, source, page.gravest, page.status_text, page.verdict, page.tallies, page.groups)
