"""Rows that break over two pages, put together again; every page keeps its own part of the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from disclosure_checks.grammar.readers.pdf.tables import PageTable, PrintedCell, PrintedPage
from disclosure_checks.grammar.words.label_index import begins_with_ordinal
from disclosure_checks.grammar.words.numbers import are_numbers

_SAME_EDGE = 4.0  # points
_LETTER = re.compile(r"[^\W\d_]")


def with_joined_rows(pages: Sequence[PrintedPage]) -> list[PrintedPage]:
    """The pages with each row that breaks over two of them on the first one."""
    joined = list(pages)
    for number in range(len(joined) - 1):
        first, second = joined[number], joined[number + 1]
        if not first.blocks or not second.blocks:
            continue
        above, below = first.blocks[-1], second.blocks[0]
        if not isinstance(above, PageTable) or not isinstance(below, PageTable):
            continue
        whole, rest = _joined(above, below)
        joined[number] = replace(first, blocks=(*first.blocks[:-1], whole))
        joined[number + 1] = replace(second, blocks=(*((rest,) if rest.cells else ()), *second.blocks[1:]))
    return joined


def _joined(above: PageTable, below: PageTable) -> tuple[PageTable, PageTable]:
    """Two parts of a table, the row that breaks between them (if any) put into the first one."""
    row = _repeated_rows(above, below)
    pairs = _pairs(above, _ending(above), below, _beginning(below, row))
    if not pairs or _are_two_rows(pairs) or not (above.open_bottom or below.open_top or _goes_on(pairs)):
        return above, below
    texts = {one.span: "\n".join(text for text in (one.text, other.text) if text) for one, other in pairs}
    whole = tuple(cell._replace(text=texts.get(cell.span, cell.text)) for cell in above.cells)
    return replace(above, cells=whole), replace(below, cells=tuple(_without_row(below.cells, row)))


def _repeated_rows(above: PageTable, below: PageTable) -> int:
    """How many rows at the top of ``below`` print the header of the table again."""
    count = 0
    while count < len(below.lattice.ys) - 2:
        first, second = _beginning(above, count), _beginning(below, count)
        pairs = _pairs(above, first, below, second)
        if not pairs or not _is_header(first) or any(one.text != other.text for one, other in pairs):
            break
        count += 1
    return count


def _is_header(cells: Sequence[PrintedCell]) -> bool:
    return any(cell.text for cell in cells) and not any(are_numbers(cell.text) for cell in cells)


def _ending(table: PageTable) -> list[PrintedCell]:
    last = len(table.lattice.ys) - 1
    return [cell for cell in table.cells if cell.span.row + cell.span.rows == last]


def _beginning(table: PageTable, row: int) -> list[PrintedCell]:
    return [cell for cell in table.cells if cell.span.row == row]


def _pairs(
    above: PageTable, first: Sequence[PrintedCell], below: PageTable, second: Sequence[PrintedCell]
) -> list[tuple[PrintedCell, PrintedCell]]:
    """The cells of two rows that stand below each other; nothing where not every cell has such a one.

    A part of a table has only those columns that its rows need, so columns are told by their edges on the page.
    """
    if len(first) != len(second):
        return []
    by_column = [sorted(cells, key=lambda cell: cell.span.column) for cells in (first, second)]
    pairs = list(zip(*by_column, strict=True))
    for one, other in pairs:
        edges = zip(_edges(above, one), _edges(below, other), strict=True)
        if any(abs(x - y) > _SAME_EDGE for x, y in edges):
            return []
    return pairs


def _edges(table: PageTable, cell: PrintedCell) -> tuple[float, float]:
    xs = table.lattice.xs
    return xs[cell.span.column], xs[cell.span.column + cell.span.columns]


def _are_two_rows(pairs: Sequence[tuple[PrintedCell, PrintedCell]]) -> bool:
    """Whether two rows have values of their own, so that they are two, whatever divides them and however high they are."""
    texts = [(one.text, other.text) for one, other in pairs]
    return any(one and other and not _LETTER.search(one) and not _LETTER.search(other) for one, other in texts)


def _goes_on(pairs: Sequence[tuple[PrintedCell, PrintedCell]]) -> bool:
    """Whether a closed row goes on: a label that filled its cell goes on, and only one part has numbers."""
    single = [(one, other) for one, other in pairs if one.span.rows == 1 and other.span.rows == 1]
    numbers = [(are_numbers(one.text), are_numbers(other.text)) for one, other in single]
    if any(one for one, _ in numbers) == any(other for _, other in numbers):
        return False
    words = [
        (one, other)
        for (one, other), (is_number, goes_on) in zip(single, numbers, strict=True)
        if not is_number and not goes_on and (one.text or other.text)
    ]
    return bool(words) and all(
        one.text and other.text and one.full and not begins_with_ordinal(other.text) for one, other in words
    )


def _without_row(cells: Sequence[PrintedCell], row: int) -> list[PrintedCell]:
    """Cells without those of one row; what spans more rows than that begins a row later, its text being moved."""
    left: list[PrintedCell] = []
    for cell in cells:
        span = cell.span
        if span.row > row:
            left.append(cell._replace(span=span._replace(row=span.row - 1)))
        elif span.row < row:
            covers = span.row + span.rows > row
            left.append(cell._replace(span=span._replace(rows=span.rows - covers)))
        elif span.rows > 1:
            left.append(
                cell._replace(text="", span=span._replace(rows=span.rows - 1), printed_row=cell.printed_row + 1)
            )
    return left
