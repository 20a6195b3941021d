"""Tables as spreadsheets export them to text: cells between commas, semicolons or tabs, quoted where they must be.

lines -> lines with tabs between cells, as tables in text stand, each with the line of the file it begins in
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_SEPARATORS = (",", ";")
_FEWEST_SEPARATORS = 20  # of a text that may be such a table
_FEWEST_ROWS = 4  # of numbers, that make it one
_FEWEST_CELLS = 3  # of such a row
_MOST_LINES = 20  # of a row; a quotation mark without its partner would take the rest of the file
_QUOTED_BETWEEN_TABS = re.compile(r'(?:^|\t)"[^"\t]*"(?:\t|$)', re.MULTILINE)
_NUMBER = re.compile(r'\s*(?:="?)?[-+]?\d[\d.]*%?"?\s*')
_AS_TEXT = re.compile(r'="(.*)"')
_SENTENCE = "。"


class NumberedLine(NamedTuple):
    """A line and the number, from 1, of the line of the file that it begins in."""

    number: int
    text: str


def separated_lines(text: str) -> list[NumberedLine] | None:
    """The lines of a table of separated values; None where a text is no such table."""
    separator = _separator(text)
    if not separator:
        return None
    try:
        return list(_lines(text.split("\n"), separator))
    except (csv.Error, _Unbalanced):
        return None


class _Unbalanced(Exception):
    """A quotation mark has no partner."""


def _separator(text: str) -> str:
    """What stands between the cells of a text; "" where nothing does, or tabs alone that nothing is quoted between."""
    for separator in _SEPARATORS:
        if text.count(separator) >= _FEWEST_SEPARATORS:
            rows = (line.split(separator) for line in text.split("\n") if "\t" not in line and "|" not in line)
            if sum(map(_is_row_of_numbers, rows)) >= _FEWEST_ROWS:
                return separator
    return "\t" if '"' in text and "\t" in text and _QUOTED_BETWEEN_TABS.search(text) else ""


def _is_row_of_numbers(cells: Sequence[str]) -> bool:
    numbers = sum(_NUMBER.fullmatch(cell) is not None for cell in cells)
    empty = sum(not cell.strip() for cell in cells)
    return len(cells) >= _FEWEST_CELLS and numbers > 0 and numbers + empty >= len(cells) / 2


def _lines(lines: Sequence[str], separator: str) -> Iterator[NumberedLine]:
    reader = csv.reader((line + "\n" for line in lines), delimiter=separator)
    end = 0
    for cells in reader:
        begin, end = end + 1, reader.line_num
        if end - begin > _MOST_LINES:
            raise _Unbalanced
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) > 1 and separator != "\t" and any(_SENTENCE in cell for cell in cells):
            yield NumberedLine(begin, separator.join(cells))  # a sentence whose commas separate nothing
        elif len(filled) == 1 and cells[0].strip():
            yield from _cell_alone(begin, cells[0])
        else:
            yield NumberedLine(begin, "\t".join(map(_one_line, cells)) if filled else "")


def _cell_alone(number: int, cell: str) -> Iterator[NumberedLine]:
    for text in cell.split("\n"):
        yield NumberedLine(number, text)


def _one_line(cell: str) -> str:
    quoted = _AS_TEXT.fullmatch(cell)
    return " ".join((quoted.group(1) if quoted else cell).replace("\t", " ").split("\n"))
