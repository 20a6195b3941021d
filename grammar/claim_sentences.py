"""Running text cut into sentences and clauses, each with its words, for finding claims in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grammar.claim_language import WordRole
from grammar.claim_words import Word

_SENTENCE = re.compile(r"[^。!?\n]+")
_ENUMERATED = re.compile(r"\(?[一二三四五六七八九十\d]{1,3}[)、.](?!\d)|[一二三四五六七八九十]是")
_NO_GAP = re.compile(r"[、“”《》\"'的]")


class Sentence(NamedTuple):
    """One sentence: ``start`` is its offset in the text; ``opens``: it starts a paragraph or an item of a list."""

    start: int
    text: str
    opens: bool
    enumerated: bool


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text, in order."""
    for match in _SENTENCE.finditer(text):
        start = match.start()
        enumerated = _ENUMERATED.match(match.group()) is not None
        opens = enumerated or start == 0 or text[start - 1] == "\n"
        yield Sentence(start, match.group(), opens, enumerated)


class Clause(NamedTuple):
    """What stands between two commas, semicolons, colons or brackets. Offsets are within the sentence."""

    start: int
    end: int
    words: tuple[Word, ...]
    in_brackets: bool

    @property
    def has_number(self) -> bool:
        return any(word.quantity for word in self.words)


def clauses(sentence: str, words: Sequence[Word]) -> list[Clause]:
    """The clauses of a sentence, marks left out, empty ones too."""
    found: list[Clause] = []
    start, own, depth = 0, [], 0
    for word in (*words, Word(len(sentence), len(sentence), frozenset(), frozenset(), mark=".")):
        if not word.mark:
            own.append(word)
            continue
        if word.start > start:
            found.append(Clause(start, word.start, tuple(own), depth > 0))
        depth += (word.mark == "(") - (word.mark == ")")
        start, own = word.end, []
    return found


def gap(sentence: str, start: int, end: int, words: Sequence[Word]) -> int:
    """How many characters of a stretch belong to no known word."""
    unknown: list[str] = []
    position = start
    for word in words:
        if word.start >= end:
            break
        if word.start > position:
            unknown.append(sentence[position : word.start])
        position = max(position, word.end)
    unknown.append(sentence[position:end] if position < end else "")
    return len(_NO_GAP.sub("", "".join(unknown)))


def has_role(words: Sequence[Word], role: WordRole) -> bool:
    """Whether one of the words has the role."""
    return any(role in word.roles for word in words)


def is_approximate(number: Word, words: Sequence[Word]) -> bool:
    """Whether a word right before or after a number says that it is about right."""
    return any(
        WordRole.APPROXIMATE in word.roles and (0 <= number.start - word.end <= 1 or 0 <= word.start - number.end <= 1)
        for word in words
    )


def adjacent(words: Sequence[Word], end: int, has_words: bool) -> list[Word]:
    """The words right after a number that belong to it: 18件政府信息公开申请."""
    found: list[Word] = []
    for word in words:
        if word.quantity is not None or word.start - end > 1:
            break
        found.append(word)
        end = word.end
    if has_words and has_role(found, WordRole.VERB):
        return [word for word in found if WordRole.VERB not in word.roles]
    return found


def respectively(words: Sequence[Word]) -> dict[int, list[Word]]:
    """For 甲、乙分别为5件、2件: each number, by where it stands, with the words that are said of it."""
    opening = next((word for word in words if WordRole.RESPECTIVELY in word.roles), None)
    if opening is None:
        return {}
    numbers = [word for word in words if word.quantity is not None and word.start > opening.start]
    named = [word for word in words if word.quantity is None and word.end <= opening.start]
    for role in (WordRole.VERB, WordRole.SUBJECT, WordRole.MARK):
        items = [word for word in named if role in word.roles]
        if len(items) == len(numbers) > 1:
            shared = [word for word in named if role not in word.roles]
            return {number.start: [*shared, item] for number, item in zip(numbers, items, strict=True)}
    return {number.start: [] for number in numbers}
