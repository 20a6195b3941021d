"""Opening the collection of an output folder: made where it is missing, set aside where it cannot be used.

The file is one of ours and nobody else writes it, but whatever stands in it is taken as data: types are checked where
rows are read, a schema of triggers and views is refused, and a damaged or later file is put aside under another name
and begun anew from the files at hand. A run is told of that; it never stops for it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from disclosure_checks.runner.collection.schema import APPLICATION_ID, LAYOUT_VERSION, SCHEMA

COLLECTION_FOLDER = ".collection"  # in the folder that a run publishes to
COLLECTION_FILE = "collection.sqlite"
DAMAGED, NEWER, HELD = "damaged", "newer", "held"

_WAIT = 10.0  # seconds for another program to let go of the file
_TABLE_NAMES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
_ANYTHING_ELSE = "SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index')"


class CollectionProblem(NamedTuple):
    """A collection that was not used. ``kept``: where it lies now; None where it was left in its place."""

    code: str
    path: Path
    kept: Path | None


class CollectionHeld(Exception):
    """Another program holds the collection open for writing and does not let go of it."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class _Unusable(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def collection_path(out: Path) -> Path:
    """Where the collection of an output folder lies."""
    return out / COLLECTION_FOLDER / COLLECTION_FILE


@contextmanager
def opened_collection(path: Path) -> Iterator[tuple[sqlite3.Connection, CollectionProblem | None]]:
    """The collection at a path, ready to be read and written, and what was wrong with the one that was there.

    Raises CollectionHeld where another program holds it; OSError where the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    problem = None
    try:
        connection = _connected(path)
    except _Unusable as unusable:
        problem = CollectionProblem(unusable.code, path, _set_aside(path))
        connection = _connected(path)
    with closing(connection):
        yield connection, problem


@contextmanager
def reading_collection(path: Path) -> Iterator[sqlite3.Connection]:
    """A collection opened to be read. Raises ValueError, with one of the codes above, where it cannot be used."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=_WAIT)) as connection:
            _harden(connection)
            _examine(connection)
            yield connection
    except _Unusable as unusable:
        raise ValueError(unusable.code) from unusable
    except sqlite3.Error as problem:
        raise ValueError(_code(problem)) from problem


def _connected(path: Path) -> sqlite3.Connection:
    new = not path.exists() or path.stat().st_size == 0
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        _harden(connection)
        if new:
            _create(connection)
        else:
            _examine(connection)
        # a run that is killed loses at most its last commit, and a machine that loses power the readings since
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -65536")
    except _Unusable:
        connection.close()
        raise
    except sqlite3.Error as problem:
        connection.close()
        code = _code(problem)
        if code == HELD:
            raise CollectionHeld(path) from problem
        raise _Unusable(code) from problem
    return connection


def _harden(connection: sqlite3.Connection) -> None:
    """Take what the file says of itself as data: no function or table of its schema is run on its word."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")


def _create(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {LAYOUT_VERSION}")
    connection.executescript(f"BEGIN;{SCHEMA}COMMIT;")


def _examine(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise _Unusable(DAMAGED)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > LAYOUT_VERSION:
        raise _Unusable(NEWER)
    if version < LAYOUT_VERSION or connection.execute(_ANYTHING_ELSE).fetchone() != (0,):
        raise _Unusable(DAMAGED)
    if [name for (name,) in connection.execute(_TABLE_NAMES)] != _expected_tables():
        raise _Unusable(DAMAGED)


def _expected_tables() -> list[str]:
    return sorted(line.split()[2] for line in SCHEMA.splitlines() if line.startswith("CREATE TABLE"))


def _code(problem: sqlite3.Error) -> str:
    busy = isinstance(problem, sqlite3.OperationalError) and "locked" in str(problem)
    return HELD if busy else DAMAGED


def _set_aside(path: Path) -> Path:
    """The file under a name of its own beside it, with its journal. Raises OSError."""
    number = 1
    while (kept := path.with_name(f"{path.stem}-unused-{number}{path.suffix}")).exists():
        number += 1
    os.replace(path, kept)
    for ending in ("-journal", "-wal", "-shm"):
        beside = path.with_name(f"{path.name}{ending}")
        if beside.exists():
            os.replace(beside, kept.with_name(f"{kept.name}{ending}"))
    return kept
