"""Pages put together to the blocks of a document, with the places that they are printed at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import Block, Grid, GridCell, TextLine
from disclosure_checks.grammar.readers.pdf.joined_pages.column_joining import with_joined_columns
from disclosure_checks.grammar.readers.pdf.joined_pages.common_columns import with_common_columns
from disclosure_checks.grammar.readers.pdf.joined_pages.furniture import without_furniture
from disclosure_checks.grammar.readers.pdf.joined_pages.row_joining import with_joined_rows
from disclosure_checks.grammar.readers.pdf.tables import PageTable, PrintedPage


def assembled_blocks(pages: Sequence[PrintedPage]) -> tuple[Block, ...]:
    """The tables and lines of pages, what breaks over them joined, without page numbers and running headers."""
    joined = with_joined_rows(with_joined_columns(without_furniture(list(pages))))
    return tuple(block for page in with_common_columns(joined) for block in _blocks(page))


def _blocks(page: PrintedPage) -> Iterator[Block]:
    for block in page.blocks:
        if isinstance(block, PageTable):
            yield _grid(block)
        else:
            yield TextLine(block.line.text, Place(line=block.number, page=block.page))


def _grid(table: PageTable) -> Grid:
    place = Place(table=table.number, page=table.page)
    return Grid(
        tuple(
            GridCell(
                cell.text,
                Place(0, cell.table or table.number, cell.printed_row, cell.printed_column, cell.page or table.page),
                cell.span.row,
                cell.span.column,
                cell.span.rows,
                cell.span.columns,
            )
            for cell in table.cells
        ),
        place,
        table.goes_on,
    )
