"""The shape of a sentence: its words, clauses and phrases, and what they say by their roles.

A shape does not depend on the digits of its numbers, and reports are worded alike: shapes are remembered, and the
quantities of a remembered one are only stand-ins for those of the sentence at hand.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from disclosure_checks.grammar.claims.matching import Spoken, spoken
from disclosure_checks.grammar.claims.sentences.cutting import Clause, OwnNames, Sentence, clauses, own_names
from disclosure_checks.grammar.claims.sentences.filter import SentenceFilter
from disclosure_checks.grammar.claims.sentences.numerals import NUMERALS
from disclosure_checks.grammar.claims.sentences.phrases import PhraseWords, has_anchor, is_dated, phrases
from disclosure_checks.grammar.claims.sentences.quantities import UNCERTAIN, read_quantity
from disclosure_checks.grammar.claims.sentences.words import OWN_NAME, Word, WordCutter, with_years_marked
from disclosure_checks.grammar.model.claim_language import ASKERS, ClaimLanguage, WordRole

_REMEMBERED = 10_000  # sentences
_FEWEST_NUMBERS_OF_A_SUM = 3
_SILENT = frozenset({WordRole.FILLER, WordRole.MARK})  # words that by themselves change nothing
_STEERING = frozenset(
    {
        WordRole.THIS_YEAR,
        WordRole.OTHER_YEAR,
        WordRole.EXAMPLE,
        WordRole.OWN,
        WordRole.OWN_AREA,
        WordRole.AREA,
        WordRole.OFFICE,
        WordRole.GOVERNMENT,
    }
)
# years, months and days are told apart by their digits, the first year of several as well
_DIGITS = re.compile(
    rf"(?<!\d)(?!20\d\d(?:{NUMERALS.pattern('ranges')})(?:20\d\d|[\ue000-\ue002]{{4}})年)\d+(?![\d年月日])"
)


class PhraseShape(NamedTuple):
    """A phrase with what its words say. ``before``/``behind`` its number: words that change what numbers are about."""

    phrase: PhraseWords
    said: Spoken
    anchored: bool
    changes: bool  # a difference to another year
    dated: bool
    before: tuple[Word, ...]
    behind: tuple[Word, ...]


class ClauseShape(NamedTuple):
    """A clause with its phrases; none where its words say nothing."""

    clause: Clause
    phrases: tuple[PhraseShape, ...]
    gives_cause: bool
    has_number: bool


class SentenceShape(NamedTuple):
    """A sentence cut into words and clauses. ``may_add``: it has enough numbers for a sum or a share."""

    words: tuple[Word, ...]
    clauses: tuple[ClauseShape, ...]
    may_add: bool


class ShapeFinder:
    """Cuts the sentences of a language that can make a claim, and remembers how."""

    def __init__(self, language: ClaimLanguage) -> None:
        self._cutter = WordCutter(language.parts, language.units, language.ignored)
        self._filter = SentenceFilter(language)
        self._askers = frozenset(unit for unit, kind in language.units.items() if kind.family == ASKERS)
        self._memory: OrderedDict[_Worded, SentenceShape | None] = OrderedDict()

    def shape(self, sentence: Sentence, year: int | None, own: OwnNames) -> SentenceShape | None:
        """The shape of a sentence in a report of ``year`` by an agency called ``own``; None where it makes no claim."""
        worded = _Worded(_DIGITS.sub(self._mask, with_years_marked(sentence.text, year)), sentence.opens)
        found = self._remembered(worded)
        if found is None:
            return None
        spans = own_names(sentence.text, own, found.words)
        return self._remembered(worded.naming(spans)) if spans else found

    def _remembered(self, worded: _Worded) -> SentenceShape | None:
        if worded in self._memory:
            return self._memory[worded]
        found = self._memory[worded] = self._cut(worded)
        if len(self._memory) > _REMEMBERED:
            self._memory.popitem(last=False)
        return found

    def _cut(self, worded: _Worded) -> SentenceShape | None:
        if not self._filter.may_speak(worded.text, worded.opens, self._cutter.says_number):
            return None
        words = self._cutter.cut(worded.text)
        if not words:
            return None
        numbers = sum(1 for word in words if word.quantity)
        own = tuple([_clause(clause, self._askers) for clause in clauses(len(worded.text), words)])
        return SentenceShape(tuple(words), own, numbers >= _FEWEST_NUMBERS_OF_A_SUM)

    def _mask(self, match: re.Match[str]) -> str:
        digits = match.group()
        return digits if digits in self._cutter.digits_in_words else "1" * len(digits)


class _Worded(NamedTuple):
    """How a sentence is worded, whatever it counts."""

    text: str
    opens: bool

    def naming(self, spans: Sequence[tuple[int, int]]) -> _Worded:
        """The wording with the agency's own name where it stands."""
        text = self.text
        for start, end in spans:
            text = text[:start] + OWN_NAME * (end - start) + text[end:]
        return self._replace(text=text)


def with_quantities(words: Sequence[Word], sentence: str) -> list[Word]:
    """The words of a shape with the quantities of a sentence."""
    return [
        word._replace(quantity=read_quantity(sentence[word.start : word.end]) or UNCERTAIN) if word.quantity else word
        for word in words
    ]


def _clause(clause: Clause, askers: frozenset[str]) -> ClauseShape:
    silent = all(word.roles <= _SILENT and not (word.quantity or word.year) for word in clause.words)
    own = () if silent else tuple(_phrase(clause, phrase) for phrase in phrases(clause.start, clause.words, askers))
    gives_cause = any(WordRole.CAUSE in word.roles for word in clause.words)
    return ClauseShape(clause, own, gives_cause, clause.has_number)


def _phrase(clause: Clause, phrase: PhraseWords) -> PhraseShape:
    end = phrase.number.start if phrase.number else clause.end
    steering = [word for word in phrase.words if word.year or word.roles & _STEERING]
    return PhraseShape(
        phrase,
        spoken(phrase.words),
        has_anchor(phrase.words),
        any(word.start < end and WordRole.CHANGE in word.roles for word in clause.words),
        is_dated(phrase),
        tuple([word for word in steering if word.start < end]),
        tuple([word for word in steering if word.start > end]),
    )
