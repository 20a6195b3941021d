"""Near-identical texts: to last year's report, to another agency's, and what is said of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from disclosure_checks.grammar.model.report import Fact, Place, ProseLine, Report, Section
from disclosure_checks.grammar.prose.fingerprints import FingerprintTaker
from disclosure_checks.rules.collection.earlier_years import EarlierText
from disclosure_checks.rules.collection.likeness.near_duplicates import candidate_pairs
from disclosure_checks.rules.collection.likeness.text_similarity import (
    LEAST_CHARACTERS,
    MUCH_ALIKE,
    TO_ANOTHER_AGENCY,
    TO_LAST_YEAR,
    similarity_facts,
)

TAKER = FingerprintTaker()
WORDS = "规范流程提升质量公开信息完善制度聚焦群众关切加强培训考核监督平台建设依法答复申请及时更新栏目政策解读"


def sentences(seed: int, count: int = 30) -> list[str]:
    """Clauses of ten characters that no other seed has."""
    random = Random(seed)
    return ["".join(random.sample(WORDS, 10)) for _ in range(count)]


def report(clauses: Sequence[str], agency: str = "甲局", year: int | None = 2024, source: str = "") -> Report:
    lines = tuple(ProseLine(Place(line=number), f"{clause}。") for number, clause in enumerate(clauses, start=1))
    return Report(
        source or f"{agency}{year}.txt",
        agency,
        year,
        "text",
        {},
        {},
        sections=(Section("overview", "一、总体情况", Place(line=0), lines),),
        fingerprint=TAKER.fingerprint(["。".join(clauses)], agency),
    )


def facts(*reports: Report, earlier: Sequence[EarlierText] = ()) -> list[dict[str, Fact]]:
    return similarity_facts(reports, earlier)


def values(name: str, *reports: Report, earlier: Sequence[EarlierText] = ()) -> list[float | None]:
    found = [one[name].value for one in facts(*reports, earlier=earlier)]
    return [None if math.isnan(value) else value for value in found]


OWN, OTHER = sentences(1), sentences(2)


def test_a_text_is_compared_with_that_of_the_year_before():
    assert values(TO_LAST_YEAR, report(OWN), report(OWN, year=2023)) == [1.0, None]
    assert values(TO_LAST_YEAR, report(OWN), report(OTHER, year=2023)) == [0.0, None]
    assert values(TO_LAST_YEAR, report(OWN), report([*OWN[:15], *OTHER[:15]], year=2023)) == [0.33, None]


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([report(OWN, year=2022)], id="two years before"),
        pytest.param([report(OWN, agency="乙局", year=2023)], id="another agency"),
        pytest.param([report(OWN, year=2023), report(OWN, year=2023, source="b.txt")], id="two reports of that year"),
        pytest.param([report(OWN[:10], year=2023)], id="a text that is too short"),
    ],
)
def test_these_are_no_text_of_the_year_before(others):
    assert values(TO_LAST_YEAR, report(OWN), *others)[0] is None


def test_a_similarity_is_rounded_down_so_that_097_is_never_098():
    one, another = sentences(1, 100), [*sentences(1, 99), *sentences(2, 2)]
    [fact, _] = facts(report(one), report(another, year=2023))
    assert fact[TO_LAST_YEAR].value == pytest.approx(0.97)  # 99 of 102


def test_the_text_of_an_earlier_run_serves_where_the_run_has_none():
    stored = [EarlierText("甲局", 2023, report(OWN).fingerprint)]
    assert values(TO_LAST_YEAR, report(OWN), earlier=stored) == [1.0]
    assert values(TO_LAST_YEAR, report(OWN), report(OTHER, year=2023), earlier=stored) == [0.0, None]


@pytest.mark.parametrize("year", [2024, 2023])
def test_a_text_is_compared_with_other_agencies_of_the_same_year_and_the_year_before(year):
    found = facts(report(OWN), report([*OWN[:-1], *OTHER[:1]], "乙局", year), report(OTHER, "丙局"))
    assert [one[TO_ANOTHER_AGENCY].value for one in found][:1] == [0.93]
    assert found[2][TO_ANOTHER_AGENCY].value == 0
    copied_later = found[1][TO_ANOTHER_AGENCY].value
    assert copied_later == 0.93 if year == 2024 else math.isnan(copied_later) or copied_later == 0


def test_a_report_is_not_similar_to_one_that_was_written_later_or_long_before():
    assert values(TO_ANOTHER_AGENCY, report(OWN), report(OWN, "乙局", 2025)) == [None, 1.0]
    assert values(TO_ANOTHER_AGENCY, report(OWN), report(OWN, "乙局", 2022)) == [None, None]


def test_another_agency_may_be_one_of_an_earlier_run():
    stored = [EarlierText("乙局", 2023, report(OWN).fingerprint)]
    assert values(TO_ANOTHER_AGENCY, report(OWN), earlier=stored) == [1.0]


def test_two_prints_of_one_report_are_not_two_agencies():
    assert values(TO_ANOTHER_AGENCY, report(OWN), report(OWN, source="b.txt")) == [None, None]


@pytest.mark.parametrize(
    "unknown", [report(OWN, agency=""), report(OWN, year=None), report(OWN[:19])], ids=["agency", "year", "text"]
)
def test_nothing_is_said_where_agency_year_or_text_are_missing(unknown):
    assert len("".join(OWN[:19])) < LEAST_CHARACTERS
    assert values(TO_ANOTHER_AGENCY, unknown, report(OWN, "乙局"))[0] is None
    assert values(TO_LAST_YEAR, unknown, report(OWN, year=2023))[0] is None


def test_the_evidence_names_the_other_report_and_the_longest_clauses_with_their_place():
    long = ["聚焦企业所需和群众关切做好营商环境领域信息公开", "坚持政策文件与解读材料同步组织同步审签"]
    more = [f"{clause}而行之" for clause in OWN[:5]]
    [fact, *_] = facts(
        report([*OWN, *long, *more, "全年公开各类政府信息以及其他有关事项合计3000条"]), report([*OWN, *long], "乙局")
    )
    assert fact[TO_ANOTHER_AGENCY].value < MUCH_ALIKE
    [evidence] = fact[TO_ANOTHER_AGENCY].evidence
    assert evidence.expected == "乙局 2024"
    assert evidence.text == f"{long[0]}…{long[1]}"
    assert evidence.place == Place(line=31)


def test_of_texts_that_are_much_the_same_every_repeated_sentence_is_told():
    own = "只在自己报告中出现的一句话"
    [fact, *_] = facts(report([OWN[0], own, *OWN[1:]]), report(OWN, "乙局"))
    [evidence] = fact[TO_ANOTHER_AGENCY].evidence
    assert fact[TO_ANOTHER_AGENCY].value >= MUCH_ALIKE
    assert [line.rstrip("。") for line in evidence.text.split("\n")] == list(OWN)
    assert evidence.place == Place(line=1)


def test_clauses_with_numbers_are_compared_but_not_quoted():
    numbered = [f"{clause}3件" for clause in OWN]
    [fact, _] = facts(report(numbered), report([one.replace("3", "45") for one in numbered], "乙局"))
    assert fact[TO_ANOTHER_AGENCY].value == 1
    assert fact[TO_ANOTHER_AGENCY].evidence[0].text == ""


def test_every_copy_among_many_texts_is_found_and_nothing_else():
    originals = [report(sentences(seed), f"第{seed}局") for seed in range(300)]
    copies = [report([*sentences(seed)[:28], *sentences(seed + 1000, 2)], f"抄{seed}局") for seed in range(0, 300, 5)]
    found = values(TO_ANOTHER_AGENCY, *originals, *copies)
    copied = set(range(0, 300, 5))
    assert [value for row, value in enumerate(found) if row not in copied and row < 300] == [0.0] * 240
    assert {value for row, value in enumerate(found) if row in copied or row >= 300} == {0.87}


def test_a_text_that_a_whole_region_shares_is_found_in_each_report():
    assert set(values(TO_ANOTHER_AGENCY, *(report(OWN, f"第{number}局") for number in range(60)))) == {1.0}


def test_identical_texts_are_taken_together_before_any_are_compared(monkeypatch: pytest.MonkeyPatch):
    compared: list[int] = []

    def counted(fingerprints):
        compared.append(len(fingerprints))
        return candidate_pairs(fingerprints)

    monkeypatch.setattr("disclosure_checks.rules.collection.likeness.text_similarity.candidate_pairs", counted)
    copies = [report(OWN, agency=f"{number}局") for number in range(200)]
    found = facts(*copies, report(OTHER, agency="丙局"))
    assert compared == [2]
    named = [one[TO_ANOTHER_AGENCY].evidence[0].expected for one in found[:-1]]
    assert named == ["1局 2024", *["0局 2024"] * 199]
    assert found[-1][TO_ANOTHER_AGENCY].value == 0


@pytest.mark.parametrize(
    ("others", "named"),
    [
        pytest.param(
            [report(OWN, agency="甲局", source="b.txt"), report(OWN, agency="乙局")], "乙局 2024", id="its own copy"
        ),
        pytest.param(
            [report(OWN, agency="乙局", year=2025), report(OWN[:29], agency="丙局")], "丙局 2024", id="a later one"
        ),
        pytest.param(
            [report(OWN[:29], agency="乙局"), report(OWN, agency="丙局", year=2023)],
            "丙局 2023",
            id="a less similar one",
        ),
        pytest.param(
            [report(OWN, agency="乙局", year=2023), report(OWN, agency="丙局")], "乙局 2023", id="one behind it"
        ),
    ],
)
def test_the_text_that_is_named_is_the_first_of_the_most_similar_and_not(others: list[Report], named: str):
    [fact, *_] = facts(report(OWN), *others)
    assert fact[TO_ANOTHER_AGENCY].evidence[0].expected == named


def test_candidates_are_pairs_of_texts_each_once_in_order():
    fingerprints = [report(OWN).fingerprint, (), report(OTHER).fingerprint, report(OWN).fingerprint]
    assert candidate_pairs(fingerprints).tolist() == [[0, 3]]
    assert candidate_pairs([(), ()]).shape == (0, 2)
    assert candidate_pairs([]).shape == (0, 2)


def test_the_order_of_the_reports_does_not_matter():
    reports = [report(OWN), replace(report(OWN, "乙局"), source="x"), report([*OWN[:27], *OTHER[:3]], "丙局")]
    forwards = {one.source: fact for one, fact in zip(reports, facts(*reports), strict=True)}
    backwards = {one.source: fact for one, fact in zip(reports[::-1], facts(*reports[::-1]), strict=True)}
    assert {source: fact[TO_ANOTHER_AGENCY].value for source, fact in forwards.items()} == {
        source: fact[TO_ANOTHER_AGENCY].value for source, fact in backwards.items()
    }
