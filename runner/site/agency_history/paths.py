"""Where the pages of agencies lie: ``agencies/<agency>.html``, beside the plain list of all agencies."""

from __future__ import annotations

from collections.abc import Iterable

from disclosure_checks.runner.exports.records import ReportRecord, ReportStatus
from disclosure_checks.runner.publishing.file_names import FileNames

AGENCY_FOLDER = "agencies"
_LIST = "index"  # how the names of the parts of the list begin


def agency_paths(agencies: Iterable[str]) -> dict[str, str]:
    """The path of each agency's page, by its name; the same names get the same paths, in whatever order they come.

    No two are alike, and none is that of a part of the list.
    """
    names = FileNames()
    return {
        agency: f"{AGENCY_FOLDER}/{names.allocate(f'_{agency}' if agency.casefold().startswith(_LIST) else agency)}.html"
        for agency in sorted(set(agencies))
        if agency
    }


def paths_of_records(records: Iterable[ReportRecord]) -> dict[str, str]:
    """The pages of the agencies that have a report which was read."""
    return agency_paths(record.agency for record in records if record.status != ReportStatus.UNREADABLE.value)
