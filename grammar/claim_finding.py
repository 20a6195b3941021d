"""Claims: what sentences say about numbers that a table holds as well.

    text -> sentences -> words -> phrases (one around each number) -> claims, each sure or not

A phrase without a subject or a verb takes those of the phrase before it (收到申请18件，其中予以公开5件). Numbers of other
years, of other bodies, approximate numbers and differences are no claims; where scope or subject is unsure, so is the
claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from grammar.claim_language import ClaimLanguage, LexiconClaim, WordRole
from grammar.claim_matching import SUBJECTS, ClaimMatcher, Match, Parts, phrase_of
from grammar.claim_quantities import PERCENT, Quantity
from grammar.claim_sentences import (
    Clause,
    Sentence,
    adjacent,
    clauses,
    gap,
    has_role,
    is_approximate,
    respectively,
    sentences,
)
from grammar.claim_words import Word, WordCutter
from grammar.document import Place
from grammar.text_facts import SearchText

# characters no word list knows, up to which a phrase is still understood: with a subject of its own, with one of its
# sentence, with one of an earlier sentence or the heading, with a weak one
_LARGEST_GAPS = (22, 6, 2, 1)
_WEAK = 3
_LARGEST_IMPLIED_GAP = 8
_LARGEST_BARE_GAP = 3
_SHORT_SENTENCE = 30  # such as （二）依申请公开情况
_BEFORE, _AFTER = 40, 14  # characters of the sentence that are shown around a number


class SaidClaim(NamedTuple):
    """A claim as one sentence makes it: ``value`` in the claim's unit, ``precision`` one step of its last digit."""

    claim: LexiconClaim
    value: float
    precision: float
    sure: bool
    text: str
    place: Place | None
    offset: int  # of the number, in the part of the report


@dataclass
class _Reading:
    """Where the reading of a text stands: what the next phrase takes over."""

    subjects: Parts = ()
    verbs: Parts = ()
    verbs_listed: bool = False  # the verbs are those of a phrase with a number, so that a list may go on with them
    distance: int = 2  # of the subjects: 0 own, 1 of this sentence, 2 of an earlier one
    other_year: bool = False
    area: bool = False
    whole: str = ""  # the last claim of this sentence that names a whole


class ClaimFinder:
    """Finds the claims of a format in the parts of a report."""

    def __init__(self, language: ClaimLanguage) -> None:
        self._language = language
        self._cutter = WordCutter(language.parts, language.units, language.ignored)
        self._matcher = ClaimMatcher(language)
        self._government = re.compile(language.government or r"(?!)")
        self._named_body = re.compile(language.named_body or r"(?!)")
        self._triggers = _any_word(language, _marks_of_implied(language))

    def find(self, texts: Mapping[str, SearchText], agency: str, year: int | None) -> list[SaidClaim]:
        """The claims in the parts of a report that the language names, in the order of the text."""
        if not self._language.claims:
            return []
        found: list[SaidClaim] = []
        for name in self._language.within:
            text = texts.get(name)
            if text is not None:
                reading = _TextReading(self, text, agency, year, self._language.section_subjects.get(name, frozenset()))
                found += [claim for claim in reading.claims() if not claim.claim.within or name in claim.claim.within]
        return found

    # what a reading needs of the finder

    def words(self, sentence: str) -> list[Word]:
        """The words of a sentence; none where it can make no claim."""
        may_speak = len(sentence) <= _SHORT_SENTENCE or self._triggers.search(sentence) is not None
        return self._cutter.cut(sentence) if may_speak or self._cutter.says_number(sentence) else []

    def converted(self, quantity: Quantity) -> tuple[str, float]:
        """The family of a quantity's unit, and the factor to the first unit of that family."""
        if quantity.unit == PERCENT:
            return PERCENT, 1.0
        unit = self._language.units.get(quantity.unit)
        return (unit.family, unit.factor) if unit else ("", 1.0)

    def factor(self, claim: LexiconClaim) -> float:
        """How much one of the claim's unit is in the first unit of its family."""
        unit = self._language.units.get(claim.unit)
        return unit.factor if unit else 1.0

    def names_another_body(self, before: str, agency: str) -> bool:
        """Whether the words before a number name a body that is not the reporting agency."""
        return any(
            match.group("body") not in agency and not agency.endswith(match.group("body"))
            for match in self._named_body.finditer(before)
        )

    def is_government(self, agency: str) -> bool:
        """Whether the agency is a government, whose own number may be that of its whole area."""
        return self._government.search(agency) is not None

    @property
    def matcher(self) -> ClaimMatcher:
        return self._matcher


