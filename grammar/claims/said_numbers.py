"""The numbers of a sentence, each with the words before it, for what a sentence says of several of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from disclosure_checks.grammar.claims.sentences.words import Word
from disclosure_checks.grammar.model.claim_language import WordRole

_CHANGES = frozenset({WordRole.CHANGE, WordRole.OTHER_YEAR, WordRole.APPROXIMATE})


class SaidNumber(NamedTuple):
    """A number of the sentence with the words before it, back to the number before."""

    word: Word
    before: tuple[Word, ...]
    depth: int  # of brackets
    start: int  # where the words before it begin

    @property
    def value(self) -> float:
        return self.word.quantity.value if self.word.quantity else 0.0

    @property
    def unit(self) -> str:
        return self.word.quantity.unit if self.word.quantity else ""

    def has(self, role: WordRole) -> bool:
        return any(role in word.roles for word in self.before)

    def has_mark(self, mark: str) -> bool:
        return any(word.mark == mark for word in self.before)

    def names(self, part: str) -> bool:
        return any(part in word.parts for word in self.before)

    def speaks_of(self, parts: set[str]) -> bool:
        return any(word.parts & parts for word in self.before)


def said_numbers(words: Sequence[Word]) -> Iterator[SaidNumber]:
    """The numbers of a sentence cut into words."""
    before: list[Word] = []
    depth = start = 0
    for word in words:
        depth += (word.mark == "(") - (word.mark == ")")
        if word.quantity is None:
            before.append(word)
        else:
            yield SaidNumber(word, tuple(before), depth, start)
            before, start = [], word.end


def is_exact(number: SaidNumber, of_an_area: bool = False) -> bool:
    """Whether a number is that of this year and no estimate; nor of more bodies, unless the whole may be ``of_an_area``."""
    quantity = number.word.quantity
    unlike = _CHANGES if of_an_area else _CHANGES | {WordRole.AREA}
    return bool(quantity and quantity.exact) and not any(word.roles & unlike for word in number.before)


def fits_share(part: SaidNumber, share: SaidNumber, whole: float) -> bool:
    """Whether a share is right to half a unit of its last digit."""
    precision = share.word.quantity.precision if share.word.quantity else 1.0
    return whole > 0 and abs(100 * part.value / whole - share.value) <= precision / 2 * 1.000001


def in_digits(value: float) -> str:
    """A number as an equation shows it."""
    return f"{value:.10g}"
