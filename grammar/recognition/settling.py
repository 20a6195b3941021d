"""What each cell that was seen in a picture is, by the sums it stands in.

    cells + numbers seen + equations --settled--> cells with other statuses, equations relied on, cut-outs

A digit that was misread breaks the sums of its row and of its column, and only an alternative that mends both can be
right; a slip of the report breaks them as well, but then every digit was seen clearly. Which of the two it is, is a
question of odds (``calibration``). What cannot be told stays open: an open cell is asked about, a wrong one misleads.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from disclosure_checks.grammar.model.lexicon import LinearEquation
from disclosure_checks.grammar.model.report import WITH_NUMBER, Cell, CellStatus
from disclosure_checks.grammar.model.source_document import RecognisedNumber
from disclosure_checks.grammar.recognition.calibration import (
    FITS_BY_CHANCE,
    MOST_RISK,
    MOST_RISK_OF_ACCUSING,
    SAME_TEXT_FITS,
)
from disclosure_checks.grammar.recognition.equation_system import EquationSystem
from disclosure_checks.grammar.recognition.explanations import Explanation, ExplanationSearch
from disclosure_checks.grammar.recognition.missing_numbers import missing_numbers
from disclosure_checks.grammar.recognition.seen_cells import ReadNumber, SeenCell, seen_cells

_NEARLY_AS_LIKELY = 0.5
MOST_CUT_OUTS = 60  # of a report: its page is to stay small
LARGEST_CUT_OUT = 3072  # bytes
MOST_BYTES = 24_000  # of all of them together


@dataclass(frozen=True)
class Settled:
    """``cells``: every cell that was seen, as it counts. ``relied_on``: the cells of each equation that told a number.

    ``cut_outs``: what people should see of the picture, the most doubtful first.
    """

    cells: Mapping[str, Cell]
    relied_on: frozenset[frozenset[str]]
    cut_outs: Mapping[str, bytes]


class _Likelihoods(NamedTuple):
    """How likely each change of a cell is, and the explanations that this comes from, their weights adding up to 1."""

    of_changes: Mapping[str, Mapping[tuple[float, bool], float]]
    explanations: Sequence[Explanation]


@dataclass
class _Verdicts:
    """``taken``: what cells hold that were misread or not read at all; ``open_cells``: those that cannot be told.

    ``confirmed``: equations that fail by one slip of the report together with others: all of them tell the same slip,
    and so each of them comes out but for it.
    """

    taken: dict[str, float] = field(default_factory=dict)
    open_cells: set[str] = field(default_factory=set)
    confirmed: set[int] = field(default_factory=set)


def settled(
    cells: Mapping[str, Cell],
    numbers: Sequence[RecognisedNumber],
    equations: Sequence[LinearEquation],
    read: ReadNumber,
) -> Settled:
    """Settles the cells that print a number which was seen in a picture. Every other cell is certain."""
    seen = seen_cells(cells, numbers, read)
    values = {name: cell.value for name, cell in cells.items() if cell.status in WITH_NUMBER}
    values |= {name: one.value for name, one in seen.items() if not math.isnan(one.value)}
    concerned = [one for one in equations if not seen.keys().isdisjoint(one.cells)]
    missing = missing_numbers(frozenset(seen.keys() - values.keys()), values, concerned)
    readable = {name: one for name, one in seen.items() if name in values}
    system = EquationSystem(concerned, {**values, **missing})
    verdicts = _explained(system, readable)
    verdicts.taken |= missing
    _find_risks(system, readable, verdicts)
    return _told(cells, seen, system, verdicts)


def _explained(system: EquationSystem, seen: Mapping[str, SeenCell]) -> _Verdicts:
    """What the equations that fail say of the cells that they hold."""
    verdicts = _Verdicts()
    search = ExplanationSearch(system, seen)
    for failing in _connected(system, system.failing()):
        found, is_complete = search.explain(failing)
        if not is_complete:
            verdicts.open_cells |= _doubtful(system, seen, failing)
        elif found:
            _decide(system, _likelihoods(found), verdicts)
    return verdicts


def _connected(system: EquationSystem, failing: Sequence[int]) -> Iterator[list[int]]:
    """The failing equations in groups that share cells: each group is explained by itself."""
    left = list(failing)
    while left:
        group = [left.pop(0)]
        cells = set(system.weights[group[0]])
        while near := [number for number in left if not cells.isdisjoint(system.weights[number])]:
            for number in near:
                left.remove(number)
                group.append(number)
                cells.update(system.weights[number])
        yield sorted(group)


def _doubtful(system: EquationSystem, seen: Mapping[str, SeenCell], failing: Sequence[int]) -> set[str]:
    """The cells of these equations that are not clear; of an equation whose cells all are, the least clear."""
    found: set[str] = set()
    for number in failing:
        own = [seen[cell] for cell in system.weights[number] if cell in seen]
        doubtful = {one.id for one in own if one.doubt > MOST_RISK}
        found |= doubtful or {max(own, key=lambda one: one.doubt).id} if own else set()
    return found


def _likelihoods(found: Sequence[Explanation]) -> _Likelihoods:
    whole = sum(one.weight for one in found)
    of_changes: dict[str, dict[tuple[float, bool], float]] = defaultdict(lambda: defaultdict(float))
    explanations = [one._replace(weight=one.weight / whole) for one in found]
    for one in explanations:
        for change in one.changes:
            of_changes[change.cell][change.value, change.is_named] += one.weight
    return _Likelihoods(of_changes, explanations)


def _decide(system: EquationSystem, likelihoods: _Likelihoods, verdicts: _Verdicts) -> None:
    """Takes what is all but certain, leaves open what is not; what still fails is only told where that is no misreading."""
    best = likelihoods.explanations[0]
    most_risk = MOST_RISK if best.changes else MOST_RISK_OF_ACCUSING  # a slip that is told says what is printed
    for cell, changes in likelihoods.of_changes.items():
        (value, is_named), likelihood = max(changes.items(), key=lambda one: one[1])
        if likelihood >= 1 - MOST_RISK and is_named:
            verdicts.taken[cell] = value
        elif sum(changes.values()) > most_risk:
            verdicts.open_cells.add(cell)
    if best.weight >= 1 - MOST_RISK_OF_ACCUSING:
        verdicts.confirmed |= {number for slip in best.slips if len(slip) > 1 for number in slip}
    for number in system.failing(verdicts.taken):
        _open_unless_sure(system.weights[number].keys(), likelihoods, verdicts)


def _open_unless_sure(cells: Iterable[str], likelihoods: _Likelihoods, verdicts: _Verdicts) -> None:
    """Leaves the likeliest culprits of a failing equation open, unless it is a slip of the report beyond doubt."""
    own = set(cells)
    if own & verdicts.open_cells:
        return
    shares: dict[str, float] = defaultdict(float)
    risk = 0.0
    for one in likelihoods.explanations:
        others = {change.cell for change in one.changes if change.cell in own and change.cell not in verdicts.taken}
        risk += one.weight if others else 0.0
        for cell in others:
            shares[cell] += one.weight
    if risk > MOST_RISK_OF_ACCUSING:
        most = max(shares.values())
        verdicts.open_cells |= {cell for cell, share in shares.items() if share >= _NEARLY_AS_LIKELY * most}


def _find_risks(system: EquationSystem, seen: Mapping[str, SeenCell], verdicts: _Verdicts) -> None:
    """Leaves cells open that nothing holds: neither how clearly they were seen nor the equations that come out."""
    changes = {cell: value for cell, value in verdicts.taken.items() if cell in system.values}
    certain = seen.keys() - verdicts.taken.keys() - verdicts.open_cells
    verdicts.open_cells |= {cell for cell in certain if _risk(system, seen, cell, changes, verdicts) > MOST_RISK}


def _risk(
    system: EquationSystem, seen: Mapping[str, SeenCell], cell: str, changes: Mapping[str, float], verdicts: _Verdicts
) -> float:
    """How likely a cell is wrong although its equations come out, those that do."""
    risk = seen[cell].doubt
    for number in system.equations_of.get(cell, ()):
        weights = system.weights[number]
        comes_out = number in verdicts.confirmed or not system.residual(number, changes)
        if comes_out and verdicts.open_cells.isdisjoint(weights):
            risk *= min(1.0, _fits_by_mistake(weights, seen, seen[cell], changes))
    return risk


def _fits_by_mistake(
    weights: Mapping[str, float], seen: Mapping[str, SeenCell], cell: SeenCell, changes: Mapping[str, float]
) -> float:
    """How likely an equation comes out although a cell of it was misread: another one was too, and makes up for it."""
    likelihood = 0.0
    for other, weight in weights.items():
        if other == cell.id:
            continue
        if other not in seen or other in changes:  # certain, or told by its equations
            likelihood += FITS_BY_CHANCE * (other in changes)
        elif seen[other].text == cell.text and weight * weights[cell.id] < 0:
            likelihood += min(SAME_TEXT_FITS, 3 * seen[other].doubt)
        else:
            likelihood += FITS_BY_CHANCE * seen[other].doubt
    return likelihood


def _told(
    cells: Mapping[str, Cell], seen: Mapping[str, SeenCell], system: EquationSystem, verdicts: _Verdicts
) -> Settled:
    relied_on: set[frozenset[str]] = set()
    told: dict[str, Cell] = {}
    for name, one in seen.items():
        cell = cells[name]
        if name in verdicts.open_cells:
            told[name] = cell._replace(value=math.nan, status=CellStatus.AMBIGUOUS)
        elif name in verdicts.taken:
            told[name] = _inferred(cell, verdicts.taken[name])
        elif math.isnan(one.value):
            told[name] = cell._replace(value=math.nan, status=CellStatus.UNREADABLE)
        elif one.is_printed:
            told[name] = cell if cell.status is CellStatus.INFERRED else cell._replace(status=CellStatus.RECOGNISED)
        else:
            told[name] = _inferred(cell, one.value)
        if told[name].status is CellStatus.INFERRED and cell.status is not CellStatus.INFERRED:
            relied_on |= {frozenset(system.weights[number]) for number in system.equations_of.get(name, ())}
    return Settled(told, frozenset(relied_on), _cut_outs(cells, seen, system, told))


def _inferred(cell: Cell, value: float) -> Cell:
    """A cell that holds another number than it seems to print: it is shown as that number."""
    text = str(int(value)) if value == int(value) else str(value)
    return cell._replace(text=text, value=value, status=CellStatus.INFERRED)


def _cut_outs(
    cells: Mapping[str, Cell], seen: Mapping[str, SeenCell], system: EquationSystem, told: Mapping[str, Cell]
) -> dict[str, bytes]:
    """What people should look at: cells that are open or were told by sums, then those of equations that fail.

    Of the latter those of several such equations come first, and those that hold anything.
    """
    values = {name: cell.value for name, cell in told.items() if not math.isnan(cell.value)}
    changed = [one for one, cell in told.items() if cell.status is not CellStatus.RECOGNISED and cell is not cells[one]]
    in_failing: Counter[str] = Counter()
    for number in system.failing(values):
        if all(cell not in told or cell in values for cell in system.weights[number]):
            in_failing.update(cell for cell in system.weights[number] if cell in seen)
    by_weight = sorted(in_failing, key=lambda name: (-in_failing[name], values[name] == 0))
    shown: dict[str, bytes] = {}
    left = MOST_BYTES
    for name in dict.fromkeys((*changed, *by_weight)):
        size = len(seen[name].cut_out)
        if len(shown) < MOST_CUT_OUTS and 0 < size <= min(LARGEST_CUT_OUT, left):
            shown[name] = seen[name].cut_out
            left -= size
    return shown
