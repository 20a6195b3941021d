"""A clause divided into phrases: one around each number, and what is said without one.

收到申请18件、办结16件              two phrases
5件为甲、30件为乙                    the words stand behind their numbers
行政复议、行政诉讼共3件              one phrase: names without a number belong to the number after them
甲、乙分别为5件、2件                  each number with its own name
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from disclosure_checks.grammar.claims.sentences.words import PAUSE, Word
from disclosure_checks.grammar.model.claim_language import WordRole

ANCHORS = frozenset({WordRole.SUBJECT, WordRole.WEAK_SUBJECT, WordRole.VERB, WordRole.QUALIFIER, WordRole.CHANNEL})


class PhraseWords(NamedTuple):
    """The words said of a number (None: of none); ``start`` is where the phrase begins in its sentence."""

    start: int
    number: Word | None
    words: tuple[Word, ...]


def phrases(start: int, words: Sequence[Word], askers: frozenset[str] = frozenset()) -> Iterator[PhraseWords]:
    """The phrases of a clause that begins at ``start``, in its order. ``askers``: the units of people and bodies."""
    told_apart = _respectively(words)
    if told_apart is not None:
        yield from (PhraseWords(start, number, own) for number, own in told_apart)
        return
    for item_start, item in _items(start, words):
        yield from _of_item(item_start, item, askers)


def has_anchor(words: Sequence[Word]) -> bool:
    """Whether one of the words says what is counted or what happened to it."""
    return not all(word.roles.isdisjoint(ANCHORS) for word in words)


def _items(start: int, words: Sequence[Word]) -> Iterator[tuple[int, list[Word]]]:
    """What stands between the pauses of a list; what has no number goes with the next item."""
    item: list[Word] = []
    for word in words:
        if word.mark != PAUSE:
            item.append(word)
        elif any(one.quantity for one in item):
            yield start, item
            start, item = word.end, []
    if item:
        yield start, item


def _of_item(start: int, words: Sequence[Word], askers: frozenset[str]) -> Iterator[PhraseWords]:
    before: list[Word] = []
    position = 0
    while position < len(words):
        word = words[position]
        position += 1
        if word.quantity is None:
            before.append(word)
            continue
        behind = _own(word, _behind(words[position:], word.end), words[position:], askers)
        if has_anchor(before):
            behind = [one for one in behind if WordRole.VERB not in one.roles] if has_anchor(behind[:1]) else []
        position += len(behind)
        yield PhraseWords(start, word, (*before, *behind))
        start, before = (behind[-1].end if behind else word.end), []
    if before:
        yield PhraseWords(start, None, tuple(before))


def _behind(words: Sequence[Word], end: int) -> list[Word]:
    """The words right behind a number, as far as nothing unknown and no other number stands between them."""
    found: list[Word] = []
    for word in words:
        if word.quantity is not None or word.start - end > 1:
            break
        found.append(word)
        end = word.end
    return found


def _own(number: Word, behind: list[Word], following: Sequence[Word], askers: frozenset[str]) -> list[Word]:
    """What stands behind a number without what is said of the next one.

    向2名申请人收取信息处理费320元, 2家企业提出3件申请: what those who ask do is told by the number of things behind it.
    """
    ends = len(behind) < len(following) and following[len(behind)].quantity is not None
    if ends and number.quantity and number.quantity.unit in askers:
        return []
    verb = next((place for place, word in enumerate(behind) if WordRole.VERB in word.roles), None)
    if not ends or verb is None:
        return behind
    return behind[:verb] if any(WordRole.SUBJECT in word.roles for word in behind[verb:]) else behind


def _respectively(words: Sequence[Word]) -> list[tuple[Word, tuple[Word, ...]]] | None:
    """Each number with its own name, where as many names as numbers are said; no number where they do not fit."""
    opening = next((word for word in words if WordRole.RESPECTIVELY in word.roles), None)
    if opening is None:
        return None
    numbers = [word for word in words if word.quantity is not None and word.start > opening.start]
    named = [word for word in words if word.quantity is None and not word.mark and word.end <= opening.start]
    for role in (WordRole.VERB, WordRole.SUBJECT, WordRole.QUALIFIER):
        items = [word for word in named if role in word.roles]
        if len(items) == len(numbers) > 1:
            shared = [word for word in named if role not in word.roles]
            return [(number, (*shared, item)) for number, item in zip(numbers, items, strict=True)]
    return []


def is_dated(phrase: PhraseWords) -> bool:
    """Whether a date stands behind the number: 有1件于12月底收到 tells of a single case."""
    number = phrase.number
    return number is not None and any(word.start > number.start and word.is_date for word in phrase.words)
