"""Whose report it is and of which year."""

from __future__ import annotations

import pytest

from tests.checking import read
from tests.generation.samples import sample_text

BODY = sample_text("report_001.txt").split("\n", 1)[1]
NAMELESS = BODY.replace("经开区管委会", "本机关")


def report_with(front: str, source: str = "report.txt", body: str = BODY):
    return read(f"{front}\n\n{body}", source)


@pytest.mark.parametrize(
    "front",
    [
        "云岭区教育局2023年政府信息公开工作年度报告",
        "云岭区教育局2023年度政府信息公开年度报告",
        "云岭区教育局 2023 年政府信息公开工作年度报告",
        "2023年云岭区教育局政府信息公开工作年度报告",
        "云岭区教育局政府信息公开工作年度报告（2023年）",
        "云岭区教育局政府信息公开工作年度报告(2023年度)",
        "云岭区教育局关于2023年政府信息公开工作年度报告",
        "云岭区教育局二〇二三年政府信息公开工作年度报告",
        "# 云岭区教育局2023年政府信息公开工作年度报告",
        "云岭区教育局2023年政府信息公开工作年报",
        "云岭区教育局\n2023年政府信息公开工作年度报告",
        "云岭区教育局\n2023年\n政府信息公开工作年度报告",
        "云岭区教育局2023年政府信息\n\n公开工作年度报告",
        "标题：云岭区教育局2023年政府信息公开工作年度报告\n栏目：政府信息公开年报",
        "信息名称: 云岭区教育局2023年政府信息公开工作年度报告",
        "云岭区教育局：2023年政府信息公开工作年度报告",
        f"云岭区教育局2023年政府信息公开工作年度报告 {'根据《条例》要求，现公布本报告。' * 8}",
        "当前位置：首页 > 政府信息公开年报\n云岭区教育局2023年政府信息公开工作年度报告\n发布日期：2024-01-20",
    ],
)
def test_titles_of_every_shape_name_agency_and_year(front):
    report = report_with(front)
    assert (report.agency, report.year) == ("云岭区教育局", 2023)


def test_a_long_sentence_about_reports_is_no_title():
    sentence = f"关于政府信息公开工作年度报告的编制，{'各单位要认真做好有关工作，' * 10}按时报送。"
    report = report_with(f"{sentence}\n云岭区教育局2023年政府信息公开工作年度报告")
    assert (report.agency, report.year) == ("云岭区教育局", 2023)


def test_a_title_without_a_year_takes_it_from_the_period():
    body = BODY.replace("一、总体情况", "数据统计期限为2022年1月1日至12月31日。\n一、总体情况", 1)
    assert report_with("云岭区教育局政府信息公开工作年度报告", body=body).year == 2022


def test_the_file_name_comes_last():
    report = report_with("", "云岭区教育局2022年政府信息公开工作年度报告.txt", NAMELESS)
    assert (report.agency, report.year) == ("云岭区教育局", 2022)


def test_the_signature_names_the_agency_where_no_title_does():
    report = report_with("2023年政府信息公开工作年度报告", body=f"{BODY}\n\n云岭区教育局\n\n2024年1月30日\n")
    assert report.agency == "云岭区教育局"


def test_nothing_is_guessed_where_nothing_names_agency_or_year():
    report = report_with("", "scan-17.txt", NAMELESS)
    assert (report.agency, report.year) == ("", None)


@pytest.mark.parametrize(
    "front",
    [
        "云岭区教育局关于2023年度政府信息公开工作的年度报告",
        "云岭区教育局关于公布2023年度政府信息公开工作年度报告的公告",
        "2023年度政府信息公开工作年度报告——云岭区教育局",
        "2023年政府信息公开工作年度报告（云岭区教育局）",
        "云岭区教育局2023年政府信息公开工作的年度报告",
        "云岭区教育局\n政府信息公开工作\n2023年度报告",
        "2023年政府信息公开工作年度报告\n云岭区教育局",
        "2023年政府信息公开工作年度报告\n根据《条例》，现公布云岭区教育局2023年政府信息公开工作年度报告。",
        "2023年政府信息公开工作年度报告\n来源：云岭区教育局 发布时间：2024-01-20",
        "2023年政府信息公开工作年度报告\n如有疑问，请与云岭区教育局联系（地址：云岭路1号）。",
    ],
)
def test_further_titles_and_what_stands_around_them_name_the_agency(front):
    report = report_with(front, body=NAMELESS)
    assert (report.agency, report.year) == ("云岭区教育局", 2023)


def test_a_bracket_at_the_end_of_a_name_belongs_to_it():
    report = report_with("云岭区发展和改革局（粮食局）2023年政府信息公开工作年度报告")
    assert report.agency == "云岭区发展和改革局(粮食局)"


def test_a_page_may_go_on_for_long_below_the_signature():
    tail = "\n".join(f"相关链接{number}" for number in range(20))
    body = f"{NAMELESS}\n\n云岭区教育局\n2024年1月30日\n{tail}\n"
    assert report_with("2023年政府信息公开工作年度报告", body=body).agency == "云岭区教育局"


def test_an_office_to_be_asked_is_not_taken_for_its_government():
    front = "2023年政府信息公开工作年度报告\n请与云岭县人民政府办公室联系。"
    assert report_with(front, body=NAMELESS).agency == ""


def test_another_year_in_the_file_name_is_reported():
    report = report_with("云岭区教育局2023年政府信息公开工作年度报告", "2021年报.txt")
    assert report.year == 2023
    assert report.facts["document.year_disagreements"].value == 1


def test_the_year_of_publication_in_the_file_name_is_no_disagreement():
    report = report_with("云岭区教育局2023年政府信息公开工作年度报告", "2024-01-20.txt")
    assert report.facts["document.year_disagreements"].value == 0


def test_another_agency_in_a_repeated_title_is_reported():
    front = "云岭区教育局2023年政府信息公开工作年度报告\n青山县水利局2023年政府信息公开工作年度报告"
    report = report_with(front)
    assert report.facts["document.agency_disagreements"].value == 1
