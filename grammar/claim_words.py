"""A sentence cut into the words and numbers that claims are made of; everything else is a gap between them.

Words may hold marks: ``<last_year>``, ``<this_year>`` and ``<next_year>`` stand for the digits of a year as seen from the
report's, and a word that begins with ``<number>`` counts only right behind a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from grammar.claim_language import ClaimPart, WordRole
from grammar.claim_quantities import Quantity, QuantityFinder, read_quantity
from grammar.folding import compact, fold

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
_YEAR_DIGITS = re.compile(r"(?<!\d)20\d\d(?=年)|[二零〇一三四五六七八九]{4}(?=年)")
_YEAR = re.compile(r"(?:(?<!\d)20\d\d|[\ue000-\ue002]{4})年度?(?:以来|底|末)?|[二零〇一三四五六七八九]{4}年度?")
_NUMERAL = re.compile("[零〇一二两三四五六七八九十百千万亿]+")
_MONTH = re.compile(
    r"(?<!\d)(?:\d{1,2}月?[-~—至到])?(?P<month>\d{1,2})月(?P<day>\d{1,2}日|底|末|份|初|中旬|上旬|下旬)?"
)
_CHINESE_YEAR_DIGITS = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")} | {"零": "0"}


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


class WordCutter:
    """Cuts sentences by the words of the parts, longest first."""

    def __init__(self, parts: Sequence[ClaimPart], units: Iterable[str], ignored: Sequence[str]) -> None:
        meanings = _meanings(parts)
        behind = {word.removeprefix(AFTER_NUMBER): one for word, one in meanings.items() if AFTER_NUMBER in word}
        self._behind_number = re.compile("|".join(_trie_pattern(behind)) or r"(?!)")
        self._meanings = {word: one for word, one in meanings.items() if AFTER_NUMBER not in word}
        self._meanings_behind = behind
        # runs of digits that words are made of, such as the number of a hotline
        self.digits_in_words = frozenset(run for word in self._meanings for run in re.findall(r"\d+", word))
        self._quantities = QuantityFinder.of(tuple(units)).pattern
        skipped = "|".join(f"(?:{expression})" for expression in ignored) or r"(?!)"
        words = "|".join(_trie_pattern(self._meanings))
        self._pattern = re.compile(
            rf"(?P<own>{OWN_NAME}+)|(?P<ignored>{skipped})|(?P<word>{words or '(?!)'})|(?P<year>{_YEAR.pattern})"
            rf"|(?P<period>{_MONTH.pattern})|(?P<quantity>{self._quantities.pattern})"
            rf"|(?P<mark>[{re.escape(CLAUSE_MARKS + PAUSE)}])"
        )

    def says_number(self, sentence: str) -> bool:
        """Whether the sentence prints a number that counts something."""
        return self._quantities.search(sentence) is not None

    def cut(self, sentence: str) -> list[Word]:
        """The words of a folded sentence without blanks, in its order; years beside the report's are marked in it."""
        found: list[Word] = []
        read = 0
        for match in self._pattern.finditer(sentence):
            if match.start() < read:
                continue
            word = self._word(match)
            if word is None:
                continue
            found.append(word)
            if word.quantity is not None:
                behind = self._behind_number.match(sentence, word.end)
                if behind is not None:
                    read = behind.end()
                    found.append(Word(word.end, read, *self._meanings_behind[behind.group()]))
        return found

    def _word(self, match: re.Match[str]) -> Word | None:
        kind, text = match.lastgroup or "", match.group()
        start, end = match.span()
        if kind == "word":
            counted = self._quantities.match(match.string, start) if _NUMERAL.fullmatch(text) else None
            if counted is None:
                return Word(start, end, *self._meanings[text])
            kind, text, end = "quantity", counted.group(), counted.end()
        if kind == "quantity":
            quantity = read_quantity(text)
            return Word(start, end, _NOTHING, _NO_ROLES, quantity) if quantity else None
        if kind == "year":
            return Word(start, end, _NOTHING, _NO_ROLES, year=OF_THIS_YEAR if text[0] == _THIS_YEAR else ANOTHER_YEAR)
        if kind in ("month", "day", "period"):
            return Word(start, end, _NOTHING, _NO_ROLES, year=0 if _bounds_the_year(match) else OTHER_PERIOD)
        if kind == "own":
            return Word(start, end, _NOTHING, _OWN)
        if kind == "ignored":
            return Word(start, end, _NOTHING, _FILLER)
        return Word(start, end, _NOTHING, _NO_ROLES, mark=text)


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
    return (month == _DECEMBER and day in ("", "31日", "底", "末")) or (month == 1 and day in ("1日", ""))


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
            for mark, stands_for in YEAR_MARKS.items():
                key = key.replace(mark, stands_for)
            names.setdefault(key, set()).add(part.name)
            roles.setdefault(key, set()).add(part.role)
    return {key: (frozenset(names[key]), frozenset(roles[key])) for key in names}


def _trie_pattern(words: Iterable[str]) -> list[str]:
    """Alternatives that match the longest of the words, one for each first character: fast whatever their number."""
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(word[1:])
    return [re.escape(first) + _endings(sorted(set(rest))) for first, rest in sorted(by_first.items())]


def _endings(rest: list[str]) -> str:
    """A pattern for the longest of some endings, the empty one included where it is among them."""
    longer = [ending for ending in rest if ending]
    if not longer:
        return ""
    alternatives = _trie_pattern(longer)
    pattern = (
        alternatives[0] if len(alternatives) == 1 and len(longer) == len(rest) else f"(?:{'|'.join(alternatives)})"
    )
    return f"{pattern}?" if len(longer) < len(rest) else pattern
