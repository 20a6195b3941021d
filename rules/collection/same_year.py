"""Reports of one agency and year: which there are beside each, and which of their cells hold different numbers."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from disclosure_checks.grammar.model.report import Evidence, Fact, Report
from disclosure_checks.rules.collection.earlier_years import agency_year

REPEATED, DIFFERING = "document.reports_of_same_agency_and_year", "document.cells_differing_in_same_year"
_BETWEEN_NAMES, _BETWEEN_NUMBERS = "\n", " / "  # names are put into a sentence in the language of the reader
_ALONE: Mapping[str, Fact] = {REPEATED: Fact(0.0), DIFFERING: Fact(0.0)}


def same_year_facts(reports: Sequence[Report]) -> Iterator[Mapping[str, Fact]]:
    """The facts of each report, by full name."""
    together: dict[tuple[str, int], list[Report]] = defaultdict(list)
    for report in reports:
        if key := agency_year(report):
            together[key].append(report)
    told: dict[str, Mapping[str, Fact]] = {}
    for group in together.values():
        for number, report in enumerate(group if len(group) > 1 else ()):
            others = [other for other in group if other is not report]
            named = Evidence(None, _BETWEEN_NAMES.join(other.source for other in others))
            differing = () if number else tuple(_differing(report, others))
            told[report.source] = {
                REPEATED: Fact(float(len(others)), (named,)),
                DIFFERING: Fact(float(len(differing)), differing),
            }
    for report in reports:
        yield told.get(report.source, _ALONE)


def _differing(first: Report, others: Sequence[Report]) -> Iterator[Evidence]:
    """The cells that are known in several of the reports and not equal, with what each holds."""
    named = _BETWEEN_NAMES.join(other.source for other in others)
    for name, cell in first.cells.items():
        values = [cell.value, *(other.cells[name].value for other in others if name in other.cells)]
        known = [value for value in values if not math.isnan(value)]
        if len(set(known)) > 1:
            yield Evidence(cell.place, _BETWEEN_NUMBERS.join(f"{value:.12g}" for value in known), (name,), named)
