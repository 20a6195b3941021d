"""Cutting the text of a page into tags and the text between them, as browsers do.

    text -> Iterator[Token]

Comments, declarations and elements whose content is no text (scripts, styles, titles ...) are left out. The work is
linear in the length of the page whatever it holds, and nothing depends on how deeply elements are nested: parsers that
build a tree lose what is nested thousands deep, or need minutes for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

# A start tag (name), an end tag (name with a slash before it) or a text (no name); the attributes as written, or the
# text with its character references resolved; the line, from 1. A plain tuple: there are thousands of them in a page.
Token = tuple[str, str, int]

# Quotes count only where they begin the value of an attribute. Each part begins with a character that the part before
# it cannot hold, so that the search never tries a text in two ways. Longer tags are no tags of a report.
_PLAIN = r"[^>\"'=]*"
_VALUE = r"(?:=(?!\s*[\"'])|=\s*\"[^\"]*\"|=\s*'[^']*'|[\"'])"
_NAME = r"(/?)([a-zA-Z][^\s/>]*)(?=[\s/>])"
_TAG = re.compile(rf"([^<]*)<{_NAME}({_PLAIN}(?:{_VALUE}{_PLAIN}){{0,1000}})>")
_TAG_WITHOUT_QUOTES = re.compile(rf"([^<]*)<{_NAME}([^>]*)>")
_OPENING = re.compile(r"<(?:(!--|[!?]|/(?![a-zA-Z]))|(?=/?[a-zA-Z]))")
_ATTRIBUTE = re.compile(r"([^\s/>=\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_COMMENT_END = re.compile(r"--!?>")
_WITHOUT_TEXT = frozenset(
    {"script", "style", "title", "textarea", "noscript", "iframe", "noembed", "noframes", "xml", "template"}
)
_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _WITHOUT_TEXT}


def attributes(written: str) -> dict[str, str]:
    """The attributes of a start tag by lower-case name; of two with one name the first counts."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(written):
        found.setdefault(name.lower(), unescape("".join(values)))
    return found


def tokens(page: str) -> Iterator[Token]:
    """The tags and texts of a page in order. A tag or comment that does not end hides the rest of the page."""
    position, line = 0, 1
    tag = _TAG
    while position < len(page):
        found = tag.match(page, position)
        if found:
            text, slash, name, written = found.groups()
            end = found.end()
        else:
            text_end, end, is_unfinished = _not_a_tag(page, position)
            if is_unfinished and tag is _TAG:
                # a quotation mark without its partner: from here on tags simply end at the next bracket
                tag = _TAG_WITHOUT_QUOTES
                continue
            text, name = page[position:text_end], ""
        if text:
            yield "", unescape(text) if "&" in text else text, line
            line += text.count("\n")
        if name:
            name = name.lower()
            if slash:
                yield "/" + name, "", line
            elif name in _WITHOUT_TEXT and not (name == "xml" and written.endswith("/")):
                if name == "iframe":
                    yield name, written, line  # its text is for programs that show no other page inside
                ended = _ENDS[name].search(page, end)
                start, end = end, ended.start() if ended else len(page)
                if name == "textarea" and ended:
                    yield "", unescape(page[start:end]), line
            else:
                yield name, written, line
        line += page.count("\n", position + len(text), end)
        position = end


def _not_a_tag(page: str, position: int) -> tuple[int, int, bool]:
    """Where the text at ``position`` ends, where reading goes on, and whether what stands between begins a tag.

    Brackets that open nothing belong to the text. What is never closed ends with the page.
    """
    opening = _OPENING.search(page, position)
    if opening is None:
        return len(page), len(page), False
    start = opening.start()
    if page.find("<", position) < start:
        return start, start, False
    if opening.group(1) is None:
        return start, len(page), True
    return start, _after_declaration(page, opening), False


def _after_declaration(page: str, opening: re.Match[str]) -> int:
    start = opening.end()
    if opening.group(1) == "!--" and not page.startswith((">", "->"), start):
        ended = _COMMENT_END.search(page, start)
        return ended.end() if ended else len(page)
    return page.find(">", start) + 1 or len(page)
