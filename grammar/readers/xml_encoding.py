"""Files of XML in the one encoding in which all of their readers work."""

from __future__ import annotations

import codecs
import re

_DECLARATION = re.compile(rb"^\s*<\?xml\b([^>]{0,500})\?>")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([\w.:-]{2,30})[\"']", re.IGNORECASE)
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "cp936", "x-gbk", "gb_2312-80"})
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def in_utf8(content: bytes) -> bytes:
    """The file in UTF-8 without its declaration where it is in UTF-16 or a Chinese encoding; itself where it is not."""
    if content.startswith(_UTF16):
        content = content.decode("utf-16", "replace").encode("utf-8", "replace")
        return _DECLARATION.sub(b"", content.removeprefix(codecs.BOM_UTF8), count=1)
    declared = _DECLARATION.match(content)
    named = _ENCODING.search(declared.group(1)) if declared else None
    if declared is None or named is None or named.group(1).decode("ascii").lower() not in _CHINESE:
        return content
    return content[declared.end() :].decode("gb18030", "replace").encode("utf-8", "replace")
