"""The parts of an .xlsx file beside its sheets: the workbook, its shared strings and its cell formats."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from disclosure_checks.grammar.readers.open_xml_package import Package, number, parse_xml
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


@dataclass
class _Styles:
    formats: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    borders: list[bool] = field(default_factory=list)
    cells: list[tuple[int, int]] = field(default_factory=list)  # number format, border


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
    """Puts the text of a string item together: its runs one after the other, without phonetic hints."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._in_text = False
        self._in_phonetic = 0

    def start(self, name: str) -> None:
        """An element begins; ``name`` is without its namespace."""
        if name == "rPh":
            self._in_phonetic += 1
        elif name == "t":
            self._in_text = not self._in_phonetic

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "rPh":
            self._in_phonetic -= 1
        elif name == "t":
            self._in_text = False

    def text(self, piece: str) -> None:
        """Characters between elements."""
        if self._in_text:
            self._pieces.append(piece)

    def taken(self) -> str:
        """The text so far; the next one begins empty."""
        text = unescaped("".join(self._pieces))
        self._pieces = []
        return text


def unescaped(text: str) -> str:
    """``_x000D_`` and the like as the characters they stand for; carriage returns are line ends."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_shared_strings(content: bytes) -> list[str]:
    """The strings that cells refer to by number."""
    strings: list[str] = []
    collector = StringCollector()

    def start(element: str, _: dict[str, str]) -> None:
        collector.start(local(element))

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
        elif name == "xf" and parent == "cellXfs":
            styles.cells.append((number(attributes.get("numFmtId", "")), number(attributes.get("borderId", ""))))
        path.append(name)

    def end(_: str) -> None:
        path.pop()

    if content:
        parse_xml(content, start, end)
    return [
        CellFormat(styles.formats.get(number_format, GENERAL), border < len(styles.borders) and styles.borders[border])
        for number_format, border in styles.cells
    ]
