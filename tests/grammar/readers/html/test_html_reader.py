"""Web pages come back as the lines and tables that a browser shows, however they were written and saved."""

from __future__ import annotations

import binascii
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import Grid, GridCell, ReaderError, SourceDocument, TextLine
from disclosure_checks.grammar.readers import flow
from disclosure_checks.grammar.readers.html import reader as html
from disclosure_checks.grammar.readers.html.reader import read_html
from tests.checking import read as read_report
from tests.generation.documents.html import HTML_PRINTERS, PagePrinter, page_in_one_table
from tests.generation.grid import Kind, Merge, grid_of, table_slots
from tests.generation.marked import FIRST_VALUE, marked_report
from tests.generation.sheets import Sheet
from tests.generation.truth import random_report, random_reports


def read(page: str) -> SourceDocument:
    return read_html(page.encode())


def lines(document: SourceDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, TextLine)]


def grids(document: SourceDocument) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def shown(document: SourceDocument) -> list[str | list[list[str]]]:
    """The blocks of a document: a line as its text, a table as the texts of its rows."""
    return [block.text if isinstance(block, TextLine) else rows(block) for block in document.blocks]


def rows(grid: Grid) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for cell in grid.cells:
        found.setdefault(cell.row, []).append(cell.text)
    return list(found.values())


def spans(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]


def covered(cell: GridCell) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }


# ---- text


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("<p>一、总体情况</p><p>正文", ["一、总体情况", "正文"], id="a paragraph a line"),
        pytest.param("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"], id="text around an inner block"),
        pytest.param("<h2>总体<b>情</b><span>况</span></h2>", ["总体情况"], id="inline elements add no space"),
        pytest.param("<p>甲\n\t 乙  丙</p>", ["甲 乙 丙"], id="white space collapses"),
        pytest.param("<p> 甲 <b> 乙</b></p>", ["甲 乙"], id="white space collapses across elements"),
        pytest.param("<p>甲<br>乙<br/>丙</br>丁", ["甲", "乙", "丙", "丁"], id="line breaks"),
        pytest.param("<p>&nbsp;&#160;甲&ensp;</p>", ["\u00a0\u00a0甲\u2002"], id="no-break spaces stay"),
        pytest.param("<p>　　全年</p>", ["　　全年"], id="ideographic spaces stay"),
        pytest.param("<p>&nbsp;</p><p></p>", [], id="blank paragraphs are no lines"),
        pytest.param("&lt;p&gt; &amp;amp; &#x4E00; &quot", ['<p> &amp; 一 "'], id="character references"),
        pytest.param("a < b, 3<5 <", ["a < b, 3<5 <"], id="brackets that open no tag"),
        pytest.param("<ul><li>甲<li>乙</ul>", ["甲", "乙"], id="items without end tags"),
        pytest.param("<P CLASS=a>甲</P><DIV>乙</DIV>", ["甲", "乙"], id="tags in capitals"),
        pytest.param("<pre>甲  1\n乙\t2\n</pre>", ["甲  1", "乙\t2"], id="preformatted text keeps its lines"),
        pytest.param("<p>甲</span></div></td></p>乙", ["甲", "乙"], id="end tags of nothing"),
        pytest.param("甲<o:p></o:p><st1:date year='2024'>乙</st1:date>", ["甲乙"], id="tags of word processors"),
        pytest.param("<p title='>'>甲</p><p title=it's>乙</p>", ["甲", "乙"], id="brackets and quotes in attributes"),
        pytest.param('<p>甲</p><p class="a>乙</p><p>丙</p>', ["甲", "乙", "丙"], id="a quotation mark that never ends"),
        pytest.param("<p>甲</p><a href='x", ["甲"], id="a page cut off inside a tag"),
        pytest.param("<p>甲</p><td>乙</td><tr>丙", ["甲", "乙", "丙"], id="cells outside a table are lines"),
    ],
)
def test_text_reads_as_a_browser_shows_it(page: str, expected: list[str]):
    assert lines(read(page)) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param("<!-- 隐藏 <p>隐藏 -->", id="a comment"),
        pytest.param("<!--[if gte mso 9]><xml><p>隐藏</p></xml><![endif]-->", id="a conditional comment"),
        pytest.param("<!---->", id="an empty comment"),
        pytest.param("<!>", id="a comment of nothing"),
        pytest.param("<script>document.write('<p>隐藏</p>')</script>", id="a script"),
        pytest.param("<SCRIPT>if (a</b) '隐藏'</Script >", id="a script in capitals"),
        pytest.param("<style>p {content: '隐藏'}</style>", id="a style sheet"),
        pytest.param("<noscript><p>隐藏</p></noscript>", id="what is shown without scripts"),
        pytest.param("<template><p>隐藏</p></template>", id="a template"),
        pytest.param("<title>隐藏</title>", id="the title of the window"),
        pytest.param("<input type=hidden value=隐藏>", id="a value that is sent along"),
        pytest.param("<input type=submit value=隐藏>", id="a button"),
        pytest.param("<input placeholder=隐藏>", id="what a field asks for"),
        pytest.param("<select><option>隐藏<option>隐藏</select>", id="a list of choices"),
        pytest.param("<svg><text>隐藏</text></svg>", id="a drawing"),
        pytest.param("<div hidden>隐藏<div>隐藏</div>隐藏</div>", id="a hidden element with others of its name"),
        pytest.param("<span style='color:red; DISPLAY : none'>隐藏</span>", id="an element that is not displayed"),
        pytest.param("<p style='display:none'>隐藏", id="a hidden paragraph without an end tag"),
        pytest.param("<table hidden><tr><td>隐藏<table><tr><td>隐藏</table></table>", id="a hidden table"),
        pytest.param("<?xml version='1.0'?>", id="a processing instruction"),
    ],
)
def test_what_no_browser_shows_is_left_out(hidden: str):
    assert lines(read(f"<p>甲</p>{hidden}<p>乙</p>")) == ["甲", "乙"]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<body style='display:none'><p>甲</body>", id="a body that a script shows"),
        pytest.param("<![if !supportLists]>甲<![endif]>", id="a condition that is true for browsers"),
        pytest.param("<p style='overflow:hidden' class='hidden-xs' aria-hidden=true>甲", id="words that only look so"),
        pytest.param("<input type=hidden value=1><link hidden>甲", id="hidden elements without content"),
    ],
)
def test_what_a_browser_shows_is_read(page: str):
    assert lines(read(page)) == ["甲"]


