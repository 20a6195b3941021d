"""What a sentence takes over from the one before, and what of that is sure."""

from __future__ import annotations

import pytest

from tests.grammar.claim_samples import BUREAU, COUNTY, YEAR, ZONE, found_in, said


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("2022年结转2件。", ["carried_in 2"]),
        ("由2022年结转的申请2件。", ["carried_in 2"]),
        ("2022年结转至2023年办理的申请2件。", ["carried_in 2"]),
        ("结转2024年继续办理2件。", ["carried_out 2"]),
        ("余5件结转至2024年度。", ["carried_out 5"]),
        ("3件尚在办理中，结转至2024年。", ["carried_out 3"]),
        ("跨年办理3件。", ["carried_out 3"]),
        ("2021年结转2件。", []),
    ],
)
def test_the_year_decides_between_carried_in_and_carried_out(text: str, claims: list[str]) -> None:
    assert said(text) == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("收到政府信息公开申请9件，其中予以公开5件。", ["received 9", "granted 5"]),
        ("收到政府信息公开申请9件。其中，自然人申请8件。", ["received 9", "from_natural_persons 8"]),
        ("收到政府信息公开申请9件，内容均为财政预算类，已答复8件。", ["received 9", "completed 8"]),
        ("依申请公开答复书均经审核。没有部分公开的情形。", ["none_partly_granted 0"]),
        ("制定规范性文件8件。部分公开0件。", ["normative_issued 8", "partly_granted 0"]),
        ("收到政府信息公开申请9件（其中当面提交4件、网络提交5件），答复8件。", ["received 9", "completed 8"]),
        ("新收申请9件；办结9件（予以公开4件，不予公开5件）；结转下年度0件。",
         ["received 9", "completed 9", "granted 4", "refused 5", "carried_out 0"]),
        ("答复情况为：部分公开：1件，不予公开：2件。", ["partly_granted 1", "refused 2"]),
        ("“不予公开”20件次、“无法提供”3件次。", ["refused 20", "unavailable 3"]),
        ("不予公开、无法提供的申请分别有2件、3件。", ["refused 2", "unavailable 3"]),
        ("5件予以公开，3件部分公开。", ["granted 5", "partly_granted 3"]),
        ("其他处理6件，其中逾期不补正5件、其他1件。", ["other_results 6", "other_not_corrected 5", "other_other 1"]),
        ("按申请人分，自然人5件、其他1件。", ["from_natural_persons 5", "from_others 1"]),
        ("发布规范性文件5件，清理废止规范性文件2件。", ["normative_announced 5", "normative_repealed 2"]),
        ("发出收费通知3件，总金额120元，实际收取信息处理费110元。", ["processing_fee 120", "processing_fee 110"]),
        ("因信息公开被提起行政诉讼一件，“结果维持”零件，“其他结果”一件。",
         ["litigations 1", "litigations_upheld 0", "litigations_other 1"]),
        ("申请人不服答复申请行政复议3件，提起行政诉讼1件。", ["reconsiderations 3", "litigations 1"]),
    ],
)  # fmt: skip
def test_a_phrase_goes_on_with_what_was_counted(text: str, claims: list[str]) -> None:
    assert said(text) == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("收到的政府信息公开申请已全部办结。", ["all_completed 0"]),
        ("收到政府信息公开申请9件，均已办结。", ["received 9", "all_completed 0"]),
        ("9件政府信息公开申请全部在法定期限内答复申请人。", ["completed_altogether 9"]),
        ("2022年结转的4份已全部办结。", ["carried_in 4"]),
        ("上年结转的申请已全部办结。", []),
        ("网上申请已全部按期办结。", []),
        ("收到政府信息公开申请9件，均按时办结。", ["received 9"]),
        ("行政复议3件，均予以维持。", ["reconsiderations 3", "all_reconsiderations_upheld 0"]),
        ("政府信息公开行政复议、行政诉讼案件无一被纠正。", ["none_corrected 0"]),
    ],
)
def test_all_is_said_of_what_was_counted_first(text: str, claims: list[str]) -> None:
    assert said(text) == claims


@pytest.mark.parametrize("text", ["已到答复期限的申请全部办结。", "除尚在办理期限内的3条外，均已办结。"])
def test_less_than_all_is_nothing_sure(text: str) -> None:
    assert not [one for one in found_in(text).claims if one.sure]


@pytest.mark.parametrize(
    ("text", "agency", "claims"),
    [
        ("全县各部门收到政府信息公开申请90件。办结政府信息公开申请80件。", BUREAU, []),
        ("县公安局收到政府信息公开申请90件。2023年，收到政府信息公开申请9件。", BUREAU, ["received 9"]),
        ("全县各部门收到政府信息公开申请90件。我局收到政府信息公开申请9件。", BUREAU, ["received 9"]),
        ("全县各部门收到政府信息公开申请90件。\n制发规范性文件2件。", BUREAU, ["normative_issued 2"]),
        ("通过县政府门户网站公开信息90条。未制发规范性文件。", BUREAU, ["none_normative_issued 0"]),
        ("以县政府名义制发规范性文件4件。", BUREAU, []),
        ("县政府现行有效规范性文件40件。", BUREAU, []),
        ("县政府现行有效规范性文件40件。", COUNTY, ["normative_in_force 40"]),
        ("我县收到政府信息公开申请90件。", COUNTY, ["received 90"]),
        ("我县收到政府信息公开申请90件。", BUREAU, []),
        ("全县收到政府信息公开申请90件。", COUNTY, ["received 90?"]),
        ("区政府现行有效规范性文件40件，由管委会公开。", ZONE, []),
        ("某某县财政局收到政府信息公开申请9件。", BUREAU, ["received 9"]),
        ("市卫健委作出行政处罚决定4件。", "某某市卫生健康委员会", ["penalties 4"]),
    ],
)
def test_the_body_that_is_spoken_of_decides(text: str, agency: str, claims: list[str]) -> None:
    assert said(text, agency) == claims


