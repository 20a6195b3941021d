"""Clauses divided into phrases, one around each number."""

from __future__ import annotations

import pytest

from disclosure_checks.grammar.claims.sentences.cutting import clauses, counts_something_unknown, sentences
from disclosure_checks.grammar.claims.sentences.phrases import phrases
from disclosure_checks.grammar.claims.sentences.words import WordCutter, with_years_marked
from disclosure_checks.grammar.words.folding import compact, fold
from disclosure_checks.rules.spec.compiling.claim_building import build_claim_language
from tests.checking import specification


@pytest.fixture(scope="module")
def cutter() -> WordCutter:
    language = build_claim_language(specification().specification)
    return WordCutter(language.parts, language.units, language.ignored)


@pytest.mark.parametrize(
    ("text", "divided"),
    [
        ("收到申请18件、办结16件", ["18件: 收到 申请", "16件: 办结"]),
        ("5件予以公开、30件部分公开", ["5件: 予以公开", "30件: 部分公开"]),
        ("行政复议、行政诉讼共3件", ["3件: 行政复议 行政诉讼 共"]),
        ("予以公开、部分公开分别为5件、2件", ["5件: 予以公开", "2件: 部分公开"]),
        ("予以公开、部分公开分别为5件、2件、1件", []),
        ("18件申请中", ["18件: 申请中"]),
        ("均予以维持", ["-: 均 予以维持"]),
    ],
)
def test_a_clause_is_divided_around_its_numbers(cutter: WordCutter, text: str, divided: list[str]) -> None:
    (clause,) = clauses(len(text), cutter.cut(text))
    told = []
    for phrase in phrases(clause.start, clause.words):
        number = text[phrase.number.start : phrase.number.end] if phrase.number else "-"
        words = [text[word.start : word.end] for word in phrase.words if not word.mark]
        told.append(f"{number}: {' '.join(words)}")
    assert told == divided


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2022年结转", "carried_in"),
        ("二〇二二年结转", "carried_in"),
        ("结转至2024年办理", "carried_out"),
        ("2021年结转", None),
    ],
)
def test_years_in_words_are_those_beside_the_report(cutter: WordCutter, text: str, part: str | None) -> None:
    parts = {name for word in cutter.cut(with_years_marked(text, 2023)) for name in word.parts}
    assert (parts & {"carried_in", "carried_out"}) == ({part} if part else set())


def test_a_year_keeps_its_length_when_it_is_marked() -> None:
    text = "2022年收到5件，二〇二四年收到6件，2019年收到7件"
    assert len(with_years_marked(text, 2023)) == len(text)
    assert with_years_marked(text, None) == text


@pytest.mark.parametrize(("text", "unknown"), [("5个环节", True), ("5件，", False), ("5件申请", False), ("5个", False)])
def test_what_stands_right_behind_a_number_is_counted(cutter: WordCutter, text: str, unknown: bool) -> None:
    clause = clauses(len(text), cutter.cut(text))[0]
    number = next(word for word in clause.words if word.quantity)
    assert counts_something_unknown(text, number, clause) is unknown


def test_brackets_without_a_number_are_looked_over(cutter: WordCutter) -> None:
    text = compact(fold("收到（含网上）申请18件，办结（15件按期）16件"))
    assert [text[one.start : one.end] for one in clauses(len(text), cutter.cut(text))] == [
        "收到(含网上)申请18件",
        "办结",
        "15件按期",
        "16件",
    ]


_LONG = "2025年以来，我局通过各种渠道主动公开政府信息2078条:"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("收到5件。办结4件。", ["收到5件", "办结4件"]),
        ("（一）收到5件。\n办结4件", ["（一）收到5件", "办结4件"]),
        ("情况如下：\n收到5件", ["情况如下：", "收到5件"]),
        (f"{_LONG}\n动态366条", [f"{_LONG}\n动态366条"]),
        (f"{_LONG}\n1.收到5件", [_LONG, "1.收到5件"]),
    ],
    ids=["full stops", "lines", "a short line with a colon", "a long line with a colon", "an item after a colon"],
)
def test_a_long_line_with_a_colon_goes_on(text: str, cut: list[str]) -> None:
    assert [one.text for one in sentences(text)] == cut
