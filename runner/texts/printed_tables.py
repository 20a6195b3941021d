"""Tables as lines of text for a terminal, in which Chinese characters take two places."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence


def aligned(rows: Sequence[Sequence[str]], to_the_left: Collection[int] = ()) -> list[str]:
    """Rows with aligned columns: to the right, but for the columns named and the last one."""
    widths = [max(printed_width(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    return [
        "  ".join(
            [
                _filled(cell, width, number in to_the_left)
                for number, (cell, width) in enumerate(zip(row[:-1], widths, strict=True))
            ]
            + [row[-1]]
        ).rstrip()
        for row in rows
    ]


def printed_width(text: str) -> int:
    """How many places a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _filled(cell: str, width: int, to_the_left: bool) -> str:
    blanks = " " * (width - printed_width(cell))
    return cell + blanks if to_the_left else blanks + cell
