"""What is not known where text was seen in pictures: it may have been misread there, or lost."""

from __future__ import annotations

import math

import pytest

from disclosure_checks.grammar.interpretation.seen_facts import facts_of_pictures
from disclosure_checks.grammar.model.fact_names import LOST_IN_PICTURES
from disclosure_checks.grammar.model.report import Evidence, Fact, Place

SEEN = frozenset({2})
IN_SECTIONS = frozenset({"text.improvements_named"})


def fact(value: float, page: int = 0) -> Fact:
    return Fact(value, (Evidence(Place(page=page), "一二三"),) if page else ())


@pytest.mark.parametrize(
    ("name", "given"),
    [
        pytest.param("text.improvements_named", fact(0), id="words that no section seems to say"),
        pytest.param("text.period_garbled", fact(1, page=2), id="odd wording on a page that was seen"),
        pytest.param("section.problems.characters", fact(0), id="a section that seems to say nothing"),
        pytest.param("section.problems.count", fact(0), id="a heading that was not found"),
        pytest.param("section.problems.count", fact(2, page=2), id="a heading found twice"),
        pytest.param(min(LOST_IN_PICTURES), fact(0), id="a title that was not found"),
    ],
)
def test_what_a_picture_may_have_lost_or_changed_is_unknown(name: str, given: Fact) -> None:
    found = facts_of_pictures({name: given}, SEEN, IN_SECTIONS, has_year=True)
    assert math.isnan(found[name].value)
    assert found[name].evidence == given.evidence


@pytest.mark.parametrize(
    ("name", "given"),
    [
        pytest.param("text.improvements_named", fact(2), id="words that a section says"),
        pytest.param("text.period_stated", fact(0), id="words that are looked for everywhere"),
        pytest.param("text.period_garbled", fact(1, page=1), id="odd wording on a page with a text of its own"),
        pytest.param("section.problems.characters", fact(20), id="a section that says something"),
        pytest.param("section.problems.count", fact(1, page=2), id="a heading found once"),
        pytest.param("requests.results_total", fact(0, page=2), id="what is no wording"),
    ],
)
def test_what_was_made_out_is_known(name: str, given: Fact) -> None:
    assert facts_of_pictures({name: given}, SEEN, IN_SECTIONS, has_year=True) == {}


def test_a_title_without_a_year_was_not_made_out_whole() -> None:
    name = "document.title_found"
    assert math.isnan(facts_of_pictures({name: fact(1, page=2)}, SEEN, IN_SECTIONS, has_year=False)[name].value)
