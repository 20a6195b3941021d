"""Agencies by year: what there is of each, for the table of the overview, its data and the plain list.

records, review of the agencies --agency_rows--> AgencyRow, in the order of the names' pinyin
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from disclosure_checks.rules.collection.agencies.review import AgencyReview
from disclosure_checks.rules.spec.model.agency_list import Agency
from disclosure_checks.runner.exports.plain_values import visible_text
from disclosure_checks.runner.exports.records import ReportRecord, ReportStatus
from disclosure_checks.runner.site.agency_history.paths import paths_of_records
from disclosure_checks.runner.site.labels import agency_name
from disclosure_checks.runner.site.overview.pinyin import syllables
from disclosure_checks.runner.texts.site_texts import Texts

Year = int | None


class Absence(str, Enum):
    """Why there is no report of an agency and year: it is due, it is not due, or nobody knows."""

    MISSING = "missing"
    NOT_DUE = "not_due"
    UNKNOWN = "no_report"


@dataclass(frozen=True)
class AgencyRow:
    """One agency. ``listed``: as the list of agencies has it; None where that does not or there is none."""

    name: str
    reports: Mapping[Year, Sequence[ReportRecord]]
    missing: frozenset[int]
    page: str = ""  # the path of its own page; "" where there is none
    listed: Agency | None = None

    def absence(self, year: Year) -> Absence:
        """What it means that there is no report of a year."""
        if self.listed is None or year is None:
            return Absence.UNKNOWN
        if year in self.missing:
            return Absence.MISSING
        return Absence.UNKNOWN if self.listed.reports_for(year) else Absence.NOT_DUE

    @property
    def other_names(self) -> tuple[str, ...]:
        """The names it had before, and the short ones."""
        if self.listed is None:
            return ()
        return tuple(visible_text(name) for name in (*self._former, *self.listed.aliases))

    @property
    def _former(self) -> Iterator[str]:
        return (former.name for former in self.listed.former_names) if self.listed else iter(())


def years_of(records: Iterable[ReportRecord]) -> list[Year]:
    """The columns: the years that there is a report of, the unknown one last."""
    years = {record.year for record in records if record.status != ReportStatus.UNREADABLE.value}
    return sorted(years, key=lambda year: (year is None, year or 0))


def agency_rows(records: Sequence[ReportRecord], review: AgencyReview, texts: Texts) -> tuple[AgencyRow, ...]:
    """Every agency with a report that was read, and every listed one that owes one.

    A report that names no agency has a row of its own, with its file: several such are not known to be of one agency.
    """
    reports: dict[str, dict[Year, list[ReportRecord]]] = defaultdict(lambda: defaultdict(list))
    for record in sorted(records, key=lambda record: record.report):
        if record.status != ReportStatus.UNREADABLE.value:
            reports[agency_name(record.agency, record.report, texts)][record.year].append(record)
    missing: dict[str, set[int]] = defaultdict(set)
    for one in review.missing:
        missing[visible_text(one.agency)].add(one.year)
    listed = {visible_text(agency.name): agency for agency in review.agencies}
    names = sorted({*reports, *missing}, key=lambda name: (syllables(name), name))
    paths = paths_of_records(records)
    return tuple(
        AgencyRow(name, reports.get(name, {}), frozenset(missing.get(name, ())), paths.get(name, ""), listed.get(name))
        for name in names
    )
