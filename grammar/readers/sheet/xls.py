"""Old spreadsheets (.xls, .et) through xlrd, the only reader of theirs that knows merged cells and number formats."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import xlrd
from xlrd.compdoc import CompDocError

from disclosure_checks.grammar.model.source_document import ReaderError, SourceDocument
from disclosure_checks.grammar.readers.pieces import Pieces
from disclosure_checks.grammar.readers.sheet.blocks import (
    SheetCell,
    SheetContent,
    checked_size,
    within_bounds,
)
from disclosure_checks.grammar.readers.sheet.number_formats import GENERAL, displayed
from disclosure_checks.grammar.readers.sheet.sheet_names import NamedSheet, workbook_blocks
from disclosure_checks.grammar.words import layout_names

LARGEST_FILE = 20_000_000  # bytes; an annual report has some 50 KB
MOST_SHEETS = 50
_SET_APART = (1, 2)  # superscript, subscript
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def read_xls(content: bytes) -> SourceDocument:
    """The document in ``content``; places name the sheet (as ``table``), row and column.

    Raises ReaderError ``encrypted``, ``damaged_spreadsheet`` and ``too_large``.
    """
    if len(content) > LARGEST_FILE:
        raise ReaderError("too_large", f"{len(content) / 1e6:.0f} MB > {LARGEST_FILE / 1e6:.0f} MB")
    try:
        with xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=_Nowhere()
        ) as book:
            return SourceDocument(layout_names.XLS, tuple(workbook_blocks(list(_sheets(book)))))
    except xlrd.XLRDError as error:
        raise ReaderError("encrypted" if "encrypted" in str(error) else "damaged_spreadsheet") from None
    # what xlrd runs into where records of a damaged file do not fit together
    except (
        CompDocError,
        struct.error,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        AssertionError,
        ArithmeticError,
        NotImplementedError,
        RecursionError,
    ) as error:
        raise ReaderError("damaged_spreadsheet", type(error).__name__) from None


class _Nowhere:
    """Takes what xlrd has to say about odd files."""

    def write(self, _: str) -> None:
        """Forgets a message."""

    def flush(self) -> None:
        """Nothing to do."""


def _sheets(book: Any) -> Iterator[NamedSheet]:
    for number, sheet in enumerate(book.sheets()[:MOST_SHEETS], start=1):
        if not sheet.visibility:
            yield NamedSheet(sheet.name, _content(book, sheet), number=number)


def _content(book: Any, sheet: Any) -> SheetContent:
    cells: dict[tuple[int, int], SheetCell] = {}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            cell = sheet.cell(row, column)
            text = _counted(book, sheet, row, column)
            ruled = _is_ruled(book, cell)
            if text or (ruled and within_bounds(row + 1, column + 1)):
                checked_size(row + 1, column + 1, len(cells))
                cells[(row + 1, column + 1)] = SheetCell(row + 1, column + 1, text, ruled)
    for top, bottom, left, right in sheet.merged_cells:
        place = (top + 1, left + 1)
        cells[place] = cells.get(place, SheetCell(*place, ""))._replace(rows=bottom - top, columns=right - left)
    hidden_rows = {number + 1 for number, info in sheet.rowinfo_map.items() if info.hidden}
    hidden_columns = {number + 1 for number, info in sheet.colinfo_map.items() if info.hidden}
    ordered = [cells[place] for place in sorted(cells)]
    return SheetContent(ordered, frozenset(hidden_rows), frozenset(hidden_columns))


def _counted(book: Any, sheet: Any, row: int, column: int) -> str:
    """What a cell displays, without what is struck and with raised and lowered runs as such."""
    cell = sheet.cell(row, column)
    text = _shown(book, cell)
    font = book.font_list[book.xf_list[cell.xf_index].font_index]
    runs = sheet.rich_text_runlist_map.get((row, column))
    if not runs or cell.ctype != xlrd.XL_CELL_TEXT:
        return "" if font.struck_out else text
    pieces = Pieces()
    starts = [(0, font), *((start, book.font_list[number]) for start, number in runs), (len(cell.value), font)]
    for (start, own), (end, _) in pairwise(starts):
        if not own.struck_out:
            pieces.add(cell.value[start:end], is_raised=own.escapement in _SET_APART)
    return pieces.text().replace("\r\n", "\n").replace("\r", "\n")


def _shown(book: Any, cell: Any) -> str:
    """What a cell displays."""
    if cell.ctype in (2, 3):  # number, date
        return displayed(cell.value, _number_format(book, cell), book.datemode == 1)
    if cell.ctype == 4:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == 5:
        return _ERRORS.get(cell.value, "#N/A")
    return str(cell.value).replace("\r\n", "\n").replace("\r", "\n")


def _number_format(book: Any, cell: Any) -> str:
    known = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return str(known.format_str) if known else GENERAL


def _is_ruled(book: Any, cell: Any) -> bool:
    border = book.xf_list[cell.xf_index].border
    styles = (border.left_line_style, border.right_line_style, border.top_line_style, border.bottom_line_style)
    return any(styles)
