"""Sheets one after the other: names that head them, boxes of text over them, struck and raised text of old workbooks."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlwt

from disclosure_checks.grammar.model.source_document import Grid, SourceDocument, TextLine
from disclosure_checks.grammar.readers.sheet.blocks import SheetCell, SheetContent
from disclosure_checks.grammar.readers.sheet.sheet_names import NamedSheet, TextBox, workbook_blocks
from disclosure_checks.grammar.readers.sheet.xls import read_xls
from disclosure_checks.grammar.readers.sheet.xlsx import read_xlsx
from tests.checking import ROOT, read

CASES = ROOT / "tests" / "fixtures" / "document_cases"
TABLE = SheetContent(
    [SheetCell(3, 1, "规章"), SheetCell(3, 2, "1"), SheetCell(4, 1, "许可"), SheetCell(4, 2, "2")],
)


def shown(*sheets: NamedSheet) -> list[str]:
    return [block.text if isinstance(block, TextLine) else "TABLE" for block in workbook_blocks(sheets)]


@pytest.mark.parametrize(
    ("name", "heads"),
    [
        pytest.param("二、主动公开政府信息情况", True, id="a heading"),
        pytest.param("主动公开情况", True, id="words of a heading"),
        pytest.param("Sheet1", False, id="the name that a program gives"),
        pytest.param("工作表1", False, id="the name that a program gives in Chinese"),
        pytest.param("表一", False, id="a number"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_name_that_says_something_heads_its_sheet(name: str, heads: bool) -> None:
    other = NamedSheet("Sheet9", TABLE)
    assert shown(NamedSheet(name, TABLE), other) == [*([name] if heads else []), "TABLE", "TABLE"]


def test_a_name_that_the_sheet_prints_itself_is_not_said_twice() -> None:
    content = SheetContent([SheetCell(1, 1, "二、主动公开政府信息情况"), *TABLE.cells])
    sheets = NamedSheet("二、主动公开 政府信息情况", content), NamedSheet("Sheet2", TABLE)
    assert shown(*sheets) == ["二、主动公开政府信息情况", "TABLE", "TABLE"]


def test_the_name_of_an_only_sheet_and_of_an_empty_one_say_nothing() -> None:
    assert shown(NamedSheet("主动公开情况", TABLE)) == ["TABLE"]
    assert shown(NamedSheet("主动公开情况", SheetContent([])), NamedSheet("Sheet2", TABLE)) == ["TABLE"]


@pytest.mark.parametrize(("row", "expected"), [(1, ["甲", "TABLE"]), (4, ["TABLE", "甲"]), (9, ["TABLE", "甲"])])
def test_a_box_stands_before_what_begins_below_it(row: int, expected: list[str]) -> None:
    assert shown(NamedSheet("", TABLE, (TextBox(row, ("甲", " ")),))) == expected


ANCHORED = (
    "<xdr:from><xdr:col>0</xdr:col><xdr:row>{}</xdr:row></xdr:from>"
    '<xdr:sp><xdr:txBody><a:p><a:r><a:rPr strike="sngStrike"/><a:t>旧</a:t></a:r><a:r><a:t>共21</a:t></a:r>'
    '<a:r><a:rPr baseline="30000"/><a:t>1</a:t></a:r></a:p><a:p><a:r><a:t>乙</a:t></a:r></a:p></xdr:txBody></xdr:sp>'
)


@pytest.mark.parametrize(("row", "place"), [(0, 1), (500, -1)], ids=["above all", "below all"])
def test_the_text_of_a_box_in_a_workbook_is_read_where_the_box_stands(row: int, place: int) -> None:
    package = (CASES / "10_sections_in_text_box.xlsx").read_bytes()
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(found, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/drawings/drawing1.xml":
                text = part.decode()
                start, end = text.index("<xdr:sp>"), text.index("</xdr:twoCellAnchor>")
                part = (text[:start] + ANCHORED.format(row) + text[end:]).encode()
            new.writestr(name, part)
    document = read_xlsx(found.getvalue())
    lines = [block.text for block in document.blocks if isinstance(block, TextLine)]
    at = lines.index("共21¹")
    assert lines[at + 1] == "乙"
    assert at == (place if place > 0 else len(lines) - 2)


def test_the_sections_in_a_box_are_sections() -> None:
    report = read((CASES / "10_sections_in_text_box.xlsx").read_bytes(), "report.xlsx")
    assert len(report.sections) == 6


def old_workbook(*cells: object) -> SourceDocument:
    """An old workbook with a row of cells: a number or text, or runs of text, each with its font."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for column, cell in enumerate(("规章", *cells)):
        if isinstance(cell, list):
            sheet.write_rich_text(0, column, cell)
        elif isinstance(cell, tuple):
            sheet.write(0, column, cell[0], xlwt.easyxf(cell[1]))
        else:
            sheet.write(0, column, cell)
    stream = io.BytesIO()
    book.save(stream)
    return read_xls(stream.getvalue())


STRUCK, RAISED, LOWERED = (
    xlwt.easyfont(font) for font in ("struck_out on", "escapement superscript", "escapement subscript")
)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param(["21", ("1", RAISED)], "21¹", id="a raised mark"),
        pytest.param(["21", ("1", LOWERED)], "21¹", id="a lowered mark"),
        pytest.param([("88", STRUCK), "21"], "21", id="struck and its successor"),
        pytest.param([("1", RAISED), "21"], "¹21", id="a mark before the number"),
        pytest.param([("21", RAISED)], "21", id="raised as a whole"),
        pytest.param((88, "font: struck_out on"), "", id="a number struck as a whole"),
        pytest.param((21, "font: bold on"), "21", id="a number of another look"),
    ],
)
def test_struck_and_raised_text_of_an_old_workbook(cell: object, text: str) -> None:
    [grid] = (block for block in old_workbook(cell, 7).blocks if isinstance(block, Grid))
    assert {one.column: one.text for one in grid.cells}.get(1, "") == text
