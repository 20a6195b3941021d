"""What the pages of a run are made from: more than GX's stored results hold, so it is handed to the site beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from disclosure_checks.rules.collection.agencies.review import NOTHING_REVIEWED, AgencyReview
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.records import CheckedReport, ReportRecord
from disclosure_checks.runner.site.agency_history.history import (
    AgencyHistory,
    ReportOfAgency,
    histories_of,
    report_of_agency,
)
from disclosure_checks.runner.site.agency_year_pages import ALONE, Neighbours, neighbours
from disclosure_checks.runner.site.index_pages import RunChanges
from disclosure_checks.runner.site.overview.agency_rows import AgencyRow, agency_rows
from disclosure_checks.runner.site.page_writing import PageMaker, PageWriting
from disclosure_checks.runner.site.return_notes.note_building import ParentNote
from disclosure_checks.runner.site.return_notes.note_wording import NoteSettings
from disclosure_checks.runner.site.rule_failures.results import RuleResults
from disclosure_checks.runner.site.rule_pages import Stays
from disclosure_checks.runner.site.this_run.facts import RunFacts
from disclosure_checks.runner.texts.site_texts import Texts, load_texts


class SiteSummary(NamedTuple):
    """What rules and overview show: all reports of the site, those whose pages stay as they are included."""

    records: Sequence[ReportRecord]
    rule_results: RuleResults


@dataclass
class PublicationContent:
    """What the pages of one run are made from.

    ``compiled``: every spec of the run. ``checked``: the reports whose pages are to be made; gone through once, in
    order, so it may be a generator. ``summary``: asked when these pages are made; where there is none, ``checked`` is
    all there is, beside the ``records`` of inputs that could not be read. ``beside``: what the page of each report leads
    to, by source; told from ``records`` where there is none. ``page_writing``: the processes that make and write the
    pages of reports, where there are any; wait for them before publishing. ``changed``: the sources of the reports that the run
    added or put in the place of others. ``notes``: the words and the day of return notes; where there are none, the
    program's own and that of today. ``parent_notes``: those of all bodies below one, by the reports of the site.
    ``histories``: asked for the agencies whose pages are to be made when those of
    reports are; told from ``checked`` where there is none. ``stays``: lets a page that is made from several reports be
    as it is. ``facts``: asked what is to be told of the run when the pages of reports are made.
    """

    compiled: Sequence[CompiledSpecification]
    checked: Iterable[CheckedReport]
    records: Sequence[ReportRecord] = ()
    language: str = "zh"
    review: AgencyReview = NOTHING_REVIEWED
    page_writing: PageWriting | None = None
    beside: Mapping[str, Neighbours] | None = None
    summary: Callable[[], SiteSummary] | None = None
    changes: RunChanges | None = None
    changed: frozenset[str] = frozenset()
    notes: NoteSettings | None = None
    parent_notes: Callable[[Iterable[ReportRecord]], Sequence[ParentNote]] = lambda _: ()
    histories: Callable[[], Iterable[AgencyHistory]] | None = None
    stays: Stays | None = None
    facts: Callable[[], RunFacts] = RunFacts
    _counted: RuleResults = field(default_factory=RuleResults, init=False)
    _reports: list[ReportOfAgency] = field(default_factory=list, init=False)

    def count(self, checked: CheckedReport) -> None:
        """Count what came of a report whose page is made."""
        if self.summary is None:
            self._counted.add(checked.record, checked.findings)
        if self.histories is None:
            self._reports.append(report_of_agency(checked))

    @cached_property
    def summed_up(self) -> SiteSummary:
        """What rules and overview show; asked for when the pages of reports are made."""
        return SiteSummary(self.records, self._counted) if self.summary is None else self.summary()

    @cached_property
    def agency_rows(self) -> tuple[AgencyRow, ...]:
        """All agencies with what there is of each; asked for when the pages of reports are made."""
        return agency_rows(self.summed_up.records, self.review, self.texts)

    @property
    def agency_histories(self) -> Iterable[AgencyHistory]:
        """The agencies whose pages are to be made; asked for when the pages of reports are made."""
        return histories_of(self._reports) if self.histories is None else self.histories()

    @cached_property
    def texts(self) -> Texts:
        """The texts of the site in the language of the run."""
        return load_texts(self.language)

    @cached_property
    def page_maker(self) -> PageMaker:
        """What makes the pages of reports in this process."""
        notes = NoteSettings.of(self.language, date.today()) if self.notes is None else self.notes
        return PageMaker(self.compiled, self.language, notes)

    def beside_of(self, checked: CheckedReport) -> Neighbours:
        """The same agency's reports of the year before and after, and what changed since the revision before."""
        return self._beside.get(checked.report.source, ALONE)

    @cached_property
    def _beside(self) -> Mapping[str, Neighbours]:
        return neighbours(self.records) if self.beside is None else self.beside
