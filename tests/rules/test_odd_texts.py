"""Small reports that once were misread, and others of the same kinds: what is said of each, and what is not."""

from __future__ import annotations

import pytest

from disclosure_checks.rules.spec.model.specification import Severity
from tests.checking import GRAVE, read
from tests.odd_texts import FOLDER, PROACTIVE, REQUESTS, case, plain, received, rules_failed, said_of

# the agency, and the rules that fail; of a report without a title that it is missing, of a government its aspects
CASES = {
    "04": ("甲市卯局", []),
    "05": ("甲市辰局", []),
    "06": ("甲市巳局", []),
    "07": ("甲市午局", ["text.parts_differ"]),
    "08": ("甲市未局", []),
    "09": ("", ["title.missing"]),
    "10": ("甲市乙区丙局", []),
    "11a": ("甲市乙区丙局", ["title.missing"]),
    "11b": ("甲县人民政府", ["sections.government_aspects", "title.missing"]),
    "11c": ("甲市春局", ["title.missing"]),
    "11d": ("甲市", ["sections.government_aspects"]),
    "12": ("甲市", ["sections.government_aspects"]),
    "13": ("", ["proactive.regulations_without_power", "title.missing"]),
    "14": ("甲市南局", ["sections.heading_reworded"]),
    "15": ("甲市西局", []),
    "17": ("甲市梅局", ["text.template_leftovers"]),
    "19": ("甲市竹局", ["text.basis_superseded"]),
    "20": ("甲市菊局", ["period.year"]),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_said_of_each(name: str):
    agency, rules = CASES[name]
    assert (read(case(name)).agency, rules_failed(case(name))) == (agency, rules)


def test_the_title_of_a_page_is_a_title():
    content = (FOLDER / "11e_agency_html_title.html").read_bytes()
    report = read(content, "page.html")
    assert (report.agency, report.year) == ("甲市", 2023)
    assert "title.missing" not in rules_failed(content, source="page.html")


def test_the_plain_report_has_no_fault():
    assert rules_failed(plain()) == []


def test_words_of_the_blank_form_are_told_in_each_section():
    told = [one.where for one in said_of(case("18")) if one.rule == "text.template_leftovers"]
    assert len(told) == 3


def test_the_end_of_a_period_that_cannot_be_is_told_with_its_line():
    (finding,) = said_of(case("20"))
    assert finding.where == "line 2"
    assert "202023年" in finding.evidence.text


SECRET, NOT_HELD, CREATED = "1.属于国家秘密", "1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作"
PETITION, DUPLICATE, UNPAID = "1.信访举报投诉类申请", "2.重复申请", "3.其他"


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [
        ("收到政府信息公开申请50件，因本机关不掌握等原因，无法提供30件。", {NOT_HELD: 24, CREATED: 6}),
        ("收到政府信息公开申请50件，其中由于没有现成信息等情形无法提供30件。", {NOT_HELD: 24, CREATED: 6}),
        ("收到政府信息公开申请50件，其中因重复申请等原因不予处理5件。", {DUPLICATE: 2, PETITION: 3}),
        (
            "收到政府信息公开申请50件，其中因涉及国家秘密等情况不予公开3件。",
            {"2.其他法律行政法规禁止公开": 2, SECRET: 1},
        ),
    ],
)
def test_a_reason_that_is_an_example_names_its_group(sentence: str, rows: dict[str, int]):
    assert rules_failed(received(sentence, 50, **rows), *GRAVE) == []
    wrong = received(sentence, 50, **{**rows, next(iter(rows)): 1 + next(iter(rows.values()))})
    assert rules_failed(wrong, *GRAVE)


@pytest.mark.parametrize(
    "sentence",
    [
        "共受理政府信息公开申请5件，其中土地征收类3件；生态修复类1件；其他类1件。",
        "共受理政府信息公开申请5件，其中土地征收3件、社会保障1件、其他1件。",
        "共受理政府信息公开申请5件，按内容分：征地类3件，其它类2件。",
        "共受理政府信息公开申请5件，教育领域2件、医疗领域2件、其他领域1件。",
    ],
)
def test_the_others_of_a_list_of_matters_are_no_applicants(sentence: str):
    assert rules_failed(received(sentence, 5), *GRAVE) == []


def test_the_others_of_a_list_of_applicants_are():
    sentence = "共受理政府信息公开申请5件，其中自然人3件、商业企业1件、其他1件。"
    assert "claims.from_others_of_applicants" in rules_failed(received(sentence, 5))


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("全年公开信息100条，其中公告20条，通知总计30条，动态50条。", []),
        ("全年公开信息100条，其中公告20条，通知总计30条，动态60条。", ["text.parts_exceed"]),
        ("全年公开信息共计100条，包括公告20条，通知共30条，解读合计60条。", ["text.parts_differ"]),
        ("公开全县各类信息共计90条，包括：政策20条、财政信息合计30条、公示50条、其他信息5条。", ["text.parts_differ"]),
        ("共公开信息100条，其中公告20条，通知30条，合计50条。", []),
        ("公开公告20条，通知30条，各类信息共计60条。", ["text.parts_differ"]),
        ("公开信息340条，包括政策20条（含解读5条），动态共计170条（含图片新闻30条），公示150条。", []),
    ],
)
def test_a_total_inside_a_list_is_that_of_its_own_part(sentence: str, rules: list[str]):
    assert rules_failed(plain({PROACTIVE: sentence})) == rules


