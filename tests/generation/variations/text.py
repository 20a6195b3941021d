"""Variations of the printed text: line ends, spaces, widths, invisible characters. Every cell keeps its value."""

from __future__ import annotations

import re
from random import Random

from tests.generation.layouts.frame import with_half_width_punctuation
from tests.generation.variations.sheet import FULL_WIDTH_DIGITS

ZERO_WIDTH = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff")
_FULL_WIDTH = {ord("("): "（", ord(")"): "）", ord(":"): "："}


def windows_line_ends(text: str, random: Random) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def trailing_spaces(text: str, random: Random) -> str:
    lines = text.split("\n")
    return "\n".join(line + random.choice(("", "", " ", "  ", "\u3000")) if line else line for line in lines)


def extra_blank_lines(text: str, random: Random) -> str:
    """More blank lines where there are some already: nothing that was together comes apart."""
    return re.sub(r"\n\n", lambda _: "\n" * random.randint(2, 5), text)


def half_width_punctuation(text: str, random: Random) -> str:
    return with_half_width_punctuation(text)


def full_width_punctuation(text: str, random: Random) -> str:
    """Brackets and colons full-width wherever they stand, in times of day too."""
    return text.translate(_FULL_WIDTH)


def full_width_digits(text: str, random: Random) -> str:
    return text.translate(FULL_WIDTH_DIGITS)


def zero_width_characters(text: str, random: Random) -> str:
    """Invisible characters anywhere, inside words and numbers as well."""
    pieces = (c + random.choice(ZERO_WIDTH) if c not in "\r\n" and random.random() < 0.02 else c for c in text)
    return "".join(pieces)
