"""Names of agencies that no title holds, and words that are no name."""

from __future__ import annotations

import pytest

from tests.checking import read
from tests.grammar.prose.test_identity import NAMELESS, report_with

NAME = "云岭区教育局"


@pytest.mark.parametrize(
    "front",
    [
        # compiled by
        "根据《条例》要求，由云岭区教育局编制。全文包括六个部分。",
        "本报告由云岭区教育局负责编制并向社会公布。",
        "本年报由云岭区教育局汇总编写。",
        "云岭区教育局根据《条例》第五十条编制了本报告。",
        "按照上级要求，云岭区教育局编制了2023年度报告。",
        "根据《条例》规定，云岭区教育局特向社会公布上一年度的情况。",
        "本报告是云岭区教育局2023年度的报告。",
        # published
        "现将云岭区教育局（以下简称区教育局）2023年政府信息公开工作年度报告予以公布。",
        "现将2023年云岭区教育局政府信息公开工作年度报告公布如下：",
        "根据《条例》，编制2023年度云岭区教育局政府信息公开年报。",
        "现发布云岭区教育局关于2023年度政府信息公开工作情况。",
        # in cells and in the block before the report
        "索引号： | 123/2024-1 | 成文日期： | 2024-01-15 |\n发布机构： | 云岭区教育局 | ||",
        "索引号\t123\t公开主体\t云岭区教育局",
        "信息来源：云岭区教育局 | 2024-01-15",
        "索引号\n123\n发布机构\n云岭区教育局\n成文日期\n2024-01-15",
        "索引号：123 发布机构：云岭区教育局 生成日期：2024-01-15",
        "发文机关：云岭区教育局\n成文日期：2024-01-15",
        "| 责任部门 | 云岭区教育局 | 公开方式 | 主动公开 |",
        # whom to ask
        "联系单位：云岭区教育局（地址：云岭路1号）。",
        "对本报告有疑问，请联系云岭区教育局咨询。",
        # a title that runs on into the text, or stands behind what the page prints
        "2023年云岭区教育局政府信息公开工作年度报告根据《条例》编制并向社会公布。",
        "云岭区教育局2023年政府信息公开工作年度报告为贯彻《条例》，现将有关情况报告如下。",
        "云岭区教育局2023年政府信息公开年报由六个部分组成。",
        "Page 8 - 云岭区教育局2023年政府信息公开工作年度报告",
        "第3页 共12页 云岭区教育局2023年政府信息公开工作年度报告",
        "附件1：云岭区教育局2023年政府信息公开工作年度报告",
        "- 1 - 云岭区教育局2023年政府信息公开工作年度报告",
        "标题：云岭区教育局2023年政府信息公开工作年度报告",
    ],
)
def test_a_name_is_found_wherever_it_stands(front: str):
    report = report_with(f"{front}\n2023年度。统计期限为2023年1月1日至2023年12月31日。", body=NAMELESS)
    assert (report.agency, report.year) == (NAME, 2023)


@pytest.mark.parametrize(
    "signature",
    [
        "云岭区教育局2024年1月20日",
        "云岭区教育局（盖章）\n2024年1月20日",
        "云岭区教育局\n二〇二四年一月二十日",
    ],
)
def test_a_signature_names_the_agency(signature: str):
    assert report_with("2023年政府信息公开工作年度报告", body=f"{NAMELESS}\n\n{signature}\n").agency == NAME


@pytest.mark.parametrize(
    ("front", "agency"),
    [
        ("现将甲县人民政府（县人民政府办公室）2023年政府信息公开工作年度报告予以公布。", "甲县人民政府"),
        ("甲市乙区人民政府（区政府办）2023年政府信息公开工作年度报告", "甲市乙区人民政府"),
        ("甲县人民政府(甲县人民政府办公室)\n2023年政府信息公开工作年度报告", "甲县人民政府"),
        ("甲县发展和改革局（粮食局）2023年政府信息公开工作年度报告", "甲县发展和改革局(粮食局)"),
    ],
)
def test_of_two_names_the_first_is_that_of_the_agency(front: str, agency: str):
    assert report_with(front, body=NAMELESS).agency == agency


@pytest.mark.parametrize(
    "front",
    [
        "根据《条例》规定，编制我单位2023年政府信息公开工作年度报告。",
        "现公布我局2023年政府信息公开工作年度报告。",
        "本机关2023年政府信息公开工作年度报告",
        "我镇2023年政府信息公开工作年度报告",
        "本报告由各有关部门编制。",
        "现将全县各部门2023年政府信息公开工作年度报告公布如下。",
        "发布机构： | 本单位 | |",
        "根据国务院办公厅要求，编制2023年政府信息公开工作年度报告。",
        "按照市政府信息公开工作要求，现将情况报告如下。",
    ],
)
def test_words_for_oneself_are_no_name(front: str):
    assert report_with(front, body=NAMELESS).agency == ""


def test_what_is_said_at_the_end_is_no_signature():
    body = f"{NAMELESS}\n\n特此报告\n2024年1月20日\n"
    assert report_with("2023年政府信息公开工作年度报告", body=body).agency == ""


def page(title: str) -> str:
    lines = "".join(f"<p>{line}</p>" for line in NAMELESS.split("\n") if line.strip())
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>{lines}</body></html>'


@pytest.mark.parametrize(
    "title",
    [
        "云岭区教育局2023年政府信息公开工作年度报告",
        "云岭区教育局2023年政府信息公开工作年度报告_政府信息公开_云岭区人民政府",
        "2023年政府信息公开工作年度报告 - 云岭区教育局",
        "2023年政府信息公开工作年度报告 | 年报 | 云岭区教育局",
    ],
)
def test_the_title_of_a_web_page_names_the_agency(title: str):
    report = read(page(title), "page.html")
    assert (report.agency, report.year) == (NAME, 2023)
    assert report.facts["document.title_found"].value == 1


