"""Where the characters of a YAML scalar stand in the file: a mistake in a formula is shown inside the formula.

The value of a scalar is matched to its source character by character: indentation and folded line breaks are
skipped, escapes of quoted scalars count as the one character they stand for.
"""

from __future__ import annotations

from disclosure_checks.rules.spec.source.yaml_source import Position, ScalarNode, SourceFile

_ESCAPE_LENGTHS = {"x": 4, "u": 6, "U": 10}  # characters of \xNN, \uNNNN and \UNNNNNNNN in the source


def position_within(source: SourceFile, node: ScalarNode, offset: int) -> Position:
    """The place of the character at ``offset`` (from 0) of the scalar's value; the end of the value counts too."""
    line, column = _first_character(node)
    place = Position(line, column + 1)
    for index, character in enumerate(node.text[: offset + 1]):
        line, column = _skip_to(source, line, column, character)
        place = Position(line, column + 1)
        line, column = _after(source, node.style, line, column, character)
        if index == offset:
            return place
    return Position(line, column + 1) if node.text else place


def _first_character(node: ScalarNode) -> tuple[int, int]:
    """Line (from 1) and column (from 0) where the content begins."""
    line, column = node.position.line, node.position.column - 1
    if node.style in ("|", ">"):
        return line + 1, 0
    return line, column + len(node.style)


def _skip_to(source: SourceFile, line: int, column: int, character: str) -> tuple[int, int]:
    """Past white space and line breaks of the source that the value does not have."""
    if character.isspace():
        return line, column
    while line <= len(source.lines):
        text = source.line(line)
        while column < len(text) and text[column].isspace():
            column += 1
        if column < len(text) and text[column:] != "\\":
            return line, column
        line, column = line + 1, 0
    return line, column


def _after(source: SourceFile, style: str, line: int, column: int, character: str) -> tuple[int, int]:
    """The place after one character of the value."""
    text = source.line(line)
    if column >= len(text):
        return line + 1, 0
    if character.isspace() and not text[column:].strip():
        return line + 1, 0
    if style == "'" and text[column : column + 2] == "''":
        return line, column + 2
    if style == '"' and text[column] == "\\":
        return line, column + _ESCAPE_LENGTHS.get(text[column + 1 : column + 2], 2)
    return line, column + 1
