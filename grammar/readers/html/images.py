"""The bytes of the images that a page shows: those in its own text (``data:``) and in its web archive.

Files beside a page are put into one archive with it before it is read (see ``packed_pages``).
"""

from __future__ import annotations

import binascii
from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import unquote_to_bytes

from disclosure_checks.grammar.readers.html.mime_archive import image_of_archive
from disclosure_checks.grammar.readers.html.shown_files import addresses_of_image
from disclosure_checks.grammar.readers.html.tokens import attributes
from disclosure_checks.grammar.readers.picture_sources.image_header import may_show_table
from disclosure_checks.grammar.readers.picture_sources.kept_images import KeptImages

_DATA = "data:"
_BASE64 = ";base64"


def image_loader(archive: bytes, kept: KeptImages, folder: str = "") -> Callable[[str], bytes]:
    """From the attributes of an ``img`` as written to the bytes of the image; nothing where they are not at hand.

    ``archive``: the file that holds the page; ``folder``: where the page lies in it, below that of its first page.
    """

    def load(written: str) -> bytes:
        addresses = list(addresses_of_image(attributes(written)))
        return kept.kept(partial(_first_table, archive, addresses, folder)) if addresses else b""

    return load


def _first_table(archive: bytes, addresses: Sequence[str], folder: str) -> bytes:
    """The first of the images that is large enough to be a table: a small one may stand there until it is scrolled to."""
    images = (_image(archive, address, folder) for address in addresses)
    return next((image for image in images if may_show_table(image)), b"")


def _image(archive: bytes, address: str, folder: str) -> bytes:
    is_data = address[: len(_DATA)].lower() == _DATA
    return _data(address) if is_data else image_of_archive(archive, address, folder)


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
