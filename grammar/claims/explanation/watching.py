"""Reading claims while noting every phrase: what was recognised in it, what it went on with, and what it said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from disclosure_checks.grammar.claims.claim_tools import ClaimTools
from disclosure_checks.grammar.claims.context import ClaimContext
from disclosure_checks.grammar.claims.finding import ClaimFinder
from disclosure_checks.grammar.claims.matching import Phrase, spoken
from disclosure_checks.grammar.claims.said_claims import FoundClaims, SaidClaim
from disclosure_checks.grammar.claims.sentences.cutting import Clause, Sentence, is_approximate
from disclosure_checks.grammar.claims.sentences.phrases import has_anchor
from disclosure_checks.grammar.claims.sentences.quantities import Quantity, read_quantity
from disclosure_checks.grammar.claims.shapes import PhraseShape
from disclosure_checks.grammar.claims.text_reading import TextReading
from disclosure_checks.grammar.model.claim_language import ClaimLanguage
from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.prose.text_facts import SearchText


class SeenWord(NamedTuple):
    """A word as printed and the parts of the language that it is one of; ``parts`` of a number are empty."""

    text: str
    parts: tuple[str, ...]


class SeenPhrase(NamedTuple):
    """One phrase of a sentence and how it was understood.

    ``circumstances``: what keeps its number from being one of the report's own, such as ``other_year``. ``whole``: the
    claim that names the whole before it. ``claims``: what it was taken to say.
    """

    sentence: str
    place: Place | None
    words: tuple[SeenWord, ...]
    quantity: Quantity | None
    family: str
    reading: Phrase
    circumstances: tuple[str, ...]
    whole: str
    claims: tuple[SaidClaim, ...]


class WatchedClaimFinder(ClaimFinder):
    """Finds the same claims as any other. ``seen``: the phrases it has read; ``found``: the claims that stand."""

    def __init__(self, language: ClaimLanguage) -> None:
        super().__init__(language)
        self.seen: list[SeenPhrase] = []
        self.found: list[SaidClaim] = []

    def find(self, texts: Mapping[str, SearchText], agency: str, year: int | None) -> FoundClaims:
        found = super().find(texts, agency, year)
        self.found += found.claims
        return found

    def reading(self, part: str, text: SearchText, agency: str, year: int | None) -> TextReading:
        return _WatchedReading(self._tools, part, text, agency, year, self.seen)


class _WatchedReading(TextReading):
    def __init__(
        self,
        tools: ClaimTools,
        part: str,
        text: SearchText,
        agency: str,
        year: int | None,
        seen: list[SeenPhrase],
    ) -> None:
        super().__init__(tools, part, text, agency, year)
        self._seen = seen

    def _of_phrase(
        self, sentence: Sentence, clause: Clause, shape: PhraseShape, opens_clause: bool
    ) -> Sequence[SaidClaim]:
        context, number = self._context, shape.phrase.number
        goes_on = not shape.anchored and has_anchor(context.pending)
        said = spoken((*context.pending, *shape.phrase.words)) if goes_on and number else shape.said
        reading, _ = context.phrase(said, number is not None, opens_clause)
        whole = context.whole
        claims = super()._of_phrase(sentence, clause, shape, opens_clause)
        quantity = read_quantity(sentence.text[number.start : number.end]) if number else None
        seen = SeenPhrase(
            sentence=self._text.printed(sentence.start, sentence.start + len(sentence.text)),
            place=self._text.place(sentence.start + shape.phrase.start),
            words=tuple(self._words(sentence, shape)),
            quantity=quantity,
            family=self._tools.converted(quantity)[0] if quantity else "",
            reading=reading,
            circumstances=tuple(_circumstances(context, clause, shape, quantity, goes_on)),
            whole=whole,
            claims=tuple(claims),
        )
        self._seen.append(seen)
        return claims

    def _words(self, sentence: Sentence, shape: PhraseShape) -> Iterator[SeenWord]:
        number = shape.phrase.number
        own = (*shape.phrase.words, *([number] if number else []))
        for word in sorted(own, key=lambda one: one.start):
            if word.parts or word.quantity:
                printed = self._text.printed(sentence.start + word.start, sentence.start + word.end)
                yield SeenWord(printed, tuple(sorted(word.parts)))


def _circumstances(
    context: ClaimContext, clause: Clause, shape: PhraseShape, quantity: Quantity | None, goes_on: bool
) -> Iterator[str]:
    """What is to be said of a phrase whatever claim is asked for."""
    number = shape.phrase.number
    flags = {
        "other_year": context.other_year,
        "other_body": context.other_body,
        "example": context.example,
        "dated": shape.dated,
        "change": shape.changes,
        "about": number is not None
        and (quantity is None or not quantity.exact or is_approximate(number, clause.words)),
        "nothing_named": number is not None and not shape.anchored and not goes_on,
        "void": context.void,
        "area": context.area,
        "doubt": context.doubt,
    }
    return (name for name, holds in flags.items() if holds)
