"""Renderers and views for GX's SiteBuilder: a renderer makes a page model, a view makes its HTML.

GX's own renderers work from a stored validation result alone. Ours need more than that holds (the cells, the
sentences, last year's page), so they are handed the ``PublicationContent`` of the run beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from great_expectations.render.renderer.renderer import Renderer
from great_expectations.render.view.view import DefaultJinjaView

from disclosure_checks.rules.collection.agencies.review import NOTHING_REVIEWED, AgencyReview
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.records import CheckedReport, ReportRecord
from disclosure_checks.runner.site.agency_year_pages import ALONE, AgencyYearPages, Neighbours, neighbours
from disclosure_checks.runner.site.index_pages import index_page
from disclosure_checks.runner.site.labels import rule_paths
from disclosure_checks.runner.site.page_writing import PageWriting
from disclosure_checks.runner.site.pages import AgencyYearPage, IndexPage, RuleListPage, RulePage
from disclosure_checks.runner.site.rule_pages import RuleResults, rule_lines, rule_list_page, rule_pages
from disclosure_checks.runner.site.views import site_views
from disclosure_checks.runner.texts.site_texts import Texts, load_texts


@dataclass
class PublicationContent:
    """What the pages of one run are made from.

    ``compiled``: every spec of the run. ``checked``: every report that could be read; gone through once, in order, so
    it may be a generator. ``records``: those of all inputs, unreadable ones included. ``rule_results`` fills up while
    the pages of the reports are built; the pages of the rules and the overview read it afterwards. ``page_writing``:
    the processes that make and write the pages of reports, where there are any; wait for them before publishing.
    """

    compiled: Sequence[CompiledSpecification]
    checked: Iterable[CheckedReport]
    records: Sequence[ReportRecord]
    language: str = "zh"
    review: AgencyReview = NOTHING_REVIEWED
    rule_results: RuleResults = field(default_factory=RuleResults)
    page_writing: PageWriting | None = None

    @cached_property
    def texts(self) -> Texts:
        """The texts of the site in the language of the run."""
        return load_texts(self.language)

    @cached_property
    def neighbours(self) -> dict[str, Neighbours]:
        """The same agency's reports of the year before and after, by source."""
        return neighbours(self.records)

    def beside(self, checked: CheckedReport) -> Neighbours:
        """Those of one report."""
        return self.neighbours.get(checked.report.source, ALONE)

    @cached_property
    def builders(self) -> dict[str, AgencyYearPages]:
        """What builds the page of a report, by the fingerprint of its spec."""
        paths = rule_paths(self.compiled)
        return {one.fingerprint: AgencyYearPages(one, paths, self.texts) for one in self.compiled}


class AgencyYearRenderer(Renderer):  # type: ignore[misc]  # GX ships no types we follow
    """The page of one agency and year."""

    def render(self, checked: CheckedReport, content: PublicationContent) -> AgencyYearPage:
        """The page model of a checked report."""
        return content.builders[checked.compiled.fingerprint].build(checked, content.beside(checked))


class RuleRenderer(Renderer):  # type: ignore[misc]  # GX ships no types we follow
    """The pages of all rules, and their list."""

    def render(self, content: PublicationContent) -> Iterator[RulePage]:
        """The page model of each rule."""
        return rule_pages(content.compiled, content.rule_results, content.texts)

    def render_list(self, content: PublicationContent) -> RuleListPage:
        """The page model of the list of rules."""
        return rule_list_page(content.compiled, content.rule_results, content.texts)


class OverviewRenderer(Renderer):  # type: ignore[misc]  # GX ships no types we follow
    """The overview: agencies x years."""

    def render(self, content: PublicationContent) -> IndexPage:
        """The page model of the overview."""
        lines = rule_lines(content.compiled, content.rule_results, content.texts, root="")
        return index_page(content.compiled, content.records, lines.values(), content.texts, content.review)


class SiteView(DefaultJinjaView):  # type: ignore[misc]  # GX ships no types we follow
    """Base of our views: HTML from our own templates, escaped, in the language of the run.

    GX's constructor is left out on purpose: it looks for templates in GX's package first, whose pages load remote
    scripts, and escapes only what ends in .html or .xml. Our environment lives in ``runner.site.views``.
    """

    page_types: ClassVar[tuple[type, ...]]

    def __init__(self, custom_styles_directory: str | None = None, custom_views_directory: str | None = None) -> None:
        self.custom_styles_directory = custom_styles_directory
        self.custom_views_directory = custom_views_directory

    def render(self, document: Any, template: str | None = None, *, language: str = "zh", **_: Any) -> str:  # noqa: ARG002
        """The HTML of a page model. Raises TypeError for a document of another kind."""
        self._validate_document(document)
        return self._html(document, language)

    def _validate_document(self, document: Any) -> None:
        if not isinstance(document, self.page_types):
            expected = " or ".join(page_type.__name__ for page_type in self.page_types)
            raise TypeError(f"{type(self).__name__} shows {expected}, not {type(document).__name__}")

    def _html(self, document: Any, language: str) -> str:
        raise NotImplementedError


class AgencyYearView(SiteView):
    """The page of one agency and year."""

    page_types: ClassVar[tuple[type, ...]] = (AgencyYearPage,)

    def _html(self, document: AgencyYearPage, language: str) -> str:
        return site_views(language).agency_year(document)


class RuleView(SiteView):
    """The page of a rule, and the list of rules."""

    page_types: ClassVar[tuple[type, ...]] = (RulePage, RuleListPage)

    def _html(self, document: RulePage | RuleListPage, language: str) -> str:
        views = site_views(language)
        return views.rule(document) if isinstance(document, RulePage) else views.rule_list(document)


class OverviewView(SiteView):
    """The overview."""

    page_types: ClassVar[tuple[type, ...]] = (IndexPage,)

    def _html(self, document: IndexPage, language: str) -> str:
        return site_views(language).index(document)
