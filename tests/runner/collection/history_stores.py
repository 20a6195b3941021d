"""Stores of earlier years as programs before 0.2 wrote them, made with plain SQL.

reports            agency, year, format, source, printed_agency
cells_<format>     agency, year, source, and a REAL column a cell id or fact
text_fingerprints  agency, year, format, clauses: little-endian 64-bit numbers
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

APPLICATION_ID, VERSION = 0x64636873, 1
CLAUSES = (5, 7 << 30)


class Stored(NamedTuple):
    """A report of such a store."""

    cells: Mapping[str, float | None]
    agency: str = "甲局"
    year: int = 2023
    format: str = "small_format"
    printed_agency: str = ""
    clauses: Sequence[int] = CLAUSES


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def write_history(path: Path, *reports: Stored) -> Path:
    """A store of these reports."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute(
            "CREATE TABLE reports (agency TEXT NOT NULL, year INTEGER NOT NULL, format TEXT NOT NULL, "
            "source TEXT NOT NULL, printed_agency TEXT NOT NULL, PRIMARY KEY (agency, year, format)) WITHOUT ROWID"
        )
        connection.execute(
            "CREATE TABLE text_fingerprints (agency TEXT NOT NULL, year INTEGER NOT NULL, format TEXT NOT NULL, "
            "clauses BLOB NOT NULL, PRIMARY KEY (agency, year, format)) WITHOUT ROWID"
        )
        for name in sorted({one.format for one in reports}):
            own = [one for one in reports if one.format == name]
            cells = list(dict.fromkeys(cell for one in own for cell in one.cells))
            columns = ["agency TEXT NOT NULL", "year INTEGER NOT NULL", "source TEXT NOT NULL"]
            columns += [f"{quoted(cell)} REAL" for cell in cells]
            table = quoted(f"cells_{name}")
            connection.execute(f"CREATE TABLE {table} ({', '.join(columns)}, PRIMARY KEY (agency, year))")
            for one in own:
                source = f"{one.agency}{one.year}.txt"
                values = [one.agency, one.year, source, *(one.cells.get(cell) for cell in cells)]
                connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
                printed = one.printed_agency or one.agency
                connection.execute(
                    "INSERT INTO reports VALUES (?, ?, ?, ?, ?)", (one.agency, one.year, name, source, printed)
                )
                clauses = array("Q", one.clauses).tobytes()
                connection.execute(
                    "INSERT INTO text_fingerprints VALUES (?, ?, ?, ?)", (one.agency, one.year, name, clauses)
                )
        connection.commit()
    return path


def execute(path: Path, *statements: str) -> None:
    """Run statements on a store, as somebody with a tool for databases would."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
