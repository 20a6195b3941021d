"""Spreadsheets (.xlsx): every visible sheet to its tables and lines, cells as they are displayed.

The XML is read directly, by the means of the Word reader: libraries for it refuse whole files for one odd style, as
some office programs write them, and hold every empty formatted cell in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import (
    FORM,
    OBJECT,
    Block,
    Picture,
    ReaderError,
    SourceDocument,
    UnreadPart,
)
from disclosure_checks.grammar.readers.open_xml_package import Package
from disclosure_checks.grammar.readers.picture_sources.kept_images import KeptImages
from disclosure_checks.grammar.readers.sheet.sheet_names import NamedSheet, workbook_blocks
from disclosure_checks.grammar.readers.sheet.xlsx_drawing import read_drawing
from disclosure_checks.grammar.readers.sheet.xlsx_parts import (
    SheetEntry,
    read_cell_formats,
    read_shared_strings,
    read_workbook,
)
from disclosure_checks.grammar.readers.sheet.xlsx_sheet import Surroundings, read_sheet
from disclosure_checks.grammar.words import layout_names

MOST_SHEETS = 50  # that are read; a workbook may hold one for each agency of a county
_KEPT_ERRORS = ("encrypted", "too_large")


def read_xlsx(content: bytes) -> SourceDocument:
    """The document in ``content``; places name the sheet (as ``table``), row and column.

    Raises ReaderError ``encrypted``, ``damaged_spreadsheet`` and ``too_large`` (bytes, unpacked size, rows, columns).
    """
    try:
        return _read(content)
    except ReaderError as error:
        if error.code in _KEPT_ERRORS:
            raise
        raise ReaderError("damaged_spreadsheet", error.detail) from None


def _read(content: bytes) -> SourceDocument:
    package = Package(content)
    part = package.related("", "officeDocument") or "xl/workbook.xml"
    workbook = read_workbook(package, part)
    surroundings = Surroundings(
        read_shared_strings(package.read(package.related(part, "sharedStrings"))),
        read_cell_formats(package.read(package.related(part, "styles"))),
        workbook.from_1904,
    )
    sheets: list[NamedSheet] = []
    images: list[Place] = []
    unread: list[UnreadPart] = []
    kept, shown = KeptImages(), list[tuple[int, bytes]]()
    for number, sheet in _shown(workbook.sheets):
        drawing_part = package.related(sheet.part, "drawing")
        drawing = read_drawing(package.read(drawing_part))
        shown += [
            (number, content) for one in drawing.pictures if (content := _image(package, drawing_part, one, kept))
        ]
        cells = read_sheet(package.read(sheet.part), surroundings)
        sheets.append(NamedSheet(sheet.name, cells, tuple(drawing.boxes), number))
        if drawing.shows_picture:
            images.append(Place(table=number))
        kinds = {kind for related, kind in _UNREAD.items() if package.related(sheet.part, related)}
        kinds |= {OBJECT} if drawing.shows_chart else set()
        unread += [UnreadPart(kind, Place(table=number)) for kind in sorted(kinds)]
    blocks = tuple(workbook_blocks(sheets))
    pictures = tuple(Picture(content, Place(table=number), _behind(number, blocks)) for number, content in shown)
    return SourceDocument(layout_names.XLSX, blocks, tuple(images), unread=tuple(unread), pictures=pictures)


def _image(package: Package, drawing: str, identifier: str, kept: KeptImages) -> bytes:
    return kept.kept(lambda: package.read(package.related_by_id(drawing, identifier)))


def _behind(sheet: int, blocks: Sequence[Block]) -> int:
    """How many blocks stand before what is drawn over a sheet: its own cells, and those of the sheets before it."""
    return sum(block.place.table <= sheet for block in blocks)


# what a sheet may refer to: objects of other programs, and the controls of forms
_UNREAD = {"oleObject": OBJECT, "package": OBJECT, "control": FORM, "ctrlProp": FORM}


def _shown(sheets: tuple[SheetEntry, ...]) -> Iterator[tuple[int, SheetEntry]]:
    if not sheets:
        raise ReaderError("damaged_spreadsheet")
    for number, sheet in enumerate(sheets[:MOST_SHEETS], start=1):
        if not sheet.hidden:
            yield number, sheet
