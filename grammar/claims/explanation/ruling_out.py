"""Why a phrase does not make a claim: what its patterns miss in it, and what else stands against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from disclosure_checks.grammar.claims.explanation.watching import SeenPhrase
from disclosure_checks.grammar.claims.said_claims import SaidClaim
from disclosure_checks.grammar.model.claim_language import COUNTED, ClaimPattern, LexiconClaim, Numbers

_RULE_OUT = ("other_year", "other_body", "example", "dated", "about", "nothing_named", "void")


class Reason(NamedTuple):
    """One thing that rules a claim out. ``code``: which; ``names``: the parts or claims that it is about."""

    code: str
    names: tuple[str, ...] = ()


class RuledOut(NamedTuple):
    """What stands against a claim, and the pattern (by its place in the claim) that came closest."""

    pattern: int
    reasons: tuple[Reason, ...]


def speaks_of(claim: LexiconClaim, seen: SeenPhrase) -> bool:
    """Whether a phrase has a word of its own that the claim asks for."""
    asked = {name for pattern in claim.patterns for choice in pattern.required for name in choice}
    return any(asked.intersection(word.parts) for word in seen.words)


def withdrawn(claim: LexiconClaim, seen: SeenPhrase, found: Sequence[SaidClaim]) -> tuple[Reason, ...]:
    """Why a phrase that makes a claim by itself does not once its sentence is read; nothing where it does."""
    own = [one for one in seen.claims if one.claim.id == claim.id]
    if any(one in found for one in own):
        return ()
    reasons = [Reason("beside", tuple(sorted(claim.beside)))] if claim.beside else []
    reasons += [Reason("not_beside", tuple(sorted(claim.not_beside)))] if claim.not_beside else []
    reasons += [Reason("within", tuple(sorted(claim.within)))] if claim.within else []
    others = _others(claim, seen.claims)
    return tuple(reasons) or (Reason("other_claim", others),)


def ruled_out(claim: LexiconClaim, seen: SeenPhrase) -> RuledOut:
    """What stands against a claim in a phrase that does not make it."""
    misfits = [tuple(_misfits(pattern, seen)) for pattern in claim.patterns]
    closest = min(range(len(misfits)), key=lambda place: len(misfits[place]))
    reasons = [*(Reason(code) for code in seen.circumstances if code in _RULE_OUT), *_of_number(claim, seen)]
    reasons += misfits[closest]
    if not misfits[closest]:
        reasons += _of_sentence(claim, seen)
    return RuledOut(closest, tuple(reasons) or (Reason("not_understood"),))


def _misfits(pattern: ClaimPattern, seen: SeenPhrase) -> Iterator[Reason]:
    """What a pattern misses in a phrase, or does not want in it."""
    reading = seen.reading
    stated = (*reading.subjects, *reading.verbs, *reading.strict)
    words = (*(one for one in stated if one not in reading.words), *reading.words)
    present = frozenset().union(*words)
    yield from (Reason("lacks", tuple(sorted(choice))) for choice in pattern.required if not choice & present)
    if unwanted := present & pattern.forbidden:
        yield Reason("forbidden", tuple(sorted(unwanted)))
    foreign = [one for one in stated if not one & pattern.allowed and not one & pattern.forbidden]
    yield from (Reason("foreign", tuple(sorted(one))) for one in dict.fromkeys(foreign))
    complete = all(choice & present for choice in pattern.required)
    if complete and not unwanted and not pattern.matches(present, words):
        yield Reason("order", tuple(name for chain in pattern.chains for choice in chain for name in sorted(choice)))


def _of_number(claim: LexiconClaim, seen: SeenPhrase) -> Iterator[Reason]:
    if claim.implied is not None:
        if seen.quantity is not None:
            yield Reason("says_a_number")
        return
    if seen.quantity is None:
        yield Reason("says_no_number")
        return
    if seen.family != claim.family:
        yield Reason("other_unit", (seen.quantity.unit,))
    elif claim.family == COUNTED and not seen.quantity.value.is_integer():
        yield Reason("no_count")
    if claim.numbers is (Numbers.NOT_ZERO if seen.quantity.value == 0 else Numbers.ZERO):
        yield Reason(f"takes_{claim.numbers.value}")
    if "change" in seen.circumstances:
        yield Reason("change")


def _of_sentence(claim: LexiconClaim, seen: SeenPhrase) -> Iterator[Reason]:
    """What is left where the words of the phrase fit."""
    if claim.first and seen.whole:
        yield Reason("not_first", (seen.whole,))
    if claim.after and seen.whole not in claim.after:
        yield Reason("not_after", tuple(sorted(claim.after)))
    if claim.within:
        yield Reason("within", tuple(sorted(claim.within)))
    others = _others(claim, seen.claims)
    if others:
        yield Reason("other_claim", others)


def _others(claim: LexiconClaim, made: Sequence[SaidClaim]) -> tuple[str, ...]:
    ids = [one.claim.id for one in made]
    return tuple(dict.fromkeys(one for one in ids if one != claim.id))
