"""Where something stands in its source, in the words of the page's language, with the way to it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.rules.findings.messages import parse_place, place_words
from disclosure_checks.runner.site.page_parts import Link, place_anchor
from disclosure_checks.runner.texts.site_texts import Texts

_CLOSE = 3  # lines for each value: copied pages have blank ones between them
_MOST_REMEMBERED = 16_384
_row = attrgetter("page", "line", "table", "row")
_within_line = attrgetter("page", "table", "row", "column")
_NOWHERE_ELSE = {(0, 0, 0, 0)}


class PlaceWords:
    """Places in words."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._lines = lru_cache(maxsize=_MOST_REMEMBERED)(self._words_of_lines)

    def one(self, place: Place | None) -> str:
        """A single place; "" where it is unknown."""
        return place_words(place, self._texts.language)

    def link(self, place: Place, source: str) -> Link:
        """A single place and the way to it. ``source``: the address of the text, "" where there is none."""
        return Link(self.one(place), _address(place, source))

    def several(self, places: Iterable[Place | None], source: str = "") -> tuple[Link, ...]:
        """Several places: lines close together as a range, cells of one row as the row, others as a list."""
        known = [place for place in dict.fromkeys(places) if place is not None]
        if len(known) == 1:
            return (self.link(known[0], source),) if any(known[0]) else ()
        lines = {place.line for place in known}
        if len(lines) > 1 and set(map(_within_line, known)) == _NOWHERE_ELSE:
            first, last = min(lines), max(lines)
            if last - first < _CLOSE * len(lines):
                return (Link(self._lines(first, last), _address(Place(first), source)),)
        rows = set(map(_row, known))
        if len(rows) == 1 and known[0].row:
            return (self.link(known[0]._replace(column=0), source),)
        return tuple(self.link(place, source) for place in known if any(place))

    def of_text(self, where: str, source: str = "") -> Link:
        """A place as exports write it (``table 2 row 5``), in words; anything else as it is."""
        place = parse_place(where)
        return self.link(place, source) if any(place) else Link(where)

    def _words_of_lines(self, first: int, last: int) -> str:
        return self._texts.say("place_lines", first=first, last=last)


def _address(place: Place, source: str) -> str:
    return f"{source}#{place_anchor(place)}" if source else ""
