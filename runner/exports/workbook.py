"""findings.xlsx: findings, reports and rules as sheets for people who work in a spreadsheet program.

Rows are written as they come (``constant_memory``), those of findings and of the sheet to be worked down side by side.
Every text is written as a string, so nothing in it can become a formula or a link; links lead to our own pages only. The
date of creation is fixed, so the same findings give the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, Union

import xlsxwriter

from disclosure_checks.rules.findings.messages import parse_place, place_words
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledRule, CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.runner.exports.plain_values import computed, visible_text
from disclosure_checks.runner.exports.points.work_sheet import (
    STATES,
    PageLink,
    SheetValue,
    WorkRows,
    page_link,
    states,
)
from disclosure_checks.runner.exports.records import SEVERITIES_OF_FINDINGS, FindingRecord, ReportRecord
from disclosure_checks.runner.texts.site_texts import Texts

MOST_ROWS = 1_048_576  # of a sheet, header included
MOST_CHARACTERS = 32_767  # of a cell
CREATED = datetime(2000, 1, 1)

# fill and text colours of at least 4.5:1 contrast; the name of the severity always stands in the cell as well
_SEVERITY_COLOURS = {
    Severity.ERROR.value: ("#F9DEDC", "#8C1D18"),
    Severity.LIKELY.value: ("#FBE7C6", "#6B4200"),
    Severity.ADVISORY.value: ("#DCE8F8", "#1F4B85"),
    Severity.INFO.value: ("#ECEDEF", "#44474E"),
}

RuleOfFormat = tuple[str, str]
SheetRow = Sequence[Union[SheetValue, PageLink]]
MOST_LINKS = 65_530  # of a sheet, as Excel counts


class SheetColumn(NamedTuple):
    """A column of a sheet: the key of its heading in the texts and its width in characters."""

    heading: str
    width: float


_FINDING_COLUMNS = (
    SheetColumn("severity", 9), SheetColumn("status", 12), SheetColumn("agency", 28), SheetColumn("year", 7),
    SheetColumn("message", 70), SheetColumn("observed", 11), SheetColumn("expected", 11),
    SheetColumn("difference", 11), SheetColumn("suspect", 34), SheetColumn("suggestion", 11),
    SheetColumn("where", 24), SheetColumn("rule", 34), SheetColumn("cells", 48), SheetColumn("report", 36),
    SheetColumn("candidates", 60), SheetColumn("page", 10),
)  # fmt: skip
_WORK_COLUMNS = (
    SheetColumn("state", 12), SheetColumn("severity", 9), SheetColumn("agency", 28), SheetColumn("year", 7),
    SheetColumn("point", 34), SheetColumn("where", 16), SheetColumn("printed", 24), SheetColumn("wanted", 24),
    SheetColumn("why", 70), SheetColumn("basis", 28), SheetColumn("page", 10), SheetColumn("owner", 12),
    SheetColumn("done", 12), SheetColumn("remark", 30), SheetColumn("report", 36),
)  # fmt: skip
_REPORT_COLUMNS = (
    SheetColumn("report", 40), SheetColumn("agency", 32), SheetColumn("year", 7), SheetColumn("status", 12),
    SheetColumn("errors", 8), SheetColumn("likely", 8), SheetColumn("advisories", 8),
    SheetColumn("not_assessable", 12), SheetColumn("format", 14), SheetColumn("layout", 14),
    SheetColumn("page", 40), SheetColumn("reason", 50),
)  # fmt: skip
_RULE_COLUMNS = (
    SheetColumn("rule", 38), SheetColumn("severity", 9), SheetColumn("rule_title", 60), SheetColumn("formula", 60),
    SheetColumn("failing_reports", 12), SheetColumn("basis", 32), SheetColumn("format", 14),
)  # fmt: skip


def write_findings_xlsx(
    path: Path,
    compiled: Sequence[CompiledSpecification],
    reports: Sequence[ReportRecord],
    findings: Iterable[FindingRecord],
    texts: Texts,
) -> None:
    """Write the workbook. Findings beyond what a sheet holds are left to findings.csv, which the last row then says."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        workbook.set_properties({"created": CREATED, "title": texts.product(one.specification for one in compiled)})
        styles = _Styles(workbook, texts)
        failing: dict[RuleOfFormat, set[str]] = defaultdict(set)  # filled while the findings pass by
        _write_findings(workbook, styles, WorkRows(compiled, texts), reports, findings, failing)
        with _Sheet.added(workbook, texts["sheet_reports"], _REPORT_COLUMNS, styles) as sheet:
            sheet.add_all(_report_row(record, texts) for record in reports)
        with _Sheet.added(workbook, texts["sheet_rules"], _RULE_COLUMNS, styles) as sheet:
            sheet.add_all(
                _rule_row(rule, one.specification.format, failing, texts) for one in compiled for rule in one.rules
            )


class _Styles:
    """The looks of cells. XlsxWriter is untyped, hence the Any."""

    def __init__(self, workbook: Any, texts: Texts) -> None:
        self.texts = texts
        self.heading = workbook.add_format(
            {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "valign": "vcenter", "text_wrap": True}
        )
        self.wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self.link = workbook.add_format({"font_color": "#1D4F8C", "underline": 1, "valign": "top"})
        self.settled = workbook.add_format({"font_color": "#767676"})
        self.severities = {
            texts.severity(severity): workbook.add_format(
                {"bg_color": fill, "font_color": ink, "bold": True, "valign": "top"}
            )
            for severity, (fill, ink) in _SEVERITY_COLOURS.items()
        }


