"""Which cell is probably wrong: the one change that mends every failing equation and breaks nothing that holds.

Each cell proposes the change its equations ask for, if they all fail and all ask for the same. The fewest changes
that mend a connected set of failing equations are reported if there is only one such choice. Where single cells give
none, a number booked one column too far is tried: so much less in one cell, so much more in its neighbour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from disclosure_checks.rules.findings.equations import EquationSystem, ReportEquations, equation_system
from disclosure_checks.rules.findings.finding import Diagnosis
from disclosure_checks.rules.formula.evaluation import evaluate
from disclosure_checks.rules.formula.outcomes import FAIL, PASS, Columns, Outcome, RuleInstance
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.compiling.lexicon_building import leaf_columns
from disclosure_checks.rules.spec.compiling.vocabulary import vocabulary_of
from disclosure_checks.rules.spec.model.specification import Severity, Specification, ValueType
from disclosure_checks.rules.spec.model.table_structure import TableStructure

_MOST_CHANGES = 3  # more independent mistakes in one connected set of equations are beyond a safe guess
_MOST_PROPOSALS = 40
_SAME = 1e-9

DIGITS_SWAPPED = "digits_swapped"
NEIGHBOURING_COLUMN = "neighbouring_column"

DiagnosisKey = tuple[int, str, int]  # report, rule id, position of the instance in its rule


@dataclass(frozen=True)
class _Proposal:
    """New values for one cell, or for two neighbours, and the failing equations they mend (by cell)."""

    values: tuple[tuple[str, float], ...]
    mends: Mapping[int, int]  # equation -> which of ``values`` belongs to it


def diagnose(
    compiled: CompiledSpecification, columns: Columns, outcomes: Mapping[str, tuple[Outcome, ...]]
) -> dict[DiagnosisKey, Diagnosis]:
    """The most probable wrong cell for each failing equation that has one, over all reports."""
    system = equation_system(compiled, outcomes)
    if system is None:
        return {}
    tables = tuple(vocabulary_of(compiled.specification).tables.values())
    guard = _Guard(tuple(_other_errors(compiled, system, outcomes)), columns, _amount_cells(compiled.specification))
    found: dict[DiagnosisKey, Diagnosis] = {}
    for report in system.failing_reports():
        equations = system.in_report(report, columns)
        for number, diagnosis in _diagnoses_of_report(equations, tables, guard):
            equation = system.equations[number]
            found[(report, equation.rule_id, equation.position)] = diagnosis
    return found


def _other_errors(
    compiled: CompiledSpecification, system: EquationSystem, outcomes: Mapping[str, tuple[Outcome, ...]]
) -> Iterator[tuple[RuleInstance, Outcome]]:
    """The rules of severity error that are no equations: a proposal must not break them either."""
    equations = {(equation.rule_id, equation.position) for equation in system.equations}
    for rule in compiled.rules:
        if rule.rule.severity is Severity.ERROR:
            for position, instance in enumerate(rule.instances):
                if (rule.rule.id, position) not in equations:
                    yield instance, outcomes[rule.rule.id][position]


def _amount_cells(specification: Specification) -> frozenset[str]:
    layouts = vocabulary_of(specification).tables
    amounts = {
        (table.id, column.id)
        for table in specification.tables
        for column in leaf_columns(table.columns)
        if column.type is ValueType.AMOUNT
    }
    return frozenset(cell for table in layouts.values() for cell in table.cells() if _column_of(cell) in amounts)


def _column_of(cell: str) -> tuple[str, str]:
    table, _, column = cell.split(".")
    return table, column


@dataclass(frozen=True)
class _Guard:
    """What a proposed value must respect besides the equations: the kind of number, and the other rules."""

    rules: tuple[tuple[RuleInstance, Outcome], ...]
    columns: Columns
    amounts: frozenset[str]

    def possible(self, values: Iterable[tuple[str, float]]) -> bool:
        """Whether the cells may hold these values at all."""
        return all(value >= 0 and (cell in self.amounts or value == int(value)) for cell, value in values)

    def breaks_nothing(self, values: tuple[tuple[str, float], ...], report: int) -> bool:
        """Whether every other rule that holds in the report still holds with the new values."""
        changed = dict(values)
        for instance, outcome in self.rules:
            if int(outcome.status[report]) != PASS or changed.keys().isdisjoint(instance.inputs):
                continue
            numbers = {
                name: np.array([changed.get(name, self.columns[name][report])])
                for name in instance.inputs
                if name in self.columns
            }
            if int(evaluate(instance, numbers, 1).status[0]) == FAIL:
                return False
        return True


def _diagnoses_of_report(
    equations: ReportEquations, tables: tuple[TableStructure, ...], guard: _Guard
) -> Iterator[tuple[int, Diagnosis]]:
    singles = list(_single_changes(equations, guard))
    open_components: list[frozenset[int]] = []
    for component in _components(equations):
        chosen = _choose([proposal for proposal in singles if component.issuperset(proposal.mends)], component)
        if not chosen:
            open_components.append(component)
        for proposal in chosen:
            yield from _diagnoses(proposal, equations)
    # the two columns of a move need not share an equation, so that it may mend two components
    for move in _unrivalled(list(_moves(equations, tables, guard)) if open_components else []):
        touched = [component for component in open_components if not component.isdisjoint(move.mends)]
        if touched and frozenset().union(*touched) == move.mends.keys():
            yield from _diagnoses(move, equations)


def _diagnoses(proposal: _Proposal, equations: ReportEquations) -> Iterator[tuple[int, Diagnosis]]:
    for number, which in proposal.mends.items():
        cell, value = proposal.values[which]
        hint = NEIGHBOURING_COLUMN if len(proposal.values) > 1 else _hint(equations.value(cell), value)
        yield number, Diagnosis(cell, value, hint)


def _unrivalled(proposals: list[_Proposal]) -> list[_Proposal]:
    """The proposals none of whose equations another proposal would mend as well."""
    rivals = Counter(number for proposal in proposals for number in proposal.mends)
    return [proposal for proposal in proposals if all(rivals[number] == 1 for number in proposal.mends)]


def _components(equations: ReportEquations) -> list[frozenset[int]]:
    """The failing equations, those that share cells together."""
    remaining = set(equations.failing())
    components: list[frozenset[int]] = []
    while remaining:
        component, frontier = set[int](), [remaining.pop()]
        while frontier:
            number = frontier.pop()
            component.add(number)
            cells = equations.weights_in(number)
            near = {other for other in remaining if not cells.keys().isdisjoint(equations.weights_in(other))}
            remaining -= near
            frontier += near
        components.append(frozenset(component))
    return sorted(components, key=min)


def _single_changes(equations: ReportEquations, guard: _Guard) -> Iterator[_Proposal]:
    cells = dict.fromkeys(cell for number in equations.failing() for cell in equations.weights_in(number))
    for cell in cells:
        judged = equations.judged_with(cell)
        change = _agreed_change(equations, cell, judged)
        if change is None:
            continue
        values = ((cell, _tidy(equations.value(cell) + change)),)
        if guard.possible(values) and guard.breaks_nothing(values, equations.report):
            yield _Proposal(values, dict.fromkeys(judged, 0))


def _agreed_change(equations: ReportEquations, cell: str, judged: list[int]) -> float | None:
    """By how much the cell must change so that all these equations hold; None unless all fail and agree."""
    if not judged or not all(equations.fails(number) for number in judged):
        return None
    asked = [-equations.residual(number) / equations.weights_in(number)[cell] for number in judged]
    return asked[0] if all(abs(other - asked[0]) <= _SAME for other in asked) else None


def _choose(proposals: list[_Proposal], component: frozenset[int]) -> list[_Proposal]:
    """The fewest changes that mend the whole component, if there is one such choice.

    Where nothing mends all of it, changes that mend at least two equations nobody else could mend.
    """
    if not proposals or len(proposals) > _MOST_PROPOSALS:
        return []
    for size in range(1, _MOST_CHANGES + 1):
        covers = [choice for choice in combinations(proposals, size) if _mends_exactly(choice, component)]
        if covers:
            return list(covers[0]) if len(covers) == 1 else []
    return [proposal for proposal in _unrivalled(proposals) if len(proposal.mends) > 1]


def _mends_exactly(choice: tuple[_Proposal, ...], component: frozenset[int]) -> bool:
    mended = [number for proposal in choice for number in proposal.mends]
    return len(mended) == len(set(mended)) == len(component)  # what they mend is of the component


def _moves(equations: ReportEquations, tables: tuple[TableStructure, ...], guard: _Guard) -> Iterator[_Proposal]:
    """Numbers booked one column too far."""
    for table in tables:
        columns = [column for column in table.columns.order if not table.columns.leaves[column].total]
        for row in table.rows.order:
            for first, second in pairwise(columns):
                if table.has_cell(row, first) and table.has_cell(row, second):
                    cells = table.cell_id(row, first), table.cell_id(row, second)
                    proposal = _move(equations, cells, guard)
                    if proposal is not None:
                        yield proposal


def _move(equations: ReportEquations, cells: tuple[str, str], guard: _Guard) -> _Proposal | None:
    """The move between two cells their equations agree on."""
    judged = [equations.judged_with(cell) for cell in cells]
    both = set(judged[0]) & set(judged[1])
    alone = [[number for number in own if number not in both] for own in judged]
    first, second = (_agreed_change(equations, cell, own) for cell, own in zip(cells, alone, strict=True))
    if first is None or second is None or abs(first + second) > _SAME or any(map(equations.fails, both)):
        return None
    if any(equations.weights_in(number)[cells[0]] != equations.weights_in(number)[cells[1]] for number in both):
        return None
    values = tuple(
        (cell, _tidy(equations.value(cell) + change)) for cell, change in zip(cells, (first, second), strict=True)
    )
    if not guard.possible(values) or not guard.breaks_nothing(values, equations.report):
        return None
    return _Proposal(values, {**dict.fromkeys(alone[0], 0), **dict.fromkeys(alone[1], 1)})


def _tidy(value: float) -> float:
    """A sum of decimals without the last bit's noise."""
    return round(value, 9)


def _hint(printed: float, value: float) -> str:
    if printed != int(printed) or value != int(value):
        return ""
    return DIGITS_SWAPPED if sorted(str(int(printed))) == sorted(str(int(value))) else ""
