"""Cutting one printed line into cells: a pure function of the line, so that a line seen before is never cut again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from grammar.folding import first_of_key, fold, key_of_folded
from grammar.glued_lines import glued_parts
from grammar.label_index import LabelIndex
from grammar.layouts import Layout, layout_rules
from grammar.numbers import NumberReader, Reading

_ORDINAL_APART = re.compile(r"(\d) +([、.]) *(?=[^\W\d_])")  # 5 、要求: an ordinal, no value
_FEWEST_ROWS_OF_A_LINE = 2
_FEWEST_VALUES = 3  # that make a line with strange words a row of values
_LONGEST_WORD_FOR_A_VALUE = 4  # characters
_SENTENCE = re.compile("[。,;:!?]")
_END_OF_SENTENCE = "。"
_LONGEST_REMEMBERED = 80  # characters; longer cells are prose
_LONGEST_CELL = 40  # characters; a longer one may hold prose or a whole page


class LineCell(NamedTuple):
    """One cell of a line. ``column`` counts the cells of its printed row, ``row`` the printed rows of the line, from 0.

    ``firm``: the layout proves that the row is complete as it stands. ``key``: what labels are looked up by.
    ``markup``: the Markdown heading level. ``indented``: white space stands before the line's first character.
    """

    folded: str
    printed: str
    key: str
    is_value: bool
    firm: bool
    layout: str
    markup: int
    indented: bool
    column: int
    row: int


class CutLine(NamedTuple):
    """The cells of a line, the number of printed rows they make, and whether it is one cell of a longer row."""

    cells: tuple[LineCell, ...]
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
        self._spaced_labels = lru_cache(maxsize=4096)(self._find_spaced_labels)

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
    ) -> LineCell:
        is_value = self._numbers.is_value(folded)
        return LineCell(folded, printed, self._key(folded), is_value, firm, layout, markup, indented, column, row)

    def _key(self, folded: str) -> str:
        """What a cell is looked up by. Long prose stands for itself: it is no label, and its key would cost the most."""
        if len(folded) > _LONGEST_REMEMBERED and first_of_key(folded) not in self._index.row_beginnings:
            return folded
        return key_of_folded(folded)

    def _cut(self, layout: Layout, printed: str, folded: str) -> Iterator[LineCell]:
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
        cells = self._cut_glued(text)
        if not cells and " " in text and not level:
            cells = self._cut_spaced(text)
        if cells:
            yield from cells
        else:
            yield from self._cut_headings(text, printed, level, 0)

    def _cut_separated(self, layout: Layout, printed: str, folded: str) -> Iterator[LineCell]:
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
                yield LineCell(text, shown, key, is_value, firm, layout.id, 0, False, column - start, row)

    def _words(self, folded: str, printed: str) -> tuple[str, str, str, bool]:
        """Words between separators: folded, printed, their key, and whether they are a value."""
        return (self._known_words if len(printed) <= _LONGEST_REMEMBERED else self._new_words)(folded, printed)

    def _new_words(self, folded: str, printed: str) -> tuple[str, str, str, bool]:
        text = self._unmarked(folded)
        return text, self._unmarked(printed), key_of_folded(text), self._numbers.is_value(text)

    def _unmarked(self, cell: str) -> str:
        """A cell without the blanks of the layout and the marks of a markup language."""
        text = _strip(cell)
        if "<" in text:
            text = self._rules.tags.sub("", self._rules.line_break.sub("", text))
        if "*" in text or "_" in text or "`" in text:
            text = self._rules.markup_around.sub("", text)
        return _strip(text)

    def _cut_headings(self, text: str, printed: str, level: int, row: int) -> Iterator[LineCell]:
        """The text as one cell, or as several where section headings stand inside it, each a row of its own."""
        layout = self._rules.layouts[-1].id
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

    def _cut_spaced(self, text: str) -> list[LineCell]:
        """A row whose cells are joined by spaces, label first; nothing where the line is no such row.

        The words must be labels, or pieces of a label, or the line must be numbers alone.
        """
        if self._numbers.is_value(text):
            return []
        if _END_OF_SENTENCE in text and max(map(len, text.split())) > _LONGEST_CELL:
            return []  # prose, and far from being a row
        tokens = self._numbers_with_units(_ORDINAL_APART.sub(r"\1\2", text).split())
        is_value = [self._numbers.is_value(token) for token in tokens]
        if not any(is_value) and key_of_folded(text) in self._index.meanings:
            return []
        rows = self._rows_of_one_line(tokens, is_value)
        if rows:
            return rows
        words = tuple(token for token, value in zip(tokens, is_value, strict=True) if not value)
        labels = self._spaced_labels(words, any(is_value))
        values = [token for token, value in zip(tokens, is_value, strict=True) if value]
        if labels is None and sum(is_value) >= _FEWEST_VALUES:
            labels, values = self._with_words_among_values(tokens, is_value)
        if labels is None or len(labels) + len(values) < 2:
            return []
        return [
            self._cell(cell, cell, 0, column, bool(values), "spaced_rows")
            for column, cell in enumerate([*labels, *values])
        ]

    def _rows_of_one_line(self, tokens: list[str], is_value: list[bool]) -> list[LineCell]:
        """Several rows of a table on one line, each a whole label with its values; nothing where it is not that."""
        rows: list[tuple[list[str], list[str]]] = []
        for token, value in zip(tokens, is_value, strict=True):
            if not value and (not rows or rows[-1][1]):
                rows.append(([], []))
            if not rows:
                return []
            rows[-1][value].append(token)
        if len(rows) < _FEWEST_ROWS_OF_A_LINE:
            return []
        cells: list[LineCell] = []
        for number, (words, values) in enumerate(rows):
            labels = self._spaced_labels(tuple(words), False)
            whole = labels and all(key_of_folded(label) in self._index.meanings for label in labels)
            if not labels or not whole:
                return []
            cells += [
                self._cell(cell, cell, number, column, bool(values), "spaced_rows")
                for column, cell in enumerate([*labels, *values])
            ]
        return cells

    def _with_words_among_values(
        self, tokens: list[str], is_value: list[bool]
    ) -> tuple[Sequence[str] | None, list[str]]:
        """A spaced row with short words where numbers should stand, or with a label that is unknown.

        Gives its labels (None: no such row) and its cells.
        """
        first, last = is_value.index(True), len(tokens) - is_value[::-1].index(True)
        before, among, after = tokens[:first], tokens[first:last], tokens[last:]
        inner = [token for token, value in zip(among, is_value[first:last], strict=True) if not value]
        if any(_is_sentence(token) for token in inner):
            return None, []
        for end in range(len(before), -1, -1):
            strange = [*before[end:], *after]
            labels = self._spaced_labels(tuple(before[:end]), True)
            if labels is not None and not any(_is_sentence(word) for word in strange):
                return labels, [*before[end:], *among, *after]
        label = "".join([*before, *after])
        if not inner and not (before and after) and len(label) <= _LONGEST_CELL and not _SENTENCE.search(label):
            return [label], among
        return None, []

    def _cut_glued(self, text: str) -> list[LineCell]:
        """Rows whose separators are gone, each label with the numbers behind it; nothing where the line is none."""
        cells: list[LineCell] = []
        row = column = 0
        for part in glued_parts(text, self._index):
            if part.is_label and column and cells[-1].is_value:
                row, column = row + 1, 0
            for word in [part.text] if part.is_label else part.text.split():
                cells.append(self._cell(word, word, row, column, True, "glued"))
                column += 1
        return cells if len(cells) > 1 else []

    def _label_and_beginning(self, words: Sequence[str]) -> list[str] | None:
        """Labels followed by the beginning of another one that goes on in the next line; None where they are not."""
        for end in range(len(words) - 1, 0, -1):
            rest = "".join(words[end:])
            divided = self._index.segment(key_of_folded("".join(words[:end])))
            if divided and key_of_folded(rest) in self._index.prefixes:
                return [*_gathered(words[:end], divided), rest]
        return None

    def _numbers_with_units(self, tokens: list[str]) -> list[str]:
        """The tokens with each unit put behind the number before it: 20 件 is one cell."""
        joined: list[str] = []
        for token in tokens:
            if (
                joined
                and not self._numbers.is_value(token)
                and self._numbers.read(joined[-1]).reading is Reading.NUMBER
                and self._numbers.read(f"{joined[-1]} {token}").reading is Reading.NUMBER
            ):
                joined[-1] += f" {token}"
            else:
                joined.append(token)
        return joined

    def _find_spaced_labels(self, words: tuple[str, ...], has_values: bool) -> Sequence[str] | None:
        """The words of a spaced row put together to labels; None where they are none."""
        if not words:
            return []
        key = key_of_folded("".join(words))
        if key in self._index.meanings:
            return ["".join(words)]
        divided = self._index.segment(key)
        if divided:
            return _gathered(words, divided)
        if not has_values:
            return self._label_and_beginning(words)
        for start in range(1, len(words)):
            if key_of_folded("".join(words[start:])) in self._index.meanings:
                return [*words[:start], "".join(words[start:])]
        if self._index.is_fragment(key):
            return ["".join(words)]
        return words if all(self._index.is_fragment(key_of_folded(word)) for word in words) else None


def _is_sentence(word: str) -> bool:
    """Whether words are more than something written where a number should stand."""
    return len(word) > _LONGEST_WORD_FOR_A_VALUE or bool(_SENTENCE.search(word))


def _gathered(words: Sequence[str], keys: tuple[str, ...]) -> list[str]:
    """The words put together to the labels of the keys; the keys themselves where a label ends inside a word."""
    labels: list[str] = []
    rest = list(words)
    for key in keys:
        label = ""
        while rest and key_of_folded(label) != key:
            label += rest.pop(0)
        labels.append(label)
    return labels if [key_of_folded(label) for label in labels] == list(keys) else list(keys)


def _strip(printed: str) -> str:
    """A printed cell without the blanks and tabs of the layout; an NBSP was typed and stays."""
    return printed.strip(" \t\r")
