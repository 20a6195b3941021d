"""How digits without separators divide into numbers, one a cell: a bounded exact search.

21710000218 for seven cells, the last of which is the sum of the others: 217 1 0 0 0 0 218
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from disclosure_checks.grammar.model.lexicon import LinearEquation

_MOST_STEPS_WITH_BLANKS = 2_000  # of the search for blank cells; a longer one leaves a row open
_MOST_STEPS = 12_000  # of the search over one row
_MOST_DIGITS = 15  # of one number; longer ones are exact in no float, and no count


@lru_cache(maxsize=256)
def may_have_blanks(cells: tuple[str, ...], printed: tuple[str, ...], own: tuple[LinearEquation, ...]) -> bool:
    """Whether digits also divide into fewer numbers than cells, the others blank, so that the equations hold."""
    if not all(text.isdecimal() for text in printed) or len(printed) > len(cells):
        return False
    if not printed:
        return True  # nothing was printed: every cell may be blank
    signs = [[dict(one.terms).get(cell, 0.0) for one in own] for cell in cells]
    earlier = [[{row[number] for row in signs[:cell]} for number in range(len(own))] for cell in range(len(cells))]
    steps = 0

    def may_close(cell: int, sums: Sequence[float]) -> bool:
        """Whether every sum is 0, or cells that are still to come, none below 0, can bring it there."""
        return all(
            not total or any(sign * total < 0 for sign in open_signs)
            for total, open_signs in zip(sums, earlier[cell], strict=True)
        )

    def fits(cell: int, run: int, end: int, sums: Sequence[float], blanks: int) -> bool:
        """Whether the digits up to a place of a run fit the cells up to one; ``sums``: of the equations behind it."""
        nonlocal steps
        steps += 1
        if steps > _MOST_STEPS_WITH_BLANKS:
            return True
        if cell < 0:
            return run < 0 and blanks > 0 and not any(sums)
        if may_close(cell, sums) and fits(cell - 1, run, end, sums, blanks + 1):
            return True
        for start in range(end - 1, -1, -1) if run >= 0 else ():
            steps += 1
            if printed[run][start] == "0" and end - start > 1:
                continue
            value = int(printed[run][start:end])
            added = [total + sign * value for total, sign in zip(sums, signs[cell], strict=True)]
            before = (run, start) if start else (run - 1, len(printed[run - 1]) if run else 0)
            if may_close(cell, added) and fits(cell - 1, *before, added, blanks):
                return True
        return False

    return fits(len(cells) - 1, len(printed) - 1, len(printed[-1]), [0.0] * len(own), 0)


def number_of_divisions(cells: int, runs: Sequence[str]) -> int:
    """In how many ways runs of digits divide into that many numbers without leading zeros."""
    if sum(map(len, runs)) > cells * _MOST_DIGITS:
        return 0
    ways = [1] + [0] * cells  # ways[n]: of the runs so far into n numbers
    for run in runs:
        ends = [ways, *([0] * (cells + 1) for _ in run)]  # ends[p][n]: of the digits up to p into n numbers
        for start in range(len(run)):
            for end in range(start + 1, (start + 1 if run[start] == "0" else len(run)) + 1):
                for count in range(cells):
                    ends[end][count + 1] += ends[start][count]
        ways = ends[-1]
    return ways[cells]


def divisions(
    cells: Sequence[str], runs: Sequence[str], equations: Sequence[LinearEquation]
) -> list[dict[str, float]] | None:
    """Every division of the runs into one number a cell that satisfies the equations; None where the search is too long.

    Cells are filled from the last to the first: totals stand behind what they sum, and bound it. Every run ends where
    a separator was printed, so no number goes from one run into the next.
    """
    found: list[dict[str, float]] = []
    values: list[int] = [0] * len(cells)
    numbers = {cell: number for number, cell in enumerate(cells)}
    terms = [[(numbers[cell], sign) for cell, sign in equation.terms] for equation in equations]
    of_cell = [[one for one in terms if any(number == cell for number, _ in one)] for cell in range(len(cells))]
    steps = 0

    def holds(cell: int) -> bool:
        """Whether the equations of a cell hold, or still can once the cells before it (none below 0) are filled."""
        for one in of_cell[cell]:
            total, open_signs = 0.0, set()
            for number, sign in one:
                if number >= cell:
                    total += sign * values[number]
                else:
                    open_signs.add(sign)
            if total and not any(sign * total < 0 for sign in open_signs):
                return False
        return True

    def before(cell: int, run: int, end: int) -> None:
        nonlocal steps
        if cell < 0 or run < 0:
            if cell < 0 and run < 0:
                found.append({name: float(value) for name, value in zip(cells, values, strict=True)})
            return
        digits = runs[run]
        if sum(map(len, runs[:run])) + end < cell + 1:
            return
        for start in range(end - 1, max(end - 1 - _MOST_DIGITS, -1), -1):
            if digits[start] == "0" and end - start > 1:
                continue
            steps += 1
            if steps > _MOST_STEPS:
                return
            values[cell] = int(digits[start:end])
            if holds(cell):
                if start:
                    before(cell - 1, run, start)
                else:
                    before(cell - 1, run - 1, len(runs[run - 1]) if run else 0)

    before(len(cells) - 1, len(runs) - 1, len(runs[-1]))
    return found if steps <= _MOST_STEPS else None
