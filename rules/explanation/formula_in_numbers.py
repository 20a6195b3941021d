"""A formula with the numbers of one report in the place of its names: ``18 + 0 == 16 + 1``."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from disclosure_checks.rules.findings.terms import ValueOf
from disclosure_checks.rules.formula.expression import (
    Compare,
    Condition,
    Conjunction,
    Constant,
    Disjunction,
    Expression,
    Extreme,
    FirstKnown,
    Implication,
    Input,
    Known,
    Multiplication,
    Negated,
    Numeric,
    Quotient,
    Rounded,
    Sum,
)
from disclosure_checks.rules.formula.functions import COUNT
from disclosure_checks.rules.texts.number_words import number_words

Verdict = Callable[[Condition], str]
"""What a condition comes to, in a word."""

_UNKNOWN = "?"


def formula_in_numbers(formula: Condition, value_of: ValueOf, verdict: Verdict) -> str:
    """The formula with its numbers; each part of a longer condition is followed by what it comes to."""
    return _Writing(value_of, verdict).condition(formula)


class _Writing:
    def __init__(self, value_of: ValueOf, verdict: Verdict) -> None:
        self._value_of = value_of
        self._verdict = verdict

    def condition(self, node: Condition) -> str:
        if isinstance(node, Compare):
            return self._comparison(node)
        if isinstance(node, Known):
            return f"known({self.number(node.operand)})"
        if isinstance(node, Negated):
            return f"not ({self.condition(node.operand)})"
        if isinstance(node, Implication):
            return f"if {self._judged(node.condition)} then {self._judged(node.consequence)}"
        word = " and " if isinstance(node, Conjunction) else " or "
        return word.join(self._operand(operand) for operand in node.operands)

    def _operand(self, node: Condition) -> str:
        judged = self._judged(node)
        return f"({judged})" if isinstance(node, (Conjunction, Disjunction, Implication)) else judged

    def _judged(self, node: Condition) -> str:
        return f"{self.condition(node)} {self._verdict(node)}"

    def _comparison(self, node: Compare) -> str:
        sides = f"{self.number(node.left)} {node.operator} {self.number(node.right)}"
        if node.relative:
            return f"{sides} tolerance {number_words(node.relative * 100)}%"
        return f"{sides} tolerance {number_words(node.tolerance)}" if node.tolerance else sides

    def number(self, node: Numeric) -> str:
        if isinstance(node, Constant):
            return _written(node.value)
        if isinstance(node, Input):
            return _written(self._value_of(node.column))
        if isinstance(node, FirstKnown):
            return self._first_known(node)
        if isinstance(node, Sum):
            return self._sum(node)
        if isinstance(node, Multiplication):
            return f"{self._factor(node.left)} * {self._factor(node.right)}"
        if isinstance(node, Quotient):
            return f"{self._factor(node.dividend)} / {self._factor(node.divisor)}"
        if isinstance(node, Rounded):
            digits = f", {node.digits}" if node.digits else ""
            return f"{node.function}({self.number(node.operand)}{digits})"
        if isinstance(node, Extreme):
            return _call(node.function, (self.number(operand) for operand in node.operands))
        return _call(COUNT, (self._counted(operand) for operand in node.operands))

    def _counted(self, node: Condition) -> str:
        return self.number(node.operand) if isinstance(node, Known) else self._operand(node)

    def _first_known(self, node: FirstKnown) -> str:
        one_row = self._value_of(node.one_row.column)
        return f"({self.number(node.written_out)})" if math.isnan(one_row) else _written(one_row)

    def _sum(self, node: Sum) -> str:
        written = ""
        for coefficient, term in node.terms:
            factor = "" if abs(coefficient) == 1 else f"{number_words(abs(coefficient))} * "
            sign = "-" if coefficient < 0 else "+" if written else ""
            own = self.number(term) if isinstance(term, (Constant, Input, FirstKnown)) else self._factor(term)
            written += f" {sign} {factor}{own}" if written else f"{sign}{factor}{own}"
        return written or "0"

    def _factor(self, node: Expression) -> str:
        """A number as it stands beside another sign."""
        if isinstance(node, (Sum, Multiplication, Quotient)):
            return f"({self.number(node)})"
        return self.number(node)  # type: ignore[arg-type]  # conditions stand in no sum


def _written(value: float) -> str:
    if math.isnan(value):
        return _UNKNOWN
    return number_words(value) if value >= 0 else f"({number_words(value)})"


def _call(function: str, operands: Iterable[str]) -> str:
    return f"{function}({', '.join(operands)})"
