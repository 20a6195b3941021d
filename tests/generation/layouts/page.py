"""Layout 2, the inner text of a web page: one cell a line, merged and empty cells gone, the page around the report."""

from __future__ import annotations

from random import Random

from tests.generation.grid import Kind, table_slots
from tests.generation.layouts.frame import broken_in_half, joined, page_lines, with_half_width_punctuation
from tests.generation.sheets import PrintedTable, Sheet


def _cells(table: PrintedTable) -> list[tuple[Kind, str]]:
    return [(slot.kind, slot.text) for row in table_slots(table) for slot in row if slot.text]


def _blocks(texts: list[str]) -> list[str]:
    """Every text followed by a blank line."""
    return [line for text in texts for line in (text, "")]


def page_text(sheet: Sheet, random: Random) -> str:
    """A blank line after every cell."""
    return joined(page_lines(sheet, random, lambda table: _blocks([text for _, text in _cells(table)]), airy=True))


def page_text_half_width(sheet: Sheet, random: Random) -> str:
    """The same with half-width brackets, colons and commas throughout."""
    return with_half_width_punctuation(page_text(sheet, random))


def page_text_broken_labels(sheet: Sheet, random: Random) -> str:
    """Headings of narrow columns broken: 商业⏎⏎企业 in one table, 结果⏎纠正 in the other."""

    def print_table(table: PrintedTable) -> list[str]:
        separator = random.choice(("\n", "\n\n"))
        cells = _cells(table)
        return _blocks([broken_in_half(text, separator) if kind is Kind.HEADING else text for kind, text in cells])

    return joined(page_lines(sheet, random, print_table, airy=True))


def page_text_tight(sheet: Sheet, random: Random) -> str:
    """One cell a line without blank lines between."""
    return joined(page_lines(sheet, random, lambda table: [text for _, text in _cells(table)], airy=False))
