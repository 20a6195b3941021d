"""The sheets of a workbook one after the other: their names as headings, text boxes among their rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import Block, Grid, TextLine
from disclosure_checks.grammar.readers.sheet.blocks import SheetContent, sheet_blocks
from disclosure_checks.grammar.words.folding import label_key

_HAN = re.compile(r"[\u4e00-\u9fff]")
_FEWEST_CHARACTERS = 4  # of a name that says something; 表一 and Sheet1 do not


class TextBox(NamedTuple):
    """The text of a box that floats over a sheet, and the row it begins in, from 1."""

    row: int
    lines: tuple[str, ...]


class NamedSheet(NamedTuple):
    """A visible sheet; ``number`` counts all sheets from 1, where they are not all visible."""

    name: str
    content: SheetContent
    boxes: tuple[TextBox, ...] = ()
    number: int = 0


def workbook_blocks(sheets: Sequence[NamedSheet]) -> Iterator[Block]:
    """The tables and lines of a workbook. A sheet is headed by its name where it does not say that itself."""
    for position, sheet in enumerate(sheets, start=1):
        number = sheet.number or position
        blocks = list(_with_boxes(sheet_blocks(number, sheet.content), sheet.boxes, number))
        if (
            blocks
            and len(sheets) > 1
            and len(_HAN.findall(sheet.name)) >= _FEWEST_CHARACTERS
            and not _says(blocks, sheet.name)
        ):
            yield TextLine(sheet.name.strip(), Place(table=number))
        yield from blocks


def _with_boxes(blocks: Iterator[Block], boxes: Sequence[TextBox], number: int) -> Iterator[Block]:
    """Each box before what begins below it."""
    waiting = sorted(boxes)
    for block in blocks:
        while waiting and waiting[0].row < block.place.row:
            yield from _lines(waiting.pop(0), number)
        yield block
    for box in waiting:
        yield from _lines(box, number)


def _lines(box: TextBox, number: int) -> Iterator[Block]:
    for line in box.lines:
        if line.strip():
            yield TextLine(line, Place(table=number, row=box.row))


def _says(blocks: Sequence[Block], name: str) -> bool:
    """Whether a sheet prints its own name."""
    key = label_key(name)
    texts = (text for block in blocks for text in _texts(block))
    return any(key in label_key(text) for text in texts)


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Grid):
        yield from (cell.text for cell in block.cells)
    else:
        yield block.text
