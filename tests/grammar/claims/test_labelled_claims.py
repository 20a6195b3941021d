"""How much is understood of a labelled set of paragraphs that was written before the patterns were looked at."""

from __future__ import annotations

import pytest

from tests.grammar.labelled_claims import Measured, measured, paragraphs

RECALL = 0.8


@pytest.fixture(scope="module", params=[0, 1], ids=["the half for tuning", "the half for checking"])
def half(request: pytest.FixtureRequest) -> Measured:
    return measured(paragraphs()[request.param :: 2])


def test_most_of_what_the_paragraphs_say_is_found(half: Measured) -> None:
    assert half.labels > 150
    assert half.recall > RECALL, "\n".join(half.missed)


def test_nothing_is_found_that_would_accuse_a_right_table(half: Measured) -> None:
    assert half.accused == ()
