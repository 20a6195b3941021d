"""Rules over columns: every instance on all reports at once, in three-valued logic.

Numbers are float64 arrays with NaN for missing. A condition is a pair of masks (certainly true, certainly false);
where neither holds, an input is missing that the result depends on. Shapes: everything is (reports,).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from disclosure_checks.rules.formula.expression import (
    Compare,
    Condition,
    Conjunction,
    Constant,
    Counted,
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
    main_comparison,
)
from disclosure_checks.rules.formula.functions import EXTREMES, NUMBER_FUNCTIONS, ROUND, rounded
from disclosure_checks.rules.formula.outcomes import (
    FAIL,
    NOT_ASSESSABLE,
    PASS,
    Columns,
    FloatArray,
    Outcome,
    RuleInstance,
    StatusArray,
)

BoolArray = NDArray[np.bool_]

# decimals such as 0.1 + 0.2 miss 0.3 in the last bit; whole numbers are exact and get no slack
RELATIVE_SLACK = ABSOLUTE_SLACK = 1e-9


class Truth(NamedTuple):
    """Where a condition is certainly true and where it is certainly false."""

    true: BoolArray
    false: BoolArray


def evaluate(instance: RuleInstance, columns: Columns, count: int) -> Outcome:
    """One instance on ``count`` reports. A column that is not in ``columns`` counts as missing everywhere."""
    with np.errstate(over="ignore", invalid="ignore"):
        return Evaluation(columns, count).outcome(compiled_formula(instance))


def compiled_formula(instance: RuleInstance) -> Condition:
    """The condition of an instance. Raises TypeError where it holds anything else."""
    formula = instance.formula
    if not isinstance(formula, (Compare, Known, Conjunction, Disjunction, Negated, Implication)):
        raise TypeError(f"rule {instance.rule_id}: the formula is not compiled")
    return formula


class Evaluation:
    """Evaluates nodes over one set of columns and remembers the sums and premises it has computed."""

    def __init__(self, columns: Columns, count: int) -> None:
        self._columns: Mapping[str, FloatArray] = columns
        self._missing: FloatArray = np.full(count, np.nan)
        self._count = count
        self._sums: dict[Numeric, FloatArray] = {}
        self._constants: dict[float, FloatArray] = {}
        self._conjunctions: dict[Conjunction, Truth] = {}

    def outcome(self, formula: Condition) -> Outcome:
        truth = self.truth(formula)
        status: StatusArray = np.full(self._count, NOT_ASSESSABLE, dtype=np.int8)
        np.copyto(status, PASS, where=truth.true)
        np.copyto(status, FAIL, where=truth.false)
        sides = main_comparison(formula)
        if sides is None:
            return Outcome(status, self._missing, self._missing)
        return Outcome(status, self.number(sides.left), self.number(sides.right))

    def number(self, node: Numeric) -> FloatArray:
        if isinstance(node, Input):
            return self._columns.get(node.column, self._missing)
        if isinstance(node, (Sum, FirstKnown)):
            known = self._sums.get(node)
            if known is None:
                known = self._sums[node] = self._sum(node) if isinstance(node, Sum) else self._first_known(node)
            return known
        return _NUMBERS[type(node)](self, node)

    def truth(self, node: Condition) -> Truth:
        if not isinstance(node, Conjunction):
            return _TRUTHS[type(node)](self, node)
        known = self._conjunctions.get(node)  # one premise serves all items of a loop
        if known is None:
            known = self._conjunctions[node] = _conjunction(self, node)
        return known

    def _sum(self, node: Sum) -> FloatArray:
        total: FloatArray = np.zeros(self._count)
        for coefficient, term in node.terms:
            value = self.number(term)
            if coefficient == 1.0:
                total += value
            elif coefficient == -1.0:
                total -= value
            else:
                total += coefficient * value
        return total

    def _first_known(self, node: FirstKnown) -> FloatArray:
        one_row = self.number(node.one_row)
        absent = np.isnan(one_row)
        if not absent.any():
            return one_row
        return np.where(absent, self.number(node.written_out), one_row)


def _constant(evaluation: Evaluation, node: Constant) -> FloatArray:
    known = evaluation._constants.get(node.value)
    if known is None:
        # one for all its places: nobody can write to it
        known = evaluation._constants[node.value] = np.broadcast_to(np.float64(node.value), (evaluation._count,))
    return known


def _multiplication(evaluation: Evaluation, node: Multiplication) -> FloatArray:
    product: FloatArray = evaluation.number(node.left) * evaluation.number(node.right)
    return product


def _quotient(evaluation: Evaluation, node: Quotient) -> FloatArray:
    divisor = evaluation.number(node.divisor)
    quotient: FloatArray = evaluation.number(node.dividend) / np.where(divisor == 0, np.nan, divisor)
    return quotient


def _rounded(evaluation: Evaluation, node: Rounded) -> FloatArray:
    value = evaluation.number(node.operand)
    return rounded(value, node.digits) if node.function == ROUND else NUMBER_FUNCTIONS[node.function](value)


def _extreme(evaluation: Evaluation, node: Extreme) -> FloatArray:
    values = np.stack([evaluation.number(operand) for operand in node.operands])
    return EXTREMES[node.function](values, axis=0)


def _counted(evaluation: Evaluation, node: Counted) -> FloatArray:
    truths = [evaluation.truth(operand) for operand in node.operands]
    known = np.logical_and.reduce([truth.true | truth.false for truth in truths])
    return np.where(known, np.sum([truth.true for truth in truths], axis=0), np.nan)


def _compare(evaluation: Evaluation, node: Compare) -> Truth:
    left, right = evaluation.number(node.left), evaluation.number(node.right)
    holds, doubtful_if = _COMPARISONS[node.operator]
    true: BoolArray = holds(left, right)
    known = ~(np.isnan(left) | np.isnan(right))
    # slack can only change the verdict in the few reports where the two sides differ the doubtful way
    doubtful = np.nonzero(known & (true if doubtful_if else ~true))[0]
    if doubtful.size:
        equal = doubtful[_equal_within_slack(left[doubtful], right[doubtful], node)]
        true[equal] = node.operator in ("==", "<=", ">=")
    return Truth(known & true, known & ~true)


def _equal_within_slack(left: FloatArray, right: FloatArray, comparison: Compare) -> BoolArray:
    """Where two numbers count as equal although their bits differ."""
    tolerance = comparison.tolerance + comparison.relative * np.abs(right)
    exact = not comparison.relative and comparison.tolerance == int(comparison.tolerance)
    whole = (np.floor(left) == left) & (np.floor(right) == right) & exact
    slack = ABSOLUTE_SLACK + RELATIVE_SLACK * np.maximum(np.abs(left), np.abs(right))
    within: BoolArray = np.abs(left - right) <= tolerance + np.where(whole, 0.0, slack)
    return within


def _known(evaluation: Evaluation, node: Known) -> Truth:
    missing = np.isnan(evaluation.number(node.operand))
    return Truth(~missing, missing)


def _conjunction(evaluation: Evaluation, node: Conjunction) -> Truth:
    truths = [evaluation.truth(operand) for operand in node.operands]
    return Truth(
        np.logical_and.reduce([truth.true for truth in truths]),
        np.logical_or.reduce([truth.false for truth in truths]),
    )


def _disjunction(evaluation: Evaluation, node: Disjunction) -> Truth:
    truths = [evaluation.truth(operand) for operand in node.operands]
    return Truth(
        np.logical_or.reduce([truth.true for truth in truths]),
        np.logical_and.reduce([truth.false for truth in truths]),
    )


def _negated(evaluation: Evaluation, node: Negated) -> Truth:
    truth = evaluation.truth(node.operand)
    return Truth(truth.false, truth.true)


def _implication(evaluation: Evaluation, node: Implication) -> Truth:
    condition, consequence = evaluation.truth(node.condition), evaluation.truth(node.consequence)
    # an unknown condition leaves the rule open even where the consequence holds: nothing was assessed
    return Truth(condition.false | (condition.true & consequence.true), condition.true & consequence.false)


# each comparison, and which of its verdicts slack may turn round: a near miss of ==, <= and >=, a near hit of the others
_COMPARISONS: dict[str, tuple[Callable[[FloatArray, FloatArray], BoolArray], bool]] = {
    "==": (operator.eq, False),
    "<=": (operator.le, False),
    ">=": (operator.ge, False),
    "!=": (operator.ne, True),
    "<": (operator.lt, True),
    ">": (operator.gt, True),
}
_NUMBERS: dict[type[Expression], Callable[..., FloatArray]] = {
    Constant: _constant,
    Multiplication: _multiplication,
    Quotient: _quotient,
    Rounded: _rounded,
    Extreme: _extreme,
    Counted: _counted,
}
_TRUTHS: dict[type[Expression], Callable[..., Truth]] = {
    Compare: _compare,
    Known: _known,
    Disjunction: _disjunction,
    Negated: _negated,
    Implication: _implication,
}
