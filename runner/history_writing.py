"""Writes a history store: this run's reports, and of earlier stores what this run did not replace."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from grammar.document import Report
from rules.earlier_years import AgencyYear, agency_year
from rules.frame import remembered_names
from rules.outcomes import CompiledSpecification, FloatArray
from runner.history_layout import (
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
from runner.history_reading import HistoryStore


class FormatValues(NamedTuple):
    """What a run learned about one format. ``values``: cells and facts by ``names``, shape (reports, names)."""

    format: str
    names: tuple[str, ...]
    reports: Sequence[Report]
    values: FloatArray


class _Carried(NamedTuple):
    """A report taken over from an earlier store: where it stands there, and what its agency is called now."""

    schema: str  # of the attached store
    stored: StoredReport
    agency: str


def asked_of_years_before(compiled: Iterable[CompiledSpecification]) -> frozenset[str]:
    """The cells and facts that a rule of any spec asks of a year before."""
    return frozenset(name for one in compiled for name in remembered_names(one))


def format_values(
    compiled: CompiledSpecification, reports: Sequence[Report], frame: pd.DataFrame, asked: frozenset[str]
) -> FormatValues:
    """What is to be remembered of the reports of a frame: every cell, and the facts ``asked`` of years before."""
    names = (*compiled.cells, *(name for name in compiled.facts if name in asked))
    return FormatValues(compiled.specification.format, names, reports, frame[list(names)].to_numpy(dtype=np.float64))


def write_history(
    path: Path, run: Sequence[FormatValues], earlier: Sequence[HistoryStore], contested: frozenset[AgencyYear]
) -> None:
    """Write a new store. ``earlier``: those read in this run; what two of them know counts as the first has it.

    A report of the run replaces the stored one of the same agency, year and format. Of an agency and year that are
    ``contested``, because the run holds several reports of them, nothing is kept; nor of a report that lacks either.

    Raises OSError where the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _write(path, run, earlier, contested)
    except sqlite3.Error as problem:
        raise OSError(errno.EIO, str(problem), str(path)) from problem


def _write(
    path: Path, run: Sequence[FormatValues], earlier: Sequence[HistoryStore], contested: frozenset[AgencyYear]
) -> None:
    own = [_sound(one, contested) for one in run]
    schemas = {f"earlier_{number}": store for number, store in enumerate(earlier)}
    carried = _carried_over(own, schemas, contested)
    # nolock: the file is nobody else's yet, and shared folders are slow or unable to lock
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rwc&nolock=1", uri=True)) as connection:
        connection.isolation_level = None
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = MEMORY", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {LAYOUT_VERSION}")
        for schema, store in schemas.items():
            connection.execute(f"ATTACH DATABASE ? AS {schema}", (reading_address(store.path),))
        connection.execute("BEGIN")
        _write_reports(connection, own, carried)
        _write_fingerprints(connection, own, carried)
        formats = {one.format for one in own if one.reports} | {one.stored.format for one in carried}
        by_format = {one.format: one for one in own}
        for name in sorted(formats):
            ours = by_format.get(name, FormatValues(name, (), (), np.empty((0, 0))))
            _write_cells(connection, ours, [one for one in carried if one.stored.format == name])
        connection.execute("COMMIT")


def _sound(run: FormatValues, contested: frozenset[AgencyYear]) -> FormatValues:
    """Only the reports that have an agency and a year to be found by, in their order."""
    keyed = {key: row for row, report in enumerate(run.reports) if (key := agency_year(report))}
    rows = [keyed[key] for key in sorted(keyed) if key not in contested]
    return run._replace(reports=[run.reports[row] for row in rows], values=run.values[rows])


def _carried_over(
    own: Iterable[FormatValues], schemas: dict[str, HistoryStore], contested: frozenset[AgencyYear]
) -> list[_Carried]:
    taken = {(*key, one.format) for one in own for report in one.reports if (key := agency_year(report))}
    carried: list[_Carried] = []
    for schema, store in schemas.items():
        for known, stored in sorted(store.named.items()):
            if known not in taken and known[:2] not in contested:
                taken.add(known)
                carried.append(_Carried(schema, stored, known[0]))
    return carried


def _write_reports(connection: sqlite3.Connection, own: Iterable[FormatValues], carried: Iterable[_Carried]) -> None:
    rows = [
        (_text(report.agency), report.year, one.format, _text(report.source), _text(_printed(report)))
        for one in own
        for report in one.reports
    ]
    rows += [one.stored._replace(agency=one.agency) for one in carried]
    _create(connection, REPORTS, REPORT_COLUMNS, "agency, year, format")
    _insert(connection, REPORTS, len(REPORT_COLUMNS), sorted(rows))


