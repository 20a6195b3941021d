"""Table 3 as programs and pages print it that know nothing of its rows: read right where it can be told, never read wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from random import Random

import pytest

from tests.checking import read
from tests.generation.sheets import GeneratedReport
from tests.generation.truth import random_report

REPORTS = [random_report(f"prints of other programs {number}", year=2023, profile="busy") for number in range(2)]
EACH_REPORT = pytest.mark.parametrize("report", REPORTS, ids=["first", "second"])
COLUMNS = {
    "natural_person": "自然人",
    "business": "商业企业",
    "research": "科研机构",
    "social_welfare": "社会公益组织",
    "legal_service": "法律服务机构",
    "other_org": "其他",
    "total": "总计",
}
USUAL = tuple(COLUMNS)
ORGANISATIONS = USUAL[1:-1]
Rows = list[tuple[str, list[str]]]


def rows_of(report: GeneratedReport, columns: Sequence[str] = USUAL) -> Rows:
    """The label of each row of table 3, and its numbers."""
    rows = report.sheet.tables["requests"].rows
    return [(row.label, [str(report.cells[f"requests.{row.id}.{column}"]) for column in columns]) for row in rows]


def header(columns: Sequence[str]) -> list[list[str]]:
    """The two lines of labels above the numbers."""
    outer = [column for column in columns if column not in ORGANISATIONS]
    first = next(number for number, column in enumerate(columns) if column in ORGANISATIONS)
    before = sum(1 for column in columns[:first] if column not in ORGANISATIONS)
    labels = [COLUMNS[column] for column in outer]
    labels.insert(before, "法人或其他组织")
    return [labels, [COLUMNS[column] for column in columns if column in ORGANISATIONS]]


def document(lines: Sequence[str]) -> str:
    return "\n".join(
        [
            "云阳县水务局2023年政府信息公开工作年度报告",
            "一、总体情况",
            "全年依法办理申请。",
            "二、主动公开政府信息情况",
            "三、收到和处理政府信息公开申请情况",
            *lines,
            "四、政府信息公开行政复议、行政诉讼情况",
            "五、存在的主要问题及改进情况",
            "公开不够全面，将加强培训。",
            "六、其他需要报告的事项",
            "无。",
        ]
    )


def wrong(text: str, report: GeneratedReport) -> dict[str, float]:
    return {
        name: cell.value
        for name, cell in read(text).cells.items()
        if name.startswith("requests.") and not math.isnan(cell.value) and cell.value != report.cells.get(name)
    }


def not_read(text: str, report: GeneratedReport) -> list[str]:
    cells = read(text).cells
    return [name for name in report.cells if name.startswith("requests.") and math.isnan(cells[name].value)]


# ---- columns


@EACH_REPORT
@pytest.mark.parametrize("separator", ["\t", " ", "|"], ids=["tabs", "blanks", "bars"])
@pytest.mark.parametrize(
    "columns",
    [
        pytest.param((*ORGANISATIONS, "natural_person", "total"), id="natural persons behind organisations"),
        pytest.param((*reversed(ORGANISATIONS), "total", "natural_person"), id="everything the other way round"),
        pytest.param(("total", *USUAL[:-1]), id="total first"),
        pytest.param(("natural_person", "total", *ORGANISATIONS), id="total between"),
    ],
)
def test_labels_in_one_printed_row_say_the_order_of_columns(
    report: GeneratedReport, columns: tuple[str, ...], separator: str
):
    lines = [*header(columns), *([label, *numbers] for label, numbers in rows_of(report, columns))]
    text = document([separator.join(line) for line in lines])
    assert (wrong(text, report), not_read(text, report)) == ({}, [])


# ---- numbers above their labels


@EACH_REPORT
@pytest.mark.parametrize("between", ["\n", " "], ids=["each on its line", "all on one line"])
@pytest.mark.parametrize(
    "group", ["", "三、本年度办理结果\n", "（三）不予公开\n"], ids=["no group", "results", "refused"]
)
def test_numbers_above_their_labels_are_not_those_of_the_label_before(
    report: GeneratedReport, between: str, group: str
):
    lines = [label for line in header(USUAL) for label in line]
    for number, (label, numbers) in enumerate(rows_of(report)):
        lines += [between.join(numbers), f"{group}{label}" if number == 4 else label]
    text = document(lines)
    assert (wrong(text, report), not_read(text, report)) == ({}, [])


# ---- the other way round


def by_columns(rows: Rows, separator: str) -> list[str]:
    numbers = zip(*(one for _, one in rows), strict=True)
    return [
        separator.join(label for label, _ in rows),
        *(separator.join([label, *one]) for label, one in zip(COLUMNS.values(), numbers, strict=True)),
    ]


@EACH_REPORT
@pytest.mark.parametrize("separator", ["\t", "  ", "\n", "|"], ids=["tabs", "blanks", "lines", "bars"])
def test_a_table_printed_the_other_way_round_is_read(report: GeneratedReport, separator: str):
    text = document(by_columns(rows_of(report), separator))
    assert (wrong(text, report), not_read(text, report)) == ({}, [])


def rows_swapped(rows: Rows) -> Rows:
    return [*rows[:4], rows[6], rows[5], rows[4], *rows[7:]]


def row_lost(rows: Rows) -> Rows:
    return [*rows[:9], *rows[10:]]


def labels_lost(rows: Rows) -> Rows:
    return [(label if number % 3 else "", numbers) for number, (label, numbers) in enumerate(rows)]


@EACH_REPORT
@pytest.mark.parametrize("separator", ["\t", "\n"], ids=["tabs", "lines"])
@pytest.mark.parametrize("change", [rows_swapped, row_lost, labels_lost], ids=lambda change: change.__name__)
def test_a_table_the_other_way_round_without_its_rows_in_order_is_not_read_wrong(
    report: GeneratedReport, change: Callable[[Rows], Rows], separator: str
):
    assert wrong(document(by_columns(change(rows_of(report)), separator)), report) == {}


# ---- cut lines


@EACH_REPORT
@pytest.mark.parametrize("width", [10, 14, 17, 24])
def test_digits_that_a_narrow_page_cut_are_not_read_as_the_number(report: GeneratedReport, width: int):
    lines = [" ".join(line) for line in [*header(USUAL), *([label, *numbers] for label, numbers in rows_of(report))]]
    cut = [line[start : start + width] for line in lines for start in range(0, len(line), width)]
    assert wrong(document(cut), report) == {}


@EACH_REPORT
@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
@pytest.mark.parametrize("row", [0, 7, 23, 24], ids=["first row", "a row between", "sum of results", "last row"])
def test_the_digits_of_a_total_on_a_line_of_their_own_leave_its_row_open(
    report: GeneratedReport, row: int, above: bool
):
    lines = [" ".join(line) for line in header(USUAL)]
    for number, (label, numbers) in enumerate(rows_of(report)):
        if number != row:
            lines.append(" ".join([label, *numbers]))
            continue
        total = f"1{numbers[-1]}7"  # longer than what its line can hold
        kept, apart = (total[1:], total[0]) if above else (total[:-1], total[-1])
        line = " ".join([label, *numbers[:-1], kept])
        lines += [apart, line] if above else [line, apart]
    name = f"requests.{report.sheet.tables['requests'].rows[row].id}.total"
    assert math.isnan(read(document(lines)).cells[name].value)


# ---- a table twice, a row too many, numbers in one cell


@EACH_REPORT
@pytest.mark.parametrize("separator", ["", " ", "\t", "\n"], ids=["glued", "blanks", "tabs", "lines"])
def test_the_table_of_another_year_before_this_one_is_not_taken_for_it(report: GeneratedReport, separator: str):
    other = [(label, list(reversed(numbers[:-1])) + numbers[-1:]) for label, numbers in rows_of(report)]
    lines = [separator.join(line) for line in header(USUAL)]
    for caption, rows in (("2022年：", other), ("2023年：", rows_of(report))):
        lines += [caption, *(separator.join([label, *numbers]) for label, numbers in rows)]
    assert wrong(document(lines), report) == {}


@EACH_REPORT
@pytest.mark.parametrize("name", ["（八）其他情形", "9.其他", "6.其他不予公开情形"])
@pytest.mark.parametrize("lost", [9, 22], ids=["a row before is lost", "a row behind is lost"])
def test_an_unknown_row_named_like_a_column_does_not_move_the_rows_beside_it(
    report: GeneratedReport, name: str, lost: int
):
    rows = rows_of(report)
    rows[lost] = ("", [])
    rows.insert(12, (name, ["1", "0", "0", "1", "0", "0", "2"]))
    lines = [
        cell for line in [*header(USUAL), *([label, *numbers] for label, numbers in rows)] for cell in line if cell
    ]
    assert wrong(document(lines), report) == {}


@EACH_REPORT
@pytest.mark.parametrize("row", [2, 8, 24])
@pytest.mark.parametrize("blank", [" ", "\u3000", "  "], ids=["blank", "ideographic", "two blanks"])
def test_the_numbers_of_a_row_in_one_cell_are_told_apart(report: GeneratedReport, row: int, blank: str):
    lines = ["\t".join(line) for line in header(USUAL)]
    for number, (label, numbers) in enumerate(rows_of(report)):
        cells = [label, blank.join(numbers)] if number == row else [label, *numbers]
        lines.append("\t".join(cells))
    text = document(lines)
    assert (wrong(text, report), not_read(text, report)) == ({}, [])


# ---- blank cells without separators


@EACH_REPORT
@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 1.0])
def test_zeros_left_blank_between_digits_without_separators_are_not_made_up(report: GeneratedReport, share: float):
    random = Random(f"{share}")
    blank = {name for name, value in report.cells.items() if value == 0 and random.random() < share}
    lines = ["".join(line) for line in header(USUAL)]
    for row in report.sheet.tables["requests"].rows:
        names = [f"requests.{row.id}.{column}" for column in USUAL]
        lines.append(row.label + "".join("" if name in blank else str(report.cells[name]) for name in names))
    found = read(document(lines)).cells
    made_up = {
        name
        for name, value in report.cells.items()
        if name.startswith("requests.")
        and not math.isnan(found[name].value)
        and (name in blank or found[name].value != value)
    }
    assert made_up == set()


# ---- rows numbered over all parts of a table


@pytest.mark.parametrize("separator", ["\t", " ", "|"], ids=["tabs", "blanks", "bars"])
@pytest.mark.parametrize("first", [0, 1])
def test_numbers_of_rows_that_go_on_over_the_parts_of_a_table_are_no_values(separator: str, first: int):
    parts = [
        (
            ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
            [["规章", "2", "0", "7"], ["行政规范性文件", "0", "1", "5"]],
        ),
        (["信息内容", "本年处理决定数量"], [["行政许可", "9"]]),
        (["信息内容", "本年处理决定数量"], [["行政处罚", "65"], ["行政强制", "8"]]),
        (["信息内容", "本年收费金额（单位：万元）"], [["行政事业性收费", "12.5"]]),
    ]
    lines: list[str] = []
    number = first
    for labels, rows in parts:
        lines.append(separator.join(["序号", *labels]))
        for row in rows:
            lines.append(separator.join([str(number), *row]))
            number += 1
    text = document([]).replace("二、主动公开政府信息情况", "\n".join(["二、主动公开政府信息情况", *lines]))
    cells = read(text).cells
    names = ("licences.decisions", "penalties.decisions", "coercive_measures.decisions", "fees.amount")
    assert [cells[f"proactive.{name}"].value for name in names] == [9, 65, 8, 12.5]


# ---- labels lost between digits without separators


@EACH_REPORT
@pytest.mark.parametrize("lost", [1, 3, 12, 23])
@pytest.mark.parametrize("line", ["", "\n"], ids=["on one line", "a row a line"])
def test_digits_of_a_row_without_its_label_are_not_divided_with_those_of_the_row_before(
    report: GeneratedReport, lost: int, line: str
):
    rows = [
        "".join(["" if number == lost else label, *numbers]) for number, (label, numbers) in enumerate(rows_of(report))
    ]
    rows[lost - 1 : lost + 1] = [rows[lost - 1] + rows[lost]]
    assert wrong(document(["".join(one) for one in header(USUAL)] + line.join(rows).split("\n")), report) == {}
