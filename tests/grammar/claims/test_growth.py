"""A number, its change and the percentage of the change, said in one sentence."""

from __future__ import annotations

import pytest

from tests.grammar.claims.test_claims_in_sentences import found_in


def verdicts(text: str) -> list[tuple[str, str]]:
    found = (one.said for one in found_in(text).sums)
    return [(one.verdict.value, one.terms) for one in found if "%" in one.terms]


UP, DOWN = "(25 - 15) / 15 = 66.67%", "(25 - 50) / 50 = -50.00%"


@pytest.mark.parametrize(
    ("text", "verdict", "terms"),
    [
        ("全年收到政府信息公开申请25件，比上年增加10件，增长40%。", "growth_differs", UP),
        ("全年收到政府信息公开申请25件，比上年增加10件，增长66.7%。", "holds", UP),
        ("全年收到政府信息公开申请25件，比上年增加10件，增长67%。", "holds", UP),
        ("全年收到政府信息公开申请25件，同比增长66.67%（增加10件）。", "holds", UP),
        ("全年收到政府信息公开申请25件，同比增幅40%，增加10件。", "growth_differs", UP),
        ("全年收到政府信息公开申请25件，较2022年减少25件，下降50%。", "holds", DOWN),
        ("全年收到政府信息公开申请25件，较上年减少25件，降幅为33.3%。", "growth_differs", DOWN),
        ("2023年收到政府信息公开申请25件，2022年收到15件，同比增长66.7%。", "holds", UP),
        ("2023年收到政府信息公开申请25件，上年收到15件，同比增长40%。", "growth_differs", UP),
        ("主动公开信息25条，比上年增加10条，增长百分之四十。", "growth_differs", UP),
    ],
)
def test_growth_closes_on_itself(text: str, verdict: str, terms: str):
    assert verdicts(text) == [(verdict, terms)]


@pytest.mark.parametrize(
    "text",
    [
        "全年收到政府信息公开申请25件，同比增长40%。",
        "全年收到政府信息公开申请25件，比上年增加约10件，增长40%。",
        "全年收到政府信息公开申请25件，其中自然人申请增加10件，增长40%。",
        "全年收到政府信息公开申请25件，比上年增加10件，办结率增长5%。",
        "全年收到政府信息公开申请25件，培训3场，增长40%。",
        "全年收到政府信息公开申请近25件，比上年增加10件，增长40%。",
        "全年收到政府信息公开申请25件，比上年增加25件，增长100%。",
    ],
)
def test_what_does_not_say_all_three_is_left_alone(text: str):
    assert verdicts(text) == []
