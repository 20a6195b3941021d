"""Numbers taken from the running text as the spec declares them: how often something is said, or a number said."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from grammar.document import Evidence, Fact, Place
from grammar.folding import compact, fold
from grammar.lexicon import LexiconTextFact

_MOST_EVIDENCE = 10
_SHORTEST_BROKEN_LINE = 25  # characters; shorter lines are headings or end where they should
_SENTENCE_ENDS = "。;:!?.”)"


class SearchLine(NamedTuple):
    """One line: folded and without blanks, as printed, and where it stands."""

    folded: str
    printed: str
    place: Place


class SearchText:
    """Lines of text joined for searching: folded, without blanks, with the way back to each line."""

    def __init__(self, lines: Sequence[SearchLine]) -> None:
        self._places = [line.place for line in lines]
        as_printed_pieces: list[str] = []
        self._starts: list[int] = []
        pieces: list[str] = []
        length = 0
        for piece, printed, _ in lines:
            if pieces and not _goes_on(pieces[-1]):
                pieces.append("\n")
                as_printed_pieces.append("\n")
                length += 1
            self._starts.append(length)
            pieces.append(piece)
            as_printed = compact(printed)
            as_printed_pieces.append(as_printed if len(as_printed) == len(piece) else piece)
            length += len(piece)
        self.text = "".join(pieces)
        self._as_printed = "".join(as_printed_pieces)

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
        left = max(text.rfind("\n", 0, start) + 1, start - 10)
        newline = text.find("\n", end)
        right = min(len(text) if newline < 0 else newline, end + 10)
        return self._as_printed[left:right]


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
        matches = [match for match in self._matches(text.text) if not self._excepted(text.text, match)]
        evidence = tuple(
            Evidence(text.place(start), text.around(start, end)) for start, end, _ in matches[:_MOST_EVIDENCE]
        )
        if not self._takes_value:
            return Fact(float(len(matches)), evidence)
        if not matches:
            return Fact(math.nan)
        values = [value for _, _, value in matches]
        chosen = {"first": 0, "last": -1}.get(self._take)
        if chosen is None:
            extreme = min(values) if self._take == "smallest" else max(values)
            chosen = values.index(extreme)
        return Fact(values[chosen], (evidence[min(chosen, len(evidence) - 1)],))

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
        return sorted(found)

    def _excepted(self, text: str, match: tuple[int, int, float]) -> bool:
        start, end, _ = match
        for phrase in self._except:
            near = text.find(phrase, max(0, start - len(phrase)), end + len(phrase))
            if near >= 0 and near < end and near + len(phrase) > start:
                return True
        return False


def _number(digits: str | None) -> float:
    try:
        return float((digits or "").replace(",", ""))
    except ValueError:
        return math.nan
