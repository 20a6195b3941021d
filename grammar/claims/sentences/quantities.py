"""Numbers as running text prints them: 18件, 十八件, 1.2万元, 40余件, 83.3%, read by ``claims.lark``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput

PERCENT = "%"
_PLAIN = re.compile(r"(\d+)(?:\.(\d+))?([^\d.,]*)")
_TWO = "两"  # the one numeral that Unicode gives no value


@dataclass(frozen=True)
class Quantity:
    """A number said in a sentence.

    ``value`` is in the unit that was printed, 万 and 亿 before the unit worked in; ``precision`` is the value of one
    step of its last printed digit in that unit (18 -> 1, 83.3 -> 0.1, 1.2万 -> 1000). ``exact`` is false where the
    text itself says that the number is about right.
    """

    value: float
    unit: str
    exact: bool
    precision: float


def read_quantity(text: str) -> Quantity | None:
    """The number in a folded text without blanks, its unit included; None where it is none."""
    plain = _PLAIN.fullmatch(text)
    if plain is None:
        return _read(text)
    # numbers differ from text to text, what stands behind them does not: it is read once, behind a 1
    digits, decimals, behind = plain.groups()
    one = _read(f"1{behind}")
    if one is None or one.value != 1:
        return _read(text)
    return Quantity(float(f"{digits}.{decimals or 0}"), one.unit, one.exact, 10.0 ** -len(decimals or ""))


@lru_cache(maxsize=8192)
def _read(text: str) -> Quantity | None:
    try:
        quantity: Quantity = _parser().parse(text)  # type: ignore[assignment]  # the transformer gives no tree
    except (UnexpectedInput, ValueError):
        return None
    return quantity


@dataclass(frozen=True)
class _Number:
    value: float
    precision: float


class _QuantityBuilder(Transformer[Token, Quantity]):
    """Builds a quantity while Lark parses. One method a rule of the grammar."""

    def percentage(self, parts: Sequence[object]) -> Quantity:
        number = next(part for part in parts if isinstance(part, _Number))
        return Quantity(number.value, PERCENT, True, number.precision)

    def count(self, parts: Sequence[object]) -> Quantity:
        number = next(part for part in parts if isinstance(part, _Number))
        kinds = {part.type: str(part) for part in parts if isinstance(part, Token)}
        return Quantity(number.value, kinds.get("UNIT", ""), "ABOUT" not in kinds, number.precision)

    def arabic(self, parts: Sequence[Token]) -> _Number:
        digits, *magnitudes = (str(part) for part in parts)
        plain = digits.replace(",", "")
        precision = 10.0 ** -len(plain.partition(".")[2])
        scale = 1.0
        for magnitude in magnitudes:
            scale *= _value(magnitude)
        return _Number(_scaled(plain, scale), precision * scale)

    def chinese(self, parts: Sequence[Token]) -> _Number:
        if all(part.type == "DIGIT" for part in parts):
            return _Number(float("".join(str(int(_value(part))) for part in parts)), 1.0)
        return _Number(_positional(parts), 1.0)


def _scaled(digits: str, scale: float) -> float:
    """The product without binary residue: 1.2 x 10000 is 12000."""
    whole, _, fraction = digits.partition(".")
    return int(whole + fraction) * scale / 10.0 ** len(fraction)


def _positional(parts: Sequence[Token]) -> float:
    """一百二十三万四千 -> 1234000; 一百二 -> 102 is not guessed: a digit after a place stands for itself."""
    total = section = digit = 0.0
    for part in parts:
        value = _value(part)
        if part.type == "DIGIT":
            digit = value
        elif part.type == "PLACE":
            section += (digit or 1.0) * value
            digit = 0.0
        else:
            total = (total + section + digit or 1.0) * value
            section = digit = 0.0
    return total + section + digit


def _value(character: str) -> float:
    return 2.0 if character == _TWO else unicodedata.numeric(character)


@cache
def _parser() -> Lark:
    grammar = files("disclosure_checks.grammar.claims").joinpath("claims.lark").read_text(encoding="utf-8")
    return Lark(grammar, start="quantity", parser="lalr", transformer=_QuantityBuilder())


@dataclass(frozen=True)
class QuantityFinder:
    """Finds where a text prints a number that counts something."""

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, units: Sequence[str]) -> QuantityFinder:
        """A finder of numbers followed by one of ``units``, of percentages, and of numbers that end their clause."""
        unit = "|".join(re.escape(one) for one in sorted(units, key=lambda one: (-len(one), one)))
        numeral = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[万亿]{0,2}|[零〇一二两三四五六七八九十百千万亿]+"
        return cls(
            re.compile(
                rf"(?<![\d.A-Za-z第每同逐另])(?:(?:{numeral})[余多几]?(?:{unit})[余多]?"
                rf"|百分之[零〇一二两三四五六七八九十百点\d.]+|\d+(?:\.\d+)?%"
                rf"|(?<=[为是:共计])(?:\d{{1,3}}(?:,\d{{3}})+|\d+|零)(?=[,;。、)]|$)"
                rf"|(?<=[一-龥])(?<![第年月])\d{{1,6}}(?=[,;。、)]|$))"
            )
        )
