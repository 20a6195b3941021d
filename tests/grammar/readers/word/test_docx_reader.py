"""Word documents come back as they print: merged cells, automatic numbers, tracked changes as accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.grammar.model.report import Place
from disclosure_checks.grammar.model.source_document import Grid, ReaderError, SourceDocument, TextLine
from disclosure_checks.grammar.readers import open_xml_package as docx_package
from disclosure_checks.grammar.readers.flow import MOST_CELLS
from disclosure_checks.grammar.readers.word.ordinals import ordinal_text
from disclosure_checks.grammar.readers.word.reader import read_docx
from tests.checking import read as read_report
from tests.generation.documents.docx import (
    DOCX_PRINTERS,
    DocumentPrinter,
    docx_bytes,
    element,
    numbered_document,
    paragraph,
    run,
    zip_bytes,
)
from tests.generation.grid import Kind, Merge, grid_of, table_slots
from tests.generation.marked import FIRST_VALUE, marked_report
from tests.generation.truth import random_report, random_reports

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def shown(document: SourceDocument) -> list[str | list[list[str]]]:
    """The blocks of a document: a line as its text, a table as the texts of its rows."""
    return [block.text if isinstance(block, TextLine) else rows(block) for block in document.blocks]


def rows(grid: Grid) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for cell in grid.cells:
        found.setdefault(cell.row, []).append(cell.text)
    return list(found.values())


def grids(document: SourceDocument) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def lines(body: str, **parts: str) -> list[str]:
    return [block.text for block in read_docx(docx_bytes(body, **parts)).blocks if isinstance(block, TextLine)]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def control(content: str) -> str:
    return f"<w:sdt><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def table(*table_rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(table_rows)}</w:tbl>"


def spans(body: str) -> list[tuple[str, int, int, int, int]]:
    (grid,) = grids(read_docx(docx_bytes(body)))
    return [(one.text, one.row, one.column, one.row_span, one.column_span) for one in grid.cells]


def code_of(content: bytes) -> str:
    with pytest.raises(ReaderError) as raised:
        read_docx(content)
    return raised.value.code


# ---- text

FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE 9</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(run("总") + run("体 ") + run(" 情况"), ["总体  情况"], id="runs are joined as they stand"),
        pytest.param("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", ["甲\t乙"], id="a tab"),
        pytest.param("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/></w:r>", ["甲", "乙"], id="a line break"),
        pytest.param('<w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t></w:r>', ["甲", "乙"], id="a page break"),
        pytest.param(
            "<w:r><w:t>一</w:t><w:noBreakHyphen/><w:t>二</w:t></w:r>", ["一-二"], id="a hyphen that does not break"
        ),
        pytest.param(
            "<w:r><w:t>公</w:t><w:softHyphen/><w:t>开</w:t></w:r>", ["公开"], id="a soft hyphen does not show"
        ),
        pytest.param('<w:r><w:sym w:font="宋体" w:char="F035"/></w:r>', ["5"], id="a digit of a symbol font"),
        pytest.param('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', ["\uf0fe"], id="a pictogram"),
        pytest.param('<w:r><w:sym w:font="x" w:char="D800"/><w:t>甲</w:t></w:r>', ["甲"], id="a symbol that is none"),
        pytest.param("<w:ins>" + run("甲") + "</w:ins>" + run("乙"), ["甲乙"], id="inserted text stays"),
        pytest.param("<w:del><w:r><w:delText>甲</w:delText></w:r></w:del>" + run("乙"), ["乙"], id="deleted text goes"),
        pytest.param("<w:del>" + run("甲") + "</w:del>" + run("乙"), ["乙"], id="deleted text that is written as text"),
        pytest.param(f"<w:moveFrom>{run('甲')}</w:moveFrom><w:moveTo>{run('甲')}</w:moveTo>", ["甲"], id="moved text"),
        pytest.param(FIELD.format(run("5")), ["5"], id="a field shows its result"),
        pytest.param(FIELD.format(FIELD.format(run("5"))), ["5"], id="a field in the result of another"),
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            + FIELD.format(run("9"))
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            + run("甲"),
            ["甲"],
            id="a field in the instruction of another",
        ),
        pytest.param(f'<w:fldSimple w:instr="DATE">{run("2024年")}</w:fldSimple>', ["2024年"], id="a simple field"),
        pytest.param(f"<w:hyperlink>{run('甲')}</w:hyperlink>", ["甲"], id="a link"),
        pytest.param(f"<w:smartTag>{run('甲')}</w:smartTag>", ["甲"], id="a smart tag"),
        pytest.param(
            f"<w:sdt><w:sdtPr><w:t>设置</w:t></w:sdtPr><w:sdtContent>{run('甲')}</w:sdtContent></w:sdt>",
            ["甲"],
            id="a content control",
        ),
        pytest.param("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>" + run("甲"), ["甲"], id="hidden text"),
        pytest.param(
            '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>甲</w:t></w:r>', ["甲"], id="text that is not hidden"
        ),
        pytest.param(
            "<w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>甲</w:t></w:r>",
            ["甲"],
            id="text that was hidden before a change",
        ),
        pytest.param(
            f"<w:ruby><w:rt>{run('jia')}</w:rt><w:rubyBase>{run('甲')}</w:rubyBase></w:ruby>",
            ["甲"],
            id="a reading above",
        ),
        pytest.param("<m:oMath><m:r><m:t>1+2</m:t></m:r></m:oMath>", ["1+2"], id="a formula"),
        pytest.param('<w:r><w:footnoteReference w:id="2"/><w:t>甲</w:t></w:r>', ["甲"], id="the mark of a note"),
        pytest.param("<w:r><w:t>甲\n乙</w:t></w:r>", ["甲 乙"], id="a line break of the XML"),
        pytest.param("<w:r><w:t>\u00a0甲&amp;&lt;</w:t></w:r>", ["\u00a0甲&<"], id="no-break space and references"),
        pytest.param("<w:r><w:t>\u00a0 </w:t></w:r>", [], id="a blank paragraph is no line"),
    ],
)
def test_a_paragraph_reads_as_it_prints(content: str, expected: list[str]):
    assert lines(paragraph(content)) == expected


def test_a_field_that_never_ends_does_not_swallow_the_next_paragraph():
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF</w:instrText><w:t>9</w:t></w:r>'
    assert lines(paragraph(begun) + paragraph(run("甲"))) == ["甲"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    mark = "<w:rPr><w:del/></w:rPr>"
    assert lines(paragraph(run("总体"), mark) + paragraph(run("情况")) + paragraph(run("甲"))) == ["总体情况", "甲"]
    assert lines(paragraph(run("甲"), mark) + table(row(cell("乙")))) == ["甲", "乙"]
    assert lines(paragraph(run("甲"), mark)) == ["甲"]


TEXT_BOX = "<w:txbxContent>{}</w:txbxContent>"


def test_text_boxes_follow_their_paragraph_and_alternatives_count_once():
    box = TEXT_BOX.format(paragraph(run("乙")) + paragraph(run("丙")))
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(paragraph(run("甲") + both + run("丁"))) == ["甲丁", "乙", "丙"]
    only = both.replace("mc:Choice", "w:nothing")
    assert lines(paragraph(only)) == ["乙", "丙", "乙", "丙"]


def test_a_table_in_a_text_box_is_read():
    box = f"<w:r><w:pict><v:textbox>{TEXT_BOX.format(table(row(cell('甲'), cell('1'))))}</v:textbox></w:pict></w:r>"
    assert shown(read_docx(docx_bytes(paragraph(box)))) == [[["甲", "1"]]]


def test_hidden_styles_hide_their_text():
    styles = (
        '<w:style w:styleId="form"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="child"><w:basedOn w:val="form"/></w:style>'
        '<w:style w:styleId="seen"><w:basedOn w:val="form"/><w:rPr><w:vanish w:val="false"/></w:rPr></w:style>'
        '<w:style w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
    )
    texts = {"form": "窗体顶端", "child": "窗体底端", "seen": "甲", "loop": "乙", "none": "丙"}
    body = "".join(paragraph(run(text), f'<w:pStyle w:val="{style}"/>') for style, text in texts.items())
    hidden_run = '<w:r><w:rPr><w:rStyle w:val="form"/></w:rPr><w:t>隐</w:t></w:r>'
    assert lines(body + paragraph(hidden_run + run("丁")), styles=styles) == ["甲", "乙", "丙", "丁"]


def test_headers_notes_and_comments_are_not_read():
    content = docx_bytes(
        paragraph(run("甲")),
        more={name: element("hdr", paragraph(run("页眉"))) for name in ("word/header1.xml", "word/footnotes.xml")},
    )
    assert shown(read_docx(content)) == ["甲"]


def test_the_strict_namespaces_are_read_alike():
    body = paragraph(run("甲")) + table(
        row(cell("乙", '<w:gridSpan w:val="2"/>'), cell("1")), row(cell("丙"), cell("2"))
    )
    strict = read_docx(docx_bytes(body, namespace=STRICT))
    assert strict == read_docx(docx_bytes(body))
    assert grids(strict)[0].cells[0].column_span == 2


def test_lines_are_counted_as_they_print():
    body = paragraph(run("甲")) + paragraph("") + table(row(cell("1"), cell("2"))) + paragraph(run("乙"))
    document = read_docx(docx_bytes(body))
    assert [block.place for block in document.blocks] == [Place(line=1), Place(table=1), Place(line=2)]
    assert str(grids(document)[0].cells[1].place) == "table 1 row 1 column 2"


# ---- automatic numbers


def level(place: int, number_format: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def listed(text: str, place: int = 0, list_id: str = "1") -> str:
    return paragraph(run(text), f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{list_id}"/></w:numPr>')


def definition(*levels: str, identifier: str = "0") -> str:
    return f'<w:abstractNum w:abstractNumId="{identifier}">{"".join(levels)}</w:abstractNum>'


def list_of(identifier: str, more: str = "") -> str:
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="0"/>{more}</w:num>'


def override(content: str) -> str:
    return f'<w:lvlOverride w:ilvl="0">{content}</w:lvlOverride>'


LEVELS = (
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
)
DEFINITION, LIST = definition(*LEVELS), list_of("1")


def test_ordinals_stand_before_the_text_and_start_anew_below_each_heading():
    body = (
        listed("总体情况")
        + listed("主动公开", 1)
        + listed("依申请", 1)
        + listed("受理", 2)
        + listed("答复", 2)
        + listed("平台", 1)
        + listed("网站", 2)
        + paragraph(run("正文"))
        + listed("主动公开")
        + listed("规章", 1)
    )
    assert lines(body, numbering=DEFINITION + LIST) == [
        *(
            "一、总体情况",
            "（一）主动公开",
            "（二）依申请",
            "1.受理",
            "2.答复",
            "（三）平台",
            "1.网站",
            "正文",
            "二、主动公开",
            "（一）规章",
        ),
    ]


@pytest.mark.parametrize(
    ("numbering", "ids", "expected"),
    [
        pytest.param(
            DEFINITION + LIST + list_of("2"),
            "122",
            ["一、甲", "二、乙", "三、丙"],
            id="two lists of one definition go on",
        ),
        pytest.param(
            DEFINITION + LIST + list_of("2", override('<w:startOverride w:val="3"/>')),
            "122",
            ["一、甲", "三、乙", "四、丙"],
            id="a list with a first number of its own",
        ),
        pytest.param(
            DEFINITION + LIST + list_of("2", override(level(0, "upperRoman", "%1)"))),
            "121",
            ["一、甲", "II)乙", "三、丙"],
            id="a list with a level of its own",
        ),
        pytest.param(DEFINITION + LIST, "121", ["一、甲", "乙", "二、丙"], id="a list that is not defined"),
        pytest.param(
            definition('<w:numStyleLink w:val="s"/>')
            + definition('<w:styleLink w:val="s"/>', *LEVELS, identifier="5")
            + LIST,
            "111",
            ["一、甲", "二、乙", "三、丙"],
            id="a definition that stands in a style",
        ),
        pytest.param(
            definition(level(0, "bullet", "●")) + LIST, "111", ["甲", "乙", "丙"], id="bullets are no numbers"
        ),
        pytest.param(
            definition(level(0, "decimal", "%1")) + LIST,
            "111",
            ["1 甲", "2 乙", "3 丙"],
            id="a bare number stays apart from the text",
        ),
        pytest.param(
            definition(
                '<w:lvl w:ilvl="0"><w:numFmt w:val="custom"/><w:numFmt w:val="decimal"/>',
                '<w:lvlText w:val="第%1项"/></w:lvl>',
            )
            + LIST,
            "111",
            ["第1项甲", "第2项乙", "第3项丙"],
            id="a custom format, and no first number",
        ),
    ],
)
def test_lists(numbering: str, ids: str, expected: list[str]):
    body = "".join(listed(text, list_id=list_id) for text, list_id in zip("甲乙丙", ids, strict=True))
    assert lines(body, numbering=numbering) == expected


def test_levels_may_show_the_levels_above_them():
    numbering = LIST + definition(
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "decimal", "%3)", '<w:lvlRestart w:val="1"/>'),
    )
    body = listed("甲", 1) + listed("乙") + listed("丙", 1) + listed("丁", 2) + listed("戊", 1) + listed("己", 2)
    assert lines(body, numbering=numbering) == ["1.1 甲", "一、乙", "1.1 丙", "1)丁", "1.2 戊", "2)己"]


def test_numbers_come_with_styles_and_can_be_switched_off():
    styles = (
        '<w:style w:styleId="h1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="h2"><w:basedOn w:val="h1"/></w:style>'
        '<w:style w:styleId="h3"><w:basedOn w:val="h1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    tied = LIST + definition(*LEVELS[:2], level(2, "decimal", "%3.", '<w:pStyle w:val="h2"/>'))
    body = (
        paragraph(run("甲"), '<w:pStyle w:val="h1"/>')
        + paragraph(run("乙"), '<w:pStyle w:val="h3"/>')
        + paragraph(run("丙"), '<w:pStyle w:val="h2"/>')
        + paragraph(run("丁"), '<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + paragraph(
            run("戊"),
            '<w:pStyle w:val="h1"/><w:pPrChange><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:pPrChange>',
        )
    )
    assert lines(body, styles=styles, numbering=tied) == ["一、甲", "（一）乙", "1.丙", "丁", "二、戊"]


def test_cells_may_be_numbered():
    content = docx_bytes(
        table(*(f"<w:tr><w:tc>{listed('')}</w:tc><w:tc>{paragraph(run(text))}</w:tc></w:tr>" for text in "甲乙")),
        numbering=definition(level(0, "decimal", "%1")) + LIST,
    )
    assert shown(read_docx(content)) == [[["1", "甲"], ["2", "乙"]]]


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ("decimal", {1: "1", 12: "12", 0: "0"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalEnclosedCircleChinese", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("decimalEnclosedFullstop", {3: "⒊"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 101: "一〇一"}),
        (
            "chineseCountingThousand",
            {
                6: "六",
                10: "十",
                19: "十九",
                100: "一百",
                101: "一百零一",
                110: "一百一十",
                2003: "二千零三",
                10000: "10000",
            },
        ),
        ("ideographDigital", {10: "一〇"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 21: "贰拾壹"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "甲"}),
        ("ideographZodiac", {12: "亥"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 781: "781"}),
        ("upperLetter", {28: "BB"}),
        ("lowerRoman", {4: "iv", 1999: "mcmxcix", 4000: "4000"}),
        ("upperRoman", {9: "IX"}),
        ("none", {1: ""}),
        ("hebrew1", {7: "7"}),
    ],
)
def test_number_formats(number_format: str, expected: dict[int, str]):
    assert {value: ordinal_text(value, number_format) for value in expected} == expected


# ---- tables


def test_merged_cells():
    body = table(
        row(cell("甲", '<w:vMerge w:val="restart"/>'), cell("乙", '<w:gridSpan w:val="2"/>'), cell("丙")),
        row(cell("", "<w:vMerge/>"), cell("1"), cell("2"), cell("3")),
        row(cell("隐", '<w:vMerge w:val="continue"/>'), cell("4"), cell("5"), cell("6")),
    )
    assert spans(body) == [
        ("甲", 0, 0, 3, 1),
        ("乙", 0, 1, 1, 2),
        ("丙", 0, 3, 1, 1),
        ("1", 1, 1, 1, 1),
        ("2", 1, 2, 1, 1),
        ("3", 1, 3, 1, 1),
        ("4", 2, 1, 1, 1),
        ("5", 2, 2, 1, 1),
        ("6", 2, 3, 1, 1),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            table(
                row(cell("1"), cell("2"), cell("3")), row(cell("4"), cell("5"), properties='<w:gridBefore w:val="1"/>')
            ),
            [("1", 0, 0, 1, 1), ("2", 0, 1, 1, 1), ("3", 0, 2, 1, 1), ("4", 1, 1, 1, 1), ("5", 1, 2, 1, 1)],
            id="columns left out before the first cell",
        ),
        pytest.param(
            table(row(cell("1"), properties='<w:gridAfter w:val="2"/>'), row(cell("2"), cell("3"))),
            [("1", 0, 0, 1, 1), ("2", 1, 0, 1, 1), ("3", 1, 1, 1, 1)],
            id="columns left out after the last cell",
        ),
        pytest.param(
            table(row(cell("1"), cell("2", "<w:vMerge/>")), row(cell("3"), cell("4"))),
            [("1", 0, 0, 1, 1), ("2", 0, 1, 1, 1), ("3", 1, 0, 1, 1), ("4", 1, 1, 1, 1)],
            id="a cell that continues nothing",
        ),
        pytest.param(
            table(
                row(cell("甲", '<w:vMerge w:val="restart"/>'), cell("1")),
                row(cell("", "<w:vMerge/>"), cell("2")),
                row(cell("乙", '<w:vMerge w:val="restart"/>'), cell("3")),
            ),
            [("甲", 0, 0, 2, 1), ("1", 0, 1, 1, 1), ("2", 1, 1, 1, 1), ("乙", 2, 0, 1, 1), ("3", 2, 1, 1, 1)],
            id="one merged cell under another",
        ),
        pytest.param(
            table(
                row(cell("甲", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), cell("1")),
                row(cell("2"), cell("3"), cell("4")),
            ),
            [("甲", 0, 0, 1, 2), ("1", 0, 2, 1, 1), ("2", 1, 0, 1, 1), ("3", 1, 1, 1, 1), ("4", 1, 2, 1, 1)],
            id="cells merged sideways the old way",
        ),
        pytest.param(
            table(
                row(cell("1"), cell("2")), row(cell("9"), cell("9"), properties="<w:del/>"), row(cell("3"), cell("4"))
            ),
            [("1", 0, 0, 1, 1), ("2", 0, 1, 1, 1), ("3", 1, 0, 1, 1), ("4", 1, 1, 1, 1)],
            id="a deleted row",
        ),
        pytest.param(
            table(
                row(cell("1"), cell("9", "<w:cellDel/>"), cell("2")), row(cell("3"), cell("4"), properties="<w:ins/>")
            ),
            [("1", 0, 0, 1, 1), ("2", 0, 1, 1, 1), ("3", 1, 0, 1, 1), ("4", 1, 1, 1, 1)],
            id="a deleted cell and an inserted row",
        ),
        pytest.param(
            table(
                control(row(cell("1"), control(cell("2")))),
                row(cell("3"), cell("4", '<w:tcPrChange><w:tcPr><w:gridSpan w:val="3"/></w:tcPr></w:tcPrChange>')),
            ),
            [("1", 0, 0, 1, 1), ("2", 0, 1, 1, 1), ("3", 1, 0, 1, 1), ("4", 1, 1, 1, 1)],
            id="content controls around a row and a cell",
        ),
        pytest.param(
            table(row(cell("1", '<w:gridSpan w:val="99999"/>'), cell("2", '<w:gridSpan w:val="x"/>'))),
            [("1", 0, 0, 1, 1), ("2", 0, 1, 1, 1)],
            id="spans over columns that no cell begins in",
        ),
    ],
)
def test_odd_tables(body: str, expected: list[tuple[str, int, int, int, int]]):
    assert spans(body) == expected


def test_paragraphs_and_breaks_of_a_cell_are_its_lines():
    content = f"<w:tc>{paragraph(run('结果'))}{paragraph('')}{paragraph('<w:r><w:t>维</w:t><w:br/><w:t>持</w:t></w:r>')}</w:tc>"
    assert spans(table(row(content, cell("\u00a00"))))[0][0] == "结果\n维\n持"
    assert spans(table(row(content, cell("\u00a00"))))[1][0] == "\u00a00"


def test_tables_inside_tables():
    inner = table(row(cell("4"), cell("5")))
    alone = table(row(cell("甲"), cell("1"), cell("2")), row(cell("乙"), cell("3"), f"<w:tc>{inner}<w:p/></w:tc>"))
    assert shown(read_docx(docx_bytes(alone))) == [[["甲", "1", "2"], ["乙", "3", ""]], [["4", "5"]]]
    framed = table(row(f"<w:tc>{paragraph(run('甲'))}{inner}{paragraph(run('乙'))}</w:tc>"))
    assert shown(read_docx(docx_bytes(framed))) == ["甲", [["4", "5"]], "乙"]


def test_images_have_a_place():
    blip = '<w:r><w:drawing><a:graphic><a:blip r:embed="rId9"/></a:graphic></w:drawing></w:r>'
    old = '<w:r><w:pict><v:imagedata r:id="rId9"/></w:pict></w:r>'
    body = paragraph(run("甲")) + paragraph(blip) + table(row(cell("1"), f"<w:tc>{paragraph(old)}</w:tc>"))
    assert read_docx(docx_bytes(body)).images == (Place(line=1), Place(table=1, row=1, column=2))


# ---- files


def test_the_main_part_is_found_by_its_relation_and_names_do_not_mind_case_or_slashes():
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/Text/Body2.xml"/>'
        "</Relationships>"
    )
    document = element("document", f"<w:body>{paragraph(run('甲'))}</w:body>").encode()
    assert shown(read_docx(zip_bytes({"_rels\\.rels": relations.encode(), "text\\BODY2.xml": document}))) == ["甲"]
    assert shown(read_docx(zip_bytes({"word/document.xml": document}))) == ["甲"]


def test_parts_may_be_in_utf16():
    document = element("document", f"<w:body>{listed('甲')}</w:body>").replace("UTF-8", "UTF-16").encode("utf-16")
    numbering = element("numbering", DEFINITION + LIST).encode()
    relations = docx_bytes("")
    with zipfile.ZipFile(io.BytesIO(relations)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    content = zip_bytes({**parts, "word/document.xml": document, "word/numbering.xml": numbering})
    assert shown(read_docx(content)) == ["一、甲"]


def encrypted_entry(content: bytes) -> bytes:
    """The archive with the flag for encryption set on every entry."""
    changed = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(signature)
        while place >= 0:
            changed[place + offset] |= 1
            place = changed.find(signature, place + 4)
    return bytes(changed)


PLAIN = docx_bytes(paragraph(run("甲")))
COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "not_docx", id="an empty file"),
        pytest.param(b"<html>", "not_docx", id="a page"),
        pytest.param(COMPOUND_FILE, "not_docx", id="an old Word document"),
        pytest.param(COMPOUND_FILE + "EncryptedPackage".encode("utf-16-le"), "encrypted", id="a password"),
        pytest.param(encrypted_entry(PLAIN), "encrypted", id="an encrypted archive"),
        pytest.param(zip_bytes({"xl/workbook.xml": b"<workbook/>"}), "not_docx", id="another kind of archive"),
        pytest.param(zip_bytes({"word/document.xml": b"<x/>"}), "not_docx", id="another kind of XML"),
        pytest.param(PLAIN[:300], "damaged_docx", id="a file cut off"),
        pytest.param(b"PK\x03\x04" + bytes(50), "damaged_docx", id="an archive without a directory"),
        pytest.param(
            zip_bytes({"word/document.xml": element("document", "").encode()[:-9]}), "damaged_docx", id="XML cut off"
        ),
        pytest.param(
            zip_bytes({"word/document.xml": b"<?xml version='1.0' encoding='gb2312'?><x/>"}),
            "damaged_docx",
            id="XML in an encoding of several bytes",
        ),
        pytest.param(
            zip_bytes({"word/document.xml": b"<?xml version='1.0' encoding='none'?><x/>"}),
            "damaged_docx",
            id="XML in an encoding that does not exist",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, code: str):
    assert code_of(content) == code


@pytest.mark.parametrize(
    "declaration",
    [
        pytest.param('<!DOCTYPE w:document [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>', id="entities"),
        pytest.param('<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/hostname">]>', id="an external entity"),
        pytest.param('<!DOCTYPE w:document SYSTEM "document.dtd">', id="an external document type"),
    ],
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/numbering.xml", "_rels/.rels"])
def test_document_types_are_refused(declaration: str, part: str):
    whole = docx_bytes(listed("甲"), numbering=DEFINITION + LIST)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    begun, separator, rest = parts[part].partition(b"?>\n")
    parts[part] = begun + separator + declaration.encode() + rest if separator else declaration.encode() + begun
    assert code_of(zip_bytes(parts)) == "unsafe_docx"


def test_a_damaged_byte_is_noticed():
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        start = archive.getinfo("word/document.xml").header_offset + 60
    assert code_of(PLAIN[:start] + bytes([PLAIN[start] ^ 255]) + PLAIN[start + 1 :]) == "damaged_docx"


BOMBS: dict[str, Callable[[], bytes]] = {
    "a part that unpacks too far": lambda: zip_bytes({"word/document.xml": b" " * 4_000_000}),
    "a part that is too large": lambda: zip_bytes({"word/document.xml": bytes(docx_package.LARGEST_PART + 1)}),
    "too many entries": lambda: zip_bytes({f"{place}": b"" for place in range(docx_package.MOST_ENTRIES + 1)}),
    "too many cells": lambda: docx_bytes(table(row("<w:tc/>" * MOST_CELLS, "<w:tc/>"))),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_files_without_measure_are_refused(bomb: str):
    assert code_of(BOMBS[bomb]()) == "too_large"


def test_files_that_are_too_large_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(docx_package, "LARGEST_FILE", 100)
    assert code_of(PLAIN) == "too_large"


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        pytest.param("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", id="content controls"),
        pytest.param("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", id="tables"),
        pytest.param("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>", id="text boxes"),
    ],
)
def test_deep_nesting_does_no_harm(opening: str, closing: str):
    deep = 20_000
    filler = "".join(f"<!-- {number} -->" for number in range(deep))  # keeps the file from packing too well
    body = opening * deep + paragraph(run("深")) + filler + closing * deep
    assert lines(body + paragraph(run("后"))) == ["深", "后"]


TAGS = (
    *("w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:pPr", "w:rPr", "w:trPr", "w:tcPr", "w:del", "w:vMerge", "w:br"),
    *("w:vanish", "w:numPr", "w:sdtPr", "w:txbxContent", "mc:AlternateContent", "mc:Choice", "mc:Fallback"),
)
TREES = st.recursive(
    st.sampled_from([f"<{tag}/>" for tag in TAGS]) | st.sampled_from(["甲", "1", FIELD.format("2")]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", st.sampled_from(TAGS), st.lists(inner, max_size=4)
    ),
    max_leaves=40,
)


@given(TREES)
def test_no_order_of_elements_breaks_the_reader(body: str):
    for block in read_docx(docx_bytes(body)).blocks:
        if isinstance(block, TextLine):
            assert block.text.strip()
            assert "\n" not in block.text
        else:
            positions = [
                (down, across)
                for one in block.cells
                for down in range(one.row, one.row + one.row_span)
                for across in range(one.column, one.column + one.column_span)
            ]
            assert len(positions) == len(set(positions))


@given(st.integers(0, len(PLAIN) - 1), st.integers(1, 255))
def test_no_changed_byte_breaks_the_reader(place: int, change: int):
    codes = set()
    try:
        read_docx(PLAIN[:place] + bytes([PLAIN[place] ^ change]) + PLAIN[place + 1 :])
    except ReaderError as error:
        codes = {error.code}
    assert codes <= {"damaged_docx", "not_docx", "encrypted", "too_large", "unsafe_docx"}


# ---- whole reports


@pytest.mark.parametrize("printer", DOCX_PRINTERS, ids=lambda printer: printer.__name__)
@pytest.mark.parametrize("seed", range(12))
def test_every_block_of_a_generated_report_comes_back(printer: DocumentPrinter, seed: int):
    sheet = random_report(seed).sheet
    expected: list[str | list[str]] = [*sheet.title, *sheet.front_matter]
    for section in sheet.sections:
        expected += [line for line in (section.heading, *section.paragraphs) if line]
        if section.table in sheet.tables:
            expected.append([one.text for cells in grid_of(sheet.tables[section.table]) for one in cells])
        expected += section.notes
    found = [
        block.text if isinstance(block, TextLine) else [one.text for one in block.cells]
        for block in read_docx(printer(sheet, Random(seed))).blocks
    ]
    expected += sheet.closing
    if printer is numbered_document:  # it numbers its headings itself, in whatever order they are
        found, expected = ([block for block in blocks if str(block)[1:2] != "、"] for blocks in (found, expected))
    assert found == expected


def test_headings_that_are_numbered_automatically_come_back_with_their_numbers():
    sheet = marked_report().sheet
    found = [
        block.text for block in read_docx(numbered_document(sheet, Random(1))).blocks if isinstance(block, TextLine)
    ]
    headings = [section.heading for section in sheet.sections]
    assert [line for line in found if line in headings] == headings


@pytest.mark.parametrize("printer", DOCX_PRINTERS, ids=lambda printer: printer.__name__)
def test_all_200_numbers_stand_in_their_places(printer: DocumentPrinter):
    sheet = marked_report().sheet
    found = {
        (grid.place.table, one.row, one.column): one.text
        for grid in grids(read_docx(printer(sheet, Random(1))))
        for one in grid.cells
        if one.text.isdigit()
    }
    expected = {
        (number, down, across): slot.text
        for number, name in enumerate(("proactive", "requests", "review"), 1)
        for down, slots in enumerate(table_slots(sheet.tables[name]))
        for across, slot in enumerate(slots)
        if slot.kind is Kind.VALUE and slot.merge is Merge.OWN
    }
    assert len(expected) == 200
    assert int(min(expected.values())) == FIRST_VALUE
    assert found == expected


@pytest.mark.parametrize("printer", DOCX_PRINTERS, ids=lambda printer: printer.__name__)
def test_reports_read_from_documents_are_what_was_printed(printer: DocumentPrinter):
    for number, generated in enumerate(random_reports(24, seed=printer.__name__)):
        report = read_report(printer(generated.sheet, Random(number)), f"{number}.docx")
        assert {name: report.cells[name].value for name in generated.cells} == generated.cells
        assert (report.agency, report.year) == (generated.agency, generated.year)
        assert len(report.sections) == len(generated.sheet.sections)
