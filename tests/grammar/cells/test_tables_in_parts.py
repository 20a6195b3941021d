"""Tables printed in parts or with blanks for zeros, in a grid: every cell stands where its column is."""

from __future__ import annotations

import math

import pytest

from disclosure_checks.grammar.model.report import CellStatus
from tests.checking import read

COLUMNS = ("upheld", "corrected", "other", "pending", "total")
ROWS = ("reconsideration", "direct_litigation", "litigation_after_reconsideration")
HEAD = "云岭区教育局2023年政府信息公开工作年度报告\n\n一、总体情况\n我局认真做好政府信息公开工作。\n\n"
OUTCOMES = "| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |"
VALUES = [[3, 1, 0, 2, 6], [0, 4, 1, 0, 5], [7, 0, 0, 1, 8]]


def line(values: list[int]) -> str:
    return "| " + " | ".join(str(value) for value in values) + " |"


def review(table: str) -> dict[str, float]:
    report = read(f"{HEAD}四、政府信息公开行政复议、行政诉讼情况\n\n{table}\n\n五、存在的主要问题及改进情况\n无。\n")
    return {cell: report.cells[cell].value for row in ROWS for cell in (f"review.{row}.{one}" for one in COLUMNS)}


WANTED = {
    f"review.{row}.{column}": float(value)
    for row, values in zip(ROWS, VALUES, strict=True)
    for column, value in zip(COLUMNS, values, strict=True)
}


def test_a_table_in_two_parts_each_below_its_own_header() -> None:
    litigation = [
        "| 行政诉讼 | | | | | | | | | |",
        "| 未经复议直接起诉 | | | | | 复议后起诉 | | | | |",
        OUTCOMES + OUTCOMES[1:],
        line(VALUES[1] + VALUES[2]),
    ]
    table = "\n".join(["| 行政复议 | | | | |", OUTCOMES, line(VALUES[0]), "", *litigation])
    assert review(table) == WANTED


def test_a_table_in_three_parts_each_below_its_own_header() -> None:
    names = ("行政复议", "未经复议直接起诉", "复议后起诉")
    parts = [f"| {name} | | | | |\n{OUTCOMES}\n{line(own)}" for name, own in zip(names, VALUES, strict=True)]
    assert review("\n\n".join(parts)) == WANTED


def test_lines_between_labels_of_columns_are_not_guessed() -> None:
    names = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    rows = [f"| {name} | {' | '.join(str(own[place]) for own in VALUES)} |" for place, name in enumerate(names)]
    table = "\n".join(["| | 行政复议 | 未经复议直接起诉 | 复议后起诉 |", *rows])
    found = review(table)
    assert found == WANTED or all(math.isnan(value) for value in found.values())


REQUESTS = """三、收到和处理政府信息公开申请情况

| （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | | | 申请人情况 | | | | | | |
| | | | 自然人 | 法人或其他组织 | | | | | 总计 |
| | | | | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |
| 一、本年新收政府信息公开申请数量 | | | 8 | 1 | 2 | 3 | 4 | 5 | 23 |
| 二、上年结转政府信息公开申请数量 | | | 1 | 1 | 1 | 1 | 1 | 1 | 6 |
| 三、本年度办理结果 | （一）予以公开 | | 1 | 1 | 1 | 1 | 1 | 1 | 6 |
| | （三）不予公开 | 1.属于国家秘密 | {row} |
| | | 2.其他法律行政法规禁止公开 | 8 | | | | 1 | | 9 |
| 四、结转下年度继续办理 | | | 1 | 1 | 1 | 1 | 1 | 1 | 6 |
"""


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (" | 2 | | 3 | | | 5", [None, 2, None, 3, None, None, 5]),
        ("4 | | | | | | ", [4, None, None, None, None, None, None]),
        (" | | | | | | 7", [None, None, None, None, None, None, 7]),
    ],
    ids=["the first is blank", "only the first is printed", "only the total is printed"],
)
def test_blanks_in_rows_none_of_which_is_full(row: str, wanted: list[int | None]) -> None:
    report = read(HEAD + REQUESTS.format(row=row))
    cells = [one for name, one in report.cells.items() if name.startswith("requests.refused_state_secret.")]
    assert [None if cell.status is CellStatus.BLANK else cell.value for cell in cells] == wanted


