"""Builds the overview: agencies x years, totals, unreadable files and the most frequent findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from disclosure_checks.rules.collection.agencies.review import NOTHING_REVIEWED, AgencyReview
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.runner.exports.plain_values import visible_text
from disclosure_checks.runner.exports.records import SEVERITIES, SEVERITIES_OF_FINDINGS, ReportRecord, ReportStatus
from disclosure_checks.runner.site.agency_lists import missing_list, similar_names
from disclosure_checks.runner.site.agency_year_pages import year_anchor
from disclosure_checks.runner.site.labels import href, selection_notice, severity_tally, specification_line, year_text
from disclosure_checks.runner.site.page_models import (
    IndexPage,
    LabelledText,
    Link,
    MatrixCell,
    MatrixEntry,
    MatrixRow,
    PageFrame,
    RuleLine,
    Tally,
    UnreadLine,
    YearColumn,
)
from disclosure_checks.runner.texts.site_texts import Texts

ROOT = ""
MOST_FREQUENT = 10
_DOWNLOADS = (
    ("data_reports", "data/reports.csv"),
    ("data_cells", "data/cells.csv"),
    ("data_findings", "data/findings.csv"),
    ("data_workbook", "data/findings.xlsx"),
    ("data_json", "data/findings.json"),
    ("data_junit", "data/junit.xml"),
)
_ALWAYS_SHOWN = frozenset({"reports", "agencies", Severity.ERROR.value, ReportStatus.PASS.value})
_STATUS_LETTERS = {ReportStatus.PASS.value: "letter_pass", ReportStatus.NOT_ASSESSABLE.value: "letter_not_assessable"}


class RunChanges(NamedTuple):
    """How many reports a run added, replaced, left as they were and dropped."""

    added: int
    replaced: int
    left: int
    pruned: int


def index_page(
    compiled: Sequence[CompiledSpecification],
    records: Sequence[ReportRecord],
    rules: Iterable[RuleLine],
    texts: Texts,
    review: AgencyReview = NOTHING_REVIEWED,
    changes: RunChanges | None = None,
) -> IndexPage:
    """The overview of a run. ``records`` are those of all inputs, unreadable ones included; ``rules`` all rules."""
    readable = [record for record in records if record.status != ReportStatus.UNREADABLE.value]
    years = sorted({record.year for record in readable}, key=lambda year: (year is None, year or 0))
    rows = _rows(readable, years, texts)
    return IndexPage(
        frame=PageFrame(
            title=texts["index_title"],
            root=ROOT,
            breadcrumbs=(Link(texts["overview"]),),
            specifications=tuple(specification_line(one, texts) for one in compiled),
            notice=selection_notice(compiled, texts),
        ),
        totals=_totals(records, len(rows), texts),
        years=tuple(_year_column(year, readable, texts) for year in years),
        rows=rows,
        filter_kinds=tuple(LabelledText(kind, _kind_name(kind, texts)) for kind in _filter_kinds(readable)),
        shown=texts["filter_shown"],
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
    """Each report counts once, by its gravest finding or its status."""
    gravest = Counter(record.gravest for record in records)
    kinds = [severity.value for severity in SEVERITIES_OF_FINDINGS]
    kinds += [ReportStatus.PASS.value, ReportStatus.NOT_ASSESSABLE.value, ReportStatus.UNREADABLE.value]
    counted = [("reports", len(records)), ("agencies", agencies), *((kind, gravest[kind]) for kind in kinds)]
    return tuple(
        Tally(kind, "", texts[f"total_{kind}"], count) for kind, count in counted if count or kind in _ALWAYS_SHOWN
    )


def _rows(records: Sequence[ReportRecord], years: Sequence[int | None], texts: Texts) -> tuple[MatrixRow, ...]:
    of_agency: dict[str, dict[int | None, list[ReportRecord]]] = defaultdict(lambda: defaultdict(list))
    for record in sorted(records, key=lambda record: record.report):
        of_agency[record.agency][record.year].append(record)
    return tuple(
        MatrixRow(
            agency or texts["agency_unknown"],
            tuple(_matrix_cell(of_agency[agency].get(year, ()), texts) for year in years),
        )
        for agency in sorted(of_agency)
    )


def _matrix_cell(records: Iterable[ReportRecord], texts: Texts) -> MatrixCell:
    entries: list[MatrixEntry] = []
    found: dict[str, None] = {}
    for record in records:
        tallies = _report_tallies(record, texts)
        found.update(dict.fromkeys(tally.kind for tally in tallies))
        words = texts["list_separator"].join(
            f"{tally.name} {tally.number}" if tally.number else tally.name for tally in tallies
        )
        entries.append(MatrixEntry(href(ROOT, record.page), words, tallies))
    return MatrixCell(" ".join(found), tuple(entries))


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
    return YearColumn(year_anchor(year), year_text(year, texts), reports, tallies)


def _filter_kinds(records: Sequence[ReportRecord]) -> list[str]:
    """The kinds of the choice of severities: those that occur, gravest first."""
    occurring = {kind for record in records for kind in _kinds(record)}
    order = [*(severity.value for severity in SEVERITIES), *_STATUS_LETTERS]
    return [kind for kind in order if kind in occurring]


def _kinds(record: ReportRecord) -> list[str]:
    """What a report can be filtered by: the severities of its findings, or its status."""
    if record.status != ReportStatus.FINDINGS.value:
        return [record.status]
    return [severity.value for severity in SEVERITIES_OF_FINDINGS if record.failing(severity)]


def _kind_name(kind: str, texts: Texts) -> str:
    return texts[f"filter_{kind}"] if kind in _STATUS_LETTERS else texts.severity(kind)


def _most_frequent(rules: Iterable[RuleLine]) -> tuple[RuleLine, ...]:
    kinds = [severity.value for severity in SEVERITIES_OF_FINDINGS]
    failing = sorted(
        (line for line in rules if line.failing and line.severity.kind in kinds),
        key=lambda line: (-line.failing, kinds.index(line.severity.kind), line.id),
    )
    return tuple(failing[:MOST_FREQUENT])
