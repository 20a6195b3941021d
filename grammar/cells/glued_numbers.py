"""Rows whose numbers were printed without separators: how they are recognised, and what is to be divided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.rows.row_tokens import ValueLine
from disclosure_checks.grammar.words.layout_names import GLUED

_LEADING_ZERO = re.compile(r"0\d+")
_LONGEST_COUNT = 9  # digits; a longer run is no one number


class GluedRow(NamedTuple):
    """A row to divide: its line, its cells in order, and its runs of digits."""

    line: ValueLine
    cells: tuple[str, ...]
    runs: tuple[str, ...]


def is_glued(atoms: Sequence[Atom]) -> bool:
    """Whether labels and numbers stand together without separators anywhere in a document."""
    return GLUED in {atom.layout for atom in atoms}


def looks_glued(entries: Sequence[Atom]) -> bool:
    """Whether numbers stand together without separators: behind a label, with a leading zero, or far too long."""
    return any(
        entry.layout == GLUED or _LEADING_ZERO.fullmatch(entry.folded) or _is_too_long(entry.folded)
        for entry in entries
    )


def _is_too_long(text: str) -> bool:
    return len(text) > _LONGEST_COUNT and text.isdecimal()


def runs_of_digits(entries: Sequence[Atom], width: int) -> tuple[str, ...]:
    """The runs of a row of ``width`` columns; () where there are other characters or fewer digits than columns."""
    runs = tuple(entry.folded for entry in entries if entry.folded)
    if not all(run.isdecimal() for run in runs) or sum(len(run) for run in runs) < width:
        return ()
    return runs


def holds_signs_or_words(entries: Sequence[Atom]) -> bool:
    """Whether there are digits beside signs, points or words, as in 10-4200: these are not divided."""
    texts = [entry.folded for entry in entries if entry.folded]
    digits = any(character.isdigit() for text in texts for character in text)
    return digits and not all(text.isdecimal() for text in texts)
