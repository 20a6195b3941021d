"""Layout 1, the text export of a word processor: a TAB before each cell, a blank line between rows.

Cells merged downwards appear as a lone TAB in each row they cover; cells merged sideways appear once.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.generation.grid import Kind, Merge, Slot, table_slots
from tests.generation.layouts.frame import broken_in_half, joined, report_lines
from tests.generation.sheets import PrintedTable, Sheet

SlotText = Callable[[Slot], str]


def _plain(slot: Slot) -> str:
    return slot.text


def _word_table(table: PrintedTable, random: Random, text: SlotText) -> list[str]:
    lines = [""] * random.randint(0, 1)
    for row in table_slots(table):
        lines += ["\t" + text(slot) for slot in row if slot.merge is not Merge.BESIDE]
        lines.append("")
    return lines + [""] * random.randint(1, 3)


def _word_document(sheet: Sheet, random: Random, text: SlotText = _plain) -> str:
    def heading(line: str) -> str:
        return " " + line if random.random() < 0.05 else line

    airy = random.random() < 0.3
    return joined(report_lines(sheet, lambda table: _word_table(table, random, text), heading=heading, airy=airy))


def word_text(sheet: Sheet, random: Random) -> str:
    """The plain export."""
    return _word_document(sheet, random)


def word_text_broken_labels(sheet: Sheet, random: Random) -> str:
    """Headings of narrow columns over two lines: 结果⏎纠正."""

    def text(slot: Slot) -> str:
        breaks = slot.kind is Kind.HEADING and random.random() < 0.9
        return broken_in_half(slot.text, "\n") if breaks else slot.text

    return _word_document(sheet, random, text)


def word_text_labels_broken_by_blank_lines(sheet: Sheet, random: Random) -> str:
    """Headings of narrow columns in two paragraphs: 结果⏎⏎纠正."""

    def text(slot: Slot) -> str:
        breaks = slot.kind is Kind.HEADING and random.random() < 0.9
        return broken_in_half(slot.text, "\n\n") if breaks else slot.text

    return _word_document(sheet, random, text)


def word_text_broken_row_labels(sheet: Sheet, random: Random) -> str:
    """Long labels of rows over several lines, as typed with a line break inside the cell."""

    def text(slot: Slot) -> str:
        if slot.kind is not Kind.LABEL or len(slot.text) < 9 or random.random() < 0.4:
            return slot.text
        place = random.randint(4, len(slot.text) - 3)
        return slot.text[:place] + random.choice(("\n", "\n\n")) + slot.text[place:]

    return _word_document(sheet, random, text)


def word_text_no_break_spaces(sheet: Sheet, random: Random) -> str:
    """A no-break space before some values."""

    def text(slot: Slot) -> str:
        has_space = slot.kind is Kind.VALUE and slot.text and random.random() < 0.2
        return "\u00a0" + slot.text if has_space else slot.text

    return _word_document(sheet, random, text)
