"""Where lines of text stand: those of a page by the model that finds text, those of a cell by its ink."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from disclosure_checks.grammar.readers.picture.models import Models
from disclosure_checks.grammar.readers.picture.recognised_page import Pixels

_LIKELY = 0.3  # that there is text
_FAINTEST = 12  # of 255, between ink and paper: on empty paper the model sees thousands of specks
_GROWN = 1.6  # how much of its area a line has been shrunk by in the map, over its outline


class Box(NamedTuple):
    """A part of a picture, in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        """Its height."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Its width."""
        return self.right - self.left


def lines_of_page(page: Pixels, models: Models, longest: int) -> list[Box]:
    """The lines of text on a page, looked for at such a size of its longer side."""
    height, width = page.shape
    scale = min(1.0, longest / max(height, width))
    wide, high = (max(32, round(side * scale / 32) * 32) for side in (width, height))
    shares = models.text_map(cv2.resize(page, (wide, high), interpolation=cv2.INTER_AREA))
    outlines, _ = cv2.findContours((shares > _LIKELY).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    boxes: list[Box] = []
    for outline in outlines:
        left, top, box_width, box_height = cv2.boundingRect(outline)
        if min(box_width, box_height) < 3:
            continue
        grown = round(_GROWN * cv2.contourArea(outline) / max(1.0, cv2.arcLength(outline, True)))
        x, y = width / wide, height / high
        boxes.append(
            Box(
                max(0, int((left - grown) * x)), max(0, int((top - grown) * y)),
                min(width, int((left + box_width + grown) * x)), min(height, int((top + box_height + grown) * y)),
            )
        )  # fmt: skip
    return [box for box in boxes if _has_ink(page, box)]


def _has_ink(page: Pixels, box: Box) -> bool:
    part = page[box.top : box.bottom, box.left : box.right]
    return part.size > 0 and int(part.max()) - int(part.min()) >= _FAINTEST


def lines_of_cell(ink: Pixels, text_height: float) -> list[Box]:
    """The lines of text in a cell by the rows of its ink, each as narrow as its ink; specks are none."""
    rows = (ink > 0).sum(axis=1)
    found: list[Box] = []
    for top, bottom in _runs(rows > 0, max(1, round(0.08 * text_height))):
        part = ink[top:bottom]
        columns = np.nonzero((part > 0).any(axis=0))[0]
        if bottom - top >= max(2, 0.08 * text_height) or len(columns) >= 0.3 * text_height:
            found.append(Box(int(columns[0]), top, int(columns[-1]) + 1, bottom))
    return _joined(found, text_height)


def _runs(present: np.ndarray[tuple[int], np.dtype[np.bool_]], gap: int) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in np.nonzero(present)[0].tolist():
        if runs and place - runs[-1][1] <= gap:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def _joined(lines: Sequence[Box], text_height: float) -> list[Box]:
    """Parts of one line put together: strokes that do not touch, such as those of 二 and 三."""
    joined: list[Box] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is not None and line.bottom - last.top <= 1.15 * text_height:
            joined[-1] = Box(min(last.left, line.left), last.top, max(last.right, line.right), line.bottom)
        else:
            joined.append(line)
    return joined
