"""Several wrong numbers in a consistent report, by how they stand to each other.

PLANTED[kind](cells, random) -> the changed cells with their wrong numbers; empty where the report has no place for it
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from random import Random

from tests.generation.equations import applicant_columns
from tests.generation.sheets import Value
from tests.generation.table_format import tables

Wrong = dict[str, Value]
WrongCells = Callable[[Mapping[str, Value], Random], Wrong]

TOTAL = "total"


def columns() -> list[str]:
    """The columns of table 3, the total last."""
    return [*applicant_columns(), TOTAL]


def rows() -> list[str]:
    """The rows of table 3."""
    return [row.id for row in tables()["requests"].rows]


def mistyped(value: Value, random: Random) -> int:
    """Another number that is not below 0: a slip of the hand, or simply another one."""
    number = int(value)
    digits = str(number)
    place = random.randrange(len(digits))
    kinds = [
        number + random.randint(1, 9),
        max(number - random.randint(1, 9), 0),
        int(digits[:place] + digits[place] + digits[place:]),
        int(digits[:place] + str(random.randint(0, 9)) + digits[place + 1 :]),
        int(digits[:place] + digits[place + 1 :] or "0"),
        int(digits[:place] + digits[place : place + 2][::-1] + digits[place + 2 :]),
        number * 10,
    ]
    return random.choice([kind for kind in kinds if kind != number])


def _wrong(cells: Mapping[str, Value], chosen: Sequence[str], random: Random) -> Wrong:
    return {cell: mistyped(cells[cell], random) for cell in chosen}


def _cell(row: str, column: str) -> str:
    return f"requests.{row}.{column}"


def one(cells: Mapping[str, Value], random: Random) -> Wrong:
    return _wrong(cells, [_cell(random.choice(rows()), random.choice(columns()))], random)


def _unrelated(count: int, cells: Mapping[str, Value], random: Random) -> Wrong:
    chosen = zip(random.sample(rows(), count), random.sample(columns(), count), strict=True)
    return _wrong(cells, [_cell(row, column) for row, column in chosen], random)


def two_unrelated(cells: Mapping[str, Value], random: Random) -> Wrong:
    return _unrelated(2, cells, random)


def three_unrelated(cells: Mapping[str, Value], random: Random) -> Wrong:
    return _unrelated(3, cells, random)


def two_in_a_row(cells: Mapping[str, Value], random: Random) -> Wrong:
    row = random.choice(rows())
    return _wrong(cells, [_cell(row, column) for column in random.sample(columns()[:-1], 2)], random)


def two_in_a_column(cells: Mapping[str, Value], random: Random) -> Wrong:
    column = random.choice(columns())
    return _wrong(cells, [_cell(row, column) for row in random.sample(rows(), 2)], random)


def three_in_a_row(cells: Mapping[str, Value], random: Random) -> Wrong:
    row = random.choice(rows())
    return _wrong(cells, [_cell(row, column) for column in random.sample(columns()[:-1], 3)], random)


def three_in_a_column(cells: Mapping[str, Value], random: Random) -> Wrong:
    column = random.choice(columns())
    return _wrong(cells, [_cell(row, column) for row in random.sample(rows(), 3)], random)


def _swapped(cells: Mapping[str, Value], pairs: Sequence[tuple[str, str]], random: Random) -> Wrong:
    unequal = [pair for pair in pairs if cells[pair[0]] != cells[pair[1]]]
    if not unequal:
        return {}
    first, second = random.choice(unequal)
    return {first: cells[second], second: cells[first]}


def swapped_in_a_row(cells: Mapping[str, Value], random: Random) -> Wrong:
    pairs = [(_cell(row, one), _cell(row, other)) for row in rows() for one, other in pairwise(columns()[:-1])]
    return _swapped(cells, pairs, random)


def swapped_in_a_column(cells: Mapping[str, Value], random: Random) -> Wrong:
    beside = [pair for pair in pairwise(rows()) if "results_total" not in pair]
    return _swapped(cells, [(_cell(one, c), _cell(other, c)) for c in columns() for one, other in beside], random)


def _booked_beside(cells: Mapping[str, Value], pairs: Sequence[tuple[str, str]], random: Random) -> Wrong:
    """A part of a number booked in the cell beside it, the rest where it belongs."""
    filled = [(one, other) for pair in pairs for one, other in (pair, pair[::-1]) if cells[one] > 0]
    if not filled:
        return {}
    one, other = random.choice(filled)
    moved = random.randint(1, int(cells[one]))
    return {one: cells[one] - moved, other: cells[other] + moved}


def booked_in_the_next_column(cells: Mapping[str, Value], random: Random) -> Wrong:
    pairs = [(_cell(row, one), _cell(row, other)) for row in rows() for one, other in pairwise(columns()[:-1])]
    return _booked_beside(cells, pairs, random)


def booked_in_the_next_row(cells: Mapping[str, Value], random: Random) -> Wrong:
    beside = [pair for pair in pairwise(rows()) if "results_total" not in pair]
    return _booked_beside(cells, [(_cell(one, c), _cell(other, c)) for c in columns() for one, other in beside], random)


def total_and_part(cells: Mapping[str, Value], random: Random) -> Wrong:
    row, column = random.choice(rows()), random.choice(columns()[:-1])
    part, total = _cell(row, column), _cell(row, TOTAL)
    wrong = mistyped(cells[part], random)
    return {part: wrong, total: cells[total] + wrong - cells[part]}


def six_unrelated(cells: Mapping[str, Value], random: Random) -> Wrong:
    return _unrelated(6, cells, random)


def five_in_two_rows(cells: Mapping[str, Value], random: Random) -> Wrong:
    pair = random.sample(rows(), 2)
    return _wrong(cells, random.sample([_cell(row, column) for row in pair for column in columns()], 5), random)


def five_in_a_column(cells: Mapping[str, Value], random: Random) -> Wrong:
    column = random.choice(columns())
    return {_cell(row, column): cells[_cell(row, column)] + 1 for row in random.sample(rows(), 5)}


def of_a_lone_equation(cells: Mapping[str, Value], random: Random) -> Wrong:
    return _wrong(cells, [random.choice([cell for cell in cells if cell.startswith("review.")])], random)


PLANTED: dict[str, WrongCells] = {
    planter.__name__: planter
    for planter in (
        one, two_unrelated, three_unrelated, two_in_a_row, two_in_a_column, three_in_a_row, three_in_a_column,
        swapped_in_a_row, swapped_in_a_column, booked_in_the_next_column, booked_in_the_next_row, total_and_part, of_a_lone_equation,
        six_unrelated, five_in_two_rows, five_in_a_column,
    )
}  # fmt: skip
