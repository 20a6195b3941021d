"""Numbers and texts as the exports write them: the same on every machine, harmless to whoever opens the file."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from functools import lru_cache

from disclosure_checks.grammar.model.report import Place

COMPUTED_DECIMALS = 9  # what a sum of decimals is rounded to: 0.1 + 0.2 is written 0.3
WHOLE_DOCUMENT = "document"  # where a printed cell stands whose reader gave no place

# XML 1.0 forbids these; a CSV or a page is no better with them
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_STARTS_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_HARMLESS = re.compile("[+\\-－＋ \u00a0\u3000]*([0-9０-９][0-9０-９,，.．]*[%％]?)?[ \u00a0\u3000]*")


@lru_cache(maxsize=65536)
def plain_number(value: float | None) -> str:
    """``18``, ``-8``, ``52.15``: no ``.0``, no exponent, no thousands separator; "" for None, NaN and infinity.

    A decimal is written with the fewest digits that give the same float back.
    """
    if value is None or not math.isfinite(value):
        return ""
    number = float(value)  # a count may come as an int, which Python 3.10 cannot ask for is_integer
    return str(int(number)) if number.is_integer() else format(Decimal(repr(number)), "f")


def computed_number(value: float | None) -> str:
    """``plain_number`` of the result of a calculation, free of the last digits' noise."""
    return plain_number(computed(value))


def computed(value: float | None) -> float | None:
    """``value`` without the noise of binary fractions; None where it is no finite number."""
    return None if value is None or not math.isfinite(value) else round(float(value), COMPUTED_DECIMALS)


def visible_text(text: str) -> str:
    """``text`` without the characters that XML forbids: control characters, lone surrogates, non-characters."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def spreadsheet_text(text: str) -> str:
    """``text`` for a CSV that a spreadsheet program may open, so that nothing in it is run as a formula.

    A text that starts like a formula (``= + - @``, their full-width forms, a tab or a line break) gets an apostrophe
    before it; signs alone (``-``, ``--``) and numbers (``+2``, ``-8``, ``-1,200``) cannot do harm and stay as printed.
    One apostrophe before such a beginning is never the report's own: it can be taken off again.
    """
    text = visible_text(text)
    if _STARTS_FORMULA.match(text) and not _HARMLESS.fullmatch(text):
        return "'" + text
    return text


@lru_cache(maxsize=65536)
def place_text(place: Place | None) -> str:
    """``line 60``, ``table 2 row 5 column 4``; ``document`` where the place is not known."""
    return str(place) if place is not None and any(place) else WHOLE_DOCUMENT
