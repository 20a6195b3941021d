"""From the outcomes of one rule to the figures a GX result holds: counts, shares and the failing rows themselves."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from disclosure_checks.rules.formula.outcomes import FAIL, NOT_ASSESSABLE, Outcome
from disclosure_checks.rules.spec.compiling.compiled import CompiledRule

SHOWN_ROWS = 20  # a result lists this many failing rows; its totals are always complete


class FailingRow(NamedTuple):
    """One instance of a rule failing on one report. Both sides are None where the formula compares no numbers."""

    source: str
    item: str
    left: float | None
    right: float | None
    difference: float | None
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RuleResult:
    """One rule over all reports of a frame: how many reports pass, fail and cannot be assessed, and failing rows.

    A report fails a rule when any instance fails, else cannot be assessed when any instance cannot, else passes.
    ``failing_total`` counts failing (report, instance) pairs; ``failing_rows`` holds the first of them, by report.
    """

    reports: int
    failed: int
    not_assessable: int
    failing_sources: tuple[str, ...]
    failing_rows: tuple[FailingRow, ...]
    failing_total: int

    @property
    def passed(self) -> int:
        return self.reports - self.failed - self.not_assessable


def report_statuses(outcomes: tuple[Outcome, ...], reports: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each report whether the rule fails, and whether (not failing) it cannot be assessed. Shape: (reports,)."""
    fails = np.zeros(reports, dtype=np.bool_)
    unknown = np.zeros(reports, dtype=np.bool_)
    for outcome in outcomes:
        fails |= outcome.status == FAIL
        unknown |= outcome.status == NOT_ASSESSABLE
    return fails, unknown & ~fails


def rule_result(
    rule: CompiledRule, outcomes: tuple[Outcome, ...], sources: tuple[str, ...], cells: frozenset[str]
) -> RuleResult:
    """The figures of one rule. ``cells``: every cell id of the spec, to tell cells from other inputs of a formula."""
    fails, unknown = report_statuses(outcomes, len(sources))
    failing_total = sum(int(np.count_nonzero(outcome.status == FAIL)) for outcome in outcomes)
    rows = [
        _failing_row(rule, position, outcome, row, sources, cells)
        for row in np.flatnonzero(fails)[:SHOWN_ROWS]
        for position, outcome in enumerate(outcomes)
        if outcome.status[row] == FAIL
    ]
    return RuleResult(
        reports=len(sources),
        failed=int(np.count_nonzero(fails)),
        not_assessable=int(np.count_nonzero(unknown)),
        failing_sources=tuple(sources[row] for row in np.flatnonzero(fails)[:SHOWN_ROWS]),
        failing_rows=tuple(rows[:SHOWN_ROWS]),
        failing_total=failing_total,
    )


def _failing_row(
    rule: CompiledRule, position: int, outcome: Outcome, row: int, sources: tuple[str, ...], cells: frozenset[str]
) -> FailingRow:
    instance = rule.instances[position]
    left, right = _known(outcome.left[row]), _known(outcome.right[row])
    return FailingRow(
        source=sources[row],
        item=instance.item,
        left=left,
        right=right,
        difference=None if left is None or right is None else _known(left - right),
        cells=tuple(name for name in dict.fromkeys(instance.inputs) if name in cells),
    )


def _known(number: float) -> float | None:
    """A plain float, or None for what is missing: JSON knows no NaN and no infinity."""
    return float(number) if math.isfinite(number) else None
