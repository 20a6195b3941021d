"""Values of years before that did not come from the files of this collection: older stores, other collections.

They are copied into the table ``earlier`` once and asked like the collection's own. What a store says is data: only
tables are read, only as many rows and names as a store of that kind can have, and every value is checked for its type.
"""

from __future__ import annotations

import json
import math
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np

from disclosure_checks.rules.collection.earlier_years import AgencyYear, EarlierText, EarlierValues
from disclosure_checks.runner.collection.store import DAMAGED, HELD, NEWER, CollectionHeld, reading_collection

_HISTORY_ID = 0x64636873
_HISTORY_VERSION = 1
_MOST_ROWS = 2_000_000
_MOST_NAMES = 5_000
_LONGEST_VALUE = 64_000_000  # bytes
_NO_YEAR = 10_000
_STEPS = 2_000_000_000  # virtual instructions of SQLite that reading a store may take
_REPORTS = "SELECT agency, year, format, printed_agency FROM reports ORDER BY agency, year, format LIMIT ?"

# what is no table, or no plain one
_NO_PLAIN_TABLES = (
    "SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'"
)
_UNUSABLE = (sqlite3.Error, TypeError, ValueError, OverflowError, RecursionError, MemoryError)

NameOf = Callable[[str, int], str]


class EarlierProblem(Exception):
    """A store that cannot be used. ``code``: ``damaged`` or ``newer``."""

    def __init__(self, code: str, path: Path) -> None:
        super().__init__(code, path)
        self.code = code
        self.path = path


class EarlierReport(NamedTuple):
    """What a store knows of a report. ``numbers``: float64, NaN = missing; ``clauses``: the fingerprint of its text."""

    agency: str
    year: int
    format: str
    printed_agency: str
    names: tuple[str, ...]
    numbers: bytes
    clauses: bytes


def reports_of_history(path: Path) -> Iterator[EarlierReport]:
    """The reports of a store of an older program. Raises EarlierProblem."""
    try:
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            _bound(connection)
            _examine(connection, path)
            query = "SELECT agency, year, format, clauses FROM text_fingerprints LIMIT ?"
            clauses = {
                (_text(agency), _year(year), _text(name)): _clauses(found)
                for agency, year, name, found in connection.execute(query, (_MOST_ROWS,))
            }
            printed: dict[str, dict[AgencyYear, str]] = defaultdict(dict)
            for agency, year, name, printed_agency in connection.execute(_REPORTS, (_MOST_ROWS,)):
                printed[_text(name)][_text(agency), _year(year)] = _text(printed_agency)
            for name, own in sorted(printed.items()):
                yield from _of_format(connection, name, own, clauses)
    except _UNUSABLE as problem:
        raise EarlierProblem(DAMAGED, path) from problem


