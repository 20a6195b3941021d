"""Headings with choices, written out: ``[optional]`` words and ``{one|other}`` choices, nested as needed."""

from __future__ import annotations

import re
from collections.abc import Mapping

_CLOSING = {"[": "]", "{": "}"}


MAXIMUM_WORDINGS = 10_000  # of one template: more cannot be meant


def count_wordings(template: str) -> int:
    """How many wordings a template stands for, counted without writing them out; brackets may be unbalanced."""
    levels = [(0, 1)]  # of each open bracket: the wordings of the choices so far, those of the current choice
    for character in template:
        earlier, current = levels[-1]
        if character in "[{":
            levels.append((0, 1))
        elif character == "|":
            levels[-1] = (earlier + current, 1)
        elif character in "]}" and len(levels) > 1:
            levels.pop()
            before, outer = levels[-1]
            levels[-1] = (before, outer * (earlier + current + (character == "]")))
    return levels[0][1]


def expand_wording(template: str) -> tuple[str, ...]:
    """Every wording a template stands for, without repeats, in the order in which the choices are written.

    Raises ValueError where brackets do not match; the message says which, ``args[1]`` is the position from 0.
    """
    wordings, end = _sequence(template, 0, "")
    if end != len(template):
        raise ValueError(f"unexpected {template[end]!r}", end)
    return tuple(dict.fromkeys(wordings))


def _sequence(template: str, start: int, stops: str) -> tuple[list[str], int]:
    """The wordings from ``start`` up to one of ``stops``, and the position of that stop (or the end)."""
    wordings, position = [""], start
    while position < len(template):
        character = template[position]
        if character in stops:
            break
        if character in _CLOSING:
            choices, position = _choices(template, position)
            wordings = [before + choice for before in wordings for choice in choices]
        elif character in "]}|":
            break
        else:
            wordings = [before + character for before in wordings]
            position += 1
    return wordings, position


def _choices(template: str, start: int) -> tuple[list[str], int]:
    """The choices of the bracket that opens at ``start``, and the position after its close."""
    opening = template[start]
    closing = _CLOSING[opening]
    choices: list[str] = []
    position = start
    while True:
        more, position = _sequence(template, position + 1, "|" + closing)
        choices += more
        if position >= len(template) or template[position] not in "|" + closing:
            raise ValueError(f"{opening!r} is never closed by {closing!r}", start)
        if template[position] == closing:
            break
    return [*choices, ""] if opening == "[" else choices, position + 1


_PART = re.compile(r"\(\?&([a-z_0-9]+)\)")
_DEEPEST_PARTS = 10


def expand_pattern(pattern: str, parts: Mapping[str, str]) -> str:
    """A regular expression with its ``(?&name)`` pieces put in; pieces may use other pieces.

    Raises KeyError for an unknown piece and RecursionError where pieces use each other in a circle.
    """
    for _ in range(_DEEPEST_PARTS):
        expanded = _PART.sub(lambda found: f"(?:{parts[found.group(1)]})", pattern)
        if expanded == pattern:
            return pattern
        pattern = expanded
    raise RecursionError(pattern)
