"""The words of visual lines with their places: numbers apart, the words of a label together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from disclosure_checks.grammar.readers.pdf.lines import characters_of_lines, words_of_line
from disclosure_checks.grammar.readers.pdf.page import Character
from disclosure_checks.grammar.words.numbers import is_number

_SAME_LABEL = 0.9  # of the font size: words of a label are no further apart
_SAME_PLACE = 0.5  # of that size: labels begin there
_FEWEST_LABELS = 3
_HALF_LINE = 0.7  # of that size, from the middle of its characters
_HANGING = 0.45  # of that size


class Word(NamedTuple):
    """Characters side by side. ``middle``: the height of their middle."""

    text: str
    left: float
    right: float
    middle: float
    size: float

    @property
    def centre(self) -> float:
        """Half way from its left to its right."""
        return (self.left + self.right) / 2

    @property
    def above(self) -> float:
        """The height at which its line begins."""
        return self.middle - _HALF_LINE * self.size

    @property
    def below(self) -> float:
        """The height at which its line ends."""
        return self.middle + _HALF_LINE * self.size

    @property
    def is_number(self) -> bool:
        """Whether it is a number as tables print it."""
        return is_number(self.text)


Line = Sequence[Word]


def lines_of_words(characters: Iterable[Character]) -> list[Line]:
    """The words of each visual line, from top to bottom and from left to right."""
    upright = (one for one in characters if not one.angle and not one.text.isspace())
    lines: list[Line] = []
    for characters_of_line in characters_of_lines(upright):
        line = [_word(characters) for characters in words_of_line(characters_of_line)]
        if lines and _are_one(lines[-1], line):
            lines[-1] = sorted([*lines[-1], *line], key=lambda word: word.left)
        else:
            lines.append(line)
    return lines


def _are_one(above: Line, below: Line) -> bool:
    """Whether words hang lower than others of their line, such as points, and stand above none of them."""
    if min(word.middle for word in below) - max(word.middle for word in above) > _HANGING * above[0].size:
        return False
    return all(one.right <= other.left or other.right <= one.left for one in above for other in below)


def _word(characters: Sequence[Character]) -> Word:
    text = "".join(one.text for one in characters)
    size = max(one.size for one in characters)
    return Word(text, characters[0].left, max(one.right for one in characters), characters[0].middle, size)


def phrases(line: Line, begins: Sequence[float] = ()) -> list[Word]:
    """The words of a line of labels, those of one label put together. ``begins``: where labels of many lines begin."""
    found: list[Word] = []
    for word in line:
        last = found[-1] if found else None
        near = last is not None and word.left - last.right <= _SAME_LABEL * max(last.size, word.size)
        if last is not None and near and not any(abs(word.left - begin) <= _SAME_PLACE * word.size for begin in begins):
            found[-1] = last._replace(text=last.text + word.text, right=word.right, size=max(last.size, word.size))
        else:
            found.append(word)
    return found


def common_begins(lines: Iterable[Line]) -> list[float]:
    """Where labels of several lines begin, with nothing near before them in most of these lines."""
    places: list[list[tuple[float, bool]]] = []
    begins = [
        (word.left, number > 0 and word.left - line[number - 1].right <= _SAME_LABEL * word.size, word.size)
        for line in lines
        for number, word in enumerate(line)
    ]
    for left, is_beside, size in sorted(begins):
        if places and left - places[-1][0][0] <= _SAME_PLACE * size:
            places[-1].append((left, is_beside))
        else:
            places.append([(left, is_beside)])
    return [
        place[0][0]
        for place in places
        if len(place) >= _FEWEST_LABELS and 2 * sum(is_beside for _, is_beside in place) < len(place)
    ]
