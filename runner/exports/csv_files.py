"""The CSV files: UTF-8 with BOM, lines end with CR LF (RFC 4180), the columns a contract.

Every writer takes an iterable and writes as it goes, so no file needs all reports in memory at once. The target is a
path, or bytes in memory for whoever reads them at once.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from disclosure_checks.grammar.model.packing import unpacked_cells
from disclosure_checks.grammar.model.report import CellStatus
from disclosure_checks.rules.collection.agencies.review import MissingReport
from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.runner.exports.cell_order import StatutoryCell, cell_order
from disclosure_checks.runner.exports.plain_values import computed_number, place_text, plain_number, spreadsheet_text
from disclosure_checks.runner.exports.records import CheckedReport, FindingRecord, ReportRecord

REPORT_COLUMNS = (
    "report", "agency", "year", "format", "layout", "status", "errors", "likely", "advisories", "not_assessable",
    "page", "reason",
)  # fmt: skip
CELL_COLUMNS = ("report", "agency", "year", "cell", "text", "value", "status", "where")
FINDING_COLUMNS = (
    "report", "agency", "year", "rule", "severity", "status", "cells", "expected", "observed", "difference", "message",
    "where", "suspect", "suggestion", "candidates",
)  # fmt: skip

# Enum.value is too slow to be asked for each of 200 cells a report
_STATUS_WORDS = {status: status.value for status in CellStatus}
_READ = CellStatus.READ.value
_LINE_END = "\r\n"

MISSING_REPORT_COLUMNS = ("agency", "year", "due")

CsvRow = tuple[str, ...]
CsvTarget = Path | BinaryIO


def write_reports_csv(target: CsvTarget, records: Iterable[ReportRecord]) -> None:
    """One row a report; an unreadable input has a row with its status and nothing else."""
    _write(target, REPORT_COLUMNS, (_report_row(record) for record in records))


def write_findings_csv(target: CsvTarget, findings: Iterable[FindingRecord]) -> None:
    """One row a finding (``fail``, ``not_assessable`` or ``waived``), in the order given."""
    _write(target, FINDING_COLUMNS, (_finding_row(finding) for finding in findings))


def write_cells_csv(target: CsvTarget, checked_reports: Iterable[CheckedReport]) -> None:
    """One row a cell of the format, in statutory order.

    The cells of a group printed as one row are written only where it is so printed; the rows it stands for are then
    ``absent``.
    """
    with _opened(target) as file:
        file.write(_csv_line(CELL_COLUMNS))
        for checked in checked_reports:
            file.write(cells_csv_lines(checked))


def cells_csv_lines(checked: CheckedReport) -> str:
    """The lines of one report in cells.csv."""
    return "".join(_cell_lines(checked, cell_order(checked.compiled)))


def findings_csv_lines(findings: Iterable[FindingRecord]) -> str:
    """The lines of some findings in findings.csv."""
    lines = io.StringIO()
    csv.writer(lines, lineterminator=_LINE_END).writerows(_finding_row(finding) for finding in findings)
    return lines.getvalue()


def encoded(lines: str) -> bytes:
    """Lines of a file as they are written: a lone surrogate shows as a question mark."""
    return lines.encode("utf-8", "replace")


def csv_heading(columns: CsvRow) -> bytes:
    """How a CSV file begins: the byte order mark that Excel looks for, and the names of its columns."""
    return _csv_line(columns).encode("utf-8-sig")


def write_missing_reports_csv(path: Path, missing: Iterable[MissingReport]) -> None:
    """One row a listed agency and year without a report; ``due`` as 2024-03-31."""
    rows = ((spreadsheet_text(one.agency), str(one.year), one.due.isoformat() if one.due else "") for one in missing)
    _write(path, MISSING_REPORT_COLUMNS, rows)


def _write(target: CsvTarget, columns: CsvRow, rows: Iterable[CsvRow]) -> None:
    with _opened(target) as file:
        writer = csv.writer(file, lineterminator=_LINE_END)
        writer.writerow(columns)
        writer.writerows(rows)


@contextmanager
def _opened(target: CsvTarget) -> Iterator[io.TextIOWrapper]:
    """The target as text; a file is closed at the end, bytes in memory stay open."""
    if isinstance(target, Path):
        with target.open("wb") as file, _opened(file) as text:
            yield text
        return
    # a lone surrogate cannot be encoded; it can only come from a file name, and shows as a question mark
    text = io.TextIOWrapper(target, encoding="utf-8-sig", errors="replace", newline="")
    yield text
    text.detach()


def _csv_line(row: CsvRow) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator=_LINE_END).writerow(row)
    return line.getvalue()


def _report_row(record: ReportRecord) -> CsvRow:
    counts: tuple[str, ...] = ("", "", "", "")
    if record.failures:
        counts = (
            str(record.failing(Severity.ERROR)),
            str(record.failing(Severity.LIKELY)),
            str(record.failing(Severity.ADVISORY)),
            str(record.not_assessable),
        )
    return (
        spreadsheet_text(record.report),
        spreadsheet_text(record.agency),
        _year_text(record.year),
        record.format,
        spreadsheet_text(record.layout),
        record.status,
        *counts,
        record.page,
        spreadsheet_text(record.reason),
    )


def _finding_row(finding: FindingRecord) -> CsvRow:
    return (
        spreadsheet_text(finding.report),
        spreadsheet_text(finding.agency),
        _year_text(finding.year),
        finding.rule,
        finding.severity,
        finding.status,
        ";".join(finding.cells),
        computed_number(finding.expected),
        computed_number(finding.observed),
        computed_number(finding.difference),
        spreadsheet_text(finding.message),
        spreadsheet_text(finding.where),
        finding.suspect,
        computed_number(finding.suggestion),
        finding.candidates,
    )


def _cell_lines(checked: CheckedReport, order: Iterable[StatutoryCell]) -> Iterator[str]:
    """The lines of one report: what its rows share is quoted once, and of the rest only a text may need quotes."""
    record = checked.record
    start = _csv_line((spreadsheet_text(record.report), spreadsheet_text(record.agency), _year_text(record.year), ""))
    start = start.removesuffix(_LINE_END)
    cells = unpacked_cells(checked.report.cells)
    for cell_id, one_row in order:
        cell = cells.get(cell_id)
        if cell is None or cell.status is CellStatus.ABSENT:
            if not one_row:
                yield f"{start}{cell_id},,,{_STATUS_WORDS[CellStatus.ABSENT]},{_LINE_END}"
            continue
        _, text, number, status, place = cell
        value = plain_number(number)
        shown = value if text == value else _quoted(text)  # a plain number is harmless, and nearly every cell is one
        word = _READ if status is CellStatus.READ else _STATUS_WORDS[status]
        yield f"{start}{cell_id},{shown},{value},{word},{place_text(place)}{_LINE_END}"


def _quoted(text: str) -> str:
    text = spreadsheet_text(text)
    return _csv_line((text,)).removesuffix(_LINE_END) if text else ""


def _year_text(year: int | None) -> str:
    return "" if year is None else str(year)
