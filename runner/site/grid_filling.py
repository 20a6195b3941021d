"""Statutory tables with the values of one report: every cell as the template prints it, prepared once.

Called for each report, some 200 cells each: what does not depend on the report is computed when the filler is made.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import escape

from disclosure_checks.grammar.model.report import Cell, CellStatus
from disclosure_checks.rules.spec.model.specification import Specification, Table
from disclosure_checks.rules.spec.model.table_structure import Group, TableStructure, structure_of
from disclosure_checks.runner.exports.plain_values import plain_number, visible_text
from disclosure_checks.runner.site.grid import GridRow, GridSkeleton, HeadCell, ValueSlot, grid_skeleton
from disclosure_checks.runner.site.place_words import PlaceWords
from disclosure_checks.runner.texts.site_texts import Texts

_ZERO = "zero"
_NO_CELL = "none"
_NOT_THERE = Cell("", "", math.nan, CellStatus.ABSENT, None)


class CellMark(NamedTuple):
    """Why a cell is marked: the gravest finding's severity and letter, and the link to it."""

    severity: str
    letter: str
    href: str


class FilledCell(NamedTuple):
    """A value cell. ``kind``: CSS classes; ``word``: the short status word; ``suggestion``: what it should be.

    ``id``, ``kind``, ``title`` and ``text`` are escaped for HTML; the template prints them as they are.
    """

    id: str
    colspan: int
    kind: str
    title: str
    text: str
    word: str
    mark: CellMark | None
    suggestion: str


class FilledRow(NamedTuple):
    """A printed row with its values. ``title``: where all of them stand in the source, if that is one place; escaped."""

    heads: tuple[HeadCell, ...]
    cells: tuple[FilledCell, ...]
    title: str = ""


class RowPlaces(NamedTuple):
    """Where the values of a row stand in the source; both texts are escaped for HTML."""

    label: str
    places: str


class FilledGrid(NamedTuple):
    """A statutory table with its values. ``statuses`` are the statuses that occur in it, read apart."""

    id: str
    title: str
    arrangement: str
    head: tuple[FilledRow, ...]
    body: tuple[FilledRow, ...]
    places: tuple[RowPlaces, ...]
    statuses: frozenset[CellStatus]


@lru_cache(maxsize=65536)
def escaped(text: str) -> str:
    """A text as it may stand in HTML. Most texts of cells come again on page after page."""
    return str(escape(text))


@lru_cache(maxsize=65536)
def _plain_cell(cell_id: str, colspan: int, value: str, title: str) -> FilledCell:
    """A cell of which nothing is to be said but its value, which the report prints so."""
    return FilledCell(escaped(cell_id), colspan, _ZERO if value == "0" else "", title, value, "", None, "")


