"""Reads a history store: the reports, cells and texts of earlier runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from disclosure_checks.rules.collection.earlier_years import AgencyYear, EarlierText, EarlierValues
from disclosure_checks.runner.collection.history_layout import (
    APPLICATION_ID,
    FINGERPRINTS,
    KEY_COLUMNS,
    LAYOUT_VERSION,
    REPORT_COLUMNS,
    REPORTS,
    StoredReport,
    cells_table,
    columns_of,
    quoted,
    reading_address,
)

DAMAGED, NEWER = "damaged", "newer"


class HistoryError(Exception):
    """A store cannot be used: ``code`` is ``damaged`` (or no store at all) or ``newer`` (than this program)."""

    def __init__(self, code: str, path: Path) -> None:
        super().__init__(code, path)
        self.code = code
        self.path = path


@dataclass(frozen=True)
class HistoryStore:
    """A store that was found sound. ``named``: its reports by what their agencies are called in this run."""

    path: Path
    named: Mapping[tuple[str, int, str], StoredReport]  # agency, year, format

    @property
    def formats(self) -> tuple[str, ...]:
        return tuple(sorted({name for _, _, name in self.named}))

    def values(self, format_name: str, names: Sequence[str], wanted: Iterable[AgencyYear]) -> EarlierValues:
        """Cells and facts of the wanted reports of one format, as far as the store knows them.

        Raises HistoryError where the file is damaged.
        """
        stored = {(one.agency, one.year): key for key in wanted if (one := self.named.get((*key, format_name)))}
        with _reading(self.path) as connection:
            table = cells_table(format_name)
            known = set(columns_of(connection, "main", table)).difference(KEY_COLUMNS)
            columns = tuple(name for name in names if name in known)
            connection.execute("CREATE TEMP TABLE wanted (agency, year, PRIMARY KEY (agency, year))")
            connection.executemany("INSERT INTO wanted VALUES (?, ?)", sorted(stored))
            selected = ", ".join(["agency", "year", *map(quoted, columns)])
            rows = connection.execute(
                f"SELECT {selected} FROM wanted JOIN {quoted(table)} USING (agency, year)"
            ).fetchall()
            values = np.array([row[2:] for row in rows], dtype=np.float64).reshape(len(rows), len(columns))
        return EarlierValues(columns, {stored[row[0], row[1]]: number for number, row in enumerate(rows)}, values)

    def texts(self, years: Iterable[int]) -> list[EarlierText]:
        """The texts of all reports of these years. Raises HistoryError where the file is damaged."""
        wanted = set(years)
        names = {(one.agency, one.year, one.format): key[0] for key, one in self.named.items() if one.year in wanted}
        with _reading(self.path) as connection:
            places = ", ".join("?" * len(wanted))
            rows = connection.execute(
                f"SELECT agency, year, format, clauses FROM {FINGERPRINTS} WHERE year IN ({places}) "
                "ORDER BY agency, year, format",
                sorted(wanted),
            ).fetchall()
            return [
                EarlierText(names[agency, year, name], year, tuple(np.frombuffer(clauses, dtype="<u8").tolist()))
                for agency, year, name, clauses in rows
                if (agency, year, name) in names
            ]


def stored_reports(path: Path) -> list[StoredReport]:
    """Every report a store knows, in the order of agency, year and format.

    Raises HistoryError where the file is damaged, no history store, or written by a later version of this program.
    """
    with _reading(path) as connection:
        if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            raise HistoryError(DAMAGED, path)
        if connection.execute("PRAGMA user_version").fetchone()[0] > LAYOUT_VERSION:
            raise HistoryError(NEWER, path)
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise HistoryError(DAMAGED, path)
        columns = ", ".join(REPORT_COLUMNS)
        rows = connection.execute(f"SELECT {columns} FROM {REPORTS} ORDER BY agency, year, format").fetchall()
        connection.execute(f"SELECT agency, year, format, clauses FROM {FINGERPRINTS} LIMIT 1")
        reports = [StoredReport(*row) for row in rows]
        if not all(isinstance(one.year, int) and isinstance(one.agency, str) for one in reports):
            raise HistoryError(DAMAGED, path)  # SQLite itself keeps no column to its type
        for name in {one.format for one in reports}:
            if columns_of(connection, "main", cells_table(name))[: len(KEY_COLUMNS)] != KEY_COLUMNS:
                raise HistoryError(DAMAGED, path)
        return reports


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The file opened to be read. Whatever is wrong with it comes out as HistoryError."""
    try:
        with closing(sqlite3.connect(reading_address(path), uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            yield connection
    except (sqlite3.Error, ValueError, TypeError) as problem:  # what is stored has the wrong type, or cannot be read
        raise HistoryError(DAMAGED, path) from problem
