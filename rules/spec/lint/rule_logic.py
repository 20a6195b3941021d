"""What can be said of rules without any report: those that always or never hold, contradict, repeat or imply others.

Only what can be proved is told; a number of a report may be any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from disclosure_checks.rules.formula.expression import (
    Compare,
    Condition,
    Conjunction,
    Disjunction,
    Expression,
    Implication,
    Negated,
    Quotient,
    parts,
)
from disclosure_checks.rules.formula.functions import written
from disclosure_checks.rules.formula.outcomes import RuleInstance
from disclosure_checks.rules.spec.compiling.compiled import CompiledRule
from disclosure_checks.rules.spec.lint.linear_forms import Form, Range, compares_numbers_alone, is_zero, wanted_by
from disclosure_checks.rules.spec.lint.never_known import never_known
from disclosure_checks.rules.spec.model.specification import Severity

_GRAVITY = list(Severity)


class RuleRemark(NamedTuple):
    """A remark about a rule: the code of its message, and the other rule or the number it concerns, if any."""

    code: str
    rule: str
    owner: str = ""


def alone(rules: Sequence[CompiledRule]) -> Iterator[RuleRemark]:
    """Rules that are wrong by themselves."""
    for rule in rules:
        formulas = [_formula(instance) for instance in rule.instances]
        known = [truth(formula) for formula in formulas]
        if any(_divides_by_zero(formula) for formula in formulas):
            yield RuleRemark("divides_by_zero", rule.rule.id)
        elif unknown := next((column for formula in formulas if (column := never_known(formula))), ""):
            yield RuleRemark("never_assessable", rule.rule.id, written(unknown))
        elif any(holds is False for holds in known):
            yield RuleRemark("never_holds", rule.rule.id)
        elif known and all(known):
            yield RuleRemark("always_holds", rule.rule.id)


class _Demand(NamedTuple):
    """That a form is in a range, in one rule."""

    rule: CompiledRule
    range: Range


def together(rules: Sequence[CompiledRule]) -> Iterator[RuleRemark]:
    """Rules that contradict or follow from another, each pair once, told of the later one."""
    demands: dict[tuple[object, Form], list[_Demand]] = {}
    for rule in rules:
        for instance in rule.instances:
            for premise, form, wanted in _demands(_formula(instance), None):
                demands.setdefault((premise, form), []).append(_Demand(rule, wanted))
    told: set[tuple[str, str]] = set()
    for found in demands.values():
        for one, other in combinations(found, 2):
            remark = _between(one, other)
            if remark is not None and (remark.rule, remark.owner) not in told:
                told.add((remark.rule, remark.owner))
                yield remark


def _between(one: _Demand, other: _Demand) -> RuleRemark | None:
    first, second = one.rule.rule, other.rule.rule
    if first.id == second.id or one.range == other.range:
        return None
    common = one.range.common(other.range)
    if common.is_empty:
        return RuleRemark("rules_contradict", second.id, first.id)
    for strict, loose in ((one, other), (other, one)):
        # a graver rule with a wider limit is a second step, not a repetition
        no_graver = _GRAVITY.index(loose.rule.rule.severity) >= _GRAVITY.index(strict.rule.rule.severity)
        if common == strict.range and no_graver and _is_one_comparison(loose.rule):
            return RuleRemark("follows_from", loose.rule.rule.id, strict.rule.rule.id)
    return None


def _is_one_comparison(rule: CompiledRule) -> bool:
    return all(isinstance(_inner(_formula(instance)), Compare) for instance in rule.instances)


def _inner(formula: Condition) -> Condition:
    return _inner(formula.consequence) if isinstance(formula, Implication) else formula


def _demands(formula: Condition, premise: object) -> Iterator[tuple[object, Form, Range]]:
    """What a rule wants wherever its premise holds."""
    if isinstance(formula, Compare):
        wanted = wanted_by(formula)
        if wanted is not None and wanted.form:
            yield premise, wanted.form, wanted.range
    elif isinstance(formula, Conjunction):
        for operand in formula.operands:
            yield from _demands(operand, premise)
    elif isinstance(formula, Implication):
        yield from _demands(formula.consequence, (premise, normal_form(formula.condition)))


def truth(node: Condition) -> bool | None:
    """Whether a condition holds, or fails, whatever a report holds; None where it depends on the report."""
    if isinstance(node, Compare):
        return compares_numbers_alone(node)
    if isinstance(node, Conjunction):
        known = [truth(operand) for operand in node.operands]
        if False in known or _exclude_each_other(node.operands):
            return False
        return True if all(known) else None
    if isinstance(node, Disjunction):
        known = [truth(operand) for operand in node.operands]
        if True in known or _leave_nothing_out(node.operands):
            return True
        return False if all(holds is False for holds in known) else None
    if isinstance(node, Negated):
        holds = truth(node.operand)
        return None if holds is None else not holds
    if isinstance(node, Implication):
        return _truth_of_implication(node)
    return None


def _truth_of_implication(node: Implication) -> bool | None:
    condition, consequence = truth(node.condition), truth(node.consequence)
    if condition is False or consequence is True:
        return True
    return consequence if condition is True else None


def _ranges(operands: Sequence[Condition]) -> dict[Form, list[Range]]:
    ranges: dict[Form, list[Range]] = {}
    for operand in operands:
        wanted = wanted_by(operand) if isinstance(operand, Compare) else None
        if wanted is not None and wanted.form:
            ranges.setdefault(wanted.form, []).append(wanted.range)
    return ranges


def _exclude_each_other(operands: Sequence[Condition]) -> bool:
    for ranges in _ranges(operands).values():
        common = Range()
        for own in ranges:
            common = common.common(own)
        if common.is_empty:
            return True
    return False


def _leave_nothing_out(operands: Sequence[Condition]) -> bool:
    return any(
        one.covers_all_with(other) for ranges in _ranges(operands).values() for one, other in combinations(ranges, 2)
    )


def normal_form(node: Condition) -> object:
    """What two conditions have in common that say the same: sides swapped, operands in another order, scaled."""
    if isinstance(node, Compare):
        wanted = wanted_by(node)
        return node if wanted is None or not wanted.form else wanted
    if isinstance(node, (Conjunction, Disjunction)):
        return type(node).__name__, frozenset(normal_form(operand) for operand in node.operands)
    if isinstance(node, Negated):
        return "not", normal_form(node.operand)
    if isinstance(node, Implication):
        return "if", normal_form(node.condition), normal_form(node.consequence)
    return node


def _divides_by_zero(node: Expression) -> bool:
    if isinstance(node, Quotient) and is_zero(node.divisor):
        return True
    return any(_divides_by_zero(part) for part in parts(node))


def _formula(instance: RuleInstance) -> Condition:
    formula: Condition = instance.formula  # type: ignore[assignment]  # RuleInstance leaves the type open
    return formula
