"""Pages saved in one file with their images (.mht, .mhtml): the page is one part of a MIME message (RFC 2557)."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

_HEADERS_WITHIN = 8192  # bytes
_MOST_PARTS = 1000  # looked at for the page, which is usually the first
_MESSAGE = re.compile(rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?MIME-Version:", re.IGNORECASE)
_BOUNDARY = re.compile(rb"\bboundary=(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_PAGE = re.compile(rb"^Content-Type:\s*text/html\b", re.IGNORECASE | re.MULTILINE)
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
    pages = _pages(content, b"--" + (boundary.group(1) or boundary.group(2)), boundary.end())
    first = next(pages, b"")
    if _FRAMES.search(first):  # a workbook saved as pages: the first one only says where the sheets stand
        return b"\n".join(pages) or first
    return first or content


def _pages(content: bytes, mark: bytes, position: int) -> Iterator[bytes]:
    """The pages among the parts of a message."""
    start = content.find(mark, position)
    for _ in range(_MOST_PARTS):
        if start < 0:
            return
        start += len(mark)
        end = content.find(mark, start)
        page = _part(content[start : end if end >= 0 else len(content)])
        if page:
            yield page
        start = end


def _part(part: bytes) -> bytes:
    """The decoded body of a part that is a page; nothing for other parts."""
    part = part.lstrip()
    blank = _BLANK_LINE.search(part)
    if blank is None:
        return b""
    headers, body = part[: blank.start()], part[blank.end() :]
    if not _PAGE.search(headers):
        return b""
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
