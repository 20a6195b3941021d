"""Sentences read as claims of the format of 2021, for tests."""

from __future__ import annotations

from functools import cache

from disclosure_checks.grammar.claims.finding import ClaimFinder
from disclosure_checks.grammar.claims.said_claims import FoundClaims
from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.prose.text_facts import SearchLine, SearchText
from disclosure_checks.grammar.words.folding import compact, fold
from disclosure_checks.rules.spec.compiling.claim_building import build_claim_language
from tests.checking import specification

BUREAU, COUNTY, ZONE = "某某市某某县财政局", "某某市某某县人民政府", "某某市高新技术产业开发区管理委员会"
YEAR = 2023


@cache
def finder() -> ClaimFinder:
    return ClaimFinder(build_claim_language(specification().specification))


def found_in(text: str, agency: str = BUREAU, section: str = "overview", year: int = YEAR) -> FoundClaims:
    """What a text says in a report of a year."""
    lines = [
        SearchLine(compact(fold(line)), compact(line), Place(line=number))
        for number, line in enumerate(text.split("\n"), 1)
    ]
    return finder().find({f"section.{section}": SearchText(lines)}, agency, year)


def said(text: str, agency: str = BUREAU, section: str = "overview", year: int = YEAR) -> list[str]:
    """Every claim as ``id number``, an unsure one with a question mark behind it."""
    claims = found_in(text, agency, section, year).claims
    return [f"{one.claim.id} {one.value:.10g}{'' if one.sure else '?'}" for one in claims]
