"""How a spreadsheet shows a number: value and number format -> text.

What a format says of zeros is not followed: a table that shows its zeros as nothing or as a dash still holds them.
"""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

GENERAL = "General"

# ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are the dates of East Asian editions
_DATE = "yyyy-mm-dd"
BUILT_IN: dict[int, str] = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    **dict.fromkeys(range(14, 18), _DATE),
    **dict.fromkeys(range(18, 22), "hh:mm"),
    22: _DATE,
    **dict.fromkeys(range(27, 32), _DATE),
    **dict.fromkeys(range(32, 36), "hh:mm"),
    36: _DATE,
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    41: "#,##0",
    42: "#,##0",
    43: "#,##0.00",
    44: "#,##0.00",
    **dict.fromkeys(range(45, 48), "mm:ss"),
    **dict.fromkeys(range(50, 59), _DATE),
}

_PIECE = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|(.)', re.DOTALL)
_PLACEHOLDERS = re.compile(r"[0#?,]+(?:\.[0#?]*)?|\.[0#?]+")
_MOST_DECIMALS = 10
_MOST_DIGITS = 16  # before the point; larger numbers show in the general format
_SIGNIFICANT = 11  # digits that the general format shows


class _Format(NamedTuple):
    """The parts of a number format that are followed."""

    kind: str  # "general", "number" or "date"
    prefix: str = ""
    suffix: str = ""
    fewest_decimals: int = 0
    most_decimals: int = 0
    fewest_digits: int = 1
    thousands: bool = False
    power: int = 0  # of ten, by which the value is shown larger
    words: str = ""  # the letters of a date


def displayed(value: float | str, number_format: str, from_1904: bool = False) -> str:
    """The text that a cell with a number shows. ``value`` may be the number as the file writes it."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not number.is_finite() or abs(number.adjusted()) > 300:
        return str(value)
    parsed = _parsed(number_format)
    if parsed.kind == "date" and number >= 0:
        return _date(number, parsed.words, from_1904)
    if parsed.kind != "number" or number.adjusted() + parsed.power >= _MOST_DIGITS:
        return _general(number)
    shown = _rounded(number.scaleb(parsed.power), parsed)
    sign = "-" if number < 0 and shown.strip("0.,") else ""
    return f"{sign}{parsed.prefix}{shown}{parsed.suffix}"


def _general(number: Decimal) -> str:
    if number == number.to_integral_value():
        return f"{number.to_integral_value():f}" if number else "0"
    text = f"{Decimal(f'{number:.{_SIGNIFICANT}g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounded(number: Decimal, parsed: _Format) -> str:
    exact = Decimal(f"{number:.15g}")  # a spreadsheet knows no more digits, and 2.675 is what was typed
    rounded = abs(exact).quantize(Decimal(1).scaleb(-parsed.most_decimals), ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:f}".partition(".")
    while len(decimals) > parsed.fewest_decimals and decimals.endswith("0"):
        decimals = decimals[:-1]
    whole = f"{int(whole):,}" if parsed.thousands else whole.zfill(parsed.fewest_digits)
    return f"{whole}.{decimals}" if decimals else whole


@lru_cache(maxsize=1024)
def _parsed(number_format: str) -> _Format:
    """What is followed of a format: its first section, which is that of positive numbers."""
    pieces: list[tuple[bool, str]] = []  # whether it is literal, and the text
    for found in _PIECE.finditer(number_format):
        quoted, escaped, currency, plain = found.groups()
        if plain == ";":
            break
        literal = quoted or escaped or currency
        if literal:
            pieces.append((True, literal))
        elif plain:
            pieces.append((False, plain))
    code = "".join(text for literal, text in pieces if not literal)
    lowered = code.lower()
    if "general" in lowered or "@" in code or ("/" in code and "?" in code) or "e+" in lowered or "e-" in lowered:
        return _Format("general")
    if any(letter in lowered for letter in "ymdhs"):
        return _Format("date", words="".join(text for _, text in pieces).lower())
    return _number_format(pieces, code)


def _number_format(pieces: list[tuple[bool, str]], code: str) -> _Format:
    digits = _PLACEHOLDERS.search(code)
    if not digits:
        return _Format("general")
    before: list[str] = []
    after: list[str] = []
    place = 0
    for literal, text in pieces:
        if literal or text not in "0#?,.":
            (before if place <= digits.start() else after).append(text)
        place += 0 if literal else len(text)
    whole, _, decimals = digits.group().partition(".")
    return _Format(
        "number",
        "".join(before).lstrip(),
        "".join(after).rstrip(),
        min(decimals.count("0"), _MOST_DECIMALS),
        min(len(decimals), _MOST_DECIMALS),
        min(max(1, whole.count("0")), _MOST_DECIMALS),
        "," in whole.rstrip(","),
        2 * code.count("%") - 3 * (len(whole) - len(whole.rstrip(","))),
    )


def _date(number: Decimal, words: str, from_1904: bool) -> str:
    """A date or time of day; day 1 is the first of January 1900, and 1900 is taken for a leap year."""
    start = datetime.datetime(1904, 1, 1) if from_1904 else datetime.datetime(1899, 12, 30)
    try:
        moment = start + datetime.timedelta(seconds=round(float(number) * 86_400))
    except OverflowError:
        return _general(number)
    if "y" not in words and "d" not in words and "年" not in words:
        return f"{moment:%H:%M}"
    if "年" in words:
        return f"{moment.year}年{moment.month}月" + (f"{moment.day}日" if "d" in words else "")
    return f"{moment:%Y-%m-%d}"
