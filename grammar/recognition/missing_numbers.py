"""Cells with ink that could not be read, where two sums leave them exactly one number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from disclosure_checks.grammar.model.lexicon import LinearEquation

_FEWEST_SUMS = 2  # the sum of a row and that of a column: a single one proves nothing


def missing_numbers(
    missing: frozenset[str], values: Mapping[str, float], equations: Sequence[LinearEquation]
) -> dict[str, float]:
    """What cells must hold: every equation that lacks nothing else gives the same count, and these are at least two.

    A nought is never told like this: what could not be made out may as well be a stroke that stands for no number.
    """
    found: dict[str, float] = {}
    while True:
        known = {**values, **found}
        asked: dict[str, set[float]] = {}
        sums: dict[str, int] = {}
        for equation in equations:
            lacking = [cell for cell in equation.cells if cell not in known]
            if len(lacking) == 1 and lacking[0] in missing:
                weight = dict(equation.terms)[lacking[0]]
                rest = sum(sign * known[cell] for cell, sign in equation.terms if cell in known)
                asked.setdefault(lacking[0], set()).add(-rest / weight + 0.0)
                sums[lacking[0]] = sums.get(lacking[0], 0) + 1
        settled = {
            cell: next(iter(numbers))
            for cell, numbers in asked.items()
            if len(numbers) == 1 and sums[cell] >= _FEWEST_SUMS and _is_count(next(iter(numbers)))
        }
        if not settled:
            return found
        found |= settled


def _is_count(value: float) -> bool:
    return value > 0 and value == int(value)
