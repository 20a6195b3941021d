"""Planted errors in one number: a wrong one, or something that is no count."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.generation.planting.planted import Planted
from tests.generation.sheets import GeneratedReport
from tests.generation.table_format import amount_cells, cell_ids, change_cells, tables

TABLES_WITH_EQUATIONS = ("requests.", "review.")


def _cells_with_equations(report: GeneratedReport) -> list[str]:
    return [cell for cell in cell_ids(report.format) if cell.startswith(TABLES_WITH_EQUATIONS)]


def _count_cells(report: GeneratedReport) -> list[str]:
    others = amount_cells(report.format) | change_cells(report.format)
    return [cell for cell in cell_ids(report.format) if cell not in others]


def _whole(report: GeneratedReport, cell: str) -> int:
    return int(report.cells[cell] or 0)


def _wrong_value(report: GeneratedReport, kind: str, cell: str, value: int) -> Planted:
    detail = f"{cell}: {_whole(report, cell)} -> {value}"
    return Planted(kind, (cell,), "an equation of the table does not hold", report.with_value(cell, value), detail)


def one_more(report: GeneratedReport, random: Random) -> Planted:
    """Any cell of table 3 or 4 is one too large."""
    cell = random.choice(_cells_with_equations(report))
    return _wrong_value(report, "one_more", cell, _whole(report, cell) + 1)


def one_less(report: GeneratedReport, random: Random) -> Planted:
    """A cell that is not 0 is one too small; one too large where all are 0."""
    positive = [cell for cell in _cells_with_equations(report) if _whole(report, cell) > 0]
    if not positive:
        return replace(one_more(report, random), kind="one_less")
    cell = random.choice(positive)
    return _wrong_value(report, "one_less", cell, _whole(report, cell) - 1)


def ten_times(report: GeneratedReport, random: Random) -> Planted:
    """A digit too many; ten where all cells are 0."""
    positive = [cell for cell in _cells_with_equations(report) if _whole(report, cell) > 0]
    cell = random.choice(positive or _cells_with_equations(report))
    return _wrong_value(report, "ten_times", cell, _whole(report, cell) * 10 or 10)


def _swapped(number: int) -> int:
    """The number with its last two differing neighbours swapped; the number itself where there are none."""
    digits = list(str(number))
    for place in range(len(digits) - 1, 0, -1):
        if digits[place] != digits[place - 1] and not (place == 1 and digits[1] == "0"):
            digits[place], digits[place - 1] = digits[place - 1], digits[place]
            return int("".join(digits))
    return number


def digits_swapped(report: GeneratedReport, random: Random) -> Planted:
    """Two neighbouring digits changed places; one too many where no cell has two digits."""
    candidates = [
        cell for cell in _cells_with_equations(report) if _swapped(_whole(report, cell)) != _whole(report, cell)
    ]
    if not candidates:
        return replace(one_more(report, random), kind="digits_swapped")
    cell = random.choice(candidates)
    return _wrong_value(report, "digits_swapped", cell, _swapped(_whole(report, cell)))


def neighbouring_column(report: GeneratedReport, random: Random) -> Planted:
    """A result is booked one column off: both columns' equations fail, the rows' still hold."""
    table = tables(report.format)["requests"]
    columns = [column.id for column in table.columns if column.id != "total"]
    rows = [row.id for row in table.rows if row.id != "results_total"]
    filled = [
        (row, place)
        for row in rows
        for place, column in enumerate(columns)
        if _whole(report, f"requests.{row}.{column}") > 0
    ]
    if not filled:
        return replace(one_more(report, random), kind="neighbouring_column")
    row, place = random.choice(filled)
    beside = place + 1 if place + 1 < len(columns) else place - 1
    source, target = (f"requests.{row}.{columns[index]}" for index in (place, beside))
    moved = _whole(report, source)
    changed = report.with_value(source, 0).with_value(target, _whole(report, target) + moved)
    detail = f"{moved} moved from {source} to {target}"
    return Planted("neighbouring_column", (source, target), "an equation of two columns does not hold", changed, detail)


def negative_count(report: GeneratedReport, random: Random) -> Planted:
    cell = random.choice(_count_cells(report))
    value = -max(1, _whole(report, cell))
    return Planted("negative_count", (cell,), "a count is negative", report.with_value(cell, value), f"{cell}: {value}")


def fraction_count(report: GeneratedReport, random: Random) -> Planted:
    cell = random.choice(_count_cells(report))
    value = _whole(report, cell) + 0.5
    changed = report.with_value(cell, value)
    return Planted("fraction_count", (cell,), "a count is no whole number", changed, f"{cell}: {value}")


def text_instead_of_number(report: GeneratedReport, random: Random) -> Planted:
    cell = random.choice(_count_cells(report))
    text = random.choice(("详见附件", "若干", "见下表", "未统计"))
    changed = replace(report.with_value(cell, None, text), unreadable=frozenset({cell}))
    return Planted("text_instead_of_number", (cell,), "a cell holds text and no number", changed, f"{cell}: {text}")
