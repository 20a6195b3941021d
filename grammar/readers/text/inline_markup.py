"""Markdown inside lines: escaped and emphasised numbers, struck text, marks of notes.

``1\\.0``, ``**5**`` and ``\\-3`` are 1.0, 5 and -3; ``~~88~~`` does not count; ``21<sup>1</sup>`` and ``21[^1]`` carry a
mark. Lines stay lines, and a text without any of this comes back as it is. Emphasis is taken from numbers alone: words
are compared without such marks anyway.
"""

from __future__ import annotations

import re

from disclosure_checks.grammar.readers.styles import is_hiding, is_raising
from disclosure_checks.grammar.words.folding import raised

_ANY = re.compile(
    r"\\[!-/:-@\[-`{-~]|~~|(?<=\d)[~^]|\[\^|\$\^|[*_`](?=[*_`]{0,2}[-+−－]?[\d０-９\\])|<su[bp]\b|</(?:del|s|strike|span|font)\b"
)
_SIGNS = ("\\", "~", "^", "*", "_", "`", "$", "<")  # one of which is in whatever is marked up
_ESCAPED = re.compile(r"\\([!-)+-/:;=-@\[\]^{}])")  # but what would be markup itself, and the bar between cells
_ESCAPED_MARKUP = re.compile(r"\\([*_~`<])")
_STRUCK = re.compile(
    r"(?<!~)~~(?!~)([^~\n|\t]{1,80})~~(?!~)|<(del|s|strike)\b[^<>\n]*>[^<\n]{0,80}</\2\s*>", re.IGNORECASE
)
_RAISED = re.compile(
    r"<(su[bp])\b[^<>\n]*>([^<|\t\n]{0,40})(?:</\1\s*>|(?=[|\t\n]|\Z))"
    r"|(?<=\d)\^([\d,]{1,5})\^|(?<=\d)~([\d,]{1,5})~(?![\d~])|\$[\^_]\{?([^${}\n]{1,12})\}?\$|\[\^([^\]\s]{1,20})\]",
    re.IGNORECASE,
)
_STYLED = re.compile(r"<(span|font)\b([^<>\n]*)>([^<\n]{0,80})</\1\s*>", re.IGNORECASE)
_EMPHASISED = re.compile(
    r"(?<![0-9A-Za-z*_`\\])(\*{1,3}|_{1,8}|`{1,2})([-+−－]?[\d０-９](?:[\d０-９.,，]*[\d０-９])?[%％]?)\1(?![0-9A-Za-z*_`])"
)
_DIGITS = re.compile(r"[\d,，、()（）\[\]*①-⑳]+")


def without_inline_markup(text: str) -> str:
    """The text as it is shown, as far as its numbers are concerned."""
    if not any(sign in text for sign in _SIGNS) or not _ANY.search(text):
        return text
    text = _STRUCK.sub("", _ESCAPED.sub(r"\1", text))
    text = _EMPHASISED.sub(r"\2", _STYLED.sub(_styled, _RAISED.sub(_mark, text)))
    return _ESCAPED_MARKUP.sub(r"\1", text)


def _mark(found: re.Match[str]) -> str:
    """What is set apart: as raised digits, or nothing where it is a name."""
    _, *alternatives = found.groups()
    mark = next(alternative for alternative in alternatives if alternative is not None)
    return raised(mark) if found.group(6) is None or _DIGITS.fullmatch(mark) else ""


def _styled(found: re.Match[str]) -> str:
    """What an element with a style of its own shows."""
    _, attributes, shown = found.groups()
    if is_hiding(attributes):
        return ""
    return raised(shown) if is_raising(attributes) else shown
