"""The data docs site: GX's SiteBuilder makes our sections and our overview from its configuration and builds them.

    DisclosureSiteBuilder -> AgencyYearSection, AgencySection, RuleSection, RegionSection, RunSection, our assets, Overview

GX's own sections show a stored validation result; ours also show cells and sentences, which no result holds, and are
handed the ``PublicationContent`` of the run. Paths in the site's folder are fixed by contract: index.html,
<year>/<agency>.html, agencies/<agency>.html, rules/<rule id>.html, assets/... GX's sections catch what goes wrong while
rendering, log it and publish the rest; ours let it surface.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from great_expectations.data_context import FileDataContext
from great_expectations.data_context.store.html_site_store import HtmlSiteStore
from great_expectations.render.renderer.site_builder import SiteBuilder

from disclosure_checks.rules.spec.model.body_facts import body_vocabulary
from disclosure_checks.runner.gx.context import SITE_NAME
from disclosure_checks.runner.gx.publication_content import PublicationContent
from disclosure_checks.runner.site.index_pages import index_page
from disclosure_checks.runner.site.overview.agency_list_pages import agency_list_pages
from disclosure_checks.runner.site.overview.agency_rows import years_of
from disclosure_checks.runner.site.overview.index_data import INDEX_DATA, failing_rules_to_filter_by, index_data
from disclosure_checks.runner.site.region.page import region_page
from disclosure_checks.runner.site.rule_pages import rule_lines, rule_list_page, rule_pages
from disclosure_checks.runner.site.this_run.page import run_page
from disclosure_checks.runner.site.views import asset_files, site_views


class PublicationContentMissingError(RuntimeError):
    """The site was asked for outside a run: its pages hold cells and sentences that a stored result does not."""

    def __init__(self) -> None:
        super().__init__(
            "The site cannot be built from the stored validation results alone; its pages also show cells and "
            "sentences. Run run-checks on the reports, or call runner.gx.data_docs.publish_data_docs with their content."
        )


class SitePart:
    """A section of the site, or its overview. GX's SiteBuilder makes it and passes what the constructor asks for."""

    def __init__(self, name: str, target_store: HtmlSiteStore) -> None:
        self.name = name
        self.target_store = target_store
        self._content: PublicationContent | None = None

    def hand_over(self, content: PublicationContent) -> None:
        """Give what is to be shown. Needed before ``build``."""
        self._content = content

    @property
    def content(self) -> PublicationContent:
        """What is to be shown. Raises PublicationContentMissingError where nothing was handed over."""
        if self._content is None:
            raise PublicationContentMissingError
        return self._content


class AgencyYearSection(SitePart):
    """A page for each report, and its return note."""

    def build(self) -> None:
        """Write the pages of the reports, and count for the rules what came of all of them."""
        content = self.content
        for checked in content.checked:
            content.count(checked)
            beside = content.beside_of(checked)
            if content.page_writing is not None:
                content.page_writing.write(checked, beside)
            else:
                for path, made in content.page_maker.files(checked, beside):
                    write_page(self.target_store, path, made)


class AgencySection(SitePart):
    """A page for each agency."""

    def build(self) -> None:
        """Write the pages of the agencies. Comes after the reports."""
        content = self.content
        for history in content.agency_histories:
            if content.page_writing is not None:
                content.page_writing.write_history(history)
            else:
                write_page(self.target_store, history.path, content.page_maker.history_html(history))


class RuleSection(SitePart):
    """A page for each rule, and the list of all rules."""

    def build(self) -> None:
        """Write the pages of the rules. Comes after the reports."""
        content = self.content
        views = site_views(content.language)
        results = content.summed_up.rule_results
        for page in rule_pages(content.compiled, results, content.texts, content.stays):
            write_page(self.target_store, page.path, views.rule(page))
        rule_list = rule_list_page(content.compiled, results, content.texts)
        write_page(self.target_store, rule_list.path, views.rule_list(rule_list))


