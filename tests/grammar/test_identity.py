"""Whose report it is and of which year."""

from __future__ import annotations

import pytest

from tests.checking import read
from tests.generation.samples import sample_text

BODY = sample_text("report_001.txt").split("\n", 1)[1]


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
        "当前位置：首页 > 政府信息公开年报\n云岭区教育局2023年政府信息公开工作年度报告\n发布日期：2024-01-20",
    ],
)
def test_titles_of_every_shape_name_agency_and_year(front):
    report = report_with(front)
    assert (report.agency, report.year) == ("云岭区教育局", 2023)


def test_a_title_without_a_year_takes_it_from_the_period():
    body = BODY.replace("一、总体情况", "数据统计期限为2022年1月1日至12月31日。\n一、总体情况", 1)
    assert report_with("云岭区教育局政府信息公开工作年度报告", body=body).year == 2022


def test_the_file_name_comes_last():
    report = report_with("", "云岭区教育局2022年政府信息公开工作年度报告.txt")
    assert (report.agency, report.year) == ("云岭区教育局", 2022)


def test_the_signature_names_the_agency_where_no_title_does():
    report = report_with("2023年政府信息公开工作年度报告", body=f"{BODY}\n\n云岭区教育局\n\n2024年1月30日\n")
    assert report.agency == "云岭区教育局"


def test_nothing_is_guessed_where_nothing_names_agency_or_year():
    report = report_with("", "scan-17.txt")
    assert (report.agency, report.year) == ("", None)


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
