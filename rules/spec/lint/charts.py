"""Whether the charts of a spec fit its tables: ids that are no others', cells that there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from disclosure_checks.rules.formula.errors import FormulaError, closest
from disclosure_checks.rules.spec.compiling.vocabulary import vocabulary_of
from disclosure_checks.rules.spec.lint.repeated_ids import repeated_ids
from disclosure_checks.rules.spec.model.specification import Specification

Path = tuple[Union[str, int], ...]
Found = Iterator[tuple[Path, FormulaError]]


def chart_inconsistencies(specification: Specification) -> Found:
    """Everything in the charts of a spec that does not fit."""
    yield from repeated_ids((("charts", i, "id"), chart.id) for i, chart in enumerate(specification.charts))
    cells = vocabulary_of(specification).cells
    for position, chart in enumerate(specification.charts):
        path: Path = ("charts", position, "series")
        yield from repeated_ids(((*path, i, "id"), series.id) for i, series in enumerate(chart.series))
        for place, series in enumerate(chart.series):
            for number, cell in enumerate(series.cells):
                if cell not in cells:
                    error = FormulaError("unknown_chart_cell", 0, suggestion=closest(cell, cells), found=cell)
                    yield (*path, place, "cells", number), error
