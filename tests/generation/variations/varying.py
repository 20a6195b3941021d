"""Mutations of a document that leave its cells as they are, and a few that leave some of them blank.

A sheet variation works on the report before it is printed, a text variation on the printed text; any of them can be
combined. ``print_varied`` applies them by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from tests.generation.layouts.printing import print_layout
from tests.generation.sheets import GeneratedReport
from tests.generation.variations import blank, sheet, text

SheetVariation = Callable[[GeneratedReport, Random], GeneratedReport]
TextVariation = Callable[[str, Random], str]

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030")

_SHEET: tuple[SheetVariation, ...] = (
    sheet.full_width_digits_in_values,
    sheet.thousands_separators,
    sheet.no_break_spaces_before_values,
    sheet.units_in_values,
    sheet.amounts_with_two_decimals,
    sheet.label_aliases,
    sheet.look_alike_radicals,
    sheet.traditional_characters,
    sheet.spaces_after_ordinals,
    sheet.full_width_ordinals,
    sheet.ordinals_with_enumeration_comma,
    sheet.spaces_inside_labels,
    sheet.spaces_before_headings,
    sheet.spaced_numbers_in_prose,
    sheet.misleading_sentences,
    sheet.title_year_in_chinese_numerals,
)
_TEXT: tuple[TextVariation, ...] = (
    text.windows_line_ends,
    text.trailing_spaces,
    text.extra_blank_lines,
    text.half_width_punctuation,
    text.full_width_punctuation,
    text.full_width_digits,
    text.zero_width_characters,
)
_PLACEHOLDERS: tuple[SheetVariation, ...] = (blank.placeholder_values,)
_EMPTY: tuple[SheetVariation, ...] = (
    blank.empty_values,
    blank.empty_zeros,
    blank.empty_totals,
)

# these leave every cell as it is
SHEET_VARIATIONS: dict[str, SheetVariation] = {variation.__name__: variation for variation in _SHEET}
TEXT_VARIATIONS: dict[str, TextVariation] = {variation.__name__: variation for variation in _TEXT}
# these make cells blank: the report that comes back says which (``report.blank``)
PLACEHOLDER_VARIATIONS: dict[str, SheetVariation] = {variation.__name__: variation for variation in _PLACEHOLDERS}
EMPTY_VARIATIONS: dict[str, SheetVariation] = {variation.__name__: variation for variation in _EMPTY}


def vary(report: GeneratedReport, random: Random, names: Iterable[str]) -> GeneratedReport:
    """The report with the sheet variations among ``names`` applied, in the given order."""
    known = SHEET_VARIATIONS | PLACEHOLDER_VARIATIONS | EMPTY_VARIATIONS
    for name in names:
        if name in known:
            report = known[name](report, random)
    return report


def print_varied(report: GeneratedReport, random: Random, layout: str, names: Iterable[str]) -> str:
    """The report printed in ``layout`` with all variations among ``names``, those of the sheet first.

    Variations that blank cells belong into ``vary``, whose result knows them.
    """
    chosen = list(names)
    printed = print_layout(vary(report, random, chosen), random, layout)
    for name in chosen:
        if name in TEXT_VARIATIONS:
            printed = TEXT_VARIATIONS[name](printed, random)
    return printed


def encoded(text: str, encoding: str) -> bytes:
    """The bytes of a file; ``encoding`` is one of ``ENCODINGS``."""
    return text.encode(encoding)
