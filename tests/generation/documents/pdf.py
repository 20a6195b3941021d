"""A report as a PDF with a text layer: its tables ruled or not, over as many pages as they need.

Sheet -> boxes of each table -> bands of rows on pages -> bytes
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.generation.grid import Kind, grid_of
from tests.generation.sheets import PrintedTable, Sheet

FONT = "STSong-Light"
PAGE_WIDTH, PAGE_HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 60.0, 535.0, 780.0, 70.0
SIZE, LEADING, PADDING = 9.0, 12.0, 3.0
LABEL_WIDTH = 175.0
WIDTHS = {
    "requests": (34.0, 61.0, 150.0, *[34.0, 34.0, 34.0, 34.0, 34.0, 30.0, 30.0]),
    "review": (31.6,) * 15,
}


@dataclass(frozen=True)
class PdfStyle:
    """How the document is drawn.

    ``rules``: "lines" (stroked), "rectangles" (thin filled ones, as word processors draw them) or "" (none).
    ``splits_rows``: a row of several lines may break over two pages. ``closes_pages``: a rule ends such a page.
    ``groups_downwards``: headings around rows are written downwards, one character a line. ``without``: the rules that
    are left out: "across", "down", "sides", "left" or "a column" (one between two columns of numbers). ``digits_apart``:
    a blank stands between the digits of a number.
    """

    rules: str = "lines"
    splits_rows: bool = False
    closes_pages: bool = False
    groups_downwards: bool = False
    repeats_header: bool = False
    running_header: str = ""
    page_numbers: str = "- {} -"
    first_page_height: float = TOP
    password: str = ""
    without: str = ""
    digits_apart: bool = False


@dataclass(frozen=True)
class Box:
    """A cell, with the lines of its text; ``row`` and ``column`` count from 0."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Band:
    """The part of a row that stands on one page; ``first`` and ``last`` bound the text lines of the row on it."""

    row: int
    page: int
    top: float
    bottom: float
    first: int
    last: int


def wrapped(text: str, width: float, size: float = SIZE) -> list[str]:
    """A text in lines no wider than ``width`` points; a number is never broken."""
    lines, line = [], ""
    for character in text:
        in_number = line[-1:].isdigit() and character.isdigit()
        if line and not in_number and pdfmetrics.stringWidth(line + character, FONT, size) > width:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def widths_of(table: PrintedTable) -> tuple[float, ...]:
    """The widths of the columns of a table's grid; where rows have different columns, the values share the rest."""
    if table.id in WIDTHS:
        return WIDTHS[table.id]
    values = sum(cell.columns for cell in grid_of(table)[0]) - 1
    return (LABEL_WIDTH, *[(RIGHT - LEFT - LABEL_WIDTH) / values] * values)


