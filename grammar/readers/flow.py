"""What pages and word-processor documents have in common: text and tables in reading order, tables inside tables.

    placed cells of one table -> settle -> lines and grids -> source_document

A table is a ``Grid`` where it shows data. Where it lays out a page, its contents are read one after the other; where
it does both (a whole report drawn as one table), the rows of data become grids and the others text between them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Union

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import (
    IMAGE,
    Block,
    Grid,
    GridCell,
    ReaderError,
    SourceDocument,
    TextLine,
    UnreadPart,
)
from disclosure_checks.grammar.model.source_document import Picture as PictureOfDocument
from disclosure_checks.grammar.words.numbers import is_number

DEEPEST_TABLE = 40  # tables inside tables; the structure of deeper ones is ignored, their text is kept
MOST_CELLS = 200_000  # of a document; an annual report has some 300
MOST_POSITIONS = 2_000_000  # rows times columns of a table, and all spans of a page

_LONGEST_CELL = 120  # characters; more is running text. The longest cell of the format has 41
_MOST_LINES = 12  # of a cell
_LONGEST_LINE_OF_A_TABLE = 45  # characters of a row that is one cell; more is a paragraph
_FEWEST_NUMBERS = 2  # that make a row with running text, or a table with tables in it, one of data
_LONGEST_NUMBER = 20  # characters


class Line(NamedTuple):
    """A paragraph or line. ``line``: its line in the source, 0 where the source has none."""

    text: str
    line: int = 0


class Picture(NamedTuple):
    """An image among the text, or something else that is shown and not read: its ``kind`` says what.

    ``content``: the file of an image that may be a table, where it is at hand.
    """

    line: int = 0
    kind: str = IMAGE
    content: bytes = b""


class PlacedCell(NamedTuple):
    """A cell of an expanded table, with what it holds; ``row`` and ``column`` count from 0."""

    row: int
    column: int
    row_span: int
    column_span: int
    items: Sequence[Item]


class DrawnCell(NamedTuple):
    """A cell of a table that shows data; ``row`` and ``column`` count from 0."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    unread: tuple[str, ...]  # the kinds of what it shows without being read
    images: tuple[bytes, ...] = ()  # those that may be tables


class Drawn(NamedTuple):
    """A table that shows data."""

    cells: tuple[DrawnCell, ...]


Item = Union[Line, Picture, Drawn]


def settle(cells: Sequence[PlacedCell]) -> list[Item]:
    """What a table contributes to the text around it: itself, or what it holds, in reading order.

    ``cells`` do not overlap; their rows need not be in order. Raises ReaderError ``too_large``.
    """
    bands = _bands(sorted(cells))
    counts = [_count(band) for band in bands]
    numbers = sum(count.numbers for count in counts)
    shown = [_is_text(band, count, numbers) for band, count in zip(bands, counts, strict=True)]
    if any(shown):
        # a table that holds running text lays out a page, so its rows of one cell are headings rather than labels
        shown = [text or len(band) == 1 for band, text in zip(bands, shown, strict=True)]
    settled: list[Item] = []
    data: list[PlacedCell] = []
    for band, text in zip(bands, shown, strict=True):
        if text:
            settled += _data(data)
            data = []
            settled += _contents(band)
        else:
            data += band
    return settled + _data(data)


def _bands(cells: Sequence[PlacedCell]) -> list[list[PlacedCell]]:
    """Rows that spanning cells tie together, each such set of rows being one band."""
    bands: list[list[PlacedCell]] = []
    end = 0
    for cell in cells:
        if not bands or cell.row >= end:
            bands.append([])
        bands[-1].append(cell)
        end = max(end, cell.row + cell.row_span)
    return bands


class _Count(NamedTuple):
    """What rows hold: tables, cells that are a number, and whether there is running text."""

    tables: int
    numbers: int
    prose: bool


def _count(band: Sequence[PlacedCell]) -> _Count:
    tables = numbers = 0
    prose = False
    for cell in band:
        items = cell.items
        if len(items) == 1 and isinstance(items[0], Line):
            text = items[0].text
            prose = prose or len(text) > (_LONGEST_CELL if len(band) > 1 else _LONGEST_LINE_OF_A_TABLE)
            numbers += len(text) < _LONGEST_NUMBER and is_number(text)
        else:
            lines = [item.text for item in items if isinstance(item, Line) and item.text.strip()]
            prose = prose or len(lines) > _MOST_LINES or sum(map(len, lines)) > _LONGEST_CELL
            tables += sum(isinstance(item, Drawn) for item in items)
    return _Count(tables, numbers, prose)


