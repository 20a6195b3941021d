"""The history store: what earlier runs learned, as an SQLite file that any tool reads (``pandas.read_sql``).

    reports            agency, year, format, source, printed_agency: one row a report
    cells_<format>     agency, year, source, and a REAL column a cell id, NULL = missing; then the facts that rules ask
                       of a year before
    text_fingerprints  agency, year, format, clauses: the text as little-endian 64-bit numbers, see
                       ``grammar.prose.fingerprints``

The file is never changed in place: every run writes a new one, with what it read of the old one and with its own
reports, in the order of their keys, so that the same content is the same bytes.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import NamedTuple

APPLICATION_ID = 0x64636873  # "dchs", in the header of the file
LAYOUT_VERSION = 1  # to be raised when an older program could no longer read the file

REPORTS, FINGERPRINTS = "reports", "text_fingerprints"
REPORT_KEY = ("agency", "year", "format")  # of a row of reports and of text_fingerprints
REPORT_COLUMNS = (*REPORT_KEY, "source", "printed_agency")
CELLS_KEY = ("agency", "year")  # of a row of a table of cells
KEY_COLUMNS = (*CELLS_KEY, "source")  # what stands there before the cells


class StoredReport(NamedTuple):
    """A row of ``reports``. ``agency``: what the run that wrote it called the agency; ``printed_agency``: the report."""

    agency: str
    year: int
    format: str
    source: str
    printed_agency: str


def cells_table(format_name: str) -> str:
    """The name of the table that holds the cells of a format."""
    return f"cells_{format_name}"


def quoted(name: str) -> str:
    """A table or column name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def reading_address(path: Path) -> str:
    """The file opened to be read: no lock is needed, for nobody changes it in place."""
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"


def columns_of(connection: sqlite3.Connection, schema: str, table: str) -> tuple[str, ...]:
    """The columns of a table; none where there is no such table."""
    rows = connection.execute(f"PRAGMA {schema}.table_info({quoted(table)})").fetchall()
    return tuple(row[1] for row in rows)
