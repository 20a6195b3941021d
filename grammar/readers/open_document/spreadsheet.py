"""OpenDocument spreadsheets, packed (.ods) or one file of XML (.fods): cells as they are displayed, which the file says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import FORM, IMAGE, OBJECT, ReaderError, SourceDocument, UnreadPart
from disclosure_checks.grammar.readers.open_document.styles import ShortNames, Style, Styles
from disclosure_checks.grammar.readers.open_xml_package import LARGEST_PART, Package, number, parse_xml
from disclosure_checks.grammar.readers.pieces import Pieces
from disclosure_checks.grammar.readers.sheet.blocks import (
    MOST_COLUMNS,
    MOST_ROWS,
    SheetCell,
    SheetContent,
    checked_size,
    within_bounds,
)
from disclosure_checks.grammar.readers.sheet.number_formats import GENERAL, displayed
from disclosure_checks.grammar.readers.sheet.sheet_names import NamedSheet, TextBox, workbook_blocks
from disclosure_checks.grammar.readers.source_file import ZIP
from disclosure_checks.grammar.readers.xml_encoding import in_utf8
from disclosure_checks.grammar.words import layout_names

MOST_SHEETS = 50
_HIDDEN = ("collapse", "filter")
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_UNREAD = {"draw:image": IMAGE, "draw:object": OBJECT, "draw:object-ole": OBJECT, "draw:control": FORM}
_NOT_SHOWN = frozenset({"office:annotation", "table:tracked-changes", "text:note", "table:dde-links", "office:scripts"})
_MOST_BLANKS = 1_000
_MOST_EMPTY = 50  # rows and columns of a cell without text that is repeated: borders pulled over the whole sheet
_ENCRYPTED = b"encryption-data"
_LAST_ROW = 2_000_000


def read_ods(content: bytes) -> SourceDocument:
    """The document in ``content``; places name the sheet (as ``table``), row and column.

    Raises ReaderError ``encrypted``, ``damaged_spreadsheet`` and ``too_large`` (bytes, unpacked size, rows, columns).
    """
    try:
        return _read(content)
    except ReaderError as error:
        if error.code in ("encrypted", "too_large"):
            raise
        raise ReaderError("damaged_spreadsheet", error.detail) from None


def _read(content: bytes) -> SourceDocument:
    reader = _SpreadsheetReader()
    if content.startswith(ZIP):
        package = Package(content)
        if _ENCRYPTED in package.read("META-INF/manifest.xml"):
            raise ReaderError("encrypted")
        parts = [package.read("styles.xml"), package.read("content.xml")]
    else:
        if len(content) > LARGEST_PART:
            raise ReaderError("too_large", f"{len(content) / 1e6:.0f} MB > {LARGEST_PART / 1e6:.0f} MB")
        parts = [in_utf8(content)]
    if not parts[-1]:
        raise ReaderError("damaged_spreadsheet")
    for part in filter(None, parts):
        parse_xml(part, reader.start, reader.end, reader.text)
    return SourceDocument(layout_names.ODS, tuple(workbook_blocks(reader.sheets)), unread=tuple(reader.unread))


@dataclass
class _Cell:
    """An open cell with what it shows so far."""

    repeated: int
    rows: int
    columns: int
    style: Style
    covered: bool
    value: str
    formula: str
    lines: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        if self.style.struck:
            return ""
        text = "\n".join(self.lines)
        return text or self.value or self.formula  # a formula that no program has calculated yet


@dataclass
class _Sheet:
    """An open sheet."""

    name: str
    hidden: bool
    row: int = 0
    repeated: int = 1
    column: int = 1
    last_column: int = 0
    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    covered: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    boxes: list[TextBox] = field(default_factory=list)


class _SpreadsheetReader:
    """Takes the elements of a spreadsheet as they come."""

    def __init__(self) -> None:
        self.sheets: list[NamedSheet] = []
        self.unread: list[UnreadPart] = []
        self._names = ShortNames()
        self._styles = Styles()
        self._sheet: _Sheet | None = None
        self._count = 0
        self._cell: _Cell | None = None
        self._box: list[str] | None = None
        self._skipping = 0
        self._spans: list[Style] = []
        self._paragraphs: list[Pieces] = []

    # ---- events

    def start(self, element: str, written: dict[str, str]) -> None:
        """An element begins."""
        if self._skipping:
            self._skipping += 1
            return
        name = self._names[element]
        if name in _NOT_SHOWN:
            self._skipping = 1
            return
        given = {self._names[key]: value for key, value in written.items()}
        if name in _CELLS:
            self._start_cell(given, name != "table:table-cell")
        elif name in _UNREAD:
            self._show(_UNREAD[name])
        elif name in _STARTS:
            _STARTS[name](self, given)

    def end(self, element: str) -> None:
        """An element ends."""
        if self._skipping:
            self._skipping -= 1
            return
        name = self._names[element]
        if name in _CELLS:
            self._end_cell()
        elif name in _ENDS:
            _ENDS[name](self)

    def text(self, text: str) -> None:
        """Characters between elements."""
        if self._paragraphs and not self._skipping and not any(style.struck or style.hidden for style in self._spans):
            self._paragraphs[-1].add(text, is_raised=any(style.raised for style in self._spans))

    def _start_style(self, given: Mapping[str, str]) -> None:
        self._styles.begin(given)

    def _text_properties(self, given: Mapping[str, str]) -> None:
        self._styles.text_properties(given)

    def _cell_properties(self, given: Mapping[str, str]) -> None:
        self._styles.cell_properties(given)

    def _table_properties(self, given: Mapping[str, str]) -> None:
        self._styles.table_properties(given)

    # ---- sheets, rows and columns

    def _start_sheet(self, given: Mapping[str, str]) -> None:
        self._count += 1
        style = self._styles.of(given.get("table:style-name", ""))
        self._sheet = _Sheet(given.get("table:name", ""), style.hidden)

    def _end_sheet(self) -> None:
        sheet = self._sheet
        if sheet and not sheet.hidden and len(self.sheets) < MOST_SHEETS:
            cells = [sheet.cells[place] for place in sorted(sheet.cells)]
            content = SheetContent(cells, frozenset(sheet.hidden_rows), frozenset(sheet.hidden_columns))
            self.sheets.append(NamedSheet(sheet.name, content, tuple(sheet.boxes), self._count))
        self._sheet = None

    def _column(self, given: Mapping[str, str]) -> None:
        if self._sheet:
            first = self._sheet.last_column + 1
            self._sheet.last_column += number(given.get("table:number-columns-repeated", ""), 1)
            if given.get("table:visibility") in _HIDDEN:
                self._sheet.hidden_columns.update(range(first, min(self._sheet.last_column, MOST_COLUMNS) + 1))

    def _start_row(self, given: Mapping[str, str]) -> None:
        sheet = self._sheet
        if sheet:
            sheet.row += sheet.repeated
            sheet.repeated = max(number(given.get("table:number-rows-repeated", ""), 1), 1)
            sheet.column = 1
            if given.get("table:visibility") in _HIDDEN:
                sheet.hidden_rows.update(range(sheet.row, min(sheet.row + sheet.repeated, MOST_ROWS) + 1))

    # ---- cells

    def _start_cell(self, given: Mapping[str, str], covered: bool) -> None:
        kind, value = given.get("office:value-type", ""), given.get("office:value", "")
        self._cell = _Cell(
            max(number(given.get("table:number-columns-repeated", ""), 1), 1),
            max(number(given.get("table:number-rows-spanned", ""), 1), 1),
            max(number(given.get("table:number-columns-spanned", ""), 1), 1),
            self._styles.of(given.get("table:style-name", "")),
            covered,
            displayed(value, GENERAL)
            if value and kind in ("float", "currency")
            else given.get("office:string-value", ""),
            f"={given['table:formula'].rpartition(':=')[2]}" if "table:formula" in given and not value else "",
        )

    def _end_cell(self) -> None:
        sheet, cell = self._sheet, self._cell
        self._cell = None
        if not sheet or not cell:
            return
        text, column = cell.shown, sheet.column
        sheet.column += cell.repeated
        if cell.covered or not (text or cell.style.ruled or cell.rows > 1 or cell.columns > 1):
            return
        most_rows, most_columns = (MOST_ROWS + 2, MOST_COLUMNS + 2) if text else (_MOST_EMPTY, _MOST_EMPTY)
        for row in range(sheet.row, sheet.row + min(sheet.repeated, most_rows)):
            for place in range(column, column + min(cell.repeated, most_columns)):
                if text:
                    checked_size(row, place, len(sheet.cells))
                elif not within_bounds(row, place):
                    break
                checked_size(1, 1, len(sheet.cells))
                sheet.cells[(row, place)] = SheetCell(row, place, text, cell.style.ruled, cell.rows, cell.columns)

    # ---- text

    def _start_paragraph(self, _: Mapping[str, str]) -> None:
        self._paragraphs.append(Pieces())

    def _end_paragraph(self) -> None:
        if not self._paragraphs:
            return
        lines = self._paragraphs.pop().text().split("\n")
        if self._box is not None:
            self._box += lines
        elif self._cell:
            self._cell.lines += lines

    def _start_span(self, given: Mapping[str, str]) -> None:
        self._spans.append(self._styles.of(given.get("text:style-name", "")))

    def _end_span(self) -> None:
        if self._spans:
            self._spans.pop()

    def _blanks(self, given: Mapping[str, str]) -> None:
        self.text(" " * min(max(number(given.get("text:c", ""), 1), 1), _MOST_BLANKS))

    def _start_box(self, _: Mapping[str, str]) -> None:
        self._box = []

    def _end_box(self) -> None:
        if self._sheet and self._box is not None and any(line.strip() for line in self._box):
            row = self._sheet.row if self._cell else _LAST_ROW
            self._sheet.boxes.append(TextBox(row, tuple(self._box)))
        self._box = None

    def _show(self, kind: str) -> None:
        if self._sheet and not self._sheet.hidden:
            self.unread.append(UnreadPart(kind, Place(table=self._count)))


_STARTS: Mapping[str, Callable[[_SpreadsheetReader, Mapping[str, str]], None]] = {
    "style:style": _SpreadsheetReader._start_style,
    "style:text-properties": _SpreadsheetReader._text_properties,
    "style:table-cell-properties": _SpreadsheetReader._cell_properties,
    "style:table-properties": _SpreadsheetReader._table_properties,
    "table:table": _SpreadsheetReader._start_sheet,
    "table:table-column": _SpreadsheetReader._column,
    "table:table-row": _SpreadsheetReader._start_row,
    "text:p": _SpreadsheetReader._start_paragraph,
    "text:h": _SpreadsheetReader._start_paragraph,
    "text:span": _SpreadsheetReader._start_span,
    "text:s": _SpreadsheetReader._blanks,
    "text:tab": lambda reader, _: reader.text("\t"),
    "text:line-break": lambda reader, _: reader.text("\n"),
    "draw:text-box": _SpreadsheetReader._start_box,
    "draw:custom-shape": _SpreadsheetReader._start_box,
}
_ENDS: Mapping[str, Callable[[_SpreadsheetReader], None]] = {
    "table:table": _SpreadsheetReader._end_sheet,
    "text:p": _SpreadsheetReader._end_paragraph,
    "text:h": _SpreadsheetReader._end_paragraph,
    "text:span": _SpreadsheetReader._end_span,
    "draw:text-box": _SpreadsheetReader._end_box,
    "draw:custom-shape": _SpreadsheetReader._end_box,
}
