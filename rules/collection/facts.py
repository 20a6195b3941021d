"""Facts a report has only beside others: how many more there are of its agency and year, and whose text is like it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from disclosure_checks.grammar.model.packing import OverlaidFacts
from disclosure_checks.grammar.model.report import Evidence, Fact, Report
from disclosure_checks.rules.collection.earlier_years import EarlierText, agency_year
from disclosure_checks.rules.collection.likeness.text_similarity import similarity_facts

_FACT = "document.reports_of_same_agency_and_year"


def with_collection_facts(reports: Sequence[Report], earlier: Iterable[EarlierText] = ()) -> list[Report]:
    """The reports with ``document.reports_of_same_agency_and_year``: the number of others, and which they are; and with
    the facts of ``rules.collection.likeness.text_similarity``, for which ``earlier`` are the texts known from earlier runs."""
    together: dict[tuple[str, int], list[Report]] = defaultdict(list)
    for report in reports:
        if key := agency_year(report):
            together[key].append(report)
    others = {
        report.source: tuple(Evidence(None, other.source) for other in group if other.source != report.source)
        for group in together.values()
        if len(group) > 1
        for report in group
    }
    return [
        _with_facts(report, others.get(report.source, ()), similar)
        for report, similar in zip(reports, similarity_facts(reports, earlier), strict=True)
    ]


def _with_facts(report: Report, others: tuple[Evidence, ...], similar: Mapping[str, Fact]) -> Report:
    return replace(report, facts=OverlaidFacts(report.facts, {_FACT: Fact(float(len(others)), others), **similar}))