def test_lines_know_their_line_in_the_source():
    document = read("<html>\n<p>甲\n</p><!--\n\n--><div title='\n'>\n\n乙<br>丙</div>\r\n<p>丁\n戊")
    assert [(block.text, block.place) for block in document.blocks if isinstance(block, TextLine)] == [
        ("甲", Place(line=2)),
        ("乙", Place(line=8)),
        ("丙", Place(line=8)),
        ("丁 戊", Place(line=9)),
    ]


# ---- tables


def test_spans_are_expanded_into_the_grid():
    (grid,) = grids(
        read(
            "<table><tr><td rowspan=2>甲<td colspan=2>乙<td>丙<tr><td>1<td>2<td rowspan='2'>3"
            "<tr><td>丁<td colspan=2px>4</table>"
        )
    )
    assert spans(grid) == [
        ("甲", 0, 0, 2, 1),
        ("乙", 0, 1, 1, 2),
        ("丙", 0, 3, 1, 1),
        ("1", 1, 1, 1, 1),
        ("2", 1, 2, 1, 1),
        ("3", 1, 3, 2, 1),
        ("丁", 2, 0, 1, 1),
        ("4", 2, 1, 1, 2),
    ]
    assert grid.place == Place(table=1)
    assert grid.cells[5].place == Place(table=1, row=2, column=4)
    assert str(grid.cells[5].place) == "table 1 row 2 column 4"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("rowspan=0", (3, 1), id="rowspan 0 reaches down to the end of the group"),
        pytest.param("rowspan=99999999999999999999", (3, 1), id="a rowspan ends with the table"),
        pytest.param("colspan=99999", (1, 2), id="an absurd colspan covers the columns that there are"),
        pytest.param("colspan=0", (1, 1), id="colspan 0 is one column"),
        pytest.param("colspan=-2 rowspan=zwei", (1, 1), id="nonsense is 1"),
        pytest.param("colspan='２'", (1, 2), id="full-width digits count"),
        pytest.param("COLSPAN = 2 colspan=3", (1, 2), id="of two attributes of one name the first counts"),
    ],
)
def test_odd_spans(written: str, expected: tuple[int, int]):
    (grid,) = grids(read(f"<table><tr><td {written}>甲<tbody><tr><td>1<td>2</table>".replace("<tbody>", "<tr><td>0")))
    assert (grid.cells[0].row_span, grid.cells[0].column_span) == expected


