"""Parts of a page that are printed light on dark: made dark on light, to the pixel, so that rules beside them stay."""

from __future__ import annotations

import cv2
import numpy as np

from disclosure_checks.grammar.readers.picture.recognised_page import Pixels

_DARK = 115  # of 255: ground that is darker is not uneven light
_STROKE = 0.003  # of the longer side of the page: strokes of text are hardly thicker
_SMALLEST = (0.03, 0.008)  # of the longer side of the page: width and height of a ground
_FILLED = 0.5  # of its outline: a frame around something else is none
_SOLID = 0.15  # of a ground that has no light strokes in it: bold text has hardly any such part


def with_light_grounds(page: Pixels) -> Pixels:
    """The page with its dark grounds turned into paper, and what is light on them into ink."""
    stroke = max(3, round(_STROKE * max(page.shape)))
    dark = (page < _DARK).astype(np.uint8)
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((2 * stroke, 2 * stroke), np.uint8))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(_without_text(dark, stroke), connectivity=4)
    least_width, least_height = (share * max(page.shape) for share in _SMALLEST)
    light = page
    for number in range(1, count):
        left, top, width, height, area = boxes[number]
        if width < least_width or height < least_height or area < _FILLED * width * height:
            continue
        place = (slice(top, top + height), slice(left, left + width))
        own = _without_small_holes((labels[place] == number).astype(np.uint8), stroke) > 0
        if solid[place][own].mean() < _SOLID:
            continue
        ground = float(np.median(page[place][own]))
        ink = np.clip((255.0 - page[place]) * (255.0 / (255.0 - ground)), 0, 255).astype(np.uint8)
        light = light.copy() if light is page else light
        light[place] = np.where(own, ink, light[place])
    return light


def _without_text(dark: Pixels, stroke: int) -> Pixels:
    """What is dark over more than strokes, with the strokes that are light on it filled in."""
    around = cv2.copyMakeBorder(dark, stroke, stroke, stroke, stroke, cv2.BORDER_REPLICATE)
    closed = cv2.morphologyEx(around, cv2.MORPH_CLOSE, np.ones((stroke, stroke), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((2 * stroke, 2 * stroke), np.uint8))
    return np.asarray(opened[stroke:-stroke, stroke:-stroke], dtype=np.uint8)


def _without_small_holes(ground: Pixels, stroke: int) -> Pixels:
    """A ground with the holes filled in that only thick strokes leave."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(1 - ground, connectivity=4)
    height, width = ground.shape
    small = np.zeros(count, dtype=np.uint8)
    for number in range(1, count):
        left, top, wide, high, _ = boxes[number]
        inside = left > 0 and top > 0 and left + wide < width and top + high < height
        small[number] = inside and min(wide, high) <= 2 * stroke
    return np.maximum(ground, small[labels])
