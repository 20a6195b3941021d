from __future__ import annotations

import csv
import io
import json
import math
import re
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.grammar.model.report import Cell, CellStatus, Place
from disclosure_checks.rules.corrections.ranking import CellChange, Correction
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.runner.exports.csv_files import CELL_COLUMNS, FINDING_COLUMNS, REPORT_COLUMNS
from disclosure_checks.runner.exports.data_files import write_data_files
from disclosure_checks.runner.exports.fragments import CheckedReports
from disclosure_checks.runner.exports.plain_values import computed_number, plain_number, spreadsheet_text, visible_text
from disclosure_checks.runner.exports.records import MOST_CANDIDATES
from disclosure_checks.runner.texts.site_texts import load_texts
from tests.runner.published_samples import (
    HOSTILE,
    Run,
    balance_failure,
    compiled,
    finding,
    one_row_other,
    report,
    run,
    sample_run,
)

FILES = ("reports.csv", "cells.csv", "findings.csv", "findings.xlsx", "findings.json", "junit.xml")


def write(folder: Path, of: Run, language: str = "zh") -> Path:
    write_data_files(folder, [compiled()], CheckedReports(of.checked, of.unreadable), load_texts(language))
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("data"), sample_run())


# --- numbers and texts


@pytest.mark.parametrize(
    ("value", "text"),
    [(18.0, "18"), (-8.0, "-8"), (52.15, "52.15"), (-0.0, "0"), (0.1, "0.1"), (1e22, "1" + "0" * 22),
     (1e-7, "0.0000001"), (math.nan, ""), (math.inf, ""), (None, "")],
)  # fmt: skip
def test_numbers_are_written_plain(value: float | None, text: str) -> None:
    assert plain_number(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_plain_number_reads_back_as_the_same_number_and_has_no_exponent(value: float) -> None:
    text = plain_number(value)
    assert float(text) == value
    assert re.fullmatch(r"-?\d+(\.\d+)?", text)


def test_the_noise_of_a_calculation_is_not_written() -> None:
    assert computed_number(0.1 + 0.2) == "0.3"


@pytest.mark.parametrize(
    "text", ["-", "--", "—", "+2", "-8", "-1,200", "-0.5%", "减4", "", "无", "－", "- ", "-\u00a0", "- 8", "a=b"]
)
def test_what_reports_really_print_stays_as_printed(text: str) -> None:
    assert spreadsheet_text(text) == text


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "\t=1", "\r=1", "\n=1", "＝1+1", "'=1"],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert spreadsheet_text(text) == f"'{text}"


@given(st.text())
def test_a_neutralised_text_can_be_restored(text: str) -> None:
    written, seen = spreadsheet_text(text), visible_text(text)
    assert written in (seen, f"'{seen}")
    assert not re.match(r"[=@\t\r\n]", written)


# --- the CSV files


@pytest.mark.parametrize(
    ("name", "columns"),
    [("reports.csv", REPORT_COLUMNS), ("cells.csv", CELL_COLUMNS), ("findings.csv", FINDING_COLUMNS)],
)
def test_a_csv_opens_in_excel_and_has_the_columns_of_the_contract(
    data: Path, name: str, columns: tuple[str, ...]
) -> None:
    raw = (data / name).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf" + ",".join(columns).encode() + b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_every_input_has_a_row_and_an_unreadable_one_has_no_page(data: Path) -> None:
    listed = {row["report"]: row for row in rows(data / "reports.csv")}
    assert list(listed) == sorted(listed)
    assert {name: row["status"] for name, row in listed.items()} == {
        "2022/南湖区.txt": "pass",
        "2023/hostile.txt": "findings",
        "2023/images.txt": "not_assessable",
        "2023/南湖区.txt": "findings",
        "scan.pdf": "unreadable",
        "unknown.txt": "findings",
    }
    told = {name for name, value in listed["scan.pdf"].items() if value}
    assert told == {"report", "status", "reason"}
    counts = ("errors", "likely", "advisories", "not_assessable")
    assert [listed["2023/南湖区.txt"][name] for name in counts] == ["1", "0", "0", "1"]


def test_no_two_reports_share_a_page(data: Path) -> None:
    found = [row["page"] for row in rows(data / "reports.csv") if row["page"]]
    assert len(found) == len(set(found)) == 5


