"""How a spreadsheet shows a number: value and number format -> text.

What a format says of zeros is not followed: a table that shows its zeros as nothing or as a dash still holds them.
"""

from __future__ import annotations

import datetime
import operator
import re
from collections.abc import Callable, Mapping, Sequence
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

_PIECE = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[([^\]]*)\]|(.)', re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_PLACEHOLDERS = frozenset("0#?")
_MOST_DECIMALS = 10
_MOST_DIGITS = 16  # before the point; larger numbers show in the general format
_SIGNIFICANT = 11  # digits that the general format shows
_MEETS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


class _Piece(NamedTuple):
    """A piece of a format: a literal, a placeholder, a point, a comma or any other letter."""

    text: str
    literal: bool


class _Section(NamedTuple):
    """A section of a format that is followed, for the numbers that meet its condition.

    ``kind``: "general", "number" or "date". ``whole`` and ``decimals``: placeholders and literals before and behind the
    point. ``power``: that of ten by which the value is shown larger.
    """

    kind: str
    condition: tuple[str, Decimal] | None = None
    prefix: str = ""
    suffix: str = ""
    whole: tuple[_Piece, ...] = ()
    decimals: tuple[_Piece, ...] = ()
    thousands: bool = False
    power: int = 0
    words: str = ""  # the letters of a date

    def meets(self, number: Decimal) -> bool:
        """Whether a number is shown by this section."""
        return self.condition is None or _MEETS[self.condition[0]](number, self.condition[1])


