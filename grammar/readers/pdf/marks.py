"""What geometry says of characters: marks of notes beside numbers, and text that a line strikes out."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import inf
from typing import NamedTuple

from disclosure_checks.grammar.readers.pdf.page import Character, PageContent, Rule
from disclosure_checks.grammar.words.folding import raised

_MARKS = frozenset("0123456789()（）[]")
_SMALLER = 0.8  # of the size of the number: a mark is no larger
_FURTHEST = 0.8  # of the size of the number, between the two baselines
_RAISED = 0.2  # of the size, from which on a character of the same size stands off the line
_RAISED_AT_MOST = 0.62
_CLOSE = (-0.35, 0.4)  # of the size, between a number and its mark
_BUCKET = 12.0  # points
_LONGEST_MARK = 3  # characters

_STRUCK = (0.1, 0.5)  # of the size, above the baseline, where a line strikes text out
_STICKS_OUT = 0.6  # of the size, by which such a line is longer than its text; the rule of a table is longer
_SAME_LINE = 0.2  # of the size


class _Height(NamedTuple):
    """What tells a mark from a number of all that is known of a character but its place in its line."""

    baseline: float
    size: float
    angle: int


def as_counted(page: PageContent) -> PageContent:
    """The page without struck text, and with the digits that mark notes set apart from the numbers beside them."""
    striking, gone = _struck(page.characters, page.rules)
    characters: Sequence[Character] = page.characters
    rules = page.rules
    if gone:
        characters = [character for number, character in enumerate(characters) if number not in gone]
        rules = tuple(rule for number, rule in enumerate(rules) if number not in striking)
    return replace(page, characters=tuple(_with_marks(characters)), rules=rules)


# ---- marks of notes


def _with_marks(characters: Sequence[Character]) -> Sequence[Character]:
    """The characters, those that are marks of notes as raised digits of the lines that their numbers stand on."""
    standing: dict[_Height, list[int]] = defaultdict(list)
    for place, one in enumerate(characters):
        if one.text in _MARKS:
            standing[_Height(one.baseline, one.size, one.angle)].append(place)
    holding = [height for height, own in standing.items() if any(characters[place].text.isdigit() for place in own)]
    pairs = list(_pairs(sorted(standing), sorted(holding)))
    if not pairs:  # as on most pages
        return characters
    above = {mark for mark, _ in pairs}
    marking = [one for one in standing if one in above or any(_are_alike(one, other) for other in above)]
    numbers = {*marking, *(number for _, number in pairs)}
    return _marked(
        characters,
        sorted(place for height in marking for place in standing[height]),
        _Numbers(characters, sorted(place for height in numbers for place in standing[height])),
    )


def _pairs(marks: Sequence[_Height], numbers: Sequence[_Height]) -> Iterator[tuple[_Height, _Height]]:
    """The heights on which a mark may stand, each with one on which its number may."""
    for number in numbers:
        reach = _FURTHEST * number.size
        first, last = bisect_left(marks, (number.baseline - reach,)), bisect_left(marks, (number.baseline + reach, inf))
        yield from ((mark, number) for mark in marks[first:last] if _is_mark(mark, number))


def _marked(characters: Sequence[Character], digits: Sequence[int], numbers: _Numbers) -> list[Character]:
    marks: dict[int, Character] = {}  # -> the character of the number that each belongs to
    for place in sorted(digits, key=lambda one: characters[one].left):
        number = numbers.before(place, marks)
        if number is not None:
            marks[place] = number
    for place in sorted(digits, key=lambda one: -characters[one].left):
        if place not in marks:
            number = numbers.behind(place, marks)
            if number is not None:
                marks[place] = number
    marked = list(characters)
    for place, number in _short(marks, characters):
        marked[place] = characters[place]._replace(
            text=raised(characters[place].text), baseline=number.baseline, size=number.size
        )
    return marked


def _short(marks: dict[int, Character], characters: Sequence[Character]) -> Iterable[tuple[int, Character]]:
    """The marks but those that are longer than any mark of a note is."""
    by_number: dict[int, list[int]] = defaultdict(list)
    for place, number in marks.items():
        by_number[number.order].append(place)
    for places in by_number.values():
        if len([place for place in places if characters[place].text.isdigit()]) <= _LONGEST_MARK:
            for place in places:
                yield place, marks[place]


class _Numbers:
    """The digits of a page by place, so that those beside a character are found at once."""

    def __init__(self, characters: Sequence[Character], digits: Iterable[int]) -> None:
        self._characters = characters
        self._by_right: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._by_left: dict[tuple[int, int], list[int]] = defaultdict(list)
        for place in digits:
            one = characters[place]
            height = int(one.baseline // _BUCKET)
            self._by_right[(int(one.right // _BUCKET), height)].append(place)
            self._by_left[(int(one.left // _BUCKET), height)].append(place)

    def before(self, place: int, marks: dict[int, Character]) -> Character | None:
        """The number that a character stands behind as its mark, or behind another mark of it."""
        one = self._characters[place]
        for near in self._near(self._by_right, one.left, one.baseline):
            other = self._characters[near]
            if near == place or not self._touch(other.right, one.left, other.size):
                continue
            number = marks.get(near, other)
            if near in marks and _are_alike(one, other):
                return number
            if near not in marks and _is_mark(one, other):
                return other
        return None

    def behind(self, place: int, marks: dict[int, Character]) -> Character | None:
        """The number that a character stands before as its mark."""
        one = self._characters[place]
        for near in self._near(self._by_left, one.right, one.baseline):
            other = self._characters[near]
            if near == place or not self._touch(one.right, other.left, other.size):
                continue
            if near in marks and _are_alike(one, other):
                return marks[near]
            if near not in marks and _is_mark(one, other):
                return other
        return None

    @staticmethod
    def _touch(left: float, right: float, size: float) -> bool:
        return _CLOSE[0] * size <= right - left <= _CLOSE[1] * size

    @staticmethod
    def _near(index: dict[tuple[int, int], list[int]], x: float, y: float) -> Iterable[int]:
        column, row = int(x // _BUCKET), int(y // _BUCKET)
        for bucket in ((column + dx, row + dy) for dx in (0, -1, 1) for dy in (0, -1, 1)):
            yield from index.get(bucket, ())


def _are_alike(one: Character | _Height, other: Character | _Height) -> bool:
    """Whether two characters may belong to one mark."""
    return abs(one.size - other.size) < 0.1 * other.size and abs(one.baseline - other.baseline) < 1


def _is_mark(one: Character | _Height, number: Character | _Height) -> bool:
    """Whether a character is set apart from a number: smaller, or as large and off its line."""
    apart = abs(one.baseline - number.baseline)
    if one.angle != number.angle or apart > _FURTHEST * number.size:
        return False
    if one.size <= _SMALLER * number.size:
        return True
    same = abs(one.size - number.size) < 0.1 * number.size
    return same and _RAISED * number.size <= number.baseline - one.baseline <= _RAISED_AT_MOST * number.size


# ---- struck text


def _struck(characters: Sequence[Character], rules: Sequence[Rule]) -> tuple[set[int], set[int]]:
    """The rules that strike text out, and the characters that they strike."""
    if not any(rule.horizontal for rule in rules):
        return set(), set()
    standing: dict[tuple[float, float], list[int]] = defaultdict(list)  # baseline and size -> places
    for place, one in enumerate(characters):
        if not one.angle and not one.text.isspace():
            standing[one.baseline, one.size].append(place)
    lines = sorted(standing)
    highest = _STRUCK[1] * max((size for _, size in lines), default=0.0)
    striking: set[int] = set()
    gone: set[int] = set()
    for number, rule in enumerate(rules):
        if not rule.horizontal:
            continue
        first, last = bisect_left(lines, (rule.position,)), bisect_left(lines, (rule.position + highest, inf))
        struck = [
            place
            for baseline, size in lines[first:last]
            if _STRUCK[0] * size <= baseline - rule.position <= _STRUCK[1] * size
            for place in standing[baseline, size]
            if rule.start <= (characters[place].left + characters[place].right) / 2 <= rule.end
        ]
        if struck and _is_as_long_as(rule, [characters[place] for place in struck]):
            striking.add(number)
            gone.update(struck)
    return striking, gone


def _is_as_long_as(rule: Rule, struck: Sequence[Character]) -> bool:
    """Whether a rule is as long as the text that it goes through: that of a table runs on."""
    size = max(one.size for one in struck)
    if max(one.baseline for one in struck) - min(one.baseline for one in struck) > _SAME_LINE * size:
        return False
    left, right = min(one.left for one in struck), max(one.right for one in struck)
    covered = sum(one.right - one.left for one in struck)
    sticks_out = rule.start < left - _STICKS_OUT * size or rule.end > right + _STICKS_OUT * size
    return not sticks_out and covered >= 0.5 * (rule.end - rule.start)
