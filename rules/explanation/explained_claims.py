"""A claim on one report: the phrases that could make it, the words recognised in them, and what ruled it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from disclosure_checks.grammar.claims.explanation.ruling_out import Reason, ruled_out, speaks_of, withdrawn
from disclosure_checks.grammar.claims.explanation.watching import SeenPhrase, SeenWord, WatchedClaimFinder
from disclosure_checks.grammar.claims.said_claims import SaidClaim
from disclosure_checks.grammar.model.claim_language import LexiconClaim
from disclosure_checks.grammar.model.report import Place
from disclosure_checks.rules.spec.model.claims import Claim


@dataclass(frozen=True)
class ExplainedPhrase:
    """One phrase of a sentence as a claim sees it.

    ``taken_over``: the parts it goes on with from what was said before. ``said``: the number it makes the claim with,
    ``sure`` or not; else ``reasons`` say what stands against it, ``pattern`` being the one that came closest.
    """

    sentence: str
    place: Place | None
    words: tuple[SeenWord, ...]
    taken_over: tuple[tuple[str, ...], ...]
    said: float | None
    sure: bool
    doubts: tuple[str, ...]
    pattern: str
    reasons: tuple[Reason, ...]


def explained_phrases(claim: Claim, finder: WatchedClaimFinder, wanted: LexiconClaim) -> list[ExplainedPhrase]:
    """The phrases of a report that a claim could be made in, those that make it first, then the closest."""
    phrases = list(_explained(claim, finder.seen, finder.found, wanted))
    return sorted(phrases, key=lambda one: (one.said is None, len(one.reasons)))


def _explained(
    claim: Claim, seen: Sequence[SeenPhrase], found: Sequence[SaidClaim], wanted: LexiconClaim
) -> Iterator[ExplainedPhrase]:
    for phrase in seen:
        own = next((one for one in phrase.claims if one.claim.id == wanted.id), None)
        if own is None and not speaks_of(wanted, phrase):
            continue
        against = withdrawn(wanted, phrase, found) if own else ()
        pattern = ""
        if own is None:
            closest = ruled_out(wanted, phrase)
            pattern, against = claim.patterns[closest.pattern], closest.reasons
        made = own if own is not None and not against else None
        yield ExplainedPhrase(
            sentence=phrase.sentence,
            place=phrase.place,
            words=phrase.words,
            taken_over=tuple(_taken_over(phrase)),
            said=made.value if made else None,
            sure=made is not None and made.sure,
            doubts=tuple(one for one in phrase.circumstances if one in ("area", "doubt")),
            pattern=pattern,
            reasons=against,
        )


def _taken_over(phrase: SeenPhrase) -> Iterator[tuple[str, ...]]:
    reading = phrase.reading
    for parts in dict.fromkeys((*reading.subjects, *reading.verbs, *reading.strict)):
        if parts not in reading.words:
            yield tuple(sorted(parts))