def test_a_cell_that_would_cover_another_one_is_cut_short():
    (grid,) = grids(read("<table><tr><td>0<td rowspan=2>甲<tr><td colspan=3>乙<td>1</table>"))
    assert spans(grid)[2:] == [("乙", 1, 0, 1, 1), ("1", 1, 2, 1, 1)]


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=5), min_size=2, max_size=6)
)
def test_cells_never_overlap(table: list[list[tuple[int, int]]]):
    cells = [[f"<td rowspan={down} colspan={across}>1" for down, across in row] for row in table]
    page = "<table>" + "".join("<tr>" + "".join(row) for row in cells) + "</table>"
    taken: set[tuple[int, int]] = set()
    for grid in grids(read(page)):
        for cell in grid.cells:
            assert covered(cell).isdisjoint(taken)
            assert cell.row + cell.row_span <= len(table)
            taken |= covered(cell)


def test_a_head_stands_on_top_and_a_foot_at_the_bottom_wherever_they_are_written():
    page = (
        "<table><tbody><tr><td>1<td>2</tbody><tfoot><tr><td>3<td>4</tfoot>"
        "<thead><tr><th>甲<th>乙</thead><tbody><tr><td>5<td>6</table>"
    )
    assert shown(read(page)) == [[["甲", "乙"], ["1", "2"], ["5", "6"], ["3", "4"]]]


