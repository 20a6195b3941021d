"""The parts of an .xlsx file beside its sheets: the workbook, its shared strings and its cell formats."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from disclosure_checks.grammar.readers.open_xml_package import Package, number, parse_xml
from disclosure_checks.grammar.readers.pieces import Pieces
from disclosure_checks.grammar.readers.sheet.number_formats import BUILT_IN, GENERAL

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_STRINGS = 500_000


class SheetEntry(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Workbook:
    """What the workbook says of its sheets; ``from_1904``: its dates count from 1904."""

    sheets: tuple[SheetEntry, ...]
    from_1904: bool


class CellFormat(NamedTuple):
    """How cells of a style look."""

    number_format: str = GENERAL
    ruled: bool = False
    struck: bool = False


@dataclass
class _Styles:
    formats: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    borders: list[bool] = field(default_factory=list)
    fonts: list[bool] = field(default_factory=list)  # whether they are struck
    cells: list[tuple[int, int, int]] = field(default_factory=list)  # number format, border, font


def local(name: str) -> str:
    """A name without its namespace; the parts of a workbook use one each."""
    return name.rpartition(" ")[2]


def read_workbook(package: Package, part: str) -> Workbook:
    """The sheets of a workbook in the order of their tabs."""
    targets: dict[str, str] = {}
    listed: list[tuple[str, str, bool]] = []
    from_1904 = False
    folder, name = posixpath.split(part)

    def relation(element: str, attributes: dict[str, str]) -> None:
        if local(element) == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            targets[attributes.get("Id", "")] = target.lstrip("/")

    def entry(element: str, attributes: dict[str, str]) -> None:
        nonlocal from_1904
        if local(element) == "sheet":
            identifier = next((value for key, value in attributes.items() if key.endswith("relationships id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            listed.append((attributes.get("name", ""), identifier, hidden))
        elif local(element) == "workbookPr":
            from_1904 = attributes.get("date1904", "0") in ("1", "true", "on")

    relations = package.read(posixpath.join(folder, "_rels", f"{name}.rels"))
    if relations:
        parse_xml(relations, relation)
    parse_xml(package.read(part), entry)
    sheets = tuple(SheetEntry(name, targets[key], hidden) for name, key, hidden in listed if key in targets)
    return Workbook(sheets, from_1904)


class StringCollector:
    """Puts the text of a string item together: its runs one after the other, without phonetic hints and struck runs."""

    NAMES = frozenset({"r", "strike", "vertAlign", "rPh", "t"})  # of the elements that matter

    def __init__(self) -> None:
        self._pieces = Pieces()
        self._in_text = False
        self._in_phonetic = 0
        self._struck = self._raised = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; ``name`` is without its namespace."""
        if name == "rPh":
            self._in_phonetic += 1
        elif name == "t":
            self._in_text = not self._in_phonetic and not self._struck
        elif name == "r":
            self._struck = self._raised = False
        elif name == "strike":
            self._struck = is_on(attributes)
        elif name == "vertAlign":
            self._raised = is_set_apart(attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "rPh":
            self._in_phonetic -= 1
        elif name == "t":
            self._in_text = False
        elif name == "r":
            self._struck = self._raised = False

    def text(self, piece: str) -> None:
        """Characters between elements."""
        if self._in_text:
            self._pieces.add(piece, is_raised=self._raised)

    def taken(self) -> str:
        """The text so far; the next one begins empty."""
        text = unescaped(self._pieces.text())
        self._pieces = Pieces()
        return text


def is_on(attributes: Mapping[str, str]) -> bool:
    """A toggle such as ``<strike/>``: on unless it says no."""
    return attributes.get("val", "1") not in ("0", "false")


def is_set_apart(attributes: Mapping[str, str]) -> bool:
    """Whether a ``vertAlign`` sets text above or below the line."""
    return attributes.get("val", "") in ("superscript", "subscript")


def unescaped(text: str) -> str:
    """``_x000D_`` and the like as the characters they stand for; carriage returns are line ends."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_shared_strings(content: bytes) -> list[str]:
    """The strings that cells refer to by number."""
    strings: list[str] = []
    collector = StringCollector()

    def start(element: str, attributes: dict[str, str]) -> None:
        collector.start(local(element), attributes)

    def end(element: str) -> None:
        name = local(element)
        collector.end(name)
        if name == "si" and len(strings) < _MOST_STRINGS:
            strings.append(collector.taken())

    if content:
        parse_xml(content, start, end, collector.text)
    return strings


def read_cell_formats(content: bytes) -> list[CellFormat]:
    """The cell formats by style number."""
    styles = _Styles()
    path: list[str] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        name = local(element)
        parent = path[-1] if path else ""
        if name == "numFmt" and parent == "numFmts":
            styles.formats[number(attributes.get("numFmtId", ""))] = attributes.get("formatCode", GENERAL)
        elif name == "border" and parent == "borders":
            styles.borders.append(False)
        elif parent == "border" and attributes.get("style", "none") != "none" and styles.borders:
            styles.borders[-1] = True
        elif name == "font" and parent == "fonts":
            styles.fonts.append(False)
        elif name == "strike" and parent == "font" and styles.fonts:
            styles.fonts[-1] = is_on(attributes)
        elif name == "xf" and parent == "cellXfs":
            ids = (number(attributes.get(name, "")) for name in ("numFmtId", "borderId", "fontId"))
            styles.cells.append((next(ids), next(ids), next(ids)))
        path.append(name)

    def end(_: str) -> None:
        path.pop()

    if content:
        parse_xml(content, start, end)
    return [
        CellFormat(
            styles.formats.get(number_format, GENERAL),
            border < len(styles.borders) and styles.borders[border],
            font < len(styles.fonts) and styles.fonts[font],
        )
        for number_format, border, font in styles.cells
    ]
