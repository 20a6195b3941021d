"""Sums over the bodies below: the frame columns that ``children_sum(x)`` and ``children_sum_known(x)`` read.

Summed are the listed agencies right below that report for the year, are not vertically managed and have exactly one
report of it. ``children_sum`` is unknown where x is unknown in one of their reports; ``children_sum_known`` is the sum
of those that are known, unknown where none is. Both are unknown where no body below has a report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.agencies.roll import AgencyRoll
from disclosure_checks.rules.formula.functions import COLUMN_FUNCTIONS
from disclosure_checks.rules.formula.outcomes import FloatArray
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification

_PREFIXES = {name: prefix for name, prefix in COLUMN_FUNCTIONS.items() if name.startswith("children_sum")}
Rows = NDArray[np.int64]


def with_children_sums(
    frame: pd.DataFrame, compiled: CompiledSpecification, reports: Sequence[Report], roll: AgencyRoll
) -> pd.DataFrame:
    """The frame with the sums its rules ask for. ``frame``: a row a report, in the order of ``reports``.

    A body below that reported in another format has no cell here and counts as unknown.
    """
    asked = _asked_columns(compiled)
    if roll.registry is None or not asked:
        return frame
    pairs, lacking = _family(reports, roll)
    if not len(pairs):
        return frame
    sums = {column: _sums(frame, column, pairs, lacking) for column in asked}
    return pd.concat([frame, pd.DataFrame(sums)], axis=1)


def _asked_columns(compiled: CompiledSpecification) -> list[str]:
    prefixes = tuple(_PREFIXES.values())
    return sorted(
        {
            column
            for rule in compiled.rules
            for instance in rule.instances
            for column in instance.inputs
            if column.startswith(prefixes)
        }
    )


def _family(reports: Sequence[Report], roll: AgencyRoll) -> tuple[Rows, Rows]:
    """(row of a body, row of one below it) for every pair, shape (pairs, 2), and the rows that lack one in the frame."""
    row_of = {(report.agency, report.year): row for row, report in enumerate(reports)}
    pairs: list[tuple[int, int]] = []
    lacking: list[int] = []
    for row, report in enumerate(reports):
        for child in _children_with_a_report(report, roll):
            below = row_of.get((child, report.year))
            if below is None:
                lacking.append(row)
            else:
                pairs.append((row, below))
    return np.array(pairs, dtype=np.int64).reshape(len(pairs), 2), np.array(lacking, dtype=np.int64)


def _children_with_a_report(report: Report, roll: AgencyRoll) -> Iterator[str]:
    agency = roll.agency_of(report)
    if agency is not None and report.year is not None:
        for child in roll.children(agency, report.year):
            if roll.reported_once(child, report.year):
                yield child.name


def _sums(frame: pd.DataFrame, column: str, pairs: Rows, lacking: Rows) -> FloatArray:
    prefix, _, name = column.partition(":")
    if name not in frame.columns:
        return np.full(len(frame), np.nan)
    values = frame[name].to_numpy(dtype=np.float64)[pairs[:, 1]]
    counted = ~np.isnan(values)
    sums, known, below = (np.zeros(len(frame)) for _ in range(3))
    np.add.at(sums, pairs[counted, 0], values[counted])
    np.add.at(known, pairs[counted, 0], 1)
    np.add.at(below, pairs[:, 0], 1)
    np.add.at(below, lacking, 1)
    enough = known == below if prefix == "children_sum" else known > 0
    result: FloatArray = np.where(enough & (below > 0), sums, np.nan)
    return result