def test_a_rowspan_ends_with_its_group_of_rows():
    (grid,) = grids(read("<table><thead><tr><th rowspan=3>甲<th>乙<tbody><tr><td>1<td>2</table>"))
    assert spans(grid) == [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("1", 1, 0, 1, 1), ("2", 1, 1, 1, 1)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param("结果<br>维持", "结果\n维持", id="a line break"),
        pytest.param("<p>结果</p><p>维持</p>", "结果\n维持", id="two paragraphs"),
        pytest.param("<p>结果</p><p>&nbsp;</p><p>维持</p>", "结果\n维持", id="a blank paragraph between"),
        pytest.param("\n <p>\n  <span>结果</span>\n </p>\n", "结果", id="white space around"),
        pytest.param("&nbsp;0", "\u00a00", id="a no-break space before a number"),
        pytest.param("&nbsp;", "\u00a0", id="a no-break space alone"),
        pytest.param("", "", id="nothing"),
        pytest.param("<img src=a.png>", "", id="an image alone"),
        pytest.param("<table><tr><td>结果</td></tr></table>", "结果", id="a table that only frames the text"),
        pytest.param("其中<table><tr><td>1<td>2</table>", "其中\n1\n2", id="a table beside words"),
        pytest.param(
            "<!--[if !supportEmptyParas]-->&nbsp;<!--[endif]--><o:p></o:p>", "\u00a0", id="an empty cell of Word"
        ),
        pytest.param("<s>5</s>7", "7", id="a number struck through and its successor"),
        pytest.param("<del>24</del>3", "3", id="a number deleted and its successor"),
        pytest.param(
            '<span style="text-decoration:line-through">5</span>7', "7", id="a number struck through by style"
        ),
        pytest.param('1<span style="visibility:hidden">0</span>', "1", id="a digit that is invisible"),
        pytest.param('1<span style="font-size:0">0</span>', "1", id="a digit without a size"),
        pytest.param('<span style="font-size:10.5pt">10</span>', "10", id="a digit with a size"),
        pytest.param("13<sup>1</sup>", "13¹", id="the mark of a note"),
        pytest.param("13<sub>1</sub>", "13¹", id="the mark of a note below the line"),
        pytest.param("13<small>1</small>", "13¹", id="a small mark"),
        pytest.param("<small>13</small>", "13", id="a small number"),
        pytest.param('13<span style="font-size:60%">1</span>', "13¹", id="a mark that is small by style"),
        pytest.param('13<span style="font-size:90%">1</span>', "131", id="a digit that is hardly smaller"),
        pytest.param('<span style="opacity:0">88</span>13', "13", id="a number that is transparent"),
        pytest.param('<span style="opacity:0.9">88</span>', "88", id="a number that is nearly opaque"),
        pytest.param("<ruby>13<rt>1</rt></ruby>", "13", id="a reading above a number"),
        pytest.param("<sup>1</sup>13", "¹13", id="the mark of a note before the number"),
        pytest.param('13<span style="vertical-align:super">1</span>', "13¹", id="a mark raised by style"),
        pytest.param('13<i style="VERTICAL-ALIGN: 3px">1</i>', "13¹", id="a mark raised by some pixels"),
        pytest.param('13<i style="position:relative; top:-0.4em">1</i>', "13¹", id="a mark moved upwards"),
        pytest.param('13<i style="vertical-align:baseline">1</i>', "131", id="a digit on the line"),
        pytest.param('13<i style="vertical-align:0px">1</i>', "131", id="a digit raised by nothing"),
        pytest.param("13<span><sup><span>1</span></sup></span>4", "13¹4", id="a mark in spans"),
        pytest.param('<p style="vertical-align:middle">13</p>', "13", id="how a cell is filled"),
        pytest.param("<sup>13</sup>", "13", id="a number raised as a whole"),
        pytest.param('13<span class="x note">1</span>', "13¹", id="a mark raised by a style of the page"),
        pytest.param('13<i class="note">1</i>', "13¹", id="a mark of any element of a class"),
        pytest.param('<span class="gone">88</span>13', "13", id="a number struck by a style of the page"),
        pytest.param("<strike>88</strike>13", "13", id="a number struck by an old element"),
        pytest.param("<input value=13>", "13", id="the value of a field"),
        pytest.param("<input type=number value=13>", "13", id="the value of a field for numbers"),
        pytest.param("<input type=checkbox value=13>", "", id="a box that shows no value"),
        pytest.param("<textarea> 13 </textarea>", "13", id="the text of a field"),
        pytest.param("<select><option>7<option selected>13<option>9</select>", "13", id="the choice of a list"),
        pytest.param("<select><option>13</option><option>9</option></select>", "13", id="the first of a list"),
        pytest.param("<select><option>7<option selected value=1>13", "13", id="a list that is not ended"),
        pytest.param("<select></select>", "", id="a list of nothing"),
    ],
)
def test_what_a_cell_prints(cell: str, text: str):
    styles = (
        "<style>span.note, i.note { vertical-align: super } /* .gone */ .gone {text-decoration:line-through}</style>"
    )
    (grid,) = grids(read(f"{styles}<table><tr><td>{cell}</td><td>3</td></tr><tr><td>1</td><td>2</td></tr></table>"))
    assert [one.text for one in grid.cells] == [text, "3", "1", "2"]