@pytest.mark.parametrize(
    "text",
    [
        "申请办理分为5个环节、3类文书。",
        "收到的申请每件均登记。",
        "其中当场答复3件。",
        "较2022年的20件减少3件。",
        "没有超期答复的政府信息公开申请。",
        "未收到当面提交的政府信息公开申请。",
        "做好12345热线工作，受理3000件，办结2900件。",
        "集中公开现行有效规范性文件393件，备案18件。",
        "公开行政许可信息120条、行政处罚信息30条。",
        "向县政府转交依申请公开件3件。",
        "代区政府起草规范性文件3件。",
        "邮编：413000，电话：0737-4222。",
        "印发〔2023〕12号文件，自3月1日起施行。",
        "全年培训120人次。",
        "受市政府委托办理以其名义受理的政府信息公开申请10件。",
    ],
)
def test_nothing_sure_is_said_of_a_cell(text: str) -> None:
    sure = [one for one in found_in(f"（一）依申请公开。{text}").claims if one.sure]
    assert [one.claim.id for one in sure if one.claim.id != "normative_in_force_published"] == []


def test_a_section_is_about_its_subject() -> None:
    assert said("收到9件，办结8件。", section="requests") == ["received 9", "completed 8"]
    assert said("收到9件，办结8件。") == []


@pytest.mark.parametrize("count", [1, 7, 12, 345, 6789])
def test_a_remembered_wording_says_its_own_numbers(count: int) -> None:
    text = f"收到政府信息公开申请{count}件，办结{count + 1}件。"
    assert said(text) == said(text) == [f"received {count}", f"completed {count + 1}"]


def test_years_are_told_apart_in_one_wording() -> None:
    text = "2023年收到政府信息公开申请9件。"
    assert [said(text, year=year) for year in (YEAR, YEAR + 1, YEAR)] == [["received 9"], [], ["received 9"]]


def test_a_clause_about_cases_does_not_go_on_with_what_became_of_applications() -> None:
    assert said("收到政府信息公开申请3件，办结3件，行政复议2件，行政诉讼0件。") == [
        "received 3",
        "completed 3",
        "reconsiderations 2",
        "zero_litigations 0",
    ]
    assert said("全年办结政府信息公开申请3件、行政复议案件186件。") == ["completed 3"]


def test_an_agency_named_like_a_word_of_the_text_is_not_found_in_it() -> None:
    text = "受市政府委托办理以其名义受理的政府信息公开申请10件。"
    assert said(text, agency="某某市人民政府国有资产监督管理委员会") == []


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("尚有3件申请在法定期限内办理，将于下年度答复。", ["in_progress 3"]),
        ("收到政府信息公开申请18件，尚余3件在法定期限内处理。", ["received 18", "in_progress 3"]),
        ("收到政府信息公开申请18件，还有3件在规定期限内答复。", ["received 18", "in_progress 3"]),
        ("收到政府信息公开申请18件，其余3件正在法定期限内办理中。", ["received 18", "in_progress 3"]),
        ("收到政府信息公开申请18件，均在法定期限内办理。", ["received 18"]),
        ("县政府办公室转办申请6件，本局直接受理申请12件。", []),
        ("收到政府信息公开申请18件，其中直接受理12件、上级转办6件。", ["received 18"]),
        ("自行受理政府信息公开申请12件，省厅转来6件。", []),
        ("本机关为被告的行政诉讼案件共735件，其中涉政府信息公开5件。", ["litigations_on_disclosure 5"]),
        ("行政复议案件共723件，其中因政府信息公开引发的8件。", ["reconsiderations_on_disclosure 8"]),
        ("行政诉讼案件20件，其中政府信息公开类案件3件。", ["litigations_on_disclosure 3"]),
        ("行政复议20件、行政诉讼10件，其中涉及信息公开2件。", ["litigations_on_disclosure 2"]),
        ("因政府信息公开引发行政诉讼3件，其中维持1件。", ["litigations 3", "litigations_upheld 1"]),
        ("收到政府信息公开申请18件，其中因政府信息公开引发行政复议3件。",
         ["received 18", "reconsiderations_on_disclosure 3"]),
    ],
)  # fmt: skip
def test_a_number_of_a_part_is_not_that_of_the_whole(text: str, claims: list[str]) -> None:
    assert said(text) == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("无结转至2024年以外的申请。", []),
        ("没有结转到下年度之后的政府信息公开申请。", []),
        ("无结转2024年度以后办理的申请。", []),
        ("没有结转至2024年的申请。", ["none_carried_out 0"]),
        ("没有结转下年度继续办理的申请。", ["none_carried_out 0"]),
    ],
)
def test_what_is_carried_past_the_next_year_is_not_what_is_carried_into_it(text: str, claims: list[str]) -> None:
    assert said(text) == claims
