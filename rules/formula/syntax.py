"""The formula of a rule as a typed syntax tree, every node with its place in the formula.

    text -> equation.lark -> Syntax (names as written) -> spec.compiling.formula_resolution -> formula.expression (columns to read)

``offset`` is the position in the formula's text, from 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Union

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from disclosure_checks.rules.formula.errors import (
    FormulaError,
    character_error,
    check_length,
    check_nesting,
    token_error,
)
from disclosure_checks.rules.formula.functions import OF_ONE, OF_SEVERAL

MAXIMUM_DEPTH = 60


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
    """Two numbers compared, with the tolerance of ``==`` (0 where none is given)."""

    operator: str
    left: Syntax
    right: Syntax
    tolerance: float
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
    """A function with its arguments; only ``sum``, ``min`` and ``max`` take several, wildcards and ranges."""

    function: str
    arguments: tuple[Syntax, ...]
    offset: int


Syntax = Union[Number, Name, Range, Addition, Product, Comparison, Both, Either, Negation, Conditional, Call]


@lru_cache(maxsize=4096)  # a spec and those that extend it have the same formulas
def parse_formula(text: str) -> Syntax:
    """The syntax tree of a formula. Raises FormulaError at the first place that cannot be understood."""
    check_length(text)
    check_nesting(text)
    try:
        tree: Syntax = _parser().parse(text)  # type: ignore[assignment]  # the transformer turns Lark's tree into ours
    except UnexpectedCharacters as error:
        raise character_error(text, error.pos_in_stream or 0) from error
    except UnexpectedToken as error:
        raise token_error(text, error) from error
    if _depth(tree) > MAXIMUM_DEPTH:
        raise FormulaError("formula_too_deep", 0)
    return tree


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
    elif isinstance(node, (Both, Either)):
        yield from node.operands
    elif isinstance(node, Negation):
        yield node.operand
    elif isinstance(node, Conditional):
        yield from (node.condition, node.consequence)
    elif isinstance(node, Call):
        yield from node.arguments


def _depth(tree: Syntax) -> int:
    """How many levels the tree has; counted without recursion, so that no formula can exhaust the stack."""
    level, depth = [tree], 0
    while level and depth <= MAXIMUM_DEPTH:
        level, depth = [child for node in level for child in children(node)], depth + 1
    return depth


def _offset(token: Token) -> int:
    return token.start_pos or 0


class _TreeBuilder(Transformer[Token, Syntax]):
    """Builds our nodes while Lark parses. One method a rule of the grammar."""

    def conditional(self, parts: list[Syntax]) -> Syntax:
        return Conditional(parts[0], parts[1], parts[0].offset)

    def either(self, parts: list[Syntax]) -> Syntax:
        return Either(tuple(parts), parts[0].offset)

    def both(self, parts: list[Syntax]) -> Syntax:
        return Both(tuple(parts), parts[0].offset)

    def negation(self, parts: tuple[Token, Syntax]) -> Syntax:
        return Negation(parts[1], _offset(parts[0]))

    def comparison(self, parts: list[Syntax | Token]) -> Syntax:
        left, operator, right, *tolerance = parts
        if isinstance(left, Token) or isinstance(right, Token) or not isinstance(operator, Token):
            raise TypeError("comparison: the grammar and the tree builder disagree")
        if tolerance and operator != "==":
            raise FormulaError("tolerance_needs_equality", _offset(operator), operator=str(operator))
        return Comparison(str(operator), left, right, float(str(tolerance[0])) if tolerance else 0.0, _offset(operator))

    def addition(self, parts: list[Syntax]) -> Syntax:
        terms = [(1.0, parts[0])]
        terms += [(_sign(sign), term) for sign, term in zip(parts[1::2], parts[2::2], strict=True)]
        return Addition(tuple(terms), parts[0].offset)

    def product(self, parts: list[Syntax]) -> Syntax:
        factors = [("*", parts[0])]
        factors += [(str(sign), factor) for sign, factor in zip(parts[1::2], parts[2::2], strict=True)]
        return Product(tuple(factors), parts[0].offset)

    def signed(self, parts: tuple[Token, Syntax]) -> Syntax:
        return Addition(((_sign(parts[0]), parts[1]),), _offset(parts[0]))

    def number(self, parts: list[Token]) -> Syntax:
        return Number(float(parts[0]), _offset(parts[0]))

    def name(self, parts: list[Token]) -> Syntax:
        return Name(str(parts[0]), _offset(parts[0]))

    def wildcard(self, parts: list[Token]) -> Syntax:
        if parts[0] == "/":
            raise FormulaError("unexpected_token", _offset(parts[0]), expected=("@name", "@number", "*"), found="/")
        return Name(str(parts[0]), _offset(parts[0]))

    def range(self, parts: list[Token]) -> Syntax:
        first, last = (Name(str(part), _offset(part)) for part in parts)
        return Range(first, last, first.offset)

    def aggregate(self, parts: list[Syntax]) -> Syntax:
        return _call(parts)

    def function(self, parts: list[Syntax]) -> Syntax:
        return _call(parts)


def _sign(sign: object) -> float:
    return -1.0 if sign == "-" else 1.0


def _call(parts: list[Syntax]) -> Call:
    function, *arguments = parts
    if not isinstance(function, Token):
        raise TypeError("call: the grammar and the tree builder disagree")
    return Call(str(function), tuple(arguments), _offset(function))


def _terminal(name: str, words: Sequence[str]) -> str:
    """The terminal of the names of functions; it comes before that of other names, which may begin like one."""
    return f"{name}.1: /({'|'.join(words)})\\b(?!\\.)/\n"


@cache
def _parser() -> Lark:
    grammar = files("disclosure_checks.rules.formula").joinpath("equation.lark").read_text(encoding="utf-8")
    grammar += _terminal("AGGREGATE", OF_SEVERAL) + _terminal("FUNCTION", OF_ONE)
    # the basic lexer keeps keywords keywords wherever they stand, which makes for plain error messages
    return Lark(grammar, parser="lalr", lexer="basic", transformer=_TreeBuilder())
