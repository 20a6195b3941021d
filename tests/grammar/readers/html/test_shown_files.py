"""What a page shows from files beside it is found by plain addresses below its folder, and read where the page shows it."""

from __future__ import annotations

import struct
from collections.abc import Mapping

import pytest

from disclosure_checks.grammar.model.source_document import PART, SourceDocument, TextLine
from disclosure_checks.grammar.readers.decoding import decode
from disclosure_checks.grammar.readers.html import packed_pages
from disclosure_checks.grammar.readers.html.packed_pages import packed_page
from disclosure_checks.grammar.readers.html.saved_pages import SavedPages
from disclosure_checks.grammar.readers.html.shown_files import MOST_FRAMES, MOST_SHOWN, relative_path, shown_files
from disclosure_checks.grammar.readers.picture_sources.access import MOST_PICTURES


def png(width: int = 400, height: int = 300, more: bytes = b"") -> bytes:
    """No more than the beginning of a PNG file, and what makes it another one."""
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\x00\x00\x00"
    return head + more


def jpeg(before: int) -> bytes:
    """The beginning of a JPEG file that says only behind so many bytes how large it is."""
    segments = b"\xff\xe1\xff\xff" + b"\0" * 0xFFFD
    frame = b"\xff\xc0" + struct.pack(">HBHH", 17, 8, 300, 400) + bytes(20)
    return b"\xff\xd8" + segments * (before // len(segments) + 1) + frame


PNG, LOGO = png(), png(120, 90)


def shown(page: bytes, **files: bytes) -> tuple[str, ...]:
    return shown_files(page, lambda path: files.get(path, b""))


def packed(page: str, files: Mapping[str, bytes]) -> bytes:
    content = page.encode()
    paths = shown_files(content, lambda path: files.get(path, b""))
    return packed_page(content, paths, lambda path, most: files.get(path, b"")[:most])


def pictures(content: bytes) -> list[bytes]:
    return [one.content for one in decode(content, "report.html").pictures]


def lines(document: SourceDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, TextLine)]


# ---- addresses


@pytest.mark.parametrize(
    ("address", "path"),
    [
        pytest.param("1.png", "1.png", id="beside the page"),
        pytest.param("./report_files/W001.webp", "report_files/W001.webp", id="in a folder below"),
        pytest.param("报告_files/表一.png", "报告_files/表一.png", id="in Chinese"),
        pytest.param("%E6%8A%A5%E5%91%8A_files/%E8%A1%A8%201.png", "报告_files/表 1.png", id="with signs written out"),
        pytest.param("report_files\\W001.png", "report_files/W001.png", id="with the separators of Windows"),
        pytest.param("report_files%5CW001.png", "report_files/W001.png", id="with such a separator written out"),
        pytest.param("1.png?v=2#top", "1.png", id="with a query and a place"),
        pytest.param("1.png%3Fv=2", "1.png?v=2", id="with a query that is part of the name"),
        pytest.param(" images/\n1.png ", "images/1.png", id="with white space around and in it"),
        pytest.param("a/../images//./1.png", "images/1.png", id="with steps that stay below the folder"),
    ],
)
def test_a_plain_address_names_a_file_below_the_folder_of_the_page(address: str, path: str):
    assert relative_path(address) == path


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("", id="nothing"),
        pytest.param("#top", id="a place in the page"),
        pytest.param("?v=2", id="a query of the page"),
        pytest.param("../1.png", id="a step up"),
        pytest.param("images/../../1.png", id="steps up behind a folder"),
        pytest.param("images/%2e%2e/%2E%2E/1.png", id="steps up written out"),
        pytest.param("images\\..\\..\\1.png", id="steps up with the separators of Windows"),
        pytest.param("..%5c1.png", id="a step up with such a separator written out"),
        pytest.param("/etc/1.png", id="an absolute path"),
        pytest.param("%2Fetc/1.png", id="an absolute path written out"),
        pytest.param("\\\\server\\share\\1.png", id="a share"),
        pytest.param("//a.example/1.png", id="another site"),
        pytest.param("https://a.example/1.png", id="an address of the web"),
        pytest.param("file:///etc/1.png", id="an address of a file"),
        pytest.param("file:1.png", id="such an address without a folder"),
        pytest.param("C:\\1.png", id="a drive"),
        pytest.param("C%3A/1.png", id="a drive written out"),
        pytest.param("C:1.png", id="a drive without a folder"),
        pytest.param("java\nscript:alert(1)", id="a scheme with a line end in it"),
        pytest.param("1.png:stream", id="a stream of a file"),
        pytest.param("1.png%00.txt", id="a zero"),
        pytest.param("a/" * 600 + "1.png", id="an address without end"),
    ],
)
def test_no_other_address_names_a_file(address: str):
    assert relative_path(address) == ""


