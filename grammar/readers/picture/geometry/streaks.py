"""Streaks that a scanner draws down a page: they run off it at both ends, where no rule of a table ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from disclosure_checks.grammar.readers.picture.recognised_page import Pixels

_SAME_LINE = 0.4  # of the height of text, between pieces of one line
_ATTACHED = 0.6  # of that height, from the end of a line to the rule that it ends at
_EDGE = 0.015  # of the page


class _Piece(NamedTuple):
    """A piece of a line: its label, the middle of its width, its first and last row."""

    number: int
    middle: float
    first: int
    last: int


def without_streaks(down: Pixels, across: Pixels, text_height: float) -> Pixels:
    """The lines that run down a page without those that run off it at both ends.

    The picture of a table alone has rules at its edges, at which those that run down end.
    """
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(down, connectivity=8)
    reach = 2 * round(_ATTACHED * text_height) + 1
    near = np.asarray(cv2.dilate(across, np.ones((reach, reach), np.uint8)) > 0)
    kept = np.ones(len(boxes), dtype=np.bool_)
    for line in _lines(_pieces(boxes), _SAME_LINE * text_height):
        if _runs_off(line, boxes, near):
            kept[[piece.number for piece in line]] = False
    return np.where(kept[labels], down, np.uint8(0))


def _pieces(boxes: Sequence[Sequence[int]]) -> Iterable[_Piece]:
    for number, (left, top, width, height, *_) in enumerate(boxes):
        if number:
            yield _Piece(number, left + width / 2, int(top), int(top + height - 1))


def _lines(pieces: Iterable[_Piece], near: float) -> list[list[_Piece]]:
    """The pieces of each line."""
    found: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: one.middle):
        if found and piece.middle - found[-1][-1].middle <= near:
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def _runs_off(line: Sequence[_Piece], boxes: Sequence[Sequence[int]], near: NDArray[np.bool_]) -> bool:
    """Whether a line ends at both edges of its page, and at no rule there."""
    height = len(near)
    first, last = min(line, key=lambda one: one.first), max(line, key=lambda one: one.last)
    if first.first > _EDGE * height or last.last < (1 - _EDGE) * height:
        return False
    ends = ((first.number, first.first), (last.number, last.last))
    return not any(near[row, boxes[number][0] : boxes[number][0] + boxes[number][2]].any() for number, row in ends)
