"""One Word paragraph: what its properties say, and the lines that it prints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from disclosure_checks.grammar.readers.flow import Item, Line, Picture
from disclosure_checks.grammar.readers.open_xml_package import attribute, number
from disclosure_checks.grammar.readers.pieces import Pieces
from disclosure_checks.grammar.readers.word.looks import PLAIN, Look, with_property
from disclosure_checks.grammar.readers.word.numbering import Ordinals, Style, Styles

_ENDS_IN_WORD = re.compile(r"[0-9A-Za-z]\Z")
_NOT_IN_A_LIST = "0"
_SYMBOL_OFFSET = 0xF000  # characters of symbol fonts are stored with this added
_PICTOGRAPHIC_FONT = re.compile("dings", re.IGNORECASE)
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{2,4}")
_SURROGATES = range(0xD800, 0xE000)


def symbol_text(attributes: Mapping[str, str]) -> str:
    """The character of a ``w:sym``; "" for what is none."""
    written = attribute(attributes, "char")
    code = int(written, 16) if _HEXADECIMAL.fullmatch(written) else 0
    pictographic = _PICTOGRAPHIC_FONT.search(attribute(attributes, "font"))
    if _SYMBOL_OFFSET + 0x20 <= code < _SYMBOL_OFFSET + 0x7F and not pictographic:
        code -= _SYMBOL_OFFSET
    return chr(code) if code >= 0x20 and code not in _SURROGATES else ""


@dataclass
class Paragraph:
    """A paragraph as far as it has been read.

    ``ordinal``: what stands before it, where the file says so (Word 2003). ``after``: what stands in text boxes
    anchored in it. ``mark_deleted``: it and the next one become one paragraph. ``look``: that of the run of text that
    is being read.
    """

    pieces: Pieces = field(default_factory=Pieces)
    unread: list[Picture] = field(default_factory=list)  # what it shows without being read
    after: list[Item] = field(default_factory=list)
    style: Style = field(default_factory=Style)
    style_id: str = ""
    list_id: str | None = None
    level: int | None = None
    ordinal: str = ""
    mark_deleted: bool = False
    look: Look = PLAIN

    def start_run(self) -> None:
        """A run of text begins; it looks as the paragraph's style says."""
        self.look = self.style.look

    def continue_from(self, before: Paragraph) -> None:
        """Takes over the text of the paragraph before, whose end mark was deleted; the own properties stay."""
        self.pieces, self.unread, self.after = before.pieces, before.unread, before.after


class ParagraphReader:
    """Reads the properties of paragraphs and puts their lines together, for one document."""

    def __init__(self, styles: Styles, ordinals: Ordinals) -> None:
        self._styles = styles
        self._ordinals = ordinals
        self._resolved: dict[str, Style] = {}

    def paragraph_property(self, paragraph: Paragraph, name: str, attributes: Mapping[str, str]) -> None:
        """A property of the paragraph, or of the mark at its end."""
        if name == "w:pStyle":
            paragraph.style_id = attribute(attributes, "val")
            paragraph.style = self._style(paragraph.style_id)
        elif name == "w:numId":
            paragraph.list_id = attribute(attributes, "val")
        elif name == "wx:t":
            paragraph.ordinal = next((value for key, value in attributes.items() if key.endswith(" val")), "")
        elif name == "w:ilvl":
            paragraph.level = number(attribute(attributes, "val"))
        elif name in ("w:del", "w:moveFrom"):
            paragraph.mark_deleted = True

    def run_property(self, paragraph: Paragraph, name: str, attributes: Mapping[str, str]) -> None:
        """A property of the run that is being read; a style stands before what overrides it."""
        if name == "w:rStyle":
            paragraph.look = self._style(attribute(attributes, "val")).look.over(paragraph.look)
        else:
            paragraph.look = with_property(paragraph.look, name, attributes)

    def items(self, paragraph: Paragraph) -> list[Item]:
        """The lines, images and text boxes of a paragraph, its ordinal before its text."""
        text = paragraph.pieces.text()
        if text or not paragraph.style.look.hidden:
            text = self._ordinal(paragraph, text) + text
        lines = [Line(line) for line in text.split("\n") if line]
        return [*lines, *paragraph.unread, *paragraph.after]

    def _ordinal(self, paragraph: Paragraph, text: str) -> str:
        if paragraph.ordinal:
            return paragraph.ordinal
        style = paragraph.style
        list_id = style.list_id if paragraph.list_id is None else paragraph.list_id
        if not list_id or list_id == _NOT_IN_A_LIST:
            return ""
        level = paragraph.level
        if level is None and paragraph.list_id is None:
            level = self._ordinals.level_of_style(list_id, paragraph.style_id)
        ordinal = self._ordinals.next(list_id, (style.level or 0) if level is None else level)
        # Word sets the text apart by a tab; that matters here only where the two would run together
        return ordinal + " " if text and _ENDS_IN_WORD.search(ordinal) else ordinal

    def _style(self, identifier: str) -> Style:
        found = self._resolved.get(identifier)
        if found is None:
            found = self._resolved[identifier] = self._styles.resolved(identifier)
        return found
