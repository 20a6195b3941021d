"""Opening the collection of an output folder: made where it is missing, set aside where it cannot be used.

The file is one of ours and nobody else writes it, but whatever stands in it is taken as data: types are checked where
rows are read, any schema but ours is refused, and a damaged or later file is put aside under another name and begun
anew from the files at hand. A run is told of that; it never stops for it.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from disclosure_checks.runner.collection.schema import APPLICATION_ID, LAYOUT_VERSION, SCHEMA, TABLES
from disclosure_checks.runner.collection.soundness import is_damaged

COLLECTION_FOLDER = ".collection"  # in the folder that a run publishes to
COLLECTION_FILE = "collection.sqlite"
DAMAGED, NEWER, HELD = "damaged", "newer", "held"

_WAIT = 10.0  # seconds for another program to let go of the file
_TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
# what SQLite says where the system does not let it write or read
_OF_THE_SYSTEM = {
    "disk is full": errno.ENOSPC,
    "readonly database": errno.EROFS,
    "disk I/O error": errno.EIO,
    "unable to open": errno.EACCES,
}
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


class CollectionDamaged(Exception):
    """What stands in the collection cannot be used, which was found out while it was."""

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

    Raises CollectionHeld where another program holds it; OSError where the folder cannot be written. An exception that
    leaves the block becomes one of these where that is what it comes from, or CollectionDamaged.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    problem = None
    try:
        connection = _connected(path)
    except _Unusable as unusable:
        problem = CollectionProblem(unusable.code, path, set_aside(path))
        connection = _connected(path)
    with closing(connection):
        try:
            yield connection, problem
        except sqlite3.OperationalError as failure:
            raise _cause(failure, connection, path) from failure
        except Exception as failure:
            if is_damaged(connection):
                raise CollectionDamaged(path) from failure
            raise


def _cause(failure: sqlite3.OperationalError, connection: sqlite3.Connection, path: Path) -> Exception:
    """What the failure of a statement comes from."""
    outside = _outside_cause(failure, path)
    if outside is not None:
        return outside
    return CollectionDamaged(path) if is_damaged(connection) else failure


def _outside_cause(failure: sqlite3.Error, path: Path) -> Exception | None:
    """Another program or the system, where one of them is to blame."""
    if _code(failure) == HELD:
        return CollectionHeld(path)
    number = next((number for words, number in _OF_THE_SYSTEM.items() if words in str(failure)), None)
    return None if number is None else OSError(number, str(failure), str(path))


@contextmanager
def reading_collection(path: Path, wait: float = _WAIT) -> Iterator[sqlite3.Connection]:
    """A collection opened to be read. ``wait``: how many seconds another program may take to let go of it.

    Raises ValueError, with one of the codes above, where it cannot be used; so does reading in it, within the block.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=wait)) as connection:
            _harden(connection)
            _examine(connection)
            yield connection
    except _Unusable as unusable:
        raise ValueError(unusable.code) from unusable
    except sqlite3.Error as problem:
        raise ValueError(_code(problem)) from problem


def _connected(path: Path) -> sqlite3.Connection:
    if path.is_dir():
        raise _Unusable(DAMAGED)
    new = not path.exists() or path.stat().st_size == 0
    try:
        connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    except sqlite3.Error as problem:
        raise OSError(errno.EACCES, str(problem), str(path)) from problem
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
        raise _outside_cause(problem, path) or _Unusable(DAMAGED) from problem
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
    if dict(connection.execute(_TABLES)) != TABLES:
        raise _Unusable(DAMAGED)


def _code(problem: sqlite3.Error) -> str:
    busy = isinstance(problem, sqlite3.OperationalError) and "locked" in str(problem)
    return HELD if busy else DAMAGED


def set_aside(path: Path) -> Path:
    """Give a collection that cannot be used another name, with its journal. Raises OSError."""
    number = 1
    while (kept := path.with_name(f"{path.stem}-unused-{number}{path.suffix}")).exists():
        number += 1
    os.replace(path, kept)
    for ending in ("-journal", "-wal", "-shm"):
        beside = path.with_name(f"{path.name}{ending}")
        if beside.exists():
            os.replace(beside, kept.with_name(f"{kept.name}{ending}"))
    return kept
