"""Cutting one printed line into cells: a pure function of the line, so that a line seen before is never cut again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from disclosure_checks.grammar.cutting.atom import Atom
from disclosure_checks.grammar.cutting.spaced_rows import SpacedRowReader
from disclosure_checks.grammar.words import layout_names
from disclosure_checks.grammar.words.folding import first_of_key, fold, key_of_folded
from disclosure_checks.grammar.words.label_index import LabelIndex
from disclosure_checks.grammar.words.layouts import Layout, layout_rules
from disclosure_checks.grammar.words.numbers import NumberReader

_LONGEST_REMEMBERED = 80  # characters; longer cells are prose
_LONGEST_CELL = 40  # characters; a longer one may hold prose or a whole page


class CutLine(NamedTuple):
    """The cells of a line, the number of printed rows they make, and whether it is one cell of a longer row."""

    cells: tuple[Atom, ...]
    rows: int
    one_cell_a_line: bool


_NOTHING = CutLine((), 0, False)


class LineCutter:
    """Cuts single lines for one format."""

    def __init__(self, index: LabelIndex, numbers: NumberReader) -> None:
        self._index = index
        self._numbers = numbers
        self._rules = layout_rules()
        self._known_words = lru_cache(maxsize=16384)(self._new_words)
        self._spaced_rows = SpacedRowReader(index, numbers)

    def cut(self, printed: str) -> CutLine:
        """The cells of a printed line."""
        if "&" in printed:
            printed = unescape(printed)  # a page saved as text: &nbsp;
        folded = fold(printed)
        if not folded or (folded.isspace() and "\t" not in folded):
            return _NOTHING
        layout = next(layout for layout in self._rules.layouts if layout.suits(folded))
        if layout.one_cell_a_line:
            return CutLine((self._cell(folded.strip(), _strip(printed), 0, 0, True, layout.id),), 1, True)
        cells = tuple(self._cut(layout, printed, folded))
        return CutLine(cells, cells[-1].row + 1, False) if cells else _NOTHING

    def _cell(
        self,
        folded: str,
        printed: str,
        row: int,
        column: int,
        firm: bool,
        layout: str,
        markup: int = 0,
        indented: bool = False,
    ) -> Atom:
        is_value = self._numbers.is_value(folded)
        return Atom(folded, printed, self._key(folded), is_value, firm, layout, markup, indented, column, row)

    def _key(self, folded: str) -> str:
        """What a cell is looked up by. Long prose stands for itself: it is no label, and its key would cost the most."""
        if len(folded) > _LONGEST_REMEMBERED and first_of_key(folded) not in self._index.row_beginnings:
            return folded
        return key_of_folded(folded)

    def _cut(self, layout: Layout, printed: str, folded: str) -> Iterator[Atom]:
        if layout.keeps_empty_cells:
            if not self._rules.rule_line.fullmatch(folded):
                yield from self._cut_separated(layout, printed, folded)
            return
        marked = self._rules.leading_markup.match(folded)
        if marked and all(self._numbers.is_value(word) for word in folded.split()):
            marked = None  # a dash that stands for a number, at the beginning of a row of numbers
        level = 0
        if marked:
            level = marked.group().count("#")
            printed = self._rules.leading_markup.sub("", printed, count=1)
            folded = folded[marked.end() :]
        text = folded.strip()
        if "**" in text or "__" in text:
            text = self._rules.markup_around.sub("", text).strip()
        if not text or self._rules.page_furniture.fullmatch(text) or self._rules.rule_line.fullmatch(text):
            return
        cells = self._cut_spaced(text) if " " in text and not level else []
        if cells:
            yield from cells
        else:
            yield from self._cut_headings(text, printed, level, 0)

    def _cut_separated(self, layout: Layout, printed: str, folded: str) -> Iterator[Atom]:
        """Cells between separators. A bar before the first and after the last cell is a frame, not an empty cell."""
        folded_cells, printed_cells = folded.split(layout.separator), printed.split(layout.separator)
        if len(folded_cells) != len(printed_cells):  # a full-width bar inside a cell folds to the separator
            printed_cells = folded_cells
        start, end = 0, len(folded_cells)
        if layout.separator == "|":
            start = 1 if end > 1 and not folded_cells[0].strip() else 0
            end -= 1 if end > start + 1 and not folded_cells[-1].strip() else 0
        firm = sum(1 for cell in folded_cells[start:end] if cell.strip()) > 1 or end - start > 2
        row = 0
        for column in range(start, end):
            text, shown, key, is_value = self._words(folded_cells[column], printed_cells[column])
            if len(text) > _LONGEST_CELL:
                for cell in self._cut_headings(text, shown, 0, row + 1):
                    yield cell._replace(layout=layout.id)
                    row = cell.row
                row += 1
            else:
                yield Atom(text, shown, key, is_value, firm, layout.id, 0, False, column - start, row)

    def _words(self, folded: str, printed: str) -> tuple[str, str, str, bool]:
        """Words between separators: folded, printed, their key, and whether they are a value."""
        return (self._known_words if len(printed) <= _LONGEST_REMEMBERED else self._new_words)(folded, printed)

    def _new_words(self, folded: str, printed: str) -> tuple[str, str, str, bool]:
        text = self._unmarked(folded)
        return text, self._unmarked(printed), key_of_folded(text), self._numbers.is_cell(text)

    def _unmarked(self, cell: str) -> str:
        """A cell without the blanks of the layout and the marks of a markup language."""
        text = _strip(cell)
        if "<" in text:
            text = self._rules.tags.sub("", self._rules.line_break.sub("", text))
        if "*" in text or "_" in text or "`" in text:
            text = self._rules.markup_around.sub("", text)
        return _strip(text)

    def _cut_headings(self, text: str, printed: str, level: int, row: int) -> Iterator[Atom]:
        """The text as one cell, or as several where section headings stand inside it, each a row of its own."""
        layout = layout_names.PAGE_TEXT
        starts = self._index.embedded_headings(text) if len(text) > 30 else []
        first = self._index.heading(text)
        if first and first.length < len(text):
            starts = sorted({first.length, *starts})
        for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
            part = text[start:end].strip()
            if not part:
                continue
            heading = self._index.heading(part) if start else None
            if heading and heading.length < len(part):
                yield self._cell(part[: heading.length], part[: heading.length], row, 0, False, layout)
                part = part[heading.length :].strip()
                row += 1
            shown = part if starts else _strip(printed)
            yield self._cell(part, shown, row, 0, False, layout, level, not start and printed[:1].isspace())
            row += 1

    def _cut_spaced(self, text: str) -> list[Atom]:
        """The rows of a line whose cells are joined by spaces; nothing where the line is no row."""
        return [
            self._cell(cell, cell, number, column, bool(row.values), layout_names.SPACED_ROWS)
            for number, row in enumerate(self._spaced_rows.rows(text))
            for column, cell in enumerate([*row.labels, *row.values])
        ]


def _strip(printed: str) -> str:
    """A printed cell without the blanks and tabs of the layout; an NBSP was typed and stays."""
    return printed.strip(" \t\r")
