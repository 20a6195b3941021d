"""Small charts as plain geometry: a strip a series, a bar a year, every bar with its number; no colour tells anything.

numbers by year --chart_view--> ChartView --template--> inline SVG

All strips of a chart have one scale, so that parts are seen against their whole; a strip is as tall as its tallest bar
needs, and one of which no year is known is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from disclosure_checks.runner.exports.plain_values import computed_number

STEP = 40  # from one year to the next, in pixels
_BAR = 22
_TALLEST = 34
_CAPTION = 16  # the height of a strip's caption
_NUMBER = 14  # and of the numbers above its bars
_BELOW = 6  # from the line of a strip to the next strip
_YEARS = 18
_UNKNOWN = "–"


class Bar(NamedTuple):
    """A number and its bar, ``height`` 0 where there is none; ``middle`` is where the number stands."""

    x: int
    y: int
    height: int
    middle: int
    number: str


class Strip(NamedTuple):
    """The bars of a series; ``caption_y`` and ``base_y`` are the lines its caption and its bars stand on;
    ``is_empty``: no year has a bar.
    """

    caption: str
    caption_y: int
    base_y: int
    is_empty: bool
    bars: tuple[Bar, ...]


class ChartView(NamedTuple):
    """A chart ready to be drawn. ``years``: where each year's label stands, and the label."""

    title: str
    width: int
    height: int
    bar: int
    strips: tuple[Strip, ...]
    years: tuple[tuple[int, str], ...]
    years_y: int


class Series(NamedTuple):
    """What a chart shows: the numbers of a series, a year each, None where one is not known."""

    caption: str
    numbers: tuple[float | None, ...]


def chart_view(title: str, years: Sequence[str], series: Sequence[Series]) -> ChartView | None:
    """The chart of several series; None where fewer than two years are known: there is nothing to compare."""
    series = [one for one in series if any(number is not None for number in one.numbers)]
    known = [number for one in series for number in one.numbers if number is not None]
    if sum(any(one.numbers[place] is not None for one in series) for place in range(len(years))) < 2:
        return None
    scale = _TALLEST / (max(known) or 1)
    strips: list[Strip] = []
    for one in series:
        strips.append(_strip(one, strips[-1].base_y + _BELOW if strips else 0, scale))
    height = strips[-1].base_y + _BELOW + _YEARS
    labels = tuple((_middle(place), label) for place, label in enumerate(years))
    return ChartView(title, len(years) * STEP, height, _BAR, tuple(strips), labels, height - 4)


def series_numbers(cells: Sequence[str], values: Mapping[str, float]) -> float | None:
    """The sum of cells in one report; None where one of them is not known."""
    numbers = [values.get(cell) for cell in cells]
    return None if any(number is None for number in numbers) else sum(number for number in numbers if number)


def _strip(series: Series, top: int, scale: float) -> Strip:
    heights = [_height(number, scale) for number in series.numbers]
    base = top + _CAPTION + _NUMBER + max(heights) + 2
    bars = tuple(
        _bar(place, number, height, base)
        for place, (number, height) in enumerate(zip(series.numbers, heights, strict=True))
    )
    return Strip(series.caption, top + _CAPTION - 4, base, not any(heights), bars)


def _height(number: float | None, scale: float) -> int:
    if number is None or number <= 0:
        return 0
    return max(round(number * scale), 1)  # something is not nothing


def _bar(place: int, number: float | None, height: int, base: int) -> Bar:
    x = place * STEP + (STEP - _BAR) // 2
    return Bar(x, base - height, height, _middle(place), _UNKNOWN if number is None else computed_number(number))


def _middle(place: int) -> int:
    return place * STEP + STEP // 2
