"""What was seen on a picture of a page: its contents as of any page, and how sure each of its numbers is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from disclosure_checks.grammar.readers.pdf.page import PageContent

Pixels = NDArray[np.uint8]  # height x width, or height x width x 3 (red, green, blue)
Shares = NDArray[np.floating[Any]]

UNREADABLE = "\ufffd"  # what a cell prints that has ink of which nothing can be read


class SeenNumber(NamedTuple):
    """A number and where it stands, in points on the page as it is read.

    ``text``: what it most likely is, with the probability ``confidence``; "" and 0 where there is ink that cannot be
    read. ``others``: what else it may be, the likeliest first. ``cut_out``: that part of the picture as a PNG file.
    """

    text: str
    confidence: float
    others: tuple[tuple[str, float], ...]
    left: float
    top: float
    right: float
    bottom: float
    cut_out: bytes

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box, x and y."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True)
class RecognisedPage:
    """A page that was a picture."""

    content: PageContent
    numbers: tuple[SeenNumber, ...]
