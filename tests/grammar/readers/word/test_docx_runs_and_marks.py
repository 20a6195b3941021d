"""Runs of Word text: raised marks, struck and hidden text, what stands between elements, and ends that are missing."""

from __future__ import annotations

import pytest

from disclosure_checks.grammar.readers.word.reader import read_docx
from tests.generation.documents.docx import docx_bytes, paragraph, run
from tests.grammar.readers.word.test_docx_reader import (
    DEFINITION,
    FIELD,
    LIST,
    cell,
    grids,
    lines,
    row,
    shown,
    spans,
    table,
)


def styled(properties: str, text: str) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


RAISED = '<w:vertAlign w:val="superscript"/>'
HIDING_STYLE = '<w:style w:styleId="form"><w:rPr><w:vanish/></w:rPr></w:style>'
SHOWING_STYLE = '<w:style w:styleId="seen"><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
PLAIN_STYLE = '<w:style w:styleId="plain"><w:rPr><w:b/></w:rPr></w:style>'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(run("13") + styled(RAISED, "1"), "13¹", id="a raised digit is a mark of a note"),
        pytest.param(styled(RAISED, "1") + run("3"), "¹3", id="the run after it is not raised"),
        pytest.param(
            run("13") + styled('<w:vertAlign w:val="subscript"/>', "1"), "13¹", id="a lowered digit is one as well"
        ),
        pytest.param(run("13") + styled('<w:vertAlign w:val="baseline"/>', "1"), "131", id="a digit on the line stays"),
        pytest.param(run("13") + styled("<w:strike/>", "1"), "13", id="struck text goes"),
        pytest.param(run("13") + styled("<w:dstrike/>", "1"), "13", id="text struck twice goes"),
        pytest.param(run("13") + styled('<w:strike w:val="0"/>', "1"), "131", id="text that is not struck stays"),
        pytest.param(
            run("13") + styled('<w:vanish/><w:strike w:val="0"/>', "1"), "13", id="hidden and not struck goes"
        ),
        pytest.param(styled("<w:vanish/>", "隐") + run("甲"), "甲", id="the run after a hidden one is seen"),
        pytest.param(styled('<w:rStyle w:val="form"/>', "隐") + run("甲"), "甲", id="a style that hides"),
        pytest.param(styled('<w:rStyle w:val="plain"/>', "甲"), "甲", id="a style that says nothing of it"),
        pytest.param(
            styled('<w:rStyle w:val="form"/><w:vanish w:val="0"/>', "甲"), "甲", id="a property before the style"
        ),
    ],
)
def test_a_run(content: str, expected: str):
    assert lines(paragraph(content), styles=HIDING_STYLE + PLAIN_STYLE) == [expected]


def test_a_paragraph_of_a_style_that_hides_is_seen_where_a_run_says_so():
    body = paragraph(run("隐") + styled('<w:rStyle w:val="seen"/>', "甲"), '<w:pStyle w:val="form"/>')
    assert lines(body, styles=HIDING_STYLE + SHOWING_STYLE) == ["甲"]
    plain = paragraph(run("隐") + styled('<w:rStyle w:val="plain"/>', "隐"), '<w:pStyle w:val="form"/>')
    assert lines(plain + paragraph(run("乙")), styles=HIDING_STYLE + PLAIN_STYLE) == ["乙"]


def test_white_space_between_elements_is_no_text():
    body = """
    <w:p>
      <w:r>
        <w:t>甲</w:t>
        <w:tab/>
        <w:t>乙</w:t>
      </w:r>
      <w:r>
        <w:t>丙</w:t>
      </w:r>
    </w:p>
    """
    assert lines(body) == ["甲\t乙丙"]


