"""Finding labels and headings: dictionaries over the folded wordings of a lexicon.

A label may be printed with or without its ordinal (一、 （一） 1.), in any width, and broken into fragments; the index
answers which labels a piece of text is, whether it can begin one, and how a run of text divides into labels.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from disclosure_checks.grammar.model.lexicon import Label, LabelKind, Lexicon, LexiconTable
from disclosure_checks.grammar.words.declared import declared
from disclosure_checks.grammar.words.folding import first_of_key, fold, key_of_folded, label_key

_NUMBERED = declared("disclosure_checks.grammar.words", "headings.yaml")
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_HEADING_ORDINAL = re.compile(rf"\s*(?:\(?{_NUMERAL}\)|{_NUMERAL}[、.,])\s*")  # 一、 （一）
_ORDINAL = re.compile(rf"{_HEADING_ORDINAL.pattern}|\s*\(?\d{{1,2}}\s*[).、,](?!\d)\s*")  # and those of rows: 1. (1)
# a question mark is a 、 that was lost: LibreOffice writes no other into the list numbers of rich text
_HEADING_NUMBER = re.compile(
    rf"{_NUMBERED['before_number']}?({_NUMERAL})\s*(?:{_NUMBERED['behind_number']}\s*|[、.,:?]\s*|\s+)"
)


class Wording(IntEnum):
    """How close a print is to the format's own wording."""

    EXACT = 0
    ALIAS = 1
    WITHOUT_ORDINAL = 2


class Meaning(NamedTuple):
    """What a label key stands for."""

    table: LexiconTable
    label: Label
    wording: Wording
    is_row: bool  # or a group of rows
    width: int  # the number of columns of a row; 0 where it carries no values


class HeadingMeaning(NamedTuple):
    """What a heading stands for: ``rank`` 0 is the format's own wording; ``number`` is printed ("" if none)."""

    section: int
    rank: int
    number: str
    length: int  # characters of the folded line that the heading takes


