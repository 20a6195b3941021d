"""Layout 4, cells separated by pipes, in the shapes that converters of web pages and documents make."""

from __future__ import annotations

from random import Random

from tests.generation.grid import table_slots
from tests.generation.layouts.frame import joined, page_lines, report_lines, with_spaced_numbers
from tests.generation.sheets import PrintedTable, Sheet


def _texts(table: PrintedTable) -> list[list[str]]:
    """Rows of what is printed, merged and empty places left out."""
    return [[slot.text for slot in row if slot.text] for row in table_slots(table)]


def _fields(table: PrintedTable) -> list[list[str]]:
    return [[slot.text for slot in row] for row in table_slots(table)]


def pipes_trailing(sheet: Sheet, random: Random) -> str:
    """``a | b | c |`` with a varying number of pipes at the end of a row."""

    def print_table(table: PrintedTable) -> list[str]:
        return [" | ".join(row) + " |" * random.randint(1, 6) for row in _texts(table)]

    return joined(report_lines(sheet, print_table))


def pipes_leading_empty_cells(sheet: Sheet, random: Random) -> str:
    """Merged places of labels kept as empty cells, a varying number of pipes at the end."""

    def print_table(table: PrintedTable) -> list[str]:
        rows = [" | ".join(row).rstrip(" |") for row in _fields(table)]
        return [row + " |" * random.randint(1, 4) for row in rows]

    return joined(report_lines(sheet, print_table, airy=True))


def pipes_padded(sheet: Sheet, random: Random) -> str:
    """A leading pipe and every column padded to its widest cell."""

    def print_table(table: PrintedTable) -> list[str]:
        rows = _fields(table)
        width = max(map(len, rows))
        full = [row + [""] * (width - len(row)) for row in rows]
        widths = [max(len(row[column]) for row in full) for column in range(width)]
        return ["|" + "|".join(f" {text.ljust(w)} " for text, w in zip(row, widths, strict=True)) + "|" for row in full]

    return joined(report_lines(sheet, print_table))


def pipes_unpadded(sheet: Sheet, random: Random) -> str:
    """No blanks around the pipes: ``a|b|c``."""
    return joined(report_lines(sheet, lambda table: ["|".join(row) for row in _texts(table)]))


def pipes_one_cell_a_line(sheet: Sheet, random: Random) -> str:
    """Every cell on a line of its own with its pipe."""
    before = random.random() < 0.5
    gap = [""] * random.randint(0, 1)

    def print_table(table: PrintedTable) -> list[str]:
        lines: list[str] = []
        for row in _texts(table):
            lines += [f"| {text}" if before else f"{text} |" for text in row] + gap
        return lines

    return joined(report_lines(sheet, print_table))


def _in_one_cell(lines: list[str], random: Random) -> str:
    """A page laid out as one big table: hundreds of empty cells, then everything inside one of them."""
    empty = random.choice(("| ", "|  ", "|")) * random.randint(200, 600)
    opening = lines[0].strip()
    return joined([f"{empty}| {opening}", *lines[1:], " |" * random.randint(2, 40)])


def pipes_page_in_one_cell(sheet: Sheet, random: Random) -> str:
    """The whole page inside one cell; the cells of its tables one a line."""

    def print_table(table: PrintedTable) -> list[str]:
        return [text for row in _texts(table) for text in row]

    return _in_one_cell(page_lines(sheet, random, print_table, airy=False), random)


def pipes_page_in_one_cell_with_rows(sheet: Sheet, random: Random) -> str:
    """The whole page inside one cell; the rows of its tables joined by pipes."""

    def print_table(table: PrintedTable) -> list[str]:
        return [" | ".join(row) + " |" * random.randint(0, 3) for row in _texts(table)]

    return _in_one_cell(page_lines(sheet, random, print_table, airy=False), random)


def _markdown_table(table: PrintedTable) -> list[str]:
    rows = _fields(table)
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return [lines[0], "|" + " --- |" * width, *lines[1:]]


def pipes_markdown_table(sheet: Sheet, random: Random) -> str:
    """Proper Markdown tables."""
    lines = report_lines(
        sheet,
        _markdown_table,
        airy=True,
        title=lambda line: f"# {line}",
        heading=lambda line: f"## {line}",
        paragraph=with_spaced_numbers,
    )
    return joined(lines)
