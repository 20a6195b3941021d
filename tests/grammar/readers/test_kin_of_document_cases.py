"""The kin of the cases of odd documents: the same number by other means, in other files. It is 21, and nothing is found."""

from __future__ import annotations

import base64
import io
import quopri
import re
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

import pytest

from disclosure_checks.grammar.model.report import CellStatus, Report
from disclosure_checks.rules.spec.model.specification import Severity
from tests.checking import ROOT, failed, findings_of, read
from tests.generation.table_format import cell_ids

FOLDER = ROOT / "tests" / "fixtures" / "document_cases"
CELL = "requests.new_received.natural_person"


def case(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def with_parts(package: bytes, changed: Mapping[str, str], more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A package with texts in its parts replaced, each of which must be there, and with parts added."""
    found = io.BytesIO()
    left = dict(changed)
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            for before, after in changed.items():
                if before.encode() in text:
                    text = text.replace(before.encode(), after.encode())
                    left.pop(before, None)
            new.writestr(name, text)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    assert not left, left
    return found.getvalue()


def assert_21(content: bytes, name: str, *, odd: bool = False) -> Report:
    """The file is the report of the case, with 21 in the one cell; ``odd``: that is oddly typed."""
    report = read(content, name)
    assert (report.cells[CELL].value, report.cells[CELL].status) == (21, CellStatus.READ), report.cells[CELL]
    others = [cell for cell in cell_ids() if report.cells[cell].status is not CellStatus.READ]
    assert not others
    found = failed(findings_of([report])[name], Severity.ERROR, Severity.LIKELY, Severity.ADVISORY)
    assert {finding.rule for finding in found} == ({"values.oddly_typed"} if odd else set())
    return report


# ---- Word

RUN = "<w:r><w:t>{}</w:t></w:r>"
MARKED = RUN.format(21) + '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>1</w:t></w:r>'
STYLE = '<w:style w:type="character" w:styleId="{}"><w:rPr>{}</w:rPr></w:style>'
STYLES = (
    STYLE.format("Raised", '<w:vertAlign w:val="superscript"/>')
    + STYLE.format("Kin", "").replace("<w:rPr>", '<w:basedOn w:val="Raised"/><w:rPr>')
    + STYLE.format("Moved", '<w:position w:val="8"/>')
    + STYLE.format("Struck", "<w:strike/>")
    + STYLE.format("Twice", "<w:dstrike/>")
    + STYLE.format("Gone", "<w:vanish/>")
)


def word_runs(*runs: tuple[str, str]) -> str:
    """Runs of properties and text."""
    return "".join(f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>" for properties, text in runs)


def form(entries: str, *, result: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{entries}</w:ddList></w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>{result}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def alternatives(required: str, choice: str, fallback: str) -> str:
    return (
        f'<w:r xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:odd="urn:odd" '
        f'xmlns:own="http://schemas.microsoft.com/office/word/2010/wordml">'
        f'<mc:AlternateContent><mc:Choice Requires="{required}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )


ENTRIES = "".join(f'<w:listEntry w:val="{number}"/>' for number in (3, 21, 7))
STORED = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + RUN.format(21)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(word_runs(("", "21"), ('<w:rStyle w:val="Raised"/>', "1")), id="a style that raises"),
        pytest.param(word_runs(("", "21"), ('<w:rStyle w:val="Kin"/>', "1")), id="a style based on one that raises"),
        pytest.param(word_runs(("", "21"), ('<w:rStyle w:val="Moved"/>', "1")), id="a style of a position"),
        pytest.param(word_runs(("", "21"), ('<w:position w:val="6"/>', "1")), id="a position"),
        pytest.param(word_runs(("", "21"), ('<w:position w:val="-6"/>', "1")), id="a position below the line"),
        pytest.param(word_runs(("", "21"), ('<w:vertAlign w:val="subscript"/>', "1")), id="lowered"),
        pytest.param(word_runs(("", "21"), ('<w:vertAlign w:val="superscript"/>', "[1]")), id="raised in brackets"),
        pytest.param(word_runs(("", "21"), ('<w:vertAlign w:val="superscript"/>', "①")), id="raised and circled"),
        pytest.param(word_runs(('<w:vertAlign w:val="superscript"/>', "1"), ("", "21")), id="before the number"),
        pytest.param(word_runs(('<w:vertAlign w:val="superscript"/>', "21")), id="a number raised as a whole"),
        pytest.param(word_runs(('<w:rStyle w:val="Struck"/>', "88"), ("", "21")), id="struck by a style"),
        pytest.param(word_runs(('<w:rStyle w:val="Twice"/>', "88"), ("", "21")), id="struck twice by a style"),
        pytest.param(word_runs(("<w:dstrike/>", "88"), ("", "21")), id="struck twice"),
        pytest.param(word_runs(('<w:rStyle w:val="Gone"/>', "88"), ("", "21")), id="hidden by a style"),
        pytest.param(f"<w:del><w:r><w:delText>88</w:delText></w:r></w:del>{RUN.format(21)}", id="deleted"),
        pytest.param(form('<w:result w:val="1"/>' + ENTRIES), id="the choice of a list"),
        pytest.param(form('<w:default w:val="1"/>' + ENTRIES), id="the choice that a list begins with"),
        pytest.param(form(ENTRIES.replace('"3"', '"21"')), id="the first of a list"),
        pytest.param(form('<w:result w:val="0"/>' + ENTRIES, result=STORED), id="a list that stores what it shows"),
        pytest.param(
            f"<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>{RUN.format(21)}</w:sdtContent></w:sdt>",
            id="a content control",
        ),
        pytest.param(alternatives("odd", "<w:t>88</w:t>", "<w:t>21</w:t>"), id="an unknown extension with text"),
        pytest.param(alternatives("nowhere", "<w:t>88</w:t>", "<w:t>21</w:t>"), id="a prefix that nothing declares"),
        pytest.param(alternatives("own", "<w:t>21</w:t>", "<w:t>88</w:t>"), id="a known extension of another prefix"),
        pytest.param(alternatives("own odd", "<w:t>88</w:t>", "<w:t>21</w:t>"), id="two extensions, one unknown"),
        pytest.param(alternatives("own", "<own:x/>", "<w:t>21</w:t>"), id="a known extension that shows nothing"),
    ],
)
def test_a_number_of_a_word_document(content: str) -> None:
    document = with_parts(case("02a_note_mark_by_style.docx"), {MARKED: content, "</w:styles>": STYLES + "</w:styles>"})
    assert_21(document, "report.docx")


@pytest.mark.parametrize(
    "field",
    [
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =SUM(LEFT) </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            id="of several parts",
        ),
        pytest.param('<w:fldSimple w:instr=" =SUM(LEFT) "/>', id="of one element"),
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM</w:instrText></w:r>'
            "<w:r><w:instrText>(LEFT)</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
            id="with an empty result",
        ),
    ],
)
def test_a_formula_of_a_word_table_that_has_no_result_is_shown_as_one(field: str) -> None:
    document = with_parts(case("02a_note_mark_by_style.docx"), {MARKED: field})
    cell = read(document, "report.docx").cells[CELL]
    assert (cell.status, cell.text) == (CellStatus.UNREADABLE, "=SUM(LEFT)")


def test_a_formula_of_a_word_table_shows_its_result() -> None:
    field = f'<w:fldSimple w:instr=" =SUM(LEFT) ">{RUN.format(21)}</w:fldSimple>'
    assert_21(with_parts(case("02a_note_mark_by_style.docx"), {MARKED: field}), "report.docx")


def page_of(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(case(name))) as package:
        return package.read("word/afchunk.html")


@pytest.mark.parametrize("kind", ["a web archive", "a web archive in base64", "a Word document", "a page in GB18030"])
def test_a_part_of_another_format_that_a_word_document_embeds(kind: str) -> None:
    page = page_of("06a_altchunk_whole.docx")
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n"
    part = {
        "a web archive": head
        + b"Content-Transfer-Encoding: quoted-printable\n\n"
        + quopri.encodestring(page)
        + b"\n--b--",
        "a web archive in base64": head
        + b"Content-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(page)
        + b"--b--",
        "a Word document": with_parts(case("02a_note_mark_by_style.docx"), {}),
        "a page in GB18030": page.decode().replace("utf-8", "gbk").encode("gb18030"),
    }[kind]
    document = with_parts(
        case("06a_altchunk_whole.docx"), {"/word/afchunk.html": "/word/part.bin"}, {"word/part.bin": part}
    )
    assert_21(document, "report.docx")


def flat(package: bytes) -> str:
    """A package in one file of XML."""
    parts: list[str] = []
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
                text = re.sub(r"^\s*<\?xml[^>]*>", "", part.decode())
                parts.append(f'<p:part p:name="/{name}"><p:xmlData>{text}</p:xmlData></p:part>')
            elif name != "[Content_Types].xml":
                data = base64.encodebytes(part).decode()
                parts.append(f'<p:part p:name="/{name}"><p:binaryData>{data}</p:binaryData></p:part>')
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return f'<?xml version="1.0"?><p:package xmlns:p="{space}">{"".join(parts)}</p:package>'


@pytest.mark.parametrize("name", ["report.xml", "report.doc", "report.docx", "report.txt"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("of", ["02a_note_mark_by_style.docx", "06a_altchunk_whole.docx"])
def test_a_package_in_one_file_whatever_it_is_called(of: str, encoding: str, name: str) -> None:
    assert_21(flat(case(of)).encode(encoding), name)


WORD_2003 = "<w:p><w:r><w:t>21</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "", id="as it is"),
        pytest.param(
            WORD_2003,
            '<w:p><w:r><w:t>21</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r></w:p>',
            id="a raised mark",
        ),
        pytest.param(
            WORD_2003,
            '<w:p><aml:annotation xmlns:aml="http://schemas.microsoft.com/aml/2001/core" w:type="Word.Deletion">'
            "<aml:content><w:r><w:t>88</w:t></w:r></aml:content></aml:annotation><w:r><w:t>21</w:t></w:r></w:p>",
            id="a deletion",
        ),
        pytest.param(
            "<w:body>",
            '<w:styles><w:style w:styleId="x"><w:rPr><w:vanish/></w:rPr></w:style></w:styles><w:body>',
            id="styles of its own",
        ),
        pytest.param(
            "</w:body>",
            "<w:sectPr><w:hdr><w:p><w:r><w:t>88</w:t></w:r></w:p></w:hdr></w:sectPr></w:body>",
            id="a header",
        ),
        pytest.param(
            "<w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p>",
            '<w:p><w:pPr><w:listPr><wx:t xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" wx:val="一、"/>'
            "</w:listPr></w:pPr><w:r><w:t>总体情况</w:t></w:r></w:p>",
            id="a heading numbered by itself",
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_of_word_2003(before: str, after: str, encoding: str) -> None:
    text = case("09a_word2003xml.doc").decode()
    assert before in text
    text = text.replace(before, after, 1) if before else text
    assert_21(text.encode(encoding), "report.doc")


# ---- pages, and what is saved of them

SPAN = '21<span style="vertical-align:super">1</span>'


@pytest.mark.parametrize(
    "written",
    [
        "21<sub>1</sub>",
        "21<sup>[1]</sup>",
        "21<sup>（1）</sup>",
        '21<span class="note">1</span>',
        '<span class="gone">88</span>21',
        "<del>88</del><ins>21</ins>",
        '21<a href="#n1"><sup>1</sup></a>',
        '21<font style="position:relative;top:-3pt;font-size:7pt">1</font>',
        "<span style='mso-hide:all'>88</span>21",
        "<input value=21>",
        "<input type='number' value='21' disabled>",
        "<textarea rows=1>21</textarea>",
        "<select><option>3</option><option selected>21</option></select>",
        "<select><option>21</option><option>3</option></select>",
        "<input value=21 list=all><datalist id=all><option>3</option><option>21</option></datalist>",
        '<div style="transform: rotate(-30deg)">内部 2024</div>21',
        '<div style="transform: rotate(0deg)">21</div>',
    ],
)
def test_a_number_of_a_page(written: str) -> None:
    styles = (
        "<style>.note{font-size:70%;vertical-align:super} td .x{} .gone{text-decoration: line-through;}</style></head>"
    )
    page = case("02b_note_mark_vertical_align.html").decode()
    assert SPAN in page
    assert_21(page.replace(SPAN, written).replace("</head>", styles).encode(), "report.html")


@pytest.mark.parametrize("name", ["report.doc", "report.xls", "report.mht", "report.txt"])
@pytest.mark.parametrize("encoded", ["base64", "quoted-printable", "8bit"])
def test_a_web_archive_whatever_it_is_called(encoded: str, name: str) -> None:
    page = case("02b_note_mark_vertical_align.html")
    body = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes}[encoded](page)
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_x"\r\n\r\n------=_x\r\n'
    part = (
        f"Content-Location: file:///C:/1.htm\r\nContent-Transfer-Encoding: {encoded}\r\nContent-Type: text/html\r\n\r\n"
    )
    assert_21((head + part).encode() + body + b"\r\n------=_x--", name)


# ---- workbooks

RICH = '<is><r><rPr/><t>21</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></is>'


@pytest.mark.parametrize(
    "content",
    [
        "<is><r><rPr><strike/></rPr><t>88</t></r><r><t>21</t></r></is>",
        '<is><r><rPr><strike val="1"/></rPr><t>88</t></r><r><rPr><strike val="0"/></rPr><t>21</t></r></is>',
        '<is><r><t>21</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>1</t></r></is>',
        '<is><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r><r><t>21</t></r></is>',
        "<is><t>21¹</t></is>",
    ],
)
def test_a_number_of_rich_text_in_a_workbook(content: str) -> None:
    assert_21(with_parts(case("02c_note_mark_rich_text.xlsx"), {RICH: content}), "report.xlsx")


MARKS = ["₁", "㉑", "⑴", "❶", "①", "⒈", "⓵", "➀", "*", "※", "₁₂"]


@pytest.mark.parametrize(
    "written",
    [*(f"21{mark}" for mark in [*MARKS, " ①", "（注1）", "[1]", "注①", "①、②"]), *(f"{mark}21" for mark in MARKS)],
)
def test_a_mark_that_is_typed_beside_a_number_is_odd_and_none_of_its_digits(written: str) -> None:
    text = case("02f_note_mark_subscript.txt").decode()
    assert_21(text.replace("21₁", written).encode(), "report.txt", odd=True)


@pytest.mark.parametrize("behind", ["。", "；", ";", "、", "，"])
def test_punctuation_behind_a_number_is_odd_and_no_more(behind: str) -> None:
    text = case("02f_note_mark_subscript.txt").decode()
    assert_21(text.replace("21₁", "21" + behind).encode(), "report.txt", odd=True)


@pytest.mark.parametrize("digits", ["9007199254740992", "9007199254740993", "123456789012345678901", "1" * 5000])
def test_more_digits_than_a_number_holds_are_unreadable(digits: str) -> None:
    text = case("02f_note_mark_subscript.txt").decode().replace("21₁", digits)
    assert read(text.encode()).cells[CELL].status is CellStatus.UNREADABLE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<Data ss:Type="Number">21</Data>', '<Data ss:Type="String">21</Data>'),
        (
            '<Data ss:Type="Number">21</Data>',
            '<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">21<Sup>1</Sup></ss:Data>',
        ),
        (
            '<Data ss:Type="Number">21</Data>',
            '<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><S>88</S>21</ss:Data>',
        ),
        (
            '<Data ss:Type="Number">21</Data>',
            '<Data ss:Type="Number">21</Data><Comment><ss:Data>88</ss:Data></Comment>',
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_of_excel_2003(before: str, after: str, encoding: str) -> None:
    text = case("09c_spreadsheetml.xls").decode()
    assert before in text
    assert_21(text.replace(before, after, 1).encode(encoding), "report.xls")


def test_a_workbook_of_excel_2003_in_a_chinese_encoding() -> None:
    text = (
        case("09c_spreadsheetml.xls")
        .decode()
        .replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="GB2312"?>')
    )
    assert_21(text.encode("gb18030"), "report.xml")


NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"


def open_document(number: str) -> str:
    """The rows of the workbook of Excel 2003 as an OpenDocument, the number of the one cell written otherwise."""
    space = "{urn:schemas-microsoft-com:office:spreadsheet}"
    rows: list[str] = []
    for row in ElementTree.fromstring(case("09c_spreadsheetml.xls")).iter(f"{space}Row"):
        cells, column = "", 1
        for cell in row:
            index = int(cell.get(f"{space}Index", column))
            if index > column:
                cells += f'<table:covered-table-cell table:number-columns-repeated="{index - column}"/>'
            across, down = (int(cell.get(f"{space}{name}", 0)) for name in ("MergeAcross", "MergeDown"))
            data = cell.find(f"{space}Data")
            value = (data.text or "") if data is not None else ""
            shown = number if value == "21" and index == 4 and "新收" in cells else f"<text:p>{value}</text:p>"
            spans = f'table:number-columns-spanned="{across + 1}" table:number-rows-spanned="{down + 1}"'
            cells += f"<table:table-cell {spans}>{shown}</table:table-cell>"
            cells += "<table:covered-table-cell/>" * across
            column = index + across + 1
        rows.append(f"<table:table-row>{cells}</table:table-row>")
    styles = (
        '<office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties '
        'style:text-position="super 58%"/></style:style><style:style style:name="T2" style:family="text">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles>'
    )
    body = f'<table:table table:name="表">{"".join(rows)}</table:table>'
    return (
        f'<office:document {NAMESPACES} office:mimetype="{KIND}">{styles}'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document>"
    )


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("<text:p>21</text:p>", id="as it is"),
        pytest.param('<text:p>21<text:span text:style-name="T1">1</text:span></text:p>', id="a raised mark"),
        pytest.param('<text:p><text:span text:style-name="T2">88</text:span>21</text:p>', id="struck"),
        pytest.param("<office:annotation><text:p>88</text:p></office:annotation><text:p>21</text:p>", id="a comment"),
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["one file", "packed"])
def test_an_open_document_spreadsheet(number: str, packed: bool) -> None:
    content = open_document(number).encode()
    if packed:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("mimetype", KIND)
            archive.writestr("content.xml", content)
        content = file.getvalue()
    assert_21(content, "report.ods")


def test_borders_pulled_over_a_whole_sheet_do_no_harm() -> None:
    ruled = (
        '<style:style style:name="C" style:family="table-cell"><style:table-cell-properties '
        'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" fo:border="0.5pt solid"/></style:style>'
        "</office:automatic-styles>"
    )
    rest = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:style-name="C" '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    content = open_document("<text:p>21</text:p>")
    content = content.replace("</office:automatic-styles>", ruled).replace("</table:table>", rest)
    assert_21(content.encode(), "report.fods")
