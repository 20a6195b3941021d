"""Values of years before that did not come from the files of this collection: older stores, other collections.

They are copied into the table ``earlier`` once and asked like the collection's own. What a store says is data: only
tables are read, only as many rows and names as a store of that kind can have, and every value is checked for its type.
"""

from __future__ import annotations

import json
import math
import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np

from disclosure_checks.rules.collection.earlier_years import AgencyYear, EarlierText, EarlierValues
from disclosure_checks.runner.collection.store import DAMAGED, NEWER, reading_collection

HISTORY_FILE = "data/history.sqlite"  # where programs before 0.2 kept what they learned
_HISTORY_ID = 0x64636873
_HISTORY_VERSION = 1
_MOST_ROWS = 2_000_000
_MOST_NAMES = 5_000
_STEPS = 2_000_000_000  # virtual instructions of SQLite that reading a store may take
_REPORTS = "SELECT agency, year, format, printed_agency FROM reports ORDER BY agency, year, format LIMIT ?"

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
            clauses = {
                (agency, year, name): bytes(found)
                for agency, year, name, found in connection.execute(
                    "SELECT agency, year, format, clauses FROM text_fingerprints LIMIT ?", (_MOST_ROWS,)
                )
            }
            reports = connection.execute(_REPORTS, (_MOST_ROWS,)).fetchall()
            for format_name in sorted({row[2] for row in reports}):
                yield from _of_format(connection, format_name, reports, clauses)
    except (sqlite3.Error, TypeError, ValueError, OverflowError) as problem:
        raise EarlierProblem(DAMAGED, path) from problem


def _bound(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")
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
    others = "SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index')"
    if connection.execute(others).fetchone() != (0,):
        raise EarlierProblem(DAMAGED, path)
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise EarlierProblem(DAMAGED, path)


def _of_format(
    connection: sqlite3.Connection,
    format_name: str,
    reports: Sequence[tuple[str, int, str, str]],
    clauses: dict[tuple[str, int, str], bytes],
) -> Iterator[EarlierReport]:
    table = '"' + f"cells_{format_name}".replace('"', '""') + '"'
    columns = connection.execute(f"PRAGMA table_xinfo({table})").fetchall()
    if any(hidden for *_, hidden in columns) or len(columns) > _MOST_NAMES:  # a generated column is no data
        raise ValueError("columns")
    names = tuple(str(column[1]) for column in columns)
    if names[:3] != ("agency", "year", "source"):
        raise ValueError("columns")
    printed = {(agency, year): name for agency, year, of, name in reports if of == format_name}
    for row in connection.execute(f"SELECT * FROM {table} LIMIT ?", (_MOST_ROWS,)):
        agency, year = row[0], row[1]
        if not isinstance(agency, str) or not isinstance(year, int):
            raise TypeError("agency and year")
        if (agency, year) not in printed:
            continue
        numbers = array("d", [math.nan if value is None else float(value) for value in row[3:]])
        yield EarlierReport(
            agency, year, format_name, str(printed[agency, year]), names[3:], numbers.tobytes(),
            _whole(clauses.get((agency, year, format_name), b"")),
        )  # fmt: skip


def reports_of_collection(path: Path) -> Iterator[EarlierReport]:
    """The cells of the reports that another collection has on its site. Raises EarlierProblem."""
    query = (
        "SELECT agency, year, format, names, cell_values, clauses FROM reports "
        "JOIN readings ON readings.id = reading JOIN vocabularies ON vocabularies.id = cells "
        "WHERE until IS NULL AND problem = '' AND agency <> '' AND year IS NOT NULL ORDER BY reports.id LIMIT ?"
    )
    try:
        with reading_collection(path) as connection:
            for agency, year, name, names, numbers, clauses in connection.execute(query, (_MOST_ROWS,)):
                ids = tuple(str(one) for one in json.loads(names))
                if len(numbers) != 8 * len(ids):
                    raise ValueError("numbers")
                yield EarlierReport(
                    str(agency), int(year), str(name), str(agency), ids, bytes(numbers), _whole(clauses)
                )
    except (sqlite3.Error, TypeError, ValueError) as problem:
        raise EarlierProblem(NEWER if str(problem) == NEWER else DAMAGED, path) from problem


def _whole(clauses: bytes) -> bytes:
    return bytes(clauses[: len(clauses) // 8 * 8])


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
