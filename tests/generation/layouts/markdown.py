"""Layout 3, Markdown around tables of tab-separated values."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.generation.grid import Kind, Merge, Slot, table_slots
from tests.generation.layouts.frame import (
    broken_in_half,
    joined,
    report_lines,
    with_half_width_punctuation,
    with_spaced_numbers,
)
from tests.generation.sheets import PrintedTable, Sheet

REVIEW, REQUESTS = "review", "requests"
_ORDINAL = re.compile(r"^(\d+\.|[(（][一二三四五六七][)）])")


def _fields(table: PrintedTable) -> list[list[str]]:
    return [[slot.text for slot in row] for row in table_slots(table)]


def _markdown(sheet: Sheet, table_fields: Callable[[PrintedTable], list[list[str]]], levels: list[int]) -> str:
    """``levels``: the Markdown level of each section's heading in turn."""
    remaining = iter(levels)

    def paragraph(text: str) -> str:
        # the aspects of a section are headings of their own where they stand alone
        if not text.startswith("（") or len(text) >= 20:
            return with_spaced_numbers(text)
        return f"### {text}" if text.endswith("。") else f"### {text}："

    lines = report_lines(
        sheet,
        lambda table: ["\t".join(fields) for fields in table_fields(table)],
        airy=True,
        title=lambda line: f"# {with_spaced_numbers(line)}",
        heading=lambda line: "#" * next(remaining, 2) + f" {line}",
        paragraph=paragraph,
    )
    return joined(["", "", *lines])


def markdown_tsv(sheet: Sheet, random: Random) -> str:
    """Every place of the grid is a field, merged ones empty; heading levels as they should be."""
    return _markdown(sheet, _fields, [2] * len(sheet.sections))


def _loosened(text: str) -> str:
    """Half-width brackets and spaces as a Markdown formatter sets them: (一) 予以公开, 1. 属于国家秘密."""
    brackets = text.replace("（", " (").replace("）", ")").strip()
    if text.startswith("（") and not _ORDINAL.match(text):
        return brackets
    ordinal = _ORDINAL.match(brackets)
    if not ordinal:
        return text
    rest = brackets[ordinal.end() :]
    return f"{ordinal.group()} {rest}".replace("，", ", ").replace("  ", " ")


def _loosened_fields(rows: list[list[Slot]], splits_headings: bool) -> list[list[str]]:
    def text(slot: Slot) -> str:
        if slot.kind is Kind.VALUE:
            return slot.text
        return broken_in_half(slot.text, " ") if splits_headings and slot.kind is Kind.HEADING else _loosened(slot.text)

    return [[text(slot) for slot in row] for row in rows]


def markdown_tsv_spaced_labels(sheet: Sheet, random: Random) -> str:
    """The full grid with spaces after ordinals and inside labels; heading levels at random."""

    def fields(table: PrintedTable) -> list[list[str]]:
        if table.id in (REQUESTS, REVIEW):
            return _loosened_fields(table_slots(table), splits_headings=table.id == REVIEW)
        return _fields(table)

    return _markdown(sheet, fields, [random.randint(2, 4) for _ in sheet.sections])


def _shifted_header(rows: list[list[Slot]]) -> list[list[Slot]]:
    """The header one column to the left, the heading over the totals in its first row."""
    nothing = Slot("", Kind.HEADING, Merge.BESIDE)
    first, second, third = ([row[0], *row[2:], nothing] for row in rows)
    first[-2], second[-2] = second[-2], nothing
    return [first, second, third]


def _shifted(table: PrintedTable) -> list[list[Slot]]:
    """Table 3 as a converter breaks it: labels that span columns count one too few, so their values move left.

    The last row of the last group and the row of totals lose the empty places before their labels too.
    """
    rows = table_slots(table)
    header = sum(1 for row in rows if not any(slot.kind is Kind.VALUE for slot in row))
    shifted = _shifted_header(rows[:header])
    nothing = Slot("", Kind.LABEL, Merge.BESIDE)
    for index, row in enumerate(rows[header:]):
        at = next(i for i, slot in enumerate(row) if slot.kind is Kind.LABEL)
        values = [slot for slot in row if slot.kind is Kind.VALUE]
        if index in (len(table.rows) - 3, len(table.rows) - 2):
            shifted.append([row[at], nothing, *values, nothing])
        elif row[at + 1].merge is Merge.BESIDE:
            shifted.append([*row[: at + 1], *row[at + 2 :], nothing])
        else:
            shifted.append(row)
    return shifted


def markdown_tsv_shifted(sheet: Sheet, random: Random) -> str:
    """Header and some rows one column to the left, labels loosened, heading levels falling: the worst of this kind."""

    def fields(table: PrintedTable) -> list[list[str]]:
        if table.id == REQUESTS:
            return _loosened_fields(_shifted(table), splits_headings=False)
        if table.id == REVIEW:
            return _loosened_fields(table_slots(table), splits_headings=True)
        return _fields(table)

    return _markdown(sheet, fields, [2, 2, 3, 4, 4, 4])


def markdown_tsv_half_width(sheet: Sheet, random: Random) -> str:
    """The full grid with half-width punctuation everywhere."""
    return with_half_width_punctuation(markdown_tsv(sheet, random))
