"""Tables that are printed oddly, from their bytes to their cells: read right, or not read; never read wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from disclosure_checks.grammar.model.report import Report
from tests.checking import failed, findings_of, read, reader
from tests.generation.damages import columns_reordered, header_of_the_other_format, on_one_line
from tests.generation.layouts.printing import print_layout
from tests.generation.sheets import GeneratedReport, PrintedTable
from tests.generation.truth import random_report

REPORTS = [random_report(f"odd tables {number}", year=2023, profile="quiet") for number in range(3)]
EACH_REPORT = pytest.mark.parametrize("report", REPORTS, ids=["first", "second", "third"])


def not_right(text: str, generated: GeneratedReport) -> dict[str, float]:
    """The cells that were not read as what is printed."""
    cells = read(text).cells
    return {cell: cells[cell].value for cell, value in generated.cells.items() if cells[cell].value != value}


def grave_rules(text: str) -> set[str]:
    return {one.rule for one in failed(findings_of([read(text)])["report.txt"])}


# ---- separators


@EACH_REPORT
@pytest.mark.parametrize(
    ("layout", "pattern"),
    [
        pytest.param("glued_rows", r"(?<=[^\d\W_])(\d+)$", id="before digits without separators"),
        pytest.param("glued_rows", r"(?<=[^\d\W_])(\d{3,})", id="before runs of digits"),
        pytest.param("spaced_rows", r"(?<=[^\d\W_]) (\d+ )", id="before numbers joined by blanks"),
    ],
)
@pytest.mark.parametrize("colon", ["：", ":", "： "])
def test_a_colon_stands_between_label_and_numbers(report: GeneratedReport, layout: str, pattern: str, colon: str):
    text = print_layout(report, Random(1), layout)
    changed = re.sub(pattern, rf"{colon}\1", text, flags=re.MULTILINE)
    assert changed != text
    assert not_right(changed, report).keys() == not_right(text, report).keys()


def numbered(text: str, is_line: Callable[[str], bool], join: Callable[[int, str], str]) -> str:
    """The lines of every table with the numbers that pandas puts before rows."""
    lines: list[str] = []
    number = 0
    for line in text.split("\n"):
        if is_line(line):
            line, number = join(number, line), number + 1
        else:
            number = 0
        lines.append(line)
    return "\n".join(lines)


@EACH_REPORT
def test_row_numbers_before_a_markdown_table_are_no_values(report: GeneratedReport):
    text = print_layout(report, Random(1), "pipes_markdown_table")
    lines = [line for line in text.split("\n") if not re.fullmatch(r"[|\s:-]+", line)]
    changed = numbered("\n".join(lines), lambda line: line.startswith("|"), lambda number, line: f"| {number} {line}")
    assert not_right(changed, report) == {}


@EACH_REPORT
def test_row_numbers_before_cells_separated_by_tabs_are_no_values(report: GeneratedReport):
    text = print_layout(report, Random(1), "markdown_tsv")
    changed = numbered(text, lambda line: "\t" in line, lambda number, line: f"{number}\t{line}")
    assert not_right(changed, report) == {}


@pytest.mark.parametrize("layout", ["spaced_rows_numbers_first", "page_text", "spaced_rows"])
@EACH_REPORT
def test_values_that_count_on_are_no_row_numbers(report: GeneratedReport, layout: str):
    changed = report.with_sheet(report.sheet.with_texts(lambda cell, text: text))
    assert not_right(print_layout(changed, Random(1), layout), report) == {}


# ---- headers


@EACH_REPORT
@pytest.mark.parametrize(
    "layout", ["page_text", "pipes_padded", "spaced_rows_broken_labels", "glued_tables", "word_text"]
)
def test_columns_in_another_order_are_read_as_their_header_says(report: GeneratedReport, layout: str):
    text, truth = columns_reordered(report, Random(3), layout)
    found = not_right(text, truth)
    assert [cell for cell, value in found.items() if not math.isnan(value)] == []
    # of digits without separators at most one row that no equation tells apart, and then the whole of it
    assert len({cell.rpartition(".")[0] for cell in found}) <= 1
    assert all(cell.startswith("proactive.") for cell in found)


@EACH_REPORT
@pytest.mark.parametrize("layout", ["page_text", "pipes_trailing", "spaced_rows", "spaced_rows_wide", "word_text"])
def test_a_block_below_the_header_of_the_other_format_is_one_finding(report: GeneratedReport, layout: str):
    text, truth = header_of_the_other_format(report, Random(3), layout)
    found = not_right(text, truth)
    assert {cell for cell in found if truth.cells[cell] is not None} == set()
    assert all(math.isnan(value) for value in found.values())
    assert grave_rules(text) == {"title.foreign_tables"}
    foreign = read(text).facts["table.proactive.header_foreign"]
    assert {cell for one in foreign.evidence for cell in one.cells} == {
        f"proactive.{row}.{column}"
        for row in ("regulations", "normative_documents")
        for column in ("issued", "repealed", "in_force")
    }


# ---- everything on one line


@EACH_REPORT
@pytest.mark.parametrize("layout", ["glued_tables", "spaced_rows", "pipes_trailing"])
def test_a_report_on_one_line_has_all_its_sections_and_numbers(report: GeneratedReport, layout: str):
    text, truth = on_one_line(report, Random(5), layout)
    found = read(text)
    assert [cell for cell, value in not_right(text, truth).items() if not math.isnan(value)] == []
    assert len(not_right(text, truth)) <= 10
    assert [section.id for section in found.sections] == [
        "overview", "proactive", "requests", "review", "problems", "other_matters"
    ]  # fmt: skip


# ---- table 4

NAMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
ROWS = ("reconsideration", "direct_litigation", "litigation_after_reconsideration")
COLUMNS = ("upheld", "corrected", "other", "pending", "total")
VALUES = [[3, 1, 0, 2, 6], [0, 4, 1, 0, 5], [7, 0, 0, 1, 8]]
BY_COLUMN = [(name, [values[place] for values in VALUES]) for place, name in enumerate(NAMES)]
FLAT = [str(value) for values in VALUES for value in values]
LITIGATION_FIRST = ["行政诉讼", "行政复议", "未经复议直接起诉", "复议后起诉", *NAMES, *NAMES, *NAMES]


def review(table: str, before: str = "") -> list[float]:
    text = f"云岭区教育局2023年政府信息公开工作年度报告\n\n一、总体情况\n{before}我局认真做好工作。\n\n"
    report = read(f"{text}四、政府信息公开行政复议、行政诉讼情况\n\n{table}\n\n五、存在的主要问题及改进情况\n无。\n")
    return [report.cells[f"review.{row}.{column}"].value for row in ROWS for column in COLUMNS]


@pytest.mark.parametrize(
    "table",
    [
        "\n".join(
            ["| | 行政复议 | 未经复议直接起诉 | 复议后起诉 |"]
            + [f"| {name} | {' | '.join(map(str, values))} |" for name, values in BY_COLUMN]
        ),
        "\n".join(
            ["行政复议 未经复议直接起诉 复议后起诉"]
            + [f"{name} {' '.join(map(str, values))}" for name, values in BY_COLUMN]
        ),
        "\n".join(
            ["\t行政复议\t行政诉讼\t", "\t\t未经复议直接起诉\t复议后起诉"]
            + ["\t".join([name, *map(str, values)]) for name, values in BY_COLUMN]
        ),
    ],
    ids=["Markdown", "joined by blanks", "tabs"],
)
def test_table_4_printed_the_other_way_round_is_read_by_its_labels(table: str):
    assert review(table) == [float(value) for value in FLAT]


@pytest.mark.parametrize("mark", ["\f", "- 4 -\n", "第 3 页\n"], ids=["form feed", "page number", "page in words"])
@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["a cell a line", "blank lines between"])
def test_on_a_page_a_label_that_spans_two_lines_of_the_header_comes_after_its_neighbour(mark: str, between: str):
    assert review(between.join([*LITIGATION_FIRST, *FLAT]), before=mark) == [float(value) for value in FLAT]


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["a cell a line", "blank lines between"])
def test_without_a_page_the_order_of_rows_below_each_other_is_not_guessed(between: str):
    assert all(math.isnan(value) for value in review(between.join([*LITIGATION_FIRST, *FLAT])))


def test_in_a_grid_the_rows_stand_in_the_order_of_their_labels():
    heads = ["行政诉讼", *[""] * 9, "行政复议", *[""] * 4], ["未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 9]
    lines = [*heads, [*NAMES, *NAMES, *NAMES], [*FLAT[5:], *FLAT[:5]]]
    assert review("\n".join(f"| {' | '.join(line)} |" for line in lines)) == [float(value) for value in FLAT]


# ---- labels

REMARKS = {
    "规章": "规章（设区的市、自治州人民政府应提供相关数据）",
    "行政规范性文件": "行政规范性文件（行政机关制定发布的决定、公告、通告、意见、通知）",
    "现行有效件数": "现行有效件数（截至年底）",
    "行政许可": "行政许可（含行政确认）",
    "本年处理决定数量": "本年处理决定数量（指2023年办件量）",
}


@EACH_REPORT
@pytest.mark.parametrize(
    "layout", ["page_text", "pipes_trailing", "spaced_rows", "word_text", "markdown_tsv", "glued_rows", "glued_tables"]
)
def test_a_remark_in_brackets_belongs_to_its_label(report: GeneratedReport, layout: str):
    changed = report.with_sheet(report.sheet.with_labels(lambda label: REMARKS.get(label, label)))
    text = print_layout(changed, Random(1), layout)
    assert not_right(text, report).keys() == not_right(print_layout(report, Random(1), layout), report).keys()
    facts = read(text).facts
    assert facts["table.proactive.header_labels_missing"].value == 0
    assert facts["table.proactive.rows_missing"].value == facts["table.proactive.rows_unknown"].value == 0


@EACH_REPORT
@pytest.mark.parametrize("layout", ["page_text", "pipes_one_cell_a_line", "pipes_padded", "spaced_rows", "word_text"])
def test_leaf_labels_lost_under_their_group_leave_one_finding_a_group_at_most(report: GeneratedReport, layout: str):
    def without_leaves(table: PrintedTable) -> PrintedTable:
        if table.id != "requests":
            return table
        return table.with_rows(lambda row: replace(row, label="") if len(row.groups) > 1 else row)

    text = print_layout(report.with_sheet(report.sheet.with_tables(without_leaves)), Random(1), layout)
    assert [cell for cell, value in not_right(text, report).items() if not math.isnan(value)] == []
    facts = read(text).facts
    assert facts["table.requests.rows_unknown"].value == facts["table.requests.rows_extra"].value == 0
    assert facts["table.requests.rows_missing"].value == 0
    assert facts["table.requests.rows_unclear"].value <= 4


def test_labels_of_groups_that_stand_above_none_of_their_columns_change_no_order() -> None:
    """A header taken from a page without rules: 法人或其他组织 stands in a line above 自然人, which it does not hold."""
    leaves = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    header = [["", "", "", "", "申请人情况", "", "", ""], ["", "", "", "法人或其他组织", "", "", "", ""], ["", *leaves]]
    names = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开")
    rows = [[name, *"0000000"] for name in names]
    cells = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in line)}</tr>" for line in [*header, *rows])
    html = f"<h1>某市某局2021年政府信息公开工作年度报告</h1><h2>三、收到和处理政府信息公开申请情况</h2><table>{cells}</table>"
    found = reader().read(html.encode(), "report.html")
    assert isinstance(found, Report)
    read_rows = ("new_received", "carried_in", "granted")
    own = [cell for name, cell in found.cells.items() if name.split(".")[1] in read_rows]
    assert [cell.value for cell in own] == [0.0] * 21
