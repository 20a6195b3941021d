"""Which claims a phrase makes: its words, and those it takes over from the phrase before, against all patterns."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from grammar.claim_language import ClaimLanguage, LexiconClaim, Numbers, WordRole
from grammar.claim_patterns import ClaimPattern
from grammar.claim_words import Word

Parts = tuple[frozenset[str], ...]  # the parts of each word, in order

QUALIFIERS = frozenset({WordRole.QUALIFIER, WordRole.CHANNEL})
FULL_SUBJECTS = frozenset({WordRole.SUBJECT, WordRole.ASIDE})
SUBJECTS = FULL_SUBJECTS | {WordRole.WEAK_SUBJECT}

_REMEMBERED = 20_000  # phrases; the wording of reports repeats itself


class Phrase(NamedTuple):
    """What stands around one number, or a clause without one: the parts of its words by what they do.

    ``subjects`` and ``verbs`` are the phrase's own or, where it has none, those taken over from the phrase before.
    """

    words: Parts
    subjects: Parts
    verbs: Parts
    strict: Parts  # what the phrase names besides, all of which a pattern has to know: qualifiers and causes
    own_subject: bool
    own_verb: bool

    def without_subject(self) -> Phrase:
        """The phrase as if nothing had been said of its subject before it."""
        return self if self.own_subject else self._replace(subjects=())


def phrase_of(
    words: Sequence[Word], inherited_subjects: Parts = (), inherited_verbs: Parts = (), causes: Parts = ()
) -> Phrase:
    """The phrase that some words make."""
    own = tuple([word.parts for word in words if word.parts])
    subjects = tuple([word.parts for word in words if word.roles & SUBJECTS])
    if not any(word.roles & FULL_SUBJECTS for word in words):
        subjects = (*inherited_subjects, *subjects)
    verbs = tuple([word.parts for word in words if WordRole.VERB in word.roles])
    qualifiers = tuple([word.parts for word in words if word.roles & QUALIFIERS])
    return Phrase(
        own, subjects or inherited_subjects, verbs or inherited_verbs, qualifiers + causes, bool(subjects), bool(verbs)
    )


class ClaimMatcher:
    """Matches phrases against the claims of a language, and remembers what it has matched."""

    def __init__(self, language: ClaimLanguage) -> None:
        self._numbered = [claim for claim in language.claims if claim.implied is None]
        self._implied = [claim for claim in language.claims if claim.implied is not None]
        self._memory: OrderedDict[tuple[Phrase, str], tuple[LexiconClaim, ...]] = OrderedDict()

    def numbered(self, phrase: Phrase, unit: str, is_zero: bool) -> tuple[LexiconClaim, ...]:
        """The claims a phrase makes with a number of a family of units; the best fitting, in the order of the spec."""
        key = (phrase, f"{unit} {is_zero}")
        found = self._memory.get(key)
        if found is None:
            unwanted = Numbers.NOT_ZERO if is_zero else Numbers.ZERO
            claims = [one for one in self._numbered if one.family == unit and one.numbers is not unwanted]
            found = self._remember(key, _best(claims, phrase))
        return found

    def implied(self, phrase: Phrase) -> tuple[LexiconClaim, ...]:
        """The claims a phrase makes that says no number."""
        key = (phrase, "")
        found = self._memory.get(key)
        if found is None:
            found = self._remember(key, _best(self._implied, phrase))
        return found

    def _remember(self, key: tuple[Phrase, str], claims: tuple[LexiconClaim, ...]) -> tuple[LexiconClaim, ...]:
        self._memory[key] = claims
        if len(self._memory) > _REMEMBERED:
            self._memory.popitem(last=False)
        return claims


def _best(claims: Sequence[LexiconClaim], phrase: Phrase) -> tuple[LexiconClaim, ...]:
    """The claims whose pattern asks for the most and is met."""
    best: list[LexiconClaim] = []
    most = 0
    for claim in claims:
        required = max((len(pattern.required) for pattern in claim.patterns if _fits(pattern, phrase)), default=0)
        if required > most:
            best, most = [], required
        if required and required == most:
            best.append(claim)
    return tuple(best)


def _fits(pattern: ClaimPattern, phrase: Phrase) -> bool:
    if not all(one & pattern.allowed for one in (*phrase.subjects, *phrase.verbs, *phrase.strict)):
        return False
    taken_over = _not_among((*phrase.subjects, *phrase.verbs, *phrase.strict), phrase.words)
    words = (*taken_over, *phrase.words)
    return pattern.matches(frozenset().union(*words), words)


def _not_among(inherited: Parts, words: Parts) -> Parts:
    return tuple([one for one in inherited if one not in words])
