"""The register of reports: which are on the site, which were there before them, and how files were recognised."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from disclosure_checks.runner.collection.membership import Member, Membership

LAST_RUN = "the last run"  # what it was asked and what came of it
DERIVED_PAGES = "pages made from several reports"  # what each was made from, by path
_DATES = "the dates of the runs"  # by number, those that a report on the site or before one is of
PENDING = "a switch is pending"  # what is published may be what was there before


class RegisteredReport(NamedTuple):
    """A row of ``reports`` that is on the site: which reading it is, where the file lies, what it is known by."""

    id: int
    reading: int
    path: str
    source: str


class RevisionBefore(NamedTuple):
    """The report that another one took the place of. ``date``: of the run that put it on the site, "" if unknown."""

    report: int
    reading: int
    date: str


class KnownFile(NamedTuple):
    """How a file was recognised: by its size, time and inode as long as these stay, else by its content."""

    size: int
    modified: int  # nanoseconds
    inode: int
    content: bytes
    examined: int  # nanoseconds; a file changed after this may look the same and be another


class Register:
    """The reports and files of a collection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def on_the_site(self) -> list[RegisteredReport]:
        """The reports of the site, in the order in which they came."""
        query = "SELECT id, reading, path, source FROM reports WHERE until IS NULL ORDER BY id"
        return [RegisteredReport(*row) for row in self._connection.execute(query)]

    def last_run(self) -> int:
        """The number of the last run that changed the register; 0 before the first."""
        row = self._connection.execute("SELECT max(max(since), max(coalesce(until, 0))) FROM reports").fetchone()
        return int(row[0] or 0)

    def record(self, membership: Membership, date: str) -> frozenset[int]:
        """Write down who came, who was replaced and who is gone; give the numbers of all reports that were given.

        ``date``: that of the run, as 2026-03-31.
        """
        run = self.last_run() + 1
        dates = self.note(_DATES)
        self.keep_note(_DATES, {**(dates if isinstance(dates, dict) else {}), str(run): date})
        given = {int(one.report or 0) for one in membership.unchanged}
        for one in membership.unchanged:
            self._connection.execute(
                "UPDATE reports SET reading = ?, path = ?, source = ? WHERE id = ?",
                (one.reading, one.path, one.source, one.report),
            )
        given |= {self._enter(one, run) for one in membership.added}
        for before, after in membership.replaced:
            successor = self._enter(after, run)
            given.add(successor)
            self._connection.executemany(
                "UPDATE reports SET until = ?, successor = ? WHERE id = ?",
                [(run, successor, one.report) for one in before],
            )
        self._drop(one.report for one in membership.pruned)
        return frozenset(given)

    def _enter(self, one: Member, run: int) -> int:
        cursor = self._connection.execute(
            "INSERT INTO reports (reading, path, source, since) VALUES (?, ?, ?, ?)",
            (one.reading, one.path, one.source, run),
        )
        return int(cursor.lastrowid or 0)

    def _drop(self, reports: Iterable[int | None]) -> None:
        """Forget reports and the revisions before them."""
        for report in reports:
            gone = [report]
            while gone:
                number = gone.pop()
                before = self._connection.execute("SELECT id FROM reports WHERE successor = ?", (number,))
                gone += [row[0] for row in before.fetchall()]
                for table, column in (("reports", "id"), ("publications", "report")):
                    self._connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))

    def revisions_before(self) -> dict[int, RevisionBefore]:
        """For each report that took the place of another: the last one before it.

        A file that could not be read is no revision of anything.
        """
        query = (
            "SELECT successor, reports.id, reading, since FROM reports JOIN readings ON readings.id = reading "
            "WHERE successor IS NOT NULL AND problem = '' ORDER BY reports.id"
        )
        known = self.note(_DATES)
        dates = known if isinstance(known, dict) else {}
        return {
            successor: RevisionBefore(number, reading, str(dates.get(str(since), "")))
            for successor, number, reading, since in self._connection.execute(query)
        }

    def known_files(self) -> dict[str, KnownFile]:
        """How the files of the last run were recognised, by path."""
        query = "SELECT path, size, modified, inode, content, examined FROM files"
        return {path: KnownFile(*row) for path, *row in self._connection.execute(query)}

    def keep_files(self, files: Mapping[str, KnownFile]) -> None:
        """Write down the files of a run in place of those of the run before."""
        self._connection.execute("DELETE FROM files")
        self._connection.executemany(
            "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)", [(path, *file) for path, file in sorted(files.items())]
        )

    def note(self, name: str) -> Any:
        """A note of an earlier run; None where there is none."""
        row = self._connection.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return None if row is None else json.loads(row[0])

    def keep_note(self, name: str, value: Any) -> None:
        """Keep a note, as JSON."""
        text = json.dumps(value, ensure_ascii=True, sort_keys=True)
        self._connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, text))

    def drop_note(self, name: str) -> None:
        """Drop a note."""
        self._connection.execute("DELETE FROM notes WHERE name = ?", (name,))


def as_members(
    reports: Sequence[RegisteredReport], contents: Mapping[int, bytes], keys: Mapping[int, tuple[str, int] | None]
) -> list[Member]:
    """The reports of the register as members. ``contents``, ``keys``: what their readings say, by reading."""
    return [
        Member(one.id, one.reading, contents[one.reading], one.path, one.source, keys[one.reading]) for one in reports
    ]
