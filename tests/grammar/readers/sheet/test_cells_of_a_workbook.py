"""What the XML of a sheet says of its cells: their places, values, borders, and what is merged or hidden."""

from __future__ import annotations

import pytest

from disclosure_checks.grammar.readers.sheet.blocks import SheetCell, SheetContent
from disclosure_checks.grammar.readers.sheet.number_formats import displayed
from disclosure_checks.grammar.readers.sheet.xlsx_parts import CellFormat
from disclosure_checks.grammar.readers.sheet.xlsx_sheet import Surroundings, position, read_sheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FORMATS = (CellFormat(), CellFormat(number_format="0.00"), CellFormat(ruled=True))


def sheet(rows: str, before: str = "", after: str = "") -> SheetContent:
    content = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return read_sheet(content.encode(), Surroundings(("零", "一"), FORMATS, False))


def texts(rows: str) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): cell.text for cell in sheet(rows).cells}


@pytest.mark.parametrize(
    ("reference", "place"),
    [
        ("A1", (1, 1)),
        ("B12", (12, 2)),
        ("Z9", (9, 26)),
        ("AA1", (1, 27)),
        ("AZ1", (1, 52)),
        ("BA1", (1, 53)),
        ("$C$4", (4, 3)),
        ("", (0, 0)),
        ("12", (0, 0)),
        ("a1", (0, 0)),
    ],
)
def test_a_reference_is_a_row_and_a_column(reference: str, place: tuple[int, int]):
    assert position(reference) == place


def test_a_cell_without_a_reference_stands_behind_the_one_before():
    assert texts("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>") == {
        (1, 1): "1",
        (1, 2): "2",
        (2, 1): "3",
    }
    assert texts('<row r="4"><c r="C4"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>') == {
        (4, 3): "1",
        (4, 4): "2",
        (5, 1): "3",
    }


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param('<c t="s"><v>1</v></c>', "一", id="a shared string"),
        pytest.param('<c t="s"><v>0</v></c>', "零", id="the first shared string"),
        pytest.param('<c t="b"><v>1</v></c>', "TRUE", id="true"),
        pytest.param('<c t="b"><v>0</v></c>', "FALSE", id="false"),
        pytest.param('<c t="str"><v>甲_x4E59_</v></c>', "甲乙", id="the text of a formula, with an escape"),
        pytest.param('<c t="inlineStr"><is><t>甲</t><rPh><t>jia</t></rPh><t>乙</t></is></c>', "甲乙", id="inline text"),
        pytest.param("<c><v> 5 </v></c>", "5", id="a number between blanks"),
        pytest.param('<c s="1"><v>5</v></c>', "5.00", id="a number with a format"),
        pytest.param('<c s="7"><v>5</v></c>', "5", id="a number with a format that is not there"),
        pytest.param('<c t="n"><f>1+2</f><v>3</v></c>', "3", id="the value of a formula"),
    ],
)
def test_a_cell_shows(cell: str, text: str):
    assert texts(f"<row>{cell}</row>") == {(1, 1): text}


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param('<c t="s"><v>2</v></c>', id="a shared string that is not there"),
        pytest.param('<c t="s"><v>-1</v></c>', id="a shared string before the first"),
        pytest.param('<c t="s"><v></v></c>', id="no shared string"),
        pytest.param("<c><v> </v></c>", id="a blank"),
        pytest.param('<c s="1"/>', id="a format alone"),
        pytest.param('<c t="str"><f>""</f><v></v></c>', id="a formula whose value is an empty text"),
    ],
)
def test_these_cells_are_empty(cell: str):
    assert texts(f"<row>{cell}</row>") == {}


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        pytest.param("<c><f>SUM(A1:B1)</f></c>", "=SUM(A1:B1)", id="nothing stored"),
        pytest.param("<c><f>A1+B1</f><v></v></c>", "=A1+B1", id="an empty value, as libraries write it"),
        pytest.param("<c><f>A1+B1</f><v/></c>", "=A1+B1", id="an empty element"),
        pytest.param('<c><f t="shared" si="0"/></c>', "=", id="a shared formula that stands elsewhere"),
        pytest.param("<c><f>A1+B1</f><v>3</v></c>", "3", id="a stored value"),
        pytest.param("<c><f>A1-B1</f><v>0</v></c>", "0", id="a stored nought"),
    ],
)
def test_a_formula_is_shown_where_no_program_has_stored_its_value(cell: str, shown: str):
    assert texts(f"<row>{cell}</row>") == {(1, 1): shown}