def test_cells_keep_the_contract(data: Path) -> None:
    cells = rows(data / "cells.csv")
    keys = [(row["report"], row["year"], row["cell"]) for row in cells]
    assert len(keys) == len(set(keys))
    for row in cells:
        assert re.fullmatch(r"(proactive|requests|review)\.[a-z_]+\.[a-z_]+", row["cell"])
        assert row["status"] in {status.value for status in CellStatus}
        assert bool(row["value"]) == (row["status"] in ("read", "inferred"))
        assert bool(row["where"]) == (row["status"] != "absent")


def test_cells_stand_in_statutory_order(data: Path) -> None:
    written = [row["cell"] for row in rows(data / "cells.csv") if row["report"] == "2023/南湖区.txt"]
    assert written[0] == "proactive.regulations.issued"
    assert written[-1] == "review.litigation_after_reconsideration.total"
    assert len(written) == 200


def test_the_cells_of_a_one_row_group_are_written_only_where_printed(data: Path) -> None:
    cells = rows(data / "cells.csv")
    one_row = [row for row in cells if row["cell"].startswith("requests.other.")]
    assert {(row["report"], row["status"]) for row in one_row} == {("2022/南湖区.txt", "read")}
    leaves = [row for row in cells if row["report"] == "2022/南湖区.txt" and row["cell"].startswith("requests.other_")]
    assert [row["status"] for row in leaves] == ["absent"] * 21


@pytest.mark.parametrize(
    ("text", "value", "written"),
    [("+2", 2.0, ("+2", "2")), ("-8", -8.0, ("-8", "-8")), ("=1+1", 2.0, ("'=1+1", "2"))],
)
def test_the_printed_text_and_the_value_stand_beside_each_other(
    tmp_path: Path, text: str, value: float, written: tuple[str, str]
) -> None:
    cell = Cell("requests.granted.total", text, value, CellStatus.READ, Place(table=2, row=5, column=4))
    folder = write(tmp_path, run([(report(cells=[cell]), [])]))
    row = next(row for row in rows(folder / "cells.csv") if row["cell"] == cell.id)
    assert (row["text"], row["value"], row["where"]) == (*written, "table 2 row 5 column 4")


def test_findings_are_ordered_by_report_severity_and_rule(data: Path) -> None:
    severities = ["error", "likely", "advisory", "info"]
    order = [(row["report"], severities.index(row["severity"]), row["rule"]) for row in rows(data / "findings.csv")]
    assert order == sorted(order)


def test_a_finding_is_written_with_its_numbers_cells_and_suggestion(data: Path) -> None:
    row = next(row for row in rows(data / "findings.csv") if row["suspect"])
    assert [row[name] for name in ("observed", "expected", "difference", "suggestion")] == ["18", "17", "1", "2"]
    assert row["cells"].split(";")[0] == "requests.new_received.total"
    assert (row["suspect"], row["where"]) == ("requests.carried_out.total", "line 76")


CANDIDATES = (
    Correction((CellChange("requests.carried_out.total", 3, 2),)),
    Correction((CellChange("proactive.fees.amount", 1, 0.25), CellChange("requests.granted.total", 5, 6))),
)


def test_corrections_are_written_best_first_with_the_cells_that_change_together(tmp_path: Path) -> None:
    folder = write(tmp_path, run([(report(), [finding(candidates=CANDIDATES)])]))
    [row] = rows(folder / "findings.csv")
    assert list(row)[-1] == "candidates"
    assert row["candidates"] == "requests.carried_out.total=2;proactive.fees.amount=0.25+requests.granted.total=6"
    [one] = json.loads((folder / "findings.json").read_text(encoding="utf-8"))["findings"]
    assert one["candidates"] == row["candidates"].split(";")


def test_no_more_corrections_are_written_than_anyone_reads(tmp_path: Path) -> None:
    many = tuple(Correction((CellChange("requests.granted.total", 0, number),)) for number in range(99))
    folder = write(tmp_path, run([(report(), [finding(candidates=many)])]))
    assert len(rows(folder / "findings.csv")[0]["candidates"].split(";")) == MOST_CANDIDATES


def test_facts_and_cells_of_other_years_are_no_cells_of_the_report(tmp_path: Path) -> None:
    names = ("text.granted", "requests.granted.total", "previous_year.requests.granted.total")
    folder = write(tmp_path, run([(report(), [finding("text.granted", cells=names)])]))
    assert [row["cells"] for row in rows(folder / "findings.csv")] == ["requests.granted.total"]