def test_line_ends_inside_text_are_blanks():
    assert lines(paragraph("<w:r><w:t>甲\n乙</w:t></w:r>")) == ["甲 乙"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next_one_and_no_further():
    deleted = "<w:rPr><w:del/></w:rPr>"
    assert lines(paragraph(run("甲"), deleted) + paragraph(run("乙")) + paragraph(run("丙"))) == ["甲乙", "丙"]
    assert lines(paragraph(run("甲"), deleted) + paragraph(run("乙"), deleted) + paragraph(run("丙"))) == ["甲乙丙"]
    assert lines(paragraph(run("甲"), deleted)) == ["甲"]
    two_rows = row(cell("1"), cell("2")) + row(cell("3"), cell("4"))
    assert shown(read_docx(docx_bytes(paragraph(run("甲"), deleted) + table(two_rows)))) == [
        "甲",
        [["1", "2"], ["3", "4"]],
    ]


def test_an_instruction_of_a_field_that_does_not_end_hides_no_more_than_its_paragraph():
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    separated = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    assert lines(paragraph(begun + run("隐")) + paragraph(run("甲"))) == ["甲"]
    assert lines(paragraph(begun + separated + run("甲")) + paragraph(run("乙"))) == ["甲", "乙"]
    assert lines(paragraph(FIELD.format(run("甲")) + run("乙"))) == ["甲乙"]


@pytest.mark.parametrize(
    ("depth", "expected"), [(50, ["甲"]), (51, ["隐甲"])], ids=["fifty fields", "more fields than that"]
)
def test_fields_inside_fields_are_followed_fifty_deep(depth: int, expected: list[str]):
    begin, end = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    # the end of a field that was not followed ends the one around it
    assert lines(paragraph(begin * depth + end * (depth - 1) + run("隐") + end + run("甲"))) == expected


def test_a_row_that_leaves_out_columns_begins_further_right():
    body = table(
        row(cell("甲"), cell("乙"), cell("1")),
        row(cell("2"), properties='<w:gridBefore w:val="2"/>'),
        row(cell("3"), cell("4"), cell("5")),
    )
    assert ("2", 1, 2, 1, 1) in spans(body)


@pytest.mark.parametrize(
    ("written", "columns"),
    [("2", 2), ("1", 1), ("0", 1), ("-3", 1), ("x", 1)],
)
def test_a_cell_spans_at_least_one_column(written: str, columns: int):
    body = table(row(cell("甲", f'<w:gridSpan w:val="{written}"/>'), cell("1")), row(cell("2"), cell("3"), cell("4")))
    assert spans(body)[:2] == [("甲", 0, 0, 1, columns), ("1", 0, columns, 1, 1)]


@pytest.mark.parametrize("name", ["del", "hidden"])
def test_a_row_that_was_deleted_or_is_hidden_is_left_out(name: str):
    gone = row(cell("隐"), cell("隐"), properties=f"<w:{name}/>")
    kept = row(cell("3"), cell("4"), properties=f'<w:{name} w:val="0"/>')
    assert [text for text, *_ in spans(table(row(cell("1"), cell("2")), gone, kept))] == ["1", "2", "3", "4"]


def test_cells_outside_a_row_make_one():
    assert spans(f"<w:tbl>{cell('1')}{cell('2')}</w:tbl>") == [("1", 0, 0, 1, 1), ("2", 0, 1, 1, 1)]
    assert lines(cell("甲")) == ["甲"]


def test_a_deleted_cell_leaves_its_place_to_the_next_one():
    body = table(row(cell("1"), cell("隐", "<w:cellDel/>"), cell("2")), row(cell("3"), cell("4")))
    assert [text for text, *_ in spans(body)] == ["1", "2", "3", "4"]


def test_a_span_that_says_no_number_is_one_column():
    body = table(row(cell("甲", "<w:gridSpan/>"), cell("1")), row(cell("2"), cell("3")))
    assert spans(body)[0] == ("甲", 0, 0, 1, 1)


@pytest.mark.parametrize(
    "stray",
    [
        pytest.param('<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>', id="of a cell outside a table"),
        pytest.param('<w:trPr><w:gridBefore w:val="2"/></w:trPr>', id="of a row outside a table"),
        pytest.param("<w:tbl><w:tcPr><w:vMerge/></w:tcPr></w:tbl>", id="of a cell in a table without rows"),
        pytest.param('<w:pPr><w:pStyle w:val="x"/></w:pPr>', id="of a paragraph outside one"),
        pytest.param("<w:rPr><w:vanish/></w:rPr>", id="of a run outside a paragraph"),
    ],
)
def test_properties_of_nothing_do_no_harm(stray: str):
    assert lines(stray + paragraph(run("甲"))) == ["甲"]


def test_properties_are_those_of_the_innermost_table():
    inner = table(row(cell("甲", '<w:gridSpan w:val="2"/>'), cell("1")), row(cell("2"), cell("3"), cell("4")))
    around = f"<w:tc><w:tcPr/>{inner}{paragraph('')}</w:tc>"
    body = table(row(cell("外"), cell("9")), row(around, cell("8")))
    assert ("甲", 0, 0, 1, 2) in [
        (one.text, one.row, one.column, one.row_span, one.column_span)
        for grid in grids(read_docx(docx_bytes(body)))
        for one in grid.cells
    ]


def test_properties_are_those_of_the_innermost_paragraph():
    box = f"<w:txbxContent>{paragraph(styled('<w:vanish/>', '隐') + run('框'))}</w:txbxContent>"
    assert lines(paragraph(run("甲") + f"<w:r><w:pict>{box}</w:pict></w:r>" + run("乙"))) == ["甲乙", "框"]


def test_a_paragraph_of_a_cell_whose_end_was_deleted_goes_on_in_that_cell():
    two = paragraph(run("甲"), "<w:rPr><w:del/></w:rPr>") + paragraph(run("乙"))
    body = table(row(f"<w:tc>{two}</w:tc>", cell("1")), row(cell("2"), cell("3")))
    assert [text for text, *_ in spans(body)] == ["甲乙", "1", "2", "3"]


def test_a_hidden_paragraph_without_text_has_no_number():
    def numbered(text: str, style: str) -> str:
        return paragraph(
            run(text), f'<w:pStyle w:val="{style}"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        )

    body = numbered("甲", "plain") + numbered("隐", "form") + numbered("", "plain") + numbered("乙", "plain")
    found = lines(body, styles=HIDING_STYLE + PLAIN_STYLE, numbering=DEFINITION + LIST)
    assert found == ["一、甲", "二、", "三、乙"]


def test_a_hidden_paragraph_in_a_text_box_hides_nothing_around_it():
    hidden = paragraph(run("隐"), '<w:pStyle w:val="form"/>')
    box = f"<w:txbxContent>{hidden}</w:txbxContent>"
    body = paragraph(run("甲") + f"<w:r><w:pict>{box}</w:pict></w:r>" + run("乙"))
    assert lines(body, styles=HIDING_STYLE) == ["甲乙"]
