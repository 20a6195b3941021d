"""A report with a table of which no number was read is never clean, and says why."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure_checks.grammar.model.report import CellStatus, Report
from disclosure_checks.rules.findings.messages import finding_message
from disclosure_checks.runner.commands.run_checks import main
from disclosure_checks.runner.exports.junit_file import report_suite
from disclosure_checks.runner.exports.records import CheckedReport, Records
from tests.checking import SPECIFICATION, findings_of, read, specification
from tests.generation.documents.xlsx import WorkbookStyle, xls_document, xlsx_document
from tests.generation.truth import random_report
from tests.odd_texts import plain

LINES = plain().split("\n")
TABLES = {"2": "第二十条第（一）项", "3": "(本列数据", "4": "行政复议 |"}
ENDS = {"2": "三、收到", "3": "四、政府", "4": "五、存在"}


def without_table(number: str, instead: str) -> list[str]:
    """The lines of the plain report, one of its tables replaced."""
    first = next(place for place, line in enumerate(LINES) if line.startswith(TABLES[number]))
    last = next(place for place, line in enumerate(LINES) if line.startswith(ENDS[number]))
    return [*LINES[:first], instead, *LINES[last:]]


def page(lines: list[str]) -> str:
    body = "".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'


def checked(report: Report, language: str = "zh") -> CheckedReport:
    records = Records(specification(), finding_message, language)
    return records.checked_report(report, findings_of([report])[report.source], "page.html")


@pytest.mark.parametrize("number", TABLES)
def test_a_table_that_is_an_image_leaves_no_report_clean(number: str) -> None:
    found = checked(read(page(without_table(number, '<img src="table.png">')), "report.html"))
    assert found.record.status == "not_assessable"
    assert "可能是图片" in found.record.reason


UNREAD = {
    '<img src="table.png">': "可能是图片",
    '<object data="table.ole"></object>': "可能是嵌入的对象",
    '<iframe src="table.html"></iframe>': "可能在嵌入的另一份文件里",
    "<table><tr><td>本年新收</td><td><input></td></tr></table>": "可能填在表单里",
}


@pytest.mark.parametrize("number", TABLES)
@pytest.mark.parametrize("shown", UNREAD)
def test_what_stands_in_place_of_a_table_is_told_with_the_report_and_in_the_finding(number: str, shown: str) -> None:
    found = checked(read(page(without_table(number, shown)), "report.html"))
    assert found.record.status == "not_assessable"
    assert UNREAD[shown] in found.record.reason
    (told,) = [one for one in found.findings if one.rule == "tables.missing"]
    assert UNREAD[shown] in told.message
    assert told.status == "not_assessable"


@pytest.mark.parametrize("shown", [shown for shown in UNREAD if "img" not in shown])
def test_an_object_in_another_section_stands_for_no_table(shown: str) -> None:
    lines = without_table("4", "")
    last = next(place for place, line in enumerate(lines) if line.startswith("五、"))
    text = page([*lines[: last + 1], shown, *lines[last + 1 :]]).replace("><", ">\n<")
    found = checked(read(text, "report.html"))
    assert (found.record.status, found.record.reason) == ("findings", "")


@pytest.mark.parametrize("number", TABLES)
def test_a_table_that_stands_elsewhere_leaves_no_report_clean(number: str) -> None:
    found = checked(read("\n".join(without_table(number, "详见附件。"))))
    assert found.record.status == "not_assessable"
    assert "另附" in found.record.reason


def test_a_table_that_is_missing_is_told_by_its_rule() -> None:
    found = checked(read("\n".join(without_table("4", ""))))
    assert (found.record.status, found.record.reason) == ("findings", "")


def test_a_table_that_is_printed_without_a_number_is_told_by_its_rule() -> None:
    lines = [line.replace("| 0", "| /") if line.startswith(("规章", "行政")) else line for line in LINES]
    found = checked(read("\n".join(lines)))
    assert (found.record.status, found.record.reason) == ("findings", "")
    assert "values.blank" in [one.rule for one in found.findings]


STYLES = {
    "ruled": WorkbookStyle(),
    "without rules": WorkbookStyle(ruled=False),
    "with empty rows around": WorkbookStyle(ruled=False, blank_rows=True),
    "a sheet a section": WorkbookStyle(ruled=False, blank_rows=True, sheets=True),
    "an empty first column": WorkbookStyle(ruled=False, left_column=True),
}
OF_EMPTY_TABLES = {"values.blank", "tables.cells_missing"}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize(("printer", "kind"), [(xlsx_document, "xlsx"), (xls_document, "xls")], ids=["xlsx", "xls"])
def test_a_workbook_whose_tables_hold_nothing_is_told_so_and_misses_no_table(
    printer: Callable[..., bytes], kind: str, style: WorkbookStyle
) -> None:
    empty = random_report(3).sheet.with_texts(lambda _, printed: "")
    report = read(printer(empty, style), f"report.{kind}")
    assert {report.cells[name].status for name in specification().cells if name in report.cells} <= {
        CellStatus.BLANK,
        CellStatus.ABSENT,
    }
    found = checked(report)
    told = {one.rule for one in found.findings if one.status == "fail" and one.rule.startswith(("tables.", "values."))}
    assert "values.blank" in told
    assert told <= OF_EMPTY_TABLES
    assert (found.record.status, found.record.reason) == ("findings", "")
    assert "“”" not in "".join(one.message for one in found.findings)


def test_a_table_that_was_not_read_is_told_beside_what_was_found() -> None:
    text = "\n".join(without_table("3", "点击查看。")).replace("（三）政府信息管理情况。规范管理。", "")
    found = checked(read(text), "en")
    assert found.record.status == "findings"
    assert "attachment" in found.record.reason


def test_a_report_that_was_read_has_no_reason() -> None:
    found = checked(read(plain()))
    assert (found.record.status, found.record.reason) == ("pass", "")


def test_continuous_integration_is_told_as_well() -> None:
    suite = report_suite(checked(read("\n".join(without_table("3", "详见附件。"))))).decode()
    assert 'errors="1"' in suite
    assert 'name="readable"' in suite


def test_the_exit_code_the_overview_and_the_exports_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reports, out = tmp_path / "reports", tmp_path / "out"
    reports.mkdir()
    (reports / "a.txt").write_text("\n".join(without_table("3", "详见附件。")), encoding="utf-8")
    assert main([str(SPECIFICATION), str(reports), "--out", str(out), "--jobs", "1"]) == 3
    assert "另附" in capsys.readouterr().out
    assert "另附" in (out / "index.html").read_text(encoding="utf-8")
    (row,) = csv.DictReader(io.StringIO((out / "data" / "reports.csv").read_text(encoding="utf-8-sig")))
    assert row["status"] == "not_assessable"
    assert "另附" in row["reason"]
    assert main([str(SPECIFICATION), str(reports), "--out", str(out), "--jobs", "1"]) == 3  # nothing changed