class GridFiller:
    """Fills the tables of one spec. Make one a spec and language, and use it for every report."""

    def __init__(self, specification: Specification, texts: Texts, place_words: PlaceWords) -> None:
        self._tables = specification.tables
        self._texts = texts
        self._place_words = place_words
        self._one_row_groups = {table.id: tuple(_one_row_groups(structure_of(table))) for table in specification.tables}
        self._skeletons: dict[tuple[str, frozenset[str]], GridSkeleton] = {}
        apart = [status for status in CellStatus if status is not CellStatus.READ]
        self._words = {status: texts[f"cell_{status.value}"] for status in apart}
        self._meanings = {status: texts[f"cell_{status.value}_meaning"] for status in apart}

    def fill(
        self, cells: Mapping[str, Cell], marks: Mapping[str, CellMark], suggestions: Mapping[str, str]
    ) -> tuple[FilledGrid, ...]:
        """The tables of one report. ``marks`` and ``suggestions`` are keyed by cell id."""
        return tuple(self._fill_table(table, cells, marks, suggestions) for table in self._tables)

    def _fill_table(
        self,
        table: Table,
        cells: Mapping[str, Cell],
        marks: Mapping[str, CellMark],
        suggestions: Mapping[str, str],
    ) -> FilledGrid:
        skeleton = self._skeleton(table, cells)
        body: list[FilledRow] = []
        places: list[RowPlaces] = []
        statuses: set[CellStatus] = set()
        for row in skeleton.body:
            printed = [cells.get(slot.cell, _NOT_THERE) for slot in row.slots]
            standing = dict.fromkeys([cell.place for cell in printed])
            where = self._place_words.several(standing)
            title = escaped(where) if len(standing) == 1 else ""
            filled = self._fill_row(row, printed, title, marks, suggestions)
            statuses.update([cell.status for slot, cell in zip(row.slots, printed, strict=True) if slot.cell])
            body.append(FilledRow(row.heads, tuple(filled), title))
            if where:
                label = row.heads[-1].label if row.heads else self._texts["whole_line"]
                places.append(RowPlaces(escaped(label), escaped(where)))
        return FilledGrid(
            id=table.id,
            title=self._texts.of(table.title),
            arrangement=skeleton.arrangement,
            head=tuple(FilledRow(row.heads, ()) for row in skeleton.head),
            body=tuple(body),
            places=tuple(places),
            statuses=frozenset(statuses - {CellStatus.READ}),
        )

    def _skeleton(self, table: Table, cells: Mapping[str, Cell]) -> GridSkeleton:
        as_one_row = frozenset(group.id for group in self._one_row_groups[table.id] if group.is_one_row(cells))
        key = (table.id, as_one_row)
        if key not in self._skeletons:
            self._skeletons[key] = grid_skeleton(table, as_one_row)
        return self._skeletons[key]

    def _fill_row(
        self,
        row: GridRow,
        printed: Sequence[Cell],
        row_title: str,
        marks: Mapping[str, CellMark],
        suggestions: Mapping[str, str],
    ) -> list[FilledCell]:
        filled: list[FilledCell] = []
        for slot, cell in zip(row.slots, printed, strict=True):
            cell_id, colspan = slot
            _, text, number, status, place = cell
            value = plain_number(number)
            if status is CellStatus.READ and text == value and cell_id not in marks and cell_id not in suggestions:
                # nearly every cell of nearly every report
                title = "" if row_title else escaped(self._place_words.one(place))
                filled.append(_plain_cell(cell_id, colspan, value, title))
            elif cell_id:
                mark, suggestion = marks.get(cell_id), suggestions.get(cell_id, "")
                filled.append(self._fill_remarkable_cell(slot, cell, value, mark, suggestion))
            else:
                filled.append(FilledCell("", colspan, _NO_CELL, "", "", "", None, ""))
        return filled

    def _fill_remarkable_cell(
        self, slot: ValueSlot, cell: Cell, value: str, mark: CellMark | None, suggestion: str
    ) -> FilledCell:
        text, word = visible_text(cell.text.strip()), ""
        kinds, remarks = [], [self._place_words.one(cell.place)]
        if cell.status is not CellStatus.READ:
            word = self._words[cell.status]
            kinds.append(cell.status.value)
            remarks.append(self._meanings[cell.status])
        if value and value != text:
            remarks.append(self._texts.say("read_as", value=value))
        if value == "0":
            kinds.append(_ZERO)
        if mark:
            kinds += ["marked", mark.severity]
        if suggestion:
            kinds.append("suspect")
        title = self._texts["title_separator"].join(filter(None, remarks))
        kind, shown = escaped(" ".join(kinds)), escaped(text or value)
        return FilledCell(escaped(slot.cell), slot.colspan, kind, escaped(title), shown, word, mark, suggestion)


class _OneRowGroup(NamedTuple):
    """A group that reports may print as one row: its own cells and those of the rows it stands for."""

    id: str
    own: tuple[str, ...]
    leaves: tuple[str, ...]

    @classmethod
    def of(cls, table: TableStructure, group: Group) -> _OneRowGroup:
        def cells(*rows: str) -> tuple[str, ...]:
            return tuple(table.cell_id(row, column) for row in rows for column in table.columns.order)

        return cls(group.id, cells(group.id), cells(*group.leaves))

    def is_one_row(self, cells: Mapping[str, Cell]) -> bool:
        """Whether this report prints the group's row and none of the rows below it."""
        return any(_is_printed(cells.get(cell)) for cell in self.own) and not any(
            _is_printed(cells.get(cell)) for cell in self.leaves
        )


def _one_row_groups(table: TableStructure) -> Iterator[_OneRowGroup]:
    for group in table.rows.groups.values():
        if group.printed_as_one_row:
            yield _OneRowGroup.of(table, group)


def _is_printed(cell: Cell | None) -> bool:
    return cell is not None and cell.status is not CellStatus.ABSENT
