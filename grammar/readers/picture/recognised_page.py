"""What is seen on a page of pixels: its contents as those of a page of a PDF, and how surely each number was seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from disclosure_checks.grammar.readers.pdf.page import PageContent


class SeenNumber(NamedTuple):
    """A number on a page; its box in points, on the page as it is read. ``cut_out``: that part of it, as a PNG file.

    ``text``, ``confidence`` and ``others`` are those of a ``RecognisedNumber``.
    """

    text: str
    confidence: float
    others: tuple[tuple[str, float], ...]
    left: float
    top: float
    right: float
    bottom: float
    cut_out: bytes


@dataclass(frozen=True)
class RecognisedPage:
    """A page and the numbers on it."""

    content: PageContent
    numbers: tuple[SeenNumber, ...]
