"""What speaks for a correction, and whether one of several leads clearly.

Each kind of evidence has a weight; a correction is as good as what speaks for it less what speaks against it. To lead,
a correction needs more in its favour than any other: that something speaks against the others is not enough, for a
sentence may have been copied from the table with its mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from disclosure_checks.rules.corrections.slips import typing_slip

NEIGHBOURS_SWAPPED = "neighbours_swapped"
SMALL_NEIGHBOURS_SWAPPED = "small_neighbours_swapped"
BOOKED_BESIDE = "booked_beside"
SENTENCE = "sentence"
YEAR_BEFORE = "year_before"
OTHER_RULE = "other_rule"
FILLED_ZERO = "filled_zero"

_TWO_DIGITS = 10


@dataclass(frozen=True)
class CellChange:
    """What a cell holds and what it would have to hold."""

    cell: str
    printed: float
    value: float


@dataclass(frozen=True)
class Correction:
    """Cells that change together. ``reasons``: kinds of evidence for it, each once; ``support`` and ``doubt`` weigh it."""

    changes: tuple[CellChange, ...]
    reasons: tuple[str, ...] = ()
    support: float = 0.0
    doubt: float = 0.0


@dataclass(frozen=True)
class Weights:
    """How much each kind of evidence counts, and by how much a correction must lead to be the one."""

    of: Mapping[str, float]
    lead: float


@dataclass(frozen=True)
class Mended:
    """What a correction does to the rules that are no sums: the kinds of those that hold again, and that no longer do.

    ``rules``: those that hold again, each by its id and the position of its instance.
    """

    kinds: Sequence[str] = ()
    broken: Sequence[str] = field(default=())
    rules: Sequence[tuple[str, int]] = ()


def weighed(
    changes: tuple[CellChange, ...], mended: Mended, neighbours: Callable[[str, str], bool], weights: Weights
) -> Correction:
    """A correction with all that speaks for and against it."""
    pair_kinds, of_pairs = _pairs(changes, neighbours)
    slips = [typing_slip(one.printed, one.value) for one in changes if one.cell not in of_pairs]
    for_it = [*pair_kinds, *filter(None, slips), *mended.kinds]
    zeros = [FILLED_ZERO for one in changes if one.printed == 0 and one.cell not in of_pairs]
    return Correction(
        changes,
        tuple(dict.fromkeys(for_it)),
        _sum(for_it, weights),
        _sum([*mended.broken, *zeros], weights),
    )


def ranked(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The best first; what is as good stays in its order."""
    return tuple(sorted(corrections, key=lambda one: one.doubt - one.support))


def leading(best_first: Sequence[Correction], weights: Weights) -> Correction | None:
    """The one correction that counts, where it is the only one or leads clearly."""
    if not best_first:
        return None
    first, others = best_first[0], best_first[1:]
    if others and (first.doubt > 0 or first.support < weights.lead + max(one.support for one in others)):
        return None
    return first


def _sum(kinds: Iterable[str], weights: Weights) -> float:
    return sum(weights.of.get(kind, 0.0) for kind in kinds)


def _pairs(changes: Sequence[CellChange], neighbours: Callable[[str, str], bool]) -> tuple[list[str], frozenset[str]]:
    """Neighbours of which one holds what the other lacks, and the cells this explains."""
    kinds: list[str] = []
    explained: set[str] = set()
    for one, other in combinations(changes, 2):
        kind = _pair_kind(one, other)
        if kind and explained.isdisjoint((one.cell, other.cell)) and neighbours(one.cell, other.cell):
            kinds.append(kind)
            explained.update((one.cell, other.cell))
    return kinds, frozenset(explained)


def _pair_kind(one: CellChange, other: CellChange) -> str:
    if one.value == other.printed and other.value == one.printed:
        small = min(one.printed, other.printed) < _TWO_DIGITS
        return SMALL_NEIGHBOURS_SWAPPED if small else NEIGHBOURS_SWAPPED
    return BOOKED_BESIDE if one.value - one.printed == other.printed - other.value else ""