class LabelIndex:
    """The labels and headings of one lexicon, ready for look-up."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.meanings: dict[str, tuple[Meaning, ...]] = {}
        for table in lexicon.tables:
            for label in table.labels:
                self._add(table, label)
        self.prefixes = frozenset(key[:length] for key in self.meanings for length in range(1, len(key)))
        self._all_keys = "\n".join(self.meanings)
        self.longest_label = max(map(len, self.meanings), default=0)
        self._lengths: dict[str, list[int]] = {}  # of the labels that begin with a character, longest first
        for length, first in sorted({(len(key), key[0]) for key in self.meanings if key}, reverse=True):
            self._lengths.setdefault(first, []).append(length)
        self.number_words = lexicon.number_words
        self.row_beginnings = frozenset([*self._lengths, *(word[:1] for word in self.number_words)])
        self._headings: dict[str, tuple[int, int]] = {}
        for number, section in enumerate(lexicon.sections):
            for rank, wording in enumerate(section.wordings):
                self._headings.setdefault(label_key(wording), (number, rank))
        self._heading_beginnings = frozenset(key[:1] for key in self._headings)
        self._numbers = "".join(section.number for section in lexicon.sections)
        self._embedded = re.compile(rf"[{self._numbers}](?<=[\s。;|)>].)、(?=\w{{2}})")
        self._known_segments = lru_cache(maxsize=4096)(self._segment)
        self.heading = lru_cache(maxsize=8192)(self._heading)

    def _add(self, table: LexiconTable, label: Label) -> None:
        is_row = label.kind in (LabelKind.ROW, LabelKind.ROW_GROUP)
        width = next((len(row.columns) for row in table.rows if is_row and row.id == label.id), 0)
        for rank, wording in enumerate(label.wordings):
            level = Wording.EXACT if rank == 0 else Wording.ALIAS
            self._add_key(label_key(wording), Meaning(table, label, level, is_row, width))
            without = _ORDINAL.sub("", fold(wording), count=1)
            if is_row and _ORDINAL.match(fold(wording)):
                self._add_key(label_key(without), Meaning(table, label, Wording.WITHOUT_ORDINAL, is_row, width))

    def _add_key(self, key: str, meaning: Meaning) -> None:
        known = self.meanings.get(key, ())
        if all((other.table.id, other.label) != (meaning.table.id, meaning.label) for other in known):
            self.meanings[key] = (*known, meaning)

    def longest_label_at(self, key: str, position: int) -> int:
        """The length of the longest label that stands at a position of a key; 0 where none does."""
        for length in self._lengths.get(key[position : position + 1], ()):
            if key[position : position + length] in self.meanings and position + length <= len(key):
                return length
        return 0

    def is_fragment(self, key: str) -> bool:
        """Whether the key is an inner part of some label."""
        return bool(key) and key in self._all_keys

    def segment(self, key: str) -> tuple[str, ...] | None:
        """The labels a key divides into without rest, longest first from the left; None where it does not."""
        return self._known_segments(key) if key[:1] in self._lengths else None

    def _segment(self, key: str) -> tuple[str, ...] | None:
        labels: list[str] = []
        position = 0
        while position < len(key):
            length = self.longest_label_at(key, position)
            if not length:
                return None
            labels.append(key[position : position + length])
            position += length
        return tuple(labels) or None

    def _heading(self, folded: str) -> HeadingMeaning | None:
        """The section heading a folded line is or begins with.

        A heading that goes on in the same line counts only with its number and with a break after it.
        """
        numbered = _HEADING_NUMBER.match(folded)
        number = numbered.group(1) if numbered else ""
        if number and number not in self._numbers:
            return None
        rest = folded[numbered.end() :] if numbered else folded
        whole = self._headings.get(key_of_folded(rest)) if first_of_key(rest) in self._heading_beginnings else None
        if whole:
            return HeadingMeaning(*whole, number, len(folded))
        if not numbered:
            return None
        return self._heading_with_rest(folded, numbered.end(), number) or self._reworded(rest, number, len(folded))

    def _heading_with_rest(self, folded: str, start: int, number: str) -> HeadingMeaning | None:
        """A numbered heading at the beginning of a longer line, followed by a break, a bracket or a digit."""
        key, end = "", start
        best: HeadingMeaning | None = None
        for end in range(start, min(len(folded), start + 60)):
            key += key_of_folded(folded[end])
            found = self._headings.get(key)
            after = folded[end + 1 : end + 2]
            if found and (not after or not after.isalpha()):
                best = HeadingMeaning(*found, number, end + 1)
        return best

    def _reworded(self, rest: str, number: str, length: int) -> HeadingMeaning | None:
        """A short numbered line that holds a word only one section is recognised by (rank -1)."""
        if len(rest) > 30 or rest.endswith(("。", ";", ",", ":")):
            return None
        position = self._numbers.index(number)
        section = self.lexicon.sections[position]
        if any(fold(word) in rest for word in section.recognise_by):
            return HeadingMeaning(position, -1, number, length)
        return None

    def embedded_headings(self, folded: str) -> list[int]:
        """Positions inside a long line at which a numbered section heading begins."""
        return [
            found.start()
            for found in self._embedded.finditer(folded)
            if (meaning := self.heading(folded[found.start() : found.start() + 60])) and meaning.rank >= 0
        ]


def begins_with_ordinal(printed: str) -> bool:
    """Whether a text begins with an ordinal, as headings and rows do: 一、 （一） 1. (1)."""
    return _ORDINAL.match(fold(printed)) is not None


def begins_like_heading(printed: str) -> bool:
    """Whether a text begins with an ordinal that is written in words: 一、 （一）."""
    return _HEADING_ORDINAL.match(fold(printed)) is not None


def heading_number(folded: str) -> str:
    """The number a line begins with as a section heading does ("" if none)."""
    found = _HEADING_NUMBER.match(folded)
    return found.group(1) if found else ""
