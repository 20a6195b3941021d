"""Writes the overview of given records alone: the page, its data, the plain list and the assets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from disclosure_checks.rules.collection.agencies.review import NOTHING_REVIEWED, AgencyReview
from disclosure_checks.runner.exports.records import ReportRecord
from disclosure_checks.runner.site.index_pages import index_page
from disclosure_checks.runner.site.overview.agency_list_pages import agency_list_pages
from disclosure_checks.runner.site.overview.agency_rows import agency_rows, years_of
from disclosure_checks.runner.site.overview.index_data import INDEX_DATA, failing_rules_to_filter_by, index_data
from disclosure_checks.runner.site.page_models import Link, RuleLine, Tally
from disclosure_checks.runner.site.views import asset_files, site_views
from disclosure_checks.runner.texts.site_texts import load_texts


def write_overview(
    folder: Path,
    records: Sequence[ReportRecord],
    review: AgencyReview = NOTHING_REVIEWED,
    failing: Mapping[str, Sequence[str]] | None = None,
    changed: frozenset[str] = frozenset(),
    language: str = "zh",
    lines: Sequence[RuleLine] | None = None,
) -> None:
    """``failing``: the rules each report fails, by its source."""
    texts, views = load_texts(language), site_views(language)
    failing = failing or {}
    if lines is None:
        ids = sorted({rule for rules in failing.values() for rule in rules})
        lines = [rule_line(one, sum(one in rules for rules in failing.values())) for one in ids]
    rows = agency_rows(records, review, texts)
    page = index_page([], records, rows, [], texts, review)
    files = dict(asset_files())
    files[INDEX_DATA] = index_data(rows, years_of(records), failing_rules_to_filter_by(lines), failing, changed, texts)
    files["index.html"] = views.index(page).encode()
    files |= {part.path: views.agency_list(part).encode() for part in agency_list_pages(rows, page, texts)}
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def rule_line(rule: str, failing: int) -> RuleLine:
    return RuleLine(Link(f"标题 {rule}"), rule, Tally("error", "错", "错误", 0), failing)
