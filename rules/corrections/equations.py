"""Sums as plain data: what an equation asks of the changes of its cells, and what solving for some cells leaves of it.

    weights . changes = asked        (0 where the sum holds already)

Solving an equation for a cell puts the solution into all others. What then still asks for something without any of
the cells solved for is an *implied* equation: every correction that changes those cells must change one more of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Weights = Mapping[str, float]

_NOISE = 1e-7  # of sums of decimals; counts are exact


@dataclass(frozen=True)
class SignedEquation:
    """``weights``: how often each cell counts. ``asked``: by how much the weighted sum has to change."""

    weights: Weights
    asked: float


def is_nothing(number: float) -> bool:
    """Whether a number is nothing but the noise of decimals."""
    return abs(number) <= _NOISE


@dataclass(frozen=True)
class SolvedEquations:
    """Equations solved for some cells. ``solved``: for each such cell the position of the equation that gives it."""

    equations: tuple[SignedEquation, ...]
    solved: Mapping[str, int]

    @classmethod
    def of(cls, equations: Iterable[SignedEquation]) -> SolvedEquations:
        return cls(tuple(equations), {})

    def implied(self) -> tuple[SignedEquation, ...]:
        """What still asks for a change, none of the cells solved for being in it."""
        used = set(self.solved.values())
        return tuple(
            equation
            for position, equation in enumerate(self.equations)
            if not is_nothing(equation.asked) and position not in used
        )

    def solve_for(self, cell: str, wanted: SignedEquation) -> SolvedEquations:
        """With ``wanted``, one of the implied equations, solved for a cell of it."""
        position = next(number for number, equation in enumerate(self.equations) if equation is wanted)
        factor = wanted.weights[cell]
        scaled = SignedEquation(
            {name: weight / factor for name, weight in wanted.weights.items()}, wanted.asked / factor
        )
        replaced = tuple(
            scaled if number == position else _without(cell, equation, scaled)
            for number, equation in enumerate(self.equations)
        )
        return SolvedEquations(replaced, {**self.solved, cell: position})

    def changes(self) -> dict[str, float]:
        """By how much each cell solved for changes, no other cell changing."""
        return {cell: self.equations[position].asked for cell, position in self.solved.items()}


def _without(cell: str, equation: SignedEquation, solution: SignedEquation) -> SignedEquation:
    times = equation.weights.get(cell, 0.0)
    if times == 0:
        return equation
    weights = dict(equation.weights)
    for name, weight in solution.weights.items():
        left = weights.get(name, 0.0) - times * weight
        if is_nothing(left):
            weights.pop(name, None)
        else:
            weights[name] = left
    weights.pop(cell, None)
    return SignedEquation(weights, equation.asked - times * solution.asked)


def least_needed(implied: Sequence[SignedEquation]) -> int:
    """At least how many cells must change: equations without a cell in common need one each."""
    taken: set[str] = set()
    count = 0
    for equation in sorted(implied, key=lambda one: len(one.weights)):
        if taken.isdisjoint(equation.weights):
            taken.update(equation.weights)
            count += 1
    return count