class _Sheet:
    """A sheet that is written row by row."""

    def __init__(self, sheet: Any, columns: Sequence[SheetColumn], styles: _Styles) -> None:
        self.sheet = sheet
        self.last = 0
        self._columns = columns
        self._styles = styles
        self._links = 0
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
            sheet.write_string(0, number, styles.texts[f"column_{column.heading}"], styles.heading)

    @classmethod
    @contextmanager
    def added(cls, workbook: Any, name: str, columns: Sequence[SheetColumn], styles: _Styles) -> Iterator[_Sheet]:
        """A new sheet of a workbook; its filter is set when all rows are there."""
        sheet = cls(workbook.add_worksheet(name), columns, styles)
        yield sheet
        sheet.sheet.autofilter(0, 0, sheet.last, len(columns) - 1)

    def add_all(self, rows: Iterable[SheetRow]) -> None:
        """Write rows, as many as there is room for."""
        for row in rows:
            self.add(row)

    def add(self, row: SheetRow) -> None:
        """Write a row. The last that there is room for says where the others are."""
        if self.last >= MOST_ROWS - 1:
            return
        self.last += 1
        if self.last == MOST_ROWS - 1:
            self.sheet.write_string(self.last, 0, self._styles.texts["sheet_is_full"])
            return
        for place, (column, value) in enumerate(zip(self._columns, row, strict=True)):
            style = self._styles.wrapped
            if column.heading == "severity":
                style = self._styles.severities[str(value)]
            if isinstance(value, str):
                if value:
                    self.sheet.write_string(self.last, place, value[:MOST_CHARACTERS], style)
            elif isinstance(value, PageLink):
                self._add_link(place, value)
            elif value is not None:
                self.sheet.write_number(self.last, place, value, style)

    def _add_link(self, place: int, link: PageLink) -> None:
        """A link, or where Excel allows no more of them on a sheet, the path of the page."""
        self._links += 1
        if self._links <= MOST_LINKS:
            self.sheet.write_url(self.last, place, link.address, self._styles.link, link.words)
        else:
            self.sheet.write_string(self.last, place, link.address.removeprefix("external:../"), self._styles.wrapped)


def _write_findings(
    workbook: Any,
    styles: _Styles,
    work_rows: WorkRows,
    reports: Sequence[ReportRecord],
    findings: Iterable[FindingRecord],
    failing: dict[RuleOfFormat, set[str]],
) -> None:
    """The findings, and the points that they come to on a sheet of their own, in one go."""
    records = {record.report: record for record in reports}
    texts = styles.texts
    with (
        _Sheet.added(workbook, texts["sheet_findings"], _FINDING_COLUMNS, styles) as found,
        _Sheet.added(workbook, texts["sheet_work"], _WORK_COLUMNS, styles) as work,
    ):
        for report, of_report in groupby(findings, key=lambda finding: finding.report):
            record, own = records[report], list(of_report)
            for number, finding in enumerate(own, start=1):
                if finding.status == ResultStatus.FAIL.value:
                    failing[record.format, finding.rule].add(report)
                found.add((*_finding_row(finding, texts), page_link(record.page, number, texts)))
            work.add_all(work_rows.of(record, own))
        _set_up_work(work, styles)


def _set_up_work(work: _Sheet, styles: _Styles) -> None:
    """What may be filled in: a state out of a list, and a day; what is settled turns grey."""
    words = states(styles.texts)
    last = max(work.last, 1)
    headings = [column.heading for column in _WORK_COLUMNS]
    state, done = headings.index("state"), headings.index("done")
    work.sheet.data_validation(1, state, last, state, {"validate": "list", "source": list(words.values())})
    day = {"validate": "date", "criteria": ">=", "value": CREATED, "error_message": styles.texts["work_day"]}
    work.sheet.data_validation(1, done, last, done, day)
    work.sheet.set_column(done, done, _WORK_COLUMNS[done].width, styles.day)
    for settled in STATES[2:]:
        rule = {"type": "formula", "criteria": f'=$A2="{words[settled]}"', "format": styles.settled}
        work.sheet.conditional_format(1, 0, last, len(_WORK_COLUMNS) - 1, rule)


def _finding_row(finding: FindingRecord, texts: Texts) -> Sequence[SheetValue]:
    return (
        texts.severity(finding.severity),
        texts[f"result_{finding.status}"],
        finding.agency,
        finding.year,
        finding.message,
        computed(finding.observed),
        computed(finding.expected),
        computed(finding.difference),
        finding.suspect,
        computed(finding.suggestion),
        place_words(parse_place(finding.where), texts.language) or finding.where,
        finding.rule,
        "; ".join(finding.cells),
        visible_text(finding.report),
        finding.candidates.replace(";", "; "),
    )


def _report_row(record: ReportRecord, texts: Texts) -> SheetRow:
    counts: tuple[SheetValue, ...] = (None, None, None, None)
    if record.failures:
        counts = (*(record.failing(severity) for severity in SEVERITIES_OF_FINDINGS), record.not_assessable)
    return (
        visible_text(record.report),
        record.agency,
        record.year,
        texts[f"status_{record.status}"],
        *counts,
        record.format,
        record.layout,
        PageLink(f"external:../{record.page}", record.page) if record.page else "",
        record.reason,
    )


def _rule_row(
    compiled_rule: CompiledRule, format_id: str, failing: Mapping[RuleOfFormat, set[str]], texts: Texts
) -> Sequence[SheetValue]:
    rule = compiled_rule.rule
    return (
        rule.id,
        texts.severity(rule.severity.value),
        texts.of(rule.title),
        rule.check,
        len(failing.get((format_id, rule.id), ())),
        rule.basis,
        format_id,
    )
