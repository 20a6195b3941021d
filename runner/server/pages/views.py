"""Page models to HTML for a server: the site's templates, beside its own, under a navigation of its own."""

from __future__ import annotations

from functools import cache
from importlib import resources

from disclosure_checks.runner.server.pages.page_models import CheckPage, ProblemPage, ServedReport, SeveralPage
from disclosure_checks.runner.site.labels import RULE_LIST
from disclosure_checks.runner.site.page_models import Link, RuleListPage, RulePage
from disclosure_checks.runner.site.rendering.environment import page_environment
from disclosure_checks.runner.site.views import ASSET_FOLDER, TEMPLATE_PACKAGE, asset_files
from disclosure_checks.runner.texts.server_texts import load_server_texts

_PACKAGE = "disclosure_checks.runner.server.pages"
ROOT = "../"  # every page of a server lies one folder below its root: so links hold under any prefix of an address
CHECK_PAGE = "reports/"
_NAVIGATION = (("overview", CHECK_PAGE), ("rules", RULE_LIST))


class ServerViews:
    """Renders the pages of a server in one language."""

    def __init__(self, language: str) -> None:
        self.texts = load_server_texts(language)
        self.home = Link(self.texts["overview"], f"{ROOT}{CHECK_PAGE}")
        self._environment = page_environment(self.texts, [TEMPLATE_PACKAGE, _PACKAGE], _NAVIGATION, colophon=())

    def report(self, page: ServedReport) -> str:
        """The page of one report, as the site shows it, with its return note."""
        return self._render("served_report.html", page)

    def several(self, page: SeveralPage) -> str:
        """Several reports, without their tables."""
        return self._render("several.html", page)

    def check(self, page: CheckPage) -> str:
        """The page on which files are dropped."""
        return self._render("check.html", page)

    def problem(self, page: ProblemPage) -> str:
        """Why a request was not answered."""
        return self._render("problem.html", page)

    def rule(self, page: RulePage) -> str:
        """The page of one rule."""
        return self._render("served_rule.html", page)

    def rule_list(self, page: RuleListPage) -> str:
        """The list of all rules."""
        return self._render("served_rule_list.html", page)

    def _render(self, template: str, page: object) -> str:
        return self._environment.get_template(template).render(page=page)


@cache
def server_views(language: str) -> ServerViews:
    """The views of a language, made once a process."""
    return ServerViews(language)


def served_assets() -> dict[str, bytes]:
    """The styles and scripts of the site and of the server's own pages, by name."""
    own = resources.files(_PACKAGE).joinpath(ASSET_FOLDER)
    site = {path.removeprefix(f"{ASSET_FOLDER}/"): content for path, content in asset_files().items()}
    return site | {file.name: file.read_bytes() for file in own.iterdir() if file.is_file()}