def test_a_table_that_is_all_of_a_cell_is_a_table_of_its_own():
    page = "<table><tr><td>甲<td>1<td>2<tr><td>乙<td>3<td><table><tr><td>4<td>5</table></table>"
    document = read(page)
    assert shown(document) == [[["甲", "1", "2"], ["乙", "3", ""]], [["4", "5"]]]
    assert [grid.place.table for grid in grids(document)] == [1, 2]
    assert grids(document)[1].cells[1].place == Place(table=2, row=1, column=2)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(
            "<table><tr><td>首页<td>公开<tr><td colspan=2>{table}</table>",
            ["首页", "公开", "{table}"],
            id="a menu above",
        ),
        pytest.param("<table><tr><td>甲<p>乙</p>{table}丙</table>", ["甲", "乙", "{table}", "丙"], id="one cell"),
        pytest.param(
            "<table><tr><td><table><tr><td><table><tr><td>甲{table}</table></table></table>",
            ["甲", "{table}"],
            id="three tables around",
        ),
        pytest.param("<table><tr><td>甲<tr><td>乙</table>{table}", ["甲", "乙", "{table}"], id="a table of one column"),
        pytest.param(
            "<table><tr><td>栏目<br>栏目<td>{long}{table}</table>",
            ["栏目", "栏目", "{long}", "{table}"],
            id="two columns",
        ),
        pytest.param("<table><tr><td>日期：<td>2024-01-31</table>", ["日期：", "2024-01-31"], id="one row of words"),
        pytest.param("<table><caption>表一</caption><tr><td>1<td>2</table>", ["表一", [["1", "2"]]], id="a caption"),
        pytest.param("<table>甲<tr>乙<td>1<td>2</table>", ["甲", "乙", [["1", "2"]]], id="text between the cells"),
        pytest.param("<table><tr><td>{table}<td>{table}</table>", ["{table}", "{table}"], id="tables side by side"),
        pytest.param("<table></table><table><tr></table>甲", ["甲"], id="empty tables"),
    ],
)
def test_a_table_that_lays_out_a_page_is_read_in_order(page: str, expected: list[str | list[list[str]]]):
    table, long = "<table><tr><td>结果<td>维持<tr><td>1<td>2</table>", "本年度全文。" * 40
    cells = [["结果", "维持"], ["1", "2"]]
    filled = [
        cells if block == "{table}" else block.replace("{long}", long) if isinstance(block, str) else block
        for block in expected
    ]
    assert shown(read(page.format(table=table, long=long))) == filled


def test_a_report_drawn_as_one_table_gives_its_text_and_its_rows():
    page = (
        f"<table><tr><td colspan=3>一、总体情况<tr><td colspan=3>{'全年公开信息。' * 20}"
        "<tr><td colspan=3>二、主动公开<tr><td>内容<td>制发<td>废止<tr><td>规章<td>1<td>2"
        "<tr><td colspan=3>五、问题</table>"
    )
    cells = [["内容", "制发", "废止"], ["规章", "1", "2"]]
    document = read(page)
    assert shown(document) == ["一、总体情况", "全年公开信息。" * 20, "二、主动公开", cells, "五、问题"]
    assert grids(document)[0].cells[4].place == Place(table=1, row=2, column=2)


def test_rows_of_one_cell_stay_in_a_table_of_data():
    page = "<table><tr><td colspan=2>第（一）项<tr><td>规章<td>1<tr><td colspan=2>第（五）项<tr><td>许可<td>2</table>"
    assert shown(read(page)) == [[["第（一）项"], ["规章", "1"], ["第（五）项"], ["许可", "2"]]]


def test_long_words_in_a_row_of_numbers_do_not_take_it_out_of_the_table():
    page = f"<table><tr><td>{'说明' * 80}<td>1<td>2<tr><td>甲<td>3<td>4</table>"
    assert shown(read(page)) == [[["说明" * 80, "1", "2"], ["甲", "3", "4"]]]


