"""The collection after a run's files were added: which reports are on the site, and what each is known by."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import PurePath, PurePosixPath

from disclosure_checks.grammar.model.report import Report, UnreadableReport
from disclosure_checks.grammar.readers.html.saved_pages import SavedPages
from disclosure_checks.rules.collection.agencies.names import agency_key
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.runner.collection.membership import AgencyAndYear, Member, Membership, members_after
from disclosure_checks.runner.collection.readings import Readings, StoredReading
from disclosure_checks.runner.collection.recognition import path_text
from disclosure_checks.runner.collection.register import Register, RevisionBefore, as_members
from disclosure_checks.runner.pipeline.given_files import GivenFile
from disclosure_checks.runner.publishing.file_names import year_folder


@dataclass(frozen=True)
class CollectedReport:
    """A report on the site, or a file of which there is none. ``given``: it was among the files of this run.

    ``content``: a digest of its bytes; ``format``: what it was read as; ``report.source``: what it is known by.
    """

    id: int
    content: bytes
    format: str
    report: Report | UnreadableReport
    given: bool
    reading: int


@dataclass(frozen=True)
class Collected:
    """All reports on the site, and what the run changed. ``before``: the revision before each that has one."""

    reports: Sequence[CollectedReport]
    membership: Membership
    revisions: Mapping[int, RevisionBefore]  # by the number of the report

    @property
    def changed(self) -> frozenset[str]:
        """The sources of the reports that the run added or put in the place of others."""
        new = {one.reading for one in self.membership.added}
        new |= {one.after.reading for one in self.membership.replaced}
        return frozenset(one.report.source for one in self.reports if one.given and one.reading in new)


def collect(
    connection: sqlite3.Connection,
    given: Sequence[GivenFile],
    registry: AgencyRegistry | None,
    prune: bool,
    date: str,
) -> Collected:
    """Put the files of a run into the collection and give what is on the site then. ``date``: of the run."""
    register, readings = Register(connection), Readings(connection)
    before = register.on_the_site()
    numbers = [number for file in given for number in file.readings]
    loaded = readings.load([*(one.reading for one in before), *numbers])
    keys = {number: _key(one, registry) for number, one in loaded.items()}
    contents = {number: one.own_content for number, one in loaded.items()}
    given_paths = {path_text(path) for file, _ in given for path in (file.path, *file.image_paths)}
    unread = [one.path for one in before if isinstance(loaded[one.reading].report, UnreadableReport)]
    given_paths |= _parts_of_pages([*given_paths, *unread]) if unread else set()

    def is_void(one: Member) -> bool:
        is_unreadable = isinstance(loaded[one.reading].report, UnreadableReport)
        return is_unreadable and _is_gone_or_given(one.path, given_paths)

    membership = members_after(
        as_members(before, contents, keys), _given_members(given, loaded, keys), prune=prune, is_void=is_void
    )
    given_reports = register.record(membership, date)
    reports = reports_on_the_site(register, loaded, given_reports)
    return Collected(reports, membership, register.revisions_before())


def reports_on_the_site(
    register: Register, loaded: Mapping[int, StoredReading], given: Set[int] = frozenset()
) -> list[CollectedReport]:
    """The reports of the site, no two known by one name. ``loaded``: their readings; ``given``: those of this run."""
    on_the_site = register.on_the_site()
    sources = _distinct_sources([(one.source, loaded[one.reading].report) for one in on_the_site])
    return [
        CollectedReport(
            one.id,
            loaded[one.reading].own_content,
            loaded[one.reading].format,
            replace(loaded[one.reading].report, source=source),
            one.id in given,
            one.reading,
        )
        for one, source in zip(on_the_site, sources, strict=True)
    ]


def _key(reading: StoredReading, registry: AgencyRegistry | None) -> AgencyAndYear | None:
    """Whose report a reading is and for which year, as far as names are known to be one."""
    report = reading.report
    if isinstance(report, UnreadableReport) or not report.agency or report.year is None:
        return None
    agency = registry.find(report.agency, report.year) if registry else None
    return agency_key(agency.name if agency else report.agency), report.year


def _given_members(
    given: Iterable[GivenFile],
    loaded: Mapping[int, StoredReading],
    keys: Mapping[int, AgencyAndYear | None],
) -> list[Member]:
    members: list[Member] = []
    for file, numbers in given:
        for number in numbers:
            source = loaded[number].report.source
            inside = source.removeprefix(file.source)  # the place in an archive
            path = path_text(file.path) + inside
            members.append(Member(None, number, loaded[number].own_content, path, source, keys[number]))
    return members


def _parts_of_pages(paths: Sequence[str]) -> set[str]:
    """The paths that lead into folders that were saved with pages among them."""
    by_plain_path = {path.replace(os.sep, "/"): path for path in paths}
    return {by_plain_path[part] for part in SavedPages(by_plain_path).parts}


def _is_gone_or_given(path: str, given: Set[str]) -> bool:
    """Whether the file of a member of the collection, or its archive, is gone, or was read again in this run."""
    above = [str(folder) for folder in PurePath(path).parents]
    if path in given or not given.isdisjoint(above):
        return True
    return not os.path.lexists(path) and not any(map(os.path.isfile, above))


def _distinct_sources(known: Sequence[tuple[str, Report | UnreadableReport]]) -> list[str]:
    """What the reports are known by, no two alike: where two would be, the year stands before it, then a number."""
    counts = Counter(source for source, _ in known)
    taken: set[str] = set()
    names: list[str] = []
    for source, report in known:
        name = source
        if counts[source] > 1:
            year = None if isinstance(report, UnreadableReport) else report.year
            name = (PurePosixPath(year_folder(year)) / source).as_posix()
        number, candidate = 1, name
        while candidate in taken:
            number += 1
            candidate = f"{number}/{name}"
        taken.add(candidate)
        names.append(candidate)
    return names
