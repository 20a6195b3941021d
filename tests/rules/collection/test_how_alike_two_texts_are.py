"""From how much text on two reports are compared, from how much on they are alike, and what is quoted of them."""

from __future__ import annotations

import math

import pytest

from disclosure_checks.rules.collection.likeness.text_similarity import TO_ANOTHER_AGENCY, TO_LAST_YEAR
from tests.rules.collection.likeness.test_text_similarity import facts, report, sentences, values

OWN, OTHER = sentences(1), sentences(2)


def test_two_hundred_characters_are_enough_to_compare():
    assert values(TO_LAST_YEAR, report(OWN[:20]), report(OWN[:20], year=2023)) == [1.0, None]
    shorter = [*OWN[:19], OWN[19][:9]]
    assert values(TO_LAST_YEAR, report(shorter), report(OWN[:20], year=2023)) == [None, None]


@pytest.mark.parametrize(
    ("shared", "own", "value"),
    [
        pytest.param(28, 6, 0.7, id="seventy percent are told"),
        pytest.param(27, 6, 0.0, id="less counts as nothing"),
    ],
)
def test_of_another_agency_seventy_percent_must_be_shared(shared: int, own: int, value: float):
    common = sentences(3, shared)
    one, another = report([*common, *sentences(4, own)]), report([*common, *sentences(5, own)], "乙局")
    assert values(TO_ANOTHER_AGENCY, one, another) == [value, value]


def test_less_than_seventy_percent_of_last_years_text_is_told_without_a_quotation():
    one, another = report([*OWN[:20], *OTHER[:10]]), report(OWN[:20], year=2023)
    [fact, _] = facts(one, another)
    assert (fact[TO_LAST_YEAR].value, fact[TO_LAST_YEAR].evidence) == (0.66, ())
    [fact, _] = facts(report([*OWN, *OTHER[:12]]), report(OWN, year=2023))
    assert fact[TO_LAST_YEAR].value == 0.71
    assert fact[TO_LAST_YEAR].evidence[0].expected == "甲局 2023"


def test_the_most_similar_of_several_agencies_is_named_and_of_equals_the_first():
    own = report(OWN)
    near, nearest = report([*OWN[:27], *OTHER[:3]], "乙局"), report([*OWN[:29], *OTHER[:1]], "丙局")
    for others in ([near, nearest], [nearest, near]):
        [fact, *_] = facts(own, *others)
        assert fact[TO_ANOTHER_AGENCY].evidence[0].expected == "丙局 2024"
    [fact, *_] = facts(own, report(OWN, "丁局"), report(OWN, "戊局"))
    assert fact[TO_ANOTHER_AGENCY].evidence[0].expected == "丁局 2024"


def test_the_place_is_that_of_the_longest_shared_clause_where_it_first_stands():
    long = "聚焦企业所需和群众关切做好营商环境领域信息公开"
    more = [f"{clause}而行之" for clause in OWN[:5]]
    [fact, _] = facts(report([OWN[0], long, *OWN[1:], long, *more]), report([*OWN, long], "乙局"))
    assert fact[TO_ANOTHER_AGENCY].evidence[0].place is not None
    assert fact[TO_ANOTHER_AGENCY].evidence[0].place.line == 2


def test_clauses_that_only_one_of_the_two_has_are_not_quoted():
    long = "坚持政策文件与解读材料同步组织同步审签同步部署"
    [fact, _] = facts(report([long, *OWN]), report(OWN, "乙局"))
    assert long not in fact[TO_ANOTHER_AGENCY].evidence[0].text


def test_where_other_agencies_have_no_text_to_compare_nothing_is_known():
    assert values(TO_ANOTHER_AGENCY, report(OWN)) == [None]
    assert values(TO_ANOTHER_AGENCY, report(OWN), report(OWN[:5], "乙局")) == [None, None]


def test_a_text_unlike_that_of_the_year_before_elsewhere_is_known_to_be_so():
    found = values(TO_ANOTHER_AGENCY, report(OWN), report(OTHER, "乙局", 2023))
    assert found[0] == 0
    assert found[1] is None


def test_two_reports_of_an_agency_and_year_are_still_compared_with_others():
    found = facts(report(OWN), report(OWN, source="b.txt"), report(OWN, "乙局"))
    assert [one[TO_ANOTHER_AGENCY].value for one in found] == [1.0, 1.0, 1.0]
    assert all(math.isnan(one[TO_LAST_YEAR].value) for one in found)
