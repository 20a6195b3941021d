"""Workbooks that are one file of XML, as Excel 2003 and many systems of administrations write them (SpreadsheetML)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from disclosure_checks.grammar.model.source_document import Block, ReaderError, SourceDocument
from disclosure_checks.grammar.readers.open_xml_package import LARGEST_PART, number, parse_xml
from disclosure_checks.grammar.readers.pieces import Pieces
from disclosure_checks.grammar.readers.sheet.blocks import SheetCell, SheetContent, checked_size, within_bounds
from disclosure_checks.grammar.readers.sheet.number_formats import GENERAL, displayed
from disclosure_checks.grammar.readers.sheet.sheet_names import NamedSheet, workbook_blocks
from disclosure_checks.grammar.readers.xml_encoding import in_utf8
from disclosure_checks.grammar.words import layout_names

MOST_SHEETS = 50
_FORMATS = {  # the names that stand for formats
    "General Number": GENERAL,
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Currency": "#,##0.00",
    "Percent": "0.00%",
    "Short Date": "yyyy-mm-dd",
    "Medium Date": "yyyy-mm-dd",
    "Long Date": "yyyy-mm-dd",
    "General Date": "yyyy-mm-dd",
}
_YES = ("1", "true")
_MOST_REPEATED = 1_000  # columns or rows that one element speaks of


def read_spreadsheet_xml(content: bytes) -> SourceDocument:
    """The document in ``content``; places name the sheet (as ``table``), row and column.

    Raises ReaderError ``damaged_spreadsheet`` and ``too_large`` (bytes, rows, columns).
    """
    if len(content) > LARGEST_PART:
        raise ReaderError("too_large", f"{len(content) / 1e6:.0f} MB > {LARGEST_PART / 1e6:.0f} MB")
    reader = _WorkbookReader()
    try:
        parse_xml(in_utf8(content), reader.start, reader.end, reader.text)
    except ReaderError as error:
        if error.code == "too_large":
            raise
        raise ReaderError("damaged_spreadsheet", error.detail) from None
    blocks: tuple[Block, ...] = tuple(workbook_blocks(reader.sheets))
    return SourceDocument(layout_names.XLS, blocks)


@dataclass
class _Style:
    """What matters of a style; None where it is left to its parent."""

    parent: str = ""
    number_format: str | None = None
    struck: bool | None = None
    ruled: bool = False


@dataclass
class _Sheet:
    name: str
    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False


class _WorkbookReader:
    """Takes the elements of a workbook as they come; attributes are told by their local names."""

    def __init__(self) -> None:
        self.sheets: list[NamedSheet] = []
        self._styles: dict[str, _Style] = {}
        self._style = _Style()
        self._sheet = _Sheet("")
        self._row = self._column = self._next_column = 0
        self._spans = (1, 1)
        self._cell_style = _Style()
        self._formula = ""
        self._kind = ""
        self._pieces = Pieces()
        self._open_data = self._in_comment = self._struck = self._raised = 0

    def start(self, element: str, written: dict[str, str]) -> None:
        """An element begins."""
        name = _local(element)
        given = {_local(key): value for key, value in written.items()}
        if self._open_data:
            self._struck += name in ("S", "Del", "Strike")
            self._raised += name in ("Sup", "Sub")
        elif name == "Data" and not self._in_comment:
            self._open_data, self._kind = 1, given.get("Type", "String")
        elif name == "Comment":
            self._in_comment += 1
        elif name in _STARTS:
            _STARTS[name](self, given)

    def end(self, element: str) -> None:
        """An element ends."""
        name = _local(element)
        if self._open_data:
            self._struck -= name in ("S", "Del", "Strike")
            self._raised -= name in ("Sup", "Sub")
            self._open_data = int(name != "Data")
        elif name == "Comment":
            self._in_comment -= 1
        elif name == "Cell":
            self._end_cell()
        elif name == "Worksheet" and not self._sheet.hidden and len(self.sheets) < MOST_SHEETS:
            cells = [self._sheet.cells[place] for place in sorted(self._sheet.cells)]
            shown = SheetContent(cells, frozenset(self._sheet.hidden_rows), frozenset(self._sheet.hidden_columns))
            self.sheets.append(NamedSheet(self._sheet.name, shown))
        elif name == "Visible":
            self._sheet.hidden = self._pieces.text().strip() != "SheetVisible"
        if name in ("Visible", "WorksheetOptions"):
            self._pieces = Pieces()

    def text(self, text: str) -> None:
        """Characters between elements."""
        if not self._struck and not self._in_comment:
            self._pieces.add(text, is_raised=bool(self._raised))

    def _start_style(self, given: Mapping[str, str]) -> None:
        self._style = self._styles[given.get("ID", "")] = _Style(given.get("Parent", "Default"))

    def _number_format(self, given: Mapping[str, str]) -> None:
        written = given.get("Format", GENERAL)
        self._style.number_format = _FORMATS.get(written, written)

    def _font(self, given: Mapping[str, str]) -> None:
        if "StrikeThrough" in given:
            self._style.struck = given["StrikeThrough"] in _YES

    def _border(self, given: Mapping[str, str]) -> None:
        self._style.ruled = self._style.ruled or given.get("LineStyle", "None") != "None"

    def _start_sheet(self, given: Mapping[str, str]) -> None:
        self._sheet = _Sheet(given.get("Name", ""))
        self._row = self._column = 0

    def _column_of_sheet(self, given: Mapping[str, str]) -> None:
        self._column = number(given.get("Index", ""), self._column + 1)
        last = self._column + min(number(given.get("Span", "")), _MOST_REPEATED)
        if given.get("Hidden", "0") in _YES:
            self._sheet.hidden_columns.update(range(self._column, last + 1))
        self._column = last

    def _start_row(self, given: Mapping[str, str]) -> None:
        self._row = number(given.get("Index", ""), self._row + 1)
        last = self._row + min(max(number(given.get("Span", "")), 0), _MOST_REPEATED)
        if given.get("Hidden", "0") in _YES:
            self._sheet.hidden_rows.update(range(self._row, last + 1))
        self._next_column = 1

    def _start_cell(self, given: Mapping[str, str]) -> None:
        self._column = number(given.get("Index", ""), self._next_column)
        across, down = (max(number(given.get(name, "")), 0) for name in ("MergeAcross", "MergeDown"))
        self._spans = (down + 1, across + 1)
        self._next_column = self._column + across + 1
        self._cell_style = self._resolved(given.get("StyleID", "Default"))
        self._formula = given.get("Formula", "")
        self._kind, self._pieces = "", Pieces()

    def _resolved(self, identifier: str) -> _Style:
        found = _Style()
        for _ in range(20):
            style = self._styles.get(identifier)
            if style is None:
                break
            found.number_format = style.number_format if found.number_format is None else found.number_format
            found.struck = style.struck if found.struck is None else found.struck
            found.ruled = found.ruled or style.ruled
            if identifier == style.parent:
                break
            identifier = style.parent
        return found

    def _end_cell(self) -> None:
        text = self._shown(self._pieces.text() if self._kind else "")
        rows, columns = self._spans
        merged = rows > 1 or columns > 1
        if text:
            checked_size(self._row, self._column, len(self._sheet.cells))
        if text or ((merged or self._cell_style.ruled) and within_bounds(self._row, self._column)):
            checked_size(1, 1, len(self._sheet.cells))
            cell = SheetCell(self._row, self._column, text, self._cell_style.ruled, rows, columns)
            self._sheet.cells[(self._row, self._column)] = cell

    def _shown(self, value: str) -> str:
        if self._cell_style.struck:
            return ""
        if self._kind == "Number":
            return displayed(value.strip(), self._cell_style.number_format or GENERAL) if value.strip() else ""
        if self._kind == "DateTime":
            return value.partition("T")[0]
        if self._kind == "Boolean":
            return {"1": "TRUE", "0": "FALSE"}.get(value.strip(), value)
        if not value and self._formula:
            return self._formula  # that no program has calculated yet
        return value.replace("\r\n", "\n").replace("\r", "\n")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


_STARTS = {
    "Style": _WorkbookReader._start_style,
    "NumberFormat": _WorkbookReader._number_format,
    "Font": _WorkbookReader._font,
    "Border": _WorkbookReader._border,
    "Worksheet": _WorkbookReader._start_sheet,
    "Column": _WorkbookReader._column_of_sheet,
    "Row": _WorkbookReader._start_row,
    "Cell": _WorkbookReader._start_cell,
}
