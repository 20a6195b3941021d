"""Lines from which the separators between cells are gone: labels and runs of digits told apart by the labels.

    规章000行政规范性文件1150  ->  规章 | 000    行政规范性文件 | 1150

A line counts as glued only where labels and numbers cover it without rest.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from disclosure_checks.grammar.words.folding import first_of_key, key_of_folded
from disclosure_checks.grammar.words.label_index import LabelIndex

_NUMBERS = re.compile(r"[\d.,\s/+—-]*")
_MAY_BE_GLUED = re.compile(r"""[^\W\d_][)”"]*\d|\d[(“"]*[^\W\d_]""")  # a letter beside a digit
_SIGN_BETWEEN = re.compile(r"\d[^\w\s.,%:/()]\d")  # 10+4, where a format prints signed numbers
_FEWEST_LABEL_CHARACTERS = 2
_BEGINNING = 60  # characters of a line, more than a label has


class GluedPart(NamedTuple):
    """A label, or the numbers behind one (separated where a separator is left)."""

    text: str
    is_label: bool


def glued_parts(folded: str, index: LabelIndex) -> list[GluedPart]:
    """The labels and numbers of a line; nothing where the line is not made of these alone, or holds no label."""
    words = index.number_words
    first = first_of_key(folded)  # tells most lines of prose
    if first not in index.row_beginnings and not first.isdigit():
        return []
    if not _MAY_BE_GLUED.search(folded) and not (words and _SIGN_BETWEEN.search(folded)):
        return []
    if len(folded) > _BEGINNING:  # tells nearly all of the others
        beginning = key_of_folded(folded[:_BEGINNING])
        if _labels_in(beginning, index, words)[1] < len(beginning) - index.longest_label:
            return []
    key = key_of_folded(folded)
    labels, end = _labels_in(key, index, words)
    if not labels or end < len(key):
        return []
    places = [place for place, character in enumerate(folded) if character.isalnum()]
    parts: list[GluedPart] = []
    start_of_numbers = 0
    for position, length in labels:
        begin, end = places[position], places[position + length - 1] + 1
        _add_numbers(parts, folded[start_of_numbers:begin])
        parts.append(GluedPart(folded[begin:end], True))
        start_of_numbers = end
    _add_numbers(parts, folded[start_of_numbers:])
    return parts if all(part.is_label or _are_numbers(part.text, words) for part in parts) else []


def _are_numbers(text: str, words: tuple[str, ...]) -> bool:
    for word in words:
        text = text.replace(word, "")
    return bool(_NUMBERS.fullmatch(text))


def _labels_in(key: str, index: LabelIndex, words: tuple[str, ...]) -> tuple[list[tuple[int, int]], int]:
    """Where the labels of a key begin and how long they are; and where something follows that is no label nor digit."""
    labels: list[tuple[int, int]] = []
    position = 0
    while position < len(key):
        length = index.longest_label_at(key, position)
        if length >= _FEWEST_LABEL_CHARACTERS:
            labels.append((position, length))
            position += length
        elif key[position].isdigit():
            position += 1
        else:
            word = next((word for word in words if key.startswith(word, position)), "")
            if not word:
                break
            position += len(word)
    return labels, position


def _add_numbers(parts: list[GluedPart], between: str) -> None:
    """What stands between two labels: punctuation of the labels, or numbers."""
    text = between.strip(' ()“”"、。:;,')
    if any(character.isdigit() for character in text):
        parts.append(GluedPart(text, False))
