"""What is known of earlier years: whose report was the one of the year before, and what stood in it.

The year before of a report is looked for among the reports of its own frame, then among those of other formats of the
same run, then in what earlier runs published. The first place that knows the report counts for all its cells: a cell
that was blank there stays missing. Where the run itself holds two reports of an agency and year, neither serves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from disclosure_checks.grammar.model.packing import cell_numbers
from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.formula.outcomes import FloatArray

AgencyYear = tuple[str, int]  # the name the agency goes by in this run, and the report year


class EarlierText(NamedTuple):
    """The text of a report of an earlier run: ``fingerprint`` as in ``grammar.model.report.Report``."""

    agency: str
    year: int
    fingerprint: tuple[int, ...]


@dataclass(frozen=True)
class EarlierValues:
    """Numbers of reports of one format. ``values``: shape (reports, names), NaN = missing; ``rows``: whose each is."""

    names: tuple[str, ...]
    rows: Mapping[AgencyYear, int]
    values: FloatArray


@dataclass(frozen=True)
class EarlierYears:
    """What a frame may take years before from, besides its own reports.

    ``known`` is looked through in order. ``contested``: agencies and years of which the run holds several reports.
    """

    known: tuple[EarlierValues, ...] = ()
    contested: frozenset[AgencyYear] = frozenset()


NOTHING_EARLIER = EarlierYears()


def agency_year(report: Report) -> AgencyYear | None:
    """Whose report it is and for which year: the one place that says so. None where one of them is unknown."""
    if not report.agency or report.year is None:
        return None
    return report.agency, report.year


def contested_years(reports: Iterable[Report]) -> frozenset[AgencyYear]:
    """The agencies and years of which there are several reports."""
    counts = Counter(key for report in reports if (key := agency_year(report)))
    return frozenset(key for key, count in counts.items() if count > 1)


def values_of_reports(names: Sequence[str], reports: Sequence[Report]) -> EarlierValues:
    """The cells and facts of these names in reports; a report without agency or year is left out."""
    keyed = [(key, report) for report in reports if (key := agency_year(report))]
    rows = [_numbers(report, names) for _, report in keyed]
    values = np.array(rows, dtype=np.float64).reshape(len(rows), len(names))
    return EarlierValues(tuple(names), {key: row for row, (key, _) in enumerate(keyed)}, values)


def values_of_years_ago(
    years: int,
    reports: Sequence[Report],
    names: Sequence[str],
    own: FloatArray,
    earlier: EarlierYears = NOTHING_EARLIER,
) -> FloatArray:
    """The numbers of so many years before each report's own, shape (reports, names), NaN where nothing is known.

    ``own``: those numbers of the reports themselves, in the same shape.
    """
    keys = [agency_year(report) for report in reports]
    contested = earlier.contested | contested_years(reports)
    own_rows = {key: row for row, key in enumerate(keys) if key is not None}
    wanted: dict[int, AgencyYear] = {}
    for row, key in enumerate(keys):
        before = None if key is None else (key[0], key[1] - years)
        if before is not None and before not in contested:
            wanted[row] = before
    found = np.full((len(reports), len(names)), np.nan, order="F")
    for known in (EarlierValues(tuple(names), own_rows, own), *earlier.known):
        _take(found, names, wanted, known)
    return found


def _take(found: FloatArray, names: Sequence[str], wanted: dict[int, AgencyYear], known: EarlierValues) -> None:
    """Fill in what ``known`` knows of the wanted years; what was found is wanted no more."""
    rows = [row for row, key in wanted.items() if key in known.rows]
    if not rows:
        return
    place = {name: position for position, name in enumerate(known.names)}
    shared = [position for position, name in enumerate(names) if name in place]
    there = [known.rows[wanted[row]] for row in rows]
    found[np.ix_(rows, shared)] = known.values[np.ix_(there, [place[names[position]] for position in shared])]
    for row in rows:
        del wanted[row]


def _numbers(report: Report, names: Sequence[str]) -> list[float]:
    """The cells and facts of these names; no cell is called like a fact."""
    numbers = cell_numbers(report.cells, names)
    return [
        fact.value if (fact := report.facts.get(name)) else number for name, number in zip(names, numbers, strict=True)
    ]