# ---- what a page shows


@pytest.mark.parametrize(
    ("page", "paths"),
    [
        pytest.param("<p>一</p><IMG alt='>' SRC=1.png><img src='2.png'/>", ["1.png", "2.png"], id="its images in order"),
        pytest.param("<img src=1.png><img src=./1.png>", ["1.png"], id="an image twice"),
        pytest.param('<img src="b.gif" data-src="1.png">', ["b.gif", "1.png"], id="what a script puts in its place"),
        pytest.param('<img srcset="1.png 1x, 2.png 2x,3.png">', ["1.png", "2.png", "3.png"], id="several to choose from"),
        pytest.param("<img src='&#x56FE;&amp;1.png'>", ["图&1.png"], id="a name with references"),
        pytest.param("<a href='1.png'>一</a><link rel=icon href=2.ico>", [], id="no image that it links to"),
        pytest.param("<!-- <img src=1.png> --><script>'<img src=2.png>'</script>", [], id="none that a browser does not show"),
        pytest.param("<noscript><img src=1.png></noscript><template><img src=2.png></template>", [], id="nor one in a template"),
        pytest.param("<iframe><img src=1.png></iframe><xml><img src=2.png></xml>", [], id="nor in place of a frame"),
        pytest.param("<script/><img src=1.png></script><xml/><img src=2.png>", ["2.png"], id="one behind what is empty"),
        pytest.param("<!--><img src=1.png>", ["1.png"], id="one behind a comment of nothing"),
        pytest.param("<img src='data:image/png;base64,AAAA'><img src=http://a.example/1.png>", [], id="none from elsewhere"),
        pytest.param("<img src=report.html><img src=a.HTM>", [], id="no page"),
        pytest.param("<iframe src=a.html></iframe>", ["a.html"], id="the page in a frame"),
        pytest.param("<iframe src=a.pdf></iframe><embed src=1.png>", [], id="no other file in a frame"),
        pytest.param(
            "<link id=shLink href='report.files/sheet001.htm'><link href='report.files/filelist.xml'>"
            "<link id=shLink href='report.files/sheet002.htm'><frameset><frame src='report.files/sheet001.htm'></frameset>",
            ["report.files/sheet001.htm", "report.files/sheet002.htm"],
            id="the sheets of a workbook saved as pages",
        ),
        pytest.param("<img src=1.png", [], id="nothing in a tag that does not end"),
        pytest.param("<!-- <img src=1.png>", [], id="nothing in a comment that does not end"),
    ],
)  # fmt: skip
def test_a_page_shows(page: str, paths: list[str]):
    assert list(shown(page.encode())) == paths


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_names_are_read_in_the_encoding_of_the_page(encoding: str):
    page = f'<meta charset="{encoding}"><p>政府信息公开</p><img src="报告_files/表一.png">'.encode(encoding)
    assert shown(page) == ("报告_files/表一.png",)


def test_what_is_no_text_shows_nothing():
    assert shown(bytes(range(256)) * 40 + b"<img src=\xff.png>") == ()


def test_no_more_than_500_files_are_looked_for():
    page = "".join(f"<img src={number}.png>" for number in range(MOST_SHOWN + 100))
    assert len(shown(page.encode())) == MOST_SHOWN


@pytest.mark.parametrize("piece", ["<img ", "<!--", "<img '", "<script ", '<img src="', "<img src='a>", "<template>"])
def test_a_page_of_nothing_but_beginnings_is_gone_through_once(piece: str):
    assert len(shown((piece * 100_000).encode())) <= 1


# ---- a page and its files as one content


@pytest.mark.parametrize(
    "source",
    [
        "report_files/1.png",
        "./report_files/1.png",
        "report_files\\1.png",
        "report_files/1.png?v=2",
        "report%5Ffiles/1.png",
    ],
)
def test_an_image_stands_where_the_page_shows_it(source: str):
    document = decode(packed(f'<p>一</p><img src="{source}"><p>二</p>', {"report_files/1.png": PNG}), "report.html")
    assert [(one.content, one.blocks_before) for one in document.pictures] == [(PNG, 1)]
    assert lines(document) == ["一", "二"]
    assert document.layout == "html"


def test_images_of_one_name_in_two_folders_are_not_mistaken():
    files = {"a/1.png": png(more=b"a"), "b/1.png": png(more=b"b")}
    page = "<img src=1.png><img src=b/1.png><img src=a/1.png>"
    assert pictures(packed(page, files)) == [files["b/1.png"], files["a/1.png"]]


def test_an_image_of_any_bytes_comes_out_as_it_went_in():
    files = {
        f"{number}.png": png(more=end) for number, end in enumerate((b"\r\n", b"\n", b"", b"\r\n--x--\r\n", b"\0 "))
    }
    assert pictures(packed("".join(f"<img src={name}>" for name in files), files)) == list(files.values())


