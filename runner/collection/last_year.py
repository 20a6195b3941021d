"""The reports of the year before in a collection that somebody else writes: looked up one at a time, never written.

A run may publish into the folder meanwhile. It is never waited for: where it holds the file at this moment, the answer
says so. The file is opened anew for each question, so that a published folder that took the place of another is seen.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from disclosure_checks.grammar.model.packing import PackedReport
from disclosure_checks.rules.collection.agencies.names import agency_key
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.runner.collection.readings import Readings
from disclosure_checks.runner.collection.recognition import looks_of
from disclosure_checks.runner.collection.store import DAMAGED, reading_collection

_WAIT = 0.1  # seconds
_ON_THE_SITE = (
    "SELECT reading, agency, year FROM reports JOIN readings ON readings.id = reading "
    "WHERE until IS NULL AND problem = '' AND agency <> '' AND year IS NOT NULL"
)

_AgencyAndYear = tuple[str, int]


class YearsBefore(NamedTuple):
    """Reports of years before, each with its format. ``problem``: why there may be others; "" where there are none.

    ``problem`` is a code of ``store``: the file is held, damaged or of a later version.
    """

    reports: tuple[tuple[str, PackedReport], ...] = ()
    problem: str = ""


class LastYearReports:
    """What the collection at a path knows of the years before some reports. ``registry`` knows names of agencies.

    Safe to be asked by several threads.
    """

    def __init__(self, path: Path, registry: AgencyRegistry | None = None) -> None:
        self._path = path
        self._registry = registry
        self._lock = Lock()
        self._looks: tuple[int, int, int] | None = None
        self._readings: Mapping[_AgencyAndYear, Sequence[int]] = {}

    def before(self, agencies_and_years: Iterable[tuple[str, int | None]]) -> YearsBefore:
        """The reports of the year before each of these (as printed); nothing where one of the two is unknown."""
        wanted = {
            (self._key(agency, year), year - 1) for agency, year in agencies_and_years if agency and year is not None
        }
        if not wanted:
            return YearsBefore()
        try:
            with reading_collection(self._path, _WAIT) as connection:
                with self._lock:
                    self._recognise(connection)
                    known = self._readings
                numbers = [number for key in sorted(wanted) for number in known.get(key, ())]
                readings = Readings(connection)
                return YearsBefore(tuple(readings.packed(number) for number in numbers))
        except ValueError as problem:
            return YearsBefore(problem=str(problem))
        except OSError:
            return YearsBefore(problem=DAMAGED)

    def _recognise(self, connection: sqlite3.Connection) -> None:
        """Know which report is whose, anew where the file has changed."""
        looks = looks_of(self._path)
        if looks is None:
            raise FileNotFoundError(self._path)
        if looks == self._looks:
            return
        known: dict[_AgencyAndYear, list[int]] = defaultdict(list)
        for reading, agency, year in connection.execute(_ON_THE_SITE):
            known[self._key(agency, year), year].append(reading)
        self._readings, self._looks = known, looks

    def _key(self, agency: str, year: int) -> str:
        listed = self._registry.find(agency, year) if self._registry else None
        return agency_key(listed.name if listed else agency)
