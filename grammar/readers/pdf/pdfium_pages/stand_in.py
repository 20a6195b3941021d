"""A TrueType font of a few hundred bytes in which all characters look the same, made on the spot.

codes, glyphs and measures -> tables -> bytes of the font
"""

from __future__ import annotations

import struct
from functools import cache

_EM, _ASCENT, _DESCENT = 1000, 880, -120
_INK = 200  # what is drawn of a character: no more than the narrowest takes up, so that it stays inside its width
_HALF, _FULL = 1, 2  # the glyphs of Latin characters and of all others; glyph 0 is empty
_WIDTHS = (500, 500, _EM)  # of the glyphs; what a file says of widths goes before
_DRAWN = (  # first and last code of characters that are drawn, and their glyph; between them are blanks, as in any font
    (0x21, 0x9F, _HALF),
    (0xA1, 0x1FFF, _HALF),
    (0x200C, 0x2FFF, _FULL),
    (0x3001, 0x10FFFF, _FULL),
)


@cache
def stand_in_font() -> bytes:
    """The bytes of the font."""
    outline, glyphs = _outline(), len(_WIDTHS)
    places = [max(0, number - 1) * len(outline) for number in range(glyphs + 1)]
    tables = {
        b"cmap": _codes(),
        b"glyf": outline * (glyphs - 1),
        b"head": struct.pack(
            ">4I2H2q4h2H3h",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5),  # versions, no checksum, the mark of this table
            *(0, _EM, 0, 0),  # flags, units, dates
            *(0, _DESCENT, _INK, _ASCENT),
            *(0, 8, 2, 1, 0),  # style, smallest size, direction, 32 bits for a place in "glyf"
        ),
        b"hhea": struct.pack(">I3hH11hH", 0x10000, _ASCENT, _DESCENT, 0, _EM, 0, 0, _INK, 1, *[0] * 7, glyphs),
        b"hmtx": b"".join(struct.pack(">Hh", width, 0) for width in _WIDTHS),
        b"loca": struct.pack(f">{len(places)}I", *places),
        b"maxp": struct.pack(">I14H", 0x10000, glyphs, 4, 1, 0, 0, 1, *[0] * 8),
    }
    return _file(tables)


def _outline() -> bytes:
    """A glyph: one contour, its bounds, its last point, no instructions, points on the curve, the steps to them."""
    steps = ((0, _DESCENT), (0, _EM), (_INK, 0), (0, -_EM))
    across, upwards = zip(*steps, strict=True)
    bounds = (0, _DESCENT, _INK, _ASCENT)
    return struct.pack(">5h2H4B8h", 1, *bounds, len(steps) - 1, 0, *[1] * len(steps), *across, *upwards)


def _codes() -> bytes:
    """The table from characters to glyphs: one for all of Unicode, in the format that maps many to one (13)."""
    groups = b"".join(struct.pack(">3I", *group) for group in _DRAWN)
    listed = struct.pack(">4HI", 0, 1, 3, 10, 12)
    return listed + struct.pack(">2H3I", 13, 0, 16 + len(groups), 0, len(_DRAWN)) + groups


def _file(tables: dict[bytes, bytes]) -> bytes:
    """The tables behind their directory, each at a multiple of four bytes; readers do not ask for checksums."""
    power = len(tables).bit_length() - 1
    directory = struct.pack(">I4H", 0x10000, len(tables), 16 << power, power, 16 * (len(tables) - (1 << power)))
    place, bodies = len(directory) + 16 * len(tables), b""
    for tag, body in sorted(tables.items()):
        directory += struct.pack(">4s3I", tag, 0, place + len(bodies), len(body))
        bodies += body + bytes(-len(body) % 4)
    return directory + bodies
