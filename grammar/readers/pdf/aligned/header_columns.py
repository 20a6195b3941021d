"""The columns that the labels of a header stand in, where numbers below them are too few to tell where columns are."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_checks.grammar.readers.pdf.aligned.words import Line, Word
from disclosure_checks.grammar.words.label_index import begins_with_ordinal

_FEWEST_COLUMNS = 5
FURTHEST_LINE = 4.0  # of the size of characters, from one line of a header to the next
_TOUCHING = 0.25  # of that size: words that overlap no more stand beside each other
_CENTRED = 0.5  # of that size: lines of one label have their middles no further apart

Sides = tuple[float, float]
"""Left and right of what stands in a column."""


def columns_of_header(lines: Sequence[Line]) -> list[Sides]:
    """The columns of the header that lines end with, from left to right; none where they end with none.

    The lowest labels are those of single columns; one that stands above several of these, or beside the middle of one, is
    a group's.
    """
    found: list[Sides] = []
    below: Line | None = None
    for line in reversed(lines):
        if below is not None and below[0].middle - line[0].middle > FURTHEST_LINE * line[0].size:
            break
        if any(word.is_number for word in line) or begins_with_ordinal(line[0].text):
            break
        for word in line:
            found = _with_label(found, word)
        below = line
    return sorted(found) if len(found) >= _FEWEST_COLUMNS else []


def _with_label(columns: Sequence[Sides], word: Word) -> list[Sides]:
    near = _TOUCHING * word.size
    overlapped = [sides for sides in columns if word.left < sides[1] - near and word.right > sides[0] + near]
    if not overlapped:
        return [*columns, (word.left, word.right)]
    [own, *others] = overlapped
    if others or abs(sum(own) / 2 - word.centre) > _CENTRED * word.size:
        return list(columns)
    return [(min(own[0], word.left), max(own[1], word.right)) if sides == own else sides for sides in columns]
