"""The bytes of the images that a page shows: those in its own text (``data:``) and in its web archive."""

from __future__ import annotations

import binascii
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from disclosure_checks.grammar.readers.html.mime_archive import image_of_archive
from disclosure_checks.grammar.readers.html.tokens import attributes
from disclosure_checks.grammar.readers.picture_sources.kept_images import KeptImages

_DATA = "data:"
_BASE64 = ";base64"


def image_loader(archive: bytes, kept: KeptImages) -> Callable[[str], bytes]:
    """From the attributes of an ``img`` as written to the bytes of the image; nothing where they are not at hand.

    ``archive``: the file that holds the page.
    """

    def load(written: str) -> bytes:
        source = attributes(written).get("src", "").strip()
        if source[: len(_DATA)].lower() == _DATA:
            return kept.kept(lambda: _data(source))
        return kept.kept(lambda: image_of_archive(archive, source)) if source else b""

    return load


def _data(address: str) -> bytes:
    """What an address holds itself (RFC 2397)."""
    head, comma, body = address[len(_DATA) :].partition(",")
    if not comma:
        return b""
    plain = unquote_to_bytes(body)
    if not head.lower().rstrip().endswith(_BASE64):
        return plain
    try:
        return binascii.a2b_base64(plain)
    except binascii.Error:
        return b""
