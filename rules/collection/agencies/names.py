"""Names of agencies: when two prints are one name, and when two names are so close that somebody should look.

One name: the same characters, whatever their width, with or without blanks and invisible characters. Nothing else is
ever taken for the same; what is merely close is listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from disclosure_checks.grammar.words.declared import declared
from disclosure_checks.grammar.words.folding import fold

ONE_CHARACTER, LEFT_OUT_WORD, REGION = "one_character", "left_out_word", "region"

_WHOLE = "whole"
_SHORTEST = 4  # characters of a name; shorter ones differ by one character all the time
_SHORTEST_WITHOUT_REGION = 3

Form = tuple[str, str]  # how a name was shortened, and what is left of it


class CloseName(NamedTuple):
    """``name`` is close to ``other``; ``difference`` says how (``one_character``, ``left_out_word``, ``region``)."""

    name: str
    other: str
    difference: str


@lru_cache(maxsize=65536)
def agency_key(name: str) -> str:
    """The form in which prints of one name are equal: folded, without white space, capitals made small."""
    return "".join(fold(name).split()).casefold()


def close_names(names: Iterable[str], others: Iterable[str]) -> list[CloseName]:
    """Each name with the others it is close to and not the same as, in the order of both.

    No two names are compared: close ones meet under a form that both have. Time grows with the names and the pairs.
    """
    known = list(others)
    keys = [agency_key(other) for other in known]
    by_form: dict[Form, list[int]] = defaultdict(list)
    for position, key in enumerate(keys):
        for form in _own_forms(key):
            by_form[form].append(position)
    found: list[CloseName] = []
    for name in names:
        key = agency_key(name)
        differences: dict[int, str] = {}
        for difference, form in _sought_forms(key):
            for position in by_form.get(form, ()):
                if keys[position] != key:
                    differences.setdefault(position, difference)
        found += [CloseName(name, known[position], differences[position]) for position in sorted(differences)]
    return found


def _own_forms(key: str) -> Iterator[Form]:
    """The forms a name is found under."""
    yield _WHOLE, key
    yield LEFT_OUT_WORD, _without_left_out_words(key)
    for rest in _without_regions(key):
        yield REGION, rest
    if len(key) >= _SHORTEST:
        for place in range(len(key)):
            rest = key[:place] + key[place + 1 :]
            yield str(place), rest  # found by a name with another character in this place
            yield ONE_CHARACTER, rest  # found by a name without this character


def _sought_forms(key: str) -> Iterator[tuple[str, Form]]:
    """The forms under which close names are found, each with what they then differ in."""
    yield LEFT_OUT_WORD, (LEFT_OUT_WORD, _without_left_out_words(key))
    yield REGION, (REGION, key)
    for rest in _without_regions(key):
        yield REGION, (_WHOLE, rest)
    if len(key) >= _SHORTEST:
        yield ONE_CHARACTER, (ONE_CHARACTER, key)
        for place in range(len(key)):
            rest = key[:place] + key[place + 1 :]
            yield ONE_CHARACTER, (str(place), rest)
            if len(rest) >= _SHORTEST:
                yield ONE_CHARACTER, (_WHOLE, rest)


def _without_left_out_words(key: str) -> str:
    for word in _words()["left_out"]:
        key = key.replace(word, "")
    return key


def _without_regions(key: str) -> list[str]:
    """What is left of a name without the region it begins with, for every region it may be."""
    endings = "".join(_words()["region_endings"])
    parts = [key[place + 1 :] for place, character in enumerate(key) if place and character in endings]
    return [part for part in parts if len(part) >= _SHORTEST_WITHOUT_REGION]


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    return {
        name: tuple(words)
        for name, words in declared("disclosure_checks.rules.collection.agencies", "agency_names.yaml").items()
    }
