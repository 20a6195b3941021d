"""Aligning a document to a format: tokens, sections, and each table along its cheapest way."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from disclosure_checks.grammar.alignment.filling.column_order import header_labels
from disclosure_checks.grammar.alignment.filling.table_alignment import DocumentAlignment, TableAlignment
from disclosure_checks.grammar.alignment.filling.table_filling import TableFiller
from disclosure_checks.grammar.alignment.path_search.cheapest_path import PathFinder
from disclosure_checks.grammar.alignment.path_search.lattice import Path
from disclosure_checks.grammar.alignment.path_search.prices import prices
from disclosure_checks.grammar.alignment.path_search.shapes import TURNED_OVER, Shape, shapes_of
from disclosure_checks.grammar.alignment.path_search.straight_walk import straight_walk
from disclosure_checks.grammar.alignment.scanning.line_scanning import LineScanner
from disclosure_checks.grammar.alignment.scanning.running_text import stand_in_a_sentence
from disclosure_checks.grammar.alignment.scanning.token_reading import TokenReader
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, TokenStream
from disclosure_checks.grammar.model.lexicon import Lexicon, LexiconTable
from disclosure_checks.grammar.model.report import Cell, CellStatus
from disclosure_checks.grammar.model.source_document import SourceDocument
from disclosure_checks.grammar.words.label_index import LabelIndex
from disclosure_checks.grammar.words.numbers import NumberReader

Window = tuple[int, int]
_MOST_OF_NOTHING = 0.85  # of the price of a table that is left out: what costs more is none
_FEWEST_ROWS = 3  # with values, that make a table without a header
_FEWEST_HEADER_LABELS = 2  # that make one of fewer rows


class DocumentAligner:
    """Aligns documents to one format."""

    def __init__(self, lexicon: Lexicon, index: LabelIndex, numbers: NumberReader) -> None:
        self.lexicon = lexicon
        scanner = LineScanner(index, numbers)
        self._tokens = TokenReader(scanner, index)
        self._foreign = frozenset(key for key in scanner.anchors.foreign if key not in index.meanings)
        self._shapes = {table.id: shapes_of(table, index) for table in lexicon.tables}
        self._fillers = {
            table.id: TableFiller(table, index, numbers, lexicon.equations, self._foreign) for table in lexicon.tables
        }
        self._prices = prices()
        self._index = index

    def text(self, lines: Sequence[str]) -> DocumentAlignment:
        """A text aligned."""
        return self._align(self._tokens.text(lines))

    def document(self, document: SourceDocument) -> DocumentAlignment:
        """A document of any kind aligned."""
        return self._align(self._tokens.document(document))

    def _align(self, stream: TokenStream) -> DocumentAlignment:
        headings = tuple([place for place, token in enumerate(stream.tokens) if token.kind == Kind.HEADING])
        tables = {table.id: self._table(table, stream, headings) for table in self.lexicon.tables}
        return DocumentAlignment(stream, headings, tables)

    def _table(self, table: LexiconTable, stream: TokenStream, headings: Sequence[int]) -> TableAlignment:
        """A table in its own section; elsewhere only where it is not complete there, which has a price."""
        shapes = self._shapes[table.id]
        filler = self._fillers[table.id]
        at_home = list(self._windows(table, stream, headings))
        for start, end in at_home:
            for shape in shapes:
                path = straight_walk(shape, stream, start, end)
                if path:
                    return filler.fill(shape, path, stream)
        nothing = self._prices.no_row * len(table.rows)
        best = self._cheapest(shapes, stream, at_home, 0.0)
        if not best or best[0][0] > nothing / 2:
            elsewhere = self._cheapest(shapes, stream, [(0, len(stream))], self._prices.wrong_section)
            best = sorted([*best, *elsewhere], key=lambda one: one[0])
        found = [(price, filler.fill(shape, path, stream)) for price, shape, path in best]
        found = [(price, one) for price, one in found if _is_printed(one, price / nothing, stream)]
        if not found:
            return TableAlignment(table, shapes[0], nothing)
        return _with_doubts(found, self._prices.margin)

    def _windows(self, table: LexiconTable, stream: TokenStream, headings: Sequence[int]) -> Iterator[Window]:
        """The parts of the stream under headings of the table's section."""
        for number, place in enumerate(headings):
            heading = stream.tokens[place].heading
            if heading is not None and self.lexicon.sections[heading.section].id == table.section:
                yield place + 1, headings[number + 1] if number + 1 < len(headings) else len(stream)

    def _cheapest(
        self, shapes: Sequence[Shape], stream: TokenStream, windows: Sequence[Window], extra: float
    ) -> list[tuple[float, Shape, Path]]:
        """The ways that are not dearer than the cheapest by more than the margin, the cheapest first."""
        found: list[tuple[float, Shape, Path]] = []
        most = math.inf
        for start, end in windows:
            for shape in shapes:
                usual = shape.usual or shape.name == "one_line"
                added = extra if usual else extra + self._prices.unusual_shape
                if added > most or not (usual or self._may_be_printed(shape, stream, start, end)):
                    continue
                path = PathFinder(shape, stream, start, end, self._prices, self._foreign).find(most - added)
                if path:
                    found.append((path.price + added, shape, path))
                    most = min(most, path.price + added + self._prices.margin)
        found.sort(key=lambda one: one[0])
        return [one for one in found if one[0] <= found[0][0] + self._prices.margin]

    def _may_be_printed(self, shape: Shape, stream: TokenStream, start: int, end: int) -> bool:
        """Whether there is enough print for an unusual shape to be looked for at all."""
        if not _has_room(shape, stream, start, end):
            return False
        if shape.name != TURNED_OVER:
            return True
        named = {label.id for label in header_labels(stream, range(start, end), shape.table, self._index)}
        return named.issuperset(row.id for row in shape.table.rows if not row.one_row_group)


