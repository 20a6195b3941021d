"""Folding: the form of a text in which two prints of the same words compare equal.

``fold`` keeps the line structure and the number of lines; ``compact`` also drops white space inside lines;
``label_key`` drops punctuation too and is what labels are looked up by. What was printed is kept elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from disclosure_checks.grammar.words.declared import declared

_INVISIBLE = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF, 0x00AD, *range(0xFE00, 0xFE10)]
)
# What NFKC makes of the characters of nearly every line. Without them a line is in NFKC already, which is known at once.
_COMMON_IN_NFKC = tuple((character, unicodedata.normalize("NFKC", character)) for character in "，（）：；\u00a0")
# A mark of a note beside a digit is none of the number's own digits, which is what NFKC would make of it.
_RAISED_CHARACTERS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾"
RAISED_NOTE = "†"  # what stands for one that is printed as a note is: raised
_RAISED = str.maketrans(
    {
        **dict(zip("0123456789()", _RAISED_CHARACTERS, strict=True)),
        **dict.fromkeys("（[［〔【", "⁽"),
        **dict.fromkeys("）]］〕】", "⁾"),
        **dict.fromkeys("*＊※注", RAISED_NOTE),
        **{
            chr(0x2460 + number): "".join(_RAISED_CHARACTERS[int(digit)] for digit in str(number + 1))
            for number in range(20)
        },
    }
)
_LOWERED, _SMALL, _ENCLOSED = "₀-₎", "ᵃ-ᵇᵈ-ᵉᵍᶜ", "①-⒛⓪-⓿❶-➓㉈-㉏㉑-㉟㊱-㊿"


def _beside_digits(marks: str) -> str:
    """Marks behind a digit, several of them between commas too, or before one."""
    return rf"(?:(?<=\d)|(?<=\d[ \u00a0]))[{marks}]+(?:[,，、][{marks}]+)*|[{marks}]+(?=\d)"


_RAISED_MARK = re.compile(_beside_digits(_RAISED_CHARACTERS + RAISED_NOTE))
_NOTE_MARK = re.compile(_beside_digits(_LOWERED + _SMALL + _ENCLOSED))
_ANY_MARK = re.compile(f"[{_RAISED_CHARACTERS}{RAISED_NOTE}{_LOWERED}{_SMALL}{_ENCLOSED}]")
NOTE = "*"  # what stands for one in a folded text
# Thousands set apart by a space that is narrower than one between words; NFKC would make words of them.
_NARROW = "\u2005\u2006\u2008\u2009\u200a\u202f"
_ANY_NARROW = re.compile(f"[{_NARROW}]")
_THOUSANDS = re.compile(rf"(?<![\d.,{_NARROW}])([1-9]\d{{0,2}})((?:[{_NARROW}]\d{{3}}){{1,2}})(?![\d{_NARROW}])")
_IN_A_KEY = re.compile(r"[^\W_]")
_NOT_IN_A_KEY = re.compile(r"[\W_]")


def _pairs(table: str) -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in table.split() if len(pair) == 2}


@lru_cache(maxsize=1)
def _translation() -> tuple[re.Pattern[str], Callable[[re.Match[str]], str]]:
    """The characters to replace, and what by. Few lines hold any, so they are looked for rather than all translated."""
    tables = declared("disclosure_checks.grammar.words", "characters.yaml")
    mapping: dict[int, str | None] = dict(_INVISIBLE)
    for name in ("look_alikes", "traditional", "punctuation"):
        mapping.update(_pairs(tables[name]))
    replacements = {chr(code): same or "" for code, same in mapping.items()}
    pattern = re.compile("[" + "".join(re.escape(character) for character in replacements) + "]")
    return pattern, lambda found: replacements[found.group()]


def fold(text: str) -> str:
    """The text in NFKC with look-alike, traditional and invisible characters and punctuation variants folded.

    The number of lines does not change; the number of characters may.
    """
    if not text.isascii():
        for character, same in _COMMON_IN_NFKC:
            text = text.replace(character, same)
        if _ANY_MARK.search(text):
            text = _NOTE_MARK.sub(NOTE, _RAISED_MARK.sub(RAISED_NOTE, text))
        if _ANY_NARROW.search(text):
            text = _THOUSANDS.sub(lambda found: _ANY_NARROW.sub(",", found.group()), text)
        text = unicodedata.normalize("NFKC", text)
    pattern, replacement = _translation()
    return pattern.sub(replacement, text)


def raised(text: str) -> str:
    """A text that is printed above or below the line: its digits, brackets and signs of notes as marks of notes."""
    return text.translate(_RAISED)


def compact(folded: str) -> str:
    """A folded text without blanks and tabs; line breaks stay."""
    return folded.replace(" ", "").replace("\t", "")


def key_of_folded(folded: str) -> str:
    """The letters and digits of an already folded text."""
    return folded if folded.isalnum() else "".join(_NOT_IN_A_KEY.split(folded))  # faster than replacing by nothing


def first_of_key(folded: str) -> str:
    """The first character of the key of a folded text, without making the key; "" where it has none."""
    found = _IN_A_KEY.search(folded)
    return found.group() if found else ""


@lru_cache(maxsize=65536)
def label_key(text: str) -> str:
    """The letters and digits of a text: the key under which a label is found, however it was typed."""
    return key_of_folded(fold(text))
