"""Numbers in cells: whether a text is one, which one, and how it was written."""

from __future__ import annotations

import math
import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from disclosure_checks.grammar.model.lexicon import Lexicon
from disclosure_checks.grammar.words.declared import declared
from disclosure_checks.grammar.words.folding import fold

_PLAIN = r"[+-]?\d+(?:\.\d+)?"
_GROUPED = r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"
_NUMBER = re.compile(rf"({_GROUPED}|{_PLAIN})")
_DIGITS_APART = re.compile(r"[1-9](?: \d)+(?: \.(?: \d)+)?")  # 3 5 2, as wide as its cell
_BETWEEN_WORDS = "  "
_ALWAYS_EXACT = 15  # decimal digits that a float holds
_FIRST_INEXACT = 2**53  # of whole numbers
LOST = "\ufffd"  # what stands where something is printed that could not be read
_UNREAD = re.compile(r"\s*[+-]?\d[\d,.]*%?\s*")


def is_number(printed: str) -> bool:
    """Whether a text is a number as tables print it, whatever number it may be. No format has to be known for it."""
    return _UNREAD.fullmatch(printed) is not None


def with_words_apart(printed: str) -> str:
    """A text whose words are further apart than the digits of one number ever are."""
    return _BETWEEN_WORDS.join(printed.split())


def are_numbers(printed: str) -> bool:
    """Whether a text is a number, or several with white space between them."""
    words = printed.split()
    return bool(words) and all(map(is_number, words))


class _Notes(NamedTuple):
    """``beside``: what notes and typists leave beside a number: 0*, 12(注1), 12。 ``usual``: what is not odd about it."""

    beside: re.Pattern[str]
    usual: re.Pattern[str]


@lru_cache(maxsize=1)
def _notes() -> _Notes:
    marks = declared("disclosure_checks.grammar.words", "notes.yaml")
    behind = "|".join(marks["behind_a_number"] + marks["punctuation_behind_a_number"])
    before = "|".join(marks["before_a_number"])
    return _Notes(
        re.compile(rf"(?<=\d)\s*(?:{behind})$|^(?:{before})\s*(?=\d)"),
        re.compile("|".join(marks["as_it_should_be"])),
    )


class Reading(Enum):
    """What the text of a cell turned out to be."""

    NUMBER = "number"
    BLANK = "blank"
    TEXT = "text"


class NumberText(NamedTuple):
    """A cell's text read as a number. ``value`` is NaN unless NUMBER; ``unit`` is the word after it, folded.

    ``is_change``: a word such as 减 or a sign that stands apart says the sign, as only a column of changes prints it.
    ``is_exact``: ``value`` is the very number that is printed; more digits than a float holds would be rounded.
    """

    reading: Reading
    value: float
    unit: str
    oddly_typed: bool
    is_change: bool = False
    is_exact: bool = True

    @property
    def is_plain(self) -> bool:
        """Whether nothing but digits says the number."""
        return self.reading is Reading.NUMBER and not (
            self.unit or self.oddly_typed or self.is_change or not self.is_exact
        )


_TEXT = NumberText(Reading.TEXT, math.nan, "", False)


def _is_exact(digits: str) -> bool:
    """Whether a float holds a number without a sign as it is printed."""
    if len(digits) <= _ALWAYS_EXACT:
        return True
    counted = digits.lstrip("0.")
    if "." in digits:
        return len(counted) - ("." in counted) <= _ALWAYS_EXACT
    return len(counted) <= _ALWAYS_EXACT + 1 and int(counted or "0") < _FIRST_INEXACT


