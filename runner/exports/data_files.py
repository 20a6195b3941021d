"""Writes every export into a folder: reports.csv, cells.csv, findings.csv, .xlsx, .json and junit.xml, as streams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.csv_files import CELL_COLUMNS, FINDING_COLUMNS, csv_heading, write_reports_csv
from disclosure_checks.runner.exports.fragments import ExportSource
from disclosure_checks.runner.exports.json_file import write_findings_json
from disclosure_checks.runner.exports.junit_file import unreadable_suite, write_junit_xml
from disclosure_checks.runner.exports.records import ReportRecord, ReportStatus
from disclosure_checks.runner.exports.workbook import write_findings_xlsx
from disclosure_checks.runner.texts.site_texts import Texts

DATA_FOLDER = "data"


def write_data_files(
    folder: Path, compiled: Sequence[CompiledSpecification], source: ExportSource, texts: Texts
) -> None:
    """Write the exports into ``folder``, which is created where it is missing. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    write_reports_csv(folder / "reports.csv", source.records)
    _write(folder / "cells.csv", chain([csv_heading(CELL_COLUMNS)], source.parts("cells_csv")))
    _write(folder / "findings.csv", chain([csv_heading(FINDING_COLUMNS)], source.parts("findings_csv")))
    write_findings_xlsx(folder / "findings.xlsx", compiled, source.records, source.findings(), texts)
    write_findings_json(folder / "findings.json", compiled, source.parts("findings_json"), texts.language)
    write_junit_xml(folder / "junit.xml", chain(source.parts("junit"), _unreadable_suites(source.records)))


def _unreadable_suites(records: Iterable[ReportRecord]) -> Iterator[bytes]:
    return (unreadable_suite(one) for one in records if one.status == ReportStatus.UNREADABLE.value)


def _write(path: Path, parts: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        for part in parts:
            file.write(part)
