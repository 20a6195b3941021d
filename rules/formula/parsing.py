"""From the text of a formula to its syntax tree, by the grammar in ``equation.lark``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from disclosure_checks.rules.formula.errors import (
    FormulaError,
    character_error,
    check_length,
    check_nesting,
    token_error,
)
from disclosure_checks.rules.formula.functions import (
    ALSO_NAMES,
    MOST_DIGITS,
    MOST_YEARS_AGO,
    OF_ONE,
    OF_SEVERAL,
    ROUND,
    YEARS_AGO,
)
from disclosure_checks.rules.formula.syntax import (
    Addition,
    Both,
    Call,
    Comparison,
    Conditional,
    Each,
    Either,
    Name,
    Negation,
    Number,
    Product,
    Range,
    Syntax,
    children,
)

MAXIMUM_DEPTH = 60


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
        allowed = float(str(tolerance[0])) if tolerance else 0.0
        relative = len(tolerance) > 1
        return Comparison(
            str(operator),
            left,
            right,
            0.0 if relative else allowed,
            _offset(operator),
            allowed / 100 if relative else 0.0,
        )

    def each(self, parts: tuple[Syntax, Token, Syntax]) -> Syntax:
        several, operator, right = parts
        return Each(str(operator), several, right, several.offset)

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

    def rounding(self, parts: list[Syntax | Token]) -> Syntax:
        function, *argument = parts
        digits = argument.pop() if len(argument) > 1 else None
        number = 0 if digits is None else _whole(digits, 0, MOST_DIGITS, "round_needs_decimals")
        return replace(_call([function, *argument]), number=number)

    def years_ago(self, parts: list[Syntax | Token]) -> Syntax:
        function, years, argument = parts
        number = _whole(years, 1, MOST_YEARS_AGO, "years_ago_needs_years")
        return replace(_call([function, argument]), number=number)


def _sign(sign: object) -> float:
    return -1.0 if sign == "-" else 1.0


def _whole(written: Syntax | Token, least: int, most: int, code: str) -> int:
    """A whole number as written. Raises FormulaError, with this code, for any other."""
    if not isinstance(written, Token):
        raise TypeError("call: the grammar and the tree builder disagree")
    if not written.isdecimal() or not least <= int(written) <= most:
        raise FormulaError(code, _offset(written), found=str(written), least=str(least), most=str(most))
    return int(written)


def _call(parts: Sequence[Syntax | Token]) -> Call:
    function, *arguments = parts
    if not isinstance(function, Token):
        raise TypeError("call: the grammar and the tree builder disagree")
    return Call(str(function), tuple(one for one in arguments if not isinstance(one, Token)), _offset(function))


def _terminal(name: str, words: Sequence[str]) -> str:
    """The terminal of the names of functions; it comes before that of other names, which may begin like one."""
    patterns = (rf"{word}(?=\s*\()" if word in ALSO_NAMES else rf"{word}\b(?!\.)" for word in words)
    return f"{name}.1: /{'|'.join(patterns)}/\n"


@cache
def _parser() -> Lark:
    grammar = files("disclosure_checks.rules.formula").joinpath("equation.lark").read_text(encoding="utf-8")
    grammar += _terminal("AGGREGATE", OF_SEVERAL) + _terminal("FUNCTION", OF_ONE)
    grammar += _terminal("ROUND", [ROUND]) + _terminal("YEARS_AGO", [YEARS_AGO])
    # the basic lexer keeps keywords keywords wherever they stand, which makes for plain error messages
    return Lark(grammar, parser="lalr", lexer="basic", transformer=_TreeBuilder())
