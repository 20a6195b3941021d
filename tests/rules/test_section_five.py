"""Section five names problems in many words; only one that says next to nothing is accused."""

from __future__ import annotations

import pytest

from disclosure_checks.rules.spec.model.specification import Severity
from tests.checking import GRAVE, failed, findings_of, read
from tests.odd_texts import plain

PRINTED = (
    "存在的主要问题：一是公开内容不够全面；二是人员业务能力有待提高。改进措施：一是加强学习培训，二是完善公开制度。"
)
NAMED = [
    "解读形式较为单一，主要以文字解读为主。下一步，我局将丰富解读形式，增加图解、视频解读。",
    "政策解读的质量不高，图文并茂的解读较少。2024年将加大解读力度。",
    "信息更新不及时，栏目内容偏少。我们将明确专人，及时更新。",
    "公开的主动性欠佳。今后将提高认识，压实责任。",
    "工作人员更换频繁，业务不熟悉。将组织业务培训。",
    "主动公开的深度和广度仍需拓展。将围绕群众关切，拓宽公开内容。",
    "部分科室对公开工作重视不足。将纳入年度考核，落实责任。",
    "依申请公开的答复尚需规范。将邀请专家授课，统一答复文书。",
    "与群众期待相比仍有差距。将以需求为导向，持续推进公开。",
    "平台建设滞后，检索功能薄弱。将优化网站功能。",
    "公开渠道有限。将用好政务新媒体，拓展公开渠道。",
    "重点领域信息公开的质量参差不齐。将细化公开标准。",
    "专业力量缺乏。将充实人员，健全机制。",
    "队伍建设亟待加强。将开展轮训。",
    "公众参与度偏低。将多渠道征集意见，推动决策公开。",
    "个别栏目内容缺失。已完成补录，并建立巡查制度。",
    "信息审核把关不严。将落实三审三校。",
    "解读与政策发布衔接不畅。将推动同步起草、同步审批、同步发布。",
    "基层政务公开工作推进较慢。将加快标准化规范化建设。",
    "信息分类不够准确。将规范目录。",
    "公开形式单调。将探索短视频等形式。",
    "回应关切还需更加主动。将健全舆情回应机制。",
    "政务公开专区利用率低。将丰富专区功能。",
    "主动公开意识不强，公开内容不丰富，公开时效性不足。将强化学习，提高质量。",
    "政府信息管理的动态调整还不到位。将定期清理。",
    "与先进单位相比还存在短板弱项。将对标学习，补齐短板。",
    "公开内容与公众需求不相适应。将开展需求调查。",
    "对依申请公开的研判能力难以满足实际需要。将加强会商。",
    "存在重发布轻管理的倾向，部分信息被动公开。将转变观念，做好全流程管理。",
    "政策文件库建设尚待完善。将抓好归集。",
]


def section_five(words: str) -> str:
    return plain({PRINTED: words})


def alarms(words: str, *severities: Severity) -> list[str]:
    findings = findings_of([read(section_five(words))])["report.txt"]
    return [one.rule for one in failed(findings, *(severities or (*GRAVE, Severity.ADVISORY)))]


@pytest.mark.parametrize("words", NAMED)
def test_problems_in_whatever_words_are_named(words: str):
    assert alarms(words) == []
    assert "sections.problems_not_recognised" not in alarms(words, Severity.INFO)


@pytest.mark.parametrize(
    "words",
    ["无。", "无", "暂无。", "本年度没有问题。", "本单位不存在问题。", "（略）", "未发现问题。", "详见附件。"],
)
def test_a_section_that_says_next_to_nothing_is_accused(words: str):
    assert "sections.problems_named" in alarms(words, Severity.LIKELY)


def test_a_section_that_says_much_in_unknown_words_is_only_noted():
    words = (
        "过去一年里，各科室各司其职，按照年初的安排把各自的事情逐项办妥，全局上下齐心协力，"
        "顺利走完了全年的各项工作流程，给出了一份还算说得过去的答卷。"
    )
    assert alarms(words) == []
    assert "sections.problems_not_recognised" in alarms(words, Severity.INFO)


@pytest.mark.parametrize(
    ("words", "accused"),
    [
        ("甲县人民政府政府信息公开工作有序开展", False),
        ("自二〇二〇年以来规范公开", False),
        ("政府信息信息化水平提高", False),
        ("强化强化信息审核", True),
        ("进一步进一步规范公开", False),
        ("认真落实落实公开要求", True),
    ],
)
def test_words_that_are_doubled_by_right(words: str, accused: bool):
    assert ("text.doubled_words" in alarms(f"{PRINTED}{words}。", Severity.ADVISORY)) == accused


@pytest.mark.parametrize(
    ("words", "accused"),
    [
        ("对照国办公开办函〔2020〕12号文件逐项整改", False),
        ("按照年度报告格式（国办公开办函〔2021〕13号）编制", True),
        ("根据国办公开办函〔2021〕31号要求编制年度报告", True),
        ("按照年度报告格式（国办公开办函〔2021〕30号）编制", False),
    ],
)
def test_the_number_of_another_notice_is_no_wrong_number_of_this_one(words: str, accused: bool):
    assert ("text.basis_number" in alarms(f"{PRINTED}{words}。", Severity.ADVISORY)) == accused
