"""Which rows of a table are data and which are text of the page that it lays out: by length, lines and numbers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import Grid, TextLine
from disclosure_checks.grammar.readers.html.reader import read_html
from tests.grammar.readers.html.test_html_reader import shown

BEFORE, BEHIND = ["规章", "1", "2"], ["许可", "3", "4"]


def table(*rows: Sequence[str]) -> str:
    cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def blocks(*rows: Sequence[str]) -> list[str | list[list[str]]]:
    """What the table becomes: lines and tables."""
    return shown(read_html(table(*rows).encode()))


def between(*row: str) -> list[str | list[list[str]]]:
    """What becomes of a table with this row between two rows of numbers."""
    return blocks(BEFORE, row, BEHIND)


def text(length: int) -> str:
    return "长" * length


@pytest.mark.parametrize(
    "row",
    [
        pytest.param([text(120), "1", "甲"], id="a cell of 120 characters"),
        pytest.param([text(121), "1", "2"], id="a longer one beside two numbers"),
        pytest.param([text(45)], id="a cell alone in its row of 45 characters"),
        pytest.param(["<br>".join(["行"] * 12), "1", "甲"], id="a cell of twelve lines"),
        pytest.param([f"{text(60)}<br>{text(60)}", "1", "甲"], id="lines of 120 characters together"),
    ],
)
def test_these_rows_are_data(row: list[str]):
    expected = [[cell.replace("<br>", "\n") for cell in row]]
    assert between(*row) == [[BEFORE, *expected, BEHIND]]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param([text(121), "1", "甲"], id="a cell of more than 120 characters beside one number"),
        pytest.param([text(121), "甲", "乙"], id="a cell of more than 120 characters beside none"),
        pytest.param([text(46)], id="a cell alone in its row of more than 45 characters"),
        pytest.param(["<br>".join(["行"] * 13), "1", "甲"], id="a cell of more than twelve lines"),
        pytest.param([f"{text(60)}<br>{text(61)}", "1", "甲"], id="lines of more than 120 characters together"),
    ],
)
def test_these_rows_are_text_between_two_tables(row: list[str]):
    lines = [line for cell in row for line in cell.split("<br>")]
    assert between(*row) == [[BEFORE], *lines, [BEHIND]]


def test_where_a_table_holds_running_text_its_rows_of_one_cell_are_headings():
    assert blocks(["标题"], BEFORE, [text(50)], BEHIND) == ["标题", [BEFORE], text(50), [BEHIND]]
    assert blocks(["标题"], BEFORE, BEHIND) == [[["标题"], BEFORE, BEHIND]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([["甲", "1"]], [[["甲", "1"]]], id="one row with a number is a table"),
        pytest.param([["甲", "乙"]], ["甲", "乙"], id="one row without a number is text"),
        pytest.param([["甲"], ["1"]], ["甲", "1"], id="one column is text"),
        pytest.param(
            [["甲", "乙"], ["丙", "丁"]], [[["甲", "乙"], ["丙", "丁"]]], id="two rows without one are a table"
        ),
    ],
)
def test_the_smallest_tables(rows: list[list[str]], expected: list[object]):
    assert blocks(*rows) == expected


INNER = table(BEFORE, BEHIND)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([[INNER]], [[BEFORE, BEHIND]], id="a table around a table"),
        pytest.param(
            [["甲", INNER], ["3", "4"]], [[["甲", ""], ["3", "4"]], [BEFORE, BEHIND]], id="two numbers beside it"
        ),
        pytest.param([["甲", INNER], ["3", "乙"]], ["甲", [BEFORE, BEHIND], [["3", "乙"]]], id="one number beside it"),
    ],
)
def test_a_table_inside_a_table(rows: list[list[str]], expected: list[object]):
    assert blocks(*rows) == expected


def test_pictures_beside_the_text_of_a_cell_are_at_its_place():
    document = read_html(table([*BEFORE], ["许可<img src='x'>", "3", "4"]).encode())
    assert document.images == (Place(table=1, row=2, column=1),)


def test_lines_and_tables_are_numbered_where_the_page_has_no_lines():
    document = read_html((table(BEFORE, BEHIND) + "<p>甲</p>" + table(BEFORE, BEHIND)).encode())
    assert [block.place for block in document.blocks if isinstance(block, Grid)] == [Place(table=1), Place(table=2)]
    assert [block.place for block in document.blocks if isinstance(block, TextLine)] == [Place(line=1)]
