"""How much of each table is last year's: facts of the frame, once the year before stands beside the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from disclosure_checks.grammar.model.fact_names import TABLE_YEAR_FACTS
from disclosure_checks.rules.formula.outcomes import FloatArray
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.compiling.vocabulary import vocabulary_of
from disclosure_checks.rules.spec.model.table_structure import TableStructure


def year_facts(compiled: CompiledSpecification, current: FloatArray, previous: FloatArray) -> Mapping[str, FloatArray]:
    """The facts of ``grammar.model.fact_names.TABLE_YEAR_FACTS`` of every table, by full name.

    ``current``, ``previous``: this year's and last year's cells, shape (reports, cells of the spec). A cell that is
    missing in either year is neither changed nor repeated. Result: shape (reports,), NaN where nothing is known of
    last year.
    """
    place = {cell: position for position, cell in enumerate(compiled.cells)}
    known: NDArray[np.bool_] = np.any(~np.isnan(previous), axis=1)
    facts: dict[str, FloatArray] = {}
    for table in vocabulary_of(compiled.specification).tables.values():
        own = [place[cell] for cell in table.cells()]
        now, before = current[:, own], previous[:, own]
        changed: NDArray[np.bool_] = (now != before) & ~np.isnan(now) & ~np.isnan(before)
        repeated: NDArray[np.bool_] = (now == before) & (now != 0)
        counted = (changed, repeated, repeated[:, _no_totals(table)])
        for name, cells in zip(TABLE_YEAR_FACTS, counted, strict=True):
            facts[f"table.{table.id}.{name}"] = _counted(cells, known)
    return facts


def _no_totals(table: TableStructure) -> Sequence[bool]:
    """Which cells, in the order of the table, stand in no row and no column of totals."""
    total_rows, total_columns = (
        {leaf.id for leaf in axis.leaves.values() if leaf.total} for axis in (table.rows, table.columns)
    )
    places = (cell.split(".") for cell in table.cells())
    return [row not in total_rows and column not in total_columns for _, row, column in places]


def _counted(cells: NDArray[np.bool_], known: NDArray[np.bool_]) -> FloatArray:
    counts: FloatArray = np.where(known, cells.sum(axis=1), np.nan)
    return counts