def displayed(value: float | str, number_format: str, from_1904: bool = False) -> str:
    """The text that a cell with a number shows. ``value`` may be the number as the file writes it."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not number.is_finite() or abs(number.adjusted()) > 300:
        return str(value)
    sections = _sections(number_format)
    section = next((one for one in sections if one.meets(number)), sections[-1])
    if section.kind == "date" and number >= 0:
        return _date(number, section.words, from_1904)
    if section.kind != "number" or number.adjusted() + section.power >= _MOST_DIGITS:
        return f"{section.prefix}{_general(number)}{section.suffix}" if section.kind == "general" else _general(number)
    shown = _filled(number.scaleb(section.power), section)
    sign = "-" if number < 0 and any(digit in "123456789" for digit in shown) else ""
    return f"{sign}{section.prefix}{shown}{section.suffix}"


def _general(number: Decimal) -> str:
    if number == number.to_integral_value():
        return f"{number.to_integral_value():f}" if number else "0"
    text = f"{Decimal(f'{number:.{_SIGNIFICANT}g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _filled(number: Decimal, section: _Section) -> str:
    """The digits of a number at the places of a section, what stands between the places left where it is."""
    places = min(sum(not piece.literal for piece in section.decimals), _MOST_DECIMALS)
    exact = Decimal(f"{number:.15g}")  # a spreadsheet knows no more digits, and 2.675 is what was typed
    rounded = abs(exact).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:f}".partition(".")
    shown = _whole(whole, section)
    behind = _decimals(decimals, section.decimals)
    return f"{shown}.{behind}" if any(character.isdigit() for character in behind) else shown + behind


def _whole(digits: str, section: _Section) -> str:
    if section.thousands:
        fewest = min(sum(piece.text == "0" for piece in section.whole), _MOST_DECIMALS)
        return f"{int(digits):,}" if len(digits) >= fewest else digits.zfill(fewest)
    left = list(digits)
    printed: list[str] = []
    first = next((number for number, piece in enumerate(section.whole) if not piece.literal), -1)
    for number in reversed(range(len(section.whole))):
        piece = section.whole[number]
        if piece.literal:
            printed.append(piece.text)
        elif number == first:
            printed.append("".join(left) or ("0" if piece.text == "0" else ""))
        elif left:
            printed.append(left.pop())
        else:
            printed.append("0" if piece.text == "0" else "")
    return "".join(reversed(printed)) if first >= 0 else digits


def _decimals(digits: str, pieces: Sequence[_Piece]) -> str:
    printed: list[str] = []
    place = 0
    for piece in pieces:
        if piece.literal:
            printed.append(piece.text)
        elif place < len(digits):
            later_matter = digits[place:].strip("0") or piece.text == "0" or _needs_more(pieces, piece)
            printed.append(digits[place] if later_matter else "")
            place += 1
    return "".join(printed)


def _needs_more(pieces: Sequence[_Piece], piece: _Piece) -> bool:
    """Whether a place that is always filled stands behind another."""
    after = pieces[next(number for number, one in enumerate(pieces) if one is piece) + 1 :]
    return any(one.text == "0" and not one.literal for one in after)


@lru_cache(maxsize=1024)
def _sections(number_format: str) -> tuple[_Section, ...]:
    """What is followed of a format: sections with conditions, else the first, which is that of positive numbers."""
    pieces: list[_Piece] = []
    condition: tuple[str, Decimal] | None = None
    sections: list[_Section] = []
    for found in _PIECE.finditer(number_format):
        quoted, escaped, currency, bracketed, plain = found.groups()
        if plain == ";":
            sections.append(_section(pieces, condition))
            pieces, condition = [], None
        elif quoted or escaped or currency:
            pieces.append(_Piece(quoted or escaped or currency, True))
        elif bracketed and (compared := _CONDITION.fullmatch(bracketed)):
            condition = compared.group(1), Decimal(compared.group(2))
        elif plain:
            pieces.append(_Piece(plain, False))
    sections.append(_section(pieces, condition))
    return tuple(sections) if sections[0].condition else (sections[0],)


def _section(pieces: Sequence[_Piece], condition: tuple[str, Decimal] | None) -> _Section:
    code = "".join(piece.text for piece in pieces if not piece.literal)
    lowered = code.lower()
    if "general" in lowered and lowered.strip() == "general":
        literal = [number for number, piece in enumerate(pieces) if not piece.literal]
        before, after = pieces[: literal[0]], pieces[literal[-1] + 1 :]
        return _Section("general", condition, _text(before).lstrip(), _text(after).rstrip())
    if "general" in lowered or "@" in code or ("/" in code and "?" in code) or "e+" in lowered or "e-" in lowered:
        return _Section("general", condition)
    if any(letter in lowered for letter in "ymdhs"):
        return _Section("date", condition, words=_text(pieces).lower())
    return _number_section(pieces, code, condition)


def _text(pieces: Sequence[_Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _number_section(pieces: Sequence[_Piece], code: str, condition: tuple[str, Decimal] | None) -> _Section:
    """A section of places for digits. Commas between places are those of thousands, commas behind them divide."""
    at = [number for number, piece in enumerate(pieces) if not piece.literal and piece.text in _PLACEHOLDERS]
    if not at:
        return _Section("general", condition)
    marks = [number for number, piece in enumerate(pieces) if not piece.literal and piece.text == "."]
    point = next(iter(marks), len(pieces))
    wholes = [number for number in at if number < point]
    inside = range(min(wholes), max(wholes) + 1) if wholes else range(0)
    commas = [number for number, piece in enumerate(pieces) if not piece.literal and piece.text == ","]
    behind = [comma for comma in commas if comma not in inside and comma > at[0]]
    first, last = min(at[0], point), max(at[-1], point if point < len(pieces) else 0)
    return _Section(
        "number",
        condition,
        _shown(pieces[:first]).lstrip(),
        _shown(pieces[last + 1 :]).rstrip(),
        tuple(piece for piece in pieces[first : min(point, last + 1)] if _is_placed(piece)),
        tuple(piece for piece in pieces[point + 1 : last + 1] if _is_placed(piece)),
        any(comma in inside for comma in commas),
        2 * code.count("%") - 3 * len(behind),
    )


def _is_placed(piece: _Piece) -> bool:
    return piece.literal or piece.text in _PLACEHOLDERS


def _shown(pieces: Sequence[_Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.literal or piece.text not in ".,")


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
