"""Spreadsheets that are damaged, hostile or odd are refused by name or read as far as they mean something."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Border, Side

from disclosure_checks.grammar.model.source_document import Grid, ReaderError, SourceDocument
from disclosure_checks.grammar.readers.sheet.xls import read_xls
from disclosure_checks.grammar.readers.sheet.xlsx import read_xlsx
from tests.generation.documents.xlsx import xls_document, xlsx_document
from tests.generation.truth import random_report

KINDS = {"xlsx": (xlsx_document, read_xlsx), "xls": (xls_document, read_xls)}


def small_workbook(*bordered: str) -> bytes:
    """A workbook of one small table, and borders around other cells."""
    workbook = Workbook()
    for row in (["甲", "乙"], ["规章", 1]):
        workbook.active.append(row)
    for reference in bordered:
        workbook.active[reference].border = Border(left=Side("thin"))
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def texts(document: SourceDocument) -> list[str]:
    return [cell.text for block in document.blocks if isinstance(block, Grid) for cell in block.cells]


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one part of it changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return written.getvalue()


SMALL = small_workbook()
SHEET = "xl/worksheets/sheet1.xml"


def code_of(reader: Callable[[bytes], SourceDocument], content: bytes) -> str:
    with pytest.raises(ReaderError) as caught:
        reader(content)
    return caught.value.code


def far_cell(reference: str) -> Callable[[bytes], bytes]:
    cell = f'<row><c r="{reference}" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'.encode()
    return lambda part: part.replace(b"</sheetData>", cell)


REFUSED = {
    "a part that unpacks a thousand times": (changed(SMALL, SHEET, lambda part: part + b" " * 3_000_000), "too_large"),
    "a cell in row 5,001": (changed(SMALL, SHEET, far_cell("A5001")), "too_large"),
    "a cell in column 201": (changed(SMALL, SHEET, far_cell("GS1")), "too_large"),
    "entities": (changed(SMALL, SHEET, lambda part: b'<!DOCTYPE x [<!ENTITY a "b">]>' + part), "damaged_spreadsheet"),
    "a sheet that ends early": (changed(SMALL, SHEET, lambda part: part[:-30]), "damaged_spreadsheet"),
    "no workbook": (changed(SMALL, "xl/workbook.xml", lambda part: b"<workbook/>"), "damaged_spreadsheet"),
    "half a file": (SMALL[: len(SMALL) // 2], "damaged_spreadsheet"),
    "no archive": (b"x", "damaged_spreadsheet"),
}


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_named(content, code):
    assert code_of(read_xlsx, content) == code


def test_formats_that_were_pulled_over_the_whole_sheet_do_not_matter():
    assert texts(read_xlsx(small_workbook("A6000", "HA1"))) == ["甲", "乙", "规章", "1"]


def test_a_style_that_does_not_exist_is_plain():
    content = changed(SMALL, SHEET, lambda part: part.replace(b'r="B2"', b'r="B2" s="99"'))
    assert texts(read_xlsx(content)) == ["甲", "乙", "规章", "1"]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=80)
@given(st.data())
def test_damaged_files_never_break_the_reader(kind, data):
    reader = KINDS[kind][1]
    damaged = bytearray(DAMAGED_LATER[kind])
    for _ in range(data.draw(st.integers(0, 30))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    assert outcome_of(reader, bytes(damaged)) in ("read", "damaged_spreadsheet", "too_large", "encrypted")


DAMAGED_LATER = {kind: printer(random_report(1).sheet) for kind, (printer, _) in KINDS.items()}


def outcome_of(reader: Callable[[bytes], SourceDocument], content: bytes) -> str:
    try:
        reader(content)
    except ReaderError as error:
        return error.code
    return "read"


def test_an_old_spreadsheet_that_is_none_is_damaged():
    assert code_of(read_xls, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 2000) == "damaged_spreadsheet"
