"""From characters to visual lines, and from the lines of a cell to its text.

Characters are put together by where they stand, never by their order in the file, except where text runs downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from disclosure_checks.grammar.readers.pdf.page import Character

_SAME_LINE = 0.3  # of the font size: baselines nearer to each other are one; a label broken around numbers is further
_SPACE = 0.3  # of the font size: a wider gap separates words; narrower ones come from justified text
_DRAWN_TWICE = 0.2  # of the font size: the same character again this near is a bold one drawn twice
_FULL_LINE = 1.9  # of the font size: what may be left free at the end of a line that was wrapped
_FEWEST_DIGITS = 3  # of a line of a number that was too wide; no cell is as narrow as to hold one or two
_DOWNWARDS = 0.6  # of the steps between characters that make a text one that runs downwards


class PrintedLine(NamedTuple):
    """One visual line. ``top`` and ``bottom`` bound its glyphs."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    baseline: float
    size: float


def visual_lines(characters: Iterable[Character]) -> list[PrintedLine]:
    """The lines that characters make, from top to bottom; words in a line from left to right with a space between."""
    printed = (printed_line(line) for line in characters_of_lines(characters))
    return [line for line in printed if line.text]


def characters_of_lines(characters: Iterable[Character]) -> list[list[Character]]:
    """The characters of each visual line, from top to bottom and from left to right."""
    lines: list[list[Character]] = []
    for character in sorted(characters, key=lambda one: one.baseline):
        if lines:
            first = lines[-1][0]
            if character.baseline - first.baseline <= _SAME_LINE * max(first.size, character.size):
                lines[-1].append(character)
                continue
        lines.append([character])
    for line in lines:
        line.sort(key=lambda one: (one.left, one.order))
    return lines


def begins_word(before: Character, character: Character) -> bool:
    """Whether a gap separates two characters that follow each other in a line."""
    return character.left - before.right > _SPACE * max(before.size, character.size)


def words_of_line(line: Iterable[Character]) -> list[list[Character]]:
    """The characters of each word of a line that is in order; white space belongs to none."""
    words: list[list[Character]] = []
    for character in line:
        if character.text.isspace():
            continue
        if words and not begins_word(words[-1][-1], character):
            words[-1].append(character)
        else:
            words.append([character])
    return words


def printed_line(characters: Sequence[Character]) -> PrintedLine:
    """One line of characters that are in order."""
    parts: list[str] = []
    before: Character | None = None
    for character in characters:
        if before is not None:
            if character.text == before.text and character.left - before.left < _DRAWN_TWICE * character.size:
                continue
            if begins_word(before, character):
                parts.append(" ")
        parts.append(character.text)
        before = character
    size = max(character.size for character in characters)
    baseline = characters[0].baseline
    inked = [character for character in characters if not character.text.isspace()] or characters
    return PrintedLine(
        " ".join("".join(parts).split()),
        inked[0].left,
        max(character.right for character in inked),
        baseline - 0.85 * size,
        baseline + 0.15 * size,
        baseline,
        size,
    )


def cell_lines(characters: Sequence[Character]) -> list[PrintedLine]:
    """The lines of one cell. Text that runs downwards, or is turned, is one line."""
    if len(characters) > 1:
        turned = [character for character in characters if character.angle]
        if len(turned) * 2 > len(characters):
            return [_one_line(_turned(turned), characters)]
        if _runs_downwards(characters):
            return [_one_line(_columns(characters), characters)]
    return visual_lines(characters)


def cell_text(lines: Sequence[PrintedLine], right: float) -> str:
    """The text of a cell that ends at ``right``. A number that was too wide for its cell is put together again."""
    text = ""
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and not (_goes_on(before.text, line.text) and is_full(before, right)):
            text += "\n"
        text += line.text
    return text


def is_full(line: PrintedLine, right: float) -> bool:
    """Whether a line reaches the right edge of its cell, so that its text may go on in the next line."""
    return right - line.right <= _FULL_LINE * line.size


def _goes_on(text: str, after: str) -> bool:
    """Whether a number of several digits may go on in the next line, which holds no more of them than fit."""
    return _is_number(text) and _is_number(after) and len(text) >= max(_FEWEST_DIGITS, len(after))


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").isdigit()


def _runs_downwards(characters: Sequence[Character]) -> bool:
    """Whether several columns of text run downwards: one after the other in the file, the characters go down."""
    steps = downwards = 0
    for before, after in pairwise(characters):
        steps += 1
        down = 0 < after.baseline - before.baseline < 2.5 * before.size
        downwards += down and abs(after.left - before.left) < 0.6 * before.size
    lefts = [character.left for character in characters]
    return downwards > _DOWNWARDS * steps and max(lefts) - min(lefts) > characters[0].size


def _columns(characters: Sequence[Character]) -> list[Character]:
    """Characters of columns that run downwards, the rightmost column first."""
    columns: list[list[Character]] = []
    for character in sorted(characters, key=lambda one: -one.left):
        if columns and columns[-1][0].left - character.left < 0.6 * character.size:
            columns[-1].append(character)
        else:
            columns.append([character])
    return [character for column in columns for character in sorted(column, key=lambda one: one.baseline)]


def _turned(characters: Sequence[Character]) -> list[Character]:
    """Turned characters in reading order: upwards from the left, or downwards from the right."""
    upwards = characters[0].angle == 90
    across = 1 if upwards else -1
    size = max(character.size for character in characters)
    return sorted(characters, key=lambda one: (round(across * one.left / size), -across * one.baseline))


def _one_line(ordered: Sequence[Character], characters: Sequence[Character]) -> PrintedLine:
    size = max(character.size for character in characters)
    lowest = max(character.baseline for character in characters)
    return PrintedLine(
        " ".join("".join(character.text for character in ordered).split()),
        min(character.left for character in characters),
        max(character.right for character in characters),
        min(character.baseline for character in characters) - 0.85 * size,
        lowest + 0.15 * size,
        lowest,
        size,
    )
