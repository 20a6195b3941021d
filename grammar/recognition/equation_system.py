"""Equations over cells with numbers: what each comes to, and which of them a cell stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from disclosure_checks.grammar.model.lexicon import LinearEquation

EXACT = 1e-9


class EquationSystem:
    """The equations all of whose cells have a number. ``values``: these numbers."""

    def __init__(self, equations: Sequence[LinearEquation], values: Mapping[str, float]) -> None:
        self.values = values
        self.weights = [dict(one.terms) for one in equations if all(cell in values for cell in one.cells)]
        self.equations_of: dict[str, list[int]] = defaultdict(list)
        for number, weights in enumerate(self.weights):
            for cell in weights:
                self.equations_of[cell].append(number)
        self._residuals = [sum(weight * values[cell] for cell, weight in weights.items()) for weights in self.weights]

    def residual(self, number: int, changes: Mapping[str, float]) -> float:
        """What an equation comes to, with some of its cells changed; 0 where it holds."""
        weights = self.weights[number]
        rest = self._residuals[number] + sum(
            weights[cell] * (value - self.values[cell]) for cell, value in changes.items() if cell in weights
        )
        return 0.0 if abs(rest) < EXACT else rest

    def failing(self, changes: Mapping[str, float] | None = None) -> list[int]:
        """The equations that do not hold."""
        return [number for number in range(len(self.weights)) if self.residual(number, changes or {})]