def test_passes_are_not_written(tmp_path: Path) -> None:
    folder = write(tmp_path, run([(report(), [finding(status=ResultStatus.PASS)])]))
    assert rows(folder / "findings.csv") == []


def test_line_breaks_in_a_text_stay_inside_their_field(tmp_path: Path) -> None:
    cell = Cell("requests.granted.total", 'a\r\nb\rc\nd"e,f', math.nan, CellStatus.UNREADABLE, Place(line=2))
    folder = write(tmp_path, run([(report(cells=[cell]), [])]))
    assert next(row["text"] for row in rows(folder / "cells.csv") if row["cell"] == cell.id) == cell.text


# --- JSON, JUnit, workbook


def test_the_json_names_the_spec_and_holds_plain_numbers(data: Path) -> None:
    content = json.loads((data / "findings.json").read_text(encoding="utf-8"))
    assert [(one["format"], one["fingerprint"]) for one in content["specifications"]] == [
        ("2021_format", compiled().fingerprint)
    ]
    assert len(content["findings"]) == len(rows(data / "findings.csv"))
    one = next(one for one in content["findings"] if one["suspect"])
    assert (one["observed"], type(one["observed"]), one["year"], one["hint"]) == (18, int, 2023, "digits_swapped")
    unknown = next(one for one in content["findings"] if one["report"] == "unknown.txt")
    assert (unknown["year"], unknown["observed"], unknown["suspect"]) == (None, 0.3, None)


def test_a_run_without_findings_is_valid_json(tmp_path: Path) -> None:
    folder = write(tmp_path, run([(report(), [])]))
    assert json.loads((folder / "findings.json").read_text(encoding="utf-8"))["findings"] == []


def test_junit_has_a_suite_a_report_and_a_case_a_rule(data: Path) -> None:
    suites = {suite.get("name"): suite for suite in ElementTree.parse(data / "junit.xml").getroot()}
    assert list(suites) == [
        "2022/南湖区.txt", "2023/hostile.txt", "2023/images.txt", "2023/南湖区.txt", "unknown.txt", "scan.pdf",
    ]  # fmt: skip
    failing = suites["2023/南湖区.txt"]
    assert [failing.get(name) for name in ("tests", "failures", "skipped", "errors")] == ["5", "1", "1", "0"]
    outcome = {case.get("name"): [child.tag for child in case] for case in failing}
    assert outcome["requests.balance"] == ["failure"]
    assert outcome["years.carried"] == ["skipped"]
    assert outcome["text.granted"] == []
    advisory = {case.get("name"): [child.tag for child in case] for case in suites["unknown.txt"]}
    assert advisory["requests.share_carried_out"] == ["system-out"]
    assert [child.tag for case in suites["scan.pdf"] for child in case] == ["error"]


def test_hostile_text_is_data_in_every_file(data: Path) -> None:
    visible = visible_text(HOSTILE)
    assert visible == '<script>alert("x")</script>]]>\'&'
    message = f"text.granted: None / None ({visible})"
    failures = ElementTree.parse(data / "junit.xml").getroot().iter("failure")
    assert message in {failure.get("message") for failure in failures}
    assert message in {one["message"] for one in json.loads((data / "findings.json").read_bytes())["findings"]}
    assert message in {row["message"] for row in rows(data / "findings.csv")}
    sheet = openpyxl.load_workbook(data / "findings.xlsx")["核查结果"]
    assert message in {cell.value for row in sheet for cell in row}


@pytest.mark.parametrize(
    ("language", "heading", "names"),
    [
        ("zh", "级别", ["核查结果", "整改台账", "报告", "规则"]),
        ("en", "Severity", ["findings", "to do", "reports", "rules"]),
    ],
)
def test_the_workbook_has_its_sheets_ready_to_work_with_in_the_language_of_the_run(
    tmp_path: Path, language: str, heading: str, names: list[str]
) -> None:
    workbook = openpyxl.load_workbook(write(tmp_path, sample_run(language), language) / "findings.xlsx")
    assert workbook.sheetnames == names
    sheet = workbook[names[0]]
    assert (sheet["A1"].value, sheet.freeze_panes, sheet.auto_filter.ref) == (heading, "A2", "A1:P7")
    observed = [row[5].value for row in sheet.iter_rows(min_row=2)]
    assert 18 in observed
    failing = {row[0].value: row[4].value for row in workbook[names[3]].iter_rows(min_row=2)}
    assert (failing["requests.balance"], failing["years.carried"]) == (1, 0)


