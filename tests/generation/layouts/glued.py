"""Layout 6, glued text: the separators between cells are gone. A value can only be found through the equations."""

from __future__ import annotations

from random import Random

from tests.generation.grid import table_slots
from tests.generation.layouts.frame import joined, report_lines
from tests.generation.sheets import PrintedTable, Sheet


def _texts(table: PrintedTable) -> list[list[str]]:
    return [[slot.text for slot in row if slot.text] for row in table_slots(table)]


def glued_rows(sheet: Sheet, random: Random) -> str:
    """Every printed row of a table is one run of characters."""
    return joined(report_lines(sheet, lambda table: ["".join(row) for row in _texts(table)]))


def glued_rows_partly_spaced(sheet: Sheet, random: Random) -> str:
    """As before, with some of the separators left."""

    def print_table(table: PrintedTable) -> list[str]:
        return ["".join(text + random.choice(("", "", " ")) for text in row).rstrip() for row in _texts(table)]

    return joined(report_lines(sheet, print_table))


def glued_tables(sheet: Sheet, random: Random) -> str:
    """Every table is one run of characters."""
    return joined(report_lines(sheet, lambda table: ["".join("".join(row) for row in _texts(table))]))
