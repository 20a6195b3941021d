"""Which claims a phrase makes: its words, and those it takes over from the phrase before, against all patterns."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from disclosure_checks.grammar.claims.sentences.words import Word
from disclosure_checks.grammar.model.claim_language import ClaimLanguage, ClaimPattern, LexiconClaim, Numbers, WordRole

Parts = tuple[frozenset[str], ...]  # the parts of each word, in order

QUALIFIERS = frozenset({WordRole.QUALIFIER, WordRole.CHANNEL})
FULL_SUBJECTS = frozenset({WordRole.SUBJECT, WordRole.ASIDE})
SUBJECTS = FULL_SUBJECTS | {WordRole.WEAK_SUBJECT}
_ACTING = frozenset({WordRole.VERB, WordRole.ACTION})
_LASTING_SUBJECTS = SUBJECTS - {WordRole.ASIDE}

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


class Spoken(NamedTuple):
    """The parts of some words by what the words do. ``full``: one of them is more than a weak subject."""

    parts: Parts
    subjects: Parts
    verbs: Parts
    qualifiers: Parts
    full: bool
    aside: bool  # the subjects hold for their sentence only
    everything: bool  # they speak of everything that was counted
    acts: bool = False  # they begin a statement of their own: 作出
    names_first: bool = False  # a subject stands before the first verb: 行政处罚办理3件, unlike 办理行政处罚3件


def spoken(words: Sequence[Word]) -> Spoken:
    """What some words say, by their roles."""
    meaning = [word for word in words if word.parts]
    subjects = [word for word in meaning if not word.roles.isdisjoint(SUBJECTS)]
    telling = [word for word in meaning if not word.roles.isdisjoint(SUBJECTS | _ACTING)]
    return Spoken(
        tuple([word.parts for word in meaning]),
        tuple([word.parts for word in subjects]),
        tuple([word.parts for word in meaning if WordRole.VERB in word.roles]),
        tuple([word.parts for word in meaning if not word.roles.isdisjoint(QUALIFIERS)]),
        any(not word.roles.isdisjoint(FULL_SUBJECTS) for word in subjects),
        all(word.roles.isdisjoint(_LASTING_SUBJECTS) for word in subjects),
        any(WordRole.ALL in word.roles for word in meaning),
        any(WordRole.ACTION in word.roles for word in meaning),
        bool(telling) and telling[0].roles.isdisjoint(_ACTING),
    )


def phrase_of(said: Spoken, inherited_subjects: Parts = (), inherited_verbs: Parts = (), causes: Parts = ()) -> Phrase:
    """The phrase that some words make."""
    subjects = said.subjects if said.full else (*inherited_subjects, *said.subjects)
    return Phrase(
        said.parts,
        subjects,
        said.verbs or inherited_verbs,
        said.qualifiers + causes if causes else said.qualifiers,
        bool(said.subjects),
        bool(said.verbs),
    )


class ClaimMatcher:
    """Matches phrases against the claims of a language, and remembers what it has matched."""

    def __init__(self, language: ClaimLanguage) -> None:
        changing = frozenset(part.name for part in language.parts if part.role is WordRole.CHANGE)
        stated = [claim for claim in language.claims if claim.implied is None]
        self._numbered = _Index([claim for claim in stated if not _asks_for(claim, changing)])
        self._changes = _Index([claim for claim in stated if _asks_for(claim, changing)])
        self._implied = _Index([claim for claim in language.claims if claim.implied is not None])
        self._memory: OrderedDict[tuple[Phrase, str], tuple[LexiconClaim, ...]] = OrderedDict()

    def numbered(self, phrase: Phrase, unit: str, is_zero: bool, changes: bool = False) -> tuple[LexiconClaim, ...]:
        """The claims a phrase makes with a number of a family of units; the best fitting, in the order of the spec.

        ``changes``: the number is a difference to another year.
        """
        key = (phrase, f"{unit} {is_zero} {changes}")
        found = self._memory.get(key)
        if found is None:
            unwanted = Numbers.NOT_ZERO if is_zero else Numbers.ZERO
            fitting = (self._changes if changes else self._numbered).fitting(phrase)
            wanted = [one for one in fitting if one.claim.family == unit and one.claim.numbers is not unwanted]
            found = self._remember(key, _best(wanted))
        return found

    def implied(self, phrase: Phrase) -> tuple[LexiconClaim, ...]:
        """The claims a phrase makes that says no number."""
        key = (phrase, "")
        found = self._memory.get(key)
        if found is None:
            found = self._remember(key, _best(self._implied.fitting(phrase)))
        return found

    def _remember(self, key: tuple[Phrase, str], claims: tuple[LexiconClaim, ...]) -> tuple[LexiconClaim, ...]:
        self._memory[key] = claims
        if len(self._memory) > _REMEMBERED:
            self._memory.popitem(last=False)
        return claims


def _asks_for(claim: LexiconClaim, parts: frozenset[str]) -> bool:
    """Whether a claim is only made where one of the parts is named."""
    return all(any(choice <= parts for choice in pattern.required) for pattern in claim.patterns)


class _Way(NamedTuple):
    """One pattern of a claim; ``order`` is the claim's place in the spec."""

    order: int
    claim: LexiconClaim
    pattern: ClaimPattern


class _Index:
    """Patterns by a part they ask for, the one that the fewest patterns ask for: most phrases hold few of these."""

    def __init__(self, claims: Sequence[LexiconClaim]) -> None:
        ways = [_Way(order, claim, pattern) for order, claim in enumerate(claims) for pattern in claim.patterns]
        asked = Counter(name for way in ways for choice in way.pattern.required for name in choice)
        self._by_part: dict[str, list[_Way]] = {}
        for way in ways:
            rarest = min(way.pattern.required, key=lambda choice: sum(asked[name] for name in choice), default=())
            for name in rarest:
                self._by_part.setdefault(name, []).append(way)

    def fitting(self, phrase: Phrase) -> list[_Way]:
        """The patterns a phrase meets, in the order of the spec."""
        stated = (*phrase.subjects, *phrase.verbs, *phrase.strict)
        words = (*(one for one in stated if one not in phrase.words), *phrase.words)
        present = frozenset().union(*words)
        candidates = {id(way): way for name in present for way in self._by_part.get(name, ())}
        fitting = [
            way
            for way in candidates.values()
            if all(one & way.pattern.allowed for one in stated) and way.pattern.matches(present, words)
        ]
        return sorted(fitting, key=lambda way: way.order)


def _best(ways: Sequence[_Way]) -> tuple[LexiconClaim, ...]:
    """The claims whose pattern asks for the most."""
    most = max((len(way.pattern.required) for way in ways), default=0)
    best = {way.order: way.claim for way in ways if len(way.pattern.required) == most}
    return tuple(best.values())
