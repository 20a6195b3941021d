"""Whether the rows of a table come out by themselves: where most do not, their columns are not the ones they were read as."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from disclosure_checks.grammar.model.lexicon import LinearEquation
from disclosure_checks.grammar.model.report import Cell, CellStatus

_FEWEST_ROWS = 2  # that contradict themselves, before the columns are in doubt and not a row


class RowEquations:
    """The equations that hold inside single rows of one table."""

    def __init__(self, table: str, equations: Sequence[LinearEquation]) -> None:
        rows = [{cell.rpartition(".")[0] for cell in one.cells} for one in equations]
        self._equations = [
            one
            for one, names in zip(equations, rows, strict=True)
            if len(names) == 1 and names.pop().startswith(f"{table}.")
        ]

    @property
    def totals(self) -> frozenset[str]:
        """The columns that are the sum of all others of their row."""
        found: set[str] = set()
        for one in self._equations:
            signs = Counter(sign for _, sign in one.terms)
            found |= {cell.rpartition(".")[2] for cell, sign in one.terms if signs[sign] == 1}
        return frozenset(found)

    def mostly_fail(self, cells: Mapping[str, Cell]) -> bool:
        """Whether most rows of which every number is known, and not all are 0, contradict their equation."""
        judged = [(one, values) for one in self._equations if (values := _values(one, cells))]
        failing = sum(1 for one, values in judged if not _holds(one, values))
        return failing >= _FEWEST_ROWS and 2 * failing > len(judged)

    def mostly_hold(self, cells: Mapping[str, Cell]) -> bool:
        """Whether most rows that are printed with other numbers than 0 are known and come out."""
        judged = held = 0
        for one in self._equations:
            values = _values(one, cells)
            is_open = any(cell in cells and cells[cell].status is CellStatus.AMBIGUOUS for cell in one.cells)
            judged += bool(values) or is_open
            held += bool(values) and _holds(one, values)
        return 2 * held > judged

    def hold_in_another_order(self, cells: Mapping[str, Cell]) -> bool:
        """Whether most of these rows would come out if another one of their columns were the total."""
        judged = 0
        totals: Counter[int] = Counter()
        for one in self._equations:
            values = _values(one, cells)
            if values:
                judged += 1
                totals.update(place for place, value in enumerate(values) if abs(2 * value - sum(values)) < 1e-9)
        return any(2 * count > judged for count in totals.values())


def _values(equation: LinearEquation, cells: Mapping[str, Cell]) -> tuple[float, ...]:
    """The numbers of a row; () where one is not known or all are 0."""
    found = [cells.get(cell) for cell in equation.cells]
    values = tuple([math.nan if cell is None else cell.value for cell in found])
    return values if any(values) and not any(map(math.isnan, values)) else ()


def _holds(equation: LinearEquation, values: Sequence[float]) -> bool:
    return abs(sum(sign * value for (_, sign), value in zip(equation.terms, values, strict=True))) < 1e-9
