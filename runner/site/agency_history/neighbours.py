"""What the page of a report stands beside: the years before and after, the page of its agency, the revision before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from disclosure_checks.runner.exports.plain_values import visible_text
from disclosure_checks.runner.exports.records import ReportRecord
from disclosure_checks.runner.site.agency_history.paths import paths_of_records
from disclosure_checks.runner.site.finding_groups.revision_changes import RevisionChanges
from disclosure_checks.runner.site.return_notes.note_building import ParentNote


class Neighbours(NamedTuple):
    """The records of the same agency's year before and year after, and what changed since the revision before.

    ``agency_page``: the path of the agency's own page, "" where it has none. ``last_year``: what is known of the cells
    of the year before, in the order of the spec, NaN where nothing is; empty where nothing is known of any.
    ``parent_note``: the return note of all bodies below its parent, where there is one.
    """

    previous: ReportRecord | None = None
    next: ReportRecord | None = None
    revision: RevisionChanges | None = None
    agency_page: str = ""
    parent_note: ParentNote | None = None
    last_year: tuple[float, ...] = ()


ALONE = Neighbours()


def neighbours(records: Iterable[ReportRecord]) -> dict[str, Neighbours]:
    """What each report stands beside, by source. Of several reports for one year the first source counts."""
    by_agency_year: dict[tuple[str, int], ReportRecord] = {}
    known = sorted((record for record in records if record.page), key=lambda record: record.report)
    for record in known:
        if record.year is not None:
            by_agency_year.setdefault((record.agency, record.year), record)
    pages = paths_of_records(known)

    def near(record: ReportRecord, step: int) -> ReportRecord | None:
        if record.year is None or not record.agency:
            return None
        return by_agency_year.get((record.agency, record.year + step))

    return {
        record.report: Neighbours(
            near(record, -1), near(record, 1), agency_page=pages.get(visible_text(record.agency), "")
        )
        for record in known
    }
