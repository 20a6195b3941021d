"""Tags, comments and line ends of a page where they are easily misread: what is shown, and on which line it stands."""

from __future__ import annotations

import pytest

from disclosure_checks.grammar.model.source_document import TextLine
from disclosure_checks.grammar.readers.html.reader import read_html
from disclosure_checks.grammar.readers.html.spans import span
from disclosure_checks.grammar.readers.html.tokens import attributes, tokens
from tests.grammar.readers.html.test_html_reader import grids, lines, read, rows
from tests.grammar.readers.html.test_html_reader import spans as spans_of


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param('<!-- 略 --><p title="1>0">甲</p>', ["甲"], id="a bracket in quotes after a comment"),
        pytest.param("<!-- 略 --!><p>甲</p>", ["甲"], id="a comment that ends with an exclamation mark"),
        pytest.param("<!doctype html><?xml ?></3><p>甲</p>", ["甲"], id="what is no element"),
        pytest.param('<p title="1>甲</p><p>乙</p>', ["甲", "乙"], id="a quotation mark without its partner"),
        pytest.param("1 < 2，3 <4，5> 6", ["1 < 2，3 <4，5> 6"], id="brackets that open nothing"),
        pytest.param("<p>甲&amp;乙&lt;丙</p>", ["甲&乙<丙"], id="entities"),
        pytest.param("<P>甲</P><DIV>乙</DIV>", ["甲", "乙"], id="tags in capitals"),
        pytest.param("甲<script>if (1 < 2) '</p>'</script >乙", ["甲乙"], id="a script"),
        pytest.param("甲<script>略", ["甲"], id="a script that does not end"),
        pytest.param("甲<script/>略</script>乙", ["甲乙"], id="a script cannot be empty"),
        pytest.param("甲<xml/>乙<xml>略</xml>丙", ["甲乙丙"], id="an empty xml is"),
        pytest.param("甲<style>p > b</style>乙", ["甲乙"], id="a style"),
        pytest.param("<p>甲<sup>1</sup>乙1</p>", ["甲¹乙1"], id="a raised digit"),
        pytest.param("<p>甲<sup>1<p>乙1</p>", ["甲¹", "乙1"], id="a raised digit whose end is missing"),
        pytest.param("<p>甲<del>乙<b>丙</b></del>丁</p>", ["甲丁"], id="deleted text"),
        pytest.param("<p>甲<s>乙</s>丙<strike>丁</strike></p>", ["甲丙"], id="struck text"),
        pytest.param("<pre>甲\n乙</pre>丙\n丁", ["甲", "乙", "丙 丁"], id="line ends count in preformatted text only"),
        pytest.param(
            "<pre>甲<pre>乙\n丙</pre>丁\n戊</pre>", ["甲", "乙", "丙", "丁", "戊"], id="preformatted text in another"
        ),
        pytest.param("</pre><p>甲\n乙</p>", ["甲 乙"], id="an end without a beginning"),
        pytest.param("<pre>  甲  </pre>", ["  甲  "], id="blanks around preformatted text stay"),
        pytest.param("<p>  甲  <b> </b>  乙  </p>", ["甲 乙"], id="blanks elsewhere are one"),
        pytest.param('<p style="DISPLAY : none">甲</p>乙', ["乙"], id="hidden by a style in capitals"),
        pytest.param("<p hidden>甲</p>乙", ["乙"], id="hidden by an attribute"),
        pytest.param('<p class="hidden">甲</p>乙', ["甲", "乙"], id="a class of that name hides nothing"),
    ],
)
def test_a_page_shows(page: str, expected: list[str]):
    assert lines(read(page)) == expected


def test_each_text_knows_its_line():
    page = "甲\n<p\ntitle='1\n'>\n乙\n<!--\n-->\n<script>\n\n</script>丙<p>\n\n丁\n<p>戊"
    found = [(block.text, block.place.line) for block in read(page).blocks if isinstance(block, TextLine)]
    assert found == [("甲", 1), ("乙 丙", 5), ("丁", 12), ("戊", 13)]