def test_what_a_script_puts_in_the_place_of_an_image_is_read_where_the_first_is_no_table():
    page = '<img src="blank.gif" data-original="1.png">'
    assert pictures(packed(page, {"1.png": PNG, "blank.gif": LOGO})) == [PNG]


def test_a_page_and_its_lines_stay_what_they_are():
    page = "<p>一、总体情况</p>\n<p>正文</p>\n\n<img src=1.png>\n\n"
    alone, together = decode(page.encode(), "report.html"), decode(packed(page, {"1.png": PNG}), "report.html")
    assert together.blocks == alone.blocks
    assert together.images == alone.images


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="is missing"),
        pytest.param({"1.png": b""}, id="is empty"),
        pytest.param({"1.png": LOGO}, id="is a logo"),
        pytest.param({"1.png": b"<html>not found</html>"}, id="is no image"),
        pytest.param({"1.png": b"%PDF-1.7" + PNG}, id="is a document"),
        pytest.param({"1.png": b"\xff\xd8\xff" + bytes(100)}, id="is damaged"),
    ],
)
def test_a_page_keeps_its_bytes_where_what_it_shows(files: dict[str, bytes]):
    page = "<p>一</p><img src=1.png>"
    assert packed(page, files) == page.encode()


def test_a_web_archive_keeps_its_bytes():
    page = "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>一</p><img src=1.png>"
    assert packed(page, {"1.png": PNG}) == page.encode()


def test_of_what_is_no_table_the_beginning_is_read_alone():
    loaded: list[int] = []

    def load(path: str, most: int) -> bytes:
        loaded.append(most)
        return (LOGO + bytes(10_000_000))[:most]

    packed_page(b"<img src=1.png>", ["1.png"], load)
    assert len(loaded) == 1
    assert loaded[0] < 100_000


def test_an_image_that_says_late_how_large_it_is_is_read():
    image = jpeg(before=200_000)
    assert pictures(packed("<img src=1.jpg>", {"1.jpg": image})) == [image]


def test_no_more_than_60_images_are_read_with_a_page():
    files = {f"{number}.png": png(more=bytes([number])) for number in range(MOST_PICTURES + 5)}
    content = packed("".join(f"<img src={name}>" for name in files), files)
    assert pictures(content) == list(files.values())[:MOST_PICTURES]


def test_images_beyond_the_bound_in_bytes_are_left_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packed_pages, "MOST_BYTES", 1000)
    files = {"1.png": png(more=bytes(600)), "2.png": png(more=bytes(600)), "3.png": png(more=bytes(100))}
    content = packed("".join(f"<img src={name}>" for name in files), files)
    assert pictures(content) == [files["1.png"], files["3.png"]]


def test_the_content_is_another_one_where_an_image_is():
    page = "<img src=1.png>"
    assert packed(page, {"1.png": png(more=b"a")}) != packed(page, {"1.png": png(more=b"b")})
    assert packed(page, {"1.png": png(more=b"a")}) == packed(page, {"1.png": png(more=b"a"), "2.png": PNG})


def test_a_workbook_saved_as_pages_is_its_sheets():
    sheet = "<table><tr><td>甲</td><td>{}</td></tr></table>"
    page = (
        "<link id=shLink href='a.files/1.htm'><link id=shLink href='a.files/2.htm'>"
        "<frameset><frame src='a.files/1.htm'></frameset>"
    )
    files = {"a.files/1.htm": sheet.format(1).encode(), "a.files/2.htm": sheet.format(2).encode()}
    document = decode(packed(page, files), "a.htm")
    assert [cell.text for block in document.blocks for cell in getattr(block, "cells", ())] == ["甲", "1", "甲", "2"]


# ---- pages in frames

TABLE = "<p>{0}</p><table><tr><td>甲</td><td>{0}</td></tr></table>"


def in_order(document: SourceDocument) -> list[str]:
    return [
        text
        for block in document.blocks
        for text in ([block.text] if isinstance(block, TextLine) else [cell.text for cell in block.cells])
    ]


def test_a_page_in_a_frame_is_read_where_the_frame_stands():
    page = "一<iframe src='a_files/resource.html'></iframe>二"
    files = {"a_files/resource.html": (TABLE.format(1) + "<img src='./1.png'><img src=sub/2.png>").encode()}
    images = {"a_files/1.png": PNG, "a_files/sub/2.png": png(more=b"2"), "1.png": png(more=b"3")}
    document = decode(packed(page, files | images), "a.html")
    assert in_order(document) == ["一", "1", "甲", "1", "二"]
    assert [one.content for one in document.pictures] == [PNG, images["a_files/sub/2.png"]]
    assert {one.kind for one in document.unread} == set()