def test_the_text_of_a_cell_is_not_that_of_the_next_one():
    rows = '<row><c t="inlineStr"><is><t>甲</t></is></c><c t="inlineStr"/><c><v>1</v></c><c/></row>'
    assert texts(rows) == {(1, 1): "甲", (1, 3): "1"}


def test_an_empty_cell_with_a_border_is_kept():
    assert list(sheet('<row><c s="2"/><c s="2"><v>1</v></c></row>').cells) == [
        SheetCell(1, 1, "", True),
        SheetCell(1, 2, "1", True),
    ]


@pytest.mark.parametrize(
    ("reference", "merged"),
    [
        ("A1:B2", SheetCell(1, 1, "1", False, 2, 2)),
        ("A1:C1", SheetCell(1, 1, "1", False, 1, 3)),
        ("A1", SheetCell(1, 1, "1")),
        ("A2:A1", SheetCell(1, 1, "1")),
        ("B1:A2", SheetCell(1, 1, "1")),
    ],
)
def test_a_merged_cell_spans_rows_and_columns(reference: str, merged: SheetCell):
    after = f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>'
    assert sheet("<row><c><v>1</v></c></row>", after=after).cells[0] == merged


def test_a_merged_cell_without_a_value_is_kept():
    after = '<mergeCells><mergeCell ref="B2:C3"/></mergeCells>'
    assert list(sheet("", after=after).cells) == [SheetCell(2, 2, "", False, 2, 2)]


def test_hidden_rows_and_columns_are_named():
    rows = '<row r="2" hidden="1"/><row hidden="true"/><row hidden="0"/><row/>'
    before = '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5"/><col min="7" max="7" hidden="0"/></cols>'
    found = sheet(rows, before)
    assert (found.hidden_rows, found.hidden_columns) == ({2, 3}, {2, 3})


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        pytest.param("1234567.5", "#,##0.00", "1,234,567.50", id="thousands"),
        pytest.param("0.125", "0.0%", "12.5%", id="percent"),
        pytest.param("1234567", "0,", "1235", id="in thousands"),
        pytest.param("7", "000", "007", id="leading zeros"),
        pytest.param("2.675", "0.00", "2.68", id="half is rounded up"),
        pytest.param("-2.675", "0.00", "-2.68", id="half is rounded away from zero"),
        pytest.param("-0.001", "0.00", "0.00", id="no minus before a zero"),
        pytest.param("1.5", "0.0#", "1.5", id="decimals that may be left out"),
        pytest.param("1.25", "0.0#", "1.25", id="decimals that are not left out"),
        pytest.param("3", '0"件"', "3件", id="words behind"),
        pytest.param("3", '"共"0', "共3", id="words before"),
        pytest.param("3", '0;-0;"-"', "3", id="the section of positive numbers"),
        pytest.param("0", '0;-0;"-"', "0", id="a zero, whatever is said of zeros"),
        pytest.param("0.1234567890123", "General", "0.12345678901", id="eleven digits at most"),
        pytest.param("12345678901234", "General", "12345678901234", id="whole numbers as they are"),
        pytest.param("1000000000000000", "0.00", "1000000000000000.00", id="sixteen digits before the point"),
        pytest.param("10000000000000000", "0.00", "10000000000000000", id="more than sixteen in the general format"),
        pytest.param("45292", "yyyy-mm-dd", "2024-01-01", id="a date"),
        pytest.param("45292", 'yyyy"年"m"月"d"日"', "2024年1月1日", id="a date in words"),
        pytest.param("45292", 'yyyy"年"m"月"', "2024年1月", id="a month in words"),
        pytest.param("0.75", "hh:mm", "18:00", id="a time"),
        pytest.param("-1", "yyyy-mm-dd", "-1", id="no date before the first"),
        pytest.param("1", "# ?/?", "1", id="a fraction"),
        pytest.param("甲", "0", "甲", id="no number"),
        pytest.param("1e301", "0", "1e301", id="a number beyond measure"),
    ],
)
def test_a_number_is_displayed_by_its_format(value: str, number_format: str, text: str):
    assert displayed(value, number_format) == text


def test_dates_may_be_counted_from_1904():
    assert displayed("0", "yyyy-mm-dd", from_1904=True) == "1904-01-01"