def test_no_text_becomes_a_formula_or_a_link_in_the_workbook(tmp_path: Path) -> None:
    of = report("=1+1.txt", agency='=HYPERLINK("http://example.org")')
    folder = write(tmp_path, run([(of, [finding("text.granted", of)])]))
    for sheet in openpyxl.load_workbook(folder / "findings.xlsx"):
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "inlineStr"}
        links = [cell.hyperlink.target for row in sheet for cell in row if cell.hyperlink]
        assert {link for link in links if "example.org" in link and not link.startswith("..\\2023\\")} == set()


def test_the_sheet_to_be_worked_down_has_a_row_a_point_a_choice_of_states_and_links(tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(write(tmp_path, sample_run()) / "findings.xlsx")
    sheet = workbook["整改台账"]
    heading, *points = sheet.iter_rows()
    column = {cell.value: cell.column - 1 for cell in heading}
    told = {row[column["机关"]].value: row for row in points}
    point = told["南湖区人民政府办公室"]
    assert [point[column[name]].value for name in ("状态", "级别", "年度", "原文", "应为")] == [
        "待处理", "错误", 2023, "1", "2",
    ]  # fmt: skip
    assert point[column["页面"]].hyperlink.target == "..\\2023\\南湖区人民政府办公室.html"
    assert point[column["页面"]].hyperlink.location == "finding-1"
    states = next(one for one in sheet.data_validations.dataValidation if one.type == "list")
    assert "待处理" in states.formula1
    assert str(states.sqref) == f"A2:A{len(points) + 1}"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:O{len(points) + 1}")


def test_beyond_the_links_a_sheet_may_have_the_path_of_the_page_stands_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("disclosure_checks.runner.exports.workbook.MOST_LINKS", 1)
    reports = [(report(f"{name}.txt", agency=f"{name}局"), [balance_failure(report(f"{name}.txt"))]) for name in "ab"]
    workbook = openpyxl.load_workbook(write(tmp_path, run(reports)) / "findings.xlsx")
    pages = [row[10] for row in workbook["整改台账"].iter_rows(min_row=2)]
    told = [(cell.value, bool(cell.hyperlink)) for cell in pages]
    assert told == [("打开网页", True), ("2023/b局.html#finding-1", False)]


# --- all of them


@pytest.mark.parametrize("name", FILES)
def test_the_same_run_gives_the_same_bytes(data: Path, tmp_path: Path, name: str) -> None:
    assert (write(tmp_path, sample_run()) / name).read_bytes() == (data / name).read_bytes()


def test_reports_stand_in_one_order_however_they_are_given(tmp_path: Path) -> None:
    of = sample_run()
    write_data_files(tmp_path / "given", [compiled()], CheckedReports(of.checked, of.unreadable), load_texts("zh"))
    turned = CheckedReports(of.checked[::-1], of.unreadable[::-1])
    write_data_files(tmp_path / "turned", [compiled()], turned, load_texts("zh"))
    for name in FILES:
        assert (tmp_path / "given" / name).read_bytes() == (tmp_path / "turned" / name).read_bytes(), name


def test_a_failing_rule_of_a_one_row_group_keeps_its_cells(tmp_path: Path) -> None:
    of = report(cells=one_row_other())
    folder = write(tmp_path, run([(of, [finding("text.granted", of, cells=("requests.other.total",))])]))
    assert [row["cells"] for row in rows(folder / "findings.csv")] == ["requests.other.total"]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("zh", "政府信息公开工作年度报告（2021年格式）"),
        ("en", "Annual report on government information disclosure (2021 format)"),
    ],
)
def test_the_title_of_the_rules_is_told_in_the_language_of_the_run(tmp_path: Path, language: str, title: str) -> None:
    told = json.loads((write(tmp_path, sample_run(language), language) / "findings.json").read_bytes())
    assert [one["title"] for one in told["specifications"]] == [title]


def test_a_diagnosis_is_told_in_the_language_of_the_run() -> None:
    reports = [(report(), [balance_failure()])]
    assert "第四项" in run(reports, "zh").checked[0].findings[0].diagnosis
    assert "item 4" in run(reports, "en").checked[0].findings[0].diagnosis
