"""The fingerprint of a report's running text: what is needed to tell later how much of it stands in another report.

    text -> clauses (cut at punctuation) -> without boilerplate, numbers and names -> a hash a clause, with its length

Numbers count as one number, and what a body calls itself is left out: copied text differs in nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from zlib import crc32

from disclosure_checks.grammar.words.folding import compact, fold

SHORTEST_CLAUSE = 6  # characters; shorter ones stand in every report
LENGTH_BITS = 8  # of an entry of a fingerprint; the bits above hold the hash

_LONGEST = (1 << LENGTH_BITS) - 1
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_BREAK = re.compile(r"[,。;:!?()\n\"“”']+")
_DROPPED = "\0"


class FingerprintTaker:
    """Takes the fingerprints of texts. ``self_words``: how a body speaks of itself; ``boilerplate``: words of clauses
    that every report holds and that therefore are not compared."""

    def __init__(self, self_words: Iterable[str] = (), boilerplate: Iterable[str] = ()) -> None:
        self._self_words = _any_of(_normal(word) for word in self_words)
        self._boilerplate = _any_of(_normal(phrase) for phrase in boilerplate)

    def fingerprint(self, texts: Iterable[str], agency: str) -> tuple[int, ...]:
        """The entries of the clauses in folded texts without blanks, in ascending order, each once.

        An entry is the hash of a clause and, in the lowest ``LENGTH_BITS`` bits, its length.
        """
        return tuple(sorted({clause_entry(clause) for clause in self.clauses(texts, agency)}))

    def clauses(self, texts: Iterable[str], agency: str) -> list[str]:
        """The clauses that count, as they are compared, in the order of the texts."""
        text = _NUMBER.sub("0", "\n".join(texts))
        if agency:
            text = text.replace(_normal(agency), "")
        if self._self_words:
            text = self._self_words.sub("", text)
        if self._boilerplate:
            text = self._boilerplate.sub(_DROPPED, text)
        return [one for one in _BREAK.split(text) if len(one) >= SHORTEST_CLAUSE and _DROPPED not in one]


def clause_entry(clause: str) -> int:
    """The entry of a clause in a fingerprint; the same in every process and on every machine."""
    length = len(clause)
    return crc32(clause.encode()) << LENGTH_BITS | (length if length < _LONGEST else _LONGEST)


def _normal(words: str) -> str:
    """Words of the spec, or a name, in the form in which texts are compared."""
    return _NUMBER.sub("0", compact(fold(words)))


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
