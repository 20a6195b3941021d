"""Which cells were seen in a picture, what each may hold, and with what odds."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from disclosure_checks.grammar.model.report import Cell, CellStatus, Place
from disclosure_checks.grammar.model.source_document import RecognisedNumber
from disclosure_checks.grammar.recognition.calibration import (
    DOUBTED_AS_TOLD,
    DOUBTED_LESS,
    LEAST_CONFIDENCE,
    LEAST_DOUBT,
    MOST_ALTERNATIVES,
    SMALL_DOUBT,
)

ReadNumber = Callable[[str, str], float]
"""What a text comes to in the cell of an id; NaN where it is no number there."""

_WITH_PLACE = frozenset({CellStatus.READ, CellStatus.INFERRED, CellStatus.UNREADABLE})
_Key = tuple[int, int, int, int, str]


class Alternative(NamedTuple):
    """What a number may be instead. ``odds``: against what it most likely is. ``mistake``: what was taken for what."""

    value: float
    odds: float
    mistake: tuple[str, str]


class SeenCell(NamedTuple):
    """A cell that was seen in a picture.

    ``value``: what it most likely holds, NaN where nothing that was seen is a number. ``is_printed``: whether that is
    the likeliest text, and not another one because that is no number. ``odds``: that it holds anything else,
    ``unnamed``: anything else than the ``alternatives``.
    """

    id: str
    text: str
    value: float
    is_printed: bool
    odds: float
    unnamed: float
    alternatives: tuple[Alternative, ...]
    cut_out: bytes

    @property
    def doubt(self) -> float:
        """The probability that it does not hold its value."""
        return self.odds / (1 + self.odds)


def seen_cells(cells: Mapping[str, Cell], numbers: Sequence[RecognisedNumber], read: ReadNumber) -> dict[str, SeenCell]:
    """The cells that print a number which was seen in a picture, by id."""
    by_place: dict[_Key, list[RecognisedNumber]] = defaultdict(list)
    for number in numbers:
        by_place[_key(number.place, number.text)].append(number)
    found: dict[str, SeenCell] = {}
    for name, cell in cells.items():
        if cell.place is not None and cell.status in _WITH_PLACE:
            here = by_place.get(_key(cell.place, cell.text))
            if here:
                found[name] = _seen_cell(cell, here, read)
    return found


def _key(place: Place, text: str) -> _Key:
    """A cell of a grid is known by its place, a number in a line by its line and its text."""
    if place.table:
        return place.page, place.table, place.row, place.column, ""
    return place.page, place.line, 0, 0, "".join(text.split())


def _seen_cell(cell: Cell, numbers: Sequence[RecognisedNumber], read: ReadNumber) -> SeenCell:
    """A cell as the least sure of the numbers that it prints makes it."""
    number = min(numbers, key=lambda one: one.confidence)
    seen = number.text.strip()
    others = [] if len(numbers) > 1 and cell.place and cell.place.table else list(number.others)
    readings: dict[float, tuple[str, float]] = {}
    is_printed = not math.isnan(cell.value)
    if is_printed:
        readings[cell.value] = (seen, number.confidence)
    for text, probability in others:
        value = read(cell.id, cell.text.replace(seen, text, 1) if seen and seen in cell.text else text)
        if not math.isnan(value):
            known, sum_of_both = readings.get(value, (text, 0.0))
            readings[value] = (known, sum_of_both + probability)
    if not readings:
        return SeenCell(cell.id, seen, math.nan, False, math.inf, math.inf, (), number.cut_out)
    value = cell.value if is_printed else next(iter(readings))
    text, confidence = readings.pop(value)
    confidence = min(max(confidence, LEAST_CONFIDENCE), 1.0)
    taken = DOUBTED_LESS if 1 - confidence < SMALL_DOUBT else DOUBTED_AS_TOLD
    rest = max(1 - confidence - sum(probability for _, probability in readings.values()), 0.0)
    alternatives = tuple(
        Alternative(other, min(taken * probability / confidence, 1.0), (text, as_text))
        for other, (as_text, probability) in list(readings.items())[:MOST_ALTERNATIVES]
        if probability > 0
    )
    odds = (taken * (1 - confidence) + LEAST_DOUBT) / confidence
    unnamed = (taken * rest + LEAST_DOUBT) / confidence
    return SeenCell(cell.id, text, value, is_printed, odds, unnamed, alternatives, number.cut_out)
