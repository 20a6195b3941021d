"""Reports seen through a recogniser that is not there: their numbers with the doubts and mistakes of one.

Of each number first is drawn how sure the recogniser is, and then, with just these probabilities, whether what it reads
is what is printed, one of its alternatives is, or neither. So its probabilities are right; ``promises`` lets it tell
less doubt than it has.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from disclosure_checks.grammar.model.lexicon import LinearEquation
from disclosure_checks.grammar.model.report import Cell, CellStatus, Place
from disclosure_checks.grammar.model.source_document import RecognisedNumber
from disclosure_checks.grammar.recognition.settling import Settled, settled

_LOOK_ALIKE = {
    "0": "86", "1": "74", "2": "73", "3": "85", "4": "19", "5": "63", "6": "80", "7": "12", "8": "306", "9": "48",
}  # fmt: skip
_ALTERNATIVES = 2


class Quality(NamedTuple):
    """How a recogniser does: shares of clear and of middling numbers (the others are poor), and of those it cannot read."""

    clear: float
    middling: float
    unreadable: float
    promises: float = 1.0  # of the doubt that it has, what it tells


CLEAR = Quality(clear=1.0, middling=0.0, unreadable=0.0)
GOOD = Quality(clear=0.98, middling=0.018, unreadable=0.0005)
POOR = Quality(clear=0.85, middling=0.12, unreadable=0.005)


def _doubt(random: Random, quality: Quality) -> float:
    """The probability that a number is not what it is taken for."""
    draw = random.random()
    if draw < quality.clear:
        return 10 ** random.uniform(-6, -4)
    if draw < quality.clear + quality.middling:
        return 10 ** random.uniform(-3, -1.3)
    return random.uniform(0.05, 0.6)


def _confused(random: Random, text: str) -> str:
    """What a number may be taken for: one digit is another one, or is lost or read twice."""
    place = random.randrange(len(text))
    draw = random.random()
    if draw < 0.1 and len(text) > 1:
        return text[:place] + text[place + 1 :]
    if draw < 0.2:
        return text[:place] + text[place] + text[place:]
    return text[:place] + random.choice(_LOOK_ALIKE.get(text[place], "0")) + text[place + 1 :]


def _other(random: Random, text: str, taken: set[str]) -> str:
    for _ in range(20):
        made = _confused(random, text)
        if made not in taken:
            return made
    return text + "1"


def seen(random: Random, printed: str, place: Place, quality: Quality) -> RecognisedNumber:
    """A printed number as the recogniser sees it."""
    cut_out = b"\x89PNG " + printed.encode()
    if random.random() < quality.unreadable:
        return RecognisedNumber(place, "", 0.0, (), cut_out)
    doubt = _doubt(random, quality)
    shares = [doubt * 0.75, doubt * 0.15, doubt * 0.10]  # of the alternatives; the last is anything else
    rank = random.choices(range(4), weights=[1 - doubt, *shares])[0]
    texts = [""] * 4
    texts[rank] = printed
    taken = {printed}
    for number in range(4):
        if number != rank:
            texts[number] = _other(random, printed, taken)
            taken.add(texts[number])
    told = doubt * quality.promises
    others = tuple((text, share * quality.promises) for text, share in zip(texts[1:3], shares[:2], strict=True))
    return RecognisedNumber(place, texts[0], 1 - told, others, cut_out)


def number_of(cell: str, text: str) -> float:
    """What a text comes to, without a format."""
    try:
        return float(text)
    except ValueError:
        return math.nan


def seen_report(
    random: Random, values: Mapping[str, float], quality: Quality
) -> tuple[dict[str, Cell], list[RecognisedNumber]]:
    """The cells of a report as they are read from its picture, and the numbers in it."""
    cells: dict[str, Cell] = {}
    numbers: list[RecognisedNumber] = []
    for position, (name, value) in enumerate(values.items()):
        place = Place(page=1, table=1, row=position // 10 + 1, column=position % 10 + 1)
        number = seen(random, _printed(value), place, quality)
        read = number_of(name, number.text)
        status = CellStatus.UNREADABLE if math.isnan(read) else CellStatus.READ
        cells[name] = Cell(name, number.text or "\ufffd", read, status, place)
        numbers.append(number)
    return cells, numbers


def _printed(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


@dataclass
class Tally:
    """What came of many reports."""

    reports: int = 0
    cells: int = 0
    statuses: dict[CellStatus, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    planted: int = 0
    found: int = 0
    accused: int = 0  # equations that hold in print and fail as they were settled

    def __str__(self) -> str:
        told = {status.value: count for status, count in self.statuses.items()}
        return (
            f"{self.reports} reports, {self.cells} cells {told}, wrong {len(self.wrong)} "
            f"({len(self.wrong) / max(self.cells, 1):.4%}), planted {self.planted} found {self.found}, accused {self.accused}"
        )


def tally(
    random: Random, reports: Iterator[Mapping[str, float]], equations: Sequence[LinearEquation], quality: Quality,
    plants: bool,
) -> Tally:  # fmt: skip
    """Settles reports and counts what comes of it. ``plants``: whether to plant an error in each of them first."""
    whole = Tally()
    in_sums = sorted({cell for one in equations for cell in one.cells})
    for values in reports:
        printed = dict(values)
        if plants:
            _plant(random, printed, in_sums)
        cells, numbers = seen_report(random, printed, quality)
        _count(whole, printed, settled(cells, numbers, equations, number_of), equations)
    return whole


def _plant(random: Random, printed: dict[str, float], in_sums: Sequence[str]) -> None:
    cell = random.choice([name for name in in_sums if name in printed])
    made = printed[cell]
    while made == printed[cell]:
        made = max(printed[cell] + random.choice([-10, -3, -2, -1, 1, 2, 3, 5, 10, 27]), 0.0)
    printed[cell] = made


def _count(whole: Tally, printed: Mapping[str, float], result: Settled, equations: Sequence[LinearEquation]) -> None:
    whole.reports += 1
    whole.cells += len(printed)
    for name, cell in result.cells.items():
        whole.statuses[cell.status] = whole.statuses.get(cell.status, 0) + 1
        if not math.isnan(cell.value) and cell.value != printed[name]:
            whole.wrong.append(f"{name} {printed[name]:g} as {cell.value:g} {cell.status.value}")
    told = {name: cell.value for name, cell in result.cells.items() if not math.isnan(cell.value)}
    failing = {one.cells for one in equations if _fails(one, printed)}
    failing_as_told = {one.cells for one in equations if _fails(one, told)}
    whole.planted += bool(failing)
    whole.found += bool(failing & failing_as_told)
    whole.accused += bool(failing_as_told - failing)


def _fails(equation: LinearEquation, values: Mapping[str, float]) -> bool:
    if any(cell not in values for cell in equation.cells):
        return False
    return abs(sum(weight * values[cell] for cell, weight in equation.terms)) > 1e-9
