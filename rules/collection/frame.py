"""The one wide frame every rule runs over: a row per report, a float64 column per cell, fact and last year's cell.

Shapes: ``len(reports)`` rows in the order given; text columns ``source``, ``agency``, ``year``, then numbers in
column-contiguous memory, so that a formula reads each of its columns as one unbroken numpy array. Missing = NaN.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from disclosure_checks.grammar.model.fact_names import REPORT_NAMES
from disclosure_checks.grammar.model.overlaid_facts import OverlaidFacts
from disclosure_checks.grammar.model.packing import PackedFacts, cell_numbers, positions
from disclosure_checks.grammar.model.report import UNKNOWN, Fact, Report
from disclosure_checks.rules.collection.earlier_years import NOTHING_EARLIER, EarlierYears, values_of_years_ago
from disclosure_checks.rules.collection.year_facts import year_facts
from disclosure_checks.rules.expectations.frame_columns import AGENCY, SOURCE, YEAR
from disclosure_checks.rules.formula.functions import earlier_prefix, without_years, years_back
from disclosure_checks.rules.formula.outcomes import FloatArray
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.compiling.relied_on_equations import relied_on_columns

REPORT_YEAR = "report.year"

_report_columns = tuple(f"report.{name}" for name in REPORT_NAMES)
_TOGETHER = 1000  # reports turned into rows at a time

_value_of_fact = itemgetter(UNKNOWN._fields.index("value"))


def build_frame(
    compiled: CompiledSpecification, reports: Sequence[Report], earlier: EarlierYears = NOTHING_EARLIER
) -> pd.DataFrame:
    """The frame of a spec over its reports: one row a report, in the given order.

    Columns: ``source``, ``agency``, ``year`` (text, "" without a year); then float64: ``report.year``, every cell id,
    every fact name, and ``previous_year:<cell id>`` taken from the report of the same agency and the year before: one
    of ``reports``, else one of ``earlier`` (see ``rules.collection.earlier_years``). Where two reports share agency and year,
    neither serves as a year before; an agency that is not known has no year before. What formulas ask of years further
    back stands in ``years_ago_2:<name>`` and so on. Where reports relied on an
    equation to tell numbers apart, a column ``relied_on:<rule>:<item>`` says which.
    """
    facts = tuple(name for name in compiled.facts if name not in _report_columns)
    names = (REPORT_YEAR, *compiled.cells, *facts)
    remembered = names_of_earlier_years(compiled)
    columns = [*names, *(earlier_prefix(years) + name for years, own in remembered.items() for name in own)]
    relied_on = relied_on_columns(compiled, reports)
    columns += relied_on
    numbers = np.full((len(reports), len(columns)), math.nan, order="F")
    first_fact = 1 + len(compiled.cells)
    numbers[:, 0] = [math.nan if report.year is None else report.year for report in reports]
    for row in range(0, len(reports), _TOGETHER):
        some, rows = reports[row : row + _TOGETHER], slice(row, row + _TOGETHER)
        cells = [cell_numbers(report.cells, compiled.cells) for report in some]
        numbers[rows, 1:first_fact] = _matrix(cells, compiled.cells)
        numbers[rows, first_fact : len(names)] = _matrix([_fact_numbers(report.facts, facts) for report in some], facts)

    place = {name: position for position, name in enumerate(names)}
    start = len(names)
    for years, asked in remembered.items():
        own = numbers[:, [place[name] for name in asked]]
        numbers[:, start : start + len(asked)] = values_of_years_ago(years, reports, asked, own, earlier)
        start += len(asked)
    this_year = numbers[:, 1:first_fact]
    last_year = numbers[:, len(names) : len(names) + len(compiled.cells)]
    for name, counts in year_facts(compiled, this_year, last_year).items():
        if name in place:  # a spec without facts has no column for it
            numbers[:, place[name]] = counts

    for marks in relied_on.values():
        numbers[:, start] = marks
        start += 1

    frame = pd.DataFrame(numbers, columns=columns, copy=False)
    texts: dict[str, list[str]] = {
        SOURCE: [report.source for report in reports],
        AGENCY: [report.agency for report in reports],
        YEAR: ["" if report.year is None else str(report.year) for report in reports],
    }
    for position, (name, values) in enumerate(texts.items()):
        frame.insert(position, name, pd.Series(values, dtype=object))
    return frame


def remembered_names(compiled: CompiledSpecification) -> tuple[str, ...]:
    """What is carried over from any year before: every cell, and the facts that formulas ask of earlier years."""
    return tuple(dict.fromkeys(name for names in names_of_earlier_years(compiled).values() for name in names))


def names_of_earlier_years(compiled: CompiledSpecification) -> dict[int, tuple[str, ...]]:
    """What is carried over, by how many years ago it was: of the year before every cell, and what formulas ask."""
    asked: dict[int, set[str]] = {1: set(compiled.cells)}
    for rule in compiled.rules:
        for instance in rule.instances:
            for column in instance.inputs:
                if years := years_back(column):
                    asked.setdefault(years, set()).add(without_years(column))
    known = (*compiled.cells, *compiled.facts)
    return {years: tuple(name for name in known if name in names) for years, names in sorted(asked.items())}


def _fact_numbers(facts: Mapping[str, Fact], names: tuple[str, ...]) -> Sequence[float] | FloatArray:
    """The values of these facts of a report, packed or not; NaN where there is none."""
    if isinstance(facts, OverlaidFacts):
        numbers = np.asarray(_fact_numbers(facts.below, names))
        known = positions(names)
        for name, fact in facts.over.items():
            if name in known:
                numbers[known[name]] = fact.value
        return numbers
    if not isinstance(facts, PackedFacts):
        return [_value_of_fact(facts.get(name, UNKNOWN)) for name in names]
    into = _columns_of(facts.names, names)[np.frombuffer(facts.places(), dtype=np.uint16)]
    numbers = np.full(len(names) + 1, math.nan)  # the last place takes what is not asked for
    numbers[into] = np.frombuffer(facts.numbers(), dtype=np.float64)
    return numbers[:-1]


@lru_cache(maxsize=64)
def _columns_of(names: tuple[str, ...], wanted: tuple[str, ...]) -> NDArray[np.intp]:
    """The place of each name among the wanted ones; one behind the last where it is not among them."""
    known = positions(wanted)
    return np.array([known.get(name, len(wanted)) for name in names], dtype=np.intp)


def _matrix(rows: Sequence[Sequence[float] | FloatArray], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(names))
