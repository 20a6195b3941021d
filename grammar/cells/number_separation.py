"""Telling apart numbers that were printed without separators: a small exact search, never a guess.

    2 1 7 1 0 0 0 0 2 1 8  <-  21710000218, because 217 + 1 + 0 + 0 + 0 + 0 = 218 and nothing else fits

The equations are those the spec declares. A row is settled where exactly one division of its digits satisfies the
equations over its own cells; rows that several divisions fit are settled together by the equations over columns. Where
more than one solution is left, only the cells on which all of them agree are known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

from disclosure_checks.grammar.model.lexicon import LinearEquation

_MOST_STEPS = 30_000  # of the search over one row; a row that needs more is left open
_MOST_DIGITS = 15  # of a number: so many a float holds exactly
_MOST_COMBINATIONS = 20_000  # of rows settled together

Values = dict[str, int]


@dataclass
class Settled:
    """What is known: ``values`` by cell id, and the ``equations`` that were needed to know them."""

    values: Values = field(default_factory=dict)
    equations: set[LinearEquation] = field(default_factory=set)


def split_rows(
    rows: Sequence[tuple[Sequence[str], Sequence[str]]], known: Mapping[str, float], equations: Sequence[LinearEquation]
) -> Settled:
    """The values of glued rows. ``rows``: the cells of each row and its runs of digits; ``known``: cells read elsewhere.

    Every run of a row ends where a separator was printed, so no number goes from one run into the next.
    """
    settled = Settled()
    open_rows: list[list[Values]] = []
    for cells, runs in rows:
        own = [equation for equation in equations if set(equation.cells) <= set(cells)]
        only_one = _number_of_divisions(len(cells), runs) == 1
        fitting = _divisions(cells, runs, [] if only_one else own)
        if len(fitting) == 1:
            settled.values.update(fitting[0])
            settled.equations.update(() if only_one else own)
        elif fitting:
            open_rows.append(fitting)
    if open_rows:
        _settle_together(open_rows, known, equations, settled)
    return settled


def _number_of_divisions(cells: int, runs: Sequence[str]) -> int:
    """In how many ways runs of digits divide into that many numbers without leading zeros."""
    ways = [1] + [0] * cells  # ways[n]: of the runs so far into n numbers
    for run in runs:
        ends = [ways, *([0] * (cells + 1) for _ in run)]  # ends[p][n]: of the digits up to p into n numbers
        for start in range(len(run)):
            for end in range(start + 1, (start + 1 if run[start] == "0" else len(run)) + 1):
                for count in range(cells):
                    ends[end][count + 1] += ends[start][count]
        ways = ends[-1]
    return ways[cells]


def _divisions(cells: Sequence[str], runs: Sequence[str], equations: Sequence[LinearEquation]) -> list[Values]:
    """Every division of the runs into one number a cell that satisfies the equations; [] where the search is too long.

    Cells are filled from the last to the first: totals stand behind what they sum, and bound it.
    """
    of_cell = {cell: [equation for equation in equations if cell in equation.cells] for cell in cells}
    found: list[Values] = []
    values: Values = {}
    steps = 0

    def before(cell: int, run: int, end: int) -> None:
        nonlocal steps
        if cell < 0 or run < 0:
            if cell < 0 and run < 0:
                found.append(dict(values))
            return
        digits, name = runs[run], cells[cell]
        for start in range(end - 1, -1, -1):
            if end - start > _MOST_DIGITS:
                break
            if digits[start] == "0" and end - start > 1:
                continue
            steps += 1
            if steps > _MOST_STEPS:
                return
            values[name] = int(digits[start:end])
            if all(_can_hold(equation, values) for equation in of_cell[name]):
                if start:
                    before(cell - 1, run, start)
                else:
                    before(cell - 1, run - 1, len(runs[run - 1]) if run else 0)
        values.pop(name, None)

    before(len(cells) - 1, len(runs) - 1, len(runs[-1]))
    return found if steps <= _MOST_STEPS else []


def _can_hold(equation: LinearEquation, values: Mapping[str, float]) -> bool:
    """Whether an equation holds, or still can once its other cells (none below 0) are filled."""
    total, open_signs = 0.0, set()
    for cell, sign in equation.terms:
        if cell in values:
            total += sign * values[cell]
        else:
            open_signs.add(sign)
    if total == 0 or not open_signs:
        return total == 0
    return any(sign * total < 0 for sign in open_signs)


def _holds(equation: LinearEquation, values: Mapping[str, float]) -> bool:
    return sum(sign * values[cell] for cell, sign in equation.terms) == 0


def _settle_together(
    rows: Sequence[list[Values]], known: Mapping[str, float], equations: Sequence[LinearEquation], settled: Settled
) -> None:
    """Rows that several divisions fit: kept are the combinations that satisfy every equation whose cells are known."""
    if prod(len(row) for row in rows) > _MOST_COMBINATIONS:
        return
    base = {**known, **settled.values}
    open_cells = {cell for row in rows for cell in row[0]}
    usable = [
        equation
        for equation in equations
        if open_cells & set(equation.cells) and all(cell in base or cell in open_cells for cell in equation.cells)
    ]
    solutions: list[Values] = []
    for combination in product(*rows):
        together = {cell: value for row in combination for cell, value in row.items()}
        if all(_holds(equation, {**base, **together}) for equation in usable):
            solutions.append(together)
    if not solutions:
        return
    agreed = {
        cell: value for cell, value in solutions[0].items() if all(other[cell] == value for other in solutions[1:])
    }
    settled.values.update(agreed)
    settled.equations.update(equation for equation in usable if set(equation.cells) & set(agreed))
