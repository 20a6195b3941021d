"""A sentence in which every number knows what it stands for, so that one of them can be made wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from tests.generation.narrative.number_words import NumberStyle, write_number

PERCENT, PART = "%", "/"


class Said(NamedTuple):
    """A number in a sentence. ``name``: a quantity, ``a%b`` (a percentage) or ``a/1`` (a part of a)."""

    name: str
    value: float
    style: NumberStyle
    decimals: int = -1  # of a percentage

    @property
    def text(self) -> str:
        if self.decimals >= 0:
            written = f"{self.value:.{self.decimals}f}%"
            return write_number(self.value, NumberStyle.PLAIN) + "%" if self.decimals == 0 else written
        return write_number(self.value, self.style)


Piece = str | Said


@dataclass(frozen=True)
class Sentence:
    """``group``: the kind of wording; ``trap``: the mistake it invites, or "" where it says what a cell holds.

    ``plantable``: whether a wrong number in it would certainly be wrong. ``statement``: what it says in words alone.
    """

    pieces: tuple[Piece, ...]
    group: str
    trap: str = ""
    plantable: bool = True
    statement: str = ""

    @property
    def text(self) -> str:
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    @property
    def said(self) -> tuple[Said, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Said))

    def saying(self, position: int, value: float) -> Sentence:
        """The sentence with another number at the piece ``position``."""
        piece = self.pieces[position]
        if isinstance(piece, str):
            raise ValueError(f"piece {position} of {self.text!r} is no number")
        changed = piece._replace(value=value)
        return replace(self, pieces=(*self.pieces[:position], changed, *self.pieces[position + 1 :]))


Paragraph = tuple[str | Sentence, ...]  # headings and punctuation stand between sentences


def paragraph_text(paragraph: Paragraph) -> str:
    return "".join(one if isinstance(one, str) else one.text for one in paragraph)