def test_the_cell_behind_a_label_names_the_agency_in_a_table_of_a_page():
    cells = "".join(
        f"\n<td>{cell}</td>" for cell in ("索引号", "123", "发布机构", "云岭区教育局", "公开方式", "主动公开")
    )
    content = page("年报").replace("<body>", f"<body><table><tr>{cells}</tr></table>")
    assert read(content, "page.html").agency == NAME


@pytest.mark.parametrize(
    "source",
    [
        "00012_云岭区教育局2023年年报.txt",
        "2023/云岭区教育局年度报告.txt",
        "云岭区教育局2023年度政府信息公开工作总结.txt",
        "3、云岭区教育局_2023年报.txt",
        "云岭区教育局(2023年)年报.txt",
    ],
)
def test_the_name_of_the_file_is_the_last_resort(source: str):
    assert report_with("统计期限为2023年1月1日至2023年12月31日。", source, NAMELESS).agency == NAME
    assert report_with("本报告由青山县水利局编制。", source, NAMELESS).agency == "青山县水利局"


@pytest.mark.parametrize(
    "source", ["scan-17.txt", "2023年年报.txt", "我局2023年年报.txt", "附件2023年度报告.txt", "扫描件报告.txt"]
)
def test_other_words_in_the_name_of_the_file_are_no_name(source: str):
    assert report_with("", source, NAMELESS).agency == ""


def test_the_name_of_a_site_is_no_agency():
    report = read(page("2023年政府信息公开工作年度报告-云岭区政府门户网站"), "page.html")
    assert (report.agency, report.year) == ("", 2023)


@pytest.mark.parametrize(
    "front",
    [
        "现将云岭区教育局2023年政府信息公开工作情况报告如下。",
        "特将云岭区教育局2023年度政府信息公开年度报告公布如下。",
        "兹将云岭区教育局2023年政府信息公开工作情况报告如下：",
        "现由云岭区教育局根据《条例》要求编制本报告。",
        "关于云岭区教育局2023年度政府信息公开工作情况的报告",
        "云岭区教育局关于2023年度政府信息公开工作情况的报告",
        "云岭区教育局关于发布《2023年政府信息公开工作年度报告》的通知",
        "云岭区教育局关于印发《云岭区教育局2023年政府信息公开工作年度报告》的通知",
        "云岭区教育局关于公布〈2023年度政府信息公开工作年度报告〉的公告",
        "本年度报告由云岭区教育局根据条例要求编写而成，统计期限如下。",
        "本报告由云岭区教育局按照《条例》规定编制。",
        "本报告由云岭区教育局结合工作实际组织撰写。",
        "当前位置：首页 > 政务公开 > 云岭区人民政府 > 部门 > 云岭区教育局",
        "您现在的位置：首页>云岭区教育局>政府信息公开年报",
        "所在位置: 首页 » 部门信息公开 » 云岭区教育局 » 年度报告",
    ],
)
def test_a_name_is_found_without_the_words_around_it(front: str):
    assert report_with(f"2023年度\n{front}", body=NAMELESS).agency == NAME


@pytest.mark.parametrize(
    "front",
    [
        "现将我局根据《条例》要求编制的报告公布如下。",
        "现将我局2023年政府信息公开工作情况报告如下。",
        "特将本机关2023年政府信息公开工作情况报告如下。",
        "现就有关部门根据《条例》要求报送的情况公布如下。",
        "当前位置：首页 > 云岭区人民政府 > 部门信息公开 > 年度报告",
        "当前位置：首页 > 政务公开 > 乡镇街道 > 新闻中心 > 年报",
        "发布机构：办公室",
        "本报告由党政办公室编制。",
    ],
)
def test_words_before_a_name_are_none(front: str):
    assert report_with(f"2023年度\n{front}", body=NAMELESS).agency == ""


@pytest.mark.parametrize(
    "below",
    [
        "责任编辑：办公室  制作单位：云岭区教育局",
        "信息来源：云岭区教育局\n打印本页 关闭窗口",
        "编制单位：云岭区教育局　联系电话见网站",
        "发布机构：云岭区教育局",
    ],
)
def test_a_label_below_the_text_names_the_agency(below: str):
    assert report_with("2023年政府信息公开工作年度报告", body=f"{NAMELESS}\n{below}\n").agency == NAME


@pytest.mark.parametrize("below", ["责任编辑：办公室", "来源：办公室", "主办：云岭区人民政府", "信息来源：本站原创"])
def test_other_words_below_the_text_are_no_name(below: str):
    assert report_with("2023年政府信息公开工作年度报告", body=f"{NAMELESS}\n{below}\n").agency == ""


@pytest.mark.parametrize(
    ("meta", "agency"),
    [
        ('<meta name="ContentSource" content="云岭区教育局">', NAME),
        ("<META content='云岭区教育局' NAME='contentsource' />", NAME),
        ('<meta name="source" content=" 云岭区教育局 ">', NAME),
        ('<meta name="ContentSource" content="本站">', ""),
        ('<meta name="ContentSource" content="我局">', ""),
        ('<meta name="SiteName" content="云岭区人民政府">', ""),
    ],
)
def test_a_page_says_whom_it_comes_from(meta: str, agency: str):
    content = page("2023年政府信息公开工作年度报告").replace("<title>", f"{meta}<title>")
    assert read(content, "page.html").agency == agency