class RegionSection(SitePart):
    """The overview of the region."""

    def build(self) -> None:
        """Write it. Comes after the reports."""
        content = self.content
        records, results = content.summed_up
        lines = rule_lines(content.compiled, results, content.texts, root="")
        rows, years = content.agency_rows, years_of(records)
        notes = content.parent_notes(records)
        page = region_page(content.compiled, rows, years, lines.values(), results, content.texts, notes)
        write_page(self.target_store, page.path, site_views(content.language).region(page))


class RunSection(SitePart):
    """The page about the run."""

    def build(self) -> None:
        """Write it. Comes after all other sections, as it says how long they took."""
        content = self.content
        page = run_page(content.compiled, content.summed_up.records, content.facts(), content.texts, content.changes)
        write_page(self.target_store, page.path, site_views(content.language).this_run(page))


class Overview(SitePart):
    """The overview of agencies and years: index.html, its data, and the plain list of agencies."""

    def build(self) -> None:
        """Write it. Comes after the reports."""
        content = self.content
        records, results = content.summed_up
        texts, views = content.texts, site_views(content.language)
        lines = rule_lines(content.compiled, results, texts, root="")
        rows = content.agency_rows
        page = index_page(content.compiled, records, rows, lines.values(), texts, content.review, content.changes)
        rules = failing_rules_to_filter_by(list(lines.values()))
        bodies = body_vocabulary(one.specification.bodies for one in content.compiled)
        data = index_data(rows, years_of(records), rules, results.by_report, content.changed, texts, bodies)
        write_page(self.target_store, INDEX_DATA, data)
        for part in agency_list_pages(rows, page, texts):
            write_page(self.target_store, part.path, views.agency_list(part))
        self.target_store.write_index_page(views.index(page))


class ReportSiteBuilder(SiteBuilder):  # type: ignore[misc]  # GX ships no types we follow
    """GX's site builder with our assets in place of its own, and the content of a run handed to its parts."""

    def hand_over(self, content: PublicationContent) -> None:
        """Give the sections and the overview what they show. Needed before ``build``."""
        for part in (*self.site_section_builders.values(), self.site_index_builder):
            part.hand_over(content)

    def build(
        self,
        resource_identifiers: Any = None,  # noqa: ARG002  # GX passes both; a publish starts from an empty folder
        build_index: bool = True,  # noqa: ARG002
    ) -> tuple[str, dict[str, Any]]:
        """Write the site; give the address of its overview and GX's (empty) list of links.

        Raises PublicationContentMissingError without ``hand_over``.
        """
        for section in self.site_section_builders.values():
            section.build()
        for path, content in asset_files().items():
            write_page(self.target_store, path, content)
        self.site_index_builder.build()
        return self.get_resource_url(only_if_exists=False), {}


def publish_data_docs(context: FileDataContext, content: PublicationContent, folder: Path) -> Path:
    """Build the site of a run in ``folder`` (a staging folder, or the place itself); give the path of its index.html.

    The site is built as the context's configuration says, with ``folder`` in place of the folder named there. Raises
    OSError where it cannot be written.
    """
    configuration = dict(context.variables.data_docs_sites[SITE_NAME])
    for name in ("module_name", "class_name"):  # what they name is built right here
        configuration.pop(name)
    configuration["store_backend"] = {**configuration["store_backend"], "base_directory": str(folder.absolute())}
    builder = ReportSiteBuilder(
        data_context=context,
        site_name=SITE_NAME,
        runtime_environment={"root_directory": context.root_directory},
        **configuration,
    )
    builder.hand_over(content)
    builder.build()
    return folder / "index.html"


def write_page(target_store: HtmlSiteStore, path: str, content: str | bytes) -> None:
    """Write a file of the site at ``path`` (with ``/``, below the site's folder) through GX's store.

    The backend for static assets is the one that takes keys of any length. Raises ValueError for a path that leads
    out of the folder.
    """
    parts = tuple(path.split("/"))
    if not all(parts) or {".", ".."} & set(parts):
        raise ValueError(f"{path!r} is no path below the folder of the site")
    target_store.store_backends["static_assets"].set(parts, content)
