"""Rows that break over two pages, put together again; every page keeps its own part of the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from grammar.readers.pdf_ruling import Span
from grammar.readers.pdf_tables import PageTable, PrintedCell, PrintedPage

_SAME_EDGE = 4.0  # points
_NUMBER = re.compile(r"\s*[+-]?\d[\d,.\s]*")
_BEGINS_ANEW = re.compile(r"\s*(?:[(（]?[一二三四五六七八九十]+[)）、.]|[(（]?\d+\s*[)）、.．])")


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
    if not _same_columns(above, below):
        return above, below
    row = _repeated_rows(above, below)
    ending = {(cell.span.column, cell.span.columns): cell for cell in _ending(above)}
    going_on = {(cell.span.column, cell.span.columns): cell for cell in _at(below, row)}
    if set(ending) != set(going_on) or not _breaks(above, below, ending, going_on):
        return above, below
    texts = {cell.span: _text(cell, going_on[columns]) for columns, cell in ending.items()}
    whole = tuple(cell._replace(text=texts.get(cell.span, cell.text)) for cell in above.cells)
    return replace(above, cells=whole), replace(below, cells=tuple(_without_row(below.cells, row)))


def _same_columns(above: PageTable, below: PageTable) -> bool:
    first, second = above.lattice.xs, below.lattice.xs
    return len(first) == len(second) and all(abs(x - y) <= _SAME_EDGE for x, y in zip(first, second, strict=True))


def _repeated_rows(above: PageTable, below: PageTable) -> int:
    """How many rows at the top of ``below`` print the header of the table again."""
    count = 0
    while count < len(below.lattice.ys) - 2 and _row(above, count) == _row(below, count) != []:
        count += 1
    return count


def _row(table: PageTable, row: int) -> list[tuple[str, Span]]:
    """The cells that begin in a row with words, if there are words and no numbers; else nothing."""
    cells = [(cell.text, cell.span) for cell in table.cells if cell.span.row == row]
    is_header = any(text for text, _ in cells) and not any(_NUMBER.fullmatch(text) for text, _ in cells)
    return cells if is_header else []


def _ending(table: PageTable) -> list[PrintedCell]:
    last = len(table.lattice.ys) - 1
    return [cell for cell in table.cells if cell.span.row + cell.span.rows == last]


def _at(table: PageTable, row: int) -> list[PrintedCell]:
    return [cell for cell in table.cells if cell.span.row == row]


Row = dict[tuple[int, int], PrintedCell]


def _breaks(above: PageTable, below: PageTable, ending: Row, going_on: Row) -> bool:
    """Whether a row goes on: its rules are open, or a label that filled its cell goes on beside empty cells."""
    if above.open_bottom or below.open_top:
        return True
    pairs = [(ending[columns], going_on[columns]) for columns in ending]
    single = [(one, other) for one, other in pairs if one.span.rows == 1 and other.span.rows == 1]
    numbers = [(bool(_NUMBER.fullmatch(one.text)), bool(_NUMBER.fullmatch(other.text))) for one, other in single]
    if any(one for one, _ in numbers) == any(other for _, other in numbers):
        return False
    words = [
        (one, other)
        for (one, other), (is_number, goes_on) in zip(single, numbers, strict=True)
        if not is_number and not goes_on and (one.text or other.text)
    ]
    return bool(words) and all(
        one.text and other.text and one.full and not _BEGINS_ANEW.match(other.text) for one, other in words
    )


def _text(above: PrintedCell, below: PrintedCell) -> str:
    return "\n".join(text for text in (above.text, below.text) if text)


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
            left.append(cell._replace(text="", span=span._replace(rows=span.rows - 1), printed_row=cell.printed_row + 1))
    return left
