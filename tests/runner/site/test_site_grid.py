from __future__ import annotations

import math
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import NamedTuple

import pytest

from disclosure_checks.grammar.model.packing import PackedCells
from disclosure_checks.grammar.model.report import Cell, CellStatus, Place
from disclosure_checks.rules.spec.model.specification import Arrangement, Table
from disclosure_checks.runner.site.grid import GridRow, GridSkeleton, grid_skeleton
from disclosure_checks.runner.site.grid_filling import CellRemarks, FilledGrid, GridFiller
from disclosure_checks.runner.site.page_parts import Link
from disclosure_checks.runner.site.rendering.cells import CellMark
from disclosure_checks.runner.site.source_pages.place_words import PlaceWords
from disclosure_checks.runner.site.views import site_views
from disclosure_checks.runner.texts.site_texts import load_texts
from tests.runner.published_samples import absent, one_row_other, report, specification

NOTHING_SAID = CellRemarks({}, {})
TABLES = {table.id: table for table in specification().tables}


def columns_covered(rows: tuple[GridRow, ...]) -> list[int]:
    """How many grid columns each row covers, cells reaching down from rows above included."""
    reaching_down: dict[int, int] = {}
    widths = []
    for number, row in enumerate(rows):
        from_above = reaching_down.pop(number, 0)
        own = sum(head.colspan for head in row.heads) + sum(slot.colspan for slot in row.slots)
        for head in row.heads:
            for below in range(number + 1, number + head.rowspan):
                reaching_down[below] = reaching_down.get(below, 0) + head.colspan
        widths.append(from_above + own)
    assert not reaching_down, "a label reaches below its part of the table"
    return widths


def cells_of(skeleton: GridSkeleton) -> list[str]:
    return [slot.cell for row in skeleton.body for slot in row.slots if slot.cell]


@pytest.mark.parametrize("one_row_groups", [frozenset(), frozenset({"other"})], ids=["rows", "group as one row"])
@pytest.mark.parametrize("table", TABLES)
def test_every_row_of_a_grid_covers_the_same_columns(table: str, one_row_groups: frozenset[str]) -> None:
    skeleton = grid_skeleton(TABLES[table], one_row_groups)
    widths = columns_covered(skeleton.head) + columns_covered(skeleton.body)
    assert set(widths) == {widths[0]}


@pytest.mark.parametrize(("table", "count"), [("proactive", 10), ("requests", 175), ("review", 15)])
def test_a_grid_has_every_cell_of_the_statute_once(table: str, count: int) -> None:
    cells = cells_of(grid_skeleton(TABLES[table]))
    assert (len(cells), len(set(cells))) == (count, count)


def test_group_labels_span_their_rows_and_row_labels_the_columns_left_over() -> None:
    body = grid_skeleton(TABLES["requests"]).body
    spans = {head.label[:7]: (head.rowspan, head.colspan) for row in body for head in row.heads}
    assert spans["一、本年新收政"] == (1, 3)
    assert spans["三、本年度办理"] == (22, 1)
    assert spans["（三）不予公开"] == (8, 1)
    assert spans["（七）总计"] == (1, 2)