@pytest.mark.parametrize(
    "sentence",
    [
        "我局主动公开行政许可处理事项146件、行政处罚处理事项287件。",
        "我局公示行政许可决定146件、行政处罚办理结果287件，行政强制3件。",
        "在网站公布行政许可146件；行政处罚办理287件。",
        "全年主动公开政府信息500条，其中行政许可146条、行政处罚287条。",
    ],
)
def test_what_a_list_says_is_published_is_no_decision(sentence: str):
    assert rules_failed(plain({PROACTIVE: sentence}), *GRAVE) == []


def test_a_statement_of_its_own_ends_a_list_of_what_is_published():
    sentence = "全年公开信息300条，作出行政许可决定146件、行政处罚决定287件。"
    assert rules_failed(plain({PROACTIVE: sentence}), *GRAVE) == ["claims.licences", "claims.penalties"]


@pytest.mark.parametrize(
    "sentence",
    [
        "全区收到政府信息公开申请95件。区政府办代表区政府受理17件。",
        "收到政府信息公开申请95件，其中区政府办公室代表区人民政府受理政府信息公开申请17件。",
        "收到政府信息公开申请95件，其中区政府办以区政府名义受理17件。",
        "收到政府信息公开申请95件，其中区政府本级受理政府信息公开申请17件。",
        "收到政府信息公开申请95件。区政府办公室代区政府办理政府信息公开申请17件。",
    ],
)
def test_an_office_inside_a_government_is_not_the_whole(sentence: str):
    text = received(sentence, 95).replace("甲市南局", "甲市乙区人民政府")
    assert rules_failed(text, *GRAVE) == []


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [
        ("收到政府信息公开申请60件，上年转结7件，转结至下年度4件。", (7, 4)),
        ("收到政府信息公开申请60件，由上年度转结7件，4件转结2024年继续办理。", (7, 4)),
        ("收到政府信息公开申请60件，上年度转结申请7件，另有4件转结下年继续办理。", (7, 4)),
        ("收到政府信息公开申请60件，没有转结下年度继续办理的申请。", (7, 0)),
    ],
)
def test_carried_over_in_other_characters(sentence: str, rows: tuple[int, int]):
    carried_in, carried_out = rows
    answered = 60 + carried_in - carried_out
    numbers = {"二、上年结转政府信息公开申请数量": carried_in, "四、结转下年度继续办理": carried_out}
    own = {"一、本年新收政府信息公开申请数量": 60, "(一)予以公开": answered, "(七)总计": answered, **numbers}
    assert rules_failed(plain({REQUESTS: sentence}, own), *GRAVE) == []


@pytest.mark.parametrize(
    ("heading", "reworded"),
    [
        ("一、总体情况", "一、政府信息公开工作的基本情况"),
        ("一、总体情况", "一、2023年度政府信息公开工作开展情况"),
        ("一、总体情况", "一、年度工作综述"),
        ("二、主动公开政府信息情况", "二、2023年公开政府信息的情况"),
        ("三、收到和处理政府信息公开申请情况", "三、公众申请办理情况"),
        ("四、政府信息公开行政复议、行政诉讼情况", "四、被申请复议和应诉情况"),
        ("五、存在的主要问题及改进情况", "五、工作中的困难和下一步打算"),
        ("六、其他需要报告的事项", "六、需要报告的有关事项"),
    ],
)
def test_a_heading_in_other_words_is_told_once(heading: str, reworded: str):
    assert rules_failed(plain({f"\n{heading}": f"\n{reworded}"})) == ["sections.heading_reworded"]


@pytest.mark.parametrize(
    ("printed", "reworded"),
    [
        ("（三）政府信息管理情况。规范管理。", "（三）加强政务信息发布管理。严格信息发布审核。"),
        ("（三）政府信息管理情况。规范管理。", "（三）严把公开内容审核关。"),
        ("（三）政府信息管理情况。规范管理。", "（三）规范各类政府信息。"),
        ("（四）政府信息公开平台建设情况。优化栏目。", "（四）拓展公开载体。优化栏目。"),
        ("（四）政府信息公开平台建设情况。优化栏目。", "（四）加强门户网站建设。"),
        ("（四）政府信息公开平台建设情况。优化栏目。", "（四）用好政务新媒体。"),
        ("（五）监督保障情况。加强培训考核。", "（五）强化组织保障。"),
        ("（五）监督保障情况。加强培训考核。", "（五）加强督促检查。"),
        ("（五）监督保障情况。加强培训考核。", "（五）加强组织领导。"),
        ("（一）主动公开情况。规范公开。", "（一）主动向社会发布信息。"),
    ],
)
def test_an_aspect_in_other_words_is_there(printed: str, reworded: str):
    assert rules_failed(plain({printed: reworded}), *GRAVE) == []


