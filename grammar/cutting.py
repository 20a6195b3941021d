"""Cutting text into printed cells, as ``layouts.yaml`` declares it: the only place where text layouts differ.

    lines -> Atom (one printed cell each, empty ones included where the layout keeps them)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from grammar.document import Place
from grammar.folding import key_of_folded
from grammar.label_index import LabelIndex
from grammar.numbers import NumberReader, Reading


class Atom(NamedTuple):
    """One printed cell. ``row`` tells which cells were printed as one row; ``column`` counts from 0.

    ``firm``: the layout proves that the row is complete as it stands. ``markup`` is the Markdown heading level;
    ``indented``: white space stands before the line's first character.
    """

    folded: str
    printed: str
    place: Place
    row: int
    column: int
    firm: bool
    layout: str
    markup: int = 0
    indented: bool = False


@dataclass(frozen=True)
class Layout:
    """One entry of ``layouts.yaml``."""

    id: str
    fits: re.Pattern[str]
    separator: str
    one_cell_a_line: bool
    keeps_empty_cells: bool


@dataclass(frozen=True)
class LayoutRules:
    """The whole of ``layouts.yaml``, compiled."""

    layouts: tuple[Layout, ...]
    page_furniture: re.Pattern[str]
    leading_markup: re.Pattern[str]
    markup_around: re.Pattern[str]
    line_break: re.Pattern[str]
    rule_line: re.Pattern[str]


@lru_cache(maxsize=1)
def layout_rules() -> LayoutRules:
    """The declared layouts, read once a process."""
    declared = yaml.safe_load((Path(__file__).parent / "layouts.yaml").read_text(encoding="utf-8"))
    markup = declared["markup"]
    return LayoutRules(
        layouts=tuple(
            Layout(
                id=entry["id"],
                fits=re.compile(entry["fits"]),
                separator=entry.get("separator", ""),
                one_cell_a_line=entry.get("cells_a_line") == "one",
                keeps_empty_cells=entry["keeps_empty_cells"],
            )
            for entry in declared["layouts"]
        ),
        page_furniture=re.compile("|".join(f"(?:{pattern})" for pattern in declared["page_furniture"])),
        leading_markup=re.compile(markup["leading"]),
        markup_around=re.compile(markup["around"]),
        line_break=re.compile(markup["line_break"], re.IGNORECASE),
        rule_line=re.compile(markup["rule_line"]),
    )


class LineCutter:
    """Cuts the lines of one text. Keeps count of rows, and of which lines a Word row is made of."""

    def __init__(self, index: LabelIndex, numbers: NumberReader) -> None:
        self._index = index
        self._numbers = numbers
        self._rules = layout_rules()
        self._row = 0
        self._gathering = False

    def cut(self, printed_lines: Sequence[str], folded_lines: Sequence[str]) -> list[Atom]:
        """The cells of a text, in reading order. Both sequences hold the same lines, as printed and folded."""
        atoms: list[Atom] = []
        for number, (printed, folded) in enumerate(zip(printed_lines, folded_lines, strict=True), start=1):
            if not folded or folded.isspace() and "\t" not in folded:
                self._gathering = False
                continue
            layout = self._layout(folded)
            if layout.one_cell_a_line:
                if not self._gathering:
                    self._row += 1
                self._gathering = True
                text = folded.strip()
                atoms.append(
                    Atom(text, _strip(printed), Place(line=number), self._row, self._next_column(atoms), True, layout.id)
                )
                continue
            self._gathering = False
            self._row += 1
            atoms.extend(self._cut_line(layout, printed, folded, number))
        return atoms

    def _layout(self, folded: str) -> Layout:
        for layout in self._rules.layouts:
            if layout.fits.search(folded):
                return layout
        return self._rules.layouts[-1]

    def _next_column(self, atoms: list[Atom]) -> int:
        return atoms[-1].column + 1 if atoms and atoms[-1].row == self._row else 0

    def _cut_line(self, layout: Layout, printed: str, folded: str, number: int) -> Iterator[Atom]:
        place = Place(line=number)
        if layout.keeps_empty_cells:
            if self._rules.rule_line.fullmatch(folded):
                return
            yield from self._cut_separated(layout, printed, folded, place)
            return
        marked = self._rules.leading_markup.match(folded)
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
        if " " in text and not level:
            spaced = list(self._cut_spaced(text, printed, place))
            if spaced:
                yield from spaced
                return
        yield from self._cut_headings(text, printed, place, level)

    def _cut_separated(self, layout: Layout, printed: str, folded: str, place: Place) -> Iterator[Atom]:
        """Cells between separators. A bar before the first and after the last cell is a frame, not an empty cell."""
        folded_cells, printed_cells = folded.split(layout.separator), printed.split(layout.separator)
        if len(folded_cells) != len(printed_cells):  # a full-width bar inside a cell folds to the separator
            printed_cells = folded_cells
        start, end = 0, len(folded_cells)
        if layout.separator == "|":
            start = 1 if end > 1 and not folded_cells[0].strip() else 0
            end -= 1 if end > start + 1 and not folded_cells[-1].strip() else 0
        firm = sum(1 for cell in folded_cells[start:end] if cell.strip()) > 1 or end - start > 2
        for column in range(start, end):
            text = folded_cells[column].strip()
            if "<" in text:
                text = self._rules.line_break.sub("", text)
            if "*" in text or "_" in text:
                text = self._rules.markup_around.sub("", text).strip()
            if len(text) > 40:
                yield from self._cut_long_cell(text, printed_cells[column], place, layout.id)
            else:
                yield Atom(text, _strip(printed_cells[column]), place, self._row, column - start, firm, layout.id)

    def _cut_long_cell(self, text: str, printed: str, place: Place, layout: str) -> Iterator[Atom]:
        """A cell long enough to hold prose, or a whole page: cut at the section headings inside it."""
        for atom in self._cut_headings(text, printed, place, 0):
            self._row += 1
            yield atom._replace(row=self._row, layout=layout)
        self._row += 1

    def _cut_headings(self, text: str, printed: str, place: Place, level: int) -> Iterator[Atom]:
        """The line as one cell, or as several where section headings stand inside it."""
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
                yield Atom(part[: heading.length], part[: heading.length], place, self._row, 0, False, layout)
                part = part[heading.length :].strip()
            shown = part if starts else _strip(printed)
            indented = not start and printed[:1].isspace()
            yield Atom(part, shown, place, self._row, 0, False, layout, level, indented)

    def _cut_spaced(self, text: str, printed: str, place: Place) -> list[Atom]:
        """A row whose cells are joined by spaces, label first; nothing where the line is no such row.

        The words must be labels, or pieces of a label, or the line must be numbers alone.
        """
        if self._numbers.read(text).reading is not Reading.TEXT or key_of_folded(text) in self._index.meanings:
            return []
        tokens = text.split()
        readings = [self._numbers.read(token).reading for token in tokens]
        words = [token for token, reading in zip(tokens, readings, strict=True) if reading is Reading.TEXT]
        values = [token for token, reading in zip(tokens, readings, strict=True) if reading is not Reading.TEXT]
        labels = self._spaced_labels(words, bool(values))
        if labels is None or len(labels) + len(values) < 2:
            return []
        cells = [*labels, *values]
        return [
            Atom(cell, cell, place, self._row, column, bool(values), "spaced_rows") for column, cell in enumerate(cells)
        ]

    def _spaced_labels(self, words: list[str], has_values: bool) -> list[str] | None:
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
            return None
        for start in range(1, len(words)):
            if key_of_folded("".join(words[start:])) in self._index.meanings:
                return [*words[:start], "".join(words[start:])]
        if self._index.is_fragment(key):
            return ["".join(words)]
        return words if all(self._index.is_fragment(key_of_folded(word)) for word in words) else None


def _gathered(words: list[str], keys: tuple[str, ...]) -> list[str]:
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
