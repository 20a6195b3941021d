"""Sums and shares inside a sentence: what is presented as parts of a whole, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.grammar.claim_samples import found_in


def sums(text: str) -> list[tuple[str, str]]:
    return [(one.said.verdict.value, one.said.terms) for one in found_in(text).sums]


@pytest.mark.parametrize(
    ("text", "verdict", "terms"),
    [
        ("公开信息190条，其中动态150条、公告36条、其他4条。", "holds", "190 / 150 + 36 + 4 = 190"),
        ("公开信息118条，包括机构类（88条），应急类（30条），执法类（24条）。", "exceeds", "118 / 88 + 30 + 24 = 142"),
        ("收到申请9件（自然人4件、法人6件），办结8件。", "exceeds", "9 / 4 + 6 = 10"),
        ("公开信息190条，按类别分：动态150条、公告36条。", "differs", "190 / 150 + 36 = 186"),
        ("公开信息190条，其中动态150条、公告36条。", "short", "190 / 150 + 36 = 186"),
        ("公开动态150条、公告40条，共计190条。", "holds", "150 + 40 = 190 / 190"),
        ("公开动态150条、公告40条，共计200条。", "differs", "150 + 40 = 190 / 200"),
        ("收到申请18件，其中自然人申请15件，占83.3%。", "holds", "15 / 18 = 83.33%"),
        ("收到申请18件，其中自然人申请15件（占80%）。", "share_differs", "15 / 18 = 83.33%"),
        ("新收的2件申请中，自然人申请2，占96%。", "share_differs", "2 / 2 = 100.00%"),
    ],
)
def test_parts_of_a_whole_are_added_up(text: str, verdict: str, terms: str) -> None:
    assert sums(text) == [(verdict, terms)]


@pytest.mark.parametrize(
    "text",
    [
        "收到申请88件，上年结转12件，本年度办理结果总计99件。",
        "公开信息190条，其中动态150条等。",
        "收到申请9件，办结8件，结转1件。",
        "部分公开：1件，不予公开：2件。",
        "公开信息190条，同比增加20条。",
        "一年来，不予公开3，占60%；无法提供1，占20%；不予处理1，占20%。",
        "公开信息约190条，其中动态150条、公告60条。",
    ],
)
def test_numbers_that_are_no_parts_are_not_added_up(text: str) -> None:
    assert sums(text) == []


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("收到申请6件，自然人4件，占66.7%，法人2件，占33.3%。", ["holds", "holds"]),
        ("收到申请6件，自然人4件，占66.7%，法人2件，占31.3%。", ["share_differs"]),
        ("收到申请7件，自然人4件，占66.7%，法人2件，占33.3%。", []),
        ("收到申请39件，予以公开1件，占2.6%；不予公开37件，占97.37%。", ["holds"]),
    ],
    ids=["of the whole that is named", "one of two is wrong", "of another whole", "of the parts together"],
)
def test_a_share_is_of_a_whole_that_the_others_agree_on(text: str, verdicts: list[str]) -> None:
    assert [verdict for verdict, _ in sums(text)] == verdicts


def test_what_is_quoted_begins_with_a_clause() -> None:
    long = "我局按照要求认真做好各项工作并定期开展检查和通报"
    (one,) = found_in(f"（一）主动公开：{long}，{long}，公开信息9条，其中动态5条、公告6条。").sums
    assert one.shown.text.startswith((long, "公开信息"))
