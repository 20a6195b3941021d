"""What the pages of a run are made from: more than GX's stored results hold, so it is handed to the site beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from disclosure_checks.rules.collection.agencies.review import NOTHING_REVIEWED, AgencyReview
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.records import CheckedReport, ReportRecord
from disclosure_checks.runner.site.agency_year_pages import ALONE, Neighbours, neighbours
from disclosure_checks.runner.site.page_writing import PageMaker, PageWriting
from disclosure_checks.runner.site.rule_pages import RuleResults
from disclosure_checks.runner.texts.site_texts import Texts, load_texts


@dataclass
class PublicationContent:
    """What the pages of one run are made from.

    ``compiled``: every spec of the run. ``checked``: every report that could be read; gone through once, in order, so
    it may be a generator. ``records``: those of all inputs, unreadable ones included. ``page_writing``: the processes
    that make and write the pages of reports, where there are any; wait for them before publishing. ``rule_results``
    fills up while the pages of the reports are built; the pages of the rules and the overview read it afterwards.
    """

    compiled: Sequence[CompiledSpecification]
    checked: Iterable[CheckedReport]
    records: Sequence[ReportRecord]
    language: str = "zh"
    review: AgencyReview = NOTHING_REVIEWED
    page_writing: PageWriting | None = None
    rule_results: RuleResults = field(default_factory=RuleResults, init=False)

    @cached_property
    def texts(self) -> Texts:
        """The texts of the site in the language of the run."""
        return load_texts(self.language)

    @cached_property
    def page_maker(self) -> PageMaker:
        """What makes the pages of reports in this process."""
        return PageMaker(self.compiled, self.language)

    @cached_property
    def _neighbours(self) -> dict[str, Neighbours]:
        return neighbours(self.records)

    def beside(self, checked: CheckedReport) -> Neighbours:
        """The same agency's reports of the year before and after."""
        return self._neighbours.get(checked.report.source, ALONE)