@pytest.mark.parametrize("aspect", ["（三）政府信息管理情况。规范管理。", "（四）政府信息公开平台建设情况。优化栏目。"])
def test_an_aspect_that_is_not_there_is_told(aspect: str):
    assert rules_failed(plain({aspect: ""})) == ["sections.overview_aspects"]


@pytest.mark.parametrize(
    "sentence",
    [
        "共制定规范性文件0件，废止规范性文件0件，现行有效的规范性文件。",
        "制发规范性文件0件，废止0件，现行有效规范性文件。",
        "作出行政许可决定0件，行政处罚决定。",
        "共制定规范性文件件。",
        "全年公开信息条，其中公告3条。",
    ],
)
def test_a_number_left_out_is_told(sentence: str):
    assert rules_failed(plain({PROACTIVE: sentence})) == ["text.template_leftovers"]


@pytest.mark.parametrize(
    "sentence",
    [
        "制定规范性文件0件，未废止规范性文件。",
        "制定规范性文件0件，及时清理、废止规范性文件。",
        "作出行政许可决定0件，不涉及行政强制。",
        "对图片配以文字描述，方便群众。",
        "申请人可书面提交（填写《政府信息公开申请表》）申请。",
    ],
)
def test_what_only_looks_like_a_gap_is_left_alone(sentence: str):
    assert rules_failed(plain({PROACTIVE: sentence})) == []


@pytest.mark.parametrize(
    "words", ["（文字描述）", "（请在此处填写本单位情况）", "（如无，请填写“无”）", "（待补充）", "文字描述"]
)
def test_words_of_the_blank_form_are_told(words: str):
    assert rules_failed(plain({PROACTIVE: f"规范公开。\n{words}"})) == ["text.template_leftovers"]


@pytest.mark.parametrize(
    "cited",
    [
        "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》",
        "《关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）",
        "《关于政府信息公开年度报告有关事项的通知》",
        "国办公开办函〔2019〕60号",
    ],
)
def test_the_old_notice_is_told_once_however_it_is_cited(cited: str):
    assert rules_failed(plain({PROACTIVE: f"根据{cited}要求，规范公开。"})) == ["text.basis_superseded"]


@pytest.mark.parametrize(
    ("period", "rules"),
    [
        ("2023年1月1日起至202023年12月31日止", ["period.year"]),
        ("203年1月1日至2023年12月31日", ["period.year"]),
        ("2023年1月1日至20223年12月31日", ["period.year"]),
        ("2023年1月1日至2023年13月31日", ["period.full_year"]),
        ("2023年1月1日至2023年12月32日", ["period.full_year"]),
        ("2023年1月1日至2023年12年31日", ["period.garbled"]),
        ("2023年1月1日至2023年12日31日", ["period.garbled"]),
        ("二〇二三年一月一日至十二月三十一日", []),
        ("2023年1月1日至12月31日", []),
    ],
)
def test_a_period_that_cannot_be(period: str, rules: list[str]):
    assert rules_failed(plain({"2023年1月1日至2023年12月31日": period})) == rules


@pytest.mark.parametrize("place", ["甲市", "甲市乙区", "丙县", "甲市人民政府"])
def test_the_fees_of_a_whole_place_may_be_large(place: str):
    text = plain({"甲市南局": place, "行政事业性收费 | 0": "行政事业性收费 | 316000"})
    assert rules_failed(text, *GRAVE) == []
    assert rules_failed(text.replace(f"\n{place}", "").replace(place, "甲市南局", 1), Severity.LIKELY) == [
        "proactive.fee_in_yuan"
    ]


@pytest.mark.parametrize("words", ["我镇", "我街道", "本乡"])
def test_a_township_that_is_not_named_has_no_regulations(words: str):
    text = case("13").decode().replace("我镇", words)
    assert rules_failed(text, *GRAVE) == ["proactive.regulations_without_power"]


@pytest.mark.parametrize("words", ["其他处理情形4件", "其他处理4件", "其他方式处理4件"])
def test_what_remains_of_a_group_may_be_called_by_its_name(words: str):
    own = {"1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": 3, "3.其他": 4}
    assert "claims.other_results" not in rules_failed(
        received(f"收到申请24件，其中逾期不补正3件，{words}。", 24, **own), *GRAVE
    )
    wrong = words.replace("4", "5")
    assert "claims.other_results" in rules_failed(
        received(f"收到申请24件，其中逾期不补正3件，{wrong}。", 24, **own), *GRAVE
    )
