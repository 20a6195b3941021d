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
from typing import NamedTuple

_MARKUP = re.compile(r"<(?:(/?)([a-zA-Z][^\s/>]*)|!--|[!?/])")
# The rest of a tag: quotes count only where they begin the value of an attribute. Every alternative begins with a
# character of its own, so that the search never goes back; longer tags are no tags of a report.
_PLAIN = r"[^>\"'=]*"
_VALUE = r"(?:=(?!\s*[\"'])|=\s*\"[^\"]*\"|=\s*'[^']*'|[\"'])"
_REST_OF_TAG = re.compile(rf"({_PLAIN}(?:{_VALUE}{_PLAIN}){{0,1000}})>")
_ATTRIBUTE = re.compile(r"([^\s/>=\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_COMMENT_END = re.compile(r"--!?>")
_WITHOUT_TEXT = frozenset(
    {"script", "style", "title", "textarea", "noscript", "iframe", "noembed", "noframes", "xml", "template"}
)
_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _WITHOUT_TEXT}


class Token(NamedTuple):
    """A start tag (``name``), an end tag (``name`` with a slash before it) or text (no ``name``).

    ``text``: the text with its character references resolved, or the attributes as written. ``line`` counts from 1.
    """

    name: str
    text: str
    line: int


def attributes(written: str) -> dict[str, str]:
    """The attributes of a start tag by lower-case name; of two with one name the first counts."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(written):
        found.setdefault(name.lower(), unescape("".join(values)))
    return found


def tokens(page: str) -> Iterator[Token]:
    """The tags and texts of a page in order. A tag or comment that does not end hides the rest of the page."""
    position, line, counted = 0, 1, 0
    quotes_pair_up = True
    while True:
        markup = _MARKUP.search(page, position)
        start = markup.start() if markup else len(page)
        if start > position:
            text = page[position:start]
            yield Token("", unescape(text) if "&" in text else text, line + page.count("\n", counted, position))
        if markup is None:
            return
        line += page.count("\n", counted, start)
        counted = start
        name = markup.group(2)
        if name is None:
            position = _after_declaration(page, markup)
            if not position:
                return
            continue
        rest = _REST_OF_TAG.match(page, markup.end()) if quotes_pair_up else None
        if rest is None:
            # a quotation mark without its partner: from here on tags simply end at the next bracket
            quotes_pair_up = False
            end = page.find(">", markup.end())
            if end < 0:
                return
            position, written = end + 1, page[markup.end() : end]
        else:
            position, written = rest.end(), rest.group(1)
        name = name.lower()
        if markup.group(1):
            yield Token("/" + name, "", line)
        elif name in _WITHOUT_TEXT and not (name == "xml" and written.endswith("/")):
            ended = _ENDS[name].search(page, position)
            if ended is None:
                return
            position = ended.start()
        else:
            yield Token(name, written, line)


def _after_declaration(page: str, markup: re.Match[str]) -> int:
    """Where a comment, declaration or processing instruction ends; 0 where it does not."""
    if markup.group() != "<!--":
        return page.find(">", markup.end()) + 1
    if page.startswith((">", "->"), markup.end()):
        return page.index(">", markup.end()) + 1
    ended = _COMMENT_END.search(page, markup.end())
    return ended.end() if ended else 0
