"""Columns of a table that no rule divides: where every number of a ruled column stands beside others, these are columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from disclosure_checks.grammar.readers.pdf.lattices.ruling import Lattice, Span
from disclosure_checks.grammar.readers.pdf.lines import characters_of_lines, words_of_line
from disclosure_checks.grammar.readers.pdf.page import Character
from disclosure_checks.grammar.words.numbers import is_number

_FEWEST_ROWS = 3  # of numbers that tell whether a column is several
_WIDEST_WORD_SPACE = 1.2  # of the font size; numbers of two columns are further apart, digits of one number are not

_NUMERALS = frozenset("0123456789.,%+- \u00a0\u3000")

Held = Mapping[Span, Sequence[Character]]


class _Word(NamedTuple):
    text: str
    left: float
    right: float
    size: float


def with_divided_columns(lattice: Lattice, held: Held) -> Lattice:
    """The lattice with edges between columns that no rule divides."""
    for column in reversed(range(len(lattice.xs) - 1)):
        cells = [held[span] for span in lattice.spans if span.column == column and span.columns == 1 and span in held]
        edges = _edges([_lines_of_words(characters) for characters in cells]) if _may_be_several(cells) else []
        if edges:
            lattice = _with_edges(lattice, held, column, edges)
    return lattice


def _may_be_several(cells: Sequence[Sequence[Character]]) -> bool:
    """Whether all numbers of a column leave room between their digits, which a look at their boxes tells."""
    numbers = [characters for characters in cells if all(one.text in _NUMERALS for one in characters)]
    return bool(numbers) and all(map(_has_gap, numbers))


def _has_gap(characters: Sequence[Character]) -> bool:
    inked = [one for one in characters if not one.text.isspace()]
    if not inked:
        return False
    room = max(one.right for one in inked) - min(one.left for one in inked)
    return room - sum(one.right - one.left for one in inked) >= _WIDEST_WORD_SPACE * inked[0].size


def _lines_of_words(characters: Sequence[Character]) -> list[list[_Word]]:
    """The words of each line of a cell."""
    lines = characters_of_lines(character for character in characters if not character.text.isspace())
    return [_words(line) for line in lines]


def _words(line: Sequence[Character]) -> list[_Word]:
    return [
        _Word("".join(one.text for one in word), word[0].left, max(one.right for one in word), word[0].size)
        for word in words_of_line(line)
    ]


def _edges(cells: Sequence[Sequence[Sequence[_Word]]]) -> list[float]:
    """Where edges go between numbers that stand side by side in every row of a column, and labels above them as well."""
    numbers = [lines[0] for lines in cells if len(lines) == 1 and all(is_number(word.text) for word in lines[0])]
    count = len(numbers[0]) if numbers else 0
    if count < 2 or any(len(words) != count or not _are_apart(words) for words in numbers):
        return []
    others = (words for lines in cells for words in lines if words not in numbers)
    alike = [*numbers, *(words for words in others if len(words) == count and _are_apart(words))]
    if len(alike) < _FEWEST_ROWS:
        return []
    edges: list[float] = []
    for place in range(1, count):
        left, right = max(words[place - 1].right for words in alike), min(words[place].left for words in alike)
        if left >= right:
            return []
        edges.append((left + right) / 2)
    return edges


def _are_apart(words: Sequence[_Word]) -> bool:
    """Whether the words of a line are those of columns rather than of a sentence, or the digits of one number."""
    labels = not all(is_number(word.text) for word in words)
    least = 0.0 if labels else _WIDEST_WORD_SPACE
    return all(after.left - before.right >= least * before.size for before, after in pairwise(words))


def _with_edges(lattice: Lattice, held: Held, column: int, edges: Sequence[float]) -> Lattice:
    more = len(edges)
    spans: list[Span] = []
    for span in lattice.spans:
        if span.column > column:
            spans.append(span._replace(column=span.column + more))
        elif span.column + span.columns <= column:
            spans.append(span)
        elif span.columns > 1 or any(one.left < edge < one.right for one in held.get(span, ()) for edge in edges):
            spans.append(span._replace(columns=span.columns + more))
        else:
            spans += [span._replace(column=column + part) for part in range(more + 1)]
    xs = (*lattice.xs[: column + 1], *edges, *lattice.xs[column + 1 :])
    return replace(lattice, xs=xs, spans=tuple(sorted(spans)))
