"""The results of a run as pandas frames: ``disclosure_checks.read`` and ``disclosure_checks.check``.

The frames are the CSV exports of a run, written to memory and parsed: the same columns, rows and texts, whatever the
exports will hold one day. Rules are evaluated without Great Expectations, which keeps results and builds a site; its
metric calls the same evaluation.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import BinaryIO

import pandas as pd

from disclosure_checks.grammar.model.report import Report, UnreadableReport
from disclosure_checks.rules.collection.agencies.list_loading import load_agencies
from disclosure_checks.rules.findings.messages import finding_message
from disclosure_checks.runner.collection.earlier_runs import EarlierRuns
from disclosure_checks.runner.commands.spec_folder import load_specifications
from disclosure_checks.runner.exports.csv_files import write_cells_csv, write_findings_csv, write_reports_csv
from disclosure_checks.runner.exports.records import CheckedReport, Records, ReportRecord, unreadable_record
from disclosure_checks.runner.pipeline.checking import (
    all_records,
    checked_reports,
    evaluate,
    judge,
    sort_readings,
    unreadable_records,
)
from disclosure_checks.runner.pipeline.run import format_lexicon
from disclosure_checks.runner.reading.input_errors import InputError
from disclosure_checks.runner.reading.inputs import find_agencies, find_inputs
from disclosure_checks.runner.reading.reading_here import readings_here
from disclosure_checks.runner.texts.command_texts import unreadable_reason

AnyPath = str | PathLike[str]

_WHOLE_NUMBERS = ("year", "errors", "likely", "advisories", "not_assessable")
_NUMBERS = ("value", "expected", "observed", "difference", "suggestion")


@dataclass(frozen=True, eq=False)
class ReadFrames:
    """What was read in one file. ``report``: a row of ``reports.csv``, without a status and counts, for no rule was run.

    ``cells``: the rows of ``cells.csv``. ``reason``: why the file could not be read, "" where it could. An archive may
    hold several reports, each with its row and its reason.
    """

    report: pd.DataFrame
    cells: pd.DataFrame
    reason: str


@dataclass(frozen=True, eq=False)
class CheckFrames:
    """What ``run-checks`` exports: ``reports.csv``, ``cells.csv`` and ``findings.csv``."""

    reports: pd.DataFrame
    cells: pd.DataFrame
    findings: pd.DataFrame


def read_file(path: AnyPath, spec: AnyPath, language: str, pictures: str) -> ReadFrames:
    """The cells of one file, read as ``run-checks`` reads it."""
    if Path(path).is_dir():
        raise InputError("not_a_file", str(path))
    compiled = {one.specification.format: one for one in load_specifications(Path(spec))}
    files = find_inputs([Path(path)])
    readings = readings_here(files, [format_lexicon(one) for one in compiled.values()], pictures)
    read = [
        _unchecked(Records(compiled[name], finding_message, language).checked_report(report, [], page=""))
        for name, report in readings
        if isinstance(report, Report)
    ]
    unreadable = [
        unreadable_record(report, unreadable_reason(report, language))
        for _, report in readings
        if isinstance(report, UnreadableReport)
    ]
    several = len(readings) > 1
    reasons = [f"{one.report}: {one.reason}" if several else one.reason for one in unreadable]
    return ReadFrames(_report_frame(all_records(read, unreadable)), _cell_frame(read), "\n".join(reasons))


def check_files(
    paths: AnyPath | Sequence[AnyPath], spec: AnyPath, agencies: AnyPath | None, language: str, pictures: str
) -> CheckFrames:
    """What ``run-checks`` would export of these files and folders."""
    inputs = [Path(path) for path in ([paths] if isinstance(paths, (str, PathLike)) else paths)]
    compiled = load_specifications(Path(spec))
    listed = find_agencies(Path(spec), inputs) if agencies is None else Path(agencies)
    registry = None if listed is None else load_agencies(listed, [one.specification for one in compiled])
    readings = readings_here(find_inputs(inputs, listed), [format_lexicon(one) for one in compiled], pictures)
    read = sort_readings(readings, registry, lambda _: EarlierRuns())
    checked = checked_reports(list(judge(compiled, read, evaluate)), language)
    unreadable = unreadable_records(read, lambda one: unreadable_reason(one, language))
    findings = io.BytesIO()
    write_findings_csv(findings, (finding for one in checked for finding in one.findings))
    return CheckFrames(_report_frame(all_records(checked, unreadable)), _cell_frame(checked), _frame(findings))


def _unchecked(read: CheckedReport) -> CheckedReport:
    """A report whose rules were not run: nothing is known of its status."""
    return CheckedReport(read.report, read.compiled, read.record._replace(status="", failures=()), ())


def _report_frame(records: Sequence[ReportRecord]) -> pd.DataFrame:
    file = io.BytesIO()
    write_reports_csv(file, records)
    return _frame(file)


def _cell_frame(checked: Sequence[CheckedReport]) -> pd.DataFrame:
    file = io.BytesIO()
    write_cells_csv(file, checked)
    return _frame(file)


def _frame(file: BinaryIO) -> pd.DataFrame:
    """A CSV export parsed: texts as they stand there, "" included; numbers as numbers, none where the place is empty."""
    file.seek(0)
    frame = pd.read_csv(file, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    for name in frame.columns.intersection([*_WHOLE_NUMBERS, *_NUMBERS]):
        # exact, which the parser of pandas 2 is not
        numbers = pd.Series([float(text) if text else math.nan for text in frame[name]], dtype="float64")
        frame[name] = numbers.astype("Int64") if name in _WHOLE_NUMBERS else numbers
    return frame
