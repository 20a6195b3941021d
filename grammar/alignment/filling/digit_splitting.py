"""Telling apart numbers by the equations of the format: a bounded exact search, never a guess.

    2 1 7 1 0 0 0 0 2 1 8  <-  21710000218, because 217 + 1 + 0 + 0 + 0 + 0 = 218 and nothing else fits

A row has candidates: the divisions of its digits, or its numbers without those that are too many. It is settled where
exactly one of them satisfies the equations over its own cells; rows that several fit are settled together by the
equations over columns, and only the cells on which all solutions agree are known. A row whose columns do not come out
with what is known is not settled: then something printed is wrong, and it may be this row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from disclosure_checks.grammar.model.lexicon import LinearEquation
from disclosure_checks.grammar.words.divided_digits import divisions, may_have_blanks, number_of_divisions

_MOST_STEPS_TOGETHER = 8_000  # of the search over all open rows
_FEWEST_THAT_DO_NOT_COME_OUT = 2  # a single one may hold a wrong number
_MOST_TOO_MANY = 2  # numbers of a row beyond its columns

Values = dict[str, float]


@dataclass
class Settled:
    """What is known: ``values`` by cell id, and the ``equations`` that were needed to know them."""

    values: Values = field(default_factory=dict)
    equations: set[LinearEquation] = field(default_factory=set)


Row = tuple[
    tuple[str, ...], Sequence[tuple[str, ...]]
]  # its cells, and what is printed: one way to take it, or several


class _DividedRow(NamedTuple):
    """A row, its ``own`` equations, and the values ``found`` that it may have.

    ``comes_out``: they satisfy its equations, or there are too many divisions to tell.
    """

    cells: tuple[str, ...]
    ways: Sequence[tuple[str, ...]]
    own: Sequence[LinearEquation]
    found: list[Values]
    needs_equations: bool
    comes_out: bool


def settle(rows: Sequence[Row], known: Mapping[str, float], equations: Sequence[LinearEquation]) -> Settled:
    """The values of rows. ``known``: the cells that were simply read.

    Where cells of the table seem to be blank a row is settled only if its digits fit in no other way with some of its
    own cells blank.
    """
    settled = Settled()
    open_rows: list[list[Values]] = []
    divided: list[_DividedRow] = []
    for cells, ways in rows:
        own = [equation for equation in equations if set(equation.cells) <= set(cells)]
        candidates = [_candidates(cells, printed, own) for printed in ways]
        found = list({tuple(values.items()): values for one, _ in candidates for values in one or ()}.values())
        comes_out = not own or bool(found) or any(one is None for one, _ in candidates)
        divided.append(_DividedRow(cells, ways, own, found, any(needed for _, needed in candidates), comes_out))
    has_blanks = _has_blanks(divided)
    held = [set(equation.cells) for equation in equations]  # cells of no equation are not told apart by any
    for one in divided:
        if has_blanks and any(may_have_blanks(one.cells, printed, tuple(one.own)) for printed in one.ways):
            continue
        if len(one.found) == 1:
            settled.values.update(one.found[0])
            settled.equations.update(one.own if one.needs_equations else ())
        elif one.found and any(not equation_cells.isdisjoint(one.cells) for equation_cells in held):
            open_rows.append(one.found)
    _settle_together(open_rows, known, equations, settled)
    _drop_contradicted(rows, known, equations, settled)
    return settled


def _candidates(
    cells: tuple[str, ...], printed: tuple[str, ...], own: Sequence[LinearEquation]
) -> tuple[list[Values] | None, bool]:
    """The values that a row may have, None where these are too many, and whether equations were needed to find them."""
    if len(printed) > len(cells):
        if not own or len(printed) > len(cells) + _MOST_TOO_MANY or not all(map(_is_number, printed)):
            return [], True
        numbers = [float(text.replace(",", "")) for text in printed]
        fitting = [dict(zip(cells, one, strict=True)) for one in sorted(_kept(numbers, len(cells)))]
        return [values for values in fitting if all(_holds(equation, values) for equation in own)], True
    if not all(text.isdecimal() for text in printed) or sum(map(len, printed)) < len(cells):
        return [], True
    # the only division is no proof either: an empty cell leaves as many digits as a long number adds
    return divisions(cells, printed, own), bool(own) and number_of_divisions(len(cells), printed) > 1


def _has_blanks(rows: Sequence[_DividedRow]) -> bool:
    """Whether cells are blank in some rows: one prints fewer digits than it has cells, or several do not come out at all."""
    if any(all(sum(map(len, way)) < len(row.cells) for way in row.ways) for row in rows):
        return True
    return sum(1 for row in rows if not row.comes_out) >= _FEWEST_THAT_DO_NOT_COME_OUT


def chosen_by_equations(
    cells: tuple[str, ...],
    candidates: Iterable[tuple[str, ...]],
    equations: Sequence[LinearEquation],
    certain: Collection[int] = (),
) -> tuple[float, ...] | None:
    """The only one among the numbers that a row may have, some of them too many, that satisfies its own equations.

    ``certain``: those, by their number, that are not too many.
    """
    own = [equation for equation in equations if set(equation.cells) <= set(cells)]
    if not own:
        return None
    fitting: set[tuple[float, ...]] = set()
    for printed in candidates:
        if not len(cells) <= len(printed) <= len(cells) + _MOST_TOO_MANY or not all(map(_is_number, printed)):
            return None
        numbers = [float(text.replace(",", "")) for text in printed]
        for values in _kept(numbers, len(cells), certain):
            if all(_holds(equation, dict(zip(cells, values, strict=True))) for equation in own):
                fitting.add(values)
    return fitting.pop() if len(fitting) == 1 else None


def _kept(numbers: Sequence[float], width: int, certain: Collection[int] = ()) -> set[tuple[float, ...]]:
    """So many of the numbers, in order. What is left out is the number of a page, or of a note; none of these is 0."""
    kept: set[tuple[float, ...]] = set()
    for places in combinations(range(len(numbers)), width):
        if set(places).issuperset(certain) and all(
            numbers[place] for place in range(len(numbers)) if place not in places
        ):
            kept.add(tuple([numbers[place] for place in places]))
    return kept


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "", 1).isdecimal()


def _holds(equation: LinearEquation, values: Mapping[str, float]) -> bool:
    return abs(sum(sign * values[cell] for cell, sign in equation.terms)) < 1e-9


def _settle_together(
    rows: list[list[Values]], known: Mapping[str, float], equations: Sequence[LinearEquation], settled: Settled
) -> None:
    """Rows that several candidates fit: the combinations that satisfy every equation whose cells are all known then."""
    if not rows:
        return
    base = {**known, **settled.values}
    rows.sort(key=len)
    open_cells = {cell for row in rows for cell in row[0]}
    usable = [
        equation
        for equation in equations
        if open_cells & set(equation.cells) and all(cell in base or cell in open_cells for cell in equation.cells)
    ]
    solutions = _solutions(rows, base, usable)
    if not solutions:
        return
    agreed = {
        cell: value for cell, value in solutions[0].items() if all(other[cell] == value for other in solutions[1:])
    }
    settled.values.update(agreed)
    settled.equations.update(equation for equation in usable if set(equation.cells) & set(agreed))


def _solutions(
    rows: Sequence[list[Values]], base: Mapping[str, float], usable: Sequence[LinearEquation]
) -> list[Values]:
    """Every choice of a candidate a row that the equations allow; [] where the search is too long."""
    of_cell: dict[str, list[tuple[int, float]]] = {}
    totals = [0.0] * len(usable)
    missing: list[dict[float, int]] = [{} for _ in usable]  # open terms by sign
    for number, equation in enumerate(usable):
        for cell, sign in equation.terms:
            if cell in base:
                totals[number] += sign * base[cell]
            else:
                of_cell.setdefault(cell, []).append((number, sign))
                missing[number][sign] = missing[number].get(sign, 0) + 1
    solutions: list[Values] = []
    chosen: Values = {}
    steps = 0

    def possible(touched: Iterable[int]) -> bool:
        for number in touched:
            total = totals[number]
            if total > 1e-9 or total < -1e-9:
                signs = [sign for sign, count in missing[number].items() if count]
                if not any(sign * total < 0 for sign in signs):
                    return False
        return True

    def choose(row: int) -> None:
        nonlocal steps
        if row == len(rows):
            solutions.append(dict(chosen))
            return
        for candidate in rows[row]:
            steps += 1
            if steps > _MOST_STEPS_TOGETHER:
                return
            touched = set()
            for cell, value in candidate.items():
                for number, sign in of_cell.get(cell, ()):
                    totals[number] += sign * value
                    missing[number][sign] -= 1
                    touched.add(number)
            if possible(touched):
                chosen.update(candidate)
                choose(row + 1)
            for cell, value in candidate.items():
                for number, sign in of_cell.get(cell, ()):
                    totals[number] -= sign * value
                    missing[number][sign] += 1

    choose(0)
    return solutions if steps <= _MOST_STEPS_TOGETHER else []


def _drop_contradicted(
    rows: Sequence[Row],
    known: Mapping[str, float],
    equations: Sequence[LinearEquation],
    settled: Settled,
) -> None:
    """Takes back rows whose columns do not come out: only what has one division stays."""
    everything = {**known, **settled.values}
    broken = {
        cell
        for equation in equations
        if all(cell in everything for cell in equation.cells) and not _holds(equation, everything)
        for cell in equation.cells
    }
    for cells, ways in rows:
        is_chosen = len(ways) > 1 or len(ways[0]) > len(cells) or number_of_divisions(len(cells), ways[0]) > 1
        if is_chosen and broken & set(cells) & settled.values.keys():
            for cell in cells:
                settled.values.pop(cell, None)
