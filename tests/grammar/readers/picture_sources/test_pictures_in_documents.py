"""Images that may be tables are at hand wherever a document shows them; what is seen in them stands in their place."""

from __future__ import annotations

import base64
import io
import struct
import subprocess
import sys
import zipfile

import pytest

from disclosure_checks.grammar.model.source_document import Grid, SourceDocument
from disclosure_checks.grammar.readers.decoding import decode, decode_with_pictures, picture_numbers
from disclosure_checks.grammar.readers.picture_sources.access import MOST_PICTURES
from disclosure_checks.grammar.readers.picture_sources.image_header import frame_count, may_show_table, pixel_size


def png(width: int = 400, height: int = 300) -> bytes:
    """No more than the beginning of a PNG file: nothing more is looked at here."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\x00\x00\x00"


PNG, LOGO = png(), png(120, 90)
DATA = base64.b64encode(PNG).decode()
DRAWING = '<w:r><w:drawing><a:blip r:embed="{}"/></w:drawing></w:r>'
WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>{}</w:body></w:document>'
)


def docx(body: str, **images: bytes) -> bytes:
    """A Word document and the images that its relations name."""
    content = io.BytesIO()
    relations = "".join(
        f'<Relationship Id="{name}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
        f' Target="media/{name}.png"/>'
        for name in images
    )
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", WORD.format(body))
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
        )
        for name, image in images.items():
            archive.writestr(f"word/media/{name}.png", image)
    return content.getvalue()


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def text(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


CELL = "<w:tc><w:p>{}</w:p></w:tc>"
MHT = (
    'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html\n'
    'Content-Location: http://a.example/x/page.html\n\n<p>一</p><img src="{source}"><p>二</p>\n--b\n'
    "Content-Type: image/png\nContent-Location: http://a.example/x/files/t.png\nContent-ID: <t@x>\n"
    f"Content-Transfer-Encoding: base64\n\n{DATA}\n--b--\n"
)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(
            docx(paragraph(text("一")) + paragraph(DRAWING.format("t")) + paragraph(text("二")), t=PNG),
            "report.docx",
            id="between the paragraphs of a Word document",
        ),
        pytest.param(
            docx(
                paragraph(text("一"))
                + paragraph('<w:r><w:pict><v:imagedata r:id="t"/></w:pict></w:r>')
                + paragraph(text("二")),
                t=PNG,
            ),
            "report.docx",
            id="as an old picture of Word",
        ),
        pytest.param(
            f'<p>一</p><img src="data:image/png;base64,{DATA}"><p>二</p>'.encode(),
            "page.html",
            id="in the text of a page",
        ),
        *(
            pytest.param(MHT.format(source=source).encode(), "page.mht", id=f"in a web archive, as {source}")
            for source in ("http://a.example/x/files/t.png", "files/t.png", "./files/t.png", "cid:t@x")
        ),
    ],
)
def test_an_image_is_at_hand_with_its_place_among_the_blocks(content, name):
    document = decode(content, name)
    assert [(one.content, one.blocks_before) for one in document.pictures] == [(PNG, 1)]
    assert len(document.images) == 1


def test_an_image_in_a_cell_of_data_stands_behind_its_table():
    row = "<w:tr>" + CELL.format(text("1")) + CELL.format(text("2") + DRAWING.format("t")) + "</w:tr>"
    document = decode(docx(f"<w:tbl>{row}{row}</w:tbl>" + paragraph(text("二")), t=PNG), "report.docx")
    assert {one.blocks_before for one in document.pictures} == {1}


def test_logos_and_what_is_no_image_are_shown_and_no_more():
    body = "".join(paragraph(DRAWING.format(name)) for name in ("a", "b", "c")) + paragraph(text("一"))
    document = decode(docx(body, a=LOGO, b=b"no image"), "report.docx")
    assert document.pictures == ()
    assert len(document.images) == 3


def test_of_500_images_no_more_than_60_are_looked_at():
    page = "<p>一</p>" + f'<img src="data:image/png;base64,{DATA}">' * 500
    document = decode(page.encode(), "page.html")
    assert (len(document.pictures), len(document.images)) == (MOST_PICTURES, 500)
    assert len(picture_numbers(page.encode(), "page.html")) == MOST_PICTURES


def test_what_is_seen_stands_where_the_image_stood_and_its_tables_are_told_from_others():
    pytest.importorskip("PIL", reason="the extra pictures is not installed")
    from tests.generation.pictures.stand_in import seen

    page = f'<p>一</p><table><tr><td>a</td><td>1</td></tr></table><img src="data:image/png;base64,{DATA}"><p>二</p>'
    document = decode_with_pictures(page.encode(), "page.html", {1: seen(1)})
    assert [block.text for block in (document.blocks[0], document.blocks[-1])] == ["一", "二"]
    assert document.images == ()
    places = [cell.place for block in document.blocks if isinstance(block, Grid) for cell in block.cells]
    assert len(places) == len(set(places))
    assert {number.place.page for number in document.recognised} == {1}


def test_an_image_in_which_nothing_was_seen_stays_one():
    page = f'<p>一</p><img src="data:image/png;base64,{DATA}">'.encode()
    assert decode_with_pictures(page, "page.html", {}) == decode(page, "page.html")
    assert isinstance(decode(page, "page.html"), SourceDocument)


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (PNG, (400, 300)),
        (b"GIF89a" + struct.pack("<HH", 7, 9), (7, 9)),
        (b"BM" + bytes(16) + struct.pack("<ii", 5, -6), (5, 6)),
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 20, 30), (30, 20)),
        (b"II*\x00\x08\x00\x00\x00\x02\x00" + struct.pack("<HHIIHHIII", 256, 4, 1, 64, 257, 3, 1, 32, 0), (64, 32)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8X" + bytes(8) + b"\x3f\x00\x00\x1f\x00\x00", (64, 32)),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8\xff\xe0", None),
        (b"text", None),
    ],
)
def test_the_size_of_an_image_is_told_by_its_header(content, size):
    assert pixel_size(content) == size


def test_a_chain_of_pages_that_leads_back_ends():
    page = struct.pack("<HI", 0, 8)
    assert frame_count(b"II*\x00\x08\x00\x00\x00" + page) == 1
    assert not may_show_table(b"II*\x00\x08\x00\x00\x00" + page)


def test_the_base_imports_nothing_of_the_extra():
    code = (
        "import sys; import disclosure_checks.runner.pipeline.run, disclosure_checks.runner.reading.reading_tasks;"
        "print([name for name in ('PIL', 'cv2', 'onnxruntime', 'rapidocr') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
