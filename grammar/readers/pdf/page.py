"""What a page of a PDF holds, as plain data: characters, rules and images at their places.

All measures are points (1/72 inch) from the upper left corner of the page as it is read, ``y`` growing downwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from disclosure_checks.grammar.model.source_document import UnreadPart


class Box(NamedTuple):
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    def contains(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Character(NamedTuple):
    """One glyph. ``right`` is where its advance ends, ``baseline`` what it stands on, ``size`` that of its font.

    ``angle``: by how many degrees (0, 90, 180, 270) it is turned counter-clockwise against the page as it is read.
    ``order``: its number in the page's own order.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    angle: int
    order: int

    @property
    def middle(self) -> float:
        """The height of the middle of the glyph."""
        return self.baseline - 0.35 * self.size


class Rule(NamedTuple):
    """A straight horizontal or vertical line at ``position`` (y or x) from ``start`` to ``end`` (x or y)."""

    horizontal: bool
    position: float
    start: float
    end: float


@dataclass(frozen=True)
class PageContent:
    """One page; ``number`` counts from 1. ``images``: how many pictures large enough to be a table it shows.

    ``image_boxes``: where these stand. ``turn``: by how many degrees clockwise the page was turned to be read.
    """

    number: int
    width: float
    height: float
    characters: tuple[Character, ...]
    rules: tuple[Rule, ...]
    images: int
    unread: tuple[UnreadPart, ...] = ()
    image_boxes: tuple[Box, ...] = ()
    turn: int = 0
