"""The reports that a run left in its output folder, to be judged anew; nothing is written there."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.runner.collection.earlier_runs import EarlierRuns, naming
from disclosure_checks.runner.collection.earlier_values import EarlierStore
from disclosure_checks.runner.collection.readings import Readings
from disclosure_checks.runner.collection.register import Register
from disclosure_checks.runner.collection.store import (
    COLLECTION_FILE,
    DAMAGED,
    HELD,
    NEWER,
    collection_path,
    reading_collection,
)
from disclosure_checks.runner.exports.records import ReportRecord
from disclosure_checks.runner.pipeline.collected import CollectedReport, reports_on_the_site
from disclosure_checks.runner.pipeline.publications import Publications
from disclosure_checks.runner.reading.input_errors import InputError


@dataclass(frozen=True)
class StoredReports:
    """The reports of a collection, as long as it is open. ``folder``: where their files lay; "" where they lay apart."""

    reports: Sequence[CollectedReport]
    folder: str
    connection: sqlite3.Connection

    def earlier_runs(self, named: Sequence[Report], registry: AgencyRegistry | None) -> EarlierRuns:
        """What is known of years before beyond the reports themselves."""
        return EarlierRuns(EarlierStore(self.connection), naming(named, registry))

    def published(self) -> Mapping[int, ReportRecord]:
        """What each report was published as, by its number."""
        return Publications(self.connection).records()


@contextmanager
def stored_reports(folder: Path) -> Iterator[StoredReports]:
    """The collection of an output folder (or the file itself).

    Raises InputError where there is none or it cannot be used, also for what is found out within the block.
    """
    path = folder if folder.name == COLLECTION_FILE else collection_path(folder)
    if not path.is_file():
        raise InputError("no_collection", str(folder))
    try:
        with reading_collection(path) as connection:
            yield _stored(connection)
    except ValueError as problem:
        if str(problem) not in (DAMAGED, NEWER, HELD):
            raise
        raise InputError(f"collection_{problem}", str(path)) from problem


def _stored(connection: sqlite3.Connection) -> StoredReports:
    register = Register(connection)
    members = register.on_the_site()
    loaded = Readings(connection).load(one.reading for one in members)
    if any(one.reading not in loaded for one in members):
        raise sqlite3.DatabaseError("a report without its reading")
    folder = _common_folder([one.path for one in members])
    return StoredReports(reports_on_the_site(register, loaded), folder, connection)


def _common_folder(paths: Sequence[str]) -> str:
    """The folder that files lay in; "" where they have none in common or it is gone."""
    try:
        common = os.path.commonpath(paths)
    except ValueError:
        return ""
    folder = common if os.path.isdir(common) else os.path.dirname(common)
    return folder if os.path.isdir(folder) and folder != os.path.sep else ""
