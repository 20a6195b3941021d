"""Plain text: bytes of any usual encoding to lines. Never fails on text; refuses what is not text."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CELL_ENDS = re.compile(r"\r?\x07")  # what Word's own text of a table has behind each cell
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_MOST_CONTROLS = 0.002  # of all characters; more is no text


class NotText(Exception):
    """The bytes are no text in any encoding that reports are written in."""


def decode_text(content: bytes) -> str:
    """The text of a file with line ends as ``\\n``: by its byte order mark, else UTF-8, else GB18030.

    Raises NotText for bytes that are neither, or that are full of control characters.
    """
    text = _CELL_ENDS.sub("\n", _decode(content))
    if len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise NotText
    return _LINE_ENDS.sub("\n", text)


def _decode(content: bytes) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    for encoding in ("utf-8", *_utf16(content), "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _mostly_utf8(content)


def _utf16(content: bytes) -> tuple[str, ...]:
    """UTF-16 without a byte order mark shows in zero bytes at every other place of its line ends and digits."""
    sample = content[:4096]
    if sample[1::2].count(0) > len(sample) // 20:
        return ("utf-16-le",)
    return ("utf-16-be",) if sample[0::2].count(0) > len(sample) // 20 else ()


def _mostly_utf8(content: bytes) -> str:
    """Text with a few damaged bytes: read in the encoding that loses the fewest characters."""
    readings = [content.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")]
    best = min(readings, key=lambda text: text.count("\ufffd"))
    if best.count("\ufffd") > len(best) // 100:
        raise NotText
    return best
