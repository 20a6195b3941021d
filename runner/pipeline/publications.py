"""What each report on the site was published as, and from what: only what changed is made anew.

A publication is found by its report. Its ``digest`` covers everything that its page and its part of the exports were
made from; as long as that stays, both are taken as they are.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from disclosure_checks.runner.exports.fragments import Fragments
from disclosure_checks.runner.exports.records import FindingRecord, ProposedChange, ReportRecord

_COMPRESSION = 1
_TOGETHER = 500  # rows fetched at a time


class Publication(NamedTuple):
    """A report as it is published."""

    record: ReportRecord
    findings: tuple[FindingRecord, ...]


class Publications:
    """The publications of a collection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def digests(self) -> dict[int, tuple[bytes, str]]:
        """What each report was made from, and its page."""
        query = "SELECT report, digest, page FROM publications"
        return {report: (bytes(digest), page) for report, digest, page in self._connection.execute(query)}

    def distrust(self) -> None:
        """Have everything made anew: what is on the site is not what was written down."""
        self._connection.execute("UPDATE publications SET digest = x''")

    def keep(self, report: int, digest: bytes, publication: Publication, fragments: Fragments) -> None:
        """Write down what a report is published as."""
        row = (
            report,
            digest,
            publication.record.page,
            _as_json(publication.record),
            zlib.compress(_as_json(publication.findings).encode("utf-8", "surrogatepass"), _COMPRESSION),
            *(zlib.compress(part, _COMPRESSION) for part in fragments),
        )
        self._connection.execute(f"INSERT OR REPLACE INTO publications VALUES ({', '.join('?' * len(row))})", row)

    def records(self) -> dict[int, ReportRecord]:
        """The records of all reports that were ever published."""
        query = "SELECT report, record FROM publications"
        return {report: _report_record(json.loads(text)) for report, text in self._connection.execute(query)}

    def findings(self, report: int) -> tuple[FindingRecord, ...]:
        """The findings of a report; none where it was never published."""
        row = self._connection.execute("SELECT findings FROM publications WHERE report = ?", (report,)).fetchone()
        return () if row is None else _finding_records(row[0])

    def each(self, reports: Sequence[int]) -> Iterator[Publication]:
        """The publications of reports, in the order given; never more than some in memory."""
        for record, findings in self._columns("record, findings", reports):
            yield Publication(_report_record(json.loads(record)), _finding_records(findings))

    def parts(self, column: str, reports: Sequence[int]) -> Iterator[bytes]:
        """One part of the exports of reports, in the order given. ``column``: a field of ``Fragments``."""
        if column not in Fragments._fields:
            raise ValueError(column)
        for (part,) in self._columns(column, reports):
            yield zlib.decompress(part)

    def _columns(self, columns: str, reports: Sequence[int]) -> Iterator[Sequence[bytes]]:
        for start in range(0, len(reports), _TOGETHER):
            some = reports[start : start + _TOGETHER]
            places = ", ".join("?" * len(some))
            query = f"SELECT report, {columns} FROM publications WHERE report IN ({places})"
            rows: Mapping[int, Sequence[bytes]] = {row[0]: row[1:] for row in self._connection.execute(query, some)}
            yield from (rows[report] for report in some)


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _report_record(values: Sequence[object]) -> ReportRecord:
    record = ReportRecord._make(values)
    return record._replace(failures=tuple(record.failures))


def _finding_records(packed: bytes) -> tuple[FindingRecord, ...]:
    values = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    return tuple(map(_finding_record, values))


def _finding_record(values: Sequence[object]) -> FindingRecord:
    record = FindingRecord._make(values)
    changes = tuple(map(ProposedChange._make, record.correction))
    return record._replace(cells=tuple(record.cells), correction=changes)