def _is_text(band: Sequence[PlacedCell], count: _Count, numbers_of_table: int) -> bool:
    """Whether rows hold running text or tables rather than data."""
    if count.tables >= len(band):
        return True
    if count.prose:
        return count.numbers < _FEWEST_NUMBERS
    return count.tables > 0 and numbers_of_table < _FEWEST_NUMBERS


def _contents(cells: Iterable[PlacedCell]) -> list[Item]:
    return [item for cell in cells for item in cell.items]


def _data(cells: Sequence[PlacedCell]) -> list[Item]:
    """Rows of data as a table, behind it the tables that are all that one of its cells holds.

    A single column, and a single row without a number, are text.
    """
    if len({cell.column for cell in cells}) < 2 or (len({cell.row for cell in cells}) == 1 and not _any_number(cells)):
        return _contents(cells)
    cells = _without_empty_columns(cells)
    first_row = cells[0].row
    drawn: list[DrawnCell] = []
    apart: list[Item] = []
    for row, column, row_span, column_span, items in cells:
        unread: tuple[str, ...] = ()
        images: tuple[bytes, ...] = ()
        if len(items) == 1 and isinstance(items[0], Line):
            text = items[0].text
        else:
            shown = [item for item in items if isinstance(item, Picture)]
            unread = tuple(dict.fromkeys(item.kind for item in shown))
            images = tuple(item.content for item in shown if item.content)
            if not any(isinstance(item, Line) and item.text.strip() for item in items):
                apart += [item for item in items if isinstance(item, Drawn)]
                items = [item for item in items if isinstance(item, Line)]
            text = _text(items)
        drawn.append(DrawnCell(row - first_row, column, row_span, column_span, text, unread, images))
    return [Drawn(tuple(drawn)), *apart]


def _without_empty_columns(cells: Sequence[PlacedCell]) -> Sequence[PlacedCell]:
    """The cells with the columns left out in which none of them begins: spans over these show nothing.

    Raises ReaderError ``too_large`` for a table of more positions than any report has.
    """
    starts = sorted({cell.column for cell in cells})
    rows = max(cell.row + cell.row_span for cell in cells) - cells[0].row
    if rows * len(starts) > MOST_POSITIONS:
        raise ReaderError("too_large", f"{rows} x {len(starts)} cells")
    if starts[-1] == len(starts) - 1 and all(cell.column + cell.column_span <= len(starts) for cell in cells):
        return cells
    compact: list[PlacedCell] = []
    for cell in cells:
        column = bisect_left(starts, cell.column)
        end = bisect_left(starts, cell.column + cell.column_span)
        compact.append(cell._replace(column=column, column_span=end - column))
    return compact


def _any_number(cells: Iterable[PlacedCell]) -> bool:
    lines = (item.text for cell in cells for item in cell.items if isinstance(item, Line))
    return any(map(is_number, lines))


def _text(items: Iterable[Item]) -> str:
    """What a cell prints, line by line. Blank lines are layout unless there is nothing else."""
    lines: list[str] = []
    for item in items:
        if isinstance(item, Line):
            lines.append(item.text)
        elif isinstance(item, Drawn):
            lines += [cell.text for cell in item.cells]
    return "\n".join(line for line in lines if line.strip()) or next(iter(lines), "")


def source_document(layout: str, items: Iterable[Item]) -> SourceDocument:
    """The document with its tables numbered, and its lines where the source has no line numbers."""
    blocks: list[Block] = []
    unread: list[UnreadPart] = []
    pictures: list[PictureOfDocument] = []
    tables = lines = 0
    for item in items:
        if isinstance(item, Line):
            if item.text.strip():
                lines += 1
                blocks.append(TextLine(item.text, Place(line=item.line or lines)))
        elif isinstance(item, Picture):
            place = Place(line=item.line or max(lines, 1))
            unread.append(UnreadPart(item.kind, place))
            if item.content:
                pictures.append(PictureOfDocument(item.content, place, len(blocks)))
        else:
            tables += 1
            blocks.append(_grid(item, tables))
            unread += [UnreadPart(kind, _place(cell, tables)) for cell in item.cells for kind in cell.unread]
            for cell in item.cells:
                pictures += [PictureOfDocument(image, _place(cell, tables), len(blocks)) for image in cell.images]
    images = tuple(part.place for part in unread if part.kind == IMAGE)
    others = tuple(part for part in unread if part.kind != IMAGE)
    return SourceDocument(layout, tuple(blocks), images, unread=others, pictures=tuple(pictures))


def _place(cell: DrawnCell, table: int) -> Place:
    return Place(0, table, cell.row + 1, cell.column + 1)


def _grid(drawn: Drawn, table: int) -> Grid:
    cells = tuple(
        GridCell(cell.text, _place(cell, table), cell.row, cell.column, cell.row_span, cell.column_span)
        for cell in drawn.cells
    )
    return Grid(cells, Place(table=table))
