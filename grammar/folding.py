"""Folding: the form of a text in which two prints of the same words compare equal.

``fold`` keeps the line structure and the number of lines; ``compact`` also drops white space inside lines;
``label_key`` drops punctuation too and is what labels are looked up by. What was printed is kept elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import yaml

_INVISIBLE = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF, 0x00AD, *range(0xFE00, 0xFE10)]
)
_NOT_IN_A_KEY = re.compile(r"[\W_]+")


def _pairs(table: str) -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in table.split() if len(pair) == 2}


@lru_cache(maxsize=1)
def _translation() -> tuple[dict[int, str | None], re.Pattern[str]]:
    """The replacements, and a pattern that tells quickly whether a text needs any."""
    tables = yaml.safe_load((Path(__file__).parent / "characters.yaml").read_text(encoding="utf-8"))
    mapping: dict[int, str | None] = dict(_INVISIBLE)
    for name in ("look_alikes", "traditional", "punctuation"):
        mapping.update(_pairs(tables[name]))
    return mapping, re.compile("[" + "".join(re.escape(chr(code)) for code in mapping) + "]")


def fold(text: str) -> str:
    """The text in NFKC with look-alike, traditional and invisible characters and punctuation variants folded.

    The number of lines does not change; the number of characters may.
    """
    folded = unicodedata.normalize("NFKC", text)
    mapping, needed = _translation()
    return folded.translate(mapping) if needed.search(folded) else folded


def compact(folded: str) -> str:
    """A folded text without blanks and tabs; line breaks stay."""
    return folded.replace(" ", "").replace("\t", "")


def key_of_folded(folded: str) -> str:
    """The letters and digits of an already folded text."""
    return _NOT_IN_A_KEY.sub("", folded)


@lru_cache(maxsize=65536)
def label_key(text: str) -> str:
    """The letters and digits of a text: the key under which a label is found, however it was typed."""
    return _NOT_IN_A_KEY.sub("", fold(text))
