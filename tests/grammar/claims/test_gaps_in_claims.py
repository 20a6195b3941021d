"""How many unknown characters a claim may hold before it is unsure, by how far away its subject and verb were said.

Each sentence has a gap that is filled with characters which no word list knows.
"""

from __future__ import annotations

import pytest

from tests.grammar.claim_samples import said

UNKNOWN = "璐"

NUMBERED = [
    pytest.param("收到{}政府信息公开申请9件。", "received 9", 22, id="subject and verb in the phrase"),
    pytest.param("收到政府信息公开申请{}9件。", "received 9", 22, id="the gap between the subject and the number"),
    pytest.param("9件{}政府信息公开申请全部答复。", "completed_altogether 9", 0, id="no gap behind the number"),
    pytest.param("行政复议{}3件。", "reconsiderations 3", 2, id="a subject without a verb"),
    pytest.param("收到政府信息公开申请9件，{}办结8件。", "completed 8", 6, id="the subject in the same sentence"),
    pytest.param("收到政府信息公开申请9件，自然人{}8件。", "from_natural_persons 8", 1, id="both in the same sentence"),
    pytest.param("收到政府信息公开申请9件。{}办结8件。", "completed 8", 2, id="the subject in the sentence before"),
    pytest.param("（一）依申请公开。{}收到8件。", "received 8", 2, id="the subject in the heading"),
    pytest.param(
        "收到政府信息公开申请9件。{}自然人8件。", "from_natural_persons 8", 0, id="both in the sentence before"
    ),
    pytest.param("收到{}申请8件。", "received 8", 1, id="a weak subject"),
    pytest.param("{}申请8件。", "received_plainly 8", 0, id="a weak subject without a verb"),
]
WITHOUT_NUMBER = [
    pytest.param("未收到{}政府信息公开申请。", "none_received 0", 8, id="nothing was received"),
    pytest.param("收到的{}政府信息公开申请全部办结。", "all_completed 0", 2, id="all were completed"),
]


@pytest.mark.parametrize(("sentence", "claim", "largest"), NUMBERED + WITHOUT_NUMBER)
def test_a_claim_is_sure_up_to_a_gap_and_unsure_beyond_it(sentence: str, claim: str, largest: int) -> None:
    assert said(sentence.format(UNKNOWN * largest))[-1] == claim
    assert said(sentence.format(UNKNOWN * (largest + 1)))[-1] == f"{claim}?"


@pytest.mark.parametrize("opening", ["全县", "上年"], ids=["more bodies", "another year"])
def test_a_clause_without_a_number_changes_the_next_one_only_where_it_says_little_else(opening: str) -> None:
    sentence = "{}，收到政府信息公开申请9件。"
    assert said(sentence.format(opening + UNKNOWN * 3)) == []
    assert said(sentence.format(opening + UNKNOWN * 4)) == ["received 9"]


def test_a_cause_is_named_right_behind_its_word() -> None:
    sentence = "因{}行政处罚，收到政府信息公开申请9件。"
    assert said(sentence.format(UNKNOWN * 2)) == []
    assert said(sentence.format(UNKNOWN * 3)) == ["received 9"]


def test_words_behind_a_number_are_said_of_it_where_no_more_than_a_character_stands_between() -> None:
    sentence = "收到申请9件，5件{}予以公开、4件不予公开。"
    assert said(sentence.format("")) == ["received 9", "granted 5", "refused 4"]
    assert said(sentence.format(UNKNOWN)) == ["received 9", "granted 5?", "refused 4"]
    assert said(sentence.format(UNKNOWN * 2)) == ["received 9", "refused 4"]
