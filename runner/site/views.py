"""Page models to HTML: Jinja2 with autoescape on, templates compiled once a process and language."""

from __future__ import annotations

from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined

from disclosure_checks.runner.site.grid_filling import GridViews
from disclosure_checks.runner.site.page_models import AgencyListPage, AgencyYearPage, IndexPage, RuleListPage, RulePage
from disclosure_checks.runner.site.source_pages.source_page import SourcePage
from disclosure_checks.runner.texts.site_texts import Texts, load_texts

ASSET_FOLDER = "assets"
TEMPLATE_PACKAGE = "disclosure_checks.runner.site"


class SiteViews:
    """Renders pages in one language. The same page gives the same HTML, byte for byte."""

    def __init__(self, texts: Texts) -> None:
        environment = Environment(
            loader=PackageLoader(TEMPLATE_PACKAGE),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.globals["texts"] = texts
        parts = {
            name: vars(environment.get_template(f"{name}.html").module)[name] for name in ("label_cells", "value_cell")
        }
        self.grid = GridViews(labels=parts["label_cells"], cell=parts["value_cell"])
        self._agency_year = environment.get_template("agency_year.html")
        self._index = environment.get_template("index.html")
        self._agency_list = environment.get_template("agency_list.html")
        self._source = environment.get_template("source.html")
        self._rule = environment.get_template("rule.html")
        self._rule_list = environment.get_template("rule_list.html")

    def agency_year(self, page: AgencyYearPage) -> str:
        """The page of one report."""
        return self._agency_year.render(page=page)

    def source(self, page: SourcePage) -> str:
        """The text of one report."""
        return self._source.render(page=page)

    def index(self, page: IndexPage) -> str:
        """The overview."""
        return self._index.render(page=page)

    def agency_list(self, page: AgencyListPage) -> str:
        """A part of the plain list of agencies."""
        return self._agency_list.render(page=page)

    def rule(self, page: RulePage) -> str:
        """The page of one rule."""
        return self._rule.render(page=page)

    def rule_list(self, page: RuleListPage) -> str:
        """The list of all rules."""
        return self._rule_list.render(page=page)


@cache
def site_views(language: str) -> SiteViews:
    """The views of a language, made once a process."""
    return SiteViews(load_texts(language))


def asset_files() -> dict[str, bytes]:
    """The style and the scripts of the site, by their path from the site's folder."""
    folder = resources.files(TEMPLATE_PACKAGE).joinpath(ASSET_FOLDER)
    return {
        f"{ASSET_FOLDER}/{file.name}": file.read_bytes()
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.is_file()
    }
