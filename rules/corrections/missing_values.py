"""Cells without a number that the sums around them fix.

A sum that lacks one cell says what it must hold. Values found so are put into the other sums; what counts is a value
that every sum it stands in agrees with, at least two of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from disclosure_checks.rules.corrections.equations import SignedEquation, is_nothing

_SUMS_THAT_AGREE = 2


def missing_values(
    equations: Sequence[SignedEquation], missing: Iterable[str], possible: Callable[[str, float], bool]
) -> dict[str, float]:
    """The cells that at least two sums fix. ``asked`` of an equation: what its missing cells have to come to."""
    wanted = frozenset(missing)
    open_equations = [one for one in equations if not wanted.isdisjoint(one.weights)]
    found = _filled(open_equations, wanted)
    kept = dict(found)
    for cell, value in found.items():
        sums = [
            one for one in open_equations if cell in one.weights and wanted.intersection(one.weights) <= found.keys()
        ]
        agreeing = [one for one in sums if is_nothing(one.asked - _total(one.weights, wanted, found))]
        if not possible(cell, value) or len(agreeing) < len(sums) or len(sums) < _SUMS_THAT_AGREE:
            del kept[cell]
    return kept


def _filled(equations: Sequence[SignedEquation], wanted: frozenset[str]) -> dict[str, float]:
    """What the cells must hold by the sums that lack one of them, and then by those that lack one more."""
    found: dict[str, float] = {}
    progress = True
    while progress:
        progress = False
        for equation in equations:
            unknown = wanted.intersection(equation.weights) - found.keys()
            if len(unknown) == 1:
                [cell] = unknown
                rest = equation.asked - _total(equation.weights, wanted, found)
                found[cell] = round(rest / equation.weights[cell], 9)
                progress = True
    return found


def _total(weights: Mapping[str, float], wanted: frozenset[str], found: Mapping[str, float]) -> float:
    return sum(weight * found[cell] for cell, weight in weights.items() if cell in wanted and cell in found)