def test_column_groups_stand_over_their_columns() -> None:
    head = grid_skeleton(TABLES["requests"]).head
    assert [[(one.label, one.rowspan, one.colspan) for one in row.heads] for row in head[:2]] == [
        [("本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和", 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
    ]


def test_each_band_prints_its_caption_and_its_own_header() -> None:
    body = grid_skeleton(TABLES["proactive"]).body
    printed = [[(head.label, head.colspan) for head in row.heads] for row in body]
    assert printed[:2] == [
        [("第二十条第（一）项", 4)],
        [("信息内容", 1), ("本年制发件数", 1), ("本年废止件数", 1), ("现行有效件数", 1)],
    ]
    assert printed[4:6] == [[("第二十条第（五）项", 4)], [("信息内容", 1), ("本年处理决定数量", 3)]]


def test_bands_of_two_and_three_columns_share_a_grid() -> None:
    table = TABLES["proactive"]
    first, *others = table.rows
    two = others[0].model_copy(update={"columns": ("decisions", "amount")})
    widths = columns_covered(grid_skeleton(table.model_copy(update={"rows": (first, two)})).body)
    assert set(widths) == {7}


def test_a_one_line_table_has_its_rows_as_headings_over_the_columns() -> None:
    skeleton = grid_skeleton(TABLES["review"])
    assert [(head.label, head.rowspan, head.colspan) for head in skeleton.head[0].heads] == [
        ("行政复议", 2, 5),
        ("行政诉讼", 1, 10),
    ]
    assert len(skeleton.body) == 1


def test_a_row_without_one_of_its_tables_columns_leaves_the_place_empty() -> None:
    rows = (TABLES["requests"].rows[0], TABLES["requests"].rows[1].model_copy(update={"columns": ("total",)}))
    table = Table.model_validate({**TABLES["requests"].model_dump(), "rows": [row.model_dump() for row in rows]})
    assert table.arrangement is Arrangement.ROW_LABELS
    slots = grid_skeleton(table).body[1].slots
    assert [slot.cell for slot in slots] == ["", "", "", "", "", "", "requests.carried_in.total"]


# --- filling


class ShownCell(NamedTuple):
    text: str
    kind: str
    word: str
    title: str


class Drawn(NamedTuple):
    grids: dict[str, FilledGrid]
    cells: dict[str, ShownCell]  # as the page shows them, by id


class CellReader(HTMLParser):
    """Reads the cells of a row; ``small`` is the status word of one."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[str, ShownCell] = {}
        self._id = ""
        self._in_word = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        if tag == "td":
            self._id = said.get("id", "")
            self.cells[self._id] = ShownCell("", said.get("class", ""), "", said.get("title", ""))
        self._in_word = tag == "small"

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self._id = ""
        self._in_word = False

    def handle_data(self, text: str) -> None:
        if self._id:
            field = "word" if self._in_word else "text"
            self.cells[self._id] = self.cells[self._id]._replace(**{field: text})


def filler() -> GridFiller:
    texts = load_texts("zh")
    return GridFiller(specification(), texts, PlaceWords(texts), site_views("zh").grid)


def filled(cells: Mapping[str, Cell], remarks: CellRemarks = NOTHING_SAID, by: GridFiller | None = None) -> Drawn:
    grids = (by or filler()).fill(PackedCells.of(cells), remarks)
    reader = CellReader()
    for grid in grids:
        for row in grid.body:
            reader.feed(row.cells)
    return Drawn({grid.id: grid for grid in grids}, reader.cells)


CELL = "requests.granted.total"


@pytest.mark.parametrize(
    ("cell", "text", "kind", "word", "title"),
    [
        pytest.param(
            Cell(CELL, "5", 5.0, CellStatus.READ, Place(line=60)), "5", "", "", "第 60 行", id="a number stays as it is"
        ),
        pytest.param(
            Cell(CELL, "0", 0.0, CellStatus.READ, Place(line=60)), "0", "zero", "", "第 60 行", id="a zero is muted"
        ),
        pytest.param(
            Cell(CELL, "1,200 件", 1200.0, CellStatus.READ, Place(line=60)),
            "1,200 件", "", "", "第 60 行；读作 1200",
            id="what was read is said where it differs from what is printed",
        ),
        pytest.param(
            Cell(CELL, "-", math.nan, CellStatus.BLANK, Place(line=60)),
            "-", "blank", "空", "第 60 行；印为空白或占位符，不当作 0",
            id="a placeholder is blank and not zero",
        ),
        pytest.param(
            Cell(CELL, "12", 12.0, CellStatus.INFERRED, Place(table=2, row=5, column=4)),
            "12", "inferred", "推", "表 2 第 5 行第 4 列；原文粘连或图片不清，由勾稽关系推得",
            id="an inferred value says so",
        ),
        pytest.param(absent(CELL), "", "absent", "缺", "报告没有刊载", id="an absent cell is no zero"),
    ],
)  # fmt: skip
def test_a_cell_shows_what_is_printed_and_what_is_known(
    cell: Cell, text: str, kind: str, word: str, title: str
) -> None:
    shown = filled(report(cells=[cell]).cells).cells[CELL]
    assert (shown.text, shown.kind, shown.word, shown.title) == (text, kind, word, title)


def test_a_group_printed_as_one_row_is_drawn_as_one_row() -> None:
    drawn = filled(report(cells=one_row_other(total=3)).cells)
    assert drawn.cells["requests.other.total"].text == "3"
    assert not any(cell.startswith("requests.other_") for cell in drawn.cells)
    assert not any(cell.startswith("requests.other_") for cell in drawn.grids["requests"].cells)
    assert CellStatus.ABSENT not in drawn.grids["requests"].statuses


def test_rows_that_are_printed_are_never_hidden_behind_their_group() -> None:
    both = [cell for cell in one_row_other() if cell.status is CellStatus.READ]
    drawn = filled(report(cells=both).cells)
    assert "requests.other_other.total" in drawn.cells
    assert "requests.other_other.total" in drawn.grids["requests"].cells


def test_a_report_without_any_cell_is_drawn_as_absent() -> None:
    grids = filled({}).grids.values()
    assert {status for grid in grids for status in grid.statuses} == {CellStatus.ABSENT}


def test_the_places_of_a_row_are_given_as_a_range() -> None:
    places = {row.label: row for row in filled(report(cells=[]).cells).grids["requests"].places}
    assert places["一、本年新收政府信息公开申请数量"][1:] == (Link("第 70–76 行"), ())


def test_what_was_said_of_a_cell_of_one_report_is_not_said_of_another() -> None:
    by, cells = filler(), report(values={CELL: 5}).cells
    remarks = CellRemarks({CELL: CellMark("error", "错", "#finding-1")}, {CELL: "应为 6"})
    first, marked, again = filled(cells, by=by), filled(cells, remarks, by), filled(cells, by=by)
    assert marked.cells[CELL].kind == "marked error suspect"
    assert first.cells == again.cells
    assert again.cells[CELL] == ShownCell("5", "", "", "第 90 行")


def test_cells_without_a_number_are_told_apart_by_their_status() -> None:
    by = filler()
    blank, unread = (
        filled(report(cells=[Cell(CELL, "-", math.nan, status, Place(line=60))]).cells, by=by).cells[CELL]
        for status in (CellStatus.BLANK, CellStatus.AMBIGUOUS)
    )
    assert (blank.kind, unread.kind) == ("blank", "ambiguous")
