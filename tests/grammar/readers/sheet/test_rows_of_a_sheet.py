"""Which rows of a sheet are text, which make a table, and where the table ends."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import Grid, ReaderError, TextLine
from disclosure_checks.grammar.readers.sheet.blocks import SheetCell, SheetContent, sheet_blocks


def text(length: int) -> str:
    return "长" * length


def cells(rows: Sequence[Sequence[str | SheetCell]]) -> list[SheetCell]:
    """The cells of rows that begin at the first column; a cell that is given as one stands where it says."""
    return [
        cell if isinstance(cell, SheetCell) else SheetCell(row, column, cell)
        for row, line in enumerate(rows, start=1)
        for column, cell in enumerate(line, start=1)
        if cell != ""
    ]


def blocks(rows: Sequence[Sequence[str | SheetCell]], **more: frozenset[int]) -> list[str | list[list[str]]]:
    """Lines, and tables as their rows."""
    shown: list[str | list[list[str]]] = []
    for block in sheet_blocks(1, SheetContent(cells(rows), **more)):
        if isinstance(block, TextLine):
            shown.append(block.text)
        else:
            found: dict[int, list[str]] = {}
            for cell in block.cells:
                found.setdefault(cell.row, []).append(cell.text)
            shown.append(list(found.values()))
    return shown


ROW, NEXT = ["规章", "1", "2"], ["许可", "3", "4"]


@pytest.mark.parametrize(
    "lone",
    [
        pytest.param(text(12), id="twelve characters"),
        pytest.param("", id="nothing but a border"),
    ],
)
def test_a_short_cell_alone_in_its_row_belongs_to_the_table(lone: str):
    row = [lone] if lone else [SheetCell(2, 1, "", ruled=True)]
    assert blocks([ROW, row, NEXT]) == [[ROW, [lone], NEXT]]


@pytest.mark.parametrize(
    ("lone", "is_text"),
    [
        pytest.param(SheetCell(2, 1, text(13)), False, id="thirteen characters that end before the rows around it"),
        pytest.param(
            SheetCell(2, 1, text(13), columns=3), True, id="thirteen characters as wide as the rows around it"
        ),
        pytest.param(SheetCell(2, 1, text(13), columns=2), False, id="thirteen characters less wide than they"),
        pytest.param(SheetCell(2, 1, text(12), columns=3), False, id="twelve characters as wide as they"),
        pytest.param(SheetCell(2, 1, text(45)), False, id="45 characters"),
        pytest.param(SheetCell(2, 1, text(46)), True, id="more than 45 characters"),
        pytest.param(SheetCell(2, 1, "三、申请", columns=3), True, id="a heading"),
        pytest.param(SheetCell(2, 1, "三、申请"), False, id="a heading that ends before the rows around it"),
    ],
)
def test_a_longer_cell_alone_in_its_row(lone: SheetCell, is_text: bool):
    expected = [[ROW], lone.text, [NEXT]] if is_text else [[ROW, [lone.text], NEXT]]
    assert blocks([ROW, [lone], NEXT]) == expected


def test_the_rows_of_a_table_without_numbers_belong_to_it():
    header = ["项目", "", "自然人", "总计"]
    labels = [[text(20)], [text(30)], ["组", text(13)], ["", text(20)], ["", "（七）总计的件数"]]
    [table] = blocks([header, *labels])
    assert table == [[cell for cell in row if cell] for row in (header, *labels)]


@pytest.mark.parametrize("length", [13, 45, 46])
def test_what_stands_below_the_last_row_of_several_cells_is_text(length: int):
    assert blocks([["项目", "甲", "乙"], ROW, [text(length)], [text(46)]]) == [
        [["项目", "甲", "乙"], ROW],
        text(length),
        text(46),
    ]


def test_text_between_two_tables_ends_the_first():
    lines = [text(46), text(20)]
    assert blocks([["项目", "甲", "乙"], *([line] for line in lines), NEXT]) == [[["项目", "甲", "乙"]], *lines, [NEXT]]


def test_a_long_cell_beside_an_empty_one_with_a_border_is_no_text():
    assert blocks([ROW, [text(46), SheetCell(2, 2, "", ruled=True)], NEXT]) == [[ROW, [text(46), ""], NEXT]]
    assert blocks([ROW, [SheetCell(2, 1, text(46), ruled=True)], NEXT]) == [[ROW], text(46), [NEXT]]


def test_a_row_that_a_merged_cell_reaches_into_belongs_to_its_table():
    merged = [SheetCell(1, 1, "许可", rows=2), SheetCell(1, 2, "1")]
    assert blocks([merged, [SheetCell(2, 2, text(46))], ROW]) == [[["许可", "1"], [text(46)], ROW]]
    assert blocks([[SheetCell(1, 1, "许可"), SheetCell(1, 2, "1")], [SheetCell(2, 2, text(46))], ROW]) == [
        [["许可", "1"]],
        text(46),
        [ROW],
    ]


@pytest.mark.parametrize(
    ("between", "tables"),
    [
        pytest.param([], 2, id="a row without cells"),
        pytest.param([SheetCell(2, 1, " ")], 2, id="a row with a blank"),
        pytest.param([SheetCell(2, 1, "", ruled=True)], 1, id="an empty row with a border"),
    ],
)
def test_an_empty_row_ends_a_table(between: list[SheetCell], tables: int):
    assert sum(isinstance(block, list) for block in blocks([ROW, between, NEXT])) == tables


def test_an_empty_row_that_a_merged_cell_covers_does_not_end_the_table():
    assert len(blocks([[SheetCell(1, 1, "许可", rows=3), SheetCell(1, 2, "1")], [], [SheetCell(3, 2, "2")]])) == 1
    assert len(blocks([[SheetCell(1, 1, "许可", rows=2), SheetCell(1, 2, "1")], [], ["", "2", "3"]])) == 1
    assert len(blocks([[SheetCell(1, 1, "许可", rows=2), SheetCell(1, 2, "1")], [], [], ["", "2", "3"]])) == 2


def test_what_has_one_column_is_text():
    assert blocks([["甲"], ["乙\n丙"], ["\n"]]) == ["甲", "乙", "丙"]
    assert blocks([["甲"], ["乙", "1"]]) == [[["甲"], ["乙", "1"]]]
    assert blocks([["甲", SheetCell(1, 2, "", ruled=True)], ["乙"]]) == [[["甲", ""], ["乙"]]]


def test_hidden_rows_and_columns_are_left_out():
    rows = [ROW, ["隐", "7", "8"], NEXT]
    assert blocks(rows, hidden_rows=frozenset({2})) == [[ROW, NEXT]]
    assert blocks(rows, hidden_columns=frozenset({2})) == [[["规章", "2"], ["隐", "8"], ["许可", "4"]]]


def grid_of(rows: Sequence[Sequence[str | SheetCell]], **more: frozenset[int]) -> list[tuple[str, int, int, int, int]]:
    [grid] = [block for block in sheet_blocks(1, SheetContent(cells(rows), **more)) if isinstance(block, Grid)]
    return [(one.text, one.row, one.column, one.row_span, one.column_span) for one in grid.cells]


def test_a_merged_cell_keeps_what_is_visible_of_it():
    merged = [[SheetCell(1, 1, "甲", rows=2, columns=3), SheetCell(1, 4, "1")], ["", "", "", "2"], ["3", "4", "5", "6"]]
    assert grid_of(merged)[0] == ("甲", 0, 0, 2, 3)
    assert grid_of(merged, hidden_rows=frozenset({2}))[0] == ("甲", 0, 0, 1, 3)
    assert grid_of(merged, hidden_columns=frozenset({1}))[0] == ("甲", 0, 0, 2, 2)
    assert grid_of(merged, hidden_columns=frozenset({3}))[1] == ("1", 0, 2, 1, 1)


def test_what_a_merged_cell_covers_is_not_shown():
    covered = [[SheetCell(1, 1, "甲", columns=2), SheetCell(1, 2, "隐"), SheetCell(1, 3, "1")], ROW]
    assert grid_of(covered)[:2] == [("甲", 0, 0, 1, 2), ("1", 0, 2, 1, 1)]
    large = [[SheetCell(1, 1, "甲", rows=1, columns=900), SheetCell(1, 2, "隐")], ROW]
    assert grid_of(large)[:2] == [("甲", 0, 0, 1, 3), ("规章", 1, 0, 1, 1)]


def test_a_cell_that_is_merged_beyond_the_sheet_ends_with_what_is_used_of_it():
    assert grid_of([[SheetCell(1, 1, "标题", columns=50)], ROW, NEXT])[0] == ("标题", 0, 0, 1, 3)
    assert grid_of([ROW, [SheetCell(2, 1, "许可", rows=50), SheetCell(2, 2, "1")]])[3] == ("许可", 1, 0, 1, 1)


def test_a_table_knows_where_it_begins_in_its_sheet():
    [line, grid] = sheet_blocks(4, SheetContent(cells([[text(50)], [], ["", *ROW], ["", *NEXT]])))
    assert line.place == Place(table=4, row=1, column=1)
    assert isinstance(grid, Grid)
    assert (grid.place, grid.cells[1].place) == (Place(table=4, row=3), Place(table=4, row=3, column=3))
    assert (grid.cells[0].row, grid.cells[0].column) == (0, 0)


def test_merged_cells_that_cover_too_much_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("disclosure_checks.grammar.readers.sheet.blocks._MOST_COVERED", 4)
    two = [SheetCell(1, 1, "甲", columns=2), SheetCell(2, 1, "乙", columns=2)]
    assert list(sheet_blocks(1, SheetContent(two)))
    with pytest.raises(ReaderError):
        list(sheet_blocks(1, SheetContent([*two, SheetCell(3, 1, "丙", columns=2)])))


def test_a_merged_cell_that_begins_in_a_hidden_row_begins_in_the_next_one_that_is_seen():
    merged = [ROW, [SheetCell(2, 1, "许可", rows=2), SheetCell(2, 2, "隐")], ["", "3", "4"]]
    assert ("许可", 1, 0, 1, 1) in grid_of(merged, hidden_rows=frozenset({2}))
