"""Numbers as reports write them: 20, ` 20 `, ２０, 二十, 1,245."""

from __future__ import annotations

from enum import Enum

DIGITS = "零一二三四五六七八九"
YEAR_DIGITS = "〇一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))
_FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
LARGEST_IN_WORDS = 99_999
TWO_BEFORE_A_UNIT = "两"


class NumberStyle(Enum):
    """How a report writes the numbers of its sentences."""

    PLAIN = "plain"
    SPACED = "spaced"
    FULL_WIDTH = "full_width"
    WORDS = "words"
    SEPARATED = "separated"


def _below_ten_thousand(value: int) -> str:
    written, gap = "", False
    for place, word in _PLACES:
        digit, value = divmod(value, place)
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + word
            gap = False
        else:
            gap = True
    if value:
        written += ("零" if gap and written else "") + DIGITS[value]
    return written


def number_in_words(value: int) -> str:
    """18 -> 十八, 120 -> 一百二十, 10205 -> 一万零二百零五, 2 -> 两.

    Raises ``ValueError`` outside 0 to 99999.
    """
    if not 0 <= value <= LARGEST_IN_WORDS:
        raise ValueError(f"{value} is not between 0 and {LARGEST_IN_WORDS}")
    if value == 0:
        return "零"
    if value == 2:
        return TWO_BEFORE_A_UNIT
    if 10 <= value < 20:
        return _below_ten_thousand(value).removeprefix("一")
    above, below = divmod(value, 10_000)
    written = _below_ten_thousand(above) + "万" if above else ""
    if below:
        written += ("零" if above and below < 1000 else "") + _below_ten_thousand(below)
    return written


def year_in_words(year: int) -> str:
    """2023 -> 二〇二三."""
    return "".join(YEAR_DIGITS[int(digit)] for digit in str(year))


def write_number(value: float, style: NumberStyle) -> str:
    """The number in a style; a fraction is never written in words."""
    whole = float(value).is_integer()
    plain = str(int(value)) if whole else f"{value:.4f}".rstrip("0")
    if style is NumberStyle.WORDS and whole and value <= LARGEST_IN_WORDS:
        return number_in_words(int(value))
    if style is NumberStyle.SEPARATED and whole:
        return f"{int(value):,}"
    if style is NumberStyle.FULL_WIDTH:
        return plain.translate(_FULL_WIDTH)
    return f" {plain} " if style is NumberStyle.SPACED else plain
