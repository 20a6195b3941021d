"""Labels broken into pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.grammar.rows.spelling import spell


@pytest.mark.parametrize(
    ("word", "pieces", "used"),
    [
        ("结果维持", ["结果", "维持"], (0, 1)),
        ("结果纠正", ["结果", "结果", "维持", "纠正"], (0, 3)),
        ("重复申请", ["五不予", "2重复", "处理", "申请"], None),
        ("2重复申请", ["五不予", "2重复", "处理", "申请"], (1, 3)),
        ("总计", [], None),
    ],
)
def test_pieces_in_order_spell_a_word(word, pieces, used):
    assert spell(word, pieces) == used


@given(st.lists(st.text("甲乙丙丁", min_size=1, max_size=3), min_size=1, max_size=6))
def test_any_word_is_spelled_by_its_own_pieces(pieces):
    spelled = spell("".join(pieces), pieces)
    assert spelled is not None
    assert "".join(pieces[number] for number in spelled) == "".join(pieces)
