"""From the syntax of a formula to an expression over frame columns, for one item of a loop.

Numbers and conditions are told apart here: ``if``, ``and``, ``or`` and ``not`` take conditions, all else numbers.
All mistakes of a formula are collected, none stops the others from being found.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from rules.expression import (
    Compare,
    Condition,
    Conjunction,
    Constant,
    Disjunction,
    Extreme,
    Implication,
    Known,
    Multiplication,
    Negated,
    Numeric,
    Quotient,
    Rounded,
    Sum,
)
from rules.formula import (
    Addition,
    Both,
    Call,
    Comparison,
    Conditional,
    Either,
    Name,
    Negation,
    Number,
    Product,
    Range,
    Syntax,
)
from rules.formula_errors import FormulaError
from rules.name_resolution import PREVIOUS_YEAR, NameResolver

_UNRESOLVED = Constant(math.nan)  # stands in for a part that is wrong, so that the rest is still looked at


@dataclass
class FormulaResolver:
    """Resolves one formula in one item of a loop; what is wrong is collected in ``errors``."""

    names: NameResolver
    errors: list[FormulaError] = field(default_factory=list)

    def condition(self, node: Syntax) -> Condition:
        """The node as something that holds or not."""
        if isinstance(node, Conditional):
            return Implication(self.condition(node.condition), self.condition(node.consequence))
        if isinstance(node, Both):
            return Conjunction(tuple(self.condition(operand) for operand in node.operands))
        if isinstance(node, Either):
            return Disjunction(tuple(self.condition(operand) for operand in node.operands))
        if isinstance(node, Negation):
            return Negated(self.condition(node.operand))
        if isinstance(node, Comparison):
            return Compare(node.operator, self.number(node.left), self.number(node.right), node.tolerance)
        if isinstance(node, Call) and node.function == "known":
            return Known(self.number(node.arguments[0]))
        self.number(node)
        self.errors.append(FormulaError("number_where_condition", node.offset, expected=("@comparison",)))
        return Known(_UNRESOLVED)

    def number(self, node: Syntax) -> Numeric:
        """The node as a number."""
        if isinstance(node, Number):
            return Constant(node.value)
        if isinstance(node, Name):
            return _total(self._values(node))
        if isinstance(node, Addition):
            return Sum(tuple((sign, self.number(term)) for sign, term in node.terms))
        if isinstance(node, Product):
            return self._product(node)
        if isinstance(node, Call) and node.function != "known":
            return self._call(node)
        self.condition(node)
        self.errors.append(FormulaError("condition_where_number", node.offset))
        return _UNRESOLVED

    def _product(self, node: Product) -> Numeric:
        (_, first), *rest = node.factors
        result = self.number(first)
        for operator, factor in rest:
            operand = self.number(factor)
            result = Multiplication(result, operand) if operator == "*" else Quotient(result, operand)
        return result

    def _call(self, node: Call) -> Numeric:
        if node.function == "previous_year":
            return self._previous_year(node)
        if node.function in ("abs", "floor"):
            return Rounded(node.function, self.number(node.arguments[0]))
        values = tuple(value for argument in node.arguments for value in self._argument(argument))
        return _total(values) if node.function == "sum" else Extreme(node.function, values)

    def _argument(self, node: Syntax) -> tuple[Numeric, ...]:
        """The values an argument of ``sum``, ``min`` or ``max`` stands for."""
        if isinstance(node, Range):
            try:
                return self.names.range_values(node)
            except FormulaError as error:
                self.errors.append(error)
                return (_UNRESOLVED,)
        if isinstance(node, Name) and "*" in node.text:
            return self._values(node)
        return (self.number(node),)

    def _previous_year(self, node: Call) -> Numeric:
        if self.names.prefix:
            self.errors.append(FormulaError("previous_year_twice", node.offset))
            return _UNRESOLVED
        earlier = FormulaResolver(replace(self.names, prefix=PREVIOUS_YEAR), self.errors)
        return earlier.number(node.arguments[0])

    def _values(self, name: Name) -> tuple[Numeric, ...]:
        try:
            return self.names.values(name)
        except FormulaError as error:
            self.errors.append(error)
            return (_UNRESOLVED,)


def _total(values: tuple[Numeric, ...]) -> Numeric:
    return values[0] if len(values) == 1 else Sum(tuple((1.0, value) for value in values))
