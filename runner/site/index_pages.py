"""Builds the overview: agencies x years, totals, unreadable files and the most frequent findings.

The page holds its first rows; a script shows all of them from the data beside it (``site.overview.index_data``), and who
has no scripts finds the others in a plain list (``site.overview.agency_list_pages``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from disclosure_checks.rules.collection.agencies.review import NOTHING_REVIEWED, AgencyReview
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.runner.collection.membership import Membership
from disclosure_checks.runner.exports.plain_values import visible_text
from disclosure_checks.runner.exports.records import SEVERITIES, SEVERITIES_OF_FINDINGS, ReportRecord, ReportStatus
from disclosure_checks.runner.publishing.file_names import year_folder
from disclosure_checks.runner.site.agency_lists import missing_list, similar_names
from disclosure_checks.runner.site.agency_year_pages import year_anchor
from disclosure_checks.runner.site.labels import (
    AGENCY_LIST,
    href,
    page_frame,
    severity_tally,
    year_text,
)
from disclosure_checks.runner.site.overview.agency_rows import AgencyRow, years_of
from disclosure_checks.runner.site.page_models import (
    IndexPage,
    LabelledText,
    Link,
    MatrixCell,
    MatrixEntry,
    MatrixRow,
    RuleLine,
    Tally,
    UnreadLine,
    YearColumn,
)
from disclosure_checks.runner.texts.site_texts import Texts

ROOT = ""
MOST_FREQUENT = 10
FIRST_ROWS = 50  # that stand in the page itself
_DOWNLOADS = (
    ("data_reports", "data/reports.csv"),
    ("data_cells", "data/cells.csv"),
    ("data_findings", "data/findings.csv"),
    ("data_workbook", "data/findings.xlsx"),
    ("data_json", "data/findings.json"),
    ("data_junit", "data/junit.xml"),
)
_ALWAYS_SHOWN = frozenset({"reports", "agencies", Severity.ERROR.value, ReportStatus.PASS.value})
_OTHER_STATES = (ReportStatus.PASS.value, ReportStatus.NOT_ASSESSABLE.value, "missing", "not_due")
_STATES = (*(severity.value for severity in SEVERITIES_OF_FINDINGS), *_OTHER_STATES)
_ABSENCE_TEXTS = {"missing": "state_missing", "not_due": "state_not_due", "no_report": "no_report"}
_STATUS_LETTERS = {ReportStatus.PASS.value: "letter_pass", ReportStatus.NOT_ASSESSABLE.value: "letter_not_assessable"}


class RunChanges(NamedTuple):
    """How many reports a run added, replaced, left as they were and dropped."""

    added: int
    replaced: int
    left: int
    pruned: int


def run_changes(membership: Membership) -> RunChanges:
    """What a run changed in the collection."""
    left = len(membership.left) + len(membership.unchanged)
    return RunChanges(len(membership.added), len(membership.replaced), left, len(membership.pruned))


def index_page(
    compiled: Sequence[CompiledSpecification],
    records: Sequence[ReportRecord],
    agencies: Sequence[AgencyRow],
    rules: Iterable[RuleLine],
    texts: Texts,
    review: AgencyReview = NOTHING_REVIEWED,
    changes: RunChanges | None = None,
) -> IndexPage:
    """The overview of a run. ``records`` are those of all inputs, unreadable ones included; ``rules`` all rules.

    ``agencies``: all agencies with what there is of each.
    """
    readable = [record for record in records if record.status != ReportStatus.UNREADABLE.value]
    years = years_of(readable)
    return IndexPage(
        frame=page_frame(texts["index_title"], ROOT, (Link(texts["overview"]),), compiled, texts),
        totals=_totals(records, len(agencies), texts),
        years=tuple(_year_column(year, readable, texts) for year in years),
        rows=tuple(_matrix_row(row, years, texts) for row in agencies[:FIRST_ROWS]),
        more=_more(len(agencies), texts),
        states=tuple(LabelledText(state, _state_name(state, texts)) for state in _STATES),
        unreadable=tuple(
            LabelledText(visible_text(record.report), record.reason)
            for record in sorted(records, key=lambda record: record.report)
            if record.status == ReportStatus.UNREADABLE.value
        ),
        unread=tuple(
            UnreadLine(Link(visible_text(record.report), href(ROOT, record.page)), record.reason)
            for record in sorted(readable, key=lambda record: record.report)
            if record.reason
        ),
        frequent=_most_frequent(rules),
        downloads=tuple(Link(texts[key], path) for key, path in _downloads(review)),
        missing=missing_list(review, texts),
        similar=similar_names(review, texts),
        changes=_run_changes(changes, texts),
    )


def _run_changes(changes: RunChanges | None, texts: Texts) -> tuple[Tally, ...]:
    if changes is None:
        return ()
    counted = zip(RunChanges._fields, changes, strict=True)
    return tuple(Tally(kind, "", texts[f"run_{kind}"], number) for kind, number in counted if number or kind == "added")


def _downloads(review: AgencyReview) -> tuple[tuple[str, str], ...]:
    return (*_DOWNLOADS, ("data_missing", "data/missing_reports.csv")) if review.agencies_file else _DOWNLOADS


def _totals(records: Sequence[ReportRecord], agencies: int, texts: Texts) -> tuple[Tally, ...]:
    """Each report counts once, by its gravest finding or its status; what could not be read is no report."""
    gravest = Counter(record.gravest for record in records)
    kinds = [severity.value for severity in SEVERITIES_OF_FINDINGS]
    kinds += [ReportStatus.PASS.value, ReportStatus.NOT_ASSESSABLE.value, ReportStatus.UNREADABLE.value]
    read = len(records) - gravest[ReportStatus.UNREADABLE.value]
    counted = [("reports", read), ("agencies", agencies), *((kind, gravest[kind]) for kind in kinds)]
    return tuple(
        Tally(kind, "", texts.say(f"total_{kind}", count=count), count)
        for kind, count in counted
        if count or kind in _ALWAYS_SHOWN
    )


def _more(agencies: int, texts: Texts) -> Link | None:
    """The way to the agencies that do not stand in the page."""
    if agencies <= FIRST_ROWS:
        return None
    return Link(texts.say("agencies_more", shown=FIRST_ROWS, total=agencies), href(ROOT, AGENCY_LIST))


def _matrix_row(row: AgencyRow, years: Sequence[int | None], texts: Texts) -> MatrixRow:
    return MatrixRow(_agency_link(row), tuple(_matrix_cell(row, year, texts) for year in years))


def _agency_link(row: AgencyRow) -> Link:
    return Link(row.name, href(ROOT, row.page) if row.page else "")


def _matrix_cell(row: AgencyRow, year: int | None, texts: Texts) -> MatrixCell:
    entries: list[MatrixEntry] = []
    for record in row.reports.get(year, ()):
        tallies = _report_tallies(record, texts)
        words = texts["list_separator"].join(
            f"{tally.name} {tally.number}" if tally.number else tally.name for tally in tallies
        )
        entries.append(MatrixEntry(href(ROOT, record.page), words, tallies))
    absence = row.absence(year).value
    return MatrixCell(LabelledText(absence, texts[_ABSENCE_TEXTS[absence]]), tuple(entries))


def _report_tallies(record: ReportRecord, texts: Texts) -> tuple[Tally, ...]:
    """The findings of a report by severity, notes left out; its status (number 0) where there are none."""
    if record.status in _STATUS_LETTERS:
        return (Tally(record.status, texts[_STATUS_LETTERS[record.status]], texts[f"status_{record.status}"], 0),)
    return tuple(
        severity_tally(severity.value, record.failing(severity), texts)
        for severity in SEVERITIES_OF_FINDINGS
        if record.failing(severity)
    )


def _year_column(year: int | None, records: Sequence[ReportRecord], texts: Texts) -> YearColumn:
    of_year = [record for record in records if record.year == year]
    gravest = Counter(record.gravest for record in of_year)
    tallies = tuple(
        severity_tally(severity.value, gravest[severity.value], texts)
        for severity in SEVERITIES
        if gravest[severity.value]
    )
    reports = texts.say("row_total_reports", count=len(of_year))
    return YearColumn(year_anchor(year), year_folder(year), year_text(year, texts), reports, tallies)


def _state_name(state: str, texts: Texts) -> str:
    return texts[f"filter_{state}"] if state in _OTHER_STATES else texts.severity(state)


def _most_frequent(rules: Iterable[RuleLine]) -> tuple[RuleLine, ...]:
    kinds = [severity.value for severity in SEVERITIES_OF_FINDINGS]
    failing = sorted(
        (line for line in rules if line.failing and line.severity.kind in kinds),
        key=lambda line: (-line.failing, kinds.index(line.severity.kind), line.id),
    )
    return tuple(failing[:MOST_FREQUENT])
