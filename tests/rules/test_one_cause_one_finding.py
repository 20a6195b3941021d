"""One cause gives one finding, which names what else it did."""

from __future__ import annotations

import re

import pytest

from disclosure_checks.rules.findings.messages import finding_message
from disclosure_checks.rules.formula.outcomes import ResultStatus
from tests.checking import findings_of, read, specification
from tests.odd_texts import plain, rules_failed, said_of

HEADINGS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)


def message(finding) -> str:
    return finding_message(finding, specification(), "zh")


def without_numbers() -> str:
    text = plain()
    for heading in HEADINGS:
        text = re.sub(rf"\n[一二三四五六]、{heading}", f"\n{heading}", text)
    return text


def test_headings_with_the_same_slip_are_told_once():
    (finding,) = said_of(without_numbers())
    assert finding.rule == "sections.unnumbered"
    assert "另有 4 处同样" in message(finding)
    assert "其他需要报告的事项" in message(finding)


@pytest.mark.parametrize(
    ("changes", "rule", "others"),
    [
        ({"\n二、主动": "\n三、主动", "\n三、收到": "\n四、收到"}, "sections.misnumbered", 1),
        (
            {"\n一、总体情况": "\n一、年度综述", "\n六、其他需要报告的事项": "\n六、需要报告的有关事项"},
            "sections.heading_reworded",
            1,
        ),
        (
            {"（三）政府信息管理情况。规范管理。": "", "（四）政府信息公开平台建设情况。优化栏目。": ""},
            "sections.overview_aspects",
            1,
        ),
        (
            {"信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数": "信息内容 | 制发数目 | 废止数目 | 有效数目"},
            "tables.header_label_missing",
            2,
        ),
    ],
)
def test_what_one_slip_does_many_times_is_told_once(changes: dict[str, str], rule: str, others: int):
    found = [one for one in said_of(plain(changes)) if one.rule == rule]
    assert [len(one.others) for one in found] == [others]
    assert f"另有 {others} 处同样" in message(found[0])


def test_rows_that_are_missing_are_told_once_a_table():
    lines = [
        line for line in plain().split("\n") if not line.startswith(("(三)不予公开", "2.其他法律", "3.危及", "规章"))
    ]
    found = [one for one in said_of("\n".join(lines)) if one.rule == "tables.rows_missing"]
    assert [len(one.others) for one in found] == [0, 2]
    assert "规章" in message(found[0])


@pytest.mark.parametrize("separator", [" | ", "\t", "\n"], ids=["in pipes", "in tabs", "a cell a line"])
@pytest.mark.parametrize("number", ["0", "7"], ids=["with the same values", "with other values"])
@pytest.mark.parametrize("label", ["(一)予以公开", "一、本年新收政府信息公开申请数量"])
def test_a_row_that_is_printed_again_is_told_once(label: str, number: str, separator: str):
    text = plain()
    row = next(line for line in text.split("\n") if label in line)
    again = row[row.index(label) :].replace("0", number)
    end = text.index("四、政府信息公开行政复议")
    text = (text[:end] + again + "\n" + text[end:]).replace(" | ", separator).replace(" |\n", "\n")
    found = [one for one in said_of(text) if one.rule.startswith("tables.")]
    assert [one.rule for one in found] == ["tables.row_repeated"]
    assert label.partition(")")[2] in message(found[0]).replace(" ", "")
    assert number in message(found[0])


def test_a_table_that_is_not_there_keeps_each_rule_from_being_judged_once():
    text = plain()
    start, end = text.index("(本列数据"), text.index("四、政府信息公开行政复议")
    findings = findings_of([read(text[:start] + text[end:])])["report.txt"]
    unknown = [one.rule for one in findings if one.status is ResultStatus.NOT_ASSESSABLE]
    assert len(unknown) == len(set(unknown))
    assert "requests.row_total" in unknown


def test_blank_cells_are_told_each_with_what_they_would_mean():
    text = plain().replace("(七)总计 | 0 | 0 |", "(七)总计 | / | / |")
    findings = findings_of([read(text)])["report.txt"]
    balance = [one for one in findings if one.rule == "requests.balance"]
    assert [one.blank_as_zero for one in balance] == [0, 0]


def same_year(*numbers: int) -> dict[str, list[str]]:
    text = plain()
    reports = [
        read(text.replace("行政许可 | 0", f"行政许可 | {number}"), f"{place}.txt")
        for place, number in enumerate(numbers)
    ]
    return {
        source: [message(one) for one in findings if one.rule in ("reports.same_year_differs", "title.report_repeated")]
        for source, findings in findings_of(reports).items()
    }


@pytest.mark.parametrize("count", [2, 3, 5])
def test_files_of_one_agency_and_year_name_each_other_once(count: int):
    told = same_year(*[7] * count)
    assert [len(messages) for messages in told.values()] == [1] * count
    assert all(f"{number}.txt" in told["0.txt"][0] for number in range(1, count))


@pytest.mark.parametrize("numbers", [(7, 8), (7, 8, 7), (7, 7, 9, 8)])
def test_files_of_one_agency_and_year_are_compared(numbers: tuple[int, ...]):
    reports = [read(plain({"行政许可 | 0": f"行政许可 | {n}"}), f"{place}.txt") for place, n in enumerate(numbers)]
    differing = [
        one for found in findings_of(reports).values() for one in found if one.rule == "reports.same_year_differs"
    ]
    (finding,) = differing
    assert (finding.source, finding.observed, finding.cells) == ("0.txt", 1, ("proactive.licences.decisions",))
    assert " / ".join(map(str, numbers)) in message(finding)


def test_one_report_is_compared_with_none():
    assert rules_failed(plain()) == []
