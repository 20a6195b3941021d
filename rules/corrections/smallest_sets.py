"""The smallest sets of cells whose change makes all equations hold at once: an exact search.

Some cell of every equation that asks for something has to change. The search takes the shortest such equation, tries
its cells one after another (a cell that was tried is left out of what follows, so that no set is found twice), solves
for the cell and goes on with what that implies. The last cell of a set must be in all equations that are left.
The work is bounded by steps, not by a clock: the same report gives the same answer on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from disclosure_checks.rules.corrections.equations import SignedEquation, SolvedEquations, is_nothing, least_needed

MOST_CHANGES = 3  # more mistakes at once in equations that hang together are beyond a safe guess
MOST_STEPS = 3000  # about a fifth of a second

Changes = dict[str, float]
"""By how much each cell of a set changes."""


class SmallestSets(NamedTuple):
    """All sets of the smallest size. ``complete``: False where the search was given up; then there are none."""

    sets: tuple[Changes, ...]
    complete: bool


def smallest_sets(
    equations: Sequence[SignedEquation],
    may_change: Callable[[str], bool],
    acceptable: Callable[[list[Changes]], list[Changes]],
    sizes: Sequence[int] = range(1, MOST_CHANGES + 1),
) -> SmallestSets:
    """The sets of the first size that has any. ``acceptable`` leaves out what the cells cannot hold."""
    open_equations = [
        SignedEquation({cell: weight for cell, weight in one.weights.items() if may_change(cell)}, one.asked)
        for one in equations
    ]
    search = _Search()
    start = SolvedEquations.of(open_equations)
    for size in sizes:
        found = list(search.sets(start, size, frozenset()))
        if search.steps > MOST_STEPS:
            return SmallestSets((), complete=False)
        if accepted := acceptable(found):
            return SmallestSets(tuple(accepted), complete=True)
    return SmallestSets((), complete=True)


@dataclass
class _Search:
    steps: int = field(default=0)

    def sets(self, state: SolvedEquations, size: int, left_out: frozenset[str]) -> Iterator[Changes]:
        """Every set with ``size`` cells more than those solved for."""
        self.steps += 1
        implied = state.implied()
        if self.steps > MOST_STEPS or least_needed(implied) > size or (size > 0 and not implied):
            return
        if size == 0:
            changes = state.changes()
            if not any(map(is_nothing, changes.values())):
                yield changes
            return
        shortest = min(implied, key=lambda equation: len(equation.weights.keys() - left_out))
        tried: set[str] = set()
        for cell in shortest.weights:
            if cell in left_out:
                continue
            if size > 1 or _mends_all(cell, implied):
                yield from self.sets(state.solve_for(cell, shortest), size - 1, left_out | tried)
            tried.add(cell)


def _mends_all(cell: str, implied: Sequence[SignedEquation]) -> bool:
    """Whether one change of the cell gives all of these equations what they ask for."""
    asked: float | None = None
    for equation in implied:
        weight = equation.weights.get(cell, 0.0)
        if weight == 0:
            return False
        change = equation.asked / weight
        if asked is not None and not is_nothing(change - asked):
            return False
        asked = change
    return True
