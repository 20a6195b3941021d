"""Sections, tables and lines that are out of the ordinary: each is noted at its line, and everything else is read."""

from __future__ import annotations

import math

import pytest

from tests.checking import findings_of, read, unreadable
from tests.generation.samples import sample_cells, sample_text
from tests.generation.table_format import sections

PAGE = sample_text("report_002.txt")
SECTION_FOUR = "四、政府信息公开行政复议、行政诉讼情况"


def places(report, fact: str) -> list[str]:
    return [str(one.place) for one in report.facts[fact].evidence]


def line_of(text: str, words: str) -> str:
    return f"line {text[: text.index(words)].count(chr(10)) + 1}"


def assert_all_cells(report) -> None:
    wanted = sample_cells("report_002.txt")
    assert {cell: report.cells[cell].value for cell in wanted} == wanted


HEADINGS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    SECTION_FOUR,
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]


@pytest.mark.parametrize("between", ["", "\n本报告由六个部分组成。\n"])
def test_a_table_of_contents_is_no_section(between):
    contents = "\n".join(["目录", *HEADINGS]) + between
    report = read(PAGE.replace("根据《中华", f"{contents}\n\n根据《中华", 1))
    assert_all_cells(report)
    sections = ("overview", "proactive", "requests", "review", "problems", "other_matters")
    assert [report.facts[f"section.{one}.count"].value for one in sections] == [1] * 6


def test_a_heading_and_its_text_on_one_line():
    report = read(PAGE.replace("六、其他需要报告的事项\n\n2023年", "六、其他需要报告的事项 2023年"))
    assert report.facts["section.other_matters.count"].value == 1
    assert report.facts["text.fee_named"].value >= 1


def test_a_heading_in_the_middle_of_a_line():
    heading = HEADINGS[1]
    text = PAGE.replace(f"\n{heading}\n", "\n").replace("评议。2023年,未出现", f"评议。{heading} 未出现")
    assert read(text).facts["section.proactive.count"].value == 1


def test_a_missing_section_is_told_and_its_table_is_still_read():
    report = read(PAGE.replace(f"{SECTION_FOUR}\n", "\n"))
    assert report.facts["section.review.count"].value == 0
    assert_all_cells(report)


def test_a_heading_whose_pause_mark_was_lost_is_still_a_heading():
    text = PAGE
    for heading in HEADINGS:
        text = text.replace(f"\n{heading}\n", f"\n{heading.replace('、', '?', 1)}\n")
    assert text.count("?") == PAGE.count("?") + len(HEADINGS)
    report = read(text)
    assert_all_cells(report)
    assert all(report.facts[f"section.{section.id}.count"].value == 1 for section in sections())


def test_a_repeated_section_is_told_at_its_line():
    text = f"{PAGE}\n\n五、存在的主要问题及改进情况\n\n没有问题。\n"
    report = read(text)
    assert report.facts["section.problems.count"].value == 2
    last = len(text[: text.rindex("五、存在")].split("\n"))
    assert places(report, "section.problems.count") == [f"line {last}"]


def test_a_repeated_row_with_other_values_is_told_and_neither_counts():
    row = "四、结转下年度继续办理\n\n2\n\n0\n\n0\n\n0\n\n0\n\n0\n\n2\n"
    assert row in PAGE
    report = read(PAGE.replace(row, f"{row}\n{row.replace('2', '9')}", 1))
    assert report.facts["table.requests.rows_repeated"].value == 1
    assert report.cells["requests.carried_out.total"].status.value == "ambiguous"


def test_an_unknown_row_beside_all_known_ones_is_an_extra_row():
    extra = "4.网上转办\n\n" + "0\n\n" * 7
    report = read(PAGE.replace("(七)总计\n", f"{extra}(七)总计\n", 1))
    assert report.facts["table.requests.rows_extra"].value == 1
    assert report.facts["table.requests.rows_unknown"].value == 0
    assert_all_cells(report)


