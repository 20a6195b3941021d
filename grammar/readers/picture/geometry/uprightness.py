"""A picture of a page made upright: uneven light and coloured stamps taken off, turned, straightened, flattened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np

from disclosure_checks.grammar.readers.picture.geometry.dark_grounds import with_light_grounds
from disclosure_checks.grammar.readers.picture.recognised_page import Pixels

_SAMPLE = 1000  # pixels of the longer side of what the lean of lines is measured on
_STEEPEST, _COARSE, _FINE = 6.0, 0.5, 0.05  # degrees
_LEAST_LEAN = 0.05  # degrees that are worth turning for
_RED = 35  # by how much red outshines the other colours in a stamp
_MOST_RED = 0.2  # of a page that has stamps on it
_SMALLEST_STAMP = 0.06  # of the shorter side of the page
_LEAST_FRAME = 0.12  # of the picture that a table covers whose frame says how the page was held
_LEAST_BEND = 0.004  # of its side by which a frame must be off to be flattened


def shades(pixels: Pixels) -> Pixels:
    """One shade a pixel, light being paper: stamps in red become paper, unless black lies under them.

    A stamp is told from red text by its rim, one shape that is much larger than a character.
    """
    if pixels.ndim == 2:
        return pixels
    plain = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    red, green, blue = (pixels[:, :, one].astype(np.int16) for one in range(3))
    reddish = (red - np.maximum(green, blue) > _RED).astype(np.uint8)
    share = float(reddish.mean())
    if not 0 < share < _MOST_RED:  # none, or a coloured page
        return plain
    joined = cv2.morphologyEx(reddish, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    least = _SMALLEST_STAMP * min(plain.shape)
    cleaned = plain.copy()
    for left, top, width, height, _ in boxes[1:count]:
        if min(width, height) > least:
            place = (slice(top, top + height), slice(left, left + width))
            own = cv2.dilate(reddish[place], np.ones((3, 3), np.uint8)) > 0
            cleaned[place] = np.where(own, np.maximum(red[place].astype(np.uint8), plain[place]), plain[place])
    return cleaned


def evenly_lit(page: Pixels) -> Pixels:
    """The page on white paper, whatever light fell on it; light text on dark ground is dark text on light ground."""
    page = with_light_grounds(page)
    height, width = page.shape
    scale = min(1.0, 600 / max(height, width))
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 21)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    lit = page.astype(np.float32) * 255.0 / np.maximum(paper, 40)
    even: Pixels = np.clip(lit, 0, 255).astype(np.uint8)
    return even


def lean(page: Pixels) -> float:
    """By how many degrees its lines lean; positive where they must be turned counter-clockwise."""
    scale = min(1.0, _SAMPLE / max(page.shape))
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = (small < 160).astype(np.float32)
    best = 0.0
    for centre_range, step in ((_STEEPEST, _COARSE), (_COARSE, _FINE)):
        angles = np.arange(best - centre_range, best + centre_range + step / 2, step)
        sharpness = np.array([_sharpness(ink, float(angle)) for angle in angles])
        best = float(angles[sharpness == sharpness.max()].mean())  # turned by less than a pixel, a page stays as it is
    return best


def _sharpness(ink: Any, angle: float) -> float:
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_NEAREST).sum(axis=1)
    return float(np.square(np.diff(rows)).sum())


def turned(page: Pixels, angle: float) -> Pixels:
    """The page turned by so many degrees, on paper."""
    if abs(angle) < _LEAST_LEAN:
        return page
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return np.asarray(
        cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255), dtype=np.uint8
    )


def flattened(page: Pixels, frame: Sequence[Sequence[float]] | None) -> Pixels:
    """The page as if seen from straight above, by the four corners of its largest table (from upper left, clockwise)."""
    if frame is None:
        return page
    corners = np.array(frame, dtype=np.float32)
    left, right = (corners[0, 0] + corners[3, 0]) / 2, (corners[1, 0] + corners[2, 0]) / 2
    top, bottom = (corners[0, 1] + corners[1, 1]) / 2, (corners[2, 1] + corners[3, 1]) / 2
    wanted = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], dtype=np.float32)
    side = max(right - left, bottom - top)
    if np.abs(corners - wanted).max() < _LEAST_BEND * side:
        return page
    height, width = page.shape
    flat = cv2.warpPerspective(
        page, cv2.getPerspectiveTransform(corners, wanted), (width, height), flags=cv2.INTER_CUBIC, borderValue=255
    )
    return np.asarray(flat, dtype=np.uint8)


def frame_of(lines: Pixels) -> list[list[float]] | None:
    """The corners of the largest table that a mask of ruled lines shows; None where no table is large enough."""
    joined = cv2.dilate(lines, np.ones((5, 5), np.uint8))
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    largest = max(outlines, key=cv2.contourArea)
    if cv2.contourArea(largest) < _LEAST_FRAME * lines.shape[0] * lines.shape[1]:
        return None
    hull = cv2.convexHull(largest)[:, 0, :].astype(np.float64)
    sums, differences = hull.sum(axis=1), hull[:, 0] - hull[:, 1]
    ends = (sums.argmin(), differences.argmax(), sums.argmax(), differences.argmin())
    corners = [hull[one].tolist() for one in ends]
    area = cv2.contourArea(np.array(corners, dtype=np.float32))
    return corners if area > 0.9 * cv2.contourArea(hull.astype(np.float32)) else None
