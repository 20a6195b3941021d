"""One sheet of an .xlsx file: its XML to cells as they are displayed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from disclosure_checks.grammar.readers.open_xml_package import number, parse_xml
from disclosure_checks.grammar.readers.sheet.blocks import SheetCell, SheetContent, checked_size, within_bounds
from disclosure_checks.grammar.readers.sheet.number_formats import displayed
from disclosure_checks.grammar.readers.sheet.xlsx_parts import CellFormat, StringCollector, local, unescaped

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_PLAIN = CellFormat()


class Surroundings(NamedTuple):
    """What the cells of a sheet refer to in the rest of the workbook."""

    strings: Sequence[str]
    formats: Sequence[CellFormat]
    from_1904: bool


def read_sheet(content: bytes, surroundings: Surroundings) -> SheetContent:
    """The cells of a sheet that are filled, ruled or merged. Raises ReaderError ``too_large``."""
    reader = _SheetReader(surroundings)
    parse_xml(content, reader.start, reader.end, reader.text)
    return reader.finish()


def position(reference: str) -> tuple[int, int]:
    """Row and column of a reference such as ``B12``, counting from 1; (0, 0) for what is none."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return 0, 0
    column = 0
    for letter in found.group(1):
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(found.group(2)), column


class _SheetReader:
    """Takes the elements of a sheet as they come."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._cells: dict[tuple[int, int], SheetCell] = {}
        self._merged: list[tuple[int, int, int, int]] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._row = self._column = 0
        self._kind = ""
        self._format = _PLAIN
        self._value: list[str] = []
        self._formula: list[str] = []
        self._in_value = self._in_formula = self._has_formula = False
        self._inline = StringCollector()

    def start(self, element: str, attributes: dict[str, str]) -> None:
        name = local(element)
        if name == "c":
            self._start_cell(attributes)
        elif name == "v":
            self._in_value = True
        elif name == "row":
            self._row = number(attributes.get("r", ""), self._row + 1)
            self._column = 0
            if attributes.get("hidden", "0") in ("1", "true"):
                self._hidden_rows.add(self._row)
        elif name == "f":
            self._in_formula = True
        elif name in StringCollector.NAMES:
            self._inline.start(name, attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden", "0") in ("1", "true"):
            first, last = number(attributes.get("min", "")), number(attributes.get("max", ""))
            self._hidden_columns.update(range(first, min(last, first + 1000) + 1))

    def end(self, element: str) -> None:
        name = local(element)
        if name == "c":
            self._end_cell()
        elif name == "v":
            self._in_value = False
        elif name == "f":
            self._in_formula = False
            self._has_formula = True
        elif name in StringCollector.NAMES:
            self._inline.end(name)

    def text(self, piece: str) -> None:
        if self._in_value:
            self._value.append(piece)
        elif self._in_formula:
            self._formula.append(piece)
        else:
            self._inline.text(piece)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        row, column = position(attributes.get("r", ""))
        self._row, self._column = (row, column) if row else (self._row, self._column + 1)
        self._kind = attributes.get("t", "n")
        style = number(attributes.get("s", ""))
        formats = self._surroundings.formats
        self._format = formats[style] if style < len(formats) else _PLAIN
        self._value, self._formula = [], []
        self._has_formula = False
        self._inline.taken()

    def _end_cell(self) -> None:
        text = self._shown("".join(self._value))
        if self._has_formula and not self._value and self._kind != "str":
            text = f"={''.join(self._formula)}"  # that no program has calculated yet: not empty, and no number either
        if self._format.struck:
            text = ""
        if text:
            checked_size(self._row, self._column, len(self._cells))
        if text or (self._format.ruled and within_bounds(self._row, self._column)):
            checked_size(1, 1, len(self._cells))
            cell = SheetCell(self._row, self._column, text, self._format.ruled)
            self._cells[(self._row, self._column)] = cell

    def _shown(self, value: str) -> str:
        if self._kind == "inlineStr":
            return self._inline.taken()
        if self._kind == "s":
            strings = self._surroundings.strings
            place = number(value, -1)
            return strings[place] if 0 <= place < len(strings) else ""
        if self._kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value.strip(), value)
        if self._kind == "n":
            value = value.strip()
            return displayed(value, self._format.number_format, self._surroundings.from_1904) if value else ""
        return unescaped(value)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = position(first), position(last or first)
        if top and bottom >= top and right >= left and within_bounds(top, left):
            checked_size(1, 1, 10 * len(self._merged))
            self._merged.append((top, left, bottom - top + 1, right - left + 1))

    def finish(self) -> SheetContent:
        """The cells, those that are merged with their spans."""
        for row, column, rows, columns in self._merged:
            cell = self._cells.get((row, column), SheetCell(row, column, ""))
            self._cells[(row, column)] = cell._replace(rows=rows, columns=columns)
        cells = [self._cells[place] for place in sorted(self._cells)]
        return SheetContent(cells, frozenset(self._hidden_rows), frozenset(self._hidden_columns))
