"""The lines of a page read: characters at their places, and for each number what it may be and how surely it was seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

import cv2
import numpy as np

from disclosure_checks.grammar.readers.pdf.page import Character
from disclosure_checks.grammar.readers.picture.geometry.crops import (
    Framing,
    LineOfPage,
    ReadPage,
    cut_out,
    shapes_in,
    slope_of_stroke,
    with_paper_around,
)
from disclosure_checks.grammar.readers.picture.geometry.text_lines import Box
from disclosure_checks.grammar.readers.picture.line_reading import (
    NumberAlphabet,
    Readings,
    SeenCharacter,
    agreed,
    characters_of,
    doubted,
    part_of,
)
from disclosure_checks.grammar.readers.picture.models import Models, SeenLine
from disclosure_checks.grammar.readers.picture.recognised_page import UNREADABLE, Pixels, SeenNumber

_FIRST_LOOK, _SECOND_LOOK = Framing(1.0, 0.18), Framing(0.7, 0.1)  # at the second, a line is larger
_WORD_GAP, _NUMBER_GAP = 1.75, 1.2  # of the height of text, between the middles of characters, of digits
_APART, _DIGITS_APART = (
    1.6,
    2.2,
)  # of the sum of their half widths: characters whose middles are further apart are two words'
_FEWEST_WIDE = 3  # characters beside each other that tell how wide they are
_FEWEST_NUMBERS = 3  # side by side that make a row of numbers
_SAME_ROW = 0.5  # of the height of text, between the middles of lines
_LONGEST_UNIT = 3  # characters
_SHORTEST_LABEL = 2  # characters: what is no longer, and no number, may be a number that was not made out
_EDGE = 0.5  # of the height of text: a number that is nearer to the edge of the page may be cut off there
_LEAST_SHARE = 0.05  # of a text that is said to have been read
_FULL_WIDTH, _HALF_WIDTH = 0.5, 0.25  # of its height, from the middle of a character to its side


class _ReadLine(NamedTuple):
    line: LineOfPage
    seen: SeenLine
    left: int
    characters: Sequence[SeenCharacter]

    @property
    def text(self) -> str:
        """What it says, without blanks."""
        return "".join(one.text for one in self.characters if not one.text.isspace())


class PageReader:
    """Reads the lines of pages."""

    def __init__(self, models: Models) -> None:
        self._models = models
        self._alphabet = NumberAlphabet(models.characters)

    def read(self, page: ReadPage, lines: Sequence[LineOfPage]) -> tuple[tuple[Character, ...], tuple[SeenNumber, ...]]:
        """The characters and the numbers of lines."""
        characters: list[Character] = []
        numbers: list[SeenNumber] = []
        lone: list[_ReadLine] = []
        seen = list(self._with_digits(page, list(self._look(page, lines))))
        worded = {read.line.cell for read in seen if any(one.isalnum() for one in read.text)}
        for read in seen:
            text = read.text
            is_mark = not any(one.isalnum() for one in text) and read.line.cell not in worded
            if read.line.cell is not None and (not text or is_mark or self._alphabet.may_be_number(text)):
                lone.append(read)  # marks alone may be a number under a stamp or a stroke of a pen
            else:
                numbers += self._numbers_among_words(page, read)
                if read.line.cell is not None and self._is_not_made_out(text):
                    numbers.append(_number(page, (), read.line.box, read.line.cell))
                characters += _placed(read, page, len(characters))
        for read, other in zip(lone, self._second_look(page, lone), strict=True):
            number = self._lone_number(page, read, other)
            numbers.append(number)
            characters += _spread(number.text or UNREADABLE, read.line.box, page, len(characters))
        return tuple(characters), tuple(numbers)

    def _look(self, page: ReadPage, lines: Sequence[LineOfPage]) -> Iterator[_ReadLine]:
        views = [with_paper_around(page, line.box, _FIRST_LOOK) for line in lines]
        seen = self._models.lines([view for view, _ in views]) if views else []
        for line, (_, left), own in zip(lines, views, seen, strict=True):
            yield _ReadLine(line, own, left, characters_of(own, self._models.characters))

    def _second_look(self, page: ReadPage, lone: Sequence[_ReadLine]) -> list[SeenLine]:
        """The numbers once more, larger and softened: what only one look sees is doubtful."""
        views: list[Pixels] = []
        for read in lone:
            view, _ = with_paper_around(page, read.line.box, _SECOND_LOOK)
            views.append(np.asarray(cv2.GaussianBlur(view, (3, 3), 0), dtype=np.uint8))
        return self._models.lines(views) if views else []

    def _lone_number(self, page: ReadPage, read: _ReadLine, other: SeenLine) -> SeenNumber:
        box, cell = read.line
        readings: Readings = agreed(self._alphabet.readings(read.seen.shares), self._alphabet.readings(other.shares))
        readings = doubted(readings, shapes_in(page, box))
        if readings and self._alphabet.is_stroke(readings[0][0]):
            readings = self._alphabet.as_stroke(readings, self._stroke(page, box))
        return _number(page, readings, box, cell or box)

    def _stroke(self, page: ReadPage, box: Box) -> str | None:
        slope = slope_of_stroke(page, box)
        return None if slope is None else self._alphabet.stroke(slope)

    def _numbers_among_words(self, page: ReadPage, read: _ReadLine) -> Iterator[SeenNumber]:
        words = _words(read.characters, page.text_height)
        if read.line.cell is not None:
            words = (part for word in words for part in self._leading_numbers(word))
        for word in words:
            if self._may_be_number(word):
                readings: Readings = self._alphabet.readings(part_of(read.seen, word[0].step - 1, word[-1].step + 1))
                if read.line.cell is None and len(word) == 1 and self._alphabet.is_stroke(word[0].text):
                    readings = self._alphabet.as_stroke(readings, word[0].text)
                yield _number(page, readings, _box_of(page, read, word), read.line.cell or read.line.box)

    def _may_be_number(self, word: Sequence[SeenCharacter]) -> bool:
        return self._alphabet.may_be_number("".join(one.text for one in word))

    def _with_digits(self, page: ReadPage, lines: Sequence[_ReadLine]) -> Iterator[_ReadLine]:
        """Lines as they were seen; what looks like a digit, or a dash, in a row of numbers without cells is one.

        What stands far apart in a row was found as lines of their own.
        """
        words = [self._number_words(read, page.text_height) for read in lines]
        heights = [(read.line.box.top + read.line.box.bottom) / 2 for read in lines]
        for read, own, height in zip(lines, words, heights, strict=True):
            beside = sum(
                len(others)
                for others, other in zip(words, heights, strict=True)
                if abs(other - height) < _SAME_ROW * page.text_height
            )
            yield self._as_digits(page, read, own) if own and beside >= _FEWEST_NUMBERS else read

    def _number_words(self, read: _ReadLine, text_height: float) -> list[list[SeenCharacter]]:
        if read.line.cell is not None:
            return []
        return [word for word in _words(read.characters, text_height) if self._may_be_number(word)]

    def _as_digits(self, page: ReadPage, read: _ReadLine, words: Sequence[Sequence[SeenCharacter]]) -> _ReadLine:
        steps = {one.step: self._alphabet.read_as[one.text] for word in words for one in word}
        for word in words:
            if len(word) == 1 and self._alphabet.is_stroke(steps[word[0].step]):
                stroke = self._stroke(page, _box_of(page, read, word))
                steps[word[0].step] = stroke or steps[word[0].step]
        return read._replace(characters=[one._replace(text=steps.get(one.step, one.text)) for one in read.characters])

    def _is_not_made_out(self, text: str) -> bool:
        """Whether a short text may be a number that was taken for something else."""
        return len(text) <= _SHORTEST_LABEL and not any(self._alphabet.may_be_number(one) for one in text)

    def _leading_numbers(self, word: list[SeenCharacter]) -> Iterator[list[SeenCharacter]]:
        """A word of a cell, or the number that it begins with, where its unit stands behind it."""
        number = list(takewhile(lambda one: self._alphabet.may_be_number(one.text), word))
        with_unit = number and number[0].text.isdigit() and len(word) - len(number) <= _LONGEST_UNIT
        yield number if with_unit else word


def _words(found: Sequence[SeenCharacter], text_height: float) -> Iterator[list[SeenCharacter]]:
    word: list[SeenCharacter] = []
    for one in found:
        if word and (one.text.isspace() or one.middle - word[-1].middle > _gap(word[-1], one) * text_height):
            yield word
            word = []
        if not one.text.isspace():
            word.append(one)
    if word:
        yield word


def _gap(before: SeenCharacter, after: SeenCharacter) -> float:
    return _NUMBER_GAP if _are_digits(before, after) else _WORD_GAP


def _are_digits(before: SeenCharacter, after: SeenCharacter) -> bool:
    return before.text.isdigit() and after.text.isdigit()


def _box_of(page: ReadPage, read: _ReadLine, word: Sequence[SeenCharacter]) -> Box:
    half = page.text_height / 2
    left, right = read.left + word[0].middle - half, read.left + word[-1].middle + half
    return Box(max(0, int(left)), read.line.box.top, int(right), read.line.box.bottom)


def _number(page: ReadPage, readings: Readings, box: Box, shown: Box) -> SeenNumber:
    edge = _EDGE * page.text_height
    is_whole = box.left > edge and box.right < page.upright.shape[1] - edge  # else digits may lie beyond the page
    known = [(text, share) for text, share in readings if text and is_whole]
    is_read = bool(known) and known[0][1] > _LEAST_SHARE
    (text, confidence), others = (known[0], known[1:]) if is_read else (("", 0.0), known)
    left, top, right, bottom = (side * page.scale for side in box)
    return SeenNumber(text, confidence, tuple(others), left, top, right, bottom, cut_out(page, box, shown))


def _placed(read: _ReadLine, page: ReadPage, order: int) -> Iterator[Character]:
    """Characters at their places. Those of one word touch: where their middles are is known to a few pixels only."""
    found = [one for one in read.characters if not one.text.isspace()]
    size, baseline = _size_and_baseline(read.line.box, page)
    width = _width(found, page.text_height)
    middles = [read.left + one.middle for one in found]
    halves = [(_HALF_WIDTH if one.text.isascii() else _FULL_WIDTH) * width for one in found]
    sides = [[middle - half, middle + half] for middle, half in zip(middles, halves, strict=True)]
    for number in range(1, len(found)):
        apart = middles[number] - middles[number - 1]
        most = _DIGITS_APART if _are_digits(found[number - 1], found[number]) else _APART
        if apart < most * (halves[number - 1] + halves[number]):
            sides[number - 1][1] = sides[number][0] = (middles[number - 1] + middles[number]) / 2
    for number, (one, (left, right)) in enumerate(zip(found, sides, strict=True)):
        yield Character(one.text, left * page.scale, right * page.scale, baseline, size, 0, order + number)


def _width(found: Sequence[SeenCharacter], text_height: float) -> float:
    """How wide the wide characters of a line are."""
    wide = [
        after.middle - before.middle
        for before, after in pairwise(found)
        if not before.text.isascii() and not after.text.isascii()
    ]
    return max(text_height, float(np.median(wide))) if len(wide) >= _FEWEST_WIDE else text_height


def _spread(text: str, box: Box, page: ReadPage, order: int) -> Iterator[Character]:
    """The characters of a number, side by side in the middle of its box: the digits of one number stand together."""
    size, baseline = _size_and_baseline(box, page)
    left = (box.left + box.right) / 2 * page.scale - len(text) * _HALF_WIDTH * size
    for number, character in enumerate(text):
        begin = left + 2 * _HALF_WIDTH * size * number
        yield Character(character, begin, begin + 2 * _HALF_WIDTH * size, baseline, size, 0, order + number)


def _size_and_baseline(box: Box, page: ReadPage) -> tuple[float, float]:
    size = page.text_height * page.scale
    return size, (box.top + box.bottom) / 2 * page.scale + 0.35 * size
