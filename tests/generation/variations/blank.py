"""Variations that print cells empty or as a placeholder; the report that comes back knows which (``blank``)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

from tests.generation.sheets import GeneratedReport
from tests.generation.table_format import placeholders, tables


def _blanked(report: GeneratedReport, cells: Iterable[str], random: Random, texts: tuple[str, ...]) -> GeneratedReport:
    printed = {cell: random.choice(texts) for cell in cells}
    sheet = report.sheet.with_texts(lambda cell, text: printed.get(cell, text))
    return replace(report, sheet=sheet, cells={**report.cells, **dict.fromkeys(printed)})


def _some_cells(report: GeneratedReport, random: Random) -> list[str]:
    return random.sample(list(report.cells), random.choice((1, 1, 2, 5, 20)))


def placeholder_values(report: GeneratedReport, random: Random) -> GeneratedReport:
    """Some cells print / or — or 无 instead of a number."""
    return _blanked(report, _some_cells(report, random), random, placeholders())


def empty_values(report: GeneratedReport, random: Random) -> GeneratedReport:
    """Some cells print nothing; only for layouts that keep the place of an empty cell."""
    return _blanked(report, _some_cells(report, random), random, ("",))


def empty_zeros(report: GeneratedReport, random: Random) -> GeneratedReport:
    """Cells are empty where zeros belong, in the whole document."""
    return _blanked(report, [cell for cell, value in report.cells.items() if value == 0], random, ("",))


def empty_totals(report: GeneratedReport, random: Random) -> GeneratedReport:
    """The column of totals of one table is empty."""
    table = random.choice(
        [table.id for table in tables(report.format).values() if any(c.id == "total" for c in table.columns)]
    )
    cells = [cell for cell in report.cells if cell.startswith(f"{table}.") and cell.endswith(".total")]
    return _blanked(report, cells, random, ("",))