class NumberReader:
    """Reads the texts of cells for one lexicon (its placeholders and units); remembers what it has read."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._notes = _notes()
        self._placeholders = frozenset(fold(word).strip() for word in lexicon.placeholders)
        units = sorted((fold(unit) for unit in lexicon.units), key=len, reverse=True)
        unit = "|".join(re.escape(word) for word in units) or r"(?!)"
        self._with_unit = re.compile(rf"({_GROUPED}|{_PLAIN})\s*(?:({unit})|\(({unit})\))")
        self._units = frozenset(units)
        self._signs = {
            **{fold(word): 1.0 for word in lexicon.increase},
            **{fold(word): -1.0 for word in lexicon.decrease},
        }
        self._signs |= {"+": 1.0, "-": -1.0} if self._signs else {}
        # a sign that is printed for nothing as well touches its digits: – 0 may be two cells
        words = "|".join(
            re.escape(word) + (r"(?!\s)" if word in self._placeholders else "")
            for word in sorted(self._signs, key=len, reverse=True)
        )
        self._change = re.compile(rf"({words or '(?!)'})\s*(\d{{1,3}}(?:,\d{{3}})+|\d+)\s*({unit})?")
        self._beginnings = frozenset(word[:1] for word in (*self._placeholders, *self._signs))
        self.read = lru_cache(maxsize=65536)(self._read)

    def is_value(self, folded: str) -> bool:
        """Whether a folded text is a number or stands for one, such as for one that could not be read."""
        if not folded or (folded[0].isalpha() and folded[0] not in self._beginnings):
            return False  # words, as most texts that are asked about are
        if folded == LOST:
            return True
        return self.read(folded).reading is not Reading.TEXT

    def is_cell(self, folded: str) -> bool:
        """Whether the folded text of a whole cell is a number or stands for one; its digits may stand apart."""
        return self.is_value(folded) or self.stands_apart(folded)

    @staticmethod
    def stands_apart(folded: str) -> bool:
        """Whether a folded text is the digits of one number with blanks between them."""
        return _DIGITS_APART.fullmatch(folded) is not None

    def read_cell(self, printed: str) -> NumberText:
        """A cell's text read as a number; its digits may stand apart."""
        number = self.read(printed)
        if number.reading is not Reading.TEXT:
            return number
        text = fold(printed).strip()
        if not _DIGITS_APART.fullmatch(text):
            return number
        return self.read(text.replace(" ", ""))._replace(oddly_typed=True)

    def is_unit(self, folded: str) -> bool:
        """Whether a folded text is a unit without a number, as a column of units prints it."""
        return folded in self._units

    def _read(self, printed: str) -> NumberText:
        text = fold(printed).strip()
        if not text or self._is_placeholder(text):
            return NumberText(Reading.BLANK, math.nan, "", False)
        note = self._notes.beside.search(text)
        if note:
            number = self._read(text[: note.start()] + text[note.end() :])
            is_usual = self._notes.usual.fullmatch(note.group().strip())
            return number if is_usual else number._replace(oddly_typed=True)
        found = _NUMBER.fullmatch(text)
        unit = ""
        if not found:
            found = self._with_unit.fullmatch(text)
            if not found:
                return self._read_change(text) if self._signs else _TEXT
            unit = found.group(2) or found.group(3)
        digits = found.group(1)
        bare = digits.replace(",", "")
        return NumberText(
            Reading.NUMBER, float(bare), unit, not unit and bare != printed, is_exact=_is_exact(bare.lstrip("+-"))
        )

    def _is_placeholder(self, text: str) -> bool:
        """Whether a text stands for a number; words that do may be broken over the lines of a narrow cell."""
        if text in self._placeholders:
            return True
        joined = text.replace(" ", "")
        return joined.isalpha() and joined in self._placeholders

    def _read_change(self, text: str) -> NumberText:
        """A change whose sign is a word or stands apart from its digits: 减4, 增加5项, - 8."""
        found = self._change.fullmatch(text)
        if not found:
            return _TEXT
        word, digits, unit = found.groups()
        value = self._signs[word] * float(digits.replace(",", ""))
        return NumberText(Reading.NUMBER, value, unit or "", word in "+-" or "," in digits, True)
