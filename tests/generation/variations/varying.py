"""Mutations of a document that leave its cells as they are, and a few that leave some of them blank.

A sheet variation works on the report before it is printed, a text variation on the printed text; any of them can be
combined. ``print_varied`` applies them by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from tests.generation import variations_blank, variations_sheet, variations_text
from tests.generation.layouts import print_layout
from tests.generation.sheets import GeneratedReport

SheetVariation = Callable[[GeneratedReport, Random], GeneratedReport]
TextVariation = Callable[[str, Random], str]

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030")

_SHEET: tuple[SheetVariation, ...] = (
    variations_sheet.full_width_digits_in_values,
    variations_sheet.thousands_separators,
    variations_sheet.no_break_spaces_before_values,
    variations_sheet.units_in_values,
    variations_sheet.amounts_with_two_decimals,
    variations_sheet.label_aliases,
    variations_sheet.look_alike_radicals,
    variations_sheet.traditional_characters,
    variations_sheet.spaces_after_ordinals,
    variations_sheet.full_width_ordinals,
    variations_sheet.ordinals_with_enumeration_comma,
    variations_sheet.spaces_inside_labels,
    variations_sheet.spaces_before_headings,
    variations_sheet.spaced_numbers_in_prose,
    variations_sheet.misleading_sentences,
    variations_sheet.title_year_in_chinese_numerals,
)
_TEXT: tuple[TextVariation, ...] = (
    variations_text.windows_line_ends,
    variations_text.trailing_spaces,
    variations_text.extra_blank_lines,
    variations_text.half_width_punctuation,
    variations_text.full_width_punctuation,
    variations_text.full_width_digits,
    variations_text.zero_width_characters,
)
_PLACEHOLDERS: tuple[SheetVariation, ...] = (variations_blank.placeholder_values,)
_EMPTY: tuple[SheetVariation, ...] = (
    variations_blank.empty_values,
    variations_blank.empty_zeros,
    variations_blank.empty_totals,
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
    text = print_layout(vary(report, random, chosen), random, layout)
    for name in chosen:
        if name in TEXT_VARIATIONS:
            text = TEXT_VARIATIONS[name](text, random)
    return text


def encoded(text: str, encoding: str) -> bytes:
    """The bytes of a file; ``encoding`` is one of ``ENCODINGS``."""
    return text.encode(encoding)
