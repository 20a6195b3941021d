"""The pages of a server that no upload is needed for: where files are dropped, what a rule says, what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.texts.catalogue import LANGUAGES
from disclosure_checks.runner.server.limits import MEGABYTE, Limits
from disclosure_checks.runner.server.pages.page_models import CheckPage, ProblemPage
from disclosure_checks.runner.server.pages.views import ROOT, server_views
from disclosure_checks.runner.site.labels import specification_line
from disclosure_checks.runner.site.page_models import Link, PageFrame
from disclosure_checks.runner.site.rule_failures.results import RuleResults
from disclosure_checks.runner.site.rule_pages import rule_list_page, rule_pages
from disclosure_checks.runner.texts.server_texts import problem_texts


class OwnPages:
    """Makes these pages in either language. ``has_collection``: whether reports of the year before are at hand."""

    def __init__(self, compiled: Sequence[CompiledSpecification], limits: Limits, has_collection: bool) -> None:
        self._compiled = compiled
        self._limits = limits
        self._has_collection = has_collection
        self.rules = cache(self._made_rules)

    def check(self, language: str) -> str:
        """The page on which files are dropped."""
        views = server_views(language)
        texts = views.texts
        accepted = texts.say(
            "files_accepted", files=self._limits.files, megabytes=f"{self._limits.upload / MEGABYTE:g}"
        )
        other = next(one for one in LANGUAGES if one != language)
        compared = texts["compared_with_collection" if self._has_collection else "without_collection"]
        return views.check(CheckPage(self._frame(language, texts["self_check"]), accepted, compared, other))

    def problem(self, code: str, language: str, root: str = ROOT) -> str:
        """Why a request was not answered, and what to do. ``root``: the way from the page to the server's root."""
        views = server_views(language)
        frame = replace(self._frame(language, views.texts["request_failed"]), root=root)
        return views.problem(ProblemPage(frame, *problem_texts(code, language)))

    def _made_rules(self, language: str) -> Mapping[str, str]:
        """The pages of all rules and the list of them, by path."""
        views, nobody = server_views(language), RuleResults()
        pages = {page.path: views.rule(page) for page in rule_pages(self._compiled, nobody, views.texts)}
        rules = rule_list_page(self._compiled, nobody, views.texts)
        return pages | {rules.path: views.rule_list(rules)}

    def _frame(self, language: str, title: str) -> PageFrame:
        views = server_views(language)
        specifications = tuple(specification_line(one, views.texts) for one in self._compiled)
        product = views.texts.product(one.specification for one in self._compiled)
        return PageFrame(title, ROOT, (Link(title),), specifications, product)
