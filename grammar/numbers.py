"""Reading a number out of the text of a cell, and saying how it was written."""

from __future__ import annotations

import math
import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from grammar.folding import fold
from grammar.lexicon import Lexicon

_PLAIN = r"[+-]?\d+(?:\.\d+)?"
_GROUPED = r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"
_NUMBER = re.compile(rf"({_GROUPED}|{_PLAIN})")


class Reading(Enum):
    """What the text of a cell turned out to be."""

    NUMBER = "number"
    BLANK = "blank"
    TEXT = "text"


class NumberText(NamedTuple):
    """A cell's text read as a number. ``value`` is NaN unless NUMBER; ``unit`` is the word after it, folded."""

    reading: Reading
    value: float
    unit: str
    oddly_typed: bool


class NumberReader:
    """Reads the texts of cells for one lexicon (its placeholders and units); remembers what it has read."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._placeholders = frozenset(fold(word).strip() for word in lexicon.placeholders)
        units = sorted((fold(unit) for unit in lexicon.units), key=len, reverse=True)
        unit = "|".join(re.escape(word) for word in units) or r"(?!)"
        self._with_unit = re.compile(rf"({_GROUPED}|{_PLAIN})\s*({unit})")
        self.read = lru_cache(maxsize=65536)(self._read)

    def _read(self, printed: str) -> NumberText:
        text = fold(printed).strip()
        if not text or text in self._placeholders:
            return NumberText(Reading.BLANK, math.nan, "", False)
        found = _NUMBER.fullmatch(text)
        unit = ""
        if not found:
            found = self._with_unit.fullmatch(text)
            if not found:
                return NumberText(Reading.TEXT, math.nan, "", False)
            unit = found.group(2)
        digits = found.group(1)
        return NumberText(
            Reading.NUMBER, float(digits.replace(",", "")), unit, not unit and digits.replace(",", "") != printed
        )
