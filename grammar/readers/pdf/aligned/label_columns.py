"""The columns of labels left of the numbers: labels of rows, and headings beside several rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from disclosure_checks.grammar.readers.pdf.aligned.words import Word
from disclosure_checks.grammar.readers.pdf.lattices.ruling import Span

_ONE_HEADING = 1.9  # of the size of characters: lines of one heading are no further apart
_MOST_COLUMNS = 4


class LabelColumns(NamedTuple):
    """``edges``: left edges of the columns. ``spans``: their cells; rows count from 0."""

    edges: tuple[float, ...]
    spans: tuple[Span, ...]


class _Label(NamedTuple):
    """``left``: where the label of a row begins, None if it has none; ``headings``: words left of it."""

    left: float | None
    headings: list[Word]


def label_columns(rows: Sequence[Sequence[Word]], edges: Sequence[float]) -> LabelColumns | None:
    """The columns of the labels of rows; None where they cannot be told. ``edges``: of the rows, one more than rows."""
    labels = [_label(words) for words in rows]
    headings = [word for label in labels for word in label.headings]
    words = [word for row in rows for word in row]
    if not words:
        return LabelColumns((), ())
    lefts = _lefts(labels, headings, min(word.left for word in words))
    if len(lefts) > _MOST_COLUMNS:
        return None
    spans: list[Span] = []
    for column in range(len(lefts)):
        first = [row for row, label in enumerate(labels) if _column(label, lefts) == column]
        spans += [Span(row, column, 1, len(lefts) - column) for row in first]
        right = lefts[column + 1] if column + 1 < len(lefts) else float("inf")
        own = [word for word in headings if lefts[column] <= word.centre < right]
        for start, end in _blocks([_column(label, lefts) > column for label in labels]):
            parts = _divided(start, end, [w for w in own if edges[start] <= w.middle < edges[end]], edges)
            if parts is None:
                return None
            spans += [Span(before, column, after - before, 1) for before, after in pairwise(parts)]
    return LabelColumns(tuple(lefts), tuple(spans))


def _label(words: Sequence[Word]) -> _Label:
    """The label next to the numbers, all its lines, and what stands left of it."""
    if not words:
        return _Label(None, [])
    last = max(words, key=lambda word: word.left)
    own = [word for word in words if word.right > last.left]
    left = min(word.left for word in own)
    grown = [word for word in words if word.right > left]
    left = min(word.left for word in grown)
    return _Label(left, [word for word in words if word.right <= left])


def _lefts(labels: Sequence[_Label], headings: Sequence[Word], left: float) -> list[float]:
    """Where columns begin: between headings side by side, and right of them. Labels that are centred do not tell."""
    sides: list[list[float]] = []
    for word in sorted(headings, key=lambda one: one.left):
        if sides and word.left < sides[-1][1]:
            sides[-1][1] = max(sides[-1][1], word.right)
        else:
            sides.append([word.left, word.right])
    found = [left - 1.0]
    found += [(right + begin) / 2 for (_, right), (begin, _) in pairwise(sides)]
    if sides:
        found.append(min(label.left for label in labels if label.left is not None and label.left >= sides[-1][1]) - 1.0)
    return found


def _column(label: _Label, lefts: Sequence[float]) -> int:
    if label.left is None:
        return len(lefts)
    return max(0, sum(edge <= label.left for edge in lefts) - 1)


def _blocks(inside: Sequence[bool]) -> list[tuple[int, int]]:
    """The runs of rows that are inside, each with the row behind its last."""
    found: list[tuple[int, int]] = []
    for row, is_inside in enumerate(inside):
        if is_inside and found and found[-1][1] == row:
            found[-1] = (found[-1][0], row + 1)
        elif is_inside:
            found.append((row, row + 1))
    return found


def _divided(start: int, end: int, words: Sequence[Word], edges: Sequence[float]) -> list[int] | None:
    """The rows at which the headings of a run of rows begin, and the row behind the last; each stands in the middle of
    its rows. None where they do not."""
    headings: list[list[Word]] = []
    for word in sorted(words, key=lambda one: one.middle):
        if headings and word.middle - headings[-1][-1].middle <= _ONE_HEADING * word.size:
            headings[-1].append(word)
        else:
            headings.append([word])
    parts = [start]
    for heading, following in pairwise(headings):
        centre = (heading[0].middle + heading[-1].middle) / 2
        wanted = 2 * centre - edges[parts[-1]]
        possible = [row for row in range(parts[-1] + 1, end) if heading[-1].middle < edges[row] < following[0].middle]
        if not possible:
            return None
        parts.append(min(possible, key=lambda row: abs(edges[row] - wanted)))
    return [*parts, end]
