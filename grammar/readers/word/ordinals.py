"""Numbers as word processors print them before paragraphs: 1, 一, 壹, 甲, ①, iv, b ... (ST_NumberFormat, ECMA-376)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "十", "百", "千")
_LEGAL_PLACES = ("", "拾", "佰", "仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _digit_by_digit(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _counting(value: int) -> str:
    """一, 十一, 二十, and from a hundred on digit by digit."""
    return _thousands(value) if value < 100 else _digit_by_digit(value)


def _thousands(value: int) -> str:
    """十一, 一百零一, 一千二百."""
    words = _spelled(value, _DIGITS.replace("〇", "零"), _PLACES)
    return words[1:] if 10 <= value < 20 else words


def _legal(value: int) -> str:
    return _spelled(value, _LEGAL_DIGITS, _LEGAL_PLACES)


def _spelled(value: int, digits: str, places: tuple[str, ...]) -> str:
    if not 0 < value < 10_000:
        return str(value)
    words = ""
    for place in range(len(str(value)) - 1, -1, -1):
        digit = value // 10**place % 10
        if digit:
            words += digits[digit] + places[place]
        elif not words.endswith(digits[0]):
            words += digits[0]
    return words.rstrip(digits[0])


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)]


def _letters(value: int) -> str:
    """a ... z, aa, bb ..."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value <= 780 else str(value)


def _roman(value: int) -> str:
    if value >= 4000:
        return str(value)
    words = ""
    for worth, sign in _ROMAN:
        words += sign * (value // worth)
        value %= worth
    return words


def _signs_from(first: int, last_value: int) -> Callable[[int], str]:
    """Signs that Unicode holds in a row, for the values from 1 to ``last_value``."""
    return lambda value: chr(first + value - 1) if value <= last_value else str(value)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _signs_from(0x2460, 20),
    "decimalEnclosedCircleChinese": _signs_from(0x2460, 20),
    "decimalEnclosedParen": _signs_from(0x2474, 20),
    "decimalEnclosedFullstop": _signs_from(0x2488, 20),
    "ideographEnclosedCircle": _signs_from(0x3280, 10),
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseDigital": _digit_by_digit,
    "chineseCountingThousand": _thousands,
    "taiwaneseCountingThousand": _thousands,
    "japaneseCounting": _thousands,
    "koreanCounting": _thousands,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "none": lambda _: "",
}


def ordinal_text(value: int, number_format: str) -> str:
    """A number in a format of Word; a format that is not known here, and a number below 1, come out in digits."""
    written = _FORMATS.get(number_format, str)
    return written(value) if value > 0 or number_format == "none" else str(value)
