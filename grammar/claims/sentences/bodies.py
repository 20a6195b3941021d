"""Whose numbers a sentence says: the reporting agency by its names, or another body."""

from __future__ import annotations

import re

from disclosure_checks.grammar.claims.sentences.cutting import OwnNames
from disclosure_checks.grammar.model.claim_language import ClaimLanguage

NAMED_BY_PLACE = "named_by_place"  # a group of the pattern of governments: 政府 alone may be that of another place


class Bodies:
    """Tells the names of the reporting agency from those of other bodies."""

    def __init__(self, language: ClaimLanguage) -> None:
        self._shortened = language.shortened
        self._government = re.compile(language.government or r"(?!)")
        self._named_body = re.compile(language.named_body or r"(?!)")

    def own_names(self, agency: str) -> OwnNames:
        """What a text may call the agency."""
        shortened = self._shortened.items()
        shorter = [agency.removesuffix(end) + instead for end, instead in shortened if agency.endswith(end)]
        found = self._government.search(agency)
        by_place = found and found.groupdict().get(NAMED_BY_PLACE)
        return OwnNames((agency, *shorter), agency[: found.start()] if found and by_place else "")

    def names_another_body(self, before: str, agency: str) -> bool:
        """Whether the words before a number name a body that is not the reporting agency."""
        return any(not _is_short_for(match.group("body"), agency) for match in self._named_body.finditer(before))

    def level_of(self, agency: str) -> str:
        """Of what the agency is the government, as its last character (县); "" where it is none."""
        found = self._government.search(agency)
        return agency[found.start() - 1] if found and found.start() else ""


def _is_short_for(name: str, agency: str) -> bool:
    """Whether a name may be short for the agency's: its characters stand there in their order (县城管局, 市发改委)."""
    characters = iter(agency)
    return all(character in characters for character in name)
