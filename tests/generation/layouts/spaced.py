"""Layout 5, copied from a PDF: one printed row a line, cells joined by spaces, lines of prose as wide as the page."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.generation.grid import Kind, Slot, table_slots
from tests.generation.layouts.frame import joined, report_lines
from tests.generation.sheets import PrintedTable, Sheet

LINE_WIDTH = 36
LONG_LABEL = 12
REVIEW = "review"
RowPrinter = Callable[[list[str], str, str], list[str]]  # (headings that open here, label, values) -> lines


def _wrapped(text: str) -> str:
    """Prose broken at the width of the page; a number is never broken."""
    lines, line = [], ""
    for character in text:
        if len(line) >= LINE_WIDTH and not (line[-1].isdigit() and character.isdigit()):
            lines.append(line)
            line = ""
        line += character
    return "\n".join([*lines, line])


def _header(rows: list[list[Slot]], splits_headings: bool) -> list[str]:
    lines = []
    for row in rows:
        texts = [slot.text for slot in row if slot.text]
        if splits_headings and len(texts) > 2:
            # what does not fit the narrow column stands on a second line
            lines.append(" ".join(text[:2] if len(text) == 4 else text for text in texts))
            lines.append(" ".join(text[2:] for text in texts if len(text) == 4))
        else:
            lines.append(" ".join(texts))
    return [line for line in lines if line]


def _spaced_table(table: PrintedTable, print_row: RowPrinter, splits_headings: bool) -> list[str]:
    rows = table_slots(table)
    lines: list[str] = []
    header: list[list[Slot]] = []
    for row in rows:
        values = " ".join(slot.text for slot in row if slot.kind is Kind.VALUE and slot.text)
        if not any(slot.kind is Kind.VALUE for slot in row):
            header.append(row)
            continue
        lines += _header(header, splits_headings and table.id != "proactive")
        header = []
        labels = [slot.text for slot in row if slot.kind is not Kind.VALUE and slot.text]
        lines += print_row(labels[:-1], labels[-1], values) if labels else [values]
    return lines


def _together(headings: list[str], label: str, values: str) -> list[str]:
    return [" ".join((*headings, label, values))]


def _spaced(
    sheet: Sheet, print_row: RowPrinter = _together, *, splits_headings: bool = False, wraps: bool = True
) -> list[str]:
    return report_lines(
        sheet,
        lambda table: _spaced_table(table, print_row, splits_headings),
        paragraph=_wrapped if wraps else str,
    )


def spaced_rows(sheet: Sheet, random: Random) -> str:
    """The plain shape."""
    return joined(_spaced(sheet, wraps=random.random() < 0.5))


def spaced_rows_wide(sheet: Sheet, random: Random) -> str:
    """Several spaces between cells, as a tool that keeps the layout of the page prints them; indented rows."""

    def print_row(headings: list[str], label: str, values: str) -> list[str]:
        gap = " " * random.randint(2, 12)
        spread = values.replace(" ", " " * random.randint(2, 9))
        return [" " * random.randint(0, 6) + gap.join((*headings, label, spread))]

    return joined(_spaced(sheet, print_row))


def spaced_rows_group_headings_apart(sheet: Sheet, random: Random) -> str:
    """The heading around several rows stands on a line of its own above them."""

    def print_row(headings: list[str], label: str, values: str) -> list[str]:
        return [*headings, f"{label} {values}"]

    return joined(_spaced(sheet, print_row))


def _broken_around(headings: list[str], label: str, values: str) -> list[str]:
    """…只计这一情⏎447 7 0 0 0 0 454⏎形，不计其他情形）: the numbers stand at half the height of the label."""
    if len(label) < LONG_LABEL:
        return _together(headings, label, values)
    half = len(label) // 2
    return [*headings, label[:half], values, label[half:]]


def spaced_rows_broken_labels(sheet: Sheet, random: Random) -> str:
    """Long labels broken around their numbers, headings of narrow columns over two lines."""
    return joined(_spaced(sheet, _broken_around, splits_headings=True))


def spaced_rows_broken_labels_beside_numbers(sheet: Sheet, random: Random) -> str:
    """Long labels wrapped, the numbers on the line of the label's first or second part."""

    def print_row(headings: list[str], label: str, values: str) -> list[str]:
        if len(label) < LONG_LABEL:
            return _together(headings, label, values)
        half = random.randint(5, len(label) - 4)
        first, second = label[:half], label[half:]
        return [*headings, *((f"{first} {values}", second) if random.random() < 0.5 else (first, f"{second} {values}"))]

    return joined(_spaced(sheet, print_row, splits_headings=True))


def spaced_rows_numbers_first(sheet: Sheet, random: Random) -> str:
    """In every row the numbers stand before the label, on the same line."""
    return joined(_spaced(sheet, lambda headings, label, values: [" ".join((values, *headings, label))]))


def spaced_rows_numbers_above(sheet: Sheet, random: Random) -> str:
    """Some rows, never two in a row, have their numbers on the line above the label.

    Unambiguous, since the row before is complete on its own line.
    """
    was_above = True

    def print_row(headings: list[str], label: str, values: str) -> list[str]:
        nonlocal was_above
        was_above = not was_above and random.random() < 0.5
        return [values, " ".join((*headings, label))] if was_above else _together(headings, label, values)

    return joined(_spaced(sheet, print_row))


def spaced_rows_page_numbers(sheet: Sheet, random: Random) -> str:
    """Page numbers between rows, some with the form feed that ends a page."""
    number = 0
    mark = random.choice(("- {} -", "— {} —", "-{}-", "第 {} 页"))
    ends_with_form_feed = random.random() < 0.5

    def print_row(headings: list[str], label: str, values: str) -> list[str]:
        nonlocal number
        lines = _together(headings, label, values)
        if random.random() < 0.12:
            number += 1
            lines += [mark.format(number), *(["\f"] if ends_with_form_feed else [])]
        return lines

    return joined(_spaced(sheet, print_row))
