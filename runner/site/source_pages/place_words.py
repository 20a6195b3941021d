"""Where something stands in its source, in the words of the page's language, with the way to it."""

from __future__ import annotations

from collections.abc import Iterable

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.rules.findings.messages import parse_place, place_words
from disclosure_checks.runner.site.page_parts import Link, place_anchor
from disclosure_checks.runner.texts.site_texts import Texts

_CLOSE = 3  # lines for each value: copied pages have blank ones between them


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

    def link(self, place: Place, source: str) -> Link:
        """A single place and the way to it. ``source``: the address of the text, "" where there is none."""
        return Link(self.one(place), _address(place, source))

    def several(self, places: Iterable[Place | None], source: str = "") -> tuple[Link, ...]:
        """Several places: lines close together as a range, cells of one row as the row, others as a list."""
        known = [place for place in dict.fromkeys(places) if place is not None]
        if len(known) == 1:
            return (self.link(known[0], source),) if any(known[0]) else ()
        lines = sorted({place.line for place in known})
        are_close = len(lines) > 1 and lines[-1] - lines[0] < _CLOSE * len(lines)
        if are_close and not any(any(place[1:]) for place in known):
            words = self._texts.say("place_lines", first=lines[0], last=lines[-1])
            return (Link(words, _address(Place(lines[0]), source)),)
        rows = {place._replace(column=0) for place in known}
        if len(rows) == 1 and any(place.row for place in rows):
            return (self.link(rows.pop(), source),)
        return tuple(self.link(place, source) for place in known if any(place))

    def of_text(self, where: str, source: str = "") -> Link:
        """A place as exports write it (``table 2 row 5``), in words; anything else as it is."""
        place = parse_place(where)
        return self.link(place, source) if any(place) else Link(where)


def _address(place: Place, source: str) -> str:
    return f"{source}#{place_anchor(place)}" if source else ""
