"""Claims: what sentences say about numbers that a table holds as well."""

from __future__ import annotations

from collections.abc import Mapping

from disclosure_checks.grammar.claims.claim_tools import ClaimTools
from disclosure_checks.grammar.claims.said_claims import FoundClaims, PlacedSum, SaidClaim
from disclosure_checks.grammar.claims.text_reading import TextReading
from disclosure_checks.grammar.model.claim_language import ClaimLanguage
from disclosure_checks.grammar.prose.text_facts import SearchText


class ClaimFinder:
    """Finds the claims of a format in the parts of a report."""

    def __init__(self, language: ClaimLanguage) -> None:
        self._language = language
        self._tools = ClaimTools(language)

    def find(self, texts: Mapping[str, SearchText], agency: str, year: int | None) -> FoundClaims:
        """The claims in the parts of a report that the language names, in the order of the text."""
        found: list[SaidClaim] = []
        sums: list[PlacedSum] = []
        for name in self._language.within:
            text = texts.get(name)
            if text is not None:
                reading = self.reading(name, text, agency, year)
                found += reading.claims()
                sums += reading.sums
        return FoundClaims(found, sums)

    def reading(self, part: str, text: SearchText, agency: str, year: int | None) -> TextReading:
        """One part of a report, to be read from beginning to end."""
        return TextReading(self._tools, part, text, agency, year)
