"""The summary of a run on the terminal: totals, the reports with the most findings, and where the site is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from disclosure_checks.rules.collection.agencies.review import NOTHING_REVIEWED, AgencyReview
from disclosure_checks.rules.spec.model.decision_list import Decision
from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.runner.collection.history_files import HistoryProblem
from disclosure_checks.runner.exports.records import ReportRecord, ReportStatus
from disclosure_checks.runner.texts.command_texts import command_text
from disclosure_checks.runner.texts.printed_tables import aligned

_SHOWN = (Severity.ERROR, Severity.LIKELY, Severity.ADVISORY)
_MOST_REPORTS = 20
_MOST_AGENCIES = 10
_WIDEST_NAME = 60


def summary_lines(
    records: Sequence[ReportRecord],
    index: Path,
    language: str,
    review: AgencyReview = NOTHING_REVIEWED,
    on_the_site: int = 0,
) -> list[str]:
    """The lines of the summary, ready to print. ``on_the_site``: all reports of the site, those of earlier runs too."""

    def text(name: str, **values: str) -> str:
        return command_text("summary", name, language, **values)

    readable = [record for record in records if record.status != ReportStatus.UNREADABLE.value]
    unreadable = [record for record in records if record.status == ReportStatus.UNREADABLE.value]
    headings = [*(text(severity.value) for severity in _SHOWN), text("not_assessable"), text("report")]
    rows = [_row(record) for record in readable if any(record.failing(severity) for severity in _SHOWN[:2])]
    rows.sort(key=lambda row: tuple(-int(number) for number in row[:2]))
    totals = [str(sum(record.failing(severity) for record in readable)) for severity in _SHOWN]
    totals += [str(sum(record.not_assessable for record in readable)), f"{len(readable)} {text('reports')}"]
    lines = [text("title"), *aligned([headings, *rows[:_MOST_REPORTS], totals])]
    if len(rows) > _MOST_REPORTS:
        lines.append(text("more", count=str(len(rows) - _MOST_REPORTS)))
    lines += [f"{text('unreadable')}: {record.report}: {record.reason}" for record in unreadable]
    unread = [record for record in readable if record.reason]
    lines += [f"{text('not_assessable')}: {record.report}: {record.reason}" for record in unread[:_MOST_REPORTS]]
    if len(unread) > _MOST_REPORTS:
        lines.append(text("more", count=str(len(unread) - _MOST_REPORTS)))
    lines += _agency_lines(review, language)
    if on_the_site > len(records):
        lines.append(text("on_the_site", count=str(on_the_site), earlier=str(on_the_site - len(records))))
    return [*lines, text("published", path=str(index))]


def failing_by_severity(records: Sequence[ReportRecord]) -> dict[str, int]:
    """How many findings of each severity the reports have."""
    return {severity.value: sum(record.failing(severity) for record in records) for severity in Severity}


def unreadable_inputs(records: Sequence[ReportRecord]) -> int:
    """How many inputs, or tables of them, could not be read."""
    return sum(bool(record.reason) or record.status == ReportStatus.UNREADABLE.value for record in records)


def _agency_lines(review: AgencyReview, language: str) -> list[str]:
    """Which list of agencies was used, who is missing, and whose names are close."""

    def text(name: str, **values: str) -> str:
        return command_text("summary", name, language, **values)

    lines: list[str] = []
    if review.agencies_file:
        lines.append(text("agencies", file=review.agencies_file, count=str(review.listed)))
    for one in review.missing[:_MOST_AGENCIES]:
        name = "missing" if one.due else "missing_without_date"
        lines.append(text(name, agency=one.agency, year=str(one.year), due=str(one.due)))
    if len(review.missing) > _MOST_AGENCIES:
        lines.append(text("more_missing", count=str(len(review.missing) - _MOST_AGENCIES)))
    for close in review.similar[:_MOST_AGENCIES]:
        years = ", ".join(map(str, close.years))
        lines.append(text("similar", agency=close.agency, years=years, similar_to=close.similar_to))
    if len(review.similar) > _MOST_AGENCIES:
        lines.append(text("more_similar", count=str(len(review.similar) - _MOST_AGENCIES)))
    return lines


def _row(record: ReportRecord) -> list[str]:
    name = f"{record.agency} {record.year or ''}".strip() or record.report
    numbers = [str(record.failing(severity)) for severity in _SHOWN]
    return [*numbers, str(record.not_assessable), f"{name[:_WIDEST_NAME]} ({record.report})"]


def history_notice(problem: HistoryProblem, language: str) -> str:
    """What is wrong with earlier runs that were to be taken over."""
    notice = command_text("history", problem.code, language, path=str(problem.path))
    kept = command_text("history", "kept", language, path=str(problem.kept)) if problem.kept else ""
    return f"{notice}{kept}"


def decision_notice(decision: Decision, language: str) -> str:
    """A decision whose report is not there."""
    return command_text(
        "decisions",
        "no_report",
        language,
        rule=decision.rule,
        agency=decision.agency,
        year=str(decision.year),
        reason=decision.reason,
    )