def test_a_header_on_a_finer_grid_than_the_page_needs_is_not_shifted() -> None:
    head = "".join(f'<td colspan="2">{word}</td>' for word in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    body = "".join(f'<td colspan="2">{value}</td>' for own in VALUES for value in own)
    titles = '<td colspan="10">行政复议</td><td colspan="20">行政诉讼</td>'
    below = '<td colspan="10">未经复议直接起诉</td><td colspan="10">复议后起诉</td>'
    table = f"<table><tr>{titles}</tr><tr>{head}{below}</tr><tr>{head * 2}</tr><tr>{body}</tr></table>"
    page = f"<html><body><p>{'</p><p>'.join(HEAD.split(chr(10)))}</p>"
    report = read(f"{page}<p>四、政府信息公开行政复议、行政诉讼情况</p>{table}</body></html>", "report.html")
    assert report.facts["table.review.header_shifted"].value == 0


def test_several_rows_on_one_line_are_read_one_by_one() -> None:
    table = "规章 0 1 2 行政规范性文件 22 3 212 信息内容 本年处理决定数量 行政许可 35 行政处罚 68 行政强制 6"
    report = read(f"{HEAD}二、主动公开政府信息情况\n信息内容 本年制发件数 本年废止件数 现行有效件数 {table}\n")
    cells = (
        "regulations.repealed",
        "normative_documents.in_force",
        "licences.decisions",
        "coercive_measures.decisions",
    )
    assert [report.cells[f"proactive.{cell}"].value for cell in cells] == [1, 212, 35, 6]


@pytest.mark.parametrize(
    ("row", "read_as"),
    [
        ("| 一、本年新收政府信息公开申请数量 | 一、本年新收政府信息公开申请数量 | 8 | 1 | 2 | 3 | 4 | 5 | 23 |", 8),
        ("| 一、本年新收政府信息公开申请数量 | 件 | 8 | 1 | 2 | 3 | 4 | 5 | 23 |", 8),
        ("| 一、本年新收政府信息公开申请数量 | 8 | 1 | 2 | 3 | 4 | 5 | 23 | 件 |", 8),
        ("| 一、本年新收政府信息公开申请数量 | 8（件） | 1 | 2 | 3 | 4 | 5 | 23 |", 8),
        ("| 一、本年新收政府信息公开申请数量 | 8① | 1 | 2 | 3 | 4 | 5 | 23 |", 8),
        ("| 一、本年新收政府信息公开申请数量 | 8（注1） | 1 | 2 | 3 | 4 | 5 | 23 |", 8),
        ("| 一、本年新收政府信息公开申请数量 | &nbsp;8 | 1 | 2 | 3 | 4 | 5 | 23 |", 8),
    ],
    ids=[
        "a merged label filled again",
        "a column of units before the values",
        "a column of units behind them",
        "a unit in brackets",
        "the mark of a note",
        "a note in brackets",
        "a blank of a page",
    ],
)
def test_rows_with_something_beside_their_values(row: str, read_as: float) -> None:
    header = "| 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |"
    report = read(f"{HEAD}三、收到和处理政府信息公开申请情况\n\n{header}\n{row}\n")
    values = [report.cells[f"requests.new_received.{one}"].value for one in ("natural_person", "other_org", "total")]
    assert values == [read_as, 5, 23]


def test_a_merged_value_taken_apart_and_filled_is_one_value() -> None:
    report = read(
        f"{HEAD}二、主动公开政府信息情况\n\n| 信息内容 | 本年处理决定数量 | | |\n| 行政许可 | 219 | 219 | 219 |\n"
    )
    assert report.cells["proactive.licences.decisions"].value == 219


def test_a_dash_at_the_beginning_of_a_row_of_numbers_stands_for_a_number() -> None:
    report = read(
        f"{HEAD}四、政府信息公开行政复议、行政诉讼情况\n{' '.join(OUTCOMES.split('|'))}\n- 0 0 0 0 - 1 0 0 1 - 0 0 0 0\n"
    )
    assert report.cells["review.direct_litigation.corrected"].value == 1


def test_columns_are_those_whose_labels_stand_above_the_values() -> None:
    table = """<table>
<tr><td rowspan="3"></td><td colspan="7">申请人情况</td></tr>
<tr><td rowspan="2">总计</td><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td></tr>
<tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>
<tr><td>一、本年新收政府信息公开申请数量</td><td>23</td><td>8</td><td>1</td><td>2</td><td>3</td><td>4</td><td>5</td></tr>
</table>"""
    page = "".join(f"<p>{one}</p>" for one in HEAD.split("\n"))
    report = read(f"<html><body>{page}<p>三、收到和处理政府信息公开申请情况</p>{table}</body></html>", "report.html")
    values = [report.cells[f"requests.new_received.{one}"].value for one in ("natural_person", "other_org", "total")]
    assert values == [8, 5, 23]
