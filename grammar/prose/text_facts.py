"""Numbers taken from the running text as the spec declares them: how often something is said, or a number said."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from disclosure_checks.grammar.model.lexicon import LexiconTextFact
from disclosure_checks.grammar.model.report import UNKNOWN, Evidence, Fact, Place
from disclosure_checks.grammar.words.folding import compact, fold

_NONE = Fact(0.0)
_MOST_EVIDENCE = 10
_BESIDE = 10  # characters shown on either side of a match
_SHORTEST_BROKEN_LINE = 25  # characters; shorter lines are headings or end where they should
_SENTENCE_ENDS = "。;:!?.”)"


class SearchLine(NamedTuple):
    """One line: folded and as printed, both without blanks and equally long, and where it stands."""

    folded: str
    printed: str
    place: Place

    @classmethod
    def of(cls, folded: str, printed: str, place: Place) -> SearchLine:
        """The line. It is shown as folded where folding changed its length."""
        searched, shown = compact(folded), compact(printed)
        return cls(searched, shown if len(shown) == len(searched) else searched, place)


class SearchText:
    """Lines of text joined for searching: folded, without blanks, with the way back to each line."""

    def __init__(self, lines: Sequence[SearchLine]) -> None:
        self._places = [line.place for line in lines]
        printed_pieces: list[str] = []
        self._starts: list[int] = []
        pieces: list[str] = []
        length = 0
        for piece, printed, _ in lines:
            if pieces and not _goes_on(pieces[-1]):
                pieces.append("\n")
                printed_pieces.append("\n")
                length += 1
            self._starts.append(length)
            pieces.append(piece)
            printed_pieces.append(printed)
            length += len(piece)
        self.text = "".join(pieces)
        self._as_printed = "".join(printed_pieces)

    def place(self, offset: int) -> Place | None:
        """The place of the line that holds the offset."""
        if not self._places:
            return None
        return self._places[bisect_right(self._starts, offset) - 1]

    def printed(self, start: int, end: int) -> str:
        """What is printed between two offsets, without blanks."""
        return self._as_printed[start:end]

    def around(self, start: int, end: int) -> str:
        """What is printed at an offset, with a few characters on either side, within its line."""
        text = self.text
        left = max(0, start - _BESIDE)
        newline = text.find("\n", end, end + _BESIDE)
        right = end + _BESIDE if newline < 0 else newline
        return self._as_printed[max(left, text.rfind("\n", left, start) + 1) : right]


def _goes_on(line: str) -> bool:
    """Whether a line of running text was broken by its layout and goes on in the next one."""
    return len(line) >= _SHORTEST_BROKEN_LINE and line[-1] not in _SENTENCE_ENDS


class TextFactFinder:
    """One declared text fact, compiled. Raises ``re.error`` where its pattern is none (a spec check comes before)."""

    def __init__(self, fact: LexiconTextFact) -> None:
        self.id = fact.id
        self.within = fact.within
        self._phrases = tuple(compact(fold(phrase)) for phrase in fact.phrases)
        self._pattern = re.compile(fact.pattern) if fact.pattern else None
        self._takes_value = bool(self._pattern and "value" in self._pattern.groupindex)
        self._take = fact.take
        self._except = tuple(compact(fold(phrase)) for phrase in fact.except_phrases)

    def find(self, text: SearchText) -> Fact:
        """The fact in a text. NaN where a number is to be taken and nothing matches."""
        matches = self._matches(text.text)
        if self._except:
            matches = [match for match in matches if not self._excepted(text.text, match)]
        if not matches:
            return UNKNOWN if self._takes_value else _NONE
        if not self._takes_value:
            return Fact(float(len(matches)), tuple([_evidence(text, match) for match in matches[:_MOST_EVIDENCE]]))
        values = [value for _, _, value in matches]
        chosen = {"first": 0, "last": -1}.get(self._take)
        if chosen is None:
            extreme = min(values) if self._take == "smallest" else max(values)
            chosen = values.index(extreme)
        shown = matches[:_MOST_EVIDENCE]
        return Fact(values[chosen], (_evidence(text, shown[min(chosen, len(shown) - 1)]),))

    def _matches(self, text: str) -> list[tuple[int, int, float]]:
        found: list[tuple[int, int, float]] = []
        for phrase in self._phrases:
            start = text.find(phrase)
            while start >= 0:
                found.append((start, start + len(phrase), math.nan))
                start = text.find(phrase, start + len(phrase))
        if self._pattern:
            for match in self._pattern.finditer(text):
                value = _number(match.group("value")) if self._takes_value else math.nan
                if not self._takes_value or not math.isnan(value):
                    found.append((match.start(), match.end(), value))
        found.sort()
        return found

    def _excepted(self, text: str, match: tuple[int, int, float]) -> bool:
        start, end, _ = match
        for phrase in self._except:
            near = text.find(phrase, max(0, start - len(phrase)), end + len(phrase))
            if near >= 0 and near < end and near + len(phrase) > start:
                return True
        return False


def _evidence(text: SearchText, match: tuple[int, int, float]) -> Evidence:
    start, end, _ = match
    return Evidence(text.place(start), text.around(start, end))


def _number(digits: str | None) -> float:
    try:
        return float((digits or "").replace(",", ""))
    except ValueError:
        return math.nan
