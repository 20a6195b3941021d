"""From a document to its tokens: lines and grids one after the other, labels that are broken over lines put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from disclosure_checks.grammar.alignment.scanning.index_columns import without_index_columns
from disclosure_checks.grammar.alignment.scanning.line_scanning import LineScanner
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, Token, TokenStream
from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import Grid, GridCell, SourceDocument, TextLine
from disclosure_checks.grammar.words.label_index import LabelIndex

_MOST_PIECES = 8  # of one label
_LONGEST_CELL = 60  # characters; a longer one holds running text
_FEWEST_FULL_LINES = 3  # that prove that lines were cut at a width
_WORDS = (Kind.LABEL, Kind.PIECE, Kind.TEXT)
_EMPTY = Token(Kind.EMPTY, "", "", "", firm=True)


class TokenReader:
    """Reads the tokens of documents of one format."""

    def __init__(self, scanner: LineScanner, index: LabelIndex) -> None:
        self._scanner = scanner
        self._index = index

    def text(self, lines: Sequence[str]) -> TokenStream:
        """The tokens of a text."""
        stream = TokenStream()
        self._add_lines(stream, ((line, Place(number)) for number, line in enumerate(lines, start=1)))
        return self._joined(without_index_columns(stream))

    def document(self, document: SourceDocument) -> TokenStream:
        """The tokens of a document: those of a grid have its rows and columns as separators."""
        stream = TokenStream(paged=document.paged)
        lines: list[tuple[str, Place]] = []
        for block in document.blocks:
            if isinstance(block, TextLine):
                lines.append((block.text, block.place))
                continue
            self._add_lines(stream, lines)
            lines = []
            self._add_grid(stream, block, document.layout)
        self._add_lines(stream, lines)
        return self._joined(without_index_columns(stream))

    def _add_lines(self, stream: TokenStream, lines: Iterable[tuple[str, Place]]) -> None:
        row = stream.rows[-1] + 1 if stream.rows else 0
        column = 0
        gathering = False
        widths: dict[int, int] = {}  # of lines that end with a number
        for printed, place in lines:
            rows, one_cell_of_a_row, texts = self._scanner.line(printed)
            if not rows and self._scanner.is_page_furniture(printed):
                stream.paged = True
            if not rows:
                gathering = False
                continue
            if one_cell_of_a_row:
                row, column = (row, column + 1) if gathering else (row + 1, 0)
                stream.add(rows[0], row, place)
                for number in range(len(rows[0])):
                    stream.columns[-1 - number] = column
            else:
                for number, tokens in enumerate(rows):
                    row += 1
                    stream.add(tokens, row, place)
                    if texts and (text := texts[number]):
                        stream.texts[row] = text
            if rows[-1] and rows[-1][-1].kind == Kind.VALUE:  # a row of marks alone has no token
                widths[row] = _width(printed)
            gathering = one_cell_of_a_row
        stream.full_rows |= _full_rows(widths)

    def _add_grid(self, stream: TokenStream, grid: Grid, layout: str) -> None:
        """A position that a merged cell covers, or that nothing fills, is an empty cell: columns stay comparable."""
        width = max((cell.column + cell.column_span for cell in grid.cells), default=0)
        rows: dict[int, list[GridCell]] = {}
        for cell in grid.cells:
            rows.setdefault(cell.row, []).append(cell)
        number = stream.rows[-1] + 1 if stream.rows else 0
        if not grid.goes_on:
            stream.grid_rows.append(number)
        for row in sorted(rows):
            if any(_is_prose(cell) for cell in rows[row]):
                lines = [(line, cell.place) for cell in rows[row] for line in cell.text.split("\n") if line.strip()]
                self._add_lines(stream, lines)
                number = stream.rows[-1] + 1 if stream.rows else 0
                continue
            at = {cell.column: cell for cell in rows[row]}
            for column in range(width):
                own = at.get(column)
                tokens = [_EMPTY._replace(column=column)]
                if own:
                    tokens = self._scanner.cell(own.text, column, layout, own.column_span)
                stream.add(tokens, number, own.place if own else grid.place)
            number += 1

    def _joined(self, stream: TokenStream) -> TokenStream:
        """The tokens with the pieces of labels put together where they follow each other."""
        tokens = stream.tokens
        opening = [number for number, token in enumerate(tokens) if token.opens]
        ends: dict[int, int] = {}
        done = -1
        for number in opening:
            if number > done:
                end = self._end_of_label(tokens, number)
                if end > number:
                    ends[number], done = end, end
        if not ends:
            return stream
        joined = TokenStream(
            texts=stream.texts,
            paged=stream.paged,
            numbered=stream.numbered,
            full_rows=stream.full_rows,
            grid_rows=stream.grid_rows,
        )
        position = 0
        for start, end in ends.items():
            _copy(stream, joined, position, start)
            pieces = tokens[start : end + 1]
            whole = tokens[start]._replace(
                kind=Kind.LABEL,
                folded=" ".join(piece.folded for piece in pieces),
                printed=" ".join(piece.printed for piece in pieces),
                key="".join(piece.key for piece in pieces),
                opens=False,
            )
            joined.tokens.append(whole)
            joined.rows.append(stream.rows[start])
            joined.columns.append(stream.columns[start])
            joined.places.append(stream.places[start])
            position = end + 1
        _copy(stream, joined, position, len(stream))
        return joined

    def _end_of_label(self, tokens: Sequence[Token], start: int) -> int:
        """The last of the tokens that spell the longest label from here; ``start`` where there is none."""
        spelled = tokens[start].key
        best = start
        for end in range(start + 1, min(len(tokens), start + _MOST_PIECES)):
            if spelled not in self._index.prefixes or tokens[end].kind not in _WORDS:
                break
            spelled += tokens[end].key
            if spelled in self._index.meanings:
                best = end
        return best


def _width(printed: str) -> int:
    """The width of a line, in which an ideograph takes two places."""
    return len(printed.encode("gb18030", "replace"))


def _full_rows(widths: Mapping[int, int]) -> set[int]:
    """The rows that end with a line of the greatest width, if several lines have it; an ideograph may leave one place."""
    widest = max(widths.values(), default=0)
    full = {row for row, width in widths.items() if width >= widest - 1}
    return full if len(full) >= _FEWEST_FULL_LINES else set()


def _copy(source: TokenStream, target: TokenStream, start: int, end: int) -> None:
    target.tokens += source.tokens[start:end]
    target.rows += source.rows[start:end]
    target.columns += source.columns[start:end]
    target.places += source.places[start:end]


def _is_prose(cell: GridCell) -> bool:
    """Whether a cell holds running text rather than a label or a value."""
    return len(cell.text) > _LONGEST_CELL and ("。" in cell.text or "\n" in cell.text.strip())
