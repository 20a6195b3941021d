"""Pages saved in one file with their images (.mht, .mhtml): the page is one part of a MIME message (RFC 2557)."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote

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
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


def is_web_archive(content: bytes) -> bool:
    """Whether a file is a MIME message with a page in it."""
    return bool(_MESSAGE.match(content[:_HEADERS_WITHIN])) and bool(_PAGE.search(content))


def page_of_archive(content: bytes) -> bytes:
    """The first page of a web archive, or the pages that it puts side by side; ``content`` itself where it is none."""
    if not _MESSAGE.match(content[:_HEADERS_WITHIN]):
        return content
    boundary = _BOUNDARY.search(content, 0, _HEADERS_WITHIN)
    if boundary is None:
        return _part(content) or content
    pages = (page for part in _parts(content, boundary) if (page := _part(part)))
    first = next(pages, b"")
    if _FRAMES.search(first):  # a workbook saved as pages: the first one only says where the sheets stand
        return b"\n".join(pages) or first
    return first or content


def image_of_archive(content: bytes, address: str) -> bytes:
    """The image that the page of a web archive shows from an address; nothing where the archive holds none."""
    boundary = _BOUNDARY.search(content, 0, _HEADERS_WITHIN)
    if boundary is None or not _MESSAGE.match(content[:_HEADERS_WITHIN]):
        return b""
    by_id = address[: len(_BY_ID)].lower() == _BY_ID
    wanted = unquote(address[len(_BY_ID) :] if by_id else address)
    name = _ID if by_id else _LOCATION
    near = b""
    for part in _parts(content, boundary):
        headers, body = _headers_and_body(part)
        found = name.search(headers) if _IMAGE.search(headers) else None
        if found is None:
            continue
        own = unquote(found.group(1).decode("utf-8", "replace"))
        if own == wanted:
            return _decoded(headers, body)
        if not by_id and not near and own.endswith("/" + wanted.lstrip("./")):  # said against the address of the page
            near = _decoded(headers, body)
    return near


def _parts(content: bytes, boundary: re.Match[bytes]) -> Iterator[bytes]:
    """The parts of a message."""
    mark = b"--" + (boundary.group(1) or boundary.group(2))
    start = content.find(mark, boundary.end())
    for _ in range(_MOST_PARTS):
        if start < 0:
            return
        start += len(mark)
        end = content.find(mark, start)
        yield content[start : end if end >= 0 else len(content)]
        start = end


def _part(part: bytes) -> bytes:
    """The decoded body of a part that is a page; nothing for other parts."""
    headers, body = _headers_and_body(part)
    return _decoded(headers, body) if _PAGE.search(headers) else b""


def _headers_and_body(part: bytes) -> tuple[bytes, bytes]:
    part = part.lstrip()
    blank = _BLANK_LINE.search(part)
    return (b"", b"") if blank is None else (part[: blank.start()], part[blank.end() :])


def _decoded(headers: bytes, body: bytes) -> bytes:
    encoding = _ENCODING.search(headers)
    name = encoding.group(1).lower() if encoding else b""
    if name == b"quoted-printable":
        return binascii.a2b_qp(body)
    if name == b"base64":
        try:
            return binascii.a2b_base64(body)
        except binascii.Error:
            return b""
    return body
