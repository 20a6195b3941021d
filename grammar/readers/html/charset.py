"""From the bytes of a saved page to its text, whatever the page says of its own encoding."""

from __future__ import annotations

import codecs
import re

from disclosure_checks.grammar.readers.text.charset import NotText, decode_text

_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,500}?\b(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.I)
_DECLARED_WITHIN = 8192  # bytes
# the larger set of each family: pages use characters outside the set that they name
_ENCODINGS = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cn-big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
}
_MOST_LOST = 0.01  # of all characters; more is another encoding


def decode_page(content: bytes) -> str:
    """The text of a page with line ends as ``\\n``.

    A byte order mark decides, then whether the bytes are UTF-8; only then what the page declares, since declarations
    lie more often than UTF-8 appears by chance. Raises NotText for bytes that are no text.
    """
    if content.startswith(_BOMS) or _is_utf8(content):
        return decode_text(content)
    declared = _DECLARED.search(content, 0, _DECLARED_WITHIN)
    name = declared.group(1).decode("ascii").lower() if declared else ""
    if name in ("utf-8", "utf8") or name in _ENCODINGS:
        text = content.decode(_ENCODINGS.get(name, "utf-8"), errors="replace")
        if text.count("\ufffd") <= _MOST_LOST * len(text):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    return decode_text(content)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


__all__ = ["NotText", "decode_page"]
