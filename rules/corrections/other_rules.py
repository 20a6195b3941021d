"""What a correction does to the rules that are no sums: it must break none that is certain, and may mend some.

All corrections of a report are judged in one evaluation a rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from disclosure_checks.rules.corrections.ranking import OTHER_RULE, SENTENCE, YEAR_BEFORE, Mended
from disclosure_checks.rules.formula.evaluation import evaluate
from disclosure_checks.rules.formula.functions import years_back
from disclosure_checks.rules.formula.outcomes import (
    FAIL,
    NOT_ASSESSABLE,
    PASS,
    Columns,
    Outcome,
    RuleInstance,
    StatusArray,
)
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Severity

NewValues = Mapping[str, float]
_CERTAIN = (Severity.ERROR, Severity.LIKELY)


class _OtherRule(NamedTuple):
    instance: RuleInstance
    position: int  # of the instance in its rule
    outcome: Outcome
    kind: str  # of the evidence it is
    binding: bool  # whether a correction must not break it


@dataclass(frozen=True)
class OtherRules:
    """The rules of a spec that are no equations, by the cells they read."""

    rules: tuple[_OtherRule, ...]
    by_cell: Mapping[str, tuple[int, ...]]
    columns: Columns

    @classmethod
    def of(
        cls,
        compiled: CompiledSpecification,
        columns: Columns,
        outcomes: Mapping[str, tuple[Outcome, ...]],
        equations: frozenset[tuple[str, int]],
    ) -> OtherRules:
        rules = tuple(_other_rules(compiled, outcomes, equations))
        by_cell: dict[str, list[int]] = {}
        for number, rule in enumerate(rules):
            for name in dict.fromkeys(rule.instance.inputs):
                by_cell.setdefault(name, []).append(number)
        return cls(rules, {cell: tuple(numbers) for cell, numbers in by_cell.items()}, columns)

    def judge(
        self, corrections: Sequence[NewValues], report: int, settled: NewValues, doubtful: frozenset[str]
    ) -> list[Mended | None]:
        """For each correction the kinds of rules it mends and breaks; None where it breaks one that is certain.

        ``settled``: corrections of other cells that are certain, and made together with each of these. ``doubtful``:
        cells that may be wrong as well; a rule that reads one of them is not certain.
        """
        touching = self._touching(corrections, report)
        mended: list[dict[str, str]] = [{} for _ in corrections]
        broken: list[dict[str, str]] = [{} for _ in corrections]
        rules: list[list[tuple[str, int]]] = [[] for _ in corrections]
        impossible: set[int] = set()
        for number, which in touching.items():
            rule = self.rules[number]
            before = int(rule.outcome.status[report])
            after = self._statuses(rule, [{**settled, **corrections[position]} for position in which], report)
            binding = rule.binding and doubtful.isdisjoint(rule.instance.inputs)
            source = rule.instance.speaks_of or f"{rule.instance.rule_id}:{rule.instance.item}"
            for position, status in zip(which, after.tolist(), strict=True):
                if before == FAIL and status == PASS:
                    mended[position][source] = rule.kind
                    rules[position].append((rule.instance.rule_id, rule.position))
                elif before == PASS and status == FAIL and binding:
                    impossible.add(position)
                elif before == PASS and status == FAIL:
                    broken[position][source] = rule.kind
        return [
            None if position in impossible else Mended(tuple(mends.values()), tuple(breaks.values()), tuple(again))
            for position, (mends, breaks, again) in enumerate(zip(mended, broken, rules, strict=True))
        ]

    def _touching(self, corrections: Sequence[NewValues], report: int) -> dict[int, list[int]]:
        """The rules that were judged and read a changed cell, each with the positions of the corrections."""
        touching: dict[int, list[int]] = {}
        for position, values in enumerate(corrections):
            numbers = sorted({number for cell in values for number in self.by_cell.get(cell, ())})
            for number in numbers:
                if int(self.rules[number].outcome.status[report]) != NOT_ASSESSABLE:
                    touching.setdefault(number, []).append(position)
        return touching

    def _statuses(self, rule: _OtherRule, corrections: Sequence[NewValues], report: int) -> StatusArray:
        numbers = {
            name: np.array([values.get(name, self.columns[name][report]) for values in corrections], dtype=np.float64)
            for name in dict.fromkeys(rule.instance.inputs)
            if name in self.columns
        }
        return evaluate(rule.instance, numbers, len(corrections)).status


def _other_rules(
    compiled: CompiledSpecification,
    outcomes: Mapping[str, tuple[Outcome, ...]],
    equations: frozenset[tuple[str, int]],
) -> Iterator[_OtherRule]:
    cells = frozenset(compiled.cells)
    for rule in compiled.rules:
        certain = rule.rule.severity in _CERTAIN
        for position, instance in enumerate(rule.instances):
            if (rule.rule.id, position) not in equations and not cells.isdisjoint(instance.inputs):
                outcome = outcomes[rule.rule.id][position]
                yield _OtherRule(
                    instance, position, outcome, _kind(instance, certain), rule.rule.severity is Severity.ERROR
                )


def _kind(instance: RuleInstance, certain: bool) -> str:
    if not certain:
        return OTHER_RULE
    if instance.speaks_of:
        return SENTENCE
    return YEAR_BEFORE if any(years_back(name) for name in instance.inputs) else OTHER_RULE
