"""The examples of a rule, run: each shows the rule holding, failing or not assessable.

An example names cells and facts as the rule's formula does, or in full. Cells and facts it does not name are 0 and
``null`` means missing; the single row a group may be printed as is missing unless named. A group's name gives its
number to the first of its rows, or to its single row where it can be printed so. In a loop the first item counts that
has every name. ``report.year`` is the example's ``year``, else the first year of the spec.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from disclosure_checks.rules.formula.errors import FormulaError, closest
from disclosure_checks.rules.formula.evaluation import evaluate
from disclosure_checks.rules.formula.expression import Expression, FirstKnown, Input, inputs_of, parts
from disclosure_checks.rules.formula.functions import COLUMN_FUNCTIONS, YEARS_AGO, without_years
from disclosure_checks.rules.formula.outcomes import FAIL, NOT_ASSESSABLE, PASS, ResultStatus, RuleInstance
from disclosure_checks.rules.formula.parsing import parse_formula
from disclosure_checks.rules.formula.syntax import Call, Name
from disclosure_checks.rules.spec.compiling.compiled import CompiledRule, CompiledSpecification
from disclosure_checks.rules.spec.compiling.formula_resolution import FormulaResolver
from disclosure_checks.rules.spec.compiling.loops import RulePath, Scope, expand_loop
from disclosure_checks.rules.spec.compiling.name_resolution import NameResolver
from disclosure_checks.rules.spec.compiling.vocabulary import Vocabulary, vocabulary_of
from disclosure_checks.rules.spec.model.specification import Example, ExampleValues

_STATUSES = {PASS: ResultStatus.PASS, FAIL: ResultStatus.FAIL, NOT_ASSESSABLE: ResultStatus.NOT_ASSESSABLE}
_TOLERANCE = 1e-9
VALUE_MISTAKES = ("wrong_type", "unknown_word")


@dataclass(frozen=True)
class ExampleCase:
    """An example made ready to run: every input of the instance has its value (NaN = missing)."""

    rule_id: str
    number: int  # from 1
    instance: RuleInstance
    values: dict[str, float]
    expected: ResultStatus
    difference: float | None

    @property
    def id(self) -> str:
        return f"{self.rule_id}-{self.number}"


@dataclass(frozen=True)
class ExampleResult:
    """What an example came to. ``difference`` is left side minus right side, NaN where there is none."""

    status: ResultStatus
    difference: float
    holds: bool


def example_cases(compiled: CompiledSpecification) -> list[ExampleCase]:
    """Every example of a loaded spec."""
    vocabulary = vocabulary_of(compiled.specification)
    first_year = compiled.specification.years.first
    return [case for rule in compiled.rules for case in build_cases(rule, vocabulary, first_year)[0]]


def run_example(case: ExampleCase) -> ExampleResult:
    """Evaluates the example; it holds where status and (if given) difference are as it says."""
    columns = {name: np.array([value]) for name, value in case.values.items()}
    outcome = evaluate(case.instance, columns, 1)
    status = _STATUSES[int(outcome.status[0])]
    difference = float(outcome.left[0] - outcome.right[0])
    as_said = case.difference is None or abs(difference - case.difference) <= _TOLERANCE
    return ExampleResult(status, difference, status is case.expected and as_said)


def build_cases(
    rule: CompiledRule, vocabulary: Vocabulary, first_year: int
) -> tuple[list[ExampleCase], list[tuple[RulePath, FormulaError]]]:
    """The examples of a rule and what is wrong with them, at a place inside the rule.

    A path that ends in the name of a cell or fact means that key, its value only for one of ``VALUE_MISTAKES``.
    """
    scopes = {scope.item: scope for scope in expand_loop(rule.rule.for_each, vocabulary)[0]}
    cases: list[ExampleCase] = []
    errors: list[tuple[RulePath, FormulaError]] = []
    for position, example in enumerate(rule.rule.examples):
        path: RulePath = ("examples", position)
        given = list(_given(example))
        if len(given) != 1:
            choices = ("pass", "fail", "not_assessable")
            found = ", ".join(key for key, _, _ in given) or "@nothing"
            errors.append((path, FormulaError("example_needs_one_outcome", 0, expected=choices, found=found)))
            continue
        key, expected, values = given[0]
        instance, columns, mistakes = _fitting_instance(rule, scopes, vocabulary, values)
        errors += [((*path, key, name), mistake) for name, mistake in mistakes]
        if instance is not None:
            year = float(example.year if example.year is not None else first_year)
            filled = {**_defaults(instance, year), **columns}
            cases.append(ExampleCase(rule.rule.id, position + 1, instance, filled, expected, example.difference))
    return cases, errors


def _given(example: Example) -> Iterator[tuple[str, ResultStatus, ExampleValues]]:
    for key, status, values in (
        ("pass", ResultStatus.PASS, example.passes),
        ("fail", ResultStatus.FAIL, example.fails),
        ("not_assessable", ResultStatus.NOT_ASSESSABLE, example.not_assessable),
    ):
        if values is not None:
            yield key, status, values


def _fitting_instance(
    rule: CompiledRule, scopes: dict[str, Scope], vocabulary: Vocabulary, values: ExampleValues
) -> tuple[RuleInstance | None, dict[str, float], list[tuple[str, FormulaError]]]:
    """The first instance that reads everything the example names; else the mistakes seen from the first instance."""
    first_mistakes: list[tuple[str, FormulaError]] = []
    for position, instance in enumerate(rule.instances):
        columns: dict[str, float] = {}
        mistakes: list[tuple[str, FormulaError]] = []
        for name, value in values.items():
            try:
                column = _column_of(name, instance, scopes[instance.item], vocabulary)
                columns[column] = _number_of(column, value, vocabulary)
            except FormulaError as mistake:
                mistakes.append((name, mistake))
        if not mistakes:
            return instance, columns, []
        if position == 0:
            first_mistakes = mistakes
    return None, {}, first_mistakes


def _number_of(column: str, value: float | str | None, vocabulary: Vocabulary) -> float:
    """The number an example gives a column, that of a word where the column is enumerated. Raises FormulaError."""
    fact = without_years(column)
    words = vocabulary.words.get(fact, ())
    if value is None:
        return math.nan
    if words and value not in words:
        suggestion = closest(str(value), words)
        raise FormulaError("unknown_word", 0, expected=words, suggestion=suggestion, fact=fact, found=str(value))
    if not isinstance(value, str):
        return value
    if not words:
        raise FormulaError("wrong_type", 0, expected=("@number",), found=value)
    return vocabulary.word_code(fact, value)


def _column_of(name: str, instance: RuleInstance, scope: Scope, vocabulary: Vocabulary) -> str:
    """The input of the instance a name of an example stands for. Raises FormulaError."""
    syntax = parse_formula(name)
    reads_another = isinstance(syntax, Call) and syntax.function in (*COLUMN_FUNCTIONS, YEARS_AGO)
    named = syntax.arguments[0] if isinstance(syntax, Call) and reads_another else syntax
    if not isinstance(named, Name):
        raise FormulaError("example_key_not_a_name", 0, found=name)
    resolver = FormulaResolver(NameResolver(vocabulary, scope))
    value = resolver.possibly_enumerated(syntax)
    if resolver.errors:
        raise resolver.errors[0]
    column = next(inputs_of(value))
    if column not in instance.inputs:
        known = instance.inputs
        raise FormulaError("example_names_no_input", 0, expected=known, found=name)
    return column


def _defaults(instance: RuleInstance, year: float) -> dict[str, float]:
    one_rows = set(_one_row_columns(instance.formula))  # type: ignore[arg-type]  # an expression, see RuleInstance
    values = {column: math.nan if column in one_rows else 0.0 for column in instance.inputs}
    if "report.year" in values:
        values["report.year"] = year
    return values


def _one_row_columns(node: Expression) -> Iterator[str]:
    if isinstance(node, FirstKnown) and isinstance(node.one_row, Input):
        yield node.one_row.column
    for part in parts(node):
        yield from _one_row_columns(part)
