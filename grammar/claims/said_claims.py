"""What was found to be said: claims, sums and shares, each with its sentence and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from disclosure_checks.grammar.claims.sums import SaidSum
from disclosure_checks.grammar.model.claim_language import LexiconClaim
from disclosure_checks.grammar.model.report import Evidence


class SaidClaim(NamedTuple):
    """A claim as one sentence makes it: ``value`` in the claim's unit, ``precision`` one step of its last digit."""

    claim: LexiconClaim
    value: float
    precision: float
    sure: bool
    shown: Evidence  # what is quoted of the sentence
    offset: int  # of the number, in the part of the report


class PlacedSum(NamedTuple):
    """A sum or share of a sentence, as printed and where it stands."""

    said: SaidSum
    shown: Evidence


class FoundClaims(NamedTuple):
    """What the sentences of a report say in numbers."""

    claims: list[SaidClaim]
    sums: list[PlacedSum]


def settled(drafts: Sequence[SaidClaim]) -> Iterator[SaidClaim]:
    """The claims of a sentence once all of them are known; of several of one number the first that stands."""
    made = {draft.claim.id for draft in drafts}
    seen: set[int] = set()
    for draft in drafts:
        claim = draft.claim
        if (claim.beside and not claim.beside & made) or claim.not_beside & made:
            continue
        if draft.offset not in seen:
            seen.add(draft.offset)
            yield draft
