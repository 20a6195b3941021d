"""Pages saved in one file with their images (.mht, .mhtml): the page is one part of a MIME message (RFC 2557)."""

from __future__ import annotations

import binascii
import re

_HEADERS_WITHIN = 8192  # bytes
_MOST_PARTS = 1000  # looked at for the page, which is usually the first
_MESSAGE = re.compile(rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?MIME-Version:", re.IGNORECASE)
_BOUNDARY = re.compile(rb"\bboundary=(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_PAGE = re.compile(rb"^Content-Type:\s*text/html\b", re.IGNORECASE | re.MULTILINE)
_ENCODING = re.compile(rb"^Content-Transfer-Encoding:\s*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


def page_of_archive(content: bytes) -> bytes:
    """The first page of a web archive; ``content`` itself where it is none."""
    if not _MESSAGE.match(content[:_HEADERS_WITHIN]):
        return content
    boundary = _BOUNDARY.search(content, 0, _HEADERS_WITHIN)
    if boundary is None:
        return _part(content) or content
    mark = b"--" + (boundary.group(1) or boundary.group(2))
    start = content.find(mark, boundary.end())
    for _ in range(_MOST_PARTS):
        if start < 0:
            break
        start += len(mark)
        if _PAGE.search(content, start, start + _HEADERS_WITHIN):
            end = content.find(mark, start)
            page = _part(content[start : end if end >= 0 else len(content)])
            if page:
                return page
        start = content.find(mark, start)
    return content


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
