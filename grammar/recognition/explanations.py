"""What may be behind equations that fail: digits that were misread, slips of the report, and how likely each is.

An explanation is a set of events after which no equation is left to be explained: a cell holds one of its alternatives
(with the odds that the recogniser gives it), or something that the recogniser does not name, or the report itself has a
slip at a place, which all equations that are off by the same amount there tell. They are found best first.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from disclosure_checks.grammar.recognition.calibration import (
    MOST_STATES,
    NEGLIGIBLE,
    REPORT_SLIP,
    SAME_MISTAKE_AGAIN,
    SIZE_OF_MISREADING,
)
from disclosure_checks.grammar.recognition.equation_system import EXACT, EquationSystem
from disclosure_checks.grammar.recognition.seen_cells import SeenCell

_MOST_TOLD_BY_ONE_EVENT = 3  # equations that one cell stands in


class Change(NamedTuple):
    """A cell that was misread. ``is_named``: whether the recogniser names the value among its alternatives."""

    cell: str
    value: float
    is_named: bool


class Explanation(NamedTuple):
    """``slips``: the equations that fail because the report itself is wrong, those of one slip together. ``weight``: how
    likely it is, against others."""

    changes: frozenset[Change]
    slips: frozenset[frozenset[int]]
    weight: float


class Explanations(NamedTuple):
    """``is_complete``: whether everything was looked at that is not far less likely than the best."""

    found: Sequence[Explanation]
    is_complete: bool


class _State(NamedTuple):
    """``rest``: what the equations come to that still fail."""

    changes: frozenset[Change]
    slips: frozenset[frozenset[int]]
    mistakes: frozenset[tuple[str, str]]
    weight: float
    rest: Mapping[int, float]


class ExplanationSearch:
    """Finds what explains the failing equations of a report."""

    def __init__(self, system: EquationSystem, seen: Mapping[str, SeenCell]) -> None:
        self._system = system
        self._seen = seen

    def explain(self, failing: Sequence[int]) -> Explanations:
        """The explanations of equations that fail together."""
        rest = {number: self._system.residual(number, {}) for number in failing}
        start = _State(frozenset(), frozenset(), frozenset(), 1.0, rest)
        likeliest = self._likeliest_event(failing)
        order = count()
        waiting = [(-1.0, next(order), start)]
        known = {(start.changes, start.slips)}
        found: list[Explanation] = []
        for _ in range(MOST_STATES):
            least = found[0].weight * NEGLIGIBLE if found else 0.0
            if not waiting or -waiting[0][0] < least:
                return Explanations(found, True)
            state = heapq.heappop(waiting)[-1]
            if not state.rest:
                found.append(Explanation(state.changes, state.slips, state.weight))
                continue
            for following in self._events(state):
                hope = following.weight * likeliest ** -(-len(following.rest) // _MOST_TOLD_BY_ONE_EVENT)
                key = (following.changes, following.slips)
                if hope >= least and key not in known:
                    known.add(key)
                    heapq.heappush(waiting, (-hope, next(order), following))
        return Explanations(found, False)

    def _likeliest_event(self, failing: Sequence[int]) -> float:
        cells = {cell for number in failing for cell in self._system.weights[number] if cell in self._seen}
        odds = [one.odds for cell in cells for one in self._seen[cell].alternatives]
        unnamed = [SIZE_OF_MISREADING * self._seen[cell].unnamed for cell in cells]
        return min(max([REPORT_SLIP, *odds, *unnamed]), 1.0)

    def _events(self, state: _State) -> Iterator[_State]:
        """What may have happened to one of the equations that still fail."""
        number = min(state.rest)
        changed = {change.cell for change in state.changes}
        for cell, weight in self._system.weights[number].items():
            seen = self._seen.get(cell)
            if seen is not None and cell not in changed:
                yield from self._misreadings(state, seen, self._system.values[cell] - state.rest[number] / weight)
        for slips in self._slips(number, state.rest):
            left = {other: rest for other, rest in state.rest.items() if other not in slips}
            yield state._replace(slips=state.slips | {slips}, weight=state.weight * REPORT_SLIP, rest=left)

    def _misreadings(self, state: _State, seen: SeenCell, asked: float) -> Iterator[_State]:
        for value, odds, mistake in seen.alternatives:
            own = max(odds, SAME_MISTAKE_AGAIN) if mistake in state.mistakes else odds
            yield self._changed(state, Change(seen.id, value, True), own, state.mistakes | {mistake})
        if may_be_misread(seen.value, asked) and all(asked != one.value for one in seen.alternatives):
            own = min(seen.unnamed, 1.0) * SIZE_OF_MISREADING
            yield self._changed(state, Change(seen.id, asked, False), own, state.mistakes)

    def _changed(self, state: _State, change: Change, odds: float, mistakes: frozenset[tuple[str, str]]) -> _State:
        rest = dict(state.rest)
        difference = change.value - self._system.values[change.cell]
        for number in self._system.equations_of[change.cell]:
            if any(number in slip for slip in state.slips):
                continue
            left = rest.pop(number, 0.0) + self._system.weights[number][change.cell] * difference
            if abs(left) > EXACT:
                rest[number] = left
        return _State(state.changes | {change}, state.slips, mistakes, state.weight * odds, rest)

    def _slips(self, number: int, rest: Mapping[int, float]) -> list[frozenset[int]]:
        """The equations that one slip of the report makes fail together with this one, as many as may be."""
        together: set[frozenset[int]] = set()
        for cell, weight in self._system.weights[number].items():
            difference = rest[number] / weight
            together.add(
                frozenset(
                    other
                    for other in self._system.equations_of[cell]
                    if other in rest and rest[other] / self._system.weights[other][cell] == difference
                )
            )
        return sorted((one for one in together if not any(one < other for other in together)), key=sorted)


def may_be_misread(seen: float, asked: float) -> bool:
    """Whether a number may be a misreading of another: one digit is another one, or is lost or added, or two are."""
    if asked < 0 or asked != int(asked) or seen != int(seen):
        return False
    one, other = str(int(seen)), str(int(asked))
    if len(one) == len(other):
        return sum(mine != theirs for mine, theirs in zip(one, other, strict=True)) <= max(1, len(one) // 2)
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    if len(longer) - len(shorter) > 1:
        return False
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
