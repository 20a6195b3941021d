"""The complete list of the reports that fail a rule, the last year first, in parts: each is a page of its own.

rules/<rule id>.html, rules/<rule id>-2.html, ...
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from disclosure_checks.runner.site.labels import agency_name, href, year_text
from disclosure_checks.runner.site.page_models import FailingLine, FailingPart, Link, Tally
from disclosure_checks.runner.site.rule_failures.results import FailingReport, RuleResults
from disclosure_checks.runner.texts.site_texts import Texts

MOST_A_PAGE = 1000
_ROOT = "../"


def failing_parts(
    path: str, failing: Sequence[FailingReport], places: Mapping[str, int], texts: Texts
) -> tuple[FailingPart, ...]:
    """The parts of a list; the first lies at ``path``, and there is one even where nothing fails.

    ``places``: the order of agencies by their names.
    """
    in_order = sorted(failing, key=lambda one: (-(one.year or 0), places.get(one.agency, -1), one.page))
    paths = part_paths(path, len(in_order))
    parts: list[FailingPart] = []
    for place, own in enumerate(paths):
        start = place * MOST_A_PAGE
        links = tuple(
            Link(str(number), "" if other == own else href(_ROOT, other)) for number, other in enumerate(paths, start=1)
        )
        lines = tuple(_line(one, texts) for one in in_order[start : start + MOST_A_PAGE])
        parts.append(FailingPart(own, lines, links if len(links) > 1 else ()))
    return tuple(parts)


def failing_by_year(results: RuleResults, rule: str, texts: Texts) -> tuple[Tally, ...]:
    """How many reports of each year fail a rule, the last year first."""
    years = {year: count for (own, year), count in results.failing_by_year.items() if own == rule}
    return tuple(
        Tally("", "", year_text(year, texts), years[year]) for year in sorted(years, key=lambda year: -(year or 0))
    )


def part_paths(path: str, count: int) -> list[str]:
    """Where the parts of a list of so many reports lie."""
    parts = max(1, -(-count // MOST_A_PAGE))
    return [path if number == 1 else _numbered(path, number) for number in range(1, parts + 1)]


def _numbered(path: str, number: int) -> str:
    stem, _, ending = path.rpartition(".")
    return f"{stem}-{number}.{ending}"  # no rule id holds a hyphen


def _line(one: FailingReport, texts: Texts) -> FailingLine:
    return FailingLine(
        Link(agency_name(one.agency, one.report, texts), href(_ROOT, one.page, f"finding-{one.first}")),
        year_text(one.year, texts),
        one.message,
        texts.say("skipped_times", count=one.times) if one.times > 1 else "",
    )
