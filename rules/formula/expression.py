"""A formula with every name resolved: what is evaluated. Numbers and conditions are different types.

Nodes are immutable and compare by value, so that equal parts of many rules are computed once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Union


@dataclass(frozen=True)
class Constant:
    """A number of the formula itself."""

    value: float


@dataclass(frozen=True)
class Input:
    """A frame column: a cell id, a fact name, or one of these after the prefix of a function (``previous_year:``)."""

    column: str


@dataclass(frozen=True)
class FirstKnown:
    """A group that may be printed as one row: ``one_row`` where it is known, else what its rows come to."""

    one_row: Input
    written_out: Numeric


@dataclass(frozen=True)
class Sum:
    """Summands with their coefficients."""

    terms: tuple[tuple[float, Numeric], ...]


@dataclass(frozen=True)
class Multiplication:
    """The product of two numbers."""

    left: Numeric
    right: Numeric


@dataclass(frozen=True)
class Quotient:
    """Unknown where the divisor is 0."""

    dividend: Numeric
    divisor: Numeric


@dataclass(frozen=True)
class Rounded:
    """A function of one number (``functions.NUMBER_FUNCTIONS``, or ``round`` with its decimals)."""

    function: str
    operand: Numeric
    digits: int = 0


@dataclass(frozen=True)
class Extreme:
    """One of several numbers (``functions.EXTREMES``); unknown where one of them is."""

    function: str
    operands: tuple[Numeric, ...]


@dataclass(frozen=True)
class Counted:
    """How many of some conditions hold; unknown where one of them is."""

    operands: tuple[Condition, ...]


@dataclass(frozen=True)
class Compare:
    """Two numbers compared; ``tolerance`` is how far apart they may be and still count as equal.

    ``relative``: the same as a share of the right side.
    """

    operator: str
    left: Numeric
    right: Numeric
    tolerance: float = 0.0
    relative: float = 0.0


@dataclass(frozen=True)
class Known:
    """Whether a number is known; itself never unknown."""

    operand: Numeric


@dataclass(frozen=True)
class Conjunction:
    """``and``."""

    operands: tuple[Condition, ...]


@dataclass(frozen=True)
class Disjunction:
    """``or``."""

    operands: tuple[Condition, ...]


@dataclass(frozen=True)
class Negated:
    """``not``."""

    operand: Condition


@dataclass(frozen=True)
class Implication:
    """``if condition then consequence``: holds where the condition is false, unknown where the condition is."""

    condition: Condition
    consequence: Condition


Numeric = Union[Constant, Input, FirstKnown, Sum, Multiplication, Quotient, Rounded, Extreme, Counted]
Condition = Union[Compare, Known, Conjunction, Disjunction, Negated, Implication]
Expression = Union[Numeric, Condition]


def parts(node: Expression) -> tuple[Expression, ...]:
    """The nodes right below a node, in the order of the formula."""
    if isinstance(node, (Constant, Input)):
        return ()
    if isinstance(node, FirstKnown):
        return (node.one_row, node.written_out)
    if isinstance(node, Sum):
        return tuple(term for _, term in node.terms)
    if isinstance(node, (Multiplication, Compare)):
        return (node.left, node.right)
    if isinstance(node, Quotient):
        return (node.dividend, node.divisor)
    if isinstance(node, (Rounded, Known, Negated)):
        return (node.operand,)
    if isinstance(node, Implication):
        return (node.condition, node.consequence)
    return tuple(node.operands)


def inputs_of(node: Expression) -> Iterator[str]:
    """Every frame column the node reads, in the order of the formula, repeats included."""
    if isinstance(node, Input):
        yield node.column
    for part in parts(node):
        yield from inputs_of(part)


def main_comparison(node: Expression) -> Compare | None:
    """The comparison whose sides are shown: the formula itself, or what follows ``then``."""
    while isinstance(node, Implication):
        node = node.consequence
    return node if isinstance(node, Compare) else None


def _rows_of(group: FirstKnown) -> Numeric:
    return group.written_out


def linear_terms(
    node: Numeric, chosen: Callable[[FirstKnown], Numeric] = _rows_of
) -> tuple[tuple[str, float], ...] | None:
    """(column, coefficient) pairs of a sum of columns; None if not linear. ``chosen``: how a one-row group is read.

    Constants are left out: a side's value minus its terms is its constant.
    """
    if isinstance(node, Constant):
        return ()
    if isinstance(node, Input):
        return ((node.column, 1.0),)
    if isinstance(node, FirstKnown):
        return linear_terms(chosen(node), chosen)
    if isinstance(node, Sum):
        collected: list[tuple[str, float]] = []
        for coefficient, term in node.terms:
            terms = linear_terms(term, chosen)
            if terms is None:
                return None
            collected += [(column, coefficient * own) for column, own in terms]
        return tuple(collected)
    if isinstance(node, (Multiplication, Quotient)):
        return _scaled_terms(node, chosen)
    return None


def _scaled_terms(
    node: Multiplication | Quotient, chosen: Callable[[FirstKnown], Numeric]
) -> tuple[tuple[str, float], ...] | None:
    operand, factor = (node.left, node.right) if isinstance(node, Multiplication) else (node.dividend, node.divisor)
    if isinstance(node, Multiplication) and isinstance(operand, Constant):
        operand, factor = factor, operand
    terms = linear_terms(operand, chosen)
    if terms is None or not isinstance(factor, Constant) or factor.value == 0:
        return None
    scale = factor.value if isinstance(node, Multiplication) else 1 / factor.value
    return tuple((column, own * scale) for column, own in terms)
