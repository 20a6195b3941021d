"""The examples of claims, run: each is a text and the number that the claim finds in it, or that it finds none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from disclosure_checks.grammar.claims.finding import ClaimFinder
from disclosure_checks.grammar.claims.said_claims import SaidClaim
from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.prose.text_facts import SearchLine, SearchText
from disclosure_checks.grammar.words.folding import compact, fold
from disclosure_checks.rules.spec.compiling.claim_building import build_claim_language
from disclosure_checks.rules.spec.model.claims import ClaimExample
from disclosure_checks.rules.spec.model.specification import Specification

_TOLERANCE = 1e-9


@dataclass(frozen=True)
class ClaimCase:
    """One example of the claim at ``position``; ``number`` counts from 1."""

    claim_id: str
    position: int
    number: int
    example: ClaimExample

    @property
    def id(self) -> str:
        return f"claims.{self.claim_id}-{self.number}"


@dataclass(frozen=True)
class ClaimCaseResult:
    """The numbers the claim found, sure and unsure ones, and whether they are those of the example."""

    sure: tuple[float, ...]
    unsure: tuple[float, ...]
    holds: bool


def claim_cases(specification: Specification) -> Iterator[ClaimCase]:
    """Every example of the claims of a spec."""
    for position, claim in enumerate(specification.claims):
        for number, example in enumerate(claim.examples, start=1):
            yield ClaimCase(claim.id, position, number, example)


def run_claim_cases(specification: Specification) -> Iterator[tuple[ClaimCase, ClaimCaseResult]]:
    """Every example of the claims of a spec with what came of it."""
    finder = ClaimFinder(build_claim_language(specification))
    for case in claim_cases(specification):
        yield case, _run(case, finder, specification)


def _run(case: ClaimCase, finder: ClaimFinder, specification: Specification) -> ClaimCaseResult:
    found = [one for one in _claims_in(case.example, finder, specification) if one.claim.id == case.claim_id]
    sure = tuple(one.value for one in found if one.sure)
    unsure = tuple(one.value for one in found if not one.sure)
    return ClaimCaseResult(sure, unsure, _as_said(case.example.says, sure) and _as_said(case.example.unsure, unsure))


def _as_said(wanted: float | None, found: tuple[float, ...]) -> bool:
    if wanted is None:
        return not found
    return len(found) == 1 and abs(found[0] - wanted) <= _TOLERANCE


def _claims_in(example: ClaimExample, finder: ClaimFinder, specification: Specification) -> list[SaidClaim]:
    part = example.section or (specification.claim_language.within[0] if specification.claim_language else "")
    name = part if part == "front_matter" else f"section.{part}"
    lines = [
        SearchLine(compact(fold(line)), line, Place(line=number))
        for number, line in enumerate(example.text.split("\n"), start=1)
    ]
    year = specification.years.first if example.year is None else example.year
    return finder.find({name: SearchText(lines)}, example.agency, year).claims