def test_lines_of_preformatted_text_know_theirs():
    found = [
        (block.text, block.place.line)
        for block in read_html("<p>甲</p>\n<pre>乙\n\n丙</pre>".encode()).blocks
        if isinstance(block, TextLine)
    ]
    assert found == [("甲", 1), ("乙", 2), ("丙", 4)]


def test_tags_and_texts_come_in_order_with_their_lines():
    assert list(tokens("甲\n<P a=1>乙</p>\n丙")) == [
        ("", "甲\n", 1),
        ("p", " a=1", 2),
        ("", "乙", 2),
        ("/p", "", 2),
        ("", "\n丙", 2),
    ]


def test_of_two_attributes_with_one_name_the_first_counts():
    assert attributes(" COLSPAN=2 colspan=\"3\" title='a&amp;b' hidden/") == {
        "colspan": "2",
        "title": "a&b",
        "hidden": "",
    }


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2", 2),
        (" 2px", 2),
        ("+3", 3),
        ("0", 1),
        ("x", 1),
        ("-2", 1),
        ("", 1),
        (None, 1),
        ("1000", 1000),
        ("1001", 1000),
    ],
)
def test_a_span_is_read_as_browsers_do(written: str | None, expected: int):
    assert span(written) == expected
    assert span(written, zero=7) == (7 if written == "0" else expected)


def test_a_cell_that_would_cover_another_one_is_cut_short():
    page = "<table><tr><td>甲<td>乙<td rowspan=2>1<tr><td colspan=3>丙<td>2</table>"
    assert spans_of(grids(read(page))[0]) == [
        ("甲", 0, 0, 1, 1),
        ("乙", 0, 1, 1, 1),
        ("1", 0, 2, 2, 1),
        ("丙", 1, 0, 1, 2),
        ("2", 1, 3, 1, 1),
    ]


def test_a_cell_reaches_no_further_than_its_group_of_rows():
    page = (
        "<table><thead><tr><td rowspan=9>甲<td>1<tr><td>2</thead>"
        "<tbody><tr><td rowspan=0>乙<td>3<tr><td>4<tr><td>5</tbody></table>"
    )
    found = spans_of(grids(read(page))[0])
    assert [one for one in found if one[0] in "甲乙"] == [("甲", 0, 0, 2, 1), ("乙", 2, 0, 3, 1)]


def test_the_head_of_a_table_stands_above_and_its_foot_below():
    page = (
        "<table><tfoot><tr><td>末<td>9</tfoot><tbody><tr><td>甲<td>1</tbody>"
        "<thead><tr><td>首<td>0</thead><thead><tr><td>再<td>2</thead></table>"
    )
    assert rows(grids(read(page))[0]) == [["首", "0"], ["甲", "1"], ["再", "2"], ["末", "9"]]


def test_rows_and_cells_whose_ends_are_missing_are_told_apart():
    page = "<table><tr><td>甲<td>1<tr><td>乙<td>2<tbody><tr><td>丙<td>3</table>丁"
    document = read(page)
    assert rows(grids(document)[0]) == [["甲", "1"], ["乙", "2"], ["丙", "3"]]
    assert lines(document) == ["丁"]


def test_text_between_the_cells_of_a_row_stands_before_the_table():
    document = read("<table><tr><td>甲</td>散<td>1</td></tr><tr><td>乙<td>2</table>")
    assert lines(document) == ["散"]
    assert rows(grids(document)[0]) == [["甲", "1"], ["乙", "2"]]


def test_text_behind_a_hidden_cell_is_not_of_the_cell_before_it():
    document = read("<table><tr><td>甲<td hidden>隐</td>散<td>1</tr><tr><td>乙<td>2</table>")
    assert lines(document) == ["散"]
    assert rows(grids(document)[0]) == [["甲", "1"], ["乙", "2"]]
