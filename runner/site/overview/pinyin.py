"""How names are read, so that they can be found and ordered by pinyin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple, Protocol


class _Reading(Protocol):
    def __call__(self, text: str) -> list[str]: ...


class Readings(NamedTuple):
    """How the characters of some names are read.

    ``usual``: the most frequent reading of each character in these names; ``others``: by the position of a name, the
    positions in it where another reading is right (重 in 重庆 beside 重 in 重点).
    """

    usual: Mapping[str, str]
    others: Mapping[int, Mapping[int, str]]


@lru_cache(maxsize=200_000)
def syllables(text: str) -> tuple[str, ...]:
    """One reading for each character, without tones; a character that is not read stands for itself."""
    if text.isascii():
        return tuple(text.lower())
    read = _reading()(text)
    if len(read) != len(text):  # a phrase that is read with more or fewer syllables
        read = [_reading()(character)[0] for character in text]
    return tuple(reading.lower() for reading in read)


def readings_of(names: Iterable[str]) -> Readings:
    """The readings of names, each character that has one counted once for each place it stands at."""
    known = [(name, syllables(name)) for name in names]
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for name, read in known:
        for character, reading in zip(name, read, strict=True):
            if reading != character.lower():
                counted[character][reading] += 1
    usual = {character: min(found, key=lambda one: (-found[one], one)) for character, found in sorted(counted.items())}
    others: dict[int, dict[int, str]] = {}
    for number, (name, read) in enumerate(known):
        own = {
            place: reading
            for place, (character, reading) in enumerate(zip(name, read, strict=True))
            if reading != usual.get(character, character.lower())
        }
        if own:
            others[number] = own
    return Readings(usual, others)


@cache
def _reading() -> _Reading:
    # the phrases take half a second to load: only a run that writes an overview waits for them
    from pypinyin import lazy_pinyin

    by_character: Any = list  # a list is taken as well, which the library's types do not say

    def read(text: str) -> list[str]:
        found: list[str] = lazy_pinyin(text, errors=by_character)
        return found

    return read
