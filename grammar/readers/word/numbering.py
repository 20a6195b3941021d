"""Automatic numbering and the styles that carry it: what Word prints before a paragraph without its being typed.

styles.xml, numbering.xml -> Styles, Numbering -> Ordinals.next(...) -> "（一）"
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from disclosure_checks.grammar.readers.open_xml_package import ShortNames, attribute, number, parse_xml, switched_on
from disclosure_checks.grammar.readers.word.looks import PLAIN, Look, with_property
from disclosure_checks.grammar.readers.word.ordinals import ordinal_text

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_MOST_ANCESTORS = 20  # of a style


@dataclass
class Level:
    """One level of a list as numbering.xml defines it. ``restart``: the level that starts it anew (None: any above)."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    all_decimal: bool = False
    style: str = ""


@dataclass
class ListDefinition:
    """A w:abstractNum. ``linked`` and ``link`` name the numbering style that it takes its levels from or gives them to."""

    levels: dict[int, Level] = field(default_factory=dict)
    linked: str = ""
    link: str = ""


@dataclass
class ListInstance:
    """A w:num: a list definition, with levels and first numbers of its own."""

    definition: str = ""
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


@dataclass
class Style:
    """What matters of a style; None where it is left to the style it is based on."""

    based_on: str = ""
    list_id: str | None = None
    level: int | None = None
    look: Look = PLAIN


@dataclass
class Numbering:
    """All lists of a document."""

    definitions: dict[str, ListDefinition] = field(default_factory=dict)
    instances: dict[str, ListInstance] = field(default_factory=dict)

    def definition_of(self, instance: ListInstance) -> tuple[str, ListDefinition]:
        """The definition that counts for a list, with its id: where it only names a style, the style's own."""
        definition = self.definitions.get(instance.definition, ListDefinition())
        if definition.linked:
            for identifier, other in self.definitions.items():
                if other.link == definition.linked:
                    return identifier, other
        return instance.definition, definition


def read_numbering(content: bytes) -> Numbering:
    """The lists of numbering.xml; none where there is no such part."""
    numbering = Numbering()
    if content:
        reader = _NumberingReader(numbering)
        parse_xml(content, reader.start)
    return numbering


class _NumberingReader:
    """Goes through numbering.xml; properties always stand inside the list or level that was opened last."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._names = ShortNames()
        self._definition = ListDefinition()
        self._instance: ListInstance | None = None
        self._level = Level()
        self._place = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        short = self._names[name]
        value = attribute(attributes, "val")
        if short == "w:abstractNum":
            self._definition, self._instance = ListDefinition(), None
            self._numbering.definitions[attribute(attributes, "abstractNumId")] = self._definition
        elif short == "w:num":
            self._instance = ListInstance()
            self._numbering.instances[attribute(attributes, "numId")] = self._instance
        elif short == "w:lvlOverride":
            self._place = number(attribute(attributes, "ilvl"))
        elif short == "w:lvl":
            self._level = Level()
            levels = self._instance.levels if self._instance else self._definition.levels
            levels[number(attribute(attributes, "ilvl"))] = self._level
        elif self._instance and short == "w:abstractNumId":
            self._instance.definition = value
        elif self._instance and short == "w:startOverride":
            self._instance.starts[self._place] = number(value, 1)
        else:
            self._property(short, value, attributes)

    def _property(self, short: str, value: str, attributes: Mapping[str, str]) -> None:
        level = self._level
        if short == "w:start":
            level.start = number(value, 1)
        elif short == "w:numFmt" and value != "custom":  # a custom format has a usual one beside it
            level.format = value
        elif short == "w:lvlText":
            level.text = value
        elif short == "w:lvlRestart":
            level.restart = number(value)
        elif short == "w:isLgl":
            level.all_decimal = switched_on(attributes)
        elif short == "w:pStyle":
            level.style = value
        elif short == "w:numStyleLink":
            self._definition.linked = value
        elif short == "w:styleLink":
            self._definition.link = value


class Styles:
    """The styles of a document, by id."""

    def __init__(self, content: bytes) -> None:
        self._styles: dict[str, Style] = {}
        self._names = ShortNames()
        self._open = Style()
        self._is_read = False
        if content:
            parse_xml(content, self._start)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        short = self._names[name]
        self._is_read = self._is_read or short == "w:body"  # of a document that is one file
        if self._is_read:
            return
        if short == "w:style":
            self._open = self._styles[attribute(attributes, "styleId")] = Style()
        elif short == "w:basedOn":
            self._open.based_on = attribute(attributes, "val")
        elif short == "w:numId":
            self._open.list_id = attribute(attributes, "val")
        elif short == "w:ilvl":
            self._open.level = number(attribute(attributes, "val"))
        else:
            self._open.look = with_property(self._open.look, short, attributes)

    def resolved(self, identifier: str) -> Style:
        """A style with what it takes from the styles it is based on."""
        found = Style()
        for _ in range(_MOST_ANCESTORS):
            style = self._styles.get(identifier)
            if style is None:
                break
            found.list_id = style.list_id if found.list_id is None else found.list_id
            found.level = style.level if found.level is None else found.level
            found.look = found.look.over(style.look)
            identifier = style.based_on
        return found


class Ordinals:
    """Counts the numbered paragraphs of one document, in reading order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, list[int | None]] = {}
        self._used: set[str] = set()

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level of a list that a paragraph style is tied to."""
        instance = self._numbering.instances.get(list_id)
        if instance is None:
            return None
        levels = {**self._numbering.definition_of(instance)[1].levels, **instance.levels}
        return next((place for place, level in levels.items() if style and level.style == style), None)

    def next(self, list_id: str, place: int) -> str:
        """What stands before the next paragraph of a list at a level (from 0); "" for bullets and unknown lists."""
        instance = self._numbering.instances.get(list_id)
        if instance is None or not 0 <= place < _LEVELS:
            return ""
        identifier, definition = self._numbering.definition_of(instance)
        levels = {**definition.levels, **instance.levels}
        counts = self._counts.setdefault(identifier, [None] * _LEVELS)
        if list_id not in self._used:
            self._used.add(list_id)
            for restarted in instance.starts:
                if 0 <= restarted < _LEVELS:
                    counts[restarted] = None

        def first(number_of_level: int) -> int:
            return instance.starts.get(number_of_level, levels.get(number_of_level, Level()).start)

        before = counts[place]
        counts[place] = first(place) if before is None else before + 1
        for deeper in range(place + 1, _LEVELS):
            restart = levels.get(deeper, Level()).restart
            if restart is None or place < restart:
                counts[deeper] = None
        level = levels.get(place)
        if level is None or level.format == "bullet":
            return ""
        shown = level

        def printed(found: re.Match[str]) -> str:
            other = int(found.group(1)) - 1
            count = counts[other]
            style = "decimal" if shown.all_decimal else levels.get(other, Level()).format
            return ordinal_text(first(other) if count is None else count, style)

        return _PLACEHOLDER.sub(printed, level.text)
