"""Web pages: the bytes of a saved page to its lines and tables, as a browser shows them.

Nothing is fetched and no script is run; of styles those count that stand in the element or in the page itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape

from disclosure_checks.grammar.model.source_document import IMAGE, PART, ReaderError, SourceDocument
from disclosure_checks.grammar.readers.file_type import FileType
from disclosure_checks.grammar.readers.flow import Item, Picture, source_document
from disclosure_checks.grammar.readers.html.charset import NotText, decode_page
from disclosure_checks.grammar.readers.html.form_controls import UNREAD
from disclosure_checks.grammar.readers.html.images import image_loader
from disclosure_checks.grammar.readers.html.mime_archive import is_web_archive, page_in_frame, page_of_archive
from disclosure_checks.grammar.readers.html.page import PageBuilder
from disclosure_checks.grammar.readers.html.saved_pages import LARGEST_PAGE
from disclosure_checks.grammar.readers.html.shown_files import MOST_FRAMES, relative_path
from disclosure_checks.grammar.readers.html.tokens import attributes, tokens
from disclosure_checks.grammar.readers.picture_sources.in_documents import access_to_images
from disclosure_checks.grammar.readers.picture_sources.kept_images import KeptImages
from disclosure_checks.grammar.readers.source_file import SourceFile
from disclosure_checks.grammar.readers.styles import StyleSheet
from disclosure_checks.grammar.words import layout_names

_DEEPEST_FRAME = 4  # pages in frames of pages
LARGEST_ARCHIVE = 96 * 1024 * 1024  # bytes, with its images

_EXTENSIONS = (".html", ".htm", ".mht", ".mhtml", ".shtml")
_START = re.compile(
    rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|table|div|p|meta|\?xml|!--)", re.IGNORECASE
)
_CELL = re.compile(rb"<t[dr][\s>]", re.IGNORECASE)
_FEWEST_CELLS = 20  # that make a text a web page, whatever it is called
_TITLE = re.compile(r"<title(?:\s[^>]{0,200})?>([^<]{1,300})</title", re.IGNORECASE)
_META = re.compile(r"<meta\s[^<>]{1,600}>", re.IGNORECASE)
_SOURCE_NAME = re.compile(r"""\bname\s*=\s*["']?(?:ContentSource|Source)\b""", re.IGNORECASE)
_CONTENT = re.compile(r"""\bcontent\s*=\s*["']([^"'<>]{0,100})["']""", re.IGNORECASE)
_TITLE_WITHIN = 65_536  # characters
_HEAD = 4096  # bytes in which a page shows how it begins


def read_html(content: bytes) -> SourceDocument:
    """The page in ``content``, alone or in a web archive; ``line`` in its places is the line of the source, from 1;
    in a frame, that of the page which stands there.

    Raises ReaderError ``too_large`` (bytes, cells) and ``not_text``.
    """
    page = _decoded(content)
    return replace(
        source_document(layout_names.HTML, _Pages(content, KeptImages()).items(page)),
        title=_title_of(page),
        issuer=_issuer_of(page),
    )


def page_items(content: bytes, images: KeptImages) -> list[Item]:
    """The lines and tables of a page, for a document that embeds it. Raises what ``read_html`` raises."""
    return _Pages(content, images).items(_decoded(content))


class _Pages:
    """The pages of one file: the first one and those that it shows in frames, each where its frame stands."""

    def __init__(self, archive: bytes, images: KeptImages) -> None:
        self._archive, self._images = archive, images
        self._frames = 0

    def items(self, page: str, folder: str = "", around: tuple[str, ...] = ()) -> list[Item]:
        """The lines and tables of a page, which lies in a folder and in the frames of the pages around it."""
        image = image_loader(self._archive, self._images, folder)

        def shown(name: str, written: str, line: int) -> Sequence[Item]:
            kind = UNREAD[name]
            inner = self._in_frame(written, folder, (*around, page)) if kind == PART else []
            return inner or [Picture(line, kind, image(written) if kind == IMAGE else b"")]

        return PageBuilder(StyleSheet(page), shown).build(tokens(page))

    def _in_frame(self, written: str, folder: str, around: tuple[str, ...]) -> list[Item]:
        address = attributes(written).get("src", "").strip()
        content = page_in_frame(self._archive, address, folder)
        if not content or len(content) > LARGEST_PAGE or self._frames == MOST_FRAMES or len(around) > _DEEPEST_FRAME:
            return []
        self._frames += 1
        try:
            page = decode_page(content)
        except NotText:
            return []
        return [] if page in around else self.items(page, relative_path(address, folder).rpartition("/")[0], around)


def _decoded(content: bytes) -> str:
    _refuse_above(LARGEST_ARCHIVE, content)
    page = page_of_archive(content)
    _refuse_above(LARGEST_PAGE, page)
    try:
        return decode_page(page)
    except NotText:
        raise ReaderError("not_text") from None


def _refuse_above(most: int, content: bytes) -> None:
    if len(content) > most:
        raise ReaderError("too_large", f"{len(content) / 1e6:.0f} MB > {most / 1e6:.0f} MB")


def _title_of(page: str) -> str:
    """What a browser shows above the page; "" where the page does not say."""
    found = _TITLE.search(page, 0, _TITLE_WITHIN)
    return " ".join(unescape(found.group(1)).split()) if found else ""


def _issuer_of(page: str) -> str:
    """Whom a page says itself to come from, as the standard for government sites asks; "" where it does not."""
    for element in _META.findall(page, 0, _TITLE_WITHIN):
        if _SOURCE_NAME.search(element):
            found = _CONTENT.search(element)
            return unescape(found.group(1)).strip() if found else ""
    return ""


def _is_page(file: SourceFile) -> bool:
    """Whether a text is called a page, begins like one, or is full of the cells of its tables."""
    content = file.content
    head = content[:_HEAD]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00<" in head or b"<\x00" in head:  # UTF-16
        head = head.replace(b"\x00", b"").lstrip(b"\xff\xfe")
        content = content.replace(b"\x00", b"")
    if file.extension in _EXTENSIONS or is_web_archive(content):
        return True
    return bool(_START.match(head)) or len(_CELL.findall(content)) >= _FEWEST_CELLS


WEB_PAGE = FileType(layout_names.HTML, _is_page, read_html, access_to_images(read_html))