def _has_room(shape: Shape, stream: TokenStream, start: int, end: int) -> bool:
    """Whether as many values stand together somewhere as the shortest row of a shape has."""
    length = 0
    for token in stream.tokens[start:end]:
        length = length + 1 if token.kind in (Kind.VALUE, Kind.EMPTY) else 0
        if length >= shape.widths[0] or (token.kind == Kind.VALUE and len(token.folded) >= shape.widths[0]):
            return True
    return False


def _is_printed(table: TableAlignment, share: float, stream: TokenStream) -> bool:
    """Whether there is more of a table than its words in running text with a number beside them.

    ``share``: its price as a part of that of a table that is left out. What sentences tell may not be most of the table.
    """
    with_values = [row for row in table.rows if row.end > row.start]
    told = sum(1 for row in with_values if stand_in_a_sentence(stream, (*row.label, *range(row.start, row.end))))
    if 2 * told > len(with_values):
        return False
    if table.shape.unlabelled:
        return len(table.headers) >= len(table.table.columns) and share <= _MOST_OF_NOTHING
    rows = len(with_values) - told
    if rows and len(table.headers) >= _FEWEST_HEADER_LABELS:
        return share < 1
    return rows >= _FEWEST_ROWS and share <= _MOST_OF_NOTHING


def _with_doubts(found: Sequence[tuple[float, TableAlignment]], margin: float) -> TableAlignment:
    """The cheapest alignment; what another arrangement, hardly dearer, reads otherwise is ambiguous."""
    price, best = found[0]
    best.price = price
    for other_price, other in found[1:]:
        if other_price > price + margin:
            continue
        for cell, read in list(best.cells.items()):
            said = other.cells.get(cell)
            if said is None or math.isnan(read.value) or said.value == read.value:
                continue
            best.cells[cell] = Cell(cell, read.text, math.nan, CellStatus.AMBIGUOUS, read.place)
            best.note("rows_unclear", read.place, read.text, (cell,))
    return best
