"""What the reading of texts needs of a language of claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure_checks.grammar.claims.growth import GrowthFinder
from disclosure_checks.grammar.claims.matching import ClaimMatcher
from disclosure_checks.grammar.claims.sentences.bodies import Bodies
from disclosure_checks.grammar.claims.sentences.quantities import PERCENT, Quantity
from disclosure_checks.grammar.claims.sentences.words import Word
from disclosure_checks.grammar.claims.shapes import ShapeFinder
from disclosure_checks.grammar.claims.sums import SaidSum, SumFinder
from disclosure_checks.grammar.model.claim_language import COUNTED, ClaimLanguage, LexiconClaim, WordRole


class ClaimTools:
    """What the reading of a text needs of a language of claims; it keeps nothing of any report."""

    def __init__(self, language: ClaimLanguage) -> None:
        self.language = language
        self.shapes = ShapeFinder(language)
        self.matcher = ClaimMatcher(language)
        self.bodies = Bodies(language)
        self._sums, self._growth = SumFinder(language), GrowthFinder(language)

    def sums(self, words: Sequence[Word]) -> Iterator[SaidSum]:
        """The sums, shares and growth that a sentence says of its numbers."""
        yield from self._sums.find(words)
        yield from self._growth.find(words)

    def counts(self, words: Sequence[Word]) -> bool:
        """Whether some words speak of what the tables count."""
        asked = self._sums.counted | self._sums.whole_verbs
        return any(word.parts & asked or WordRole.WEAK_SUBJECT in word.roles for word in words)

    def converted(self, quantity: Quantity) -> tuple[str, float]:
        """The family of a quantity's unit, and the factor to the first unit of that family."""
        if quantity.unit == PERCENT:
            return PERCENT, 1.0
        unit = self.language.units.get(quantity.unit)
        return (unit.family, unit.factor) if unit else (COUNTED, 1.0)

    def factor(self, claim: LexiconClaim) -> float:
        """How much one of the claim's unit is in the first unit of its family."""
        unit = self.language.units.get(claim.unit)
        return unit.factor if unit else 1.0