def test_an_unknown_label_in_place_of_a_row_leaves_the_row_unread():
    text = PAGE.replace("2.重复申请\n", "2.历史遗留事项\n", 1)
    report = read(text)
    assert places(report, "table.requests.rows_unknown") == [line_of(text, "2.历史遗留事项")]
    assert report.facts["table.requests.rows_missing"].evidence[0].expected == "2.重复申请"
    assert math.isnan(report.cells["requests.rejected_duplicate.total"].value)


def test_a_slightly_different_label_at_its_place_is_recognised_and_told():
    report = read(PAGE.replace("1.本机关不掌握相关政府信息\n", "1.本机关不掌握相关信息\n", 1))
    assert_all_cells(report)
    assert report.facts["table.requests.labels_reworded"].value == 1


def test_columns_in_another_order_are_read_as_the_header_says():
    text = PAGE.replace("法律服务机构\n\n其他\n", "其他\n\n法律服务机构\n", 1)
    text = text.replace(
        "申请数量\n\n18\n\n0\n\n0\n\n0\n\n0\n\n0\n\n18", "申请数量\n\n10\n\n0\n\n0\n\n0\n\n8\n\n0\n\n18", 1
    )
    report = read(text)
    assert report.cells["requests.new_received.other_org"].value == 8
    assert report.cells["requests.new_received.legal_service"].value == 0
    assert report.facts["table.requests.header_reordered"].value == 1


def without_table_three(words: str = "") -> str:
    start = PAGE.index("(本列数据的勾稽关系")
    return PAGE[:start] + words + "\n\n" + PAGE[PAGE.index(SECTION_FOUR) :]


def test_a_table_that_is_not_there_is_absent_and_not_zero():
    report = read(without_table_three())
    assert report.facts["table.requests.not_printed"].value == 1
    assert report.cells["requests.new_received.total"].status.value == "absent"
    assert math.isnan(report.cells["requests.new_received.total"].value)


@pytest.mark.parametrize("words", ["（见附件2）", "![表三](table3.png)", "申请情况表.xlsx"])
def test_a_table_that_is_an_image_or_an_attachment_cannot_be_judged(words):
    assert math.isnan(read(without_table_three(words)).facts["table.requests.not_printed"].value)


def test_an_amount_in_another_unit_than_its_column_is_ambiguous():
    report = read(PAGE.replace("行政事业性收费\n\n0", "行政事业性收费\n\n12500元"))
    assert report.cells["proactive.fees.amount"].status.value == "ambiguous"
    assert report.facts["table.proactive.cells_with_other_unit"].value == 1


def test_an_amount_in_the_unit_of_its_column_is_read():
    report = read(PAGE.replace("行政事业性收费\n\n0", "行政事业性收费\n\n1.25万元"))
    assert report.cells["proactive.fees.amount"].value == 1.25


def test_a_stray_page_number_between_rows_never_becomes_a_value():
    report = read(PAGE.replace("本年处理决定数量\n\n行政处罚", "本年处理决定数量\n\n7\n\n行政处罚"))
    for cell in ("proactive.penalties.decisions", "proactive.coercive_measures.decisions"):
        assert report.cells[cell].value == 0 or math.isnan(report.cells[cell].value)


def test_two_reports_in_one_file_are_refused_and_named():
    second = PAGE.replace("南湖区人民政府办公室", "北山县教育局")
    refused = unreadable(f"{PAGE}\n\n{second}".encode())
    assert (refused.code, refused.detail) == ("several_reports", "北山县教育局 2023")


def test_a_report_printed_twice_is_read_once():
    report = read(f"{PAGE}\n\n{PAGE}")
    assert_all_cells(report)
    assert report.facts["section.overview.count"].value == 2


