"""Writes every export of a run into a folder: reports.csv, cells.csv, findings.csv, .xlsx, .json and junit.xml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.csv_files import write_cells_csv, write_findings_csv, write_reports_csv
from disclosure_checks.runner.exports.json_file import write_findings_json
from disclosure_checks.runner.exports.junit_file import write_junit_xml
from disclosure_checks.runner.exports.records import CheckedReport, FindingRecord, ReportRecord, report_order
from disclosure_checks.runner.exports.workbook import write_findings_xlsx
from disclosure_checks.runner.texts.site_texts import Texts

DATA_FOLDER = "data"


def write_data_files(
    folder: Path,
    compiled: Sequence[CompiledSpecification],
    checked_reports: Iterable[CheckedReport],
    unreadable: Sequence[ReportRecord],
    texts: Texts,
) -> None:
    """Write the exports into ``folder``, which is created where it is missing.

    ``checked_reports`` stand in the order of ``report_order`` and are gone through once a file, one at a time: a list,
    or an object that reads them anew each time it is iterated.

    Raises:
        ValueError: they stand in another order, or can be gone through only once.
        OSError: the folder cannot be written.
    """
    if iter(checked_reports) is checked_reports:
        raise ValueError("checked_reports is gone through once a file: give a list, not a generator")
    folder.mkdir(parents=True, exist_ok=True)
    records = [checked.record for checked in _in_order(checked_reports)]
    records = sorted([*records, *unreadable], key=lambda record: report_order(record.report))
    write_reports_csv(folder / "reports.csv", records)
    write_cells_csv(folder / "cells.csv", checked_reports)
    write_findings_csv(folder / "findings.csv", _findings(checked_reports))
    write_findings_xlsx(folder / "findings.xlsx", compiled, records, _findings(checked_reports), texts)
    write_findings_json(folder / "findings.json", compiled, _findings(checked_reports))
    write_junit_xml(folder / "junit.xml", checked_reports, unreadable)


def _in_order(checked_reports: Iterable[CheckedReport]) -> Iterator[CheckedReport]:
    before = ""
    for checked in checked_reports:
        order = report_order(checked.record.report)
        if order < before:
            raise ValueError(f"checked_reports are out of order: {checked.record.report!r} stands too late")
        before = order
        yield checked


def _findings(checked_reports: Iterable[CheckedReport]) -> Iterator[FindingRecord]:
    return (finding for checked in checked_reports for finding in checked.findings)
