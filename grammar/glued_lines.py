"""Lines from which the separators between cells are gone: labels and runs of digits told apart by the labels.

    规章000行政规范性文件1150  ->  规章 | 000    行政规范性文件 | 1150

A line counts as glued only where labels and numbers cover it without rest.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from grammar.label_index import LabelIndex

_NUMBERS = re.compile(r"[\d.,\s/—-]*")
_FEWEST_LABEL_CHARACTERS = 2


class GluedPart(NamedTuple):
    """A label, or the numbers behind one (separated where a separator is left)."""

    text: str
    is_label: bool


def glued_parts(folded: str, index: LabelIndex) -> list[GluedPart]:
    """The labels and numbers of a line; nothing where the line is not made of these alone, or holds no label."""
    places = [place for place, character in enumerate(folded) if character.isalnum()]
    key = "".join(folded[place] for place in places)
    parts: list[GluedPart] = []
    position = start_of_numbers = 0
    while position < len(key):
        length = index.longest_label_at(key, position)
        if length >= _FEWEST_LABEL_CHARACTERS:
            begin, end = places[position], places[position + length - 1] + 1
            _add_numbers(parts, folded[start_of_numbers:begin])
            parts.append(GluedPart(folded[begin:end], True))
            position += length
            start_of_numbers = end
        elif key[position].isdigit():
            position += 1
        else:
            return []
    _add_numbers(parts, folded[start_of_numbers:])
    if not all(part.is_label or _NUMBERS.fullmatch(part.text) for part in parts):
        return []
    return parts if any(part.is_label for part in parts) else []


def _add_numbers(parts: list[GluedPart], between: str) -> None:
    """What stands between two labels: punctuation of the labels, or numbers."""
    text = between.strip(' ()“”"、。:;,')
    if any(character.isdigit() for character in text):
        parts.append(GluedPart(text, False))