def _marks_of_implied(language: ClaimLanguage) -> frozenset[str]:
    """The marks that claims without a number ask for."""
    marks = {part.name for part in language.parts if part.role is WordRole.MARK}
    asked = {
        name
        for claim in language.claims
        if claim.implied is not None
        for pattern in claim.patterns
        for choice in pattern.required
        for name in choice
    }
    return frozenset(marks & asked)


def _any_word(language: ClaimLanguage, names: frozenset[str]) -> re.Pattern[str]:
    words = sorted({word for part in language.parts if part.name in names for word in part.words})
    return re.compile("|".join(re.escape(word) for word in words) or r"(?!)")


class _TextReading:
    """Reads one part of a report from beginning to end."""

    def __init__(
        self, finder: ClaimFinder, text: SearchText, agency: str, year: int | None, subjects: frozenset[str]
    ) -> None:
        self._finder = finder
        self._text = text
        self._agency = agency
        self._year = year
        self._government = finder.is_government(agency)
        self._default: Parts = (subjects,) if subjects else ()
        self._state = _Reading(self._default)

    def claims(self) -> Iterator[SaidClaim]:
        for sentence in sentences(self._text.text):
            yield from self._of_sentence(sentence)

    def _of_sentence(self, sentence: Sentence) -> Iterator[SaidClaim]:
        if sentence.enumerated:
            self._state = _Reading(self._default)
        words = self._finder.words(sentence.text)
        if not words:
            return
        self._begin(words, sentence)
        drafts: list[SaidClaim] = []
        for clause in clauses(sentence.text, words):
            drafts += self._of_clause(sentence, clause)
        made = frozenset(draft.claim.id for draft in drafts)
        yield from _settled(drafts, made)

    def _begin(self, words: Sequence[Word], sentence: Sentence) -> None:
        state = self._state
        goes_on = WordRole.LIST in words[0].roles
        state.distance = 1 if goes_on else 2
        state.verbs = state.verbs if goes_on else ()
        state.other_year = state.other_year and goes_on
        state.area = state.area and not sentence.opens
        state.whole = state.whole if goes_on else ""

    def _of_clause(self, sentence: Sentence, clause: Clause) -> Iterator[SaidClaim]:
        state = self._state
        before = (state.other_year, state.area)
        start, rest = clause.start, clause.words
        told_apart = respectively(clause.words)
        for number, word in enumerate(clause.words):
            if word.quantity is None:
                self._note(word)
                continue
            own = told_apart.get(word.start)
            if told_apart and not own:  # as many numbers as names were expected
                continue
            if own is None:
                own = [one for one in clause.words[:number] if one.start >= start and one.quantity is None]
                own += adjacent(clause.words[number + 1 :], word.end, bool(own))
            yield from self._of_number(sentence, clause, word, clause.start if told_apart else start, own)
            start, rest = word.end, clause.words[number + 1 :]
        yield from self._of_statement(sentence, clause, start, rest)
        if not clause.has_number:
            bare = gap(sentence.text, clause.start, clause.end, clause.words) <= _LARGEST_BARE_GAP
            if not bare:  # the year or area of a clause that says something else is not that of the next clause
                state.other_year, state.area = before

    def _note(self, word: Word) -> None:
        """Years and bodies change what the numbers after them are about."""
        state = self._state
        if word.year:
            state.other_year = self._year is not None and word.year != self._year
        elif WordRole.THIS_YEAR in word.roles:
            state.other_year = False
        elif WordRole.OTHER_YEAR in word.roles:
            state.other_year = True
        elif WordRole.OWN in word.roles:
            state.area = False
        elif WordRole.AREA in word.roles:
            state.area = True

    def _of_number(
        self, sentence: Sentence, clause: Clause, number: Word, start: int, own: Sequence[Word]
    ) -> Iterator[SaidClaim]:
        state = self._state
        own_subject = any(word.roles & SUBJECTS for word in own)
        phrase = phrase_of(own, state.subjects, state.verbs if state.verbs_listed or not own_subject else ())
        distance = max(1, state.distance)
        if own_subject:
            distance = 0 if has_role(own, WordRole.SUBJECT) else _WEAK
        self._take_over(own, listed=True)
        quantity = number.quantity
        before = [word for word in clause.words if word.end <= number.start]
        if quantity is None or not quantity.exact or state.other_year or has_role(before, WordRole.CHANGE):
            return
        if is_approximate(number, clause.words):
            return
        family, factor = self._finder.converted(quantity)
        matches = self._finder.matcher.numbered(phrase, family, quantity.value == 0)
        if not matches:
            return
        said_before = sentence.text[clause.start : number.start]
        foreign = state.area and not self._government
        if foreign or self._finder.names_another_body(said_before, self._agency):
            return
        sure = not state.area and not (self._government and has_role(before, WordRole.OFFICE))
        sure = sure and gap(sentence.text, start, number.start, clause.words) <= _LARGEST_GAPS[distance]
        for match in self._allowed(matches):
            scale = factor / self._finder.factor(match.claim)
            text, place = self._shown(sentence, clause, number.start, number.end)
            yield SaidClaim(
                match.claim,
                quantity.value * scale,
                quantity.precision * scale,
                sure and match.plain,
                text,
                place,
                sentence.start + number.start,
            )
        self._remember(matches)

    def _of_statement(
        self, sentence: Sentence, clause: Clause, start: int, words: Sequence[Word]
    ) -> Iterator[SaidClaim]:
        """What a clause, or the end of one after its last number, says without a number."""
        state = self._state
        phrase = phrase_of(words, state.subjects, ())
        if words:
            self._take_over(words, listed=False)
        if not words or state.other_year or (state.area and not self._government) or has_role(words, WordRole.CHANGE):
            return
        matches = self._finder.matcher.implied(phrase)
        if not matches or self._finder.names_another_body(sentence.text[start : clause.end], self._agency):
            return
        office = self._government and has_role(words, WordRole.OFFICE)
        unknown = gap(sentence.text, start, clause.end, words)
        sure = not state.area and not office and unknown <= _LARGEST_IMPLIED_GAP
        for match in self._allowed(matches):
            text, place = self._shown(sentence, clause, start, clause.end)
            implied = match.claim.implied or 0.0
            yield SaidClaim(match.claim, implied, 1.0, sure, text, place, sentence.start + start)
        self._remember(matches)

    def _allowed(self, matches: Sequence[Match]) -> list[Match]:
        whole = self._state.whole
        return [match for match in matches if not match.claim.after or whole in match.claim.after]

    def _remember(self, matches: Sequence[Match]) -> None:
        for match in matches:
            if match.claim.whole:
                self._state.whole = match.claim.id

    def _take_over(self, words: Sequence[Word], listed: bool) -> None:
        """What the next phrase takes over from these words."""
        state = self._state
        subjects = tuple([word.parts for word in words if word.roles & SUBJECTS])
        verbs = tuple([word.parts for word in words if WordRole.VERB in word.roles])
        if subjects:
            state.subjects, state.distance = subjects, 1
        if verbs:
            state.verbs, state.verbs_listed = verbs, listed

    def _shown(self, sentence: Sentence, clause: Clause, start: int, end: int) -> tuple[str, Place | None]:
        left = max(0, min(clause.start, start), start - _BEFORE)
        right = min(len(sentence.text), max(end, min(clause.end, end + _AFTER)))
        if right - left < _AFTER:
            left = max(0, right - _BEFORE)
        text = self._text.printed(sentence.start + left, sentence.start + right)
        return text.strip(",，;；:："), self._text.place(sentence.start + start)


def _settled(drafts: Sequence[SaidClaim], made: frozenset[str]) -> Iterator[SaidClaim]:
    """The claims of a sentence once all of them are known; of several of one number the first that stands."""
    seen: set[int] = set()
    for draft in drafts:
        claim = draft.claim
        if (claim.beside and not claim.beside & made) or claim.not_beside & made:
            continue
        if draft.offset not in seen:
            seen.add(draft.offset)
            yield draft
