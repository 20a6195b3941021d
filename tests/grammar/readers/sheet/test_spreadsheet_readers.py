"""Spreadsheets come back as they are displayed: merged cells, number formats, text between tables, several sheets."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from random import Random

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import Grid, SourceDocument, TextLine
from disclosure_checks.grammar.readers.sheet.xls import read_xls
from disclosure_checks.grammar.readers.sheet.xlsx import read_xlsx
from tests.checking import read
from tests.generation.documents.xlsx import WorkbookStyle, xls_document, xlsx_document
from tests.generation.grid import grid_of, table_slots
from tests.generation.marked import marked_report
from tests.generation.truth import random_report
from tests.generation.variations.varying import vary

STYLES = {
    "ruled": WorkbookStyle(),
    "without rules": WorkbookStyle(ruled=False),
    "values as text": WorkbookStyle(numbers=False),
    "a sheet a section": WorkbookStyle(sheets=True, blank_rows=True),
    "paragraphs in one cell": WorkbookStyle(merges_text=False, blank_rows=True),
    "an empty first column": WorkbookStyle(left_column=True, ruled=False),
}
KINDS = {"xlsx": (xlsx_document, read_xlsx), "xls": (xls_document, read_xls)}


def grids(document: SourceDocument) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def lines(document: SourceDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, TextLine)]


def rows(grid: Grid) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for cell in grid.cells:
        found.setdefault(cell.row, []).append(cell.text)
    return list(found.values())


def saved(*fill: Callable[[Worksheet], object]) -> bytes:
    """A workbook whose sheets are filled by functions."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for number, filled in enumerate(fill, 1):
        filled(workbook.create_sheet(f"S{number}"))
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def with_rows(*lines: list[object]) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        for line in lines:
            sheet.append(line)

    return fill


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize(("printer", "reader"), KINDS.values(), ids=KINDS)
def test_tables_come_back_cell_by_cell(style, printer, reader):
    report = marked_report(1)
    printed = [[cell.text for cell in row] for table in report.sheet.tables.values() for row in grid_of(table)]
    found = [row for grid in grids(reader(printer(report.sheet, style))) for row in rows(grid)]
    assert [[text for text in row if text] for row in found] == printed


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("kind", KINDS)
def test_reports_are_read_cell_by_cell(style, kind):
    for seed in range(8):
        generated = random_report(seed)
        report = read(KINDS[kind][0](generated.sheet, style), f"report.{kind}")
        assert {cell: report.cells[cell].value for cell in generated.cells} == generated.cells
        assert (report.agency, report.year) == (generated.agency, generated.year)


@pytest.mark.parametrize("variation", ["empty_zeros", "empty_totals", "placeholder_values"])
@pytest.mark.parametrize(("printer", "reader"), KINDS.values(), ids=KINDS)
def test_the_empty_cells_of_a_ruled_table_keep_their_places(variation, printer, reader):
    for seed in range(6):
        report = vary(random_report(seed), Random(seed), [variation])
        found = [cells_in_place(grid) for grid in grids(reader(printer(report.sheet, WorkbookStyle(blank_rows=True))))]
        assert [{place: text for place, text in cells.items() if text} for cells in found] == [
            {
                (row, column): slot.text
                for row, slots in enumerate(table_slots(table))
                for column, slot in enumerate(slots)
                if slot.text
            }
            for table in report.sheet.tables.values()
        ]


def cells_in_place(grid: Grid) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): cell.text for cell in grid.cells}


def test_values_of_other_kinds_show_as_they_do_on_screen():
    moment = datetime.datetime(2024, 1, 31)
    content = saved(with_rows(["甲", True, moment, "=1+1", "a_x000D_\nb"], ["乙", "#N/A", 0.5, None, "'3"]))
    [grid] = grids(read_xlsx(content))
    assert rows(grid) == [["甲", "TRUE", "2024-01-31", "=1+1", "a\nb"], ["乙", "#N/A", "0.5", "'3"]]


def test_a_cell_knows_its_sheet_row_and_column():
    content = saved(with_rows(["说明"]), with_rows([], ["甲", "乙"], ["规章", 1]))
    document = read_xlsx(content)
    [grid] = grids(document)
    assert document.blocks[0] == TextLine("说明", Place(0, 1, 1, 1))
    assert [(cell.text, cell.place, cell.row, cell.column) for cell in grid.cells][-1] == ("1", Place(0, 2, 3, 2), 1, 1)


def ruled(sheet: Worksheet, reference: str) -> None:
    for row in sheet[reference]:
        for cell in row:
            cell.border = Border(*[Side("thin")] * 4)


PROSE = "（一）主动公开。2023年，我局主动公开各类政府信息1801条。"


