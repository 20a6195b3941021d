"""Mistakes of typing that YAML reads as something else, told at the character that is wrong.

YAML ends a key at ``: `` and knows spaces alone as indentation; it knows no full-width colon, no curly quotes, no merge
keys as far as a spec goes. What it then complains of stands a line further down or somewhere else.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_NO_SPACE = re.compile("^ *([\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])")
_KEY_AND_COLON = re.compile(r"^\s*(?:- +)?(?:\{ *)?[A-Za-z0-9_.<\"']+?(?P<colon>：|:(?=[^ \t/]))")
_CURLY = re.compile("[“”‘’]")
MERGE_KEY = "<<"


class TypingMistake(NamedTuple):
    """A mistake of typing: the code of its message, the offset in the text, and the character."""

    code: str
    offset: int
    found: str = ""


def mistake_in_key(key: str) -> TypingMistake | None:
    """What was mistyped in a text that YAML took for a key; None where nothing is to be seen."""
    if key == MERGE_KEY:
        return TypingMistake("yaml_merge_key", 0)
    if indentation := _NO_SPACE.match(key):
        return TypingMistake("yaml_odd_space", indentation.start(1), _name_of(indentation[1]))
    if invisible := _INVISIBLE.search(key):
        return TypingMistake("invisible_character", invisible.start(), _name_of(invisible.group()))
    for character, code in (("：", "full_width_colon"), (":", "no_blank_after_colon")):
        if character in key:
            return TypingMistake(code, key.index(character))
    if quote := _CURLY.search(key):
        return TypingMistake("curly_quotes", quote.start(), quote.group())
    return None


def mistake_in_value(value: str) -> TypingMistake | None:
    """What was mistyped in a text that is none of the words that can stand there."""
    if quote := _CURLY.search(value):
        return TypingMistake("curly_quotes", quote.start(), quote.group())
    if invisible := _INVISIBLE.search(value):
        return TypingMistake("invisible_character", invisible.start(), _name_of(invisible.group()))
    return None


def mistake_in_line(line: str) -> TypingMistake | None:
    """What was mistyped in a line of which YAML could make no key and value."""
    if indentation := _NO_SPACE.match(line):
        return TypingMistake("yaml_odd_space", indentation.start(1), _name_of(indentation[1]))
    if key := _KEY_AND_COLON.match(line):
        colon = key.start("colon")
        if line[colon] == "：":
            return TypingMistake("full_width_colon", colon)
        after = line[colon + 1]
        if _NO_SPACE.match(after):
            return TypingMistake("yaml_odd_space", colon + 1, _name_of(after))
        return TypingMistake("no_blank_after_colon", colon)
    if invisible := _INVISIBLE.search(line):
        return TypingMistake("invisible_character", invisible.start(), _name_of(invisible.group()))
    return None


def _name_of(character: str) -> str:
    return f"U+{ord(character):04X}"
