"""What the model says of a line: its characters with their places, and what each of its numbers may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from disclosure_checks.grammar.readers.picture.models import SeenLine
from disclosure_checks.grammar.readers.picture.number_search import likely_texts, number_characters
from disclosure_checks.grammar.readers.picture.recognised_page import Shares

_LONGEST_NUMBER = 14  # characters
_POSSIBLE = re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?%?|[-/\\]+")  # a number, or what stands for none
_UPRIGHT, _LEANING = 0.15, 0.22  # of its height, that a stroke leans: a 1 at most 0.1, a slash some 0.3

Readings = Sequence[tuple[str, float]]  # what a number may be, each with its probability, the likeliest first
_MORE_SHAPES, _FEWER_SHAPES = 0.5, 0.8  # digits that touch are fewer shapes; more of them is less often so


class SeenCharacter(NamedTuple):
    """A character, where its middle is in pixels of the line, and the step that it was seen at."""

    text: str
    middle: float
    step: int


class NumberAlphabet:
    """Which of the model's characters numbers are printed with."""

    def __init__(self, characters: Sequence[str]) -> None:
        places: dict[str, list[int]] = {}
        for place, character in enumerate(characters):
            places.setdefault(character, []).append(place)
        self.columns: dict[str, list[tuple[int, float]]] = {}
        self.read_as: dict[str, str] = {}
        self._strokes = {alike.leans: letter for letter, alike in number_characters().items() if alike.leans}
        for letter, alike in number_characters().items():
            own = [(place, 1.0) for place in places.get(letter, [])]
            own += [(place, alike.counts) for one in alike.characters for place in places.get(one, [])]
            if own:
                self.columns[letter] = own
                self.read_as.update(dict.fromkeys((letter, *alike.characters), letter))

    def may_be_number(self, text: str) -> bool:
        """Whether all of a text may be a number."""
        return bool(text) and len(text) <= _LONGEST_NUMBER and all(one in self.read_as for one in text)

    def readings(self, shares: Shares) -> list[tuple[str, float]]:
        """What a number may be, the likeliest first. What cannot be one, such as a lone point, is not considered."""
        found = likely_texts(shares, self.columns)
        impossible = sum(share for text, share in found if text and not _POSSIBLE.fullmatch(text))
        if impossible >= 1.0:
            return []
        return [(text, share / (1.0 - impossible)) for text, share in found if not text or _POSSIBLE.fullmatch(text)]

    def is_stroke(self, text: str) -> bool:
        """Whether a text is one stroke, which its lean tells from others."""
        return text in self._strokes.values()

    def stroke(self, slope: float) -> str | None:
        """The character that is a stroke of this slope: how far it leans to the right, in its height."""
        leans = "right" if slope >= _LEANING else "left" if slope <= -_LEANING else ""
        return self._strokes.get("upright" if abs(slope) < _UPRIGHT else leans)

    def as_stroke(self, readings: Readings, stroke: str | None) -> Readings:
        """Readings of which the likeliest is a stroke: it is the one that was told from others."""
        if stroke is None or not readings or not self.is_stroke(readings[0][0]):
            return readings
        whole = sum(share for text, share in readings if self.is_stroke(text))
        return [(stroke, whole), *(one for one in readings if not self.is_stroke(one[0]))]


def characters_of(line: SeenLine, names: Sequence[str]) -> list[SeenCharacter]:
    """The characters of a line as the model likes them best."""
    best = line.shares.argmax(axis=1)
    found: list[SeenCharacter] = []
    before = 0
    for step, place in enumerate(best.tolist()):
        if place and place != before:
            found.append(SeenCharacter(names[place], (step + 0.5) * line.step, step))
        before = place
    return found


def agreed(*looks: Readings) -> list[tuple[str, float]]:
    """What several looks at one number come to together."""
    shares: dict[str, float] = {}
    for look in looks:
        for text, share in look:
            shares[text] = shares.get(text, 0.0) + share / len(looks)
    return sorted(shares.items(), key=lambda one: -one[1])


def doubted(readings: Readings, shapes: frozenset[int]) -> Readings:
    """Readings, all of them less sure where the likeliest has more or fewer digits than separate shapes were counted.

    ``shapes``: one count, or two where faint ink joins shapes or not.
    """
    digits = sum(one.isdigit() for one in readings[0][0]) if readings else 0
    factor = 1.0 if digits in shapes else _MORE_SHAPES if min(shapes) > digits else _FEWER_SHAPES
    return [(text, share * factor) for text, share in readings]


def part_of(line: SeenLine, first: int, last: int) -> Shares:
    """The steps around some characters of a line."""
    return np.asarray(line.shares[max(0, first) : last + 1])
