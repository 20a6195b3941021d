"""Builds the page of an agency from its history.

AgencyHistory --AgencyHistoryPages.build--> AgencyHistoryPage --views--> HTML
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from disclosure_checks.grammar.model.report import CellStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.plain_values import plain_number
from disclosure_checks.runner.exports.records import SEVERITIES_OF_FINDINGS, ReportRecord
from disclosure_checks.runner.site.agency_history.charts import ChartView, Series, chart_view, series_numbers
from disclosure_checks.runner.site.agency_history.history import AgencyHistory, CellNumbers, ReportOfAgency
from disclosure_checks.runner.site.agency_history.number_rows import CellTable, tables_of_formats
from disclosure_checks.runner.site.agency_history.page_models import (
    AgencyHistoryPage,
    NumberLine,
    NumberRow,
    NumberTable,
    YearHead,
    YearState,
    YearValue,
)
from disclosure_checks.runner.site.finding_groups.cells_at_fault import OPERAND
from disclosure_checks.runner.site.labels import (
    href,
    selection_notice,
    severity_tally,
    specification_line,
    year_text,
)
from disclosure_checks.runner.site.page_models import Link, PageFrame
from disclosure_checks.runner.texts.site_texts import Texts

ROOT = "../"
MOST_WRITTEN_LINKS = 49  # of marks: a link is far longer than a number; a script makes those that are not written
_NO_CELL = "none"
_UNPRINTED = frozenset({CellStatus.ABSENT, CellStatus.BLANK})  # what no number is missed of


class AgencyHistoryPages:
    """Builds the pages of agencies. Make one a run and language; formats are given in the order of the run."""

    def __init__(self, compiled: Sequence[CompiledSpecification], texts: Texts) -> None:
        self._texts = texts
        newest_first = sorted(compiled, key=lambda one: -one.specification.years.first)
        self._compiled = {one.fingerprint: one for one in newest_first}
        self._tables: dict[tuple[str, ...], tuple[CellTable, ...]] = {}
        self._letters = {one.value: texts[f"letter_{one.value}"] for one in SEVERITIES_OF_FINDINGS}
        unread = [status for status in CellStatus if status is not CellStatus.READ]
        self._letters[OPERAND] = ""  # it is not said to be wrong
        self._words: dict[CellStatus, str] = {status: texts[f"cell_{status.value}"] for status in unread}
        self._plain: dict[float, YearValue] = {}  # numbers that nothing is said of: most are the same few
        self._severities = tuple(severity_tally(one.value, 0, texts) for one in SEVERITIES_OF_FINDINGS)

    def build(self, history: AgencyHistory) -> AgencyHistoryPage:
        """The page of one agency."""
        texts = self._texts
        known = [one for one in history.reports if one.cells is not None]
        used = {one.cells.fingerprint for one in known if one.cells is not None}
        formats = [one for fingerprint, one in self._compiled.items() if fingerprint in used]
        written = self._marks_with_written_links(known)
        return AgencyHistoryPage(
            frame=PageFrame(
                title=history.name,
                root=ROOT,
                breadcrumbs=(
                    Link(texts["overview"], href(ROOT, "index.html")),
                    Link(history.name),
                ),
                specifications=tuple(specification_line(one, texts) for one in formats),
                product=texts.product(one.specification for one in (formats or self._compiled.values())),
                notice=selection_notice(formats, texts),
            ),
            path=history.path,
            agency=history.name,
            states=tuple(self._states(history)),
            severities=self._severities,
            charts=tuple(self._charts(known, formats)),
            heads=tuple(self._heads(known)),
            links_are_made=written < self._letters.keys(),
            tables=tuple(self._number_tables(known, formats, written)),
        )

    def _states(self, history: AgencyHistory) -> Iterator[YearState]:
        """The years in their order, with those of which a report is missing."""
        texts = self._texts
        missing = [(year, None) for year in history.missing]
        reports = [(one.record.year, one.record) for one in history.reports]
        for year, record in sorted(
            [*missing, *reports], key=lambda one: (one[0] is None, one[0] or 0, one[1].report if one[1] else "")
        ):
            if record is None:
                yield YearState(Link(year_text(year, texts)), "missing", texts["filter_missing"], (), "")
                continue
            tallies = tuple(
                severity_tally(severity.value, record.failing(severity), texts) for severity in SEVERITIES_OF_FINDINGS
            )
            state = texts[f"status_{record.status}"]
            not_assessable = str(record.not_assessable)
            yield YearState(_year_link(record, texts), record.gravest, state, tallies, not_assessable)

    def _heads(self, known: Sequence[ReportOfAgency]) -> Iterator[YearHead]:
        times = Counter(one.record.year for one in known)
        for one in known:
            yield YearHead(_year_link(one.record, self._texts), one.record.report if times[one.record.year] > 1 else "")

    def _charts(self, known: Sequence[ReportOfAgency], formats: Sequence[CompiledSpecification]) -> Iterator[ChartView]:
        """The charts of all formats over the years that there is one report of."""
        times = Counter(one.record.year for one in known)
        alone = [one for one in known if one.record.year is not None and times[one.record.year] == 1]
        years = [str(one.record.year) for one in alone]
        if len(years) < 2:
            return
        titles: dict[str, str] = {}
        captions: dict[str, dict[str, str]] = {}
        cells: dict[tuple[str, str, str], Sequence[str]] = {}
        for compiled in formats:
            for chart in compiled.specification.charts:
                titles.setdefault(chart.id, self._texts.of(chart.title))
                for one in chart.series:
                    captions.setdefault(chart.id, {}).setdefault(one.id, self._texts.of(one.label))
                    cells[compiled.fingerprint, chart.id, one.id] = one.cells
        for chart_id, series in captions.items():
            shown = [
                Series(caption, tuple(_number(one.cells, chart_id, name, cells) for one in alone))
                for name, caption in series.items()
            ]
            view = chart_view(titles[chart_id], years, shown)
            if view is not None:
                yield view

    def _marks_with_written_links(self, known: Sequence[ReportOfAgency]) -> Set[str]:
        """The marks whose links stand in the page: all where they are few, else of what is wrong, where that is little."""
        marks = Counter(mark for one in known for mark in one.marks.values() if mark in self._letters)
        if marks.total() <= MOST_WRITTEN_LINKS:
            return self._letters.keys()
        is_little = marks.total() - marks[OPERAND] <= MOST_WRITTEN_LINKS
        return self._letters.keys() - {OPERAND} if is_little else frozenset()

    def _number_tables(
        self, known: Sequence[ReportOfAgency], formats: Sequence[CompiledSpecification], written: Set[str]
    ) -> Iterator[NumberTable]:
        key = tuple(one.fingerprint for one in formats)
        if key not in self._tables:
            self._tables[key] = tables_of_formats(formats)
        shown = {cell for one in known for cell in _worth_showing(one)}
        for table in self._tables[key]:
            rows = tuple(self._rows(table, shown, known, written))
            left_out = sum(len(row.lines) for row in table.rows) - sum(len(row.lines) for row in rows)
            rest = self._texts.say("history_rest", count=left_out) if left_out else ""
            yield NumberTable(table.id, self._texts.of(table.title), rows, rest)

    def _rows(
        self, table: CellTable, shown: set[str], known: Sequence[ReportOfAgency], written: Set[str]
    ) -> Iterator[NumberRow]:
        for row in table.rows:
            cells = [line for line in row.lines if line.cell in shown]
            if cells:
                lines = tuple(
                    NumberLine(line.column, tuple([self._value(line.cell, one, written) for one in known]))
                    for line in cells
                )
                yield NumberRow(f"{table.id}.{row.id}", " ".join([line.id for line in cells]), row.label, lines)

    def _value(self, cell: str, report: ReportOfAgency, written: Set[str]) -> YearValue:
        values = {} if report.cells is None else report.cells.values
        number, mark = values.get(cell), report.marks.get(cell, "")
        plain = self._unread_value(cell, report) if number is None else self._number_value(number)
        if mark not in self._letters or plain.kind == _NO_CELL:
            return plain
        # a cell without a number may have no place on its page: then the way is that to the page
        address = href(ROOT, report.record.page, "" if number is None else cell)
        kind = mark if number is not None else f"{plain.kind} {mark}"
        return YearValue(plain.text, kind, address if mark in written else "", self._letters[mark])

    def _number_value(self, number: float) -> YearValue:
        plain = self._plain.get(number)
        if plain is None:
            plain = self._plain[number] = YearValue(plain_number(number), "" if number else "zero")
        return plain

    def _unread_value(self, cell: str, report: ReportOfAgency) -> YearValue:
        status = None if report.cells is None else report.cells.unread.get(cell)
        if status is None:
            return YearValue("", _NO_CELL)  # the format of that year has no such cell
        return YearValue(self._words[status], status.value)


def _number(
    numbers: CellNumbers | None, chart: str, series: str, cells: Mapping[tuple[str, str, str], Sequence[str]]
) -> float | None:
    """The number of a series in one report; None where its format has no such series."""
    own = None if numbers is None else cells.get((numbers.fingerprint, chart, series))
    return None if numbers is None or own is None else series_numbers(own, numbers.values)


def _worth_showing(report: ReportOfAgency) -> Iterator[str]:
    """The cells of a report that hold anything but 0, or about which something is wrong."""
    if report.cells is not None:
        yield from (cell for cell, value in report.cells.values.items() if value)
        yield from (cell for cell, status in report.cells.unread.items() if status not in _UNPRINTED)
        yield from report.marks


def _year_link(record: ReportRecord, texts: Texts) -> Link:
    return Link(year_text(record.year, texts), href(ROOT, record.page))
