"""Numbers in digits or in words: what their characters stand for (``numerals.yaml``), and what they come to."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from disclosure_checks.grammar.words.declared import declared

_HUNDRED = 100.0


class Number(NamedTuple):
    """What a numeral comes to. ``precision``: the value of one step of its last digit; ``exact``: false for 三四十."""

    value: float
    precision: float = 1.0
    exact: bool = True


class Numerals:
    """The words of ``numerals.yaml``."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._words = words
        self.digits: Mapping[str, int] = words["digits"]
        self.values: Mapping[str, int] = {
            **self.digits, **words["tens"], **words["places"], **words["magnitudes"]
        }  # fmt: skip
        self.about: Sequence[str] = words["about"]
        self.behind_unit: Sequence[str] = words["behind_unit"]

    @cached_property
    def characters(self) -> str:
        """The characters that numerals are made of, but for Arabic digits."""
        return "".join(self.values)

    @cached_property
    def places(self) -> str:
        """The characters that say how much the digits before them count."""
        return "".join((*self._words["places"], *self._words["magnitudes"]))

    @cached_property
    def inside_about(self) -> str:
        """A regular expression for a place within a word that says that a number is about right: 数|十."""
        inside = {f"(?<={word[0]}){word[1]}" for word in self.about if len(word) > 1}
        return "|".join(sorted(inside))

    @cached_property
    def about_beginnings(self) -> frozenset[str]:
        """What words in the place of a number begin with."""
        return frozenset(word[:length] for word in self.about for length in range(1, len(word) + 1))

    def characters_of(self, name: str) -> str:
        """The characters of a list, as a class of a regular expression holds them."""
        return re.escape("".join(_listed(self._words[name])))

    def pattern(self, *names: str) -> str:
        """A regular expression for the words of some lists, longest first."""
        words = {str(word) for name in names for word in _listed(self._words[name])}
        return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))

    @cached_property
    def arabic(self) -> str:
        """A regular expression for a number in Arabic digits, which the end of a line may break."""
        return rf"\d{{1,3}}(?:(?:{self.pattern('thousands')})\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\n\d+)?(?:\.\d+)?"

    def terminals(self) -> str:
        """The terminals of ``quantity.lark``: the words of each list, and what units cannot hold."""
        lists = {
            "DIGIT": "digits", "TENS": "tens", "PLACE": "places", "MAGNITUDE": "magnitudes", "POINT": "point",
            "PERCENT": "percent", "HUNDREDTHS": "hundredths", "ABOUT": "about", "BEHIND_DIGITS": "behind_digits",
        }  # fmt: skip
        defined = [f"{name}_W: /{self.pattern(words)}/" for name, words in lists.items()]
        ranges = self.pattern("ranges").replace("/", r"\/")
        no_unit = re.escape("".join(one for name in ("ranges", "behind_digits", "point") for one in self._words[name]))
        return "\n".join(
            [
                *defined,
                f"RANGE_W: /{ranges}|、/",
                f"ARABIC: /{self.arabic}/",
                f"UNIT: /[^0-9{self.characters}{no_unit}、%]+/",
            ]
        )

    def arabic_number(self, parts: Sequence[str]) -> Number:
        """3万5000 -> 35000, 1.2万 -> 12000 to a thousand."""
        total, precision, scale, digits = 0.0, 1.0, 1.0, ""
        smallest = float("inf")
        exact = True
        for part in (*parts, "0"):
            if part in self.values:
                scale *= self.values[part]
                continue
            if digits:
                value = _scaled(digits, scale)
                exact = exact and value < smallest
                total, precision, smallest = total + value, scale * _step(digits), scale
            digits, scale = re.sub(rf"(?:{self.pattern('thousands')})|\n", "", part), 1.0
        return Number(total, precision, exact)

    def chinese_number(self, parts: Sequence[str]) -> Number:
        """一百二十三万四千 -> 1234000, 廿三 -> 23; what people do not mean to the unit (三四十, 三五, 百, 一百二) is not exact."""
        if self._words["point"] in parts:
            place = list(parts).index(self._words["point"])
            whole = self.chinese_number(parts[:place])
            decimals = "".join(str(self.digits[one]) for one in parts[place + 1 :] if one in self.digits)
            scale = math.prod(self.values[one] for one in parts[place + 1 :] if one not in self.digits)
            digits = f"{whole.value:.0f}.{decimals}"
            return Number(_scaled(digits, scale), _step(digits) * scale, whole.exact)
        if all(part in self.digits for part in parts):
            value = float("".join(str(self.digits[part]) for part in parts))
            return Number(value, exact=len(parts) != 2 or not all(self.digits[part] for part in parts))
        return Number(self._positional(parts), exact=self._is_exact(parts))

    def _positional(self, parts: Iterable[str]) -> float:
        total = section = digit = 0.0
        for part in parts:
            value = self.values[part]
            if part in self.digits:
                digit = value
            elif part in self._words["magnitudes"]:
                total = (total + section + digit or 1.0) * value
                section = digit = 0.0
            else:
                section += value if part in self._words["tens"] else (digit or 1.0) * value
                digit = 0.0
        return total + section + digit

    def _is_exact(self, parts: Sequence[str]) -> bool:
        if self.values[parts[0]] >= _HUNDRED:
            return False
        if any(self.digits.get(one) and self.digits.get(other) for one, other in pairwise(parts)):
            return False
        return len(parts) == 1 or not (self.digits.get(parts[-1]) and self.values[parts[-2]] >= _HUNDRED)


def _listed(words: Any) -> Iterable[Any]:
    return [words] if isinstance(words, str) else list(words)


def _scaled(digits: str, scale: float) -> float:
    """The product without binary residue: 1.2 x 10000 is 12000."""
    whole, _, fraction = digits.partition(".")
    return float(int(whole + fraction) * scale / 10.0 ** len(fraction))


def _step(digits: str) -> float:
    return 10.0 ** -len(digits.partition(".")[2])


NUMERALS = Numerals(declared("disclosure_checks.grammar.claims.sentences", "numerals.yaml"))