def test_two_tables_one_after_the_other_stay_two():
    assert shown(read("<table><tr><td>1<td>2</table><table><tr><td>3<td>4</table>")) == [[["1", "2"]], [["3", "4"]]]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<table><tr><td>甲<td>1<tr><td>乙<td>2", id="nothing is ended"),
        pytest.param("<table><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>", id="no row is begun"),
        pytest.param(
            "<table><tr><td><p>甲</td><td><div>1</tr><tr><td><b>乙<td>2</b></table>", id="blocks are not ended"
        ),
        pytest.param("<table><tr><td>甲<td>1<td hidden>9<tr><td>乙<td>2</table>", id="a hidden cell without an end"),
        pytest.param(
            "<table><tr><td>甲<td>1<div hidden>9<tr><td>乙<td>2</table>", id="a hidden block that is not ended"
        ),
        pytest.param(
            "<table><tr><td>甲<td>1<tr style='display:none'><td>9<td>9<tr><td>乙<td>2</table>", id="a hidden row"
        ),
        pytest.param("<table><tr><td>甲<td>1<tbody hidden><tr><td>9<tbody><tr><td>乙<td>2</table>", id="hidden rows"),
        pytest.param(
            "<table><tr><td>甲<td>1<td hidden><table><tr><td>9</td></tr></table>9</td></tr><tr><td>乙<td>2</table>",
            id="a table in a hidden cell",
        ),
        pytest.param("<form><table><tr><form><td>甲<td>1</form><tr><td>乙<td>2</table></form>", id="forms between"),
        pytest.param("<TABLE><TR><TH>甲</TH><TD>1</TD></TR><TR><TD>乙<TD>2</TABLE>", id="capitals"),
    ],
)
def test_careless_tables(page: str):
    assert shown(read(page)) == [[["甲", "1"], ["乙", "2"]]]


def test_a_table_between_the_rows_of_another_one_ends_it():
    assert shown(read("<table><tr><td>1<td>2</tr><table><tr><td>3<td>4</table>")) == [[["1", "2"]], [["3", "4"]]]


# ---- images


def test_images_have_a_place():
    document = read(
        "<p>三、收到<img src=a.png></p>\n<img hidden><IMG SRC=b.png>"
        "<table><tr><td>甲<td>1<tr><td>乙<td><img src=c.png></table><div hidden><img></div>"
    )
    assert document.images == (Place(line=1), Place(line=2), Place(line=2), Place(table=1, row=2, column=2))


# ---- bytes


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        pytest.param("utf-8", "utf-8", id="UTF-8"),
        pytest.param("utf-8", "gb2312", id="UTF-8 that calls itself gb2312"),
        pytest.param("utf-8-sig", "gbk", id="UTF-8 with a byte order mark"),
        pytest.param("gb18030", "gb2312", id="GB18030 that calls itself gb2312"),
        pytest.param("gb18030", "utf-8", id="GB18030 that calls itself UTF-8"),
        pytest.param("gb18030", "", id="GB18030 without a word"),
        pytest.param("gb18030", "iso-8859-1", id="GB18030 that calls itself Latin"),
        pytest.param("big5", "big5", id="Big5"),
        pytest.param("utf-16", "utf-16", id="UTF-16 with a byte order mark"),
        pytest.param("utf-16-le", "unicode", id="UTF-16 without one"),
        pytest.param("utf-16-be", "", id="UTF-16, big end first"),
    ],
)
def test_encodings(encoding: str, declared: str):
    text = "總計" if encoding == "big5" else "总计〔2021〕30号" if encoding.startswith("utf") else "总计〔2021〕镕㐀"
    meta = f'<META http-equiv=Content-Type content="text/html; charset={declared}">' if declared else ""
    page = f"<html><head>{meta}</head><body><p>{text}</p><p>{'年度 2024 ' * 9}</p></body></html>"
    assert lines(read_html(page.encode(encoding)))[0] == text


