"""What styles say of whether the text of an element counts: hidden and struck text does not, raised digits mark notes.

style sheet of the page, attributes of the element -> Look

Of style sheets only plain selectors are followed: ``sup``, ``.note``, ``span.note``, ``#note``, and lists of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_STYLE_ELEMENT = re.compile(r"<style\b[^>]*>(.*?)</style", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,5000})\}")
_SELECTOR = re.compile(r"(?:[a-zA-Z][\w-]*)?(?:[.#][\w-]+)?")
_LARGEST_SHEET = 500_000  # characters that are looked at
_MOST_SELECTORS = 20_000

# a page may hide whole parts by a style until a script shows them; only what stands in a line is hidden for good
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "big",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "ins",
        "label",
        "mark",
        "small",
        "span",
        "strong",
        "sub",
    }
    | {"sup", "u"}
)
_HIDING = re.compile(
    r"display\s*:\s*none\b|(?<![-\w])opacity\s*:\s*0(?:\.0*)?%?\s*(?:;|$)|mso-hide\s*:\s*all\b|visibility\s*:\s*hidden\b|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)"
    r"|text-decoration(?:-line)?\s*:[^;]*\bline-through\b"
    r"|transform\s*:[^;]*\brotate\(\s*-?(?!(?:0|90|180|270|360)(?:\.0*)?deg)\d+(?:\.\d+)?deg",  # a watermark
    re.IGNORECASE,
)
_RAISING = re.compile(
    r"vertical-align\s*:\s*(?:super|sub|text-top|text-bottom|[-+]?(?!0+(?:\.0*)?(?:[a-z%]|;|$|\s))[\d.]+\s*(?:px|pt|em|ex|rem|%))"
    r"|position\s*:\s*relative\b[^{}]*\b(?:top|bottom)\s*:\s*[-+]?(?!0+(?:\.0*)?(?:[a-z%]|;|$|\s))[\d.]"
    r"|\b(?:top|bottom)\s*:\s*[-+]?(?!0+(?:\.0*)?(?:[a-z%]|;|$|\s))[\d.][^{}]*position\s*:\s*relative\b"
    r"|font-size\s*:\s*(?:smaller|x{1,2}-small|[1-7]\d(?:\.\d*)?%|0?\.[1-7]\d*r?em)\s*(?:;|$)"
    r"|font-variant-position\s*:\s*(?:super|sub)\b",
    re.IGNORECASE,
)


class Look(NamedTuple):
    """Whether the text of an element is hidden or struck, and whether it stands above or below the line, or is small."""

    hidden: bool = False
    raised: bool = False


_PLAIN = Look()


class StyleSheet:
    """The styles of a page by selector, those that matter here."""

    def __init__(self, page: str) -> None:
        self._looks: dict[str, Look] = {}
        if "<style" in page or "<STYLE" in page:
            for element in _STYLE_ELEMENT.finditer(page):
                self._add(_COMMENT.sub(" ", element.group(1)[:_LARGEST_SHEET]))

    def _add(self, sheet: str) -> None:
        for rule in _RULE.finditer(sheet):
            look = _declared(rule.group(2))
            if look == _PLAIN:
                continue
            for selector in map(str.strip, rule.group(1).split(",")):
                if selector and _SELECTOR.fullmatch(selector) and len(self._looks) < _MOST_SELECTORS:
                    known = self._looks.get(selector, _PLAIN)
                    self._looks[selector] = Look(known.hidden or look.hidden, known.raised or look.raised)

    @property
    def is_empty(self) -> bool:
        """Whether no style of the page matters."""
        return not self._looks

    def look(self, name: str, given: Mapping[str, str]) -> Look:
        """How an element looks by its name, its attributes and the styles of the page."""
        own = _declared(given.get("style", ""))
        hidden, raised = own.hidden or "hidden" in given, own.raised
        if self._looks:
            chosen = [f".{one}" for one in given.get("class", "").split()]
            if "id" in given:
                chosen.append(f"#{given['id']}")
            for selector in (name, *chosen, *(f"{name}{one}" for one in chosen)):
                known = self._looks.get(selector, _PLAIN)
                hidden, raised = hidden or (known.hidden and name in _INLINE), raised or known.raised
        return Look(hidden, raised)


def is_hiding(style: str) -> bool:
    """Whether declarations hide or strike a text."""
    return bool(_HIDING.search(style))


def is_raising(style: str) -> bool:
    """Whether declarations set a text above or below its line."""
    return bool(_RAISING.search(style))


def _declared(style: str) -> Look:
    return Look(is_hiding(style), is_raising(style)) if style else _PLAIN
