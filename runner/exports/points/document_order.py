"""The order in which findings stand in their document, as a number that grows.

A text has lines; other documents have lines between tables whose cells know only their row and column. A table stands
where its section begins. What stands on one line, as all of a report may, follows the order of the format.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from disclosure_checks.grammar.model.report import Place, Report
from disclosure_checks.rules.findings.messages import parse_place

_MOST = 1 << 13  # rows, columns, or cells of a format
_MOST_LINES = 1 << 20


class DocumentOrder:
    """The order of one report. ``section_of_table``: the section that holds each table; ``cell_order``: the format's."""

    def __init__(self, report: Report, section_of_table: Mapping[str, str], cell_order: Mapping[str, int]) -> None:
        self._report = report
        self._section_of_table = section_of_table
        self._cell_order = cell_order

    def place_of(self, cell_id: str) -> str:
        """Where a cell stands, as findings write it; "" where that is unknown."""
        cell = self._report.cells.get(cell_id)
        return str(cell.place) if cell is not None and cell.place is not None else ""

    def of(self, where: str, cells: Sequence[str] = ()) -> int:
        """The number of a place; 0 for what concerns the report as a whole. ``cells``: those concerned."""
        if not where:
            return 0
        place = parse_place(where)
        page, line = place.page, place.line
        if place.table and not line:
            begins = self._beginning(cells)
            page = page or begins.page
            line = begins.line if begins.page == page else 0
        column = place.column
        if not place.row and not column and cells:
            column = self._cell_order.get(cells[0], 0)
        return ((page * _MOST_LINES + min(line, _MOST_LINES - 1)) * _MOST + min(place.row, _MOST - 1)) * _MOST + min(
            column, _MOST - 1
        )

    def _beginning(self, cells: Sequence[str]) -> Place:
        """Where the section of the table of these cells begins."""
        tables = dict.fromkeys(cell.partition(".")[0] for cell in cells)
        return next((self._tables[table] for table in tables if table in self._tables), Place())

    @cached_property
    def _tables(self) -> Mapping[str, Place]:
        begins = {section.id: section.place for section in reversed(self._report.sections)}
        return {table: begins[section] for table, section in self._section_of_table.items() if section in begins}
