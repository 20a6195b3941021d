"""The smallest corrections of one report: which failing equations are mended together, and by which sets of cells.

A connected set of failing equations that one cell can mend is mended for itself. What is left of a table is mended
together, as two columns that share no failing equation may be wrong by one mistake; where that takes too many changes,
each connected set for itself, then every two of them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations
from typing import NamedTuple

from disclosure_checks.rules.corrections.equations import SignedEquation
from disclosure_checks.rules.corrections.other_rules import OtherRules
from disclosure_checks.rules.corrections.ranking import CellChange, Mended
from disclosure_checks.rules.corrections.smallest_sets import MOST_CHANGES, Changes, smallest_sets
from disclosure_checks.rules.findings.equations import ReportEquations

_MOST_PAIRED = 8  # connected sets that are tried two by two
_SAME = 1e-9

Together = frozenset[int]
"""Failing equations that hang together."""


class FoundCorrection(NamedTuple):
    """Cells that change together, and what that does to other rules."""

    changes: tuple[CellChange, ...]
    mended: Mended


class MendedTogether(NamedTuple):
    """Failing equations and every smallest correction of them."""

    equations: Together
    corrections: tuple[FoundCorrection, ...]
    certain: bool = True  # whether nothing else of the table is left unexplained


@dataclass
class CorrectionSearch:
    """One report. ``may_hold``: whether a cell can hold a value; ``may_change``: whether it can be to blame."""

    equations: ReportEquations
    rules: OtherRules
    may_hold: Callable[[str, float], bool]
    may_change: Callable[[str], bool]
    judged: dict[frozenset[tuple[str, float]], Mended] = field(default_factory=dict)
    settled: dict[str, float] = field(default_factory=dict)  # by the only corrections that were found so far
    settled_equations: set[int] = field(default_factory=set)

    def found(self) -> Iterator[MendedTogether]:
        failing = [number for number in self.equations.failing() if math.isfinite(self.equations.residual(number))]
        sets = self._hanging_together(failing)
        open_sets = []
        for own in sets:
            if mended := self._mend(own, sets, (1,)):
                yield mended
            else:
                open_sets.append(own)
        for part in self._parts(open_sets):
            yield from self._of_part(part, sets)

    def _of_part(self, part: Sequence[Together], sets: Sequence[Together]) -> Iterator[MendedTogether]:
        """The corrections of the sets of one table that no single cell mends."""
        sizes = range(2, MOST_CHANGES + 1)
        if len(part) <= MOST_CHANGES and (mended := self._mend(frozenset().union(*part), sets, sizes)):
            yield mended
            return
        alone = [one for own in part if len(part) > 1 and (one := self._mend(own, sets, sizes))]
        left = [own for own in part if own not in {one.equations for one in alone}]
        pairs = self._pairs(left, sets) if len(left) <= _MOST_PAIRED else []
        in_pairs = {number for pair in pairs for number in pair.equations}
        left = [own for own in left if own.isdisjoint(in_pairs)]
        # what explains a part of it may be wrong as long as the rest is not explained
        yield from (one._replace(certain=not left) for one in (*alone, *pairs))
        for own in left:
            yield from self._cells_that_mend_most(own)

    def _pairs(self, sets: Sequence[Together], all_sets: Sequence[Together]) -> list[MendedTogether]:
        """The corrections of two sets, none of which could be mended with another one as well."""
        sizes = range(2, MOST_CHANGES + 1)
        pairs = [one for pair in combinations(sets, 2) if (one := self._mend(pair[0] | pair[1], all_sets, sizes))]
        rivals = Counter(number for pair in pairs for number in pair.equations)
        return [pair for pair in pairs if all(rivals[number] == 1 for number in pair.equations)]

    def _mend(self, wanted: Together, sets: Sequence[Together], sizes: Sequence[int]) -> MendedTogether | None:
        """The smallest corrections of some failing equations that leave the cells of all other failing ones alone."""
        others = [number for own in sets if own.isdisjoint(wanted) for number in own]
        foreign = {cell for number in others for cell in self.equations.weights_in(number)}
        numbers = self._connected(wanted, without=frozenset(others))
        signed = [
            SignedEquation(
                self.equations.weights_in(number), -self.equations.residual(number) if number in wanted else 0.0
            )
            for number in numbers
        ]
        found = smallest_sets(
            signed,
            lambda cell: cell not in foreign and self.may_change(cell),
            partial(self._acceptable, wanted),
            sizes,
        )
        if not found.sets:
            return None
        corrections = [self._changes(changes) for changes in found.sets]
        if len(corrections) == 1:
            self.settled |= {one.cell: one.value for one in corrections[0]}
            self.settled_equations |= wanted
        return MendedTogether(wanted, tuple(FoundCorrection(one, self.judged[_values(one)]) for one in corrections))

    def _acceptable(self, wanted: Together, found: list[Changes]) -> list[Changes]:
        """The sets whose cells can hold their new values, no certain rule being broken.

        A rule that reads cells of other failing equations is not certain: it may hold or fail because of those.
        """
        others = [number for number in self.equations.failing() if number not in wanted | self.settled_equations]
        doubtful = frozenset(cell for number in others for cell in self.equations.weights_in(number))
        corrections = [(changes, self._changes(changes)) for changes in found]
        possible = [
            (changes, corrected)
            for changes, corrected in corrections
            if all(self.may_hold(one.cell, one.value) for one in corrected)
        ]
        judged = self.rules.judge(
            [{one.cell: one.value for one in corrected} for _, corrected in possible],
            self.equations.report,
            self.settled,
            doubtful,
        )
        self.judged |= {
            _values(corrected): mended for (_, corrected), mended in zip(possible, judged, strict=True) if mended
        }
        return [changes for (changes, _), mended in zip(possible, judged, strict=True) if mended]

    def _changes(self, changes: Changes) -> tuple[CellChange, ...]:
        order = self.equations.system.order
        return tuple(
            CellChange(cell, printed, round(printed + changes[cell], 9))  # a sum of decimals without its noise
            for cell in sorted(changes, key=order.__getitem__)
            for printed in (self.equations.value(cell),)
        )

    def _cells_that_mend_most(self, own: Together) -> Iterator[MendedTogether]:
        """Changes of one cell that mend at least two equations no other cell could mend.

        Only where they mend all between them is a cell suspected for it: among many mistakes two equations may well
        ask for the same change by chance.
        """
        singles = []
        for cell in dict.fromkeys(cell for number in sorted(own) for cell in self.equations.weights_in(number)):
            mends = self.equations.judged_with(cell)
            change = self._agreed_change(cell, mends)
            if change is not None and self.may_change(cell) and self._acceptable(own, [{cell: change}]):
                singles.append((frozenset(mends), self._changes({cell: change})))
        rivals = Counter(number for mended, _ in singles for number in mended)
        kept = [
            (mended, corrected)
            for mended, corrected in singles
            if len(mended) > 1 and all(rivals[number] == 1 for number in mended)
        ]
        all_mended = frozenset().union(*(mended for mended, _ in kept)) == own
        for mended, corrected in kept:
            correction = FoundCorrection(corrected, self.judged[_values(corrected)])
            yield MendedTogether(mended, (correction,), certain=all_mended)

    def _agreed_change(self, cell: str, mends: Sequence[int]) -> float | None:
        if not mends or not all(map(self.equations.fails, mends)):
            return None
        asked = [-self.equations.residual(number) / self.equations.weights_in(number)[cell] for number in mends]
        return asked[0] if all(abs(other - asked[0]) <= _SAME for other in asked) else None

    def _parts(self, sets: Sequence[Together]) -> list[list[Together]]:
        """The sets that equations which hold connect: those of one table."""
        parts: list[list[Together]] = []
        left = list(sets)
        while left:
            reached = set(self._connected(left[0], without=frozenset()))
            parts.append([own for own in left if not reached.isdisjoint(own)])
            left = [own for own in left if reached.isdisjoint(own)]
        return parts

    def _connected(self, start: Together, without: frozenset[int]) -> list[int]:
        """Every equation that could be judged and is reached over common cells."""
        reached, frontier = set(start), list(start)
        while frontier:
            for cell in self.equations.weights_in(frontier.pop()):
                near = [one for one in self.equations.judged_with(cell) if one not in reached and one not in without]
                reached.update(near)
                frontier += near
        return sorted(reached)

    def _hanging_together(self, failing: Sequence[int]) -> list[Together]:
        """The failing equations, those that share cells together."""
        remaining = set(failing)
        sets: list[Together] = []
        while remaining:
            own, frontier = set[int](), [min(remaining)]
            remaining -= set(frontier)
            while frontier:
                number = frontier.pop()
                own.add(number)
                cells = self.equations.weights_in(number)
                near = {one for one in remaining if not cells.keys().isdisjoint(self.equations.weights_in(one))}
                remaining -= near
                frontier += near
            sets.append(frozenset(own))
        return sorted(sets, key=min)


def _values(changes: Sequence[CellChange]) -> frozenset[tuple[str, float]]:
    return frozenset((one.cell, one.value) for one in changes)