def _write_fingerprints(
    connection: sqlite3.Connection, own: Iterable[FormatValues], carried: Sequence[_Carried]
) -> None:
    rows: list[tuple[object, ...]] = [
        (_text(report.agency), report.year, one.format, np.array(report.fingerprint, dtype="<u8").tobytes())
        for one in own
        for report in one.reports
    ]
    for schema in dict.fromkeys(one.schema for one in carried):
        names = {one.stored[:3]: one.agency for one in carried if one.schema == schema}
        stored = connection.execute(f"SELECT agency, year, format, clauses FROM {schema}.{FINGERPRINTS}")
        rows += [(names[row[:3]], *row[1:]) for row in stored if row[:3] in names]
    _create(connection, FINGERPRINTS, ("agency", "year", "format", "clauses"), "agency, year, format")
    _insert(connection, FINGERPRINTS, 4, sorted(rows))


def _write_cells(connection: sqlite3.Connection, own: FormatValues, carried: Sequence[_Carried]) -> None:
    """The table of one format. A stored column that the spec no longer has is kept, behind the others."""
    table = cells_table(own.format)
    schemas = tuple(dict.fromkeys(one.schema for one in carried))
    stored = {schema: columns_of(connection, schema, table)[len(KEY_COLUMNS) :] for schema in schemas}
    names = (*own.names, *sorted({name for columns in stored.values() for name in columns}.difference(own.names)))
    # gathered first: a table filled in the order of its keys has the same bytes whoever knew the rows
    _create(connection, "gathered", (*KEY_COLUMNS, *names), "", temporary=True)
    keys = [(_text(report.agency), report.year, _text(report.source)) for report in own.reports]
    rows = own.values.tolist()
    filled = (None,) * (len(names) - len(own.names))
    width = len(KEY_COLUMNS) + len(names)
    _insert(connection, "gathered", width, ((*key, *row, *filled) for key, row in zip(keys, rows, strict=True)))
    for schema in schemas:
        _gather(connection, table, schema, stored[schema], [one for one in carried if one.schema == schema])
    _create(connection, table, (*KEY_COLUMNS, *names), "agency, year")
    connection.execute(f"INSERT INTO main.{quoted(table)} SELECT * FROM gathered ORDER BY agency, year")
    connection.execute("DROP TABLE temp.gathered")


def _gather(
    connection: sqlite3.Connection, table: str, schema: str, columns: Sequence[str], carried: Sequence[_Carried]
) -> None:
    """Copy the rows that are carried over from one store, under the names their agencies have now."""
    connection.execute(
        "CREATE TEMP TABLE renamed (agency TEXT, year INTEGER, new_name TEXT, PRIMARY KEY (agency, year))"
    )
    _insert(connection, "renamed", 3, sorted((one.stored.agency, one.stored.year, one.agency) for one in carried))
    own = ", ".join(map(quoted, columns))
    into = ", ".join(map(quoted, (*KEY_COLUMNS, *columns)))
    connection.execute(
        f"INSERT INTO gathered ({into}) SELECT new_name, year, source{', ' * bool(columns)}{own} "
        f"FROM renamed JOIN {schema}.{quoted(table)} USING (agency, year)"
    )
    connection.execute("DROP TABLE temp.renamed")


_TYPES = {
    "year": "INTEGER",
    "clauses": "BLOB",
    **dict.fromkeys(("agency", "format", "source", "printed_agency"), "TEXT"),
}


def _create(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], key: str, *, temporary: bool = False
) -> None:
    described = [f"{quoted(name)} {_TYPES.get(name, 'REAL')}" for name in columns]
    described += [f"PRIMARY KEY ({key})"] if key else []
    schema = "temp" if temporary else "main"
    connection.execute(f"CREATE TABLE {schema}.{quoted(table)} ({', '.join(described)})")


def _insert(connection: sqlite3.Connection, table: str, width: int, rows: Iterable[Sequence[object]]) -> None:
    places = ", ".join("?" * width)
    connection.executemany(f"INSERT INTO {quoted(table)} VALUES ({places})", rows)


def _printed(report: Report) -> str:
    return report.printed_agency or report.agency


def _text(text: str) -> str:
    """A text that can be stored: file names may hold bytes that are no characters."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