@pytest.mark.parametrize(("encoding", "declared"), [("utf-8", "utf-8"), ("gb18030", "gbk")])
def test_a_few_damaged_bytes_cost_only_themselves(encoding: str, declared: str):
    page = (
        f"<meta charset={declared}><p>{'政府信息公开' * 40}</p>\r\n<p>".encode(encoding)
        + b"\xff"
        + "总计</p>".encode(encoding)
    )
    first, second = lines(read_html(page))
    assert first == "政府信息公开" * 40
    assert second.endswith("总计")


@pytest.mark.parametrize(
    ("encoding", "encode"),
    [
        pytest.param("quoted-printable", lambda page: binascii.b2a_qp(page, istext=False), id="quoted-printable"),
        pytest.param("base64", binascii.b2a_base64, id="base64"),
        pytest.param("8bit", lambda page: page, id="as it stands"),
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_web_archive_holds_a_page(encoding: str, encode: Callable[[bytes], bytes], charset: str):
    page = f'<meta charset="{charset}"><p>一、总体情况</p><table><tr><td>甲</td><td>1</td></tr></table>'.encode(charset)
    headers = f'Content-Type: text/html; charset="{charset}"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'.encode()
    alone = b"MIME-Version: 1.0\r\n" + headers + encode(page)
    parts = (
        b'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="--=_x"\r\n\r\n'
        b"----=_x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBO\r\n"
        b"----=_x\r\n" + headers + encode(page) + b"\r\n----=_x--\r\n"
    )
    for content in (alone, parts):
        assert shown(read_html(content)) == ["一、总体情况", [["甲", "1"]]]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n", id="no page"),
        pytest.param(b"MIME-Version: 1.0\r\nContent-Type: text/html", id="no body"),
        pytest.param(
            b"MIME-Version: 1.0\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nx",
            id="no base64",
        ),
    ],
)
def test_a_damaged_web_archive_is_read_as_text(content: bytes):
    assert lines(read_html(content))[0].startswith("MIME-Version")


# ---- bounds


def test_what_is_no_text_is_refused():
    with pytest.raises(ReaderError) as raised:
        read_html(bytes(range(256)) * 40)
    assert raised.value.code == "not_text"


def test_pages_that_are_too_large_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(html, "LARGEST_PAGE", 1000)
    with pytest.raises(ReaderError) as raised:
        read_html(b"x" * 1001)
    assert raised.value.code == "too_large"


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<table>" + "<tr>" + "<td>1" * (flow.MOST_CELLS + 1), id="too many cells"),
        pytest.param("<table>" + "<tr><td rowspan=1000 colspan=1000>1" * 3000, id="spans without end"),
        pytest.param("<table><tr>" + "<td>1" * 2000 + "<tr><td>1" * 2000, id="rows far wider than the others"),
    ],
)
def test_tables_without_measure_are_refused(page: str):
    with pytest.raises(ReaderError) as raised:
        read(page)
    assert raised.value.code == "too_large"


@pytest.mark.parametrize(
    "nested",
    [
        pytest.param("<div>" * 100_000 + "深", id="blocks"),
        pytest.param("<b><font size=1>" * 50_000 + "深", id="inline elements"),
        pytest.param("<table><tr><td>" * 100_000 + "深", id="tables"),
        pytest.param("<div>" * 50_000 + "深" + "</span>" * 50_000, id="blocks and other end tags"),
        pytest.param("<table>" * 100_000 + "深" + "</table>" * 100_000, id="tables without cells"),
        pytest.param("<pre>" * 100_000 + "深", id="preformatted text"),
    ],
)
def test_deep_nesting_does_no_harm(nested: str):
    table = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    document = read(f"{table}<p>前</p>{nested}")
    assert shown(document) == [[["甲", "1"], ["乙", "2"]], "前", "深"]


