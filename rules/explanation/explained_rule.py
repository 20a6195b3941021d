"""One rule on one report: what each item of its loop read, and what came of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from disclosure_checks.grammar.model.report import CellStatus, Evidence, Report
from disclosure_checks.rules.explanation.formula_in_numbers import formula_in_numbers
from disclosure_checks.rules.findings.messages import cell_label, item_label
from disclosure_checks.rules.findings.terms import FormulaReading
from disclosure_checks.rules.formula.evaluation import Evaluation
from disclosure_checks.rules.formula.expression import Condition
from disclosure_checks.rules.formula.functions import written
from disclosure_checks.rules.formula.outcomes import Columns, Outcome, ResultStatus, RuleInstance
from disclosure_checks.rules.spec.compiling.compiled import CompiledRule, CompiledSpecification

_STATUSES = (ResultStatus.PASS, ResultStatus.FAIL, ResultStatus.NOT_ASSESSABLE)
HOLDS, FAILS, UNKNOWN = "holds", "fails", "unknown"


@dataclass(frozen=True)
class ReadNumber:
    """One number that a formula read. ``name``: as a formula writes it. ``status``: that of a cell of this report.

    ``text``, ``where``: what is printed, and its place; ``evidence``: what a fact rests on.
    """

    name: str
    label: str
    value: float | None
    status: CellStatus | None = None
    text: str = ""
    where: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class ExplainedItem:
    """One item of a rule's loop. ``in_numbers``: the formula with numbers for names.

    ``tolerance``: how far apart the sides may be and still count as equal; None where they are not compared so.
    """

    item: str
    label: str
    status: ResultStatus
    in_numbers: str
    numbers: tuple[ReadNumber, ...]
    left: float | None
    right: float | None
    operator: str
    tolerance: float | None
    relied_on: bool

    @property
    def difference(self) -> float | None:
        return None if self.left is None or self.right is None else self.left - self.right


@dataclass(frozen=True)
class FramedReport:
    """A report with its row of the frame. ``columns``: one value each."""

    compiled: CompiledSpecification
    report: Report
    columns: Columns

    def value(self, name: str) -> float:
        column = self.columns.get(name)
        return math.nan if column is None else float(column[0])


def explained_items(
    rule: CompiledRule, outcomes: Sequence[Outcome], framed: FramedReport, language: str, words: dict[str, str]
) -> list[ExplainedItem]:
    """Every item of a rule on a report; of a claim, those that a sentence says. ``outcomes``: of the report alone.

    ``words``: what conditions that hold, fail or are unknown are marked with.
    """
    return [
        _explained(instance, outcome, framed, language, words)
        for instance, outcome in zip(rule.instances, outcomes, strict=True)
        if not instance.speaks_of or not math.isnan(framed.value(instance.speaks_of))
    ]


def _explained(
    instance: RuleInstance, outcome: Outcome, framed: FramedReport, language: str, words: dict[str, str]
) -> ExplainedItem:
    reading = FormulaReading.of(instance)
    evaluation = Evaluation(framed.columns, 1)

    def verdict(node: Condition) -> str:
        truth = evaluation.truth(node)
        return words[HOLDS if truth.true[0] else FAILS if truth.false[0] else UNKNOWN]

    comparison = reading.comparison
    right = _number(outcome.right[0])
    tolerance = None
    if comparison is not None and comparison.operator == "==":
        tolerance = comparison.tolerance + comparison.relative * abs(right or 0.0)
    status = _STATUSES[int(outcome.status[0])]
    return ExplainedItem(
        item=instance.item,
        label=item_label(framed.compiled, instance.rule_id, instance.item, language),
        status=status,
        in_numbers=formula_in_numbers(reading.formula, framed.value, verdict),
        numbers=tuple(_numbers(reading, framed, language)),
        left=_number(outcome.left[0]),
        right=right,
        operator=comparison.operator if comparison else "",
        tolerance=tolerance,
        relied_on=status is ResultStatus.NOT_ASSESSABLE and bool(evaluation.truth(reading.formula).true[0]),
    )


def _numbers(reading: FormulaReading, framed: FramedReport, language: str) -> Iterator[ReadNumber]:
    report = framed.report
    for name in reading.inputs(framed.value):
        label = cell_label(framed.compiled, name, language)
        cell, fact = report.cells.get(name), report.facts.get(name)
        value = _number(framed.value(name))
        if cell is not None:
            where = str(cell.place) if cell.place else ""
            yield ReadNumber(name, label, value, cell.status, cell.text, where)
        else:
            yield ReadNumber(written(name), label, value, evidence=fact.evidence if fact else ())


def _number(value: float | np.float64) -> float | None:
    return None if math.isnan(value) else float(value)
