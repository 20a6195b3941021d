"""A YAML file as nodes that remember where they stand, read without ever building objects.

Only plain YAML is accepted: no anchors, aliases, tags or second documents, at most MAXIMUM_DEPTH levels and
MAXIMUM_BYTES bytes. The checks run on the stream of events, before anything is put together, so that no file can
exhaust memory or the stack. Marks are turned into lines and columns counted from 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol, Union

import yaml

from disclosure_checks.grammar.words.declared import YAML_LOADER
from disclosure_checks.rules.spec.source.problems import Problem, SpecificationError
from disclosure_checks.rules.spec.source.syntax_errors import syntax_mistake

MAXIMUM_BYTES = 5_000_000
MAXIMUM_DEPTH = 50

_GIVEN_UP = "maximum nesting depth"  # so libyaml says that it goes no deeper; PyYAML's own parser has no such bound
_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_NULL = re.compile(r"~|null|Null|NULL|")
_TRUE = re.compile(r"yes|Yes|YES|true|True|TRUE|on|On|ON")
_FALSE = re.compile(r"no|No|NO|false|False|FALSE|off|Off|OFF")
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{0,18}")

Plain = Union[str, int, float, bool, None]


class Position(NamedTuple):
    """A place in the file: line and column counted from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class SourceFile:
    """The text of a spec file. ``name`` is how messages call it."""

    path: Path
    name: str
    text: str
    lines: tuple[str, ...]

    def line(self, number: int) -> str:
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


@dataclass(frozen=True)
class ScalarNode:
    """A text, number, truth or nothing. ``style``: "" plain, ``'``, ``"``, ``|`` or ``>``."""

    text: str
    style: str
    position: Position

    @property
    def value(self) -> Plain:
        """The value in plain YAML 1.1: quoted and block scalars are always text."""
        if self.style:
            return self.text
        if _NULL.fullmatch(self.text):
            return None
        if _TRUE.fullmatch(self.text) or _FALSE.fullmatch(self.text):
            return bool(_TRUE.fullmatch(self.text))
        if _INTEGER.fullmatch(self.text):
            return int(self.text)
        return float(self.text) if _DECIMAL.fullmatch(self.text) else self.text


@dataclass(frozen=True)
class SequenceNode:
    """A list."""

    items: list[Node]
    position: Position


@dataclass(frozen=True)
class MappingNode:
    """Keys are texts; where each key stands is in ``keys``."""

    values: dict[str, Node]
    keys: dict[str, ScalarNode]
    position: Position


Node = Union[ScalarNode, SequenceNode, MappingNode]


class Origin(NamedTuple):
    """Where a part of a spec was written."""

    source: SourceFile
    node: Node