def test_a_page_in_a_frame_shows_nothing_above_the_page_that_it_stands_in():
    files = {"a_files/b.html": b"<p>1</p><img src=../1.png><img src=../../2.png><img src=/2.png>"}
    content = b"<iframe src=a_files/b.html></iframe>"
    assert shown(content, **files) == ("a_files/b.html", "1.png")


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="is not there"),
        pytest.param({"b.html": b"<script>1</script>"}, id="shows nothing"),
        pytest.param({"b.html": bytes(range(256)) * 40}, id="is no text"),
    ],
)
def test_a_frame_is_not_read_where_its_page(files: dict[str, bytes]):
    document = decode(packed("<p>一</p><iframe src=b.html></iframe><p>二</p>", files), "a.html")
    assert [one.kind for one in document.unread] == [PART]


def test_pages_in_frames_of_each_other_are_read_once_each():
    frame = "<p>{}</p><iframe src={}></iframe>"
    files = {"b.html": frame.format("二", "c.html").encode(), "c.html": frame.format("三", "b.html").encode()}
    assert in_order(decode(packed(frame.format("一", "b.html"), files), "a.html")) == ["一", "二", "三"]


def test_no_more_than_20_pages_in_frames_are_read():
    files = {f"{number}.html": f"<p>{number}</p>".encode() for number in range(MOST_FRAMES + 5)}
    page = "".join(f"<iframe src={name}></iframe>" for name in files)
    assert len(in_order(decode(packed(page, files), "a.html"))) == MOST_FRAMES


def test_a_page_in_a_frame_of_a_web_archive_is_read():
    content = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html\n'
        "Content-Location: http://a.example/\n\n<p>一</p><iframe src='cid:frame-1@x'></iframe><iframe src='./'></iframe>"
        "<iframe src='http://a.example/'></iframe>\n--b\nContent-Type: text/html\nContent-ID: <frame-1@x>\n"
        f"Content-Location: http://b.example/\n\n{TABLE.format(1)}\n--b--\n"
    )
    assert in_order(decode(content.encode(), "a.mht")) == ["一", "1", "甲", "1"]


# ---- which files of a folder are parts of pages


@pytest.mark.parametrize(
    ("page", "part"),
    [
        pytest.param("report.html", "report_files/1.png", id="a browser saved"),
        pytest.param("报告.htm", "报告.files/image001.png", id="Word saved"),
        pytest.param("a/report.htm", "a/report.fld/image001.png", id="Word on a Mac saved"),
        pytest.param("Report.HTML", "report_Files/css/site.css", id="a browser saved in folders below"),
        pytest.param("report.mht", "report.files/sheet001.htm", id="a program saved beside a web archive"),
        pytest.param("report.xhtml", "report_files/saved_resource.html", id="a browser saved of a frame"),
        pytest.param("report.html", "report_files/font.woff2", id="no program here has heard of"),
    ],
)
def test_a_part_of_a_page_is_what(page: str, part: str):
    assert SavedPages([page, part]).parts == {part}


@pytest.mark.parametrize(
    "paths",
    [
        pytest.param(["report_files/1.png"], id="there is no page"),
        pytest.param(["other.html", "report_files/1.png"], id="the page is called otherwise"),
        pytest.param(["a/report.html", "report_files/1.png"], id="the page lies elsewhere"),
        pytest.param(["report.docx", "report_files/1.png"], id="the other file is no page"),
        pytest.param(
            ["report.html", "report/1.png", "report files/2.png", "images/3.png"], id="the folder is a plain one"
        ),
        pytest.param(["report.html", "report_files"], id="it is a file that is called so"),
        pytest.param(["report.html", "report_files/a.pdf", "report_files/b/c.DOCX"], id="it is a document"),
    ],
)
def test_nothing_is_a_part_of_a_page_where(paths: list[str]):
    assert SavedPages(paths).parts == frozenset()


@pytest.mark.parametrize(
    ("paths", "pages"),
    [
        pytest.param(["a.html", "b.htm", "c.txt", "1.png"], {"a.html", "b.htm"}, id="an image beside them"),
        pytest.param(["a.html", "x/y/1.png"], {"a.html"}, id="an image below them"),
        pytest.param(["x/a.html", "1.png", "y/2.png"], set(), id="no image above or aside"),
        pytest.param(["a.html", "b.html", "a_files/1"], {"a.html"}, id="the folder saved with one of them alone"),
        pytest.param(["a.html", "a_files/b.html", "a_files/1.png"], {"a.html"}, id="what is no part of another"),
        pytest.param(["a.html", "b.docx"], set(), id="nothing where there is no image"),
    ],
)
def test_the_pages_that_may_show_a_file_are_told_by(paths: list[str], pages: set[str]):
    assert SavedPages(paths).pages == pages
