"""A sentence cut into the words and numbers that claims are made of; everything else is a gap between them.

Words may hold marks: ``<last_year>``, ``<this_year>`` and ``<next_year>`` stand for the digits of a year as seen from the
report's, and a word that begins with ``<number>`` counts only right behind a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from disclosure_checks.grammar.claims.sentences.numerals import NUMERALS
from disclosure_checks.grammar.claims.sentences.quantities import UNCERTAIN, Quantity, QuantityFinder, read_quantity
from disclosure_checks.grammar.model.claim_language import ClaimPart, WordRole
from disclosure_checks.grammar.words.declared import declared
from disclosure_checks.grammar.words.folding import compact, fold

CLAUSE_MARKS = ",;:()/"
PAUSE = "、"
# what years are: the report's, another one, or a part of one (6月底, 1-9月)
OF_THIS_YEAR, ANOTHER_YEAR, OTHER_PERIOD = 1, 2, 3
AFTER_NUMBER = "<number>"
OWN_NAME = "\ue010"  # stands for each character of the agency's own name while a sentence is cut
# what stands for a year of four digits in words and, while it is cut, in the sentence
YEAR_MARKS = {"<last_year>": "\ue000" * 4, "<this_year>": "\ue001" * 4, "<next_year>": "\ue002" * 4}
_THIS_YEAR = "\ue001"
_FROM_THIS_YEAR = {-1: "\ue000", 0: _THIS_YEAR, 1: "\ue002"}
_BEFORE_WORDS = ("own", "ignored")  # what is meant where a word begins at the same place
_BEGINNING = 2  # characters of a word by which it is looked up
_WRITTEN = declared("disclosure_checks.grammar.claims.sentences", "sentence_words.yaml")
_CHINESE_YEAR_DIGITS = {character: str(value) for character, value in _WRITTEN["year_digits"].items()}
_IN_WORDS = f"[{''.join(_CHINESE_YEAR_DIGITS)}]{{4}}"
_YEAR_DIGITS = re.compile(rf"(?<!\d)20\d\d(?=年)|{_IN_WORDS}(?=年)")
_IN_DIGITS = r"(?:(?<!\d)20\d\d|[\ue000-\ue002]{4})"
_YEAR = re.compile(
    rf"{_IN_DIGITS}{_WRITTEN['to_year']}{_IN_DIGITS}{_WRITTEN['year_of_range']}"
    rf"|{_IN_DIGITS}{_WRITTEN['year']}|{_IN_WORDS}{_WRITTEN['year_in_words']}"
)
_NUMERAL = re.compile(f"[{NUMERALS.characters}]+")
_MONTH = re.compile(_WRITTEN["month"])
_FIRST_DAY, _LAST_DAY = frozenset(_WRITTEN["first_day"]), frozenset(_WRITTEN["last_day"])


class Word(NamedTuple):
    """A known word, number, year or mark of a sentence. Offsets are within the sentence."""

    start: int
    end: int
    parts: frozenset[str]
    roles: frozenset[WordRole]
    quantity: Quantity | None = None
    year: int = 0
    mark: str = ""

    @property
    def is_date(self) -> bool:
        """Whether the word is a year or a part of one; all other words stand for something else."""
        return not (self.parts or self.roles or self.mark or self.quantity)


class _LongestWord:
    """Finds words in a text, at each place the longest: by look-ups, so that thousands of words cost no more than a few."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[:_BEGINNING], set()).add(len(word))
        self._lengths = {beginning: sorted(own, reverse=True) for beginning, own in lengths.items()}
        self._single = frozenset(word for word in self._words if len(word) == 1)

    def end(self, text: str, start: int) -> int:
        """Where the longest word that begins at ``start`` ends; ``start`` where none does."""
        for length in self._lengths.get(text[start : start + _BEGINNING], ()):
            if text[start : start + length] in self._words:
                return start + length
        return start + (text[start : start + 1] in self._single)

    def first(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The first word that begins from ``start`` on and before ``end``; ``(end, end)`` where there is none."""
        for place in range(start, end):
            if text[place : place + _BEGINNING] in self._lengths or text[place] in self._single:
                stop = self.end(text, place)
                if stop > place:
                    return place, stop
        return end, end


class WordCutter:
    """Cuts sentences by the words of the parts, longest first."""

    def __init__(self, parts: Sequence[ClaimPart], units: Iterable[str], ignored: Sequence[str]) -> None:
        meanings = _meanings(parts)
        self._meanings_behind = {
            word.removeprefix(AFTER_NUMBER): one for word, one in meanings.items() if AFTER_NUMBER in word
        }
        self._meanings = {word: one for word, one in meanings.items() if AFTER_NUMBER not in word}
        self._words, self._words_behind = _LongestWord(self._meanings), _LongestWord(self._meanings_behind)
        # runs of digits that words are made of, such as the number of a hotline
        self.digits_in_words = frozenset(run for word in self._meanings for run in re.findall(r"\d+", word))
        self._quantities = QuantityFinder.of(tuple(units)).pattern
        skipped = "|".join(f"(?:{expression})" for expression in ignored) or r"(?!)"
        self._other = re.compile(
            rf"(?P<own>{OWN_NAME}+)|(?P<ignored>{skipped})|(?P<year>{_YEAR.pattern})"
            rf"|(?P<period>{_MONTH.pattern})|(?P<quantity>{self._quantities.pattern})"
            rf"|(?P<mark>[{re.escape(CLAUSE_MARKS + PAUSE)}])"
        )

    def says_number(self, sentence: str) -> bool:
        """Whether the sentence prints a number that counts something."""
        return self._quantities.search(sentence) is not None

    def cut(self, sentence: str) -> list[Word]:
        """The words of a folded sentence without blanks, in its order; years beside the report's are marked in it.

        Where a word and something else begin at one place, the word is meant, but for the agency's own name and what
        is to be ignored.
        """
        found: list[Word] = []
        position, end = 0, len(sentence)
        other = self._other.search(sentence)
        while position < end:
            if other is not None and other.start() < position:
                other = self._other.search(sentence, position)
            limit = end if other is None else other.start() + (other.lastgroup not in _BEFORE_WORDS)
            start, stop = self._words.first(sentence, position, limit)
            word: Word | None = None
            if start < limit:
                word = self._known(sentence, start, stop)
            elif other is not None:
                stop = other.end()
                word = self._word(other)
            position = stop
            if word is None:
                continue
            found.append(word)
            position = word.end
            if word.quantity is not None:
                behind = self._words_behind.end(sentence, position)
                if behind > position:
                    found.append(Word(position, behind, *self._meanings_behind[sentence[position:behind]]))
                    position = behind
        return found

    def _known(self, sentence: str, start: int, end: int) -> Word:
        """The word of the language that stands there; the number that begins with it where it is a numeral."""
        text = sentence[start:end]
        is_numeral = _NUMERAL.fullmatch(text) or text in NUMERALS.about_beginnings
        counted = self._quantities.match(sentence, start) if is_numeral else None
        return _number(start, counted.group()) if counted else Word(start, end, *self._meanings[text])

    def _word(self, match: re.Match[str]) -> Word | None:
        kind, text = match.lastgroup or "", match.group()
        start, end = match.span()
        if kind == "quantity":
            return _number(start, text)
        if kind == "year":
            return Word(start, end, _NOTHING, _NO_ROLES, year=OF_THIS_YEAR if text[0] == _THIS_YEAR else ANOTHER_YEAR)
        if kind in ("month", "day", "period"):
            return Word(start, end, _NOTHING, _NO_ROLES, year=0 if _bounds_the_year(match) else OTHER_PERIOD)
        if kind == "own":
            return Word(start, end, _NOTHING, _OWN)
        if kind == "ignored":
            return Word(start, end, _NOTHING, _FILLER)
        return Word(start, end, _NOTHING, _NO_ROLES, mark=text)


def _number(start: int, text: str) -> Word:
    """A number; one that cannot be read counts something as well."""
    return Word(start, start + len(text), _NOTHING, _NO_ROLES, read_quantity(text) or UNCERTAIN)


def with_years_marked(sentence: str, year: int | None) -> str:
    """A sentence with marks of the same length in place of the report's year and those beside it."""
    return sentence if year is None else _YEAR_DIGITS.sub(lambda match: _marked(match.group(), year), sentence)


def _marked(digits: str, year: int) -> str:
    said = int("".join(_CHINESE_YEAR_DIGITS.get(character, character) for character in digits))
    mark = _FROM_THIS_YEAR.get(said - year)
    return mark * len(digits) if mark else digits


def _bounds_the_year(match: re.Match[str]) -> bool:
    """Whether a date is the first or last of the year: then the whole year is meant."""
    month, day = int(match.group("month")), match.group("day") or ""
    return (month == _DECEMBER and day in _LAST_DAY) or (month == 1 and day in _FIRST_DAY)


_DECEMBER = 12
_NOTHING: frozenset[str] = frozenset()
_NO_ROLES: frozenset[WordRole] = frozenset()
_OWN = frozenset({WordRole.OWN})
_FILLER = frozenset({WordRole.FILLER})

_Meaning = tuple[frozenset[str], frozenset[WordRole]]


def _meanings(parts: Sequence[ClaimPart]) -> Mapping[str, _Meaning]:
    """What each word stands for; a word may belong to several parts."""
    names: dict[str, set[str]] = {}
    roles: dict[str, set[WordRole]] = {}
    for part in parts:
        for word in part.words:
            key = compact(fold(word))
            if "<" in key:
                for mark, stands_for in YEAR_MARKS.items():
                    key = key.replace(mark, stands_for)
            names.setdefault(key, set()).add(part.name)
            roles.setdefault(key, set()).add(part.role)
    return {key: (frozenset(names[key]), frozenset(roles[key])) for key in names}
