"""A report as a spreadsheet, .xlsx or .xls: running text in merged rows, the tables with their merged cells.

Sheet -> PlacedCell (where it stands, what it holds) -> bytes
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

import xlwt
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from tests.generation.grid import Kind, grid_of
from tests.generation.sheets import PrintedTable, Sheet

WIDTH = 15  # columns that running text is merged over


@dataclass(frozen=True)
class WorkbookStyle:
    """How the workbook is made.

    ``numbers``: values are numbers, not texts. ``sheets``: each section stands on a sheet of its own.
    ``merges_text``: paragraphs are merged over the width of the page. ``left_column``: column A is left empty.
    """

    ruled: bool = True
    numbers: bool = True
    sheets: bool = False
    merges_text: bool = True
    blank_rows: bool = False
    left_column: bool = False


class PlacedCell(NamedTuple):
    """A cell on a sheet; ``row`` and ``column`` count from 1."""

    row: int
    column: int
    rows: int
    columns: int
    value: str | int | float
    in_table: bool


def _value(text: str, style: WorkbookStyle) -> str | int | float:
    if style.numbers and text.isdecimal():
        return int(text)
    if style.numbers and text.replace(".", "", 1).isdecimal():
        return float(text)
    return text


def _table(table: PrintedTable, row: int, style: WorkbookStyle) -> Iterator[PlacedCell]:
    taken: set[tuple[int, int]] = set()
    for offset, cells in enumerate(grid_of(table)):
        column = 1
        for cell in cells:
            while (row + offset, column) in taken:
                column += 1
            value = _value(cell.text, style) if cell.kind is Kind.VALUE else cell.text
            yield PlacedCell(row + offset, column + style.left_column, cell.rows, cell.columns, value, True)
            taken |= {(row + offset + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
            column += cell.columns


def placed_cells(sheet: Sheet, style: WorkbookStyle) -> list[list[PlacedCell]]:
    """The cells of each sheet of the workbook."""
    pages: list[list[PlacedCell]] = [[]]
    row = 1

    def text(line: str) -> None:
        nonlocal row
        pages[-1].append(PlacedCell(row, 1 + style.left_column, 1, WIDTH if style.merges_text else 1, line, False))
        row += 1

    for line in (*sheet.title, *sheet.front_matter):
        text(line)
    for section in sheet.sections:
        if style.sheets:
            pages.append([])
            row = 1
        if section.heading:
            text(section.heading)
        for line in section.paragraphs:
            text(line)
        if section.table in sheet.tables:
            row += style.blank_rows
            pages[-1] += _table(sheet.tables[section.table], row, style)
            row = max(cell.row + cell.rows for cell in pages[-1]) + style.blank_rows
        for line in section.notes:
            text(line)
    for line in sheet.closing:
        text(line)
    return pages


def xlsx_document(sheet: Sheet, style: WorkbookStyle = WorkbookStyle()) -> bytes:
    """The report as an .xlsx file."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for number, cells in enumerate(placed_cells(sheet, style), start=1):
        _fill(workbook.create_sheet(f"Sheet{number}"), cells, style)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _fill(page: Worksheet, cells: list[PlacedCell], style: WorkbookStyle) -> None:
    border = Border(*[Side("thin")] * 4)
    for row, column, rows, columns, value, in_table in cells:
        page.cell(row, column, value)
        if in_table and style.ruled:
            for r in range(row, row + rows):
                for c in range(column, column + columns):
                    page.cell(r, c).border = border
        if rows > 1 or columns > 1:
            page.merge_cells(None, row, column, row + rows - 1, column + columns - 1)


def xls_document(sheet: Sheet, style: WorkbookStyle = WorkbookStyle()) -> bytes:
    """The report as an .xls file."""
    workbook = xlwt.Workbook()
    plain, ruled = xlwt.XFStyle(), xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin")
    for number, cells in enumerate(placed_cells(sheet, style), start=1):
        page = workbook.add_sheet(f"Sheet{number}")
        for row, column, rows, columns, value, in_table in cells:
            looks = ruled if in_table and style.ruled else plain
            page.write_merge(row - 1, row + rows - 2, column - 1, column + columns - 2, value, looks)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()