PIECES = (
    *("<table>", "</table>", "<tr>", "<td>", "</td>", "<td colspan=2>", "<td rowspan=3>", "<thead>", "<tfoot>"),
    *("<p>", "</p>", "<div hidden>", "</div>", "<td hidden>", "<pre>", "<br>", "<img>", "<script>", "</script>"),
    *("甲", "1", "&nbsp;", "&#x0;", "<!--", "-->", "<![if]>", "<", ">", '"', "'", "=", '<a href="x'),
)


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_no_page_breaks_the_reader(pieces: list[str]):
    document = read(" ".join(pieces))
    for block in document.blocks:
        if isinstance(block, TextLine):
            assert block.text.strip()
            assert "\n" not in block.text
        else:
            taken: set[tuple[int, int]] = set()
            for cell in block.cells:
                assert covered(cell).isdisjoint(taken)
                taken |= covered(cell)


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(content: bytes):
    codes = set()
    try:
        read_html(content)
    except ReaderError as error:
        codes = {error.code}
    assert codes <= {"not_text"}


# ---- whole reports


def expected_cells(sheet: Sheet) -> list[list[str]]:
    """The texts of the cells of each table that is printed, in reading order."""
    printed = [sheet.tables[section.table] for section in sheet.sections if section.table in sheet.tables]
    return [[cell.text for row in grid_of(table) for cell in row] for table in printed]


def plain(text: str) -> str:
    return text.replace("\n", "").replace("\u00a0", "").strip()


@pytest.mark.parametrize("printer", HTML_PRINTERS[:4], ids=lambda printer: printer.__name__)
@pytest.mark.parametrize("seed", range(12))
def test_every_cell_of_a_generated_report_comes_back(printer: PagePrinter, seed: int):
    sheet = random_report(seed).sheet
    found = grids(read_html(printer(sheet, Random(seed))))
    assert [[plain(cell.text) for cell in grid.cells] for grid in found] == expected_cells(sheet)


@pytest.mark.parametrize("seed", range(6))
def test_every_cell_of_a_report_in_one_table_comes_back(seed: int):
    sheet = random_report(seed).sheet
    expected = [text for table in expected_cells(sheet) for text in table]
    found: list[str] = []
    for block in read_html(page_in_one_table(sheet, Random(seed))).blocks:
        found += [block.text] if isinstance(block, TextLine) else [cell.text for cell in block.cells]
    assert [text for text in found if text in expected] == expected


@pytest.mark.parametrize("printer", HTML_PRINTERS, ids=lambda printer: printer.__name__)
def test_every_line_of_a_generated_report_comes_back(printer: PagePrinter):
    sheet = random_report(5).sheet
    found = [plain(line) for line in lines(read_html(printer(sheet, Random(5))))]
    expected = [
        line.strip()
        for section in sheet.sections
        for line in (section.heading, *section.paragraphs, *section.notes)
        if line
    ]
    assert [line for line in found if line in expected] == expected


@pytest.mark.parametrize("printer", HTML_PRINTERS[:4], ids=lambda printer: printer.__name__)
def test_all_200_numbers_stand_in_their_places(printer: PagePrinter):
    sheet = marked_report().sheet
    found = {
        (grid.place.table, cell.row, cell.column): cell.text
        for grid in grids(read_html(printer(sheet, Random(1))))
        for cell in grid.cells
        if cell.text.isdigit()
    }
    expected = {
        (number, row, column): slot.text
        for number, table in enumerate(("proactive", "requests", "review"), 1)
        for row, slots in enumerate(table_slots(sheet.tables[table]))
        for column, slot in enumerate(slots)
        if slot.kind is Kind.VALUE and slot.merge is Merge.OWN
    }
    assert len(expected) == 200
    assert int(min(expected.values())) == FIRST_VALUE
    assert found == expected


@pytest.mark.parametrize("printer", HTML_PRINTERS, ids=lambda printer: printer.__name__)
def test_reports_read_from_documents_are_what_was_printed(printer: PagePrinter):
    for number, generated in enumerate(random_reports(24, seed=printer.__name__)):
        report = read_report(printer(generated.sheet, Random(number)), f"{number}.html")
        assert {name: report.cells[name].value for name in generated.cells} == generated.cells
        assert (report.agency, report.year) == (generated.agency, generated.year)
        assert len(report.sections) == len(generated.sheet.sections)
