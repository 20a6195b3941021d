"""Writes a history store: this run's reports, and of earlier stores what this run did not replace."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.earlier_years import AgencyYear, agency_year
from disclosure_checks.rules.collection.frame import remembered_names
from disclosure_checks.rules.formula.outcomes import FloatArray
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.collection.history_layout import (
    APPLICATION_ID,
    CELLS_KEY,
    FINGERPRINTS,
    KEY_COLUMNS,
    LAYOUT_VERSION,
    REPORT_COLUMNS,
    REPORT_KEY,
    REPORTS,
    StoredReport,
    cells_table,
    columns_of,
    quoted,
    reading_address,
)
from disclosure_checks.runner.collection.history_reading import HistoryStore


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
    draft = path.with_name(f"{path.name}.draft")
    # nolock: the file is nobody else's yet, and shared folders are slow or unable to lock
    with closing(sqlite3.connect(f"{draft.resolve().as_uri()}?mode=rwc&nolock=1", uri=True)) as connection:
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
        by_format = {one.format: one for one in own if one.reports}
        for name in sorted({*by_format, *(one.stored.format for one in carried)}):
            ours = by_format.get(name, FormatValues(name, (), (), np.empty((0, 0))))
            _write_cells(connection, ours, [one for one in carried if one.stored.format == name])
        connection.execute("COMMIT")
        # written anew in the order of the keys: the same content is the same bytes, whoever knew what
        connection.execute("VACUUM INTO ?", (f"{path.resolve().as_uri()}?nolock=1",))
    draft.unlink()


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
    _create(connection, REPORTS, REPORT_COLUMNS, REPORT_KEY)
    rows = [(*key, _text(report.source), _text(_printed(report))) for key, report in _keyed(own)]
    rows += [one.stored._replace(agency=one.agency) for one in carried]
    _insert(connection, REPORTS, len(REPORT_COLUMNS), rows)


def _write_fingerprints(
    connection: sqlite3.Connection, own: Iterable[FormatValues], carried: Sequence[_Carried]
) -> None:
    columns = (*REPORT_KEY, "clauses")
    _create(connection, FINGERPRINTS, columns, REPORT_KEY)
    _take_over(connection, FINGERPRINTS, columns, REPORT_KEY, carried)
    rows = ((*key, np.array(report.fingerprint, dtype="<u8").tobytes()) for key, report in _keyed(own))
    _insert(connection, FINGERPRINTS, len(columns), rows)


def _write_cells(connection: sqlite3.Connection, own: FormatValues, carried: Sequence[_Carried]) -> None:
    """The table of one format. A stored column that the spec no longer has is kept, behind the others."""
    table = cells_table(own.format)
    schemas = dict.fromkeys(one.schema for one in carried)
    stored = {name for schema in schemas for name in columns_of(connection, schema, table)}
    columns = (*KEY_COLUMNS, *own.names)
    columns = (*columns, *sorted(stored.difference(columns)))
    _create(connection, table, columns, CELLS_KEY)
    _take_over(connection, table, columns, CELLS_KEY, carried)
    filled = (None,) * (len(columns) - len(KEY_COLUMNS) - len(own.names))
    keys = ((_text(report.agency), report.year, _text(report.source)) for report in own.reports)
    rows = ((*key, *values, *filled) for key, values in zip(keys, own.values.tolist(), strict=True))
    _insert(connection, table, len(columns), rows)


def _take_over(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], key: Sequence[str], carried: Sequence[_Carried]
) -> None:
    """Copy the rows of carried reports from the stores that hold them, under the names their agencies have now."""
    for number, schema in enumerate(dict.fromkeys(one.schema for one in carried)):
        rows = [one for one in carried if one.schema == schema]
        _create(connection, "taken", (*REPORT_KEY, "new_name"), key, temporary=True)
        _insert(
            connection, "taken", len(REPORT_KEY) + 1, ((*one.stored[: len(REPORT_KEY)], one.agency) for one in rows)
        )
        stored = columns_of(connection, schema, table)
        keys = ", ".join(key)
        if not number and stored == tuple(columns) and all(one.agency == one.stored.agency for one in rows):
            # a table that is the same all over is copied without a look at its rows, ten times as fast
            connection.execute(f"INSERT INTO main.{quoted(table)} SELECT * FROM {schema}.{quoted(table)}")
            connection.execute(f"DELETE FROM main.{quoted(table)} WHERE ({keys}) NOT IN (SELECT {keys} FROM taken)")
        else:
            others = [quoted(name) for name in stored if name != "agency"]
            into, selected = (
                ", ".join(["agency", *others]),
                ", ".join(["new_name", *(f"old.{name}" for name in others)]),
            )
            connection.execute(
                f"INSERT INTO main.{quoted(table)} ({into}) SELECT {selected} "
                f"FROM taken JOIN {schema}.{quoted(table)} AS old USING ({keys})"
            )
        connection.execute("DROP TABLE temp.taken")


def _keyed(own: Iterable[FormatValues]) -> Iterator[tuple[tuple[str, int | None, str], Report]]:
    """Every report with its key in ``reports``."""
    return (((_text(report.agency), report.year, one.format), report) for one in own for report in one.reports)


_TYPES = {"year": "INTEGER", "clauses": "BLOB"}
_TEXTS = ("agency", "format", "source", "printed_agency", "new_name")


def _create(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], key: Sequence[str], *, temporary: bool = False
) -> None:
    types = {**dict.fromkeys(columns, "REAL"), **dict.fromkeys(_TEXTS, "TEXT"), **_TYPES}
    described = ", ".join(f"{quoted(name)} {types[name]}" for name in columns)
    schema = "temp" if temporary else "main"
    # without a row number, a table stands in the order of its key
    connection.execute(
        f"CREATE TABLE {schema}.{quoted(table)} ({described}, PRIMARY KEY ({', '.join(key)})) WITHOUT ROWID"
    )


def _insert(connection: sqlite3.Connection, table: str, width: int, rows: Iterable[Sequence[object]]) -> None:
    places = ", ".join("?" * width)
    connection.executemany(f"INSERT INTO {quoted(table)} VALUES ({places})", rows)


def _printed(report: Report) -> str:
    return report.printed_agency or report.agency


def _text(text: str) -> str:
    """A text that can be stored: file names may hold bytes that are no characters."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
