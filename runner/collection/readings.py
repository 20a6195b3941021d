"""What was read of files, kept by their content: written as it comes, and given back as reports."""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from disclosure_checks.grammar.model.details import Detail, DetailBytes, opened_detail
from disclosure_checks.grammar.model.packing import PackedReport, unpack
from disclosure_checks.grammar.model.report import Report, UnreadableReport

_OPEN_DETAILS = 512  # kept open at a time: more than the reports whose findings are assembled together
_COLUMNS = (
    "id", "own_content", "source", "format", "problem", "problem_detail", "agency", "year", "layout", "title",
    "relied_on", "clauses", "cells", "cell_values", "cell_statuses", "facts", "fact_places", "fact_values",
)  # fmt: skip


class ReadingKey(NamedTuple):
    """What a reading is found by: digest of the file, the name it is known by, digest of specs and program."""

    content: bytes
    name: str
    reader: bytes


class FreshReading(NamedTuple):
    """What a worker read: one of the reports of a file. ``own_content``: a digest of its bytes alone."""

    own_content: bytes
    format: str
    report: PackedReport | UnreadableReport


class StoredReading(NamedTuple):
    """A reading as the collection holds it. ``report``: its detail is opened when it is asked for."""

    id: int
    own_content: bytes
    format: str
    report: Report | UnreadableReport


