"""The readers of file types, one module each, and which of them a file is for: told by its content, then its name."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath

from disclosure_checks.grammar.model.source_document import ReaderError, SourceDocument
from disclosure_checks.grammar.readers.html.reader import read_html
from disclosure_checks.grammar.readers.word.reader import read_docx

Reader = Callable[[bytes], SourceDocument]

TEXT = "text"
ARCHIVE = "archive"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "\x04Book"))
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_HTML_START = re.compile(
    rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|table|div|p|meta|\?xml|!--)", re.IGNORECASE
)
_HTML_CELL = re.compile(rb"<t[dr][\s>]", re.IGNORECASE)
_FEWEST_HTML_CELLS = 20  # that make a text a web page, whatever it is called


def _read_pdf(content: bytes) -> SourceDocument:
    from disclosure_checks.grammar.readers.pdf.reader import read_pdf  # an extra, slow to import

    return read_pdf(content)


def _read_xlsx(content: bytes) -> SourceDocument:
    from disclosure_checks.grammar.readers.sheet.xlsx import read_xlsx  # an extra

    return read_xlsx(content)


def _read_xls(content: bytes) -> SourceDocument:
    from disclosure_checks.grammar.readers.sheet.xls import read_xls  # an extra

    return read_xls(content)


def _read_office(content: bytes) -> SourceDocument:
    from disclosure_checks.grammar.readers.office.libreoffice import read_office  # needed for few files

    return read_office(content)


READERS: dict[str, Reader] = {
    "html": read_html,
    "docx": read_docx,
    "pdf": _read_pdf,
    "xlsx": _read_xlsx,
    "xls": _read_xls,
    "office": _read_office,
}


def file_type(content: bytes, name: str) -> str:
    """The reader a file is for: a key of ``READERS``, ``TEXT`` or ``ARCHIVE``. A wrong extension does not mislead it."""
    extension = PurePosixPath(name).suffix.lower()
    if content.startswith(_ZIP):
        return _zipped_type(content)
    if content.startswith(_OLE):
        return "xls" if extension in (".xls", ".et") or _is_workbook(content) else "office"
    if content.startswith(b"%PDF") or b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"{\\rtf"):
        return "office"
    if _looks_like_html(content, extension):
        return "html"
    return TEXT


def read_document(kind: str, content: bytes) -> SourceDocument:
    """The document in a file of a type of ``READERS``. Raises ReaderError."""
    return READERS[kind](content)


def _is_workbook(content: bytes) -> bool:
    """Whether a compound file holds a workbook and no Word document: told by the names of its streams."""
    return any(name in content for name in _WORKBOOK_STREAMS) and _WORD_STREAM not in content


def _zipped_type(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = [name.replace("\\", "/").lower() for name in package.namelist()[:5000]]
    except (zipfile.BadZipFile, ValueError, OSError, EOFError):
        return "docx"  # whose reader says what is damaged
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    return "office" if "mimetype" in names else ARCHIVE


def _looks_like_html(content: bytes, extension: str) -> bool:
    head = content[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00<" in head or b"<\x00" in head:
        head = head.replace(b"\x00", b"").lstrip(b"\xff\xfe")
        content = content.replace(b"\x00", b"")
    if extension in (".html", ".htm", ".mht", ".mhtml", ".shtml"):
        return True
    return bool(_HTML_START.match(head)) or len(_HTML_CELL.findall(content)) >= _FEWEST_HTML_CELLS


__all__ = ["ARCHIVE", "READERS", "TEXT", "ReaderError", "file_type", "read_document"]