def _bound(connection: sqlite3.Connection) -> None:
    """Take the file as data, and no more of it than there can be."""
    connection.execute("PRAGMA trusted_schema = OFF")
    if hasattr(connection, "setlimit"):  # since Python 3.11
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    left = [_STEPS // 1_000_000]

    def spent() -> int:
        left[0] -= 1
        return int(left[0] < 0)  # not 0 interrupts the query

    connection.set_progress_handler(spent, 1_000_000)


def _examine(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone() != (_HISTORY_ID,):
        raise EarlierProblem(DAMAGED, path)
    if connection.execute("PRAGMA user_version").fetchone()[0] > _HISTORY_VERSION:
        raise EarlierProblem(NEWER, path)
    if connection.execute(_NO_PLAIN_TABLES).fetchone() != (0,):
        raise EarlierProblem(DAMAGED, path)
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise EarlierProblem(DAMAGED, path)
    for table in ("reports", "text_fingerprints"):
        _columns(connection, table)


def _columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns of a table. Raises ValueError where one is computed, or there are too many."""
    columns = connection.execute(f"PRAGMA table_xinfo({_quoted(table)})").fetchall()
    if any(hidden for *_, hidden in columns) or len(columns) > _MOST_NAMES:
        raise ValueError("columns")
    return tuple(str(column[1]) for column in columns)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _of_format(
    connection: sqlite3.Connection,
    format_name: str,
    printed: Mapping[AgencyYear, str],
    clauses: Mapping[tuple[str, int, str], bytes],
) -> Iterator[EarlierReport]:
    """The reports of a format. ``printed``: what they call their agencies."""
    table = f"cells_{format_name}"
    names = _columns(connection, table)
    if names[:3] != ("agency", "year", "source"):
        raise ValueError("columns")
    for row in connection.execute(f"SELECT * FROM {_quoted(table)} LIMIT ?", (_MOST_ROWS,)):
        key = _text(row[0]), _year(row[1])
        if key in printed:
            numbers = array("d", map(_number, row[3:]))
            fingerprint = clauses.get((*key, format_name), b"")
            yield EarlierReport(*key, format_name, printed[key], names[3:], numbers.tobytes(), fingerprint)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _year(value: object) -> int:
    if not isinstance(value, int) or not 0 < value < _NO_YEAR:
        raise TypeError("no year")
    return value


def _number(value: object) -> float:
    if value is None:
        return math.nan
    if not isinstance(value, (int, float)) or not math.isfinite(value):
        raise TypeError("no number")
    return float(value)


def _clauses(value: object) -> bytes:
    if not isinstance(value, bytes) or len(value) % 8:
        raise TypeError("no fingerprint")
    return value


def _numbers(value: object, names: Sequence[str]) -> bytes:
    if not isinstance(value, bytes) or len(value) != 8 * len(names):
        raise TypeError("no numbers")
    return value


def reports_of_collection(path: Path) -> Iterator[EarlierReport]:
    """The cells of the reports that another collection has on its site. Raises EarlierProblem."""
    query = (
        "SELECT agency, year, format, names, cell_values, clauses FROM reports "
        "JOIN readings ON readings.id = reading JOIN vocabularies ON vocabularies.id = cells "
        "WHERE until IS NULL AND problem = '' AND agency <> '' AND year IS NOT NULL ORDER BY reports.id LIMIT ?"
    )
    try:
        with reading_collection(path) as connection:
            _bound(connection)
            for agency, year, name, names, numbers, clauses in connection.execute(query, (_MOST_ROWS,)):
                ids = tuple(map(_text, json.loads(names)))
                whose = _text(agency), _year(year), _text(name)
                yield EarlierReport(*whose, whose[0], ids, _numbers(numbers, ids), _clauses(clauses))
    except _UNUSABLE as problem:
        code = str(problem)
        if code == HELD:
            raise CollectionHeld(path) from problem
        raise EarlierProblem(NEWER if code == NEWER else DAMAGED, path) from problem


class EarlierStore:
    """The table ``earlier`` of a collection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def take_over(self, reports: Iterable[EarlierReport]) -> None:
        """Keep what another store knows; of two reports of one agency, year and format the later one counts."""
        for one in reports:
            names = json.dumps(one.names, ensure_ascii=False, separators=(",", ":"))
            self._connection.execute("INSERT OR IGNORE INTO vocabularies (names) VALUES (?)", (names,))
            self._connection.execute(
                "INSERT OR REPLACE INTO earlier SELECT ?, ?, ?, ?, id, ?, ? FROM vocabularies WHERE names = ?",
                (one.agency, one.year, one.format, one.printed_agency, one.numbers, one.clauses, names),
            )

    def texts(self, years: Collection[int], name_of: NameOf) -> list[EarlierText]:
        """The texts of the reports of some years, under the names their agencies go by in this run."""
        found: dict[AgencyYear, EarlierText] = {}
        query = "SELECT printed_agency, year, clauses FROM earlier ORDER BY agency, year, format"
        for printed, year, clauses in self._connection.execute(query):
            if year in years and clauses:
                text = EarlierText(name_of(printed, year), year, tuple(np.frombuffer(clauses, dtype="<u8").tolist()))
                found.setdefault((text.agency, year), text)
        return [found[key] for key in sorted(found)]

    def values(self, own_format: str, wanted: Collection[AgencyYear], name_of: NameOf) -> list[EarlierValues]:
        """The numbers of the wanted reports, those of a frame's own format first."""
        query = (
            "SELECT printed_agency, year, format, vocabularies.names, numbers FROM earlier "
            "JOIN vocabularies ON vocabularies.id = earlier.names ORDER BY agency, year, format"
        )
        groups: dict[tuple[bool, str, str], dict[AgencyYear, bytes]] = {}
        for printed, year, name, names, numbers in self._connection.execute(query):
            key = (name_of(printed, year), year)
            if key in wanted:
                groups.setdefault((name != own_format, name, names), {}).setdefault(key, numbers)
        return [_values(tuple(json.loads(group[2])), rows) for group, rows in sorted(groups.items())]


def _values(names: tuple[str, ...], rows: dict[AgencyYear, bytes]) -> EarlierValues:
    matrix = np.array([np.frombuffer(numbers, dtype="<f8") for numbers in rows.values()], dtype=np.float64)
    return EarlierValues(names, {key: row for row, key in enumerate(rows)}, matrix.reshape(len(rows), len(names)))
