"""Who reported: the reports of a run put to the agencies they are of, and how many there are of each agency and year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.agencies.names import agency_key
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.spec.model.agency_list import Agency


@dataclass(frozen=True)
class AgencyRoll:
    """``reports``: how many there are by (agency, year), under the names the agencies go by in this run."""

    registry: AgencyRegistry | None
    reports: Mapping[tuple[str, int], int]

    def agency_of(self, report: Report) -> Agency | None:
        """The agency of a report as the registry knows it."""
        return self.registry.by_name.get(report.agency) if self.registry else None

    def children(self, agency: Agency, year: int) -> tuple[Agency, ...]:
        """The agencies below one that report for a year and are summed: those managed from above are not."""
        below = self.registry.children(agency.name) if self.registry else ()
        return tuple(child for child in below if child.reports_for(year) and not child.vertically_managed)

    def reported_once(self, agency: Agency, year: int) -> bool:
        """Whether there is exactly one report of an agency and year."""
        return self.reports.get((agency.name, year), 0) == 1

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years there is any report of."""
        return tuple(sorted({year for _, year in self.reports}))

    @cached_property
    def years_by_agency(self) -> Mapping[str, tuple[int, ...]]:
        """The years each agency has reports of."""
        years: dict[str, list[int]] = defaultdict(list)
        for agency, year in sorted(self.reports):
            years[agency].append(year)
        return {agency: tuple(own) for agency, own in years.items()}


def call_the_roll(reports: Sequence[Report], registry: AgencyRegistry | None = None) -> tuple[list[Report], AgencyRoll]:
    """The reports under the names their agencies go by, and who reported.

    An agency the registry knows goes by its name there. Any other goes by its name as printed; where prints of one
    name differ (in width or blanks, see ``agency_key``), by the most frequent, among equals the first in order.
    """
    shown = _shown_names(reports)
    named = [_named(report, shown, registry) for report in reports]
    counted = Counter((report.agency, report.year) for report in named if report.agency and report.year is not None)
    return named, AgencyRoll(registry, {key: counted[key] for key in counted})


def _shown_names(reports: Sequence[Report]) -> dict[str, str]:
    """For each name as printed the one all its prints go by."""
    printed = Counter(report.agency for report in reports)
    by_key: dict[str, list[str]] = defaultdict(list)
    for name in sorted(printed):
        by_key[agency_key(name)].append(name)
    return {name: max(names, key=lambda one: printed[one]) for names in by_key.values() for name in names}


def _named(report: Report, shown: Mapping[str, str], registry: AgencyRegistry | None) -> Report:
    agency = registry.find(report.agency, report.year) if registry and report.agency else None
    name = agency.name if agency else shown[report.agency]
    return report if name == report.agency else replace(report, agency=name, printed_agency=report.agency)
