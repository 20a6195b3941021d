"""Numbers as running text prints them: 18件, 十八件, 1.2万元, 40余件, 83.3%, read whole by ``quantity.lark`` or not at all."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput

from disclosure_checks.grammar.claims.sentences.numerals import NUMERALS, Number

PERCENT = "%"
_PLAIN = re.compile(r"(\d{1,15})(?:\.(\d+))?([^\d.,\n]*)")
_LONGEST_IN_WORDS = 24  # characters
_ARABIC_DIGITS = 15  # that a number keeps exactly


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


UNCERTAIN = Quantity(0.0, "", False, 1.0)
"""What stands for a number that is not read: it counts something, but nobody can say how much."""


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
    except (UnexpectedInput, ValueError, OverflowError):
        return None
    return quantity if math.isfinite(quantity.value) else None  # nothing that is counted comes to 1e308


class _QuantityBuilder(Transformer[Token, Quantity]):
    """Builds a quantity while Lark parses. One method a rule of the grammar."""

    def percentage(self, parts: Sequence[object]) -> Quantity:
        number = _numbers(parts)[0]
        return Quantity(number.value, PERCENT, True, number.precision)

    def percentages(self, parts: Sequence[object]) -> Quantity:
        number = _numbers(parts)[-1]
        return Quantity(number.value, PERCENT, False, number.precision)

    def count(self, parts: Sequence[object]) -> Quantity:
        number, kinds = _numbers(parts)[0], _kinds(parts)
        exact = number.exact and "BEHIND_DIGITS_W" not in kinds
        return Quantity(number.value, kinds.get("UNIT", ""), exact, number.precision)

    def range(self, parts: Sequence[object]) -> Quantity:
        number = _numbers(parts)[-1]
        return Quantity(number.value, _kinds(parts).get("UNIT", ""), False, number.precision)

    def about(self, parts: Sequence[object]) -> Quantity:
        return Quantity(0.0, _kinds(parts).get("UNIT", ""), False, 1.0)

    def arabic(self, parts: Sequence[Token]) -> Number:
        number = NUMERALS.arabic_number([str(part) for part in parts])
        return number._replace(exact=number.exact and len(str(parts[0])) <= _ARABIC_DIGITS)

    def chinese(self, parts: Sequence[Token]) -> Number:
        return NUMERALS.chinese_number([str(part) for part in parts])


def _numbers(parts: Sequence[object]) -> list[Number]:
    return [part for part in parts if isinstance(part, Number)]


def _kinds(parts: Sequence[object]) -> dict[str, str]:
    return {part.type: str(part) for part in parts if isinstance(part, Token)}


@cache
def _parser() -> Lark:
    grammar = files("disclosure_checks.grammar.claims.sentences").joinpath("quantity.lark").read_text(encoding="utf-8")
    whole = f"{grammar}\n{NUMERALS.terminals()}\n"
    return Lark(whole, start="quantity", parser="lalr", transformer=_QuantityBuilder())


@dataclass(frozen=True)
class QuantityFinder:
    """Finds where a text prints a number that counts something."""

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, units: Sequence[str]) -> QuantityFinder:
        """A finder of numbers followed by one of ``units``, of percentages, and of numbers that end their clause.

        It finds whole numbers: what stands before one is no part of another (1·203件), and a range is one number.
        """
        unit = "|".join(re.escape(one) for one in sorted(units, key=lambda one: (-len(one), one)))
        arabic, ranges, characters = NUMERALS.arabic, NUMERALS.pattern("ranges"), NUMERALS.characters
        point, percent = NUMERALS.pattern("point"), NUMERALS.pattern("percent")
        digits, places = NUMERALS.pattern("digits"), NUMERALS.places
        in_digits = rf"(?:{arabic})(?:[{places}]{{1,3}}(?:{arabic})?){{0,4}}"
        # no number is longer: a longer run of such characters is none, and looked at from each of them in turn it would take minutes
        in_words = rf"(?<![{characters}])[{characters}]{{1,{_LONGEST_IN_WORDS}}}(?:{point}(?:{digits}){{1,6}}[{places}]{{0,3}})?"
        number = rf"(?:{in_digits}|{in_words})(?:{NUMERALS.pattern('behind_digits')})?"
        one_or_two = rf"(?:{digits})、(?:{digits})"
        years = rf"(?!20\d\d(?:{ranges})20\d\d年)"
        # the first character of a number that another one stands before, with one odd character between them, is none
        apart = rf"(?<![{characters}\d][^一-龥\d,;:。、()%\n])"
        before = NUMERALS.characters_of
        begins = (
            rf"(?<![\d.A-Za-z{before('before_no_number')}])(?<!\d[,“”])(?<!\d[{places}])(?!{NUMERALS.inside_about})"
        )
        return cls(
            re.compile(
                rf"{begins}{apart}{years}(?:{number}(?P<ranged>{unit})(?:{ranges})(?:{number})(?P=ranged)"
                rf"|(?:{NUMERALS.pattern('about')})[{places}]{{0,3}}(?:{NUMERALS.pattern('behind_digits')})?(?:{unit})"
                rf"|(?:{one_or_two}|{number}(?:(?:{ranges})(?:{number}))?)(?:{unit})(?:{NUMERALS.pattern('behind_unit')})?)"
                rf"|{NUMERALS.pattern('hundredths')}[{characters}{point}\d.]+"
                rf"|(?<![\d.])(?:\d+(?:\.\d+)?{percent}?(?:{ranges}))?\d+(?:\.\d+)?{percent}"
                rf"|(?<=[:{before('before_a_bare_number')}])(?:\d{{1,3}}(?:,\d{{3}})+|\d+|零)(?=[,;。、)]|$)(?!\n|,\d)"
                rf"|(?<=[一-龥])(?<![{characters}{before('before_no_bare_number')}])\d{{1,6}}(?=[,;。、)]|$)(?!\n|,\d)"
            )
        )
