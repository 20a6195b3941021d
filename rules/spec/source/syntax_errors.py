"""What YAML's own errors mean, and where the mistake stands: often before the place where the parser gives up."""

from __future__ import annotations

from typing import NamedTuple

import yaml

from disclosure_checks.rules.spec.source.typing_mistakes import mistake_in_line

_LINES_BACK = 20


class SyntaxMistake(NamedTuple):
    """``line`` and ``column`` count from 1."""

    code: str
    line: int
    column: int
    found: str = ""


def syntax_mistake(error: yaml.MarkedYAMLError, lines: tuple[str, ...]) -> SyntaxMistake:
    """The mistake behind an error of the YAML parser."""
    problem = error.problem or ""
    line, column = _place(error.problem_mark or error.context_mark)
    text = _line(lines, line)
    if "\t" in text[: len(text) - len(text.lstrip())]:
        return SyntaxMistake("yaml_tab", line, text.index("\t") + 1)
    if {"*", "&"} & set(text[max(column - 2, 0) : column]):
        return SyntaxMistake("yaml_alias", line, column)
    if "could not find expected ':'" in problem:
        return _without_colon(error, lines)
    if "escape" in problem:
        return SyntaxMistake("yaml_backslash", line, _backslash_before(text, column))
    if mistyped := _mistyped_before(lines, line):
        return mistyped
    if "mapping values are not allowed" in problem:
        return SyntaxMistake("yaml_mapping_value", line, column)
    opened = _place(error.context_mark) if error.context_mark is not None else (line, column)
    if "unexpected end of stream" in problem and "quoted scalar" in (error.context or ""):
        return SyntaxMistake("yaml_unclosed_quote", *opened)
    if "expected ',' or" in problem:
        return _unclosed_bracket(lines, opened, (line, column))
    if (
        "expected '-' indicator" in problem
        or "did not find expected key" in problem
        or "expected <block end>" in problem
    ):
        return SyntaxMistake("yaml_indentation", line, column)
    if "cannot start any token" in problem:
        return SyntaxMistake("yaml_needs_quotes", line, column, text[column - 1 : column])
    return SyntaxMistake("yaml_syntax", line, column)


def _mistyped_before(lines: tuple[str, ...], line: int) -> SyntaxMistake | None:
    """A blank in the indentation that is none, or a key without a proper colon in the line before."""
    before = next((number for number in range(line - 1, 0, -1) if _line(lines, number).strip()), 0)
    for number in (before, line):
        mistake = mistake_in_line(_line(lines, number))
        if mistake is not None and (number == before or mistake.code == "yaml_odd_space"):
            return SyntaxMistake(mistake.code, number, mistake.offset + 1, mistake.found)
    return None


def _without_colon(error: yaml.MarkedYAMLError, lines: tuple[str, ...]) -> SyntaxMistake:
    """The line that was to be a key and its value: the one that the parser began to read as a key, or one after it."""
    last, _ = _place(error.problem_mark or error.context_mark)
    first, column = _place(error.context_mark or error.problem_mark)
    for number in range(max(first, last - _LINES_BACK), last + 1):
        mistake = mistake_in_line(_line(lines, number))
        if mistake is not None:
            return SyntaxMistake(mistake.code, number, mistake.offset + 1, mistake.found)
    return SyntaxMistake("yaml_no_colon", first, column)


def _unclosed_bracket(lines: tuple[str, ...], opened: tuple[int, int], stopped: tuple[int, int]) -> SyntaxMistake:
    """A bracket that is not closed, unless a full-width comma stands where a comma was meant."""
    line, column = opened
    until = stopped[1] - 1 if stopped[0] == line else None
    comma = _line(lines, line).find("，", column - 1, until)
    if comma >= 0:
        return SyntaxMistake("full_width_comma", line, comma + 1)
    return SyntaxMistake("yaml_unclosed_bracket", line, column, _line(lines, line)[column - 1 : column])


def _backslash_before(text: str, column: int) -> int:
    """The column of the backslash: libyaml names the character behind it."""
    place = text.rfind("\\", 0, column)
    return place + 1 if place >= 0 else column


def _place(mark: yaml.Mark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


def _line(lines: tuple[str, ...], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""
