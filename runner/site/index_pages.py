"""Builds the overview: agencies x years, totals, unreadable files and the most frequent findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rules.outcomes import CompiledSpecification
from rules.specification import Severity
from runner.exports.plain_values import visible_text
from runner.exports.records import SEVERITIES, ReportRecord, ReportStatus
from runner.site.agency_year_pages import year_anchor
from runner.site.labels import href, severity_tally, specification_line, year_text
from runner.site.pages import (
    IndexPage,
    LabelledText,
    Link,
    MatrixCell,
    MatrixEntry,
    MatrixRow,
    PageFrame,
    RuleLine,
    Tally,
    YearColumn,
)
from runner.site.texts import Texts

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
_TOTALS = ("reports", "agencies", "error", "likely", "pass", "not_assessable", "unreadable")
_ALWAYS_SHOWN = frozenset({"reports", "agencies", "error", "pass"})


def index_page(
    compiled: Sequence[CompiledSpecification], records: Sequence[ReportRecord], rules: Iterable[RuleLine], texts: Texts
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
        frequent=_most_frequent(rules),
        downloads=tuple(Link(texts[key], path) for key, path in _DOWNLOADS),
    )