class Readings:
    """The readings of a collection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._vocabularies: dict[int, tuple[str, ...]] = {}
        self._numbers: dict[tuple[str, ...], int] = {}
        self._details: OrderedDict[int, Detail] = OrderedDict()

    def known(self, key: ReadingKey) -> list[int]:
        """The readings of a file, in the order of its members; none where it has to be read."""
        rows = self._connection.execute(
            "SELECT id FROM readings WHERE content = ? AND name = ? AND reader = ? ORDER BY member", key
        )
        return [number for (number,) in rows]

    def add(self, key: ReadingKey, fresh: Sequence[FreshReading]) -> list[int]:
        """Keep what was read of a file; give the numbers of its readings."""
        return [self._add(key, member, one) for member, one in enumerate(fresh)]

    def _add(self, key: ReadingKey, member: int, fresh: FreshReading) -> int:
        report = fresh.report
        start = (*key, member, fresh.own_content, report.source, fresh.format)
        if isinstance(report, UnreadableReport):
            values: tuple[Any, ...] = (
                *start, report.code, report.detail, "", None, "", "", "[]", b"", None, b"", b"", None, b"", b"",
            )  # fmt: skip
        else:
            values = (
                *start, "", "", report.agency, report.year, report.layout, report.title, json.dumps(report.relied_on),
                report.fingerprint, self._vocabulary(report.cell_names), report.cell_values, report.cell_statuses,
                self._vocabulary(report.fact_names), report.fact_places, report.fact_values,
            )  # fmt: skip
        places = ", ".join("?" * len(values))
        columns = ("content", "name", "reader", "member", *_COLUMNS[1:])
        cursor = self._connection.execute(
            f"INSERT OR REPLACE INTO readings ({', '.join(columns)}) VALUES ({places})", values
        )
        number = int(cursor.lastrowid or 0)
        if not isinstance(report, UnreadableReport):
            self._connection.execute("INSERT OR REPLACE INTO details VALUES (?, ?)", (number, report.detail))
        return number

    def load(self, numbers: Iterable[int]) -> dict[int, StoredReading]:
        """Readings by their numbers. Raises sqlite3.DatabaseError where a row is not what it should be."""
        wanted = sorted(set(numbers))
        return {one.id: one for start in range(0, len(wanted), 500) for one in self._rows(wanted[start : start + 500])}

    def packed(self, number: int) -> tuple[str, PackedReport]:
        """The format of a reading that is a report, and the report with its detail: what another process can open.

        Raises sqlite3.DatabaseError where there is no such reading, or its row is not what it should be.
        """
        query = f"SELECT {', '.join(_COLUMNS)} FROM readings WHERE id = ? AND problem = ''"
        row = self._connection.execute(query, (number,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError(f"reading {number} is no report")
        try:
            named = dict(zip(_COLUMNS, row, strict=True))
            return named["format"], self._packed(named)._replace(detail=self.detail_bytes(number))
        except (TypeError, ValueError, KeyError) as problem:
            raise sqlite3.DatabaseError(f"reading {number}: {problem}") from problem

    def _rows(self, numbers: Sequence[int]) -> Iterator[StoredReading]:
        places = ", ".join("?" * len(numbers))
        query = f"SELECT {', '.join(_COLUMNS)} FROM readings WHERE id IN ({places})"
        for row in self._connection.execute(query, numbers).fetchall():
            try:
                yield self._stored(dict(zip(_COLUMNS, row, strict=True)))
            except (TypeError, ValueError, KeyError) as problem:
                raise sqlite3.DatabaseError(f"reading {row[0]}: {problem}") from problem

    def _stored(self, row: dict[str, Any]) -> StoredReading:
        if row["problem"]:
            report: Report | UnreadableReport = UnreadableReport(row["source"], row["problem"], row["problem_detail"])
        else:
            report = unpack(self._packed(row), _StoredDetail(self, row["id"]))
        return StoredReading(row["id"], row["own_content"], row["format"], report)

    def _packed(self, row: dict[str, Any]) -> PackedReport:
        """The report of a row, without its detail."""
        return PackedReport(
            source=row["source"],
            agency=row["agency"],
            year=row["year"],
            layout=row["layout"],
            title=row["title"],
            printed_agency="",
            relied_on=tuple(tuple(cells) for cells in json.loads(row["relied_on"])),
            fingerprint=row["clauses"],
            cell_names=self._names(row["cells"]),
            cell_values=row["cell_values"],
            cell_statuses=row["cell_statuses"],
            fact_names=self._names(row["facts"]),
            fact_places=row["fact_places"],
            fact_values=row["fact_values"],
            detail=b"",
        )

    def detail_bytes(self, number: int) -> bytes:
        """The detail of a reading as it is kept."""
        row = self._connection.execute("SELECT body FROM details WHERE reading = ?", (number,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError(f"reading {number} has no detail")
        return bytes(row[0])

    def detail(self, number: int) -> Detail:
        """The detail of a reading, opened. The last ones asked for stay open."""
        known = self._details.get(number)
        if known is None:
            known = self._details[number] = opened_detail(self.detail_bytes(number))
            if len(self._details) > _OPEN_DETAILS:
                self._details.popitem(last=False)
        else:
            self._details.move_to_end(number)
        return known

    def forget_unused(self, reader: bytes) -> None:
        """Drop the readings that no report of the collection is made of and that no file would find again."""
        unused = "reader <> ? AND id NOT IN (SELECT reading FROM reports)"
        self._connection.execute(
            f"DELETE FROM details WHERE reading IN (SELECT id FROM readings WHERE {unused})", (reader,)
        )
        self._connection.execute(f"DELETE FROM readings WHERE {unused}", (reader,))

    def _vocabulary(self, names: tuple[str, ...]) -> int:
        number = self._numbers.get(names)
        if number is None:
            text = json.dumps(names, ensure_ascii=False, separators=(",", ":"))
            self._connection.execute("INSERT OR IGNORE INTO vocabularies (names) VALUES (?)", (text,))
            row = self._connection.execute("SELECT id FROM vocabularies WHERE names = ?", (text,)).fetchone()
            number = self._numbers[names] = int(row[0])
        return number

    def _names(self, number: int) -> tuple[str, ...]:
        names = self._vocabularies.get(number)
        if names is None:
            row = self._connection.execute("SELECT names FROM vocabularies WHERE id = ?", (number,)).fetchone()
            names = self._vocabularies[number] = tuple(json.loads(row[0]))
        return names


class _StoredDetail:
    """The detail of a stored reading, fetched when it is wanted."""

    __slots__ = ("_number", "_readings")

    def __init__(self, readings: Readings, number: int) -> None:
        self._readings = readings
        self._number = number

    def __reduce__(self) -> tuple[type[DetailBytes], tuple[bytes]]:
        return DetailBytes, (self.packed(),)

    def packed(self) -> bytes:
        """The detail as it is kept."""
        return self._readings.detail_bytes(self._number)

    def load(self) -> Detail:
        """The detail, opened."""
        return self._readings.detail(self._number)