def headed(sheet: Worksheet) -> None:
    with_rows(["2023年年度报告"], ["一、总体情况"], [PROSE], ["甲", "乙", "丙"], ["规章", 1, 2], ["某局"])(sheet)


def test_headings_and_paragraphs_are_lines_and_rows_are_a_table():
    document = read_xlsx(saved(headed))
    assert lines(document) == ["2023年年度报告", "一、总体情况", PROSE]
    assert [rows(grid) for grid in grids(document)] == [[["甲", "乙", "丙"], ["规章", "1", "2"], ["某局"]]]


def test_a_paragraph_of_several_lines_is_several_lines():
    assert lines(read_xlsx(saved(with_rows(["一、总体情况\n没有。\n\n二、其他"])))) == [
        "一、总体情况",
        "没有。",
        "二、其他",
    ]


@pytest.mark.parametrize("is_ruled", [True, False], ids=["ruled", "between rows that reach further"])
def test_a_long_label_beside_empty_cells_stays_in_its_table(is_ruled):
    def fill(sheet: Worksheet) -> None:
        label = "二、上年结转政府信息公开申请数量"
        with_rows(["项目", "自然人", "总计"], [label], ["四、结转下年度继续办理", 1, 1])(sheet)
        if is_ruled:
            ruled(sheet, "A1:C3")

    [grid] = grids(read_xlsx(saved(fill)))
    assert [row[0] for row in rows(grid)] == ["项目", "二、上年结转政府信息公开申请数量", "四、结转下年度继续办理"]


def test_an_empty_row_ends_a_table_unless_a_merged_cell_crosses_it():
    def fill(sheet: Worksheet) -> None:
        with_rows(["组", "甲", 1], [], ["", "乙", 2], [], ["规章", "丙", 3])(sheet)
        sheet.merge_cells("A1:A3")

    assert [len(rows(grid)) for grid in grids(read_xlsx(saved(fill)))] == [2, 1]


def test_what_is_hidden_is_not_read():
    def fill(sheet: Worksheet) -> None:
        with_rows(["甲", "旧", "乙"], ["旧", "旧", "旧"], ["规章", 9, 1])(sheet)
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[2].hidden = True

    def hidden(sheet: Worksheet) -> None:
        with_rows(["旧", 1])(sheet)
        sheet.sheet_state = "hidden"

    document = read_xlsx(saved(hidden, fill))
    [grid] = grids(document)
    assert rows(grid) == [["甲", "乙"], ["规章", "1"]]
    assert [(cell.row, cell.column) for cell in grid.cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert grid.place == Place(table=2, row=1)


def test_merged_cells_reach_no_further_than_what_is_used():
    def fill(sheet: Worksheet) -> None:
        with_rows(["标题"], ["甲", 1])(sheet)
        sheet.merge_cells("A1:XFD1")

    [grid] = grids(read_xlsx(saved(fill)))
    assert [(cell.text, cell.column_span) for cell in grid.cells] == [("标题", 2), ("甲", 1), ("1", 1)]


def test_a_note_above_a_table_makes_it_no_wider():
    def fill(sheet: Worksheet) -> None:
        with_rows(
            ["（单位：件）"], ["甲", "乙"], ["规章", 1], ["一、总体情况", None, None, None], [None] * 9, ["x"] * 9
        )(sheet)
        sheet.merge_cells("A1:I1")

    first, _ = grids(read_xlsx(saved(fill)))
    assert [(cell.text, cell.column_span) for cell in first.cells][:2] == [("（单位：件）", 2), ("甲", 1)]


def test_pictures_are_named_by_their_sheet():
    from openpyxl.drawing.image import Image
    from PIL import Image as Pictures

    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "见附图"
        picture = io.BytesIO()
        Pictures.new("RGB", (8, 8)).save(picture, "PNG")
        sheet.add_image(Image(picture), "B2")

    assert read_xlsx(saved(with_rows(["一"]), fill)).images == (Place(table=2),)


def old_workbook(fill: Callable[[xlwt.Worksheet], object]) -> bytes:
    workbook = xlwt.Workbook()
    fill(workbook.add_sheet("S1"))
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def test_old_spreadsheets_show_numbers_dates_and_errors_as_they_do_on_screen():
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, 0.5, xlwt.easyxf(num_format_str="0%"))
        sheet.write(0, 1, datetime.date(2024, 1, 31), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
        sheet.write(0, 2, True)
        sheet.write(0, 3, 12345, xlwt.easyxf(num_format_str="#,##0"))

    assert rows(grids(read_xls(old_workbook(fill)))[0]) == [["50%", "2024-01-31", "TRUE", "12,345"]]
