"""Names and styles of an OpenDocument: what its styles say of whether text counts and what is ruled or hidden."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_PREFIXES = frozenset({"office", "style", "text", "table", "draw", "fo"})
_ON_THE_LINE = ("0%", "0", "")
_MOST_NAMES = 5_000


_USUAL_PREFIXES = {"xsl-fo-compatible": "fo", "drawing": "draw"}  # where the name of a vocabulary is longer


class ShortNames(dict[str, str]):
    """``namespace local`` -> ``text:p``; "" for the names of other vocabularies."""

    def __missing__(self, name: str) -> str:
        namespace, _, local = name.rpartition(" ")
        words = namespace.split(":")
        prefix = words[-2] if len(words) > 2 else ""
        prefix = _USUAL_PREFIXES.get(prefix, prefix)
        short = f"{prefix}:{local}" if prefix in _PREFIXES else ""
        if len(self) < _MOST_NAMES:
            self[name] = short
        return short


class Style(NamedTuple):
    """What matters of a style; ``raised``: above or below the line."""

    struck: bool = False
    raised: bool = False
    ruled: bool = False
    hidden: bool = False


PLAIN = Style()


class Styles:
    """The styles by name, as they are read."""

    def __init__(self) -> None:
        self._styles: dict[str, Style] = {}
        self._open = ""

    def of(self, name: str) -> Style:
        """A style; the plain one where there is none of this name."""
        return self._styles.get(name, PLAIN)

    def begin(self, given: Mapping[str, str]) -> None:
        """A style begins; it looks as the one it is based on, until its properties say otherwise."""
        self._open = given.get("style:name", "")
        self._styles[self._open] = self.of(given.get("style:parent-style-name", ""))

    def text_properties(self, given: Mapping[str, str]) -> None:
        """How its text looks."""
        style = self.of(self._open)
        if "style:text-line-through-style" in given:
            style = style._replace(struck=given["style:text-line-through-style"] != "none")
        if "style:text-position" in given:
            style = style._replace(raised=given["style:text-position"].split(" ")[0] not in _ON_THE_LINE)
        if "text:display" in given:
            style = style._replace(hidden=given["text:display"] == "none")
        self._styles[self._open] = style

    def cell_properties(self, given: Mapping[str, str]) -> None:
        """How its cells look."""
        if any(value != "none" for key, value in given.items() if key.startswith("fo:border")):
            self._styles[self._open] = self.of(self._open)._replace(ruled=True)

    def table_properties(self, given: Mapping[str, str]) -> None:
        """How its sheets look."""
        if given.get("table:display") == "false":
            self._styles[self._open] = self.of(self._open)._replace(hidden=True)
