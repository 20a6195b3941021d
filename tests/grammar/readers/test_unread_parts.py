"""What a document shows without a reader that reads it: images, objects, embedded parts and forms, in every format."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

from disclosure_checks.grammar.model.source_document import FORM, IMAGE, OBJECT, PART, SourceDocument
from disclosure_checks.grammar.readers.html.reader import read_html
from disclosure_checks.grammar.readers.office import libreoffice
from disclosure_checks.grammar.readers.open_document.spreadsheet import read_ods
from disclosure_checks.grammar.readers.pdf.reader import read_pdf
from disclosure_checks.grammar.readers.sheet.xlsx import read_xlsx
from disclosure_checks.grammar.readers.word.reader import read_docx
from tests.generation.documents.docx import docx_bytes

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PREVIEW = '<v:shape><v:imagedata r:id="rId9"/></v:shape>'
OLE = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" ProgID="Excel.Sheet.12"/>'
CHART = (
    '<w:drawing><a:graphic><a:graphicData><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' r:id="rId8"/></a:graphicData></a:graphic></w:drawing>'
)
DIAGRAM = CHART.replace("c:chart xmlns:c", "dgm:relIds xmlns:dgm").replace("/chart", "/diagram")


def kinds(document: SourceDocument) -> list[str]:
    return [part.kind for part in document.unread_parts]


@pytest.mark.parametrize(
    ("run", "kind"),
    [
        pytest.param(PREVIEW, IMAGE, id="an image"),
        pytest.param(f"<w:object>{PREVIEW}{OLE}</w:object>", OBJECT, id="a workbook with the image of it"),
        pytest.param(f"<w:object>{OLE}</w:object>", OBJECT, id="a workbook without an image"),
        pytest.param(CHART, OBJECT, id="a chart"),
        pytest.param(DIAGRAM, OBJECT, id="a diagram"),
        pytest.param(f"<w:object>{PREVIEW}<w:control/></w:object>", FORM, id="a control of a form"),
        pytest.param("<w:pict><w:control/></w:pict>", FORM, id="a control that is drawn"),
    ],
)
def test_word_documents(run: str, kind: str) -> None:
    assert kinds(read_docx(docx_bytes(f"<w:p><w:r>{run}</w:r></w:p>"))) == [kind]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.rtf", b"{\\rtf1 x}"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.bin", bytes(range(256))),
    ],
    ids=["rich text", "an old Word document", "bytes of no text"],
)
def test_parts_of_word_documents(name: str, content: bytes) -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/aFChunk" Target="{name}"/></Relationships>'
    )
    more = {"word/_rels/document.xml.rels": relations}
    packed = io.BytesIO(docx_bytes('<w:altChunk r:id="rId1"/>', more=more))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(f"word/{name}", content)
    assert kinds(read_docx(packed.getvalue())) == [PART]


def test_documents_that_libreoffice_converts(monkeypatch: pytest.MonkeyPatch) -> None:
    converted = docx_bytes(f"<w:p><w:r><w:object>{OLE}</w:object></w:r></w:p>")
    monkeypatch.setattr(libreoffice, "_program", lambda: "soffice")
    monkeypatch.setattr(libreoffice, "_converted", lambda *_: converted)
    for content, layout in ((b"{\\rtf1 x}", "rtf"), (b"PK\x03\x04mimetype", "odt")):
        document = libreoffice.read_office(content)
        assert (document.layout, kinds(document)) == (layout, [OBJECT])


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ('<img src="a.png">', IMAGE),
        ('<object data="a.swf">请安装插件</object>', OBJECT),
        ('<embed src="a.pdf">', OBJECT),
        ("<canvas></canvas>", OBJECT),
        ('<iframe src="a.html">不支持框架</iframe>', PART),
        ('<iframe src="a.html"></iframe>', PART),
        ("<table><tr><td>规章</td><td><input></td></tr></table>", FORM),
        ('<table><tr><td>规章</td><td><input type="number"></td></tr></table>', FORM),
    ],
)
def test_pages(inside: str, kind: str) -> None:
    assert kinds(read_html(f"<html><body><p>三</p>{inside}</body></html>".encode())) == [kind]


@pytest.mark.parametrize(
    "inside",
    [
        "<p>搜索<input></p>",
        '<table><tr><td>规章</td><td><input value="0"></td></tr></table>',
        '<table><tr><td>规章</td><td><input type="hidden"></td></tr></table>',
        '<iframe src="a.html" style="display:none"></iframe>',
        "<svg></svg>",
    ],
    ids=["a field to search", "a field with its value", "a hidden field", "a hidden frame", "a drawn symbol"],
)
def test_what_is_no_unread_part_of_a_page(inside: str) -> None:
    assert kinds(read_html(f"<html><body>{inside}</body></html>".encode())) == []


def workbook(related: str = "", chart: bool = False) -> bytes:
    """A workbook with a chart, or with a relation of a kind to a part."""
    book = Workbook()
    book.active["A1"] = "一"
    if chart:
        book.active.add_chart(BarChart(), "B2")
    saved = io.BytesIO()
    book.save(saved)
    if related:
        with zipfile.ZipFile(saved, "a") as archive:
            archive.writestr(
                "xl/worksheets/_rels/sheet1.xml.rels",
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="rId1" Type="{OFFICE}/{related}" Target="../embeddings/a.bin"/></Relationships>',
            )
    return saved.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (workbook(chart=True), OBJECT),
        (workbook("oleObject"), OBJECT),
        (workbook("package"), OBJECT),
        (workbook("control"), FORM),
        (workbook("ctrlProp"), FORM),
    ],
    ids=["a chart", "an old object", "a document", "a control", "a control of a form"],
)
def test_workbooks(content: bytes, kind: str) -> None:
    assert kinds(read_xlsx(content)) == [kind]


@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        ("<draw:frame><draw:image/></draw:frame>", IMAGE),
        ("<draw:frame><draw:object/></draw:frame>", OBJECT),
        ("<draw:frame><draw:object-ole/></draw:frame>", OBJECT),
        ("<draw:control/>", FORM),
    ],
)
def test_open_document_sheets(shown: str, kind: str) -> None:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
        f'xmlns:text="{names}:text:1.0" xmlns:draw="{names}:drawing:1.0" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>'
        f"<table:table><table:table-row><table:table-cell><text:p>一</text:p>{shown}</table:table-cell>"
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document>"
    )
    assert kinds(read_ods(content.encode())) == [kind]


def pdf(catalog: str = "", page: str = "", more: str = "") -> bytes:
    """A page that prints a word; what is added to its catalog and page, and objects from number 6 on."""
    text = "BT /F1 12 Tf 72 700 Td (report) Tj ET"
    return (
        "%PDF-1.7\n"
        f"1 0 obj <</Type /Catalog /Pages 2 0 R {catalog}>> endobj\n"
        "2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj\n"
        "3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        f"/Resources <</Font <</F1 5 0 R>>>> {page}>> endobj\n"
        f"4 0 obj <</Length {len(text)}>> stream\n{text}\nendstream endobj\n"
        "5 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj\n"
        f"{more}trailer <</Root 1 0 R>>\n%%EOF\n"
    ).encode()


FILE = "6 0 obj <</Type /Filespec /F (a.xls) /EF <</F 7 0 R>>>> endobj\n7 0 obj <</Length 1>> stream\nx\nendstream endobj\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf("/AcroForm <</Fields [] /XFA 6 0 R>>", more="6 0 obj <</Length 1>> stream\nx\nendstream endobj\n"), FORM),
        (pdf("/Names <</EmbeddedFiles <</Names [(a) 6 0 R]>>>>", more=FILE), PART),
        (pdf(page="/Annots [<</Subtype /FileAttachment /Rect [9 9 30 30] /FS 6 0 R>>]", more=FILE), PART),
        (pdf(page="/Annots [<</Subtype /RichMedia /Rect [9 9 300 300]>>]"), OBJECT),
        (pdf(page="/Annots [<</Subtype /3D /Rect [9 9 300 300]>>]"), OBJECT),
        (pdf(page="/Annots [<</Subtype /Screen /Rect [9 9 300 300]>>]"), OBJECT),
    ],
    ids=["a form in XML", "a file inside", "a file on a page", "a program", "a space", "a film"],
)
def test_pdf(content: bytes, kind: str) -> None:
    assert kinds(read_pdf(content)) == [kind]
