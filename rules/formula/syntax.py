"""The formula of a rule as a typed syntax tree, every node with its place in the formula.

    text -> equation.lark -> Syntax (names as written) -> spec.compiling.formula_resolution -> formula.expression (columns to read)

``offset`` is the position in the formula's text, from 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Union


@dataclass(frozen=True)
class Number:
    """A number as written."""

    value: float
    offset: int


@dataclass(frozen=True)
class Name:
    """A name as written: ``new_received``, ``requests.new_received.total``, or with ``*`` as a wildcard."""

    text: str
    offset: int


@dataclass(frozen=True)
class Range:
    """``first .. last``: everything between two rows or columns, both included, in statutory order."""

    first: Name
    last: Name
    offset: int


@dataclass(frozen=True)
class Addition:
    """Summands, each with its sign (+1.0 or -1.0)."""

    terms: tuple[tuple[float, Syntax], ...]
    offset: int


@dataclass(frozen=True)
class Product:
    """Factors, each with its operator: ``*`` or ``/`` (the first is always ``*``)."""

    factors: tuple[tuple[str, Syntax], ...]
    offset: int


@dataclass(frozen=True)
class Comparison:
    """Two numbers compared, with the tolerance of ``==`` (0 where none is given).

    ``relative``: the tolerance as a share of the right side.
    """

    operator: str
    left: Syntax
    right: Syntax
    tolerance: float
    offset: int
    relative: float = 0.0


@dataclass(frozen=True)
class Each:
    """Each of several numbers compared with one: an argument of ``count``."""

    operator: str
    several: Syntax
    right: Syntax
    offset: int


@dataclass(frozen=True)
class Both:
    """``and`` over two or more truths."""

    operands: tuple[Syntax, ...]
    offset: int


@dataclass(frozen=True)
class Either:
    """``or`` over two or more truths."""

    operands: tuple[Syntax, ...]
    offset: int


@dataclass(frozen=True)
class Negation:
    """``not`` before a truth."""

    operand: Syntax
    offset: int


@dataclass(frozen=True)
class Conditional:
    """``if condition then consequence``."""

    condition: Syntax
    consequence: Syntax
    offset: int


@dataclass(frozen=True)
class Call:
    """A function with its arguments; only ``sum``, ``min``, ``max`` and ``count`` take several, wildcards and ranges.

    ``number``: the decimals of ``round``, the years of ``years_ago``.
    """

    function: str
    arguments: tuple[Syntax, ...]
    offset: int
    number: int = 0


Syntax = Union[Number, Name, Range, Addition, Product, Comparison, Each, Both, Either, Negation, Conditional, Call]


def children(node: Syntax) -> Iterator[Syntax]:
    """The parts of a node, in the order of the formula."""
    if isinstance(node, Range):
        yield from (node.first, node.last)
    elif isinstance(node, Addition):
        yield from (term for _, term in node.terms)
    elif isinstance(node, Product):
        yield from (factor for _, factor in node.factors)
    elif isinstance(node, Comparison):
        yield from (node.left, node.right)
    elif isinstance(node, Each):
        yield from (node.several, node.right)
    elif isinstance(node, (Both, Either)):
        yield from node.operands
    elif isinstance(node, Negation):
        yield node.operand
    elif isinstance(node, Conditional):
        yield from (node.condition, node.consequence)
    elif isinstance(node, Call):
        yield from node.arguments
