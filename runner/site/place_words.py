"""Where something stands in its source, in the words of the page's language."""

from __future__ import annotations

from collections.abc import Iterable

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.rules.findings.messages import parse_place, place_words
from disclosure_checks.runner.texts.site_texts import Texts


class PlaceWords:
    """Places in words; remembers them, since every cell of every page asks."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._remembered: dict[Place | None, str] = {}

    def one(self, place: Place | None) -> str:
        """A single place; "" where it is unknown."""
        words = self._remembered.get(place)
        if words is None:
            words = self._remembered[place] = place_words(place, self._texts.language)
        return words

    def several(self, places: Iterable[Place | None]) -> str:
        """Several places: consecutive lines as a range, anything else as a list without repeats."""
        known = [place for place in dict.fromkeys(places) if place is not None]
        if len(known) == 1:
            return self.one(known[0])
        lines = sorted({place.line for place in known})
        if len(lines) > 1 and lines[-1] - lines[0] == len(lines) - 1 and not any(any(place[1:]) for place in known):
            return self._texts.say("place_lines", first=lines[0], last=lines[-1])
        words = dict.fromkeys(self.one(place) for place in known)
        return self._texts["list_separator"].join(word for word in words if word)

    def of_text(self, where: str) -> str:
        """A place as exports write it (``table 2 row 5``), in words; anything else as it is."""
        place = parse_place(where)
        return self.one(place) if any(place) else where
