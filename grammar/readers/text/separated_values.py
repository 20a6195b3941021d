"""Tables as spreadsheets export them to text: cells between commas, semicolons or tabs, quoted where they must be.

lines -> lines with tabs between cells, as tables in text stand, each with the line of the file it begins in
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_SEPARATORS = {  # -> a number between two of them, which is looked for before rows are
    separator: re.compile(rf'{separator}[ "\'=]*[-+]?\d[\d.]*%?["\']? *(?=[{separator}\n])') for separator in (",", ";")
}
_FEWEST_SEPARATORS = 20  # of a text that may be such a table
_FEWEST_ROWS = 4  # of numbers, that make it one
_FEWEST_CELLS = 3  # of such a row
_MOST_LINES = 20  # of a row; a quotation mark without its partner would take the rest of the file
_QUOTED_BETWEEN_TABS = re.compile(r'(?:^|\t)"[^"\t]*"(?:\t|$)', re.MULTILINE)
_QUOTED_BETWEEN_BARS = re.compile(r'^"[^"|\n]*"\|"[^"|\n]*"', re.MULTILINE)  # without a frame, as no one draws a table
_COUNTED_BETWEEN_BARS = re.compile(r"\s*\|\s*(\d{1,5})\s*(?=\|)")
_LINES_OF_NAMES = 2  # above a table drawn with bars: the names of its columns, and a line
_COUNTED_BEFORE_TABS = re.compile(r"(?:[^\n]*\n)?[01]\t[^\n]*\n[12]\t")
_NUMBER = re.compile(r'\s*=?["\']?\s*[-+]?\d[\d.]*%?\s*["\']?\s*')
_BLANK = re.compile(r'\s*(?:=?"\s*"|\'\s*\')?\s*')
_AS_TEXT = re.compile(r'="(.*)"')
_UNNAMED = re.compile(r"(?:Unnamed: |[VX])\d+|[A-Z]{1,2}")
_BEGINNINGS = ("0", "1")
_FEWEST_COUNTED = 10  # rows of a file whose first column counts them; a report has some 60
_SENTENCE = "。"


class NumberedLine(NamedTuple):
    """A line and the number, from 1, of the line of the file that it begins in."""

    number: int
    text: str


class _Row(NamedTuple):
    """The cells of a row, and the number of the line that it begins in."""

    number: int
    cells: Sequence[str]


def separated_lines(text: str) -> list[NumberedLine] | None:
    """The lines of a table of separated values; None where a text is no such table."""
    separator = _separator(text)
    if not separator:
        return _without_index_between_bars(text.split("\n"))
    try:
        return list(_lines(text.split("\n"), separator))
    except (csv.Error, _Unbalanced):
        return None


class _Unbalanced(Exception):
    """A quotation mark has no partner."""


def _separator(text: str) -> str:
    """What stands between the cells of a text; "" where nothing does, or tabs alone without quotation marks or an index."""
    for separator, number in _SEPARATORS.items():
        if text.count(separator) >= _FEWEST_SEPARATORS and len(number.findall(text)) >= _FEWEST_ROWS:
            rows = (line.split(separator) for line in text.split("\n") if "\t" not in line and "|" not in line)
            if sum(map(_is_row_of_numbers, rows)) >= _FEWEST_ROWS:
                return separator
    if '"' in text and len(_QUOTED_BETWEEN_BARS.findall(text)) >= _FEWEST_ROWS:
        return "|"
    if "\t" not in text:
        return ""
    quoted = '"' in text and _QUOTED_BETWEEN_TABS.search(text)
    return "\t" if quoted or _COUNTED_BEFORE_TABS.match(text) else ""


def _is_row_of_numbers(cells: Sequence[str]) -> bool:
    numbers = sum(_NUMBER.fullmatch(cell) is not None for cell in cells)
    empty = sum(_BLANK.fullmatch(cell) is not None for cell in cells)
    return len(cells) >= _FEWEST_CELLS and numbers > 0 and numbers + empty >= len(cells) / 2


def _lines(lines: Sequence[str], separator: str) -> Iterator[NumberedLine]:
    for begin, cells in _without_index(list(_rows(lines, separator))):
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) > 1 and separator != "\t" and any(_SENTENCE in cell for cell in cells):
            yield NumberedLine(begin, separator.join(cells))  # a sentence whose commas separate nothing
        elif len(filled) == 1 and cells[0].strip():
            yield from _cell_alone(begin, cells[0])
        else:
            yield NumberedLine(begin, "\t".join(map(_one_line, cells)) if filled else "")


def _rows(lines: Sequence[str], separator: str) -> Iterator[_Row]:
    single = sum(line.count(separator + "'") for line in lines) > sum(line.count(separator + '"') for line in lines)
    ended = (line + "\n" for line in lines)
    reader = csv.reader(
        ended, delimiter=separator, quotechar="'" if single else '"', skipinitialspace=separator != "\t"
    )
    end = 0
    for cells in reader:
        begin, end = end + 1, reader.line_num
        if end - begin > _MOST_LINES:
            raise _Unbalanced
        yield _Row(begin, cells)


def _without_index(rows: Sequence[_Row]) -> Sequence[_Row]:
    """The rows without a first column that counts them from the first to the last, as a program writes its own index.

    The names of the columns above it are left out where they are counted as well.
    """
    begin = 1 if rows and _names_columns(rows[0].cells) else 0
    numbers = [row.cells[0] for row in rows[begin:] if row.cells]
    first = int(numbers[0]) if numbers and numbers[0] in _BEGINNINGS else -1
    if first < 0 or len(numbers) < _FEWEST_COUNTED or numbers != [str(first + place) for place in range(len(numbers))]:
        return rows
    names = [_Row(row.number, []) for row in rows[:begin]]
    return [*names, *(_Row(row.number, row.cells[1:]) for row in rows[begin:])]


def _without_index_between_bars(lines: Sequence[str]) -> list[NumberedLine] | None:
    """The rows of a table drawn with bars without a first column that counts them; None where a text is not one."""
    found = [(number, _COUNTED_BETWEEN_BARS.match(line)) for number, line in enumerate(lines, 1) if line.strip()]
    if len(found) < _FEWEST_COUNTED or not found[-1][1]:
        return None
    begin = next((place for place, (_, counted) in enumerate(found) if counted), 0)
    numbers = [counted.group(1) if counted else "" for _, counted in found[begin:]]
    first = int(numbers[0])
    if begin > _LINES_OF_NAMES or first > 1 or numbers != [str(first + place) for place in range(len(numbers))]:
        return None
    rows = (NumberedLine(number, lines[number - 1][counted.end(1) :].lstrip()) for number, counted in found if counted)
    names = (NumberedLine(number, "") for number, counted in found if not counted)
    return [*names, *rows]


def _names_columns(cells: Sequence[str]) -> bool:
    """Whether cells are the names that a program gives to columns without one: 0, 1, 2 or Unnamed: 1."""
    names = [cell.strip() for cell in cells[1:]]
    counted = any(names == [str(first + place) for place in range(len(names))] for first in (0, 1))
    return len(names) > 1 and (counted or all(map(_UNNAMED.fullmatch, names)))


def _cell_alone(number: int, cell: str) -> Iterator[NumberedLine]:
    for text in cell.split("\n"):
        yield NumberedLine(number, text)


def _one_line(cell: str) -> str:
    quoted = _AS_TEXT.fullmatch(cell)
    return " ".join((quoted.group(1) if quoted else cell).replace("\t", " ").split("\n"))
