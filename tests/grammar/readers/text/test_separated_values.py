"""Tables that a spreadsheet exported to text: whatever separates and quotes the cells, in any encoding."""

from __future__ import annotations

import codecs

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
