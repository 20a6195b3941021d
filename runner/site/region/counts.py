"""Counts of reports by year, and by year among the bodies of a kind or below a parent. No page, no words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.runner.exports.records import ReportRecord
from disclosure_checks.runner.site.overview.agency_rows import Absence, AgencyRow, Year


@dataclass
class YearCount:
    """What came of the reports of a year. ``states``: each report once, by its gravest finding or its status."""

    reports: int = 0
    errors: int = 0  # findings, not reports
    missing: int = 0
    states: Counter[str] = field(default_factory=Counter)

    def add(self, record: ReportRecord) -> None:
        """Count a report."""
        self.reports += 1
        self.errors += record.failing(Severity.ERROR)
        self.states[record.gravest] += 1

    @property
    def with_errors(self) -> int:
        """How many reports have an error."""
        return self.states[Severity.ERROR.value]


def counts_by_year(rows: Iterable[AgencyRow], years: Sequence[Year]) -> dict[Year, YearCount]:
    """What came of each year, over all agencies."""
    counts = {year: YearCount() for year in years}
    for row in rows:
        _count(row, counts)
    return counts


def counts_by_group(
    rows: Iterable[AgencyRow], years: Sequence[Year], group_of: Callable[[AgencyRow], str]
) -> Mapping[str, dict[Year, YearCount]]:
    """What came of each year among the agencies of a group; ``group_of`` gives "" for those of none."""
    groups: dict[str, dict[Year, YearCount]] = defaultdict(lambda: {year: YearCount() for year in years})
    for row in rows:
        if group := group_of(row):
            _count(row, groups[group])
    return groups


def share(part: int, whole: int) -> float:
    """The part of the whole, 0 where there is no whole."""
    return part / whole if whole else 0.0


_STEPS = (0.05, 0.15, 0.3, 0.5)


def heat(part: int, whole: int) -> int:
    """How strongly a share is shaded: 0 for none, then 1 to 5."""
    return 0 if part == 0 else 1 + sum(share(part, whole) > step for step in _STEPS)


def _count(row: AgencyRow, counts: Mapping[Year, YearCount]) -> None:
    for year, count in counts.items():
        for record in row.reports.get(year, ()):
            count.add(record)
        count.missing += not row.reports.get(year) and row.absence(year) is Absence.MISSING
