"""What the first bytes of an image file say of it: its kind, its size, how many pages. Nothing is decoded."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Literal, NamedTuple

MOST_FRAMES = 300  # pages of a TIFF file that are counted
FEWEST_COLUMNS, FEWEST_ROWS = 300, 100  # pixels; logos, seals and codes are smaller than any table
_MOST_SEGMENTS = 2_000  # of a JPEG file that are passed over
_PNG, _TIFFS = b"\x89PNG\r\n\x1a\n", {b"II*\x00": "<", b"MM\x00*": ">"}
_TIFF_WIDTH, _TIFF_HEIGHT, _TIFF_ENTRY, _TIFF_SHORT = 256, 257, 12, 3
_MOST_ENTRIES = 500
_NO_SIZE_IN = frozenset({0xC4, 0xC8, 0xCC})  # among the markers of JPEG that look like those of a frame
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})


class PixelSize(NamedTuple):
    """The size of an image in pixels."""

    width: int
    height: int


def pixel_size(content: bytes) -> PixelSize | None:
    """The size of the image that the bytes begin with; None for what is no image of a known kind, or a broken one."""
    try:
        size = _size(content)
    except (struct.error, IndexError):
        return None
    return size if size is not None and size.width > 0 and size.height > 0 else None


def may_show_table(content: bytes) -> bool:
    """Whether an image is large enough to be a table."""
    size = pixel_size(content)
    return size is not None and size.width >= FEWEST_COLUMNS and size.height >= FEWEST_ROWS


def is_image(content: bytes) -> bool:
    """Whether a file begins as an image of a kind that is read."""
    return (
        content.startswith((_PNG, b"\xff\xd8\xff", b"GIF87a", b"GIF89a", *_TIFFS))
        or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")
        or (content.startswith(b"BM") and content[6:10] == bytes(4) and pixel_size(content) is not None)
    )


def frame_count(content: bytes) -> int:
    """How many pages an image file holds: one but for TIFF; of what moves, the first picture counts."""
    if content[:4] not in _TIFFS:
        return 1
    return max(1, sum(1 for _ in _directories(content)))


def _size(content: bytes) -> PixelSize | None:
    if content.startswith(_PNG):
        return PixelSize(*struct.unpack_from(">II", content, 16))
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg_size(content)
    if content.startswith((b"GIF87a", b"GIF89a")):
        return PixelSize(*struct.unpack_from("<HH", content, 6))
    if content.startswith(b"BM"):
        width, height = struct.unpack_from("<ii", content, 18)
        return PixelSize(width, abs(height))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp_size(content)
    if content[:4] in _TIFFS:
        return _tiff_size(content)
    return None


def _jpeg_size(content: bytes) -> PixelSize | None:
    place = 2
    for _ in range(_MOST_SEGMENTS):
        while content[place] == 0xFF and content[place + 1] == 0xFF:
            place += 1
        if content[place] != 0xFF:
            return None
        marker = content[place + 1]
        if marker in _WITHOUT_LENGTH:
            place += 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in _NO_SIZE_IN:
            height, width = struct.unpack_from(">HH", content, place + 5)
            return PixelSize(width, height)
        (length,) = struct.unpack_from(">H", content, place + 2)
        place += 2 + length
    return None


def _webp_size(content: bytes) -> PixelSize | None:
    kind: Literal[b"VP8 ", b"VP8L", b"VP8X"] | bytes = content[12:16]
    if kind == b"VP8X":
        width, height = (int.from_bytes(content[start : start + 3], "little") + 1 for start in (24, 27))
        return PixelSize(width, height)
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        return PixelSize((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 26)
        return PixelSize(width & 0x3FFF, height & 0x3FFF)
    return None


def _directories(content: bytes) -> Iterator[int]:
    """Where the directories of a TIFF file stand, one a page; a chain that leads back ends."""
    order = _TIFFS[content[:4]]
    seen: set[int] = set()
    try:
        (place,) = struct.unpack_from(order + "I", content, 4)
        while place and place not in seen and len(seen) < MOST_FRAMES:
            seen.add(place)
            (entries,) = struct.unpack_from(order + "H", content, place)
            following = struct.unpack_from(order + "I", content, place + 2 + _TIFF_ENTRY * entries)
            yield place
            (place,) = following
    except struct.error:
        return


def _tiff_size(content: bytes) -> PixelSize | None:
    order = _TIFFS[content[:4]]
    place = next(_directories(content), 0)
    if not place:
        return None
    (entries,) = struct.unpack_from(order + "H", content, place)
    found: dict[int, int] = {}
    for number in range(min(entries, _MOST_ENTRIES)):
        start = place + 2 + _TIFF_ENTRY * number
        tag, kind = struct.unpack_from(order + "HH", content, start)
        if tag in (_TIFF_WIDTH, _TIFF_HEIGHT):
            (found[tag],) = struct.unpack_from(order + ("H" if kind == _TIFF_SHORT else "I"), content, start + 8)
    return PixelSize(found.get(_TIFF_WIDTH, 0), found.get(_TIFF_HEIGHT, 0))
