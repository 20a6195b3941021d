"""Which claims a phrase makes: its words, and those it takes over from the phrase before, against all patterns."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from grammar.claim_language import ClaimLanguage, LexiconClaim, Numbers, WordRole
from grammar.claim_patterns import ClaimPattern
from grammar.claim_words import Word

Parts = tuple[frozenset[str], ...]  # the parts of each word, in order

SUBJECTS = frozenset({WordRole.SUBJECT, WordRole.WEAK_SUBJECT})

_REMEMBERED = 20_000  # phrases; the wording of reports repeats itself


class Phrase(NamedTuple):
    """What stands around one number, or a clause without one: the parts of its words by what they do.

    ``subjects`` and ``verbs`` are the phrase's own or, where it has none, those taken over from the phrase before.
    """

    words: Parts
    subjects: Parts
    verbs: Parts


class Match(NamedTuple):
    """A claim a phrase makes. ``plain``: the phrase holds no verb that the pattern does not ask for."""

    claim: LexiconClaim
    plain: bool


def phrase_of(words: Sequence[Word], inherited_subjects: Parts, inherited_verbs: Parts) -> Phrase:
    """The phrase that some words make."""
    own = tuple([word.parts for word in words if word.parts])
    subjects = tuple([word.parts for word in words if word.roles & SUBJECTS])
    verbs = tuple([word.parts for word in words if WordRole.VERB in word.roles])
    return Phrase(own, subjects or inherited_subjects, verbs or inherited_verbs)


class ClaimMatcher:
    """Matches phrases against the claims of a language, and remembers what it has matched."""

    def __init__(self, language: ClaimLanguage) -> None:
        self._numbered = [claim for claim in language.claims if claim.implied is None]
        self._implied = [claim for claim in language.claims if claim.implied is not None]
        self._memory: OrderedDict[tuple[Phrase, str], tuple[Match, ...]] = OrderedDict()

    def numbered(self, phrase: Phrase, unit: str, is_zero: bool) -> tuple[Match, ...]:
        """The claims a phrase makes with a number of a family of units; the best fitting, in the order of the spec."""
        key = (phrase, f"{unit} {is_zero}")
        found = self._memory.get(key)
        if found is None:
            unwanted = Numbers.NOT_ZERO if is_zero else Numbers.ZERO
            claims = [one for one in self._numbered if one.family == unit and one.numbers is not unwanted]
            found = self._remember(key, _best(claims, phrase))
        return found

    def implied(self, phrase: Phrase) -> tuple[Match, ...]:
        """The claims a phrase makes that says no number."""
        key = (phrase, "")
        found = self._memory.get(key)
        if found is None:
            found = self._remember(key, tuple([one for one in _best(self._implied, phrase) if one.plain]))
        return found

    def _remember(self, key: tuple[Phrase, str], matches: tuple[Match, ...]) -> tuple[Match, ...]:
        self._memory[key] = matches
        if len(self._memory) > _REMEMBERED:
            self._memory.popitem(last=False)
        return matches


def _best(claims: Sequence[LexiconClaim], phrase: Phrase) -> tuple[Match, ...]:
    """The claims whose pattern asks for the most and is met; those without a verb too many before the others."""
    best: list[Match] = []
    most = (False, 0)
    for claim in claims:
        for pattern in claim.patterns:
            if _fits(pattern, phrase):
                plain = all(verb & pattern.allowed for verb in phrase.verbs)
                rank = (plain, len(pattern.required))
                if rank > most:
                    best, most = [], rank
                if rank == most and not any(match.claim is claim for match in best):
                    best.append(Match(claim, plain))
    return tuple(best)


def _fits(pattern: ClaimPattern, phrase: Phrase) -> bool:
    if not all(subject & pattern.allowed for subject in phrase.subjects):
        return False
    words = (*_not_among(phrase.subjects, phrase.words), *_not_among(phrase.verbs, phrase.words), *phrase.words)
    return pattern.matches(frozenset().union(*words), words)


def _not_among(inherited: Parts, words: Parts) -> Parts:
    return tuple([one for one in inherited if one not in words])