def test_labels_of_another_format_are_told_with_its_name():
    report = read(PAGE.replace("本年制发件数", "本年新制作数量"))
    evidence = report.facts["document.foreign_signature_labels"].evidence
    assert [(one.text, one.expected) for one in evidence] == [("本年新制作数量", "2019_format")]


@pytest.mark.parametrize("leader", ["......1", "……… 1", "\t1", " 1"])
def test_a_table_of_contents_with_page_numbers_is_no_section(leader):
    contents = "\n".join(["目录", *(f"{heading}{leader}" for heading in HEADINGS)])
    report = read(f"{contents}\n\n{PAGE}")
    assert_all_cells(report)
    sections = ("overview", "proactive", "requests", "review", "problems", "other_matters")
    assert [report.facts[f"section.{one}.count"].value for one in sections] == [1] * 6


@pytest.mark.parametrize("row", ["规章 / / /", "规章 - - -", "规章 — — —", "规章 无 无 无"])
def test_placeholders_in_a_row_joined_by_spaces_are_blank(row):
    report = read(PAGE.replace("规章\n\n0\n\n0\n\n0", row))
    columns = ("issued", "repealed", "in_force")
    assert {report.cells[f"proactive.regulations.{column}"].status.value for column in columns} == {"blank"}


def test_a_bare_page_number_before_a_row_is_not_its_value():
    report = read(PAGE.replace("行政处罚\n\n0\n\n行政强制\n\n0", "行政处罚 87\n2\n行政强制 6"))
    assert report.cells["proactive.penalties.decisions"].value == 87
    assert report.cells["proactive.coercive_measures.decisions"].value == 6


def test_a_link_to_last_years_report_is_not_its_title():
    link = "上一篇：南湖区人民政府办公室2022年度政府信息公开工作年度报告\n南湖区人民政府办公室2022年度政府信息公开工作年度报告"
    report = read(f"{link}\n\n{PAGE}")
    assert report.year == 2023
    assert report.facts["document.year_disagreements"].value == 0


def test_outcomes_in_another_order_are_read_as_the_header_says():
    start = PAGE.index(SECTION_FOUR)
    table = (
        PAGE[start:]
        .replace("结果维持\n\n结果\n纠正", "结果纠正\n\n结果\n维持")
        .replace("结果\n维持\n\n结果\n纠正", "结果\n纠正\n\n结果\n维持")
    )
    values = "\n\n".join(["0"] * 15)
    report = read(PAGE[:start] + table.replace(values, "\n\n".join(["7", "0", "0", "0", "7", *["0"] * 10])))
    assert report.cells["review.reconsideration.corrected"].value == 7
    assert report.facts["table.review.header_reordered"].value == 1


def test_a_group_that_prints_its_own_subtotal_is_not_merged():
    report = read(PAGE.replace("(六)其他处理\n", "(六)其他处理\n\n0\n\n0\n\n0\n\n0\n\n0\n\n0\n\n0\n", 1))
    assert_all_cells(report)
    assert report.facts["table.requests.rows_merged"].value == 0


def test_bold_numbers_of_markdown_are_read():
    row = "二、上年结转政府信息公开申请数量\n" + "\n0\n" * 7
    assert row in PAGE
    report = read(
        PAGE.replace(row, "| 二、上年结转政府信息公开申请数量 | **3** | 0<br> | <b>0</b> | 0 | 0 | 0 | **3** |\n")
    )
    assert report.cells["requests.carried_in.natural_person"].value == 3
    assert report.cells["requests.carried_in.business"].value == 0


def test_many_cells_typed_oddly_are_one_finding_that_names_them_all():
    report = read(PAGE.replace("\n0\n", "\n\u00a00\n"))
    found = [one for one in findings_of([report])["report.txt"] if one.rule == "values.oddly_typed"]
    cells = [cell for one in found for cell in one.cells]
    assert len(found) == 3  # one a table
    assert len(cells) == len(set(cells)) == sum(value == 0 for value in sample_cells("report_002.txt").values())
