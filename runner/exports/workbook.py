"""findings.xlsx: findings, reports and rules as sheets for people who work in a spreadsheet program.

Rows are written as they come (``constant_memory``). Every text is written as a string, so nothing in it can become a
formula or a link; the date of creation is fixed, so the same findings give the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Union

import xlsxwriter

from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledRule, CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.runner.exports.plain_values import computed, visible_text
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
SheetValue = Union[str, int, float, None]


class SheetColumn(NamedTuple):
    """A column of a sheet: the key of its heading in the texts and its width in characters."""

    heading: str
    width: float


_FINDING_COLUMNS = (
    SheetColumn("severity", 9), SheetColumn("status", 12), SheetColumn("agency", 28), SheetColumn("year", 7),
    SheetColumn("message", 70), SheetColumn("observed", 11), SheetColumn("expected", 11),
    SheetColumn("difference", 11), SheetColumn("suspect", 34), SheetColumn("suggestion", 11),
    SheetColumn("where", 24), SheetColumn("rule", 34), SheetColumn("cells", 48), SheetColumn("report", 36),
    SheetColumn("candidates", 60),
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
        sheets = _Sheets(workbook, texts)
        formats = {record.report: record.format for record in reports}
        failing: dict[RuleOfFormat, set[str]] = defaultdict(set)  # filled while the findings pass by
        sheets.write("findings", _FINDING_COLUMNS, _finding_rows(findings, formats, failing, texts))
        sheets.write("reports", _REPORT_COLUMNS, (_report_row(record, texts) for record in reports))
        sheets.write(
            "rules",
            _RULE_COLUMNS,
            (_rule_row(rule, one.specification.format, failing, texts) for one in compiled for rule in one.rules),
        )


class _Sheets:
    """Writes sheets of one workbook; XlsxWriter is untyped, hence the Any."""

    def __init__(self, workbook: Any, texts: Texts) -> None:
        self._workbook = workbook
        self._texts = texts
        self._heading = workbook.add_format(
            {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "valign": "vcenter", "text_wrap": True}
        )
        self._wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        self._severities = {
            texts.severity(severity): workbook.add_format(
                {"bg_color": fill, "font_color": ink, "bold": True, "valign": "top"}
            )
            for severity, (fill, ink) in _SEVERITY_COLOURS.items()
        }

    def write(self, name: str, columns: Sequence[SheetColumn], rows: Iterable[Sequence[SheetValue]]) -> None:
        sheet = self._workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
            sheet.write_string(0, number, self._texts[f"column_{column.heading}"], self._heading)
        last = 0
        for last, row in enumerate(rows, start=1):
            if last == MOST_ROWS - 1:
                sheet.write_string(last, 0, self._texts["sheet_is_full"])
                break
            self._write_row(sheet, last, columns, row)
        sheet.autofilter(0, 0, last, len(columns) - 1)

    def _write_row(self, sheet: Any, number: int, columns: Sequence[SheetColumn], row: Sequence[SheetValue]) -> None:
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            style = self._wrapped
            if column.heading == "severity":
                style = self._severities[str(value)]
            if isinstance(value, str):
                if value:
                    sheet.write_string(number, place, value[:MOST_CHARACTERS], style)
            elif value is not None:
                sheet.write_number(number, place, value, style)


def _finding_rows(
    findings: Iterable[FindingRecord], formats: Mapping[str, str], failing: dict[RuleOfFormat, set[str]], texts: Texts
) -> Iterator[Sequence[SheetValue]]:
    for finding in findings:
        if finding.status == ResultStatus.FAIL.value:
            failing[formats[finding.report], finding.rule].add(finding.report)
        yield _finding_row(finding, texts)


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
        finding.where,
        finding.rule,
        "; ".join(finding.cells),
        visible_text(finding.report),
        finding.candidates.replace(";", "; "),
    )


def _report_row(record: ReportRecord, texts: Texts) -> Sequence[SheetValue]:
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
        record.page,
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
