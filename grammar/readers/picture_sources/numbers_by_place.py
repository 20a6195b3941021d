"""The numbers that were seen on pages, by the place of the cell or line that prints them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import Block, Grid, RecognisedNumber
from disclosure_checks.grammar.readers.pdf.tables import PageLine, PageTable, PrintedPage
from disclosure_checks.grammar.readers.picture.recognised_page import SeenNumber


def numbers_of_page(page: PrintedPage, seen: Sequence[SeenNumber]) -> Iterator[RecognisedNumber]:
    """Each number with the place of the cell that its middle lies in, or of the line nearest to it."""
    tables = [block for block in page.blocks if isinstance(block, PageTable)]
    lines = [block for block in page.blocks if isinstance(block, PageLine)]
    by_size = sorted(tables, key=lambda table: table.lattice.area)
    for number in seen:
        x, y = number.middle
        table = next((one for one in by_size if one.lattice.contains(x, y)), None)
        place = _place_in(table, x, y) if table is not None else _nearest(lines, x, y)
        if place is not None:
            yield RecognisedNumber(place, number.text, number.confidence, number.others, number.cut_out)


def _place_in(table: PageTable, x: float, y: float) -> Place | None:
    row, column = table.lattice.position(x, y)
    for cell in table.cells:
        span = cell.span
        if span.row <= row < span.row + span.rows and span.column <= column < span.column + span.columns:
            return Place(0, table.number, cell.printed_row, cell.printed_column, table.page)
    return None


def _nearest(lines: Sequence[PageLine], x: float, y: float) -> Place | None:
    if not lines:
        return None

    def distance(block: PageLine) -> tuple[float, float]:
        line = block.line
        return max(line.top - y, y - line.bottom, 0.0), max(line.left - x, x - line.right, 0.0)

    nearest = min(lines, key=distance)
    return Place(line=nearest.number, page=nearest.page)


def at_places_of(blocks: Sequence[Block], numbers: Sequence[RecognisedNumber]) -> tuple[RecognisedNumber, ...]:
    """The numbers at places that the blocks have. The part of a row that stands on the next page was put into its cells
    on the page before, by the order of its columns; what page furniture prints is left out."""
    cells = [cell for block in blocks if isinstance(block, Grid) for cell in block.cells]
    known = {cell.place for cell in cells} | {block.place for block in blocks if not isinstance(block, Grid)}
    return tuple(
        number._replace(place=place)
        for number in numbers
        if (place := number.place if number.place in known else _joined_to(number.place, blocks)) is not None
    )


def _joined_to(place: Place, blocks: Sequence[Block]) -> Place | None:
    """The cell of the page before that a cell of the first row of a page was joined to."""
    if not place.table:
        return None
    before = [block for block in blocks if isinstance(block, Grid) and block.place.page == place.page - 1]
    if not before:
        return None
    cells = before[-1].cells
    last = max(cell.row + cell.row_span for cell in cells)
    ending = [cell.place for cell in cells if cell.row + cell.row_span == last and cell.place.column == place.column]
    return ending[0] if ending else None
