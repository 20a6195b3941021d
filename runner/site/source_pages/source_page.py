"""Builds the page of the text of a report: lines with their numbers, tables with their rows, by the pages they stand on.

KeptText --parts_of--> stretches of lines and tables, each with the id that links to its place ask for --template--> HTML
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from disclosure_checks.grammar.model.kept_text import KeptText
from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import Block, Grid, GridCell, TextLine
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.plain_values import visible_text
from disclosure_checks.runner.exports.records import ReportRecord
from disclosure_checks.runner.site.labels import agency_name, href, specification_line, year_text
from disclosure_checks.runner.site.page_models import PageFrame
from disclosure_checks.runner.site.page_parts import Link, place_anchor
from disclosure_checks.runner.site.source_pages.addresses import source_path
from disclosure_checks.runner.site.source_pages.place_words import PlaceWords
from disclosure_checks.runner.texts.site_texts import Texts

ROOT = "../../"
MOST_UNFOLDED = 2000  # lines of a stretch; a report has some 400


class SourceLine(NamedTuple):
    """A line. ``number``: 0 where it stands in no numbered line; then ``label`` says where it stands."""

    anchor: str
    number: int
    label: str
    text: str


class SourceCell(NamedTuple):
    """A cell of a table; ``text`` is empty where nothing is printed."""

    anchor: str
    row_span: int
    column_span: int
    text: str


class SourceRow(NamedTuple):
    """A row of a table, and how it is called in places."""

    anchor: str
    number: str
    cells: tuple[SourceCell, ...]


class SourcePart(NamedTuple):
    """A heading, a stretch of lines or a table; ``fold``: what it is called where it is folded."""

    kind: str
    title: str = ""
    anchor: str = ""
    lines: Sequence[SourceLine] = ()
    rows: Sequence[SourceRow] = ()
    fold: str = ""


@dataclass(frozen=True)
class SourcePage:
    """The text of one report."""

    frame: PageFrame
    path: str
    report: Link
    file: str
    parts: tuple[SourcePart, ...]
    is_cut: bool


class SourcePages:
    """Builds the pages of the texts of the reports of one spec."""

    def __init__(self, compiled: CompiledSpecification, texts: Texts) -> None:
        self._texts = texts
        self._specification = specification_line(compiled, texts)
        self._product = texts.product([compiled.specification])
        self._place_words = PlaceWords(texts)

    def build(self, record: ReportRecord, text: KeptText) -> SourcePage:
        """The page of the text of one report."""
        texts, year = self._texts, year_text(record.year, self._texts)
        agency = agency_name(record.agency, record.report, texts)
        report = Link(f"{agency} {year}", href(ROOT, record.page))
        return SourcePage(
            frame=PageFrame(
                title=texts.say("source_title", report=report.text),
                root=ROOT,
                breadcrumbs=(Link(texts["overview"], href(ROOT, "index.html")), report, Link(texts["source"])),
                specifications=(self._specification,),
                product=self._product,
            ),
            path=source_path(record.page),
            report=report,
            file=visible_text(record.report),
            parts=tuple(_Parts(self._texts, self._place_words).of(text.blocks)),
            is_cut=text.is_cut,
        )


class _Parts:
    """The parts of one page. An id is given once: to what stands at the place first."""

    def __init__(self, texts: Texts, place_words: PlaceWords) -> None:
        self._texts = texts
        self._place_words = place_words
        self._given: set[str] = {""}

    def of(self, blocks: Sequence[Block]) -> Iterator[SourcePart]:
        """The parts, a heading before each page of a document that has pages."""
        for page, on_page in groupby(blocks, key=lambda block: block.place.page):
            if page:
                place = Place(page=page)
                yield SourcePart("page", self._place_words.one(place), self._anchor(place))
            for is_lines, stretch in groupby(on_page, key=lambda block: isinstance(block, TextLine)):
                if is_lines:
                    yield from self._lines([line for line in stretch if isinstance(line, TextLine)])
                else:
                    yield from (self._table(grid) for grid in stretch if isinstance(grid, Grid))

    def _anchor(self, place: Place) -> str:
        anchor = place_anchor(place)
        if anchor in self._given:
            return ""
        self._given.add(anchor)
        return anchor

    def _lines(self, lines: Sequence[TextLine]) -> Iterator[SourcePart]:
        """The lines that are not blank; from a certain number on they are folded."""
        shown = [self._line(line) for line in lines if line.text and not line.text.isspace()]
        for start in range(0, len(shown), MOST_UNFOLDED):
            part = shown[start : start + MOST_UNFOLDED]
            yield SourcePart("lines", lines=part, fold=self._fold(part) if start else "")

    def _line(self, line: TextLine) -> SourceLine:
        text, place = line
        label = "" if place.line else self._place_words.one(place)
        return SourceLine(self._anchor(place), place.line, label, visible_text(text))

    def _fold(self, lines: Sequence[SourceLine]) -> str:
        first, last = lines[0].number, lines[-1].number
        return self._texts.say("place_lines", first=first, last=last) if last else self._texts["source_more"]

    def _table(self, grid: Grid) -> SourcePart:
        rows = tuple(self._rows(grid))
        place = Place(table=grid.place.table, page=grid.place.page)
        fold = self._place_words.one(place) if len(rows) > MOST_UNFOLDED else ""
        return SourcePart("table", self._place_words.one(place), self._anchor(place), rows=rows, fold=fold)

    def _rows(self, grid: Grid) -> Iterator[SourceRow]:
        """The rows with cells of their own; what spans rows spans as many of these as it covers."""
        rows = [list(cells) for _, cells in groupby(sorted(grid.cells, key=_position), key=lambda cell: cell.row)]
        numbers = [cells[0].row for cells in rows]
        draws_spans = sum(min(cell.row_span, len(rows)) for cell in grid.cells) <= _MOST_COVERED
        reaching: dict[int, list[range]] = defaultdict(list)  # columns that cells of rows above reach into
        for at, cells in enumerate(rows):
            place = cells[0].place
            row = Place(table=place.table, row=place.row, page=place.page)
            filled: list[SourceCell] = []
            column = 0
            for cell in cells:
                gap = cell.column - column - _within(reaching[at], column, cell.column)
                if gap > 0:
                    filled.append(SourceCell("", 1, min(gap, _WIDEST), ""))
                column = cell.column + cell.column_span
                until = bisect_left(numbers, cell.row + cell.row_span) if draws_spans else at + 1
                for below in range(at + 1, until):
                    reaching[below].append(range(cell.column, column))
                span = min(cell.column_span, _WIDEST)
                filled.append(SourceCell(self._anchor(cell.place), until - at, span, visible_text(cell.text)))
            yield SourceRow(self._anchor(row), str(place.row or ""), tuple(filled))


_WIDEST = 1000  # columns that a browser lets a cell span
_MOST_COVERED = 100_000  # rows, over all cells; a table of a report has some 100


def _position(cell: GridCell) -> tuple[int, int]:
    return cell.row, cell.column


def _within(reaching: Sequence[range], start: int, stop: int) -> int:
    """How many of the columns from ``start`` to ``stop`` are reached into."""
    return sum(max(0, min(stop, columns.stop) - max(start, columns.start)) for columns in reaching)
