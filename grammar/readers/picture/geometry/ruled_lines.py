"""The lines that are ruled on a page: where they run, and the page without them."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from disclosure_checks.grammar.readers.pdf.page import Rule
from disclosure_checks.grammar.readers.picture.geometry.streaks import without_streaks
from disclosure_checks.grammar.readers.picture.recognised_page import Pixels

_THICKEST, _THICKEST_OF_THIN, _MUCH_THICKER = 0.4, 0.2, 3.5  # of the height of text, where rules are thin; times usual
_THICKEST_DOTS = 0.25  # of that height
_REACH = 0.2  # of that height: a rule ends no further from the one that it meets
_CERTAINLY_A_RULE, _SHORTEST_RULE = 5.0, 2.2  # times that height: a longer one is no dash, a shorter one maybe none
_LOWEST_ROW = 1.25  # times that height
_FAINTEST_INK = 225  # of 255
_CONTRAST = 6  # of 255, between a line and the paper around it: on screens lines are light
_THICKEST_BESIDE_TEXT = 0.45  # times that height, of rules near text
_CLEAN_PAPER = 248  # of 255
_SPARSE = 4  # pixels, from one that tells of the grain to the next
_WIDEST_GAP, _SHORTEST_DOTTED = 0.35, 4.0  # times that height, of dotted lines
_MOST_INK_BESIDE = 0.35  # of the length of a dotted line
_TWO_AS_ONE = 0.2  # of that height: lines of a double rule are no further apart than twice this


class RuledLines(NamedTuple):
    """``across``, ``down``: masks of the lines (255 where one is)."""

    across: Pixels
    down: Pixels

    @property
    def mask(self) -> Pixels:
        """Both."""
        return np.maximum(self.across, self.down)

    def straight(self, length: int) -> int:
        """How many of their pixels are of pieces so long that leave neither their row nor their column."""
        rows = cv2.morphologyEx(self.across, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
        columns = cv2.morphologyEx(self.down, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
        return int(np.count_nonzero(rows) + np.count_nonzero(columns))


def ink_of(page: Pixels) -> Pixels:
    """255 where there is ink on evenly lit paper."""
    level, _ = cv2.threshold(page, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.asarray((page < min(max(level, 110), 200)) * np.uint8(255), dtype=np.uint8)


def ink_of_faint_strokes(page: Pixels) -> Pixels:
    """255 where there is any ink: the thin strokes of small print are hardly darker than paper."""
    return np.asarray((page < _FAINTEST_INK) * np.uint8(255), dtype=np.uint8)


def ruled_lines(page: Pixels, text_height: float) -> RuledLines:
    """The lines of a page whose text is so many pixels high."""
    dark = cv2.adaptiveThreshold(page, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, _CONTRAST)
    length, height = max(15, int(1.6 * text_height)), max(15, int(_LOWEST_ROW * text_height))
    flat, upright = (np.maximum(dark, _thin(page, text_height, across)) for across in (True, False))
    across = np.maximum(_opened(flat, (length, 1), text_height, _SHORTEST_RULE), _dotted(dark, text_height, True))
    down = np.maximum(_opened(upright, (1, height), text_height, _LOWEST_ROW), _dotted(dark, text_height, False))
    across, down = _of_tables(across, down, text_height), _of_tables(down, across, text_height)
    return RuledLines(across, without_streaks(down, across, text_height))


def _thin(page: Pixels, text_height: float, across: bool) -> Pixels:
    """255 on thin lines with clean paper on both sides: a pale rule beside dense text is no darker than all around it.

    On paper with a grain none is told: what a scanner streaked would be one.
    """
    width = 2 * round(_THICKEST_BESIDE_TEXT * text_height / 2) + 1
    beside = cv2.morphologyEx(page, cv2.MORPH_CLOSE, np.ones((width, 1) if across else (1, width), np.uint8))
    darker = cv2.subtract(beside, page)
    if np.median(darker[::_SPARSE, ::_SPARSE]) > 0:
        return np.zeros_like(page)
    return np.asarray(((darker > _CONTRAST) & (beside > _CLEAN_PAPER)) * np.uint8(255), dtype=np.uint8)


def _of_tables(lines: Pixels, crossing: Pixels, text_height: float) -> Pixels:
    """Lines without the short ones that meet no crossing line: a dash that fills its cell is no rule.

    One that is no longer than a row is high meets two long lines, one at each end: a stroke of large print does not.
    """
    near = _around(_longer(crossing, _SHORTEST_RULE * text_height), text_height)
    near_long = _around(_longer(crossing, _CERTAINLY_A_RULE * text_height), text_height)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    kept = np.zeros(count, dtype=np.bool_)
    kept[np.unique(labels[near])] = True
    for number in range(1, count):
        left, top, width, height, _ = boxes[number]
        longer = max(width, height)
        if longer > _CERTAINLY_A_RULE * text_height:
            kept[number] = True
        elif longer < _SHORTEST_RULE * text_height:
            own = near_long[top : top + height, left : left + width]
            first, last = (own[0], own[-1]) if height > width else (own[:, 0], own[:, -1])
            kept[number] = bool(first.any() and last.any())
    kept[0] = False
    return np.where(kept[labels], np.uint8(255), np.uint8(0))


def _longer(lines: Pixels, least: float) -> Pixels:
    """The lines that are longer than so many pixels."""
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    kept = np.max(boxes[:, 2:4], axis=1) > least
    kept[0] = False
    return np.where(kept[labels], np.uint8(255), np.uint8(0))


def _around(lines: Pixels, text_height: float) -> NDArray[np.bool_]:
    reach = 2 * round(_REACH * text_height) + 1
    return np.asarray(cv2.dilate(lines, np.ones((reach, reach), np.uint8)) > 0)


def _opened(dark: Pixels, size: tuple[int, int], text_height: float, shortest: float) -> Pixels:
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, size)
    close = cv2.getStructuringElement(cv2.MORPH_RECT, (max(1, size[0] // 4), max(1, size[1] // 4)))
    found = cv2.morphologyEx(cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel), cv2.MORPH_CLOSE, close)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
    long = np.max(boxes[:, 2:4], axis=1)
    thick = boxes[:, 4] / long
    lines = (long >= max(shortest * text_height, 24)) & (thick <= max(4.0, _THICKEST * text_height))
    lines[0] = False
    if lines.any():  # the edge of the paper is much thicker than the rules on it
        usual = np.median(np.repeat(thick[lines], long[lines]))
        lines &= thick <= max(4.0, _THICKEST_OF_THIN * text_height, _MUCH_THICKER * usual)
    kept = np.where(lines[labels], np.uint8(255), np.uint8(0))
    across = size[0] > size[1]
    apart = 2 * round(_TWO_AS_ONE * text_height) + 1
    joined = cv2.getStructuringElement(cv2.MORPH_RECT, (1, apart) if across else (apart, 1))
    return np.asarray(cv2.morphologyEx(kept, cv2.MORPH_CLOSE, joined), dtype=np.uint8)


def _dotted(dark: Pixels, text_height: float, across: bool) -> Pixels:
    """Lines of dots and of dashes: spots in a row, with paper beside them; strokes of text have ink beside them."""
    if not across:
        return np.ascontiguousarray(_dotted(np.ascontiguousarray(dark.T), text_height, True).T)
    thick, gap, least = (round(share * text_height) for share in (_THICKEST_DOTS, _WIDEST_GAP, _SHORTEST_DOTTED))
    spots = cv2.subtract(dark, cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((max(4, thick), 1), np.uint8)))
    joined = cv2.morphologyEx(spots, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    lines = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, least), np.uint8))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    kept = np.zeros(count, dtype=np.bool_)
    for number in range(1, count):
        left, top, width, height, _ = boxes[number]
        beside = [
            dark[max(0, start) : start + thick, left : left + width].any(axis=0).mean()
            for start in (top - thick - 2, top + height + 2)
            if 0 < start + thick <= dark.shape[0]
        ]
        kept[number] = height <= 2 * thick and max(beside, default=0.0) < _MOST_INK_BESIDE
    return np.where(kept[labels], lines, np.uint8(0))


def rules_of(lines: RuledLines, scale: float) -> list[Rule]:
    """The lines as rules in points; ``scale``: points a pixel. A line that bends is several pieces on one level."""
    found: list[Rule] = []
    for mask, across in ((lines.across, True), (lines.down, False)):
        count, _, boxes, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
        for number in range(1, count):
            left, top, width, height, _ = boxes[number]
            x, y = centres[number]
            if across:
                found.append(Rule(True, y * scale, left * scale, (left + width) * scale))
            else:
                found.append(Rule(False, x * scale, top * scale, (top + height) * scale))
    return found


def without_lines(page: Pixels, lines: RuledLines) -> Pixels:
    """The page with paper where its lines were."""
    wide = cv2.dilate(lines.mask, np.ones((3, 3), np.uint8))
    return np.where(wide > 0, np.uint8(255), page)
