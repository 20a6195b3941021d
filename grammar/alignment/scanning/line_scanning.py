"""From one printed line to tokens: a pure function of its text, so that no line is scanned twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from disclosure_checks.grammar.alignment.scanning.anchors import AnchorIndex
from disclosure_checks.grammar.alignment.scanning.cell_scanning import CellScanner
from disclosure_checks.grammar.alignment.scanning.print_marks import print_marks
from disclosure_checks.grammar.alignment.scanning.tokens import Kind, Token
from disclosure_checks.grammar.words import layout_names
from disclosure_checks.grammar.words.folding import fold
from disclosure_checks.grammar.words.label_index import LabelIndex
from disclosure_checks.grammar.words.layouts import layout_rules
from disclosure_checks.grammar.words.numbers import NumberReader

_LONGEST_REMEMBERED = 80  # characters; longer lines are prose and hardly ever come again
_FRAME = "||"  # what is left of a row whose cells stand a line each
_WORD_TEXT = re.compile(r" *\t")
_TAB_SEPARATED = re.compile(r"\S[^\t]*\t|\t[^\t]*\t")


class ScannedLine(NamedTuple):
    """The printed rows of a line, and whether it is one cell of a row that goes on in the next line.

    ``texts``: what each row prints, folded and as printed, where its tokens do not say it; none for cells.
    """

    rows: tuple[tuple[Token, ...], ...]
    one_cell_of_a_row: bool = False
    texts: tuple[tuple[str, str] | None, ...] = ()


_NOTHING = ScannedLine(())


class LineScanner:
    """Scans lines and cells for one format."""

    def __init__(self, index: LabelIndex, numbers: NumberReader) -> None:
        self._numbers = numbers
        self._cells = CellScanner(index, numbers)
        self._marks = print_marks()
        self._rules = layout_rules()
        self._known_cell = lru_cache(maxsize=16384)(self._cells.scan)
        self._remembered: dict[str, ScannedLine] = {}

    @property
    def anchors(self) -> AnchorIndex:
        """The labels and headings that are looked for."""
        return self._cells.anchors

    def line(self, printed: str) -> ScannedLine:
        """The tokens of a printed line."""
        known = self._remembered.get(printed)
        if known is None:
            known = self._scan_line(printed)
            if len(printed) <= _LONGEST_REMEMBERED:
                self._remembered[printed] = known
        return known

    def is_page_furniture(self, printed: str) -> bool:
        """Whether a line is what a page prints at its edge, such as its number."""
        return self._rules.page_furniture.fullmatch(fold(printed).strip()) is not None

    def cell(self, printed: str, column: int, layout: str, columns: int = 1) -> list[Token]:
        """The tokens of one cell of a grid that is so many ``columns`` wide."""
        words = " ".join(part.strip(" \t") for part in printed.split("\n")).strip(" \t")
        folded = fold(words).strip()
        scan = self._one_cell if columns == 1 and "\n" not in printed.strip() else self._known_cell
        return [token._replace(column=column, firm=True, layout=layout) for token in scan(folded, words)]

    def _one_cell(self, folded: str, printed: str) -> tuple[Token, ...]:
        """The tokens of a cell of one line: one number, where nothing but its digits stands apart."""
        if not self._numbers.stands_apart(folded):
            return self._known_cell(folded, printed)
        digits = folded.replace(" ", "")
        return (Token(Kind.VALUE, digits, printed, digits),)

    def _scan_line(self, printed: str) -> ScannedLine:
        if "&" in printed:
            printed = unescape(printed)
        folded = fold(printed)
        if not folded or (folded.isspace() and "\t" not in folded):
            return _NOTHING
        if "|" in folded:
            return self._separated(folded, printed, "|")
        if "\t" in folded:
            if _TAB_SEPARATED.search(folded):
                return self._separated(folded, printed, "\t")
            if _WORD_TEXT.match(folded):
                tokens = self._known_cell(folded.strip(), printed.strip(" \t\r"))
                return ScannedLine(
                    (tuple(token._replace(firm=True, layout=layout_names.WORD_TEXT) for token in tokens),), True
                )
        return self._plain(folded, printed)

    def _separated(self, folded: str, printed: str, separator: str) -> ScannedLine:
        """Cells between separators. A bar before the first and after the last cell is a frame, not an empty cell."""
        if self._rules.rule_line.fullmatch(folded) or folded.strip() == _FRAME:
            return _NOTHING
        cells, prints = folded.split(separator), printed.split(separator)
        if len(cells) != len(prints):  # a full-width bar inside a cell folds to the separator
            prints = cells
        start, end = 0, len(cells)
        if separator == "|":
            start = 1 if end > 1 and not cells[0].strip() else 0
            end -= 1 if end > start + 1 and not cells[-1].strip() else 0
        firm = sum(1 for cell in cells[start:end] if cell.strip()) > 1 or end - start > 2
        layout = "pipes" if separator == "|" else "tab_separated"
        tokens: list[Token] = []
        for column in range(start, end):
            scanned = self._one_cell(self._unmarked(cells[column]), self._unmarked(prints[column]))
            tokens += [token._replace(column=column - start, firm=firm, layout=layout) for token in scanned]
        return ScannedLine(tuple(_rows_at_headings(tokens)))

    def _plain(self, folded: str, printed: str) -> ScannedLine:
        """A line without separators other than blanks."""
        marks, rules = self._marks, self._rules
        marked = rules.leading_markup.match(folded)
        if marked and all(self._numbers.is_value(word) for word in folded.split()):
            marked = None  # a dash that stands for a number, at the beginning of a row of numbers
        level = 0
        indented = printed[:1].isspace()
        if marked:
            level = marked.group().count("#")
            printed, folded = rules.leading_markup.sub("", printed, count=1), folded[marked.end() :]
        text = folded.strip()
        if "**" in text or "__" in text:
            text = rules.markup_around.sub("", text).strip()
        if not text or rules.page_furniture.fullmatch(text) or rules.rule_line.fullmatch(text):
            return _NOTHING
        if marks.page_furniture_inside.search(text):
            text = printed = marks.page_furniture_inside.sub(" ", text)
        tokens = list(self._cells.scan(text, printed.strip(" \t\r")))
        firm = sum(token.kind == Kind.VALUE for token in tokens) > 1 or (
            len(tokens) > 1 and any(token.kind == Kind.VALUE for token in tokens)
        )
        layout = "page_text"
        if len(tokens) > 1:
            layout = layout_names.GLUED if any(token.glued for token in tokens) else layout_names.SPACED_ROWS
        tokens = [token._replace(column=number, firm=firm, layout=layout) for number, token in enumerate(tokens)]
        if tokens and (level or indented):
            tokens[0] = tokens[0]._replace(markup=level, indented=indented)
        rows = tuple(_rows_at_headings(tokens))
        return ScannedLine(rows, False, _texts_of(rows, text, printed.strip(" \t\r")))

    def _unmarked(self, cell: str) -> str:
        """A cell without the blanks of the layout and the marks of a markup language."""
        text = cell.strip(" \t\r")
        if "<" in text:
            text = self._rules.tags.sub("", self._rules.line_break.sub("", text))
        if "*" in text or "_" in text or "`" in text:
            text = self._rules.markup_around.sub("", text)
        return text.strip(" \t\r")


def _texts_of(rows: tuple[tuple[Token, ...], ...], text: str, printed: str) -> tuple[tuple[str, str] | None, ...]:
    """The text of each row of a line, which headings divide."""
    if len(rows) == 1:
        return (None if len(rows[0]) == 1 else (text, printed),)
    found: list[tuple[str, str] | None] = []
    start = 0
    for number, row in enumerate(rows):
        if row[0].kind == Kind.HEADING:
            start = text.index(row[0].folded, start) + len(row[0].folded)
            found.append(None)
        else:
            following = rows[number + 1][0].folded if number + 1 < len(rows) else ""
            end = text.index(following, start) if following else len(text)
            own = text[start:end].strip()
            found.append((own, own))
            start = end
    return tuple(found)


def _rows_at_headings(tokens: list[Token]) -> Iterator[tuple[Token, ...]]:
    """The tokens of a line as printed rows: a heading is a row of its own."""
    row: list[Token] = []
    for token in tokens:
        if token.kind == Kind.HEADING:
            if row:
                yield tuple(row)
            yield (token,)
            row = []
        else:
            row.append(token)
    if row:
        yield tuple(row)
