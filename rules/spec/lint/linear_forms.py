"""Comparisons in one form: a weighted sum of unknowns, and the range in which a comparison wants it.

``a == b + 1``, ``b + 1 == a`` and ``2 * a - 2 * b == 2`` are one form with one range. What is no sum of unknowns, such
as ``min(a, b)``, is an unknown of its own.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from disclosure_checks.rules.formula.expression import Compare, Constant, Multiplication, Numeric, Quotient, Sum

_DECIMALS = 9

Form = tuple[tuple[str, float], ...]
"""Unknowns with their weights, the first weight being 1; nothing where only numbers are compared."""


class Range(NamedTuple):
    """Numbers from ``low`` to ``high``; ``closed``: whether an end belongs to it."""

    low: float = -math.inf
    high: float = math.inf
    low_closed: bool = False
    high_closed: bool = False

    @property
    def is_empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and not (self.low_closed and self.high_closed))

    def common(self, other: Range) -> Range:
        """The numbers of both ranges."""
        low, low_open = max((self.low, not self.low_closed), (other.low, not other.low_closed))
        high, high_closed = min((self.high, self.high_closed), (other.high, other.high_closed))
        return Range(low, high, not low_open, high_closed)

    def covers_all_with(self, other: Range) -> bool:
        """Whether every number is in one of the two."""
        first, second = sorted((self, other), key=lambda one: one.low)
        reaches = first.high > second.low or (first.high == second.low and (first.high_closed or second.low_closed))
        return math.isinf(first.low) and reaches and math.isinf(max(first.high, second.high))


class Wanted(NamedTuple):
    """What a comparison wants of a form."""

    form: Form
    range: Range


def wanted_by(comparison: Compare) -> Wanted | None:
    """The form of a comparison with its range; None for ``!=``, which wants no one range."""
    weights, constant = _difference(comparison)
    if comparison.operator == "!=" or comparison.relative or (comparison.tolerance and comparison.operator != "=="):
        return None
    if not weights:
        return Wanted((), Range(0, 0, True, True) if _holds(constant, comparison) else Range(0, 0))
    names = sorted(weights)
    scale = weights[names[0]]
    form = tuple((name, round(weights[name] / scale, _DECIMALS)) for name in names)
    limit, slack = round(-constant / scale, _DECIMALS), abs(comparison.tolerance / scale)
    operator = comparison.operator if scale > 0 else _MIRRORED[comparison.operator]
    return Wanted(form, _RANGES[operator](limit, slack))


def compares_numbers_alone(comparison: Compare) -> bool | None:
    """Whether a comparison in which every unknown cancels out holds; None where some are left."""
    weights, constant = _difference(comparison)
    if weights or (comparison.relative and constant):
        return None
    return _holds(constant, comparison)


def is_zero(node: Numeric) -> bool:
    """Whether a number is 0 whatever the report holds."""
    weights, constant = _weighed(node)
    return not weights and constant == 0


_Weights = dict[str, float]

_MIRRORED = {"==": "==", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_RANGES: dict[str, Callable[[float, float], Range]] = {
    "==": lambda limit, slack: Range(limit - slack, limit + slack, True, True),
    "<": lambda limit, _: Range(high=limit),
    "<=": lambda limit, _: Range(high=limit, high_closed=True),
    ">": lambda limit, _: Range(low=limit),
    ">=": lambda limit, _: Range(low=limit, low_closed=True),
}


def _holds(difference: float, comparison: Compare) -> bool:
    slack = comparison.tolerance
    return {
        "==": abs(difference) <= slack,
        "!=": abs(difference) > slack,
        "<": difference < -slack,
        "<=": difference <= slack,
        ">": difference > slack,
        ">=": difference >= -slack,
    }[comparison.operator]


def _difference(comparison: Compare) -> tuple[_Weights, float]:
    """Left minus right."""
    return _weighed(Sum(((1.0, comparison.left), (-1.0, comparison.right))))


def _weighed(node: Numeric) -> tuple[_Weights, float]:
    """The unknowns of a number with their weights, those that cancel out left out, and its constant."""
    if isinstance(node, Constant):
        return {}, node.value
    if isinstance(node, Sum):
        return _added(node)
    scaled = _factor(node)
    if scaled is None:
        return {repr(node): 1.0}, 0.0
    of, factor = scaled
    weights, constant = _weighed(of)
    return {name: weight * factor for name, weight in weights.items()} if factor else {}, constant * factor


def _added(node: Sum) -> tuple[_Weights, float]:
    weights: _Weights = {}
    constant = 0.0
    for coefficient, term in node.terms:
        own, number = _weighed(term)
        constant += coefficient * number
        for name, weight in own.items():
            weights[name] = weights.get(name, 0.0) + coefficient * weight
    return {name: weight for name, weight in weights.items() if abs(weight) > 10**-_DECIMALS}, constant


def _factor(node: Numeric) -> tuple[Numeric, float] | None:
    """A product with a number, or a quotient by one, as what is multiplied and by what."""
    if isinstance(node, Multiplication):
        for factor, of in ((node.left, node.right), (node.right, node.left)):
            if isinstance(factor, Constant):
                return of, factor.value
    if isinstance(node, Quotient) and isinstance(node.divisor, Constant) and node.divisor.value:
        return node.dividend, 1 / node.divisor.value
    return None
