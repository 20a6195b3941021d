"""Statutory tables with the values of one report.

Called for each report, some 200 cells each: what does not depend on the report is computed when the filler is made, and
the HTML of a cell is made by its template once for each value that it has in any report, and that of its place apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, Union

from markupsafe import Markup

from disclosure_checks.grammar.model.packing import CellColumns, PackedCells, positions
from disclosure_checks.grammar.model.report import Cell, CellStatus, Place
from disclosure_checks.rules.spec.model.specification import Specification, Table
from disclosure_checks.rules.spec.model.table_structure import Group, TableStructure, structure_of
from disclosure_checks.runner.exports.plain_values import plain_number, visible_text
from disclosure_checks.runner.site.grid import GridSkeleton, grid_skeleton
from disclosure_checks.runner.site.page_parts import Link
from disclosure_checks.runner.site.rendering.cells import CellContent, CellFrame, CellMark, GridViews
from disclosure_checks.runner.site.source_pages.place_words import PlaceWords
from disclosure_checks.runner.texts.site_texts import Texts

NO_PICTURES: Mapping[str, str] = MappingProxyType({})
_ZERO = "zero"
_NO_CELL = "none"
_MOST_KNOWN = 200  # values of a cell
_MOST_TITLES = 16_384
_NOT_THERE = Cell("", "", math.nan, CellStatus.ABSENT, None)


class FilledRow(NamedTuple):
    """A printed row: its labels and values as HTML, and where all of the values stand, if that is one place."""

    labels: Markup
    cells: Markup
    title: str


class RowPlaces(NamedTuple):
    """Where the values of a row stand in the source: in one place, or ``others`` beside it."""

    label: str
    first: Link
    others: tuple[Link, ...]


class FilledGrid(NamedTuple):
    """A statutory table with its values. ``head``: the labels of each row of its header, as HTML; ``statuses``: those
    that occur in it, read apart; ``cells``: all that it has a place for, in the order in which they stand.
    """

    id: str
    title: str
    arrangement: str
    head: tuple[Markup, ...]
    body: tuple[FilledRow, ...]
    places: tuple[RowPlaces, ...]
    statuses: frozenset[CellStatus]
    cells: tuple[str, ...]


class CellRemarks(NamedTuple):
    """What findings say of cells, by cell id. ``pictures``: addresses of what a document shows there."""

    marks: Mapping[str, CellMark]
    suggestions: Mapping[str, str]
    pictures: Mapping[str, str] = NO_PICTURES


class _Said(NamedTuple):
    """What is said of a cell."""

    mark: CellMark | None
    suggestion: str
    picture: str


_NOTHING = _Said(None, "", "")
_Value = tuple[str, Union[float, None], int]  # text, number, status


class _Known(NamedTuple):
    """A cell that holds a value, but for where it stands. ``remarks``: what is said of it beside that."""

    frame: Markup
    remarks: str
    content: Markup


class _Slot(NamedTuple):
    """A place for a value. ``position``: of its cell among the report's cells, None where it has none of the kind.

    ``known``: what it became in other reports, by its value and what is said of it.
    """

    cell: str
    colspan: int
    position: int | None
    known: dict[tuple[_Value | None, _Said | None], _Known]


class _Row(NamedTuple):
    """A row without its values. ``label``: the one nearest to them."""

    labels: Markup
    label: str
    slots: tuple[_Slot, ...]
    positions: tuple[int, ...]


class _Skeleton:
    """A table without its values, prepared for reports that have their cells in one order."""

    def __init__(self, grid: GridSkeleton, names: tuple[str, ...], views: GridViews, whole_line: str) -> None:
        known = positions(names)
        self.arrangement = grid.arrangement
        self.head = tuple(views.labels(row.heads) for row in grid.head)
        self.body: list[_Row] = []
        for row in grid.body:
            slots = tuple(_Slot(slot.cell, slot.colspan, known.get(slot.cell), {}) for slot in row.slots)
            label = row.heads[-1].label if row.heads else whole_line
            printed = tuple(slot.position for slot in slots if slot.position is not None)
            self.body.append(_Row(views.labels(row.heads), label, slots, printed))
        self.cells = tuple(slot.cell for row in grid.body for slot in row.slots if slot.cell)
        self.has_more_cells = any(slot.cell and slot.position is None for row in self.body for slot in row.slots)
        self.printed = tuple(position for row in self.body for position in row.positions)


class _Filling(NamedTuple):
    """What the tables of one report are filled with. ``said``: of the cells that something is said of."""

    columns: CellColumns
    said: Mapping[str, _Said]
    source: str


class GridFiller:
    """Fills the tables of one spec. Make one a spec and language, and use it for every report."""

    def __init__(self, specification: Specification, texts: Texts, place_words: PlaceWords, views: GridViews) -> None:
        self._tables = specification.tables
        self._texts = texts
        self._place_words = place_words
        self._views = views
        self._one_row_groups = {table.id: tuple(_one_row_groups(structure_of(table))) for table in specification.tables}
        self._title = lru_cache(maxsize=_MOST_TITLES)(self._titled)
        self._skeletons: dict[tuple[str, frozenset[str], tuple[str, ...]], _Skeleton] = {}
        apart = [status for status in CellStatus if status is not CellStatus.READ]
        self._words = {status: texts[f"cell_{status.value}"] for status in apart}
        self._meanings = {status: texts[f"cell_{status.value}_meaning"] for status in apart}

    def fill(self, cells: PackedCells, remarks: CellRemarks, source: str = "") -> tuple[FilledGrid, ...]:
        """The tables of one report. ``source``: the address of its text, "" where there is none."""
        marks, suggestions, pictures = remarks
        said = {
            cell: _Said(marks.get(cell), suggestions.get(cell, ""), pictures.get(cell, ""))
            for cell in frozenset().union(*remarks)
        }
        filling = _Filling(cells.columns(), said, source)
        return tuple(self._fill_table(table, filling) for table in self._tables)

    def _fill_table(self, table: Table, filling: _Filling) -> FilledGrid:
        columns = filling.columns
        skeleton = self._skeleton(table, columns)
        body: list[FilledRow] = []
        places: list[RowPlaces] = []
        for row in skeleton.body:
            standing = [columns.places[position] for position in row.positions]
            is_one_place = standing.count(standing[0]) == len(row.slots) if standing else False
            where = self._place_words.several(standing[:1] if is_one_place else standing, filling.source)
            cells = Markup("".join(self._cells(row, filling, is_one_place)))
            body.append(FilledRow(row.labels, cells, where[0].text if is_one_place and where else ""))
            if where:
                places.append(RowPlaces(row.label, where[0], where[1:]))
        statuses = columns.statuses(skeleton.printed)
        if skeleton.has_more_cells:
            statuses.add(CellStatus.ABSENT)
        return FilledGrid(
            id=table.id,
            title=self._texts.of(table.title),
            arrangement=skeleton.arrangement,
            head=skeleton.head,
            body=tuple(body),
            places=tuple(places),
            statuses=frozenset(statuses - {CellStatus.READ}),
            cells=skeleton.cells,
        )

    def _skeleton(self, table: Table, columns: CellColumns) -> _Skeleton:
        as_one_row = frozenset(group.id for group in self._one_row_groups[table.id] if group.is_one_row(columns))
        key = (table.id, as_one_row, columns.names)
        if key not in self._skeletons:
            grid = grid_skeleton(table, as_one_row)
            self._skeletons[key] = _Skeleton(grid, columns.names, self._views, self._texts["whole_line"])
        return self._skeletons[key]

    def _cells(self, row: _Row, filling: _Filling, place_is_told: bool) -> list[Markup]:
        """The HTML of the cells of a row, in pieces."""
        _, texts, values, statuses, places = filling.columns
        pieces: list[Markup] = []
        for slot in row.slots:
            cell, _, position, of_slot = slot
            said, value, place = filling.said.get(cell), None, None
            if position is not None:
                number, place = values[position], places[position]
                value = (texts[position], number if number == number else None, statuses[position])  # NaN is no key
            known = of_slot.get((value, said)) or self._known(slot, filling.columns, value, said)
            if place_is_told and said is None and not known.remarks:
                place = None
            pieces += (known.frame, self._title(place, known.remarks), known.content)
        return pieces

    def _known(self, slot: _Slot, columns: CellColumns, value: _Value | None, said: _Said | None) -> _Known:
        cell = _NOT_THERE if slot.position is None else columns.cell(slot.position)
        known = self._with_value(slot, cell, said or _NOTHING)
        if len(slot.known) < _MOST_KNOWN and not (said and said.picture):  # a picture is large, and of one report
            slot.known[value, said] = known
        return known

    def _with_value(self, slot: _Slot, cell: Cell, said: _Said) -> _Known:
        if not slot.cell:
            return _Known(
                self._views.frame(CellFrame("", slot.colspan, _NO_CELL)), "", self._views.content(CellContent())
            )
        value, text, word = plain_number(cell.value), visible_text(cell.text.strip()), ""
        kinds, remarks = [], []
        if cell.status is not CellStatus.READ:
            word = self._words[cell.status]
            kinds.append(cell.status.value)
            if cell.status is not CellStatus.RECOGNISED:  # nearly every cell of a picture is: the legend says it once
                remarks.append(self._meanings[cell.status])
        if value and value != text:
            remarks.append(self._texts.say("read_as", value=value))
        if value == "0":
            kinds.append(_ZERO)
        if said.mark:
            kinds += ["marked", said.mark.severity]
        if said.suggestion:
            kinds.append("suspect")
        content = CellContent(text or value, word, *said)
        return _Known(
            self._views.frame(CellFrame(slot.cell, slot.colspan, " ".join(kinds))),
            self._texts["title_separator"].join(remarks),
            self._views.content(content),
        )

    def _titled(self, place: Place | None, remarks: str) -> Markup:
        """What is shown of a cell when it is pointed at."""
        words = self._place_words.one(place)
        return self._views.title(self._texts["title_separator"].join(filter(None, (words, remarks))))


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

    def is_one_row(self, columns: CellColumns) -> bool:
        """Whether this report prints the group's row and none of the rows below it."""
        return _is_printed(self.own, columns) and not _is_printed(self.leaves, columns)


def _one_row_groups(table: TableStructure) -> Iterator[_OneRowGroup]:
    for group in table.rows.groups.values():
        if group.printed_as_one_row:
            yield _OneRowGroup.of(table, group)


def _is_printed(cells: Iterable[str], columns: CellColumns) -> bool:
    """Whether any of these cells is."""
    known = positions(columns.names)
    places = [place for cell in cells if (place := known.get(cell)) is not None]
    return any(columns.status(place) is not CellStatus.ABSENT for place in places)
