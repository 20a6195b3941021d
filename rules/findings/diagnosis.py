"""Which cells are probably wrong: the smallest corrections of every failing equation, and the one that leads.

A cell is named where it is part of the only smallest correction, of the one that leads clearly, or of all of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from disclosure_checks.rules.corrections.neighbours import CellKinds
from disclosure_checks.rules.corrections.other_rules import OtherRules
from disclosure_checks.rules.corrections.ranking import CellChange, Correction, Weights, leading, ranked, weighed
from disclosure_checks.rules.corrections.slips import same_digits
from disclosure_checks.rules.findings.correction_search import CorrectionSearch, MendedTogether
from disclosure_checks.rules.findings.equations import ReportEquations, equation_system
from disclosure_checks.rules.findings.finding import Diagnosis
from disclosure_checks.rules.formula.outcomes import Columns, Outcome
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.corrections import CorrectionRanking

DIGITS_SWAPPED = "digits_swapped"
WITH_OTHERS = "with_others"
MISSING_VALUE = "missing_value"

DiagnosisKey = tuple[int, str, int]  # report, rule id, position of the instance in its rule


class Explanation(NamedTuple):
    """What may be wrong where an equation fails: the suspect, where there is one, and every smallest correction.

    ``changes``: what is to be changed for sure. The same for all findings that this explains: those of the equations,
    and those of other rules that hold again when the correction that leads is made.
    """

    suspect: Diagnosis | None
    candidates: tuple[Correction, ...]
    changes: tuple[CellChange, ...] = ()


NO_EXPLANATION = Explanation(None, ())
_RuleInstanceKey = tuple[str, int]


def diagnose(
    compiled: CompiledSpecification,
    columns: Columns,
    outcomes: Mapping[str, tuple[Outcome, ...]],
    printed: Callable[[int, str], bool] = lambda _report, _cell: True,
) -> dict[DiagnosisKey, Explanation]:
    """An explanation for each failing equation that has one, over all reports.

    ``printed``: whether a cell's number was printed, not inferred; what was inferred is never to blame.
    """
    system = equation_system(compiled, outcomes)
    if system is None or not (reports := system.failing_reports()):
        return {}
    kinds = CellKinds.of(compiled.specification)
    equations = frozenset((equation.rule_id, equation.position) for equation in system.equations)
    rules = OtherRules.of(compiled, columns, outcomes, equations)
    explaining = _Explaining(kinds, _weights(compiled.specification.corrections))
    found: dict[DiagnosisKey, Explanation] = {}
    for report in reports:
        own = system.in_report(report, columns)
        search = CorrectionSearch(own, rules, kinds.may_hold, partial(printed, report))
        for (rule, position), explanation in explaining.explanations(own, search.found()):
            found.setdefault((report, rule, position), explanation)
    return found


def filled_in(cells: Sequence[str], values: Mapping[str, float]) -> Explanation:
    """What is said where cells without a number are spoken of, some of which the sums fix."""
    fixed = tuple(CellChange(cell, math.nan, values[cell]) for cell in cells if cell in values)
    if not fixed:
        return NO_EXPLANATION
    return Explanation(Diagnosis(fixed[0].cell, fixed[0].value, MISSING_VALUE), (Correction(fixed),), fixed)


def _weights(ranking: CorrectionRanking) -> Weights:
    return Weights(ranking.weights.model_dump(), ranking.lead)


@dataclass(frozen=True)
class _Explaining:
    kinds: CellKinds
    weights: Weights

    def explanations(
        self, equations: ReportEquations, mended: Iterator[MendedTogether]
    ) -> Iterator[tuple[_RuleInstanceKey, Explanation]]:
        for together in mended:
            candidates = ranked(
                weighed(one.changes, one.mended, self.kinds.neighbours, self.weights) for one in together.corrections
            )
            suspects = self._suspects(candidates, len(together.equations)) if together.certain else ()
            for number in sorted(together.equations):
                weights = equations.weights_in(number)
                own = [one for one in suspects if one.cell in weights]
                suspect = Diagnosis(own[0].cell, own[0].value, self._hint(own, suspects)) if own else None
                equation = equations.system.equations[number]
                yield (equation.rule_id, equation.position), Explanation(suspect, candidates, suspects)
            # a rule that is no sum has no suspect of its own: it may hold again by other means as well
            others: Sequence[_RuleInstanceKey] = next(
                (one.mended.rules for one in together.corrections if one.changes == suspects), ()
            )
            yield from ((rule, Explanation(None, (), suspects)) for rule in others)

    def _suspects(self, candidates: Sequence[Correction], failing: int) -> tuple[CellChange, ...]:
        """The cells to name. More changes than equations fail would explain too much."""
        if len(candidates[0].changes) > failing:
            return ()
        first = leading(candidates, self.weights)
        if first is not None:
            return first.changes
        in_all = frozenset.intersection(*(frozenset(one.changes) for one in candidates))
        return tuple(change for change in candidates[0].changes if change in in_all)

    def _hint(self, own: Sequence[CellChange], suspects: Sequence[CellChange]) -> str:
        """What is said of the first of the suspects that an equation holds."""
        first = own[0]
        for other in suspects:
            beside = self.kinds.beside.get(frozenset((first.cell, other.cell)))
            if beside and first.value - first.printed == other.printed - other.value:
                return beside
        if same_digits(first.printed, first.value):
            return DIGITS_SWAPPED
        return WITH_OTHERS if len(own) > 1 else ""
