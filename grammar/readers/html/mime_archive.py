"""Pages saved in one file with their images (.mht, .mhtml): the page is one part of a MIME message (RFC 2557)."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import quote, unquote

from disclosure_checks.grammar.readers.html.saved_pages import is_page_name
from disclosure_checks.grammar.readers.html.shown_files import relative_path

_HEADERS_WITHIN = 8192  # bytes
_MOST_PARTS = 1000  # looked at for the page, which is usually the first
_MESSAGE = re.compile(rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?MIME-Version:", re.IGNORECASE)
_BOUNDARY = re.compile(rb"\bboundary=(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_PAGE = re.compile(rb"^Content-Type:\s*text/html\b", re.IGNORECASE | re.MULTILINE)
_IMAGE = re.compile(rb"^Content-Type:\s*(?:image/|application/octet-stream)", re.IGNORECASE | re.MULTILINE)
_LOCATION = re.compile(rb"^Content-Location:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_ID = re.compile(rb"^Content-ID:\s*<([^>\r\n]+)>", re.IGNORECASE | re.MULTILINE)
_BY_ID = "cid:"
_ENCODING = re.compile(rb"^Content-Transfer-Encoding:\s*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_FRAMES = re.compile(rb"<frameset\b", re.IGNORECASE)
_WHITE_SPACE = re.compile(rb"\s*")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")  # one of its own, whatever the page is
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


class _Part(NamedTuple):
    """A part of a message: its headers, and where its body stands."""

    headers: bytes
    start: int
    end: int


def is_web_archive(content: bytes) -> bool:
    """Whether a file is a MIME message with a page in it."""
    return bool(_MESSAGE.match(content[:_HEADERS_WITHIN])) and bool(_PAGE.search(content))


def archive_of_page(page: bytes, files: Sequence[tuple[str, bytes]]) -> bytes:
    """A page and files that it shows, by their paths below its folder, as a web archive of the bytes as they are."""
    digest = blake2b(page, digest_size=16)
    for path, content in files:
        digest.update(b"%d %s\n" % (len(content), path.encode("utf-8", "surrogatepass")))
        digest.update(content)
    mark = b"--" + digest.hexdigest().encode()
    pieces = [b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="', mark[2:], b'"\r\n']
    for path, content in (("", page), *files):
        kind = b"text/html" if is_page_name(path) or not path else b"application/octet-stream"
        pieces += [b"\r\n", mark, b"\r\nContent-Type: ", kind, b"\r\nContent-Transfer-Encoding: binary\r\n"]
        if path:
            pieces += [b"Content-Location: ", quote(path, errors="surrogatepass").encode(), b"\r\n"]
        pieces += [b"\r\n", content]
    pieces += [b"\r\n", mark, b"--\r\n"]
    return b"".join(pieces)


def page_of_archive(content: bytes) -> bytes:
    """The first page of a web archive, or the pages that it puts side by side; ``content`` itself where it is none."""
    if not _MESSAGE.match(content[:_HEADERS_WITHIN]):
        return content
    boundary = _BOUNDARY.search(content, 0, _HEADERS_WITHIN)
    if boundary is None:
        return _page(content, _part(content, 0, len(content))) or content
    pages = (page for part in _parts(content, boundary) if (page := _page(content, part)))
    first = next(pages, b"")
    if _FRAMES.search(first):  # a workbook saved as pages: the first one only says where the sheets stand
        return b"\n".join(pages) or first
    return first or content


def image_of_archive(content: bytes, address: str, folder: str = "") -> bytes:
    """The image that a page of a web archive shows from an address; nothing where the archive holds none.

    ``folder``: where the page lies, below the folder of the first page.
    """
    return _file_of_archive(content, address, folder, _IMAGE)


def page_in_frame(content: bytes, address: str, folder: str = "") -> bytes:
    """The page that a page of a web archive shows in a frame; nothing where the archive holds none."""
    return _file_of_archive(content, address, folder, _PAGE)


def _file_of_archive(content: bytes, address: str, folder: str, kind: re.Pattern[bytes]) -> bytes:
    boundary = _BOUNDARY.search(content, 0, _HEADERS_WITHIN)
    if not address or boundary is None or not _MESSAGE.match(content[:_HEADERS_WITHIN]):
        return b""
    by_id = address[: len(_BY_ID)].lower() == _BY_ID
    wanted = unquote(address[len(_BY_ID) :] if by_id else address)
    path = "" if by_id else relative_path(address, folder)
    end_of_path = "" if by_id or kind is _PAGE else wanted.lstrip("./")  # many pages are called index.html
    name = _ID if by_id else _LOCATION
    near = b""
    for part in _parts(content, boundary):
        found = name.search(part.headers) if kind.search(part.headers) else None
        if found is None:
            continue
        own = unquote(found.group(1).decode("utf-8", "replace"))
        if own == (path or wanted):
            return _body(content, part)
        # said against the address of the page
        if end_of_path and not near and _ADDRESS.match(own) and own.endswith("/" + end_of_path):
            near = _body(content, part)
    return near


def _parts(content: bytes, boundary: re.Match[bytes]) -> Iterator[_Part]:
    """The parts of a message. The end of the line before a boundary belongs to it."""
    mark = b"--" + (boundary.group(1) or boundary.group(2))
    start = content.find(mark, boundary.end())
    for _ in range(_MOST_PARTS):
        if start < 0:
            return
        start += len(mark)
        following = content.find(mark, start)
        end = following if following >= 0 else len(content)
        for line_end in (b"\r\n", b"\n"):
            if following >= 0 and content.endswith(line_end, start, end):
                end -= len(line_end)
                break
        yield _part(content, start, end)
        start = following


def _part(content: bytes, start: int, end: int) -> _Part:
    """What stands between two places as a part; without headers where nothing ends them."""
    start = _WHITE_SPACE.match(content, start, end).end()  # type: ignore[union-attr]  # it may be none
    blank = _BLANK_LINE.search(content, start, end)
    return _Part(b"", start, start) if blank is None else _Part(content[start : blank.start()], blank.end(), end)


def _page(content: bytes, part: _Part) -> bytes:
    """The decoded body of a part that is a page; nothing for other parts."""
    return _body(content, part) if _PAGE.search(part.headers) else b""


def _body(content: bytes, part: _Part) -> bytes:
    encoding = _ENCODING.search(part.headers)
    name = encoding.group(1).lower() if encoding else b""
    body = content[part.start : part.end]
    if name == b"quoted-printable":
        return binascii.a2b_qp(body)
    if name == b"base64":
        try:
            return binascii.a2b_base64(body)
        except binascii.Error:
            return b""
    return body
