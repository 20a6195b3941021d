"""One page put together: its tables with the text of their cells, and the lines between them, in reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Union

from disclosure_checks.grammar.readers.pdf.aligned.lattices import aligned_tables
from disclosure_checks.grammar.readers.pdf.lattices.ruling import Lattice, Span, lattices
from disclosure_checks.grammar.readers.pdf.lattices.undivided_columns import with_divided_columns
from disclosure_checks.grammar.readers.pdf.lattices.undivided_rows import divided, rows_of_several, ruled_rows
from disclosure_checks.grammar.readers.pdf.lines import PrintedLine, cell_lines, cell_text, is_full
from disclosure_checks.grammar.readers.pdf.marks import as_counted
from disclosure_checks.grammar.readers.pdf.page import Character, PageContent
from disclosure_checks.grammar.readers.pdf.unruled import unruled_lines
from disclosure_checks.grammar.words.numbers import is_number

_FEWEST_STACKED = 3  # cells of a row with numbers below each other: only the columns are ruled


class PrintedCell(NamedTuple):
    """A cell of a table on a page; ``row`` and ``column`` count from 0, ``printed_row`` from 1 on its page.

    ``full``: its last line reaches its right edge, so that the text may go on elsewhere. ``page``, ``table`` and
    ``column`` (from 1): where it is printed, if that is not where its table is; 0 if it is.
    """

    text: str
    span: Span
    printed_row: int
    full: bool
    page: int = 0
    table: int = 0
    column: int = 0

    @property
    def printed_column(self) -> int:
        """The column that it is printed in, from 1."""
        return self.column or self.span.column + 1


@dataclass(frozen=True)
class PageTable:
    """The part of a table that stands on one page; ``number`` counts the tables of the page from 1.

    ``goes_on``: its columns are counted as those of the last table of the page before, which it continues.
    """

    page: int
    number: int
    lattice: Lattice
    cells: tuple[PrintedCell, ...]
    open_top: bool
    open_bottom: bool
    goes_on: bool = False

    @property
    def top(self) -> float:
        """The height at which the table begins."""
        return self.lattice.ys[0]


class PageLine(NamedTuple):
    """A line between the tables of a page; ``number`` counts the lines of the page from 1."""

    page: int
    number: int
    line: PrintedLine

    @property
    def top(self) -> float:
        """The height at which the line begins."""
        return self.line.top


PageBlock = Union[PageTable, PageLine]


@dataclass(frozen=True)
class PrintedPage:
    """The blocks of one page from top to bottom.

    ``columns``: left and right of those of its last table, where no rules draw it and it may go on on the next page.
    """

    number: int
    height: float
    blocks: tuple[PageBlock, ...]
    columns: tuple[tuple[float, float], ...] = ()


def printed_pages(pages: Iterable[PageContent]) -> Iterator[PrintedPage]:
    """The tables and lines of pages that follow each other."""
    columns: tuple[tuple[float, float], ...] = ()
    for page in pages:
        printed = _printed_page(page, columns)
        columns = printed.columns
        yield printed


def _printed_page(page: PageContent, above: Sequence[tuple[float, float]]) -> PrintedPage:
    """The tables and lines of a page. ``above``: the columns of the table that the page before ended with."""
    page = as_counted(page)
    known = lattices(page.rules)
    inside, outside = _divided(page.characters, known)
    aligned = aligned_tables(outside, page.rules, above)
    if aligned.lattices:
        known = sorted([*known, *aligned.lattices], key=lambda one: (one.ys[0], one.xs[0]))
        inside, outside = _divided(page.characters, known)
    tables: list[PageTable] = []
    for drawn, characters in zip(known, inside, strict=True):
        own = _held(drawn, characters)
        in_columns = with_divided_columns(drawn, own)
        held = _lines(own if in_columns is drawn else _held(in_columns, characters))
        rows = ruled_rows(in_columns, held)
        lattice = divided(in_columns, rows)
        if lattice is not in_columns:
            held = _lines(_held(lattice, characters))
            rows = ruled_rows(lattice, held)
        cells = _cells(lattice, held, rows_of_several(rows))
        if _is_table(cells):
            printed = tuple(cell for cell, _ in cells)
            number = len(tables) + 1
            tables.append(PageTable(page.number, number, lattice, printed, lattice.open_top, lattice.open_bottom))
        else:
            outside = outside + characters
    lines = [PageLine(page.number, number, line) for number, line in enumerate(unruled_lines(outside), start=1)]
    blocks: list[PageBlock] = [*tables, *lines]
    return PrintedPage(page.number, page.height, tuple(sorted(blocks, key=lambda block: block.top)), aligned.columns)


def _divided(
    characters: Sequence[Character], known: Sequence[Lattice]
) -> tuple[list[list[Character]], list[Character]]:
    """The characters in each lattice, in the innermost one where they are nested, and those in none."""
    inside: list[list[Character]] = [[] for _ in known]
    outside: list[Character] = []
    by_size = sorted(range(len(known)), key=lambda number: known[number].area)
    for character in characters:
        x, y = (character.left + character.right) / 2, character.middle
        number = next((number for number in by_size if known[number].contains(x, y)), -1)
        (inside[number] if number >= 0 else outside).append(character)
    return inside, outside


def _held(lattice: Lattice, characters: Sequence[Character]) -> dict[Span, list[Character]]:
    """The characters in each cell of a lattice; cells without any are left out."""
    owners: dict[tuple[int, int], Span] = {}
    for span in lattice.spans:
        for row in range(span.row, span.row + span.rows):
            owners.update({(row, column): span for column in range(span.column, span.column + span.columns)})
    held: dict[Span, list[Character]] = defaultdict(list)
    for character in characters:
        held[owners[lattice.position((character.left + character.right) / 2, character.middle)]].append(character)
    return held


def _lines(held: Mapping[Span, Sequence[Character]]) -> dict[Span, list[PrintedLine]]:
    return {span: cell_lines(characters) for span, characters in held.items()}


def _cells(
    lattice: Lattice, held: Mapping[Span, list[PrintedLine]], several: Collection[int]
) -> list[tuple[PrintedCell, list[PrintedLine]]]:
    """The cells of a lattice with the lines in them; no number goes on below in the rows that may be several."""
    cells: list[tuple[PrintedCell, list[PrintedLine]]] = []
    for span in lattice.spans:
        right = lattice.xs[span.column + span.columns]
        lines = held.get(span, [])
        text = cell_text(lines, right) if span.row not in several else "\n".join(line.text for line in lines)
        full = bool(lines) and is_full(lines[-1], right)
        cells.append((PrintedCell(text, span, span.row + 1, full), lines))
    return cells


def _is_table(cells: Sequence[tuple[PrintedCell, Sequence[PrintedLine]]]) -> bool:
    """Whether what rules draw is a table, not an empty form, a frame around text or a table without rules for rows."""
    if sum(1 for _, lines in cells if lines) < 2:
        return False
    stacked: dict[int, int] = defaultdict(int)
    for cell, lines in cells:
        if len(lines) > 1 and sum(is_number(line) for line in cell.text.split("\n")) > 1:
            stacked[cell.span.row] += 1
    undivided = [row for row, count in stacked.items() if count >= _FEWEST_STACKED]
    if not undivided:
        return True
    numbered = {cell.span.row for cell, _ in cells if is_number(cell.text)}
    return len(numbered.difference(undivided)) > len(undivided)
