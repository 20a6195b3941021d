"""One formula in one item of a loop, every name resolved to a column: what can be evaluated."""

from __future__ import annotations

from disclosure_checks.rules.formula.errors import FormulaError
from disclosure_checks.rules.formula.expression import Condition, inputs_of, linear_terms, main_comparison
from disclosure_checks.rules.formula.outcomes import RuleInstance
from disclosure_checks.rules.formula.syntax import Syntax
from disclosure_checks.rules.spec.compiling.formula_resolution import FormulaResolver
from disclosure_checks.rules.spec.compiling.loops import Scope
from disclosure_checks.rules.spec.compiling.name_resolution import NameResolver
from disclosure_checks.rules.spec.compiling.vocabulary import Vocabulary


def compile_instance(
    rule_id: str, syntax: Syntax, scope: Scope, vocabulary: Vocabulary
) -> tuple[RuleInstance, list[FormulaError]]:
    """The formula resolved in one item of the loop, and what is wrong with it there."""
    resolver = FormulaResolver(NameResolver(vocabulary, scope))
    formula = resolver.condition(syntax)
    left, right = _linear_sides(formula)
    inputs = tuple(dict.fromkeys(inputs_of(formula)))
    return RuleInstance(rule_id, scope.item, inputs, left, right, formula), resolver.errors


def _linear_sides(formula: Condition) -> tuple[tuple[tuple[str, float], ...], tuple[tuple[str, float], ...]]:
    comparison = main_comparison(formula)
    if comparison is None:
        return (), ()
    left, right = linear_terms(comparison.left), linear_terms(comparison.right)
    return ((), ()) if left is None or right is None else (left, right)