def read_source(path: Path) -> SourceFile:
    """The text of a spec file. Raises SpecificationError where it cannot be read as UTF-8 text of a sensible size."""
    name = path.as_posix()
    try:
        with path.open("rb") as stream:
            content = stream.read(MAXIMUM_BYTES + 1)
    except FileNotFoundError as error:
        raise SpecificationError([Problem("file_missing", name)]) from error
    except IsADirectoryError as error:
        raise SpecificationError([Problem("file_is_folder", name)]) from error
    except OSError as error:
        code = "file_is_folder" if path.is_dir() else "file_unreadable"  # Windows refuses to open a folder
        raise SpecificationError([Problem(code, name, details={"detail": error.strerror or ""})]) from error
    if len(content) > MAXIMUM_BYTES:
        raise SpecificationError([Problem("file_too_large", name, details={"limit": str(MAXIMUM_BYTES // 10**6)})])
    return source_of_text(_decode(content, name), path)


def source_of_text(text: str, path: Path) -> SourceFile:
    """A text as a source file. Raises SpecificationError where it is empty or holds a control character."""
    source = SourceFile(path, path.as_posix(), text, tuple(_LINE_BREAK.split(text)))
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        before = _LINE_BREAK.split(text[: unprintable.start()])
        place = Position(len(before), len(before[-1]) + 1)
        character = f"U+{ord(unprintable.group()):04X}"
        raise SpecificationError([problem_at(source, place, "control_character", found=character)])
    if not text.strip():
        raise SpecificationError([Problem("file_empty", source.name, 1, 1)])
    return source


def _decode(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace")
        lines = _LINE_BREAK.split(before)
        byte = f"0x{content[error.start]:02X}"
        problem = Problem("file_not_utf8", name, len(lines), len(lines[-1]) + 1, details={"found": byte})
        raise SpecificationError([problem]) from error


def problem_at(
    source: SourceFile,
    position: Position,
    code: str,
    *,
    expected: tuple[str, ...] = (),
    suggestion: str = "",
    **details: str,
) -> Problem:
    """A problem at a place of a source, with the line it stands on."""
    line = source.line(position.line)
    return Problem(code, source.name, position.line, position.column, line, expected, suggestion, details)


def compose(source: SourceFile) -> tuple[MappingNode, list[Problem]]:
    """The nodes of a spec file, and every duplicate or unusable key.

    Raises SpecificationError at the first thing that is no plain YAML; what was found before it is told too.
    """
    composer = _Composer(source)
    try:
        try:
            composer.take_all(YAML_LOADER)
        except yaml.MarkedYAMLError as error:
            if _GIVEN_UP not in (error.problem or ""):
                raise
            # libyaml looks ahead: it gave up before the event at which we would have stopped
            composer = _Composer(source)
            composer.take_all(yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mistake = syntax_mistake(error, source.lines)
        place = Position(mistake.line, mistake.column)
        problem = problem_at(source, place, mistake.code, detail=error.problem or "", found=mistake.found)
        raise SpecificationError([*composer.problems, problem]) from error
    if composer.root is None:
        raise SpecificationError([Problem("file_empty", source.name, 1, 1)])
    if not isinstance(composer.root, MappingNode):
        raise SpecificationError([*composer.problems, problem_at(source, composer.root.position, "not_a_mapping")])
    return composer.root, composer.problems


def plain_data(node: Node) -> object:
    """The node as dicts, lists, texts and numbers. Its depth is bounded by ``compose``."""
    if isinstance(node, MappingNode):
        return {key: plain_data(value) for key, value in node.values.items()}
    if isinstance(node, SequenceNode):
        return [plain_data(item) for item in node.items]
    return node.value


class _Mark(Protocol):
    """What PyYAML's own marks and those of libyaml have in common; both count from 0."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


def _position(mark: _Mark | None) -> Position:
    return Position(mark.line + 1, mark.column + 1) if mark is not None else Position(1, 1)


@dataclass
class _Open:
    """A sequence or mapping under construction; ``key`` waits for its value."""

    node: SequenceNode | MappingNode
    key: ScalarNode | None = None
    skip_value: bool = False


@dataclass
class _Composer:
    """Puts nodes together from events with a stack of its own."""

    source: SourceFile
    problems: list[Problem] = field(default_factory=list)
    root: Node | None = None
    stack: list[_Open] = field(default_factory=list)

    def take_all(self, loader: type[Any]) -> None:
        """Take the events that a loader of PyYAML makes of the source. Raises yaml.MarkedYAMLError."""
        for event in yaml.parse(self.source.text, Loader=loader):
            self.take(event)

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._stop("yaml_alias", event)
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._stop("yaml_second_document", event)
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            self._stop("yaml_tag", event, found=str(tag))
        if isinstance(event, yaml.ScalarEvent):
            self._add(ScalarNode(event.value, event.style or "", _position(event.start_mark)))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open(SequenceNode([], _position(event.start_mark)), event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open(MappingNode({}, {}, _position(event.start_mark)), event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._add(self.stack.pop().node)

    def _stop(self, code: str, event: yaml.Event, *, found: str = "", limit: str = "") -> None:
        problem = problem_at(self.source, _position(event.start_mark), code, found=found, limit=limit)
        raise SpecificationError([*self.problems, problem])

    def _open(self, node: SequenceNode | MappingNode, event: yaml.Event) -> None:
        if len(self.stack) >= MAXIMUM_DEPTH:
            self._stop("yaml_too_deep", event, limit=str(MAXIMUM_DEPTH))
        self.stack.append(_Open(node))

    def _add(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if isinstance(top.node, SequenceNode):
            top.node.items.append(node)
        elif top.key is None and not top.skip_value:
            self._take_key(top, top.node, node)
        else:
            if top.key is not None:
                top.node.values[top.key.text] = node
            top.key, top.skip_value = None, False

    def _take_key(self, top: _Open, mapping: MappingNode, node: Node) -> None:
        code = ""
        if not isinstance(node, ScalarNode):
            code = "key_not_text"
        elif not isinstance(node.value, str):
            code = "key_needs_quotes"
        elif node.text in mapping.keys:
            code = "duplicate_key"
        if code or not isinstance(node, ScalarNode):
            text = node.text if isinstance(node, ScalarNode) else ""
            first = mapping.keys[text].position.line if text in mapping.keys else 0
            self.problems.append(problem_at(self.source, node.position, code, found=text, line=str(first)))
            top.skip_value = True
            return
        mapping.keys[node.text] = node
        top.key = node
