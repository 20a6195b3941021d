"""Facts a report has only beside others: how many more there are of its agency and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from grammar.document import Evidence, Fact, Report

_FACT = "document.reports_of_same_agency_and_year"


def with_collection_facts(reports: Sequence[Report]) -> list[Report]:
    """The reports with ``document.reports_of_same_agency_and_year``: the number of others, and which they are."""
    together: dict[tuple[str, int], list[Report]] = defaultdict(list)
    for report in reports:
        if report.agency and report.year is not None:
            together[report.agency, report.year].append(report)
    others = {
        report.source: tuple(Evidence(None, other.source) for other in group if other.source != report.source)
        for group in together.values()
        if len(group) > 1
        for report in group
    }
    return [_with_others(report, others.get(report.source, ())) for report in reports]


def _with_others(report: Report, others: tuple[Evidence, ...]) -> Report:
    return replace(report, facts={**report.facts, _FACT: Fact(float(len(others)), others)})
