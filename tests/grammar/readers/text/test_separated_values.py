"""Tables that a spreadsheet exported to text: whatever separates and quotes the cells, in any encoding."""

from __future__ import annotations

import codecs
import re

import pytest

from disclosure_checks.grammar.model.source_document import TextLine
from disclosure_checks.grammar.readers.text.reader import read_text
from disclosure_checks.grammar.readers.text.separated_values import separated_lines

ROWS = "规章,0,1,2\n规范性文件,3,4,5\n一、新收,6,7,8\n二、结转,9,10,11\n三、办结,12,13,14\n四、其他,15,16,17\n五、总计,1,1,1\n"


def shown(text: str) -> list[tuple[int, str]]:
    return [(line.number, line.text) for line in separated_lines(text) or []]


@pytest.mark.parametrize(
    ("row", "line"),
    [
        pytest.param("一、新收,,,21,0", "一、新收\t\t\t21\t0", id="empty cells"),
        pytest.param(",,自然人,总计", "\t\t自然人\t总计", id="empty cells in front"),
        pytest.param("二、主动公开情况,,,", "二、主动公开情况", id="one cell alone"),
        pytest.param('"1,112",3', "1,112\t3", id="a comma inside quotation marks"),
        pytest.param('危及""三安全"",3', '危及""三安全""\t3', id="quotation marks inside a word"),
        pytest.param('"危及""三安全""",3', '危及"三安全"\t3', id="quotation marks inside quotation marks"),
        pytest.param('规章,="0012",3', "规章\t0012\t3", id="a number kept as text"),
        pytest.param("公开了信息,认真落实。,", "公开了信息,认真落实。,", id="a sentence with commas"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_row_is_its_cells_between_tabs(row: str, line: str) -> None:
    assert shown(ROWS + row)[7] == (8, line)


def test_a_cell_of_several_lines_is_one_and_the_lines_behind_it_keep_their_numbers() -> None:
    assert shown(ROWS + '"结果\n维持",3\n甲,4')[7:] == [(8, "结果 维持\t3"), (10, "甲\t4")]


@pytest.mark.parametrize(
    ("text", "is_table"),
    [
        pytest.param(ROWS, True, id="commas"),
        pytest.param(ROWS.replace(",", ";"), True, id="semicolons"),
        pytest.param(ROWS.replace(",", "\t"), False, id="tabs alone are left as they are"),
        pytest.param(ROWS.replace(",", "\t") + '甲\t"1,112"\t3', True, id="tabs with a quoted cell"),
        pytest.param("公开,及时,准确,全面。\n" * 20, False, id="sentences"),
        pytest.param("甲\t1,112\t2,345\t3,456\n" * 20, False, id="thousands between tabs"),
        pytest.param("| 1,112 | 2,345 | 3,456 |\n" * 20, False, id="thousands between bars"),
        pytest.param(ROWS + '"甲,1\n' + "乙,1\n" * 30, False, id="a quotation mark without its partner"),
    ],
)
def test_a_text_is_a_table_of_separated_values_by_its_rows_of_numbers(text: str, is_table: bool) -> None:
    assert (separated_lines(text) is not None) is is_table


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(ROWS.encode(), id="UTF-8"),
        pytest.param(codecs.BOM_UTF8 + ROWS.encode(), id="UTF-8 with a mark"),
        pytest.param(ROWS.encode("gb18030"), id="GB18030"),
        pytest.param(codecs.BOM_UTF16_LE + ROWS.encode("utf-16-le"), id="UTF-16"),
        pytest.param(ROWS.replace("\n", "\r\n").encode(), id="line ends of Windows"),
    ],
)
def test_the_encoding_does_not_matter(content: bytes) -> None:
    first = read_text(content).blocks[0]
    assert isinstance(first, TextLine)
    assert (first.text, first.place.line) == ("规章\t0\t1\t2", 1)


def quoted(text: str, separator: str = ",", blanks: str = "") -> str:
    """A table with every cell in quotation marks."""
    rows = (line.split(",") for line in text.splitlines())
    return "".join((separator + blanks).join(f'"{cell}"' for cell in row) + "\n" for row in rows)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(quoted(ROWS), id="commas"),
        pytest.param(quoted(ROWS, ";"), id="semicolons"),
        pytest.param(quoted(ROWS, "\t"), id="tabs"),
        pytest.param(quoted(ROWS, "|"), id="bars"),
        pytest.param(quoted(ROWS, ",", " "), id="commas and blanks"),
        pytest.param(quoted(ROWS).replace('"', "'"), id="single quotation marks"),
        pytest.param(quoted(ROWS).replace('"规章"', "规章"), id="but for a cell"),
        pytest.param("".join(f'{line},""\n' for line in quoted(ROWS).splitlines()), id="empty cells too"),
        pytest.param(re.sub(r",(\d+)", r',"\1"', ROWS), id="numbers alone"),
    ],
)
def test_a_cell_in_quotation_marks_is_what_stands_in_them(text: str) -> None:
    lines = [line.rstrip("\t") for _, line in shown(text)]
    assert [line.split("\t")[0] for line in lines[:7]] == [line.split(",")[0] for line in ROWS.splitlines()]
    assert lines[1] == "规范性文件\t3\t4\t5"


NARROW = ROWS + "六、甲,1,2,3\n七、乙,1,2,3\n八、丙,1,2,3\n九、丁,1,2,3\n"


def counted(text: str, names: str, first: int) -> str:
    rows = [f"{number},{line}" for number, line in enumerate(text.splitlines(), first)]
    return "\n".join([*([names] if names else []), *rows]) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(counted(NARROW, ",0,1,2,3", 0), id="under the numbers of the columns"),
        pytest.param(
            counted(NARROW, ",Unnamed: 0,Unnamed: 1,Unnamed: 2,Unnamed: 3", 0), id="under columns without names"
        ),
        pytest.param(counted(NARROW, '"","V1","V2","V3","V4"', 1), id="under columns that a program names"),
        pytest.param(counted(NARROW, "", 1), id="from one on"),
        pytest.param(quoted(counted(NARROW, ",0,1,2,3", 0)), id="in quotation marks"),
        pytest.param(counted(NARROW, ",0,1,2,3", 0).replace(",", "\t"), id="before tabs"),
    ],
)
def test_a_column_that_counts_all_rows_is_no_column_of_the_table(text: str) -> None:
    lines = [line for _, line in shown(text) if line]
    assert lines[0] == "规章\t0\t1\t2"
    assert lines[-1] == "九、丁\t1\t2\t3"


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("names", ["|    | 0 | 1 |\n|---:|:--|:--|\n", ""])
def test_a_column_that_counts_all_rows_between_bars_is_none_either(names: str, first: int) -> None:
    rows = [f"| {number:>2} | {line.replace(',', ' | ')} |" for number, line in enumerate(NARROW.splitlines(), first)]
    text = names + "\n".join(rows)
    begin = names.count("\n")
    assert shown(text)[begin] == (begin + 1, "| 规章 | 0 | 1 | 2 |")
    assert separated_lines(text.replace("|  4 |", "|  7 |")) is None


def test_a_column_that_counts_some_rows_stays() -> None:
    text = counted(NARROW, "", 1).replace("\n5,", "\n7,")
    assert shown(text)[0] == (1, "1\t规章\t0\t1\t2")
