"""What is told of a sentence that could make a claim: its words, and what rules the claim out."""

from __future__ import annotations

from functools import cache

import pytest

from disclosure_checks.grammar.claims.explanation.ruling_out import ruled_out, speaks_of, withdrawn
from disclosure_checks.grammar.claims.explanation.watching import WatchedClaimFinder
from disclosure_checks.grammar.claims.finding import ClaimFinder
from disclosure_checks.grammar.model.claim_language import ClaimLanguage, LexiconClaim
from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.prose.text_facts import SearchLine, SearchText
from disclosure_checks.grammar.words.folding import compact, fold
from disclosure_checks.rules.spec.compiling.claim_building import build_claim_language
from tests.checking import specification

AGENCY, YEAR = "青禾县教育局", 2023


@cache
def language() -> ClaimLanguage:
    return build_claim_language(specification().specification)


def claim(name: str) -> LexiconClaim:
    return next(one for one in language().claims if one.id == name)


def searched(text: str) -> dict[str, SearchText]:
    return {"section.overview": SearchText([SearchLine(compact(fold(text)), text, Place(line=1))])}


def seen(text: str) -> WatchedClaimFinder:
    finder = WatchedClaimFinder(language())
    finder.find(searched(text), AGENCY, YEAR)
    return finder


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        pytest.param("2022年收到政府信息公开申请18件。", "other_year", "", id="another year"),
        pytest.param("全县各部门共收到政府信息公开申请18件。", "other_body", "", id="other bodies"),
        pytest.param("例如收到政府信息公开申请1件。", "example", "", id="a single case"),
        pytest.param("收到政府信息公开申请约18件。", "about", "", id="a number that is about right"),
        pytest.param("办结政府信息公开申请18件。", "lacks", "received", id="another verb"),
        pytest.param("收到公众留言18件。", "lacks", "application", id="another subject"),
        pytest.param("收到政府信息公开申请0件。", "takes_not_zero", "", id="none at all"),
        pytest.param("全年收到政府信息公开申请的数量有所上升。", "says_no_number", "", id="no number"),
        pytest.param("收到政府信息公开申请1.5万元。", "other_unit", "", id="another unit"),
    ],
)
def test_what_rules_a_claim_out(text: str, code: str, name: str) -> None:
    wanted = claim("received")
    finder = seen(text)
    told = [ruled_out(wanted, phrase) for phrase in finder.seen if speaks_of(wanted, phrase)]
    assert told, [phrase.words for phrase in finder.seen]
    reasons = [reason for one in told for reason in one.reasons]
    assert code in [reason.code for reason in reasons], reasons
    assert not name or any(name in reason.names for reason in reasons if reason.code == code)
    assert not [one for one in finder.found if one.claim.id == wanted.id and one.sure and code != "other_body"]


def test_a_claim_that_is_made_is_not_ruled_out() -> None:
    wanted = claim("received")
    finder = seen("2023年收到政府信息公开申请18件，办结16件。")
    [phrase] = [one for one in finder.seen if any(made.claim.id == "received" for made in one.claims)]
    assert withdrawn(wanted, phrase, finder.found) == ()
    assert [(word.text, word.parts) for word in phrase.words if "received" in word.parts] == [("收到", ("received",))]
    assert phrase.quantity is not None
    assert phrase.quantity.value == 18


def test_watching_changes_nothing() -> None:
    texts = [example.text for one in specification().specification.claims for example in one.examples][:150]
    plain = ClaimFinder(language())
    watched = WatchedClaimFinder(language())
    for text in texts:
        expected = plain.find(searched(text), AGENCY, YEAR)
        assert watched.find(searched(text), AGENCY, YEAR) == expected, text
