"""From the syntax of a formula to an expression over frame columns, for one item of a loop.

Numbers and conditions are told apart here: ``if``, ``and``, ``or`` and ``not`` take conditions, all else numbers.
All mistakes of a formula are collected, none stops the others from being found.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from disclosure_checks.rules.formula.errors import FormulaError, closest
from disclosure_checks.rules.formula.expression import (
    Compare,
    Condition,
    Conjunction,
    Constant,
    Counted,
    Disjunction,
    Extreme,
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
from disclosure_checks.rules.formula.functions import (
    COLUMN_FUNCTIONS,
    COUNT,
    NUMBER_FUNCTIONS,
    ROUND,
    YEARS_AGO,
    earlier_prefix,
    function_of,
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
)
from disclosure_checks.rules.spec.compiling.name_resolution import NameResolver

_OF_EARLIER_YEARS = ("previous_year", YEARS_AGO)
_CONDITIONS = (Conditional, Both, Either, Negation, Comparison)
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
            return self._comparison(node)
        if isinstance(node, Call) and node.function == "known":
            return Known(self.possibly_enumerated(node.arguments[0]))
        self.number(node)
        self.errors.append(FormulaError("number_where_condition", node.offset, expected=("@comparison",)))
        return Known(_UNRESOLVED)

    def number(self, node: Syntax) -> Numeric:
        """The node as a number."""
        if isinstance(node, Number):
            return Constant(node.value)
        if isinstance(node, Name):
            if self.names.enumerated(node):
                self.errors.append(FormulaError("enumerated_needs_word", node.offset, found=node.text))
                return _UNRESOLVED
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

    def _comparison(self, node: Comparison) -> Compare:
        for fact_side, word_side in ((node.left, node.right), (node.right, node.left)):
            if self._enumerated(fact_side) and node.operator in ("==", "!=") and isinstance(word_side, Name):
                return self._comparison_with_word(node, fact_side, word_side)
        left, right = self.number(node.left), self.number(node.right)
        return Compare(node.operator, left, right, node.tolerance, node.relative)

    def _comparison_with_word(self, node: Comparison, fact_side: Syntax, word: Name) -> Compare:
        """``body.kind == department``: the number of the fact against the number that stands for the word."""
        value, fact = self.possibly_enumerated(fact_side), self._enumerated(fact_side)
        words = self.names.vocabulary.words[fact]
        if self._enumerated(word):
            return Compare(node.operator, value, self.possibly_enumerated(word))
        if word.text not in words:
            suggestion = closest(word.text, words)
            error = FormulaError(
                "unknown_word", word.offset, expected=words, suggestion=suggestion, fact=fact, found=word.text
            )
            self.errors.append(error)
            return Compare(node.operator, value, _UNRESOLVED)
        return Compare(node.operator, value, Constant(self.names.vocabulary.word_code(fact, word.text)))

    def _enumerated(self, node: Syntax) -> str:
        """The fact behind ``body.kind`` or ``previous_year(body.kind)``; "" for anything else."""
        if isinstance(node, Call) and node.function in _OF_EARLIER_YEARS:
            return self._enumerated(node.arguments[0])
        return self.names.enumerated(node) if isinstance(node, Name) else ""

    def possibly_enumerated(self, node: Syntax) -> Numeric:
        """The number of a node; also of a fact whose numbers stand for words, which elsewhere counts as a mistake."""
        fact = self._enumerated(node)
        if not fact:
            return self.number(node)
        prefix = _prefix(node) if isinstance(node, Call) else ""
        return Input(self.names.prefix + prefix + fact)

    def _product(self, node: Product) -> Numeric:
        (_, first), *rest = node.factors
        result = self.number(first)
        for operator, factor in rest:
            operand = self.number(factor)
            result = Multiplication(result, operand) if operator == "*" else Quotient(result, operand)
        return result

    def _call(self, node: Call) -> Numeric:
        if node.function in COLUMN_FUNCTIONS or node.function == YEARS_AGO:
            return self._column_function(node)
        if node.function in NUMBER_FUNCTIONS or node.function == ROUND:
            return Rounded(node.function, self.number(node.arguments[0]), node.number)
        if node.function == COUNT:
            return Counted(tuple(held for argument in node.arguments for held in self._counted(argument)))
        values = tuple(value for argument in node.arguments for value in self._argument(argument))
        return _total(values) if node.function == "sum" else Extreme(node.function, values)

    def _argument(self, node: Syntax) -> tuple[Numeric, ...]:
        """The values an argument of ``sum``, ``min`` or ``max`` stands for."""
        if isinstance(node, Each):
            self.errors.append(FormulaError("condition_where_number", node.offset))
            return (_UNRESOLVED,)
        if isinstance(node, Range):
            try:
                return self.names.range_values(node)
            except FormulaError as error:
                self.errors.append(error)
                return (_UNRESOLVED,)
        if isinstance(node, Name) and "*" in node.text:
            return self._values(node)
        return (self.number(node),)

    def _counted(self, node: Syntax) -> tuple[Condition, ...]:
        """What an argument of ``count`` counts: conditions that hold, numbers that are known."""
        if isinstance(node, Each):
            right = self.number(node.right)
            return tuple(Compare(node.operator, value, right) for value in self._argument(node.several))
        if isinstance(node, _CONDITIONS) or (isinstance(node, Call) and node.function == "known"):
            return (self.condition(node),)
        return tuple(Known(value) for value in self._argument(node))

    def _column_function(self, node: Call) -> Numeric:
        """``previous_year(...)`` and the sums over the bodies below: the same names, read from other columns."""
        outer = function_of(self.names.prefix)
        argument = node.arguments[0]
        if outer:
            of_years = outer in _OF_EARLIER_YEARS and node.function in _OF_EARLIER_YEARS
            code = "previous_year_twice" if of_years else "functions_nested"
            self.errors.append(FormulaError(code, node.offset, function=node.function, outer=outer))
            return _UNRESOLVED
        # a sum of quotients over several bodies is no quotient
        if node.function not in _OF_EARLIER_YEARS and not isinstance(argument, Name):
            self.errors.append(FormulaError("function_needs_name", argument.offset, function=node.function))
            return _UNRESOLVED
        inner = FormulaResolver(replace(self.names, prefix=_prefix(node)), self.errors)
        return inner.number(argument)

    def _values(self, name: Name) -> tuple[Numeric, ...]:
        try:
            return self.names.values(name)
        except FormulaError as error:
            self.errors.append(error)
            return (_UNRESOLVED,)


def _prefix(node: Call) -> str:
    """What stands before the columns that a function reads."""
    return earlier_prefix(node.number) if node.function == YEARS_AGO else COLUMN_FUNCTIONS[node.function]


def _total(values: tuple[Numeric, ...]) -> Numeric:
    return values[0] if len(values) == 1 else Sum(tuple((1.0, value) for value in values))
