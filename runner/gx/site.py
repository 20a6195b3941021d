"""The data docs site, built by GX's SiteBuilder from our section builders, renderers and views.

    DisclosureSiteBuilder -> AgencyYearSectionBuilder, RuleSectionBuilder, our assets, OverviewIndexBuilder

Paths in the site's folder are fixed by contract: index.html, <year>/<agency>.html, rules/<rule id>.html, assets/...
GX's builders catch what goes wrong while rendering, log it and publish the rest; ours let it surface.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from great_expectations.data_context import FileDataContext
from great_expectations.data_context.store.html_site_store import HtmlSiteStore
from great_expectations.data_context.types.resource_identifiers import ValidationResultIdentifier
from great_expectations.render.renderer.site_builder import (
    DefaultSiteIndexBuilder,
    DefaultSiteSectionBuilder,
    SiteBuilder,
)

from disclosure_checks.rules.expectations.suite import suite_name
from disclosure_checks.runner.exports.records import CheckedReport
from disclosure_checks.runner.gx.context import SITE_NAME
from disclosure_checks.runner.gx.pages import PublicationContent
from disclosure_checks.runner.gx.results import report_result_identifier
from disclosure_checks.runner.site.views import asset_files

Identifiers = Collection[ValidationResultIdentifier] | None


class PublicationContentMissingError(RuntimeError):
    """The site was asked for outside a run: its pages hold cells and sentences that a stored result does not."""

    def __init__(self) -> None:
        super().__init__(
            "The site cannot be built from the stored validation results alone; its pages also show cells and "
            "sentences. Run run-checks on the reports, or call runner.gx.site.publish_data_docs with their content."
        )


class DisclosureSiteBuilder(SiteBuilder):  # type: ignore[misc]  # GX ships no types we follow
    """GX's site builder with our assets in place of its own, and the content of a run handed to its sections."""

    def hand_over(self, content: PublicationContent) -> None:
        """Give the sections and the overview what they show. Needed before ``build``."""
        for builder in (*self.site_section_builders.values(), self.site_index_builder):
            builder.content = content

    def build(
        self, resource_identifiers: Identifiers = None, build_index: bool = True
    ) -> tuple[str, dict[str, Any] | None]:
        """Write the site; give the address of its overview and GX's (empty) list of links.

        ``resource_identifiers``: the results whose reports get a new page; None means all of them. Rules and overview
        are always built. Raises PublicationContentMissingError without ``hand_over``.
        """
        for section_builder in self.site_section_builders.values():
            section_builder.build(resource_identifiers)
        for path, content in asset_files().items():
            write_page(self.target_store, path, content)
        _, links = self.site_index_builder.build(build_index=build_index)
        return self.get_resource_url(only_if_exists=False), links


class AgencyYearSectionBuilder(DefaultSiteSectionBuilder):  # type: ignore[misc]
    """A page for each report."""

    content: PublicationContent | None = None

    def build(self, resource_identifiers: Identifiers = None) -> None:
        """Write the pages of the reports, and count for the rules what came of all of them."""
        content = _handed_over(self.content)
        wanted = None if resource_identifiers is None else {one.to_tuple() for one in resource_identifiers}
        for checked in content.checked:
            content.rule_results.add(checked)
            if wanted is not None and _key(checked) not in wanted:
                continue
            if content.page_writing is not None:
                content.page_writing.write(checked, content.beside(checked))
                continue
            page = self.renderer_class.render(checked, content)
            html = self.view_class.render(page, language=content.language)
            write_page(self.target_store, checked.record.page, html)


class RuleSectionBuilder(DefaultSiteSectionBuilder):  # type: ignore[misc]
    """A page for each rule, and the list of all rules."""

    content: PublicationContent | None = None

    def build(self, resource_identifiers: Identifiers = None) -> None:  # noqa: ARG002  # who fails may change anywhere
        """Write the pages of the rules. Comes after the reports."""
        content = _handed_over(self.content)
        for page in (*self.renderer_class.render(content), self.renderer_class.render_list(content)):
            write_page(self.target_store, page.path, self.view_class.render(page, language=content.language))


class OverviewIndexBuilder(DefaultSiteIndexBuilder):  # type: ignore[misc]
    """The overview of agencies and years."""

    content: PublicationContent | None = None

    def build(
        self,
        skip_and_clean_missing: bool = True,  # noqa: ARG002  # GX passes it; a publish starts from an empty folder
        build_index: bool = True,
    ) -> tuple[str | None, dict[str, Any] | None]:
        """Write index.html, once a run; give its path and GX's (empty) list of links."""
        if not build_index:
            return None, None
        content = _handed_over(self.content)
        html = self.view_class.render(self.renderer_class.render(content), language=content.language)
        return self.target_store.write_index_page(html), {}


def publish_data_docs(
    context: FileDataContext, content: PublicationContent, folder: Path, changed: Identifiers = None
) -> Path:
    """Build the site of a run in ``folder`` (a staging folder, or the place itself); give the path of its index.html.

    ``changed``: keys of the results whose pages are to be written; None writes all. The site is built as the context's
    configuration says, with ``folder`` in place of the folder named there. Raises OSError where it cannot be written.
    """
    configuration = dict(context.variables.data_docs_sites[SITE_NAME])
    for name in ("module_name", "class_name"):  # what they name is built right here
        configuration.pop(name)
    configuration["store_backend"] = {**configuration["store_backend"], "base_directory": str(folder.absolute())}
    builder = DisclosureSiteBuilder(
        data_context=context,
        site_name=SITE_NAME,
        runtime_environment={"root_directory": context.root_directory},
        **configuration,
    )
    builder.hand_over(content)
    builder.build(changed)
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


def _key(checked: CheckedReport) -> tuple[object, ...]:
    """The key of a report's stored result."""
    key: tuple[object, ...] = report_result_identifier(suite_name(checked.compiled), checked.report).to_tuple()
    return key


def _handed_over(content: PublicationContent | None) -> PublicationContent:
    if content is None:
        raise PublicationContentMissingError
    return content