def boxes_of(table: PrintedTable, style: PdfStyle) -> list[Box]:
    """The cells of a table with their places in its grid and their wrapped texts."""
    widths = widths_of(table)
    taken: set[tuple[int, int]] = set()
    boxes = []
    for row, cells in enumerate(grid_of(table)):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            width = sum(widths[column : column + cell.columns]) - 2 * PADDING
            downwards = style.groups_downwards and cell.rows > 2 and cell.kind is Kind.HEADING
            lines = list(cell.text) if downwards else wrapped(cell.text, width)
            boxes.append(Box(row, column, cell.rows, cell.columns, tuple(lines)))
            taken |= {(row + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
            column += cell.columns
    return boxes


def row_heights(boxes: list[Box]) -> list[int]:
    """The height of each row in lines: as much as its cells need, the last row of a merged cell making up for it."""
    heights = [1] * (1 + max(box.row for box in boxes))
    for box in sorted(boxes, key=lambda box: box.rows):
        last = box.row + box.rows
        lacking = len(box.lines) - sum(heights[box.row : last])
        heights[last - 1] += max(0, lacking)
    return heights


class Pages:
    """A canvas with a pen that moves down the pages."""

    def __init__(self, style: PdfStyle) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.style = style
        self.buffer = BytesIO()
        encryption = {"encrypt": style.password} if style.password else {}
        self.canvas = Canvas(self.buffer, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=True, **encryption)
        self.page = 0
        self.height = 0.0
        self.turn()

    def turn(self) -> None:
        """Ends the page, if there is one, and begins the next."""
        if self.page:
            self.canvas.showPage()
        self.page += 1
        self.height = TOP if self.page > 1 else self.style.first_page_height
        self.canvas.setFont(FONT, SIZE)
        if self.style.running_header:
            self.canvas.drawString(LEFT, PAGE_HEIGHT - 40, self.style.running_header)
        if self.style.page_numbers:
            self.canvas.drawCentredString(PAGE_WIDTH / 2, 40, self.style.page_numbers.format(self.page))

    def line(self, text: str, size: float = 11.0, indent: float = 0.0) -> None:
        if self.height - size < BOTTOM:
            self.turn()
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(LEFT + indent, self.height - size, text)
        self.height -= size * 1.5

    def paragraph(self, text: str, size: float = 11.0) -> None:
        first, *_ = wrapped(text, RIGHT - LEFT - 2 * size, size)
        self.line(first, size, 2 * size)
        for line in wrapped(text[len(first) :], RIGHT - LEFT, size) if len(first) < len(text) else []:
            self.line(line, size)

    def rule(self, left: float, bottom: float, right: float, top: float) -> None:
        if self._leaves_out(left, right):
            return
        if self.style.rules == "lines":
            self.canvas.setLineWidth(0.5)
            self.canvas.line(left, bottom, right, top)
        elif self.style.rules:
            self.canvas.rect(left - 0.24, bottom - 0.24, right - left + 0.48, top - bottom + 0.48, stroke=0, fill=1)

    def _leaves_out(self, left: float, right: float) -> bool:
        without, goes_down = self.style.without, left == right
        return (
            (without == "across" and not goes_down)
            or (without == "down" and goes_down)
            or (without in ("sides", "left") and goes_down and left <= LEFT)
            or (without == "sides" and goes_down and abs(left - RIGHT) < 1)
            or (without == "a column" and goes_down and abs(left - sum(WIDTHS["requests"][:6]) - LEFT) < 1)
        )

    def finish(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()


class TableDrawing:
    """One table, drawn page by page."""

    def __init__(self, pages: Pages, table: PrintedTable) -> None:
        self.pages, self.style = pages, pages.style
        self.boxes = boxes_of(table, pages.style)
        self.heights = row_heights(self.boxes)
        self.edges = [LEFT]
        for width in widths_of(table):
            self.edges.append(self.edges[-1] + width)
        self.header_rows = next(box.rows for box in self.boxes) if table.id == "requests" else 0

    def draw(self) -> None:
        bands: list[Band] = []
        for row, lines in enumerate(self.heights):
            bands = self._place(bands, row, lines)
        self._draw_page(bands)
        self.pages.height -= LEADING

    def _place(self, bands: list[Band], row: int, lines: int) -> list[Band]:
        """Puts a row below the bands of the page; returns the bands of the page that it ends on."""
        first = 0
        while True:
            top = self.pages.height
            room = int((top - BOTTOM - 2 * PADDING) // LEADING)
            if room >= lines - first or (self.style.splits_rows and room > 0 and lines > 1):
                last = min(lines, first + room)
                bottom = top - (last - first) * LEADING - 2 * PADDING
                bands = [*bands, Band(row, self.pages.page, top, bottom, first, last)]
                self.pages.height = bottom
                first = last
            if first == lines:
                return bands
            self._draw_page(bands)
            self.pages.turn()
            bands = []
            if self.style.repeats_header and row >= self.header_rows > 0:
                for header in range(self.header_rows):
                    bands = self._place(bands, header, self.heights[header])

    def _draw_page(self, bands: list[Band]) -> None:
        for box in self.boxes:
            own = [band for band in bands if box.row <= band.row < box.row + box.rows]
            if own:
                self._draw_box(box, own)

    def _draw_box(self, box: Box, bands: list[Band]) -> None:
        left, right = self.edges[box.column], self.edges[box.column + box.columns]
        top, bottom = bands[0].top, bands[-1].bottom
        continued = bands[0].first > 0 or bands[0].row > box.row
        continues = bands[-1].last < self.heights[bands[-1].row] or bands[-1].row < box.row + box.rows - 1
        split_above, split_below = bands[0].first > 0, bands[-1].last < self.heights[bands[-1].row]
        self.pages.rule(left, bottom, left, top)
        self.pages.rule(right, bottom, right, top)
        if not split_above or self.style.closes_pages:
            self.pages.rule(left, top, right, top)
        if not split_below or self.style.closes_pages:
            self.pages.rule(left, bottom, right, bottom)
        lines = self._lines(box, bands, continued, continues)
        self._write(lines, left, right, top, bottom)

    def _lines(self, box: Box, bands: list[Band], continued: bool, continues: bool) -> tuple[str, ...]:
        """The lines of a cell that stand on this page: those that fit at its beginning, the others at its end."""
        if box.rows == 1:
            return box.lines[bands[0].first : bands[-1].last]
        room = sum(band.last - band.first for band in bands)
        if continued:
            before = sum(self.heights[box.row : bands[0].row]) + bands[0].first
            return box.lines[before : before + room]
        return box.lines[:room] if continues else box.lines

    def _write(self, lines: tuple[str, ...], left: float, right: float, top: float, bottom: float) -> None:
        self.pages.canvas.setFont(FONT, SIZE)
        height = (top + bottom) / 2 + len(lines) * LEADING / 2
        for text in lines:
            height -= LEADING
            line = " ".join(text) if self.style.digits_apart and text.isdigit() else text
            if pdfmetrics.stringWidth(line, FONT, SIZE) < 60:
                self.pages.canvas.drawCentredString((left + right) / 2, height + 3, line)
            else:
                self.pages.canvas.drawString(left + PADDING, height + 3, line)


def pdf_document(sheet: Sheet, style: PdfStyle = PdfStyle()) -> bytes:
    """The report as a PDF."""
    pages = Pages(style)
    for text in sheet.title:
        for line in wrapped(text, RIGHT - LEFT - 40.0, 18.0):
            pages.line(line, 18.0, 20.0)
    for text in sheet.front_matter:
        pages.paragraph(text)
    for section in sheet.sections:
        if section.heading:
            pages.line(section.heading, 13.0, 26.0)
        for text in section.paragraphs:
            pages.paragraph(text)
        if section.table in sheet.tables:
            TableDrawing(pages, sheet.tables[section.table]).draw()
        for text in section.notes:
            pages.paragraph(text)
    for text in sheet.closing:
        pages.line(text, 11.0, 250.0)
    return pages.finish()
