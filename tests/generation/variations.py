"""Mutations of a document that leave its cells as they are, and a few that leave some of them blank.

A sheet variation works on the report before it is printed, a text variation on the printed text; any of them can be
combined. ``print_varied`` applies them by name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from random import Random

from tests.generation.agencies import wordings
from tests.generation.frame import with_half_width_punctuation, with_spaced_numbers
from tests.generation.layouts import print_layout
from tests.generation.sheets import GeneratedReport
from tests.generation.table_format import aliases, placeholders, tables

SheetVariation = Callable[[GeneratedReport, Random], GeneratedReport]
TextVariation = Callable[[str, Random], str]

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030")
FULL_WIDTH_DIGITS = {ord("0") + digit: chr(0xFF10 + digit) for digit in range(10)}
NO_BREAK_SPACE = "\u00a0"
ZERO_WIDTH = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff")
_ORDINAL = re.compile(r"^(\d)\.(?=\D)")


# --- how values are printed -------------------------------------------------------------------------------------------


def _with_texts(report: GeneratedReport, change: Callable[[str, str], str]) -> GeneratedReport:
    return report.with_sheet(report.sheet.with_texts(lambda cell, text: change(cell, text) if text else text))


def full_width_digits_in_values(report: GeneratedReport, random: Random) -> GeneratedReport:
    return _with_texts(report, lambda _, text: text.translate(FULL_WIDTH_DIGITS) if random.random() < 0.4 else text)


def thousands_separators(report: GeneratedReport, random: Random) -> GeneratedReport:
    def change(_: str, text: str) -> str:
        whole, point, fraction = text.partition(".")
        return f"{int(whole):,}{point}{fraction}" if whole.isascii() and whole.isdigit() else text

    return _with_texts(report, change)


def no_break_spaces_before_values(report: GeneratedReport, random: Random) -> GeneratedReport:
    return _with_texts(report, lambda _, text: NO_BREAK_SPACE + text if random.random() < 0.3 else text)


def units_in_values(report: GeneratedReport, random: Random) -> GeneratedReport:
    """3件 and 2.5万元 in a few cells: a finding of its own, the value still read."""
    amounts = {f"{t.id}.{r.id}.{c.id}" for t in tables().values() for r in t.rows for c in t.columns_of(r) if c.is_amount}

    def change(cell: str, text: str) -> str:
        if not text[-1].isdigit() or random.random() > 0.1:
            return text
        return text + ("万元" if cell in amounts else random.choice(("件", " 件")))

    return _with_texts(report, change)


def amounts_with_two_decimals(report: GeneratedReport, random: Random) -> GeneratedReport:
    """0.00 and 12.50 in the cell of the fee, where no more decimals are needed."""
    amounts = {f"{t.id}.{r.id}.{c.id}" for t in tables().values() for r in t.rows for c in t.columns_of(r) if c.is_amount}

    def change(cell: str, text: str) -> str:
        value = report.cells[cell]
        is_short = cell in amounts and value is not None and round(value, 2) == value
        return f"{value:.2f}" if is_short else text

    return _with_texts(report, change)


# --- how labels and headings are printed ------------------------------------------------------------------------------


def _with_printed_words(report: GeneratedReport, change: Callable[[str], str]) -> GeneratedReport:
    return report.with_sheet(report.sheet.with_labels(change).with_headings(change))


def label_aliases(report: GeneratedReport, random: Random) -> GeneratedReport:
    """Some labels in another accepted wording."""

    def change(label: str) -> str:
        return random.choice(aliases()[label]) if label in aliases() and random.random() < 0.5 else label

    return report.with_sheet(report.sheet.with_labels(change))


@cache
def _look_alikes() -> Mapping[str, str]:
    """Plain characters and the radicals that look the same: those that NFKC folds, and those that it does not."""
    kangxi = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
    supplement = wordings()["characters"]["radicals"]
    return {**kangxi, **dict(zip(supplement["plain"], supplement["printed"], strict=True))}


def look_alike_radicals(report: GeneratedReport, random: Random) -> GeneratedReport:
    """⼀⽂⻔⺠⻓ for 一文门民长 in labels, headings and running text, as some PDF fonts give them."""

    def change(text: str) -> str:
        return "".join(_look_alikes().get(c, c) if random.random() < 0.5 else c for c in text)

    varied = _with_printed_words(report, change)
    return varied.with_sheet(varied.sheet.with_prose(change))


def traditional_characters(report: GeneratedReport, random: Random) -> GeneratedReport:
    """Labels and headings in traditional characters."""
    pairs = wordings()["characters"]["traditional"]
    translation = str.maketrans(pairs["plain"], pairs["printed"])
    return _with_printed_words(report, lambda text: text.translate(translation))


def spaces_after_ordinals(report: GeneratedReport, random: Random) -> GeneratedReport:
    return report.with_sheet(report.sheet.with_labels(lambda label: _ORDINAL.sub(r"\1. ", label)))


def full_width_ordinals(report: GeneratedReport, random: Random) -> GeneratedReport:
    """１．属于国家秘密."""

    def change(label: str) -> str:
        return _ORDINAL.sub(lambda found: found.group(1).translate(FULL_WIDTH_DIGITS) + "．", label)

    return report.with_sheet(report.sheet.with_labels(change))


def ordinals_with_enumeration_comma(report: GeneratedReport, random: Random) -> GeneratedReport:
    """1、属于国家秘密."""
    return report.with_sheet(report.sheet.with_labels(lambda label: _ORDINAL.sub(r"\1、", label)))


def spaces_inside_labels(report: GeneratedReport, random: Random) -> GeneratedReport:
    def change(label: str) -> str:
        if len(label) < 3 or random.random() < 0.6:
            return label
        place = random.randint(1, len(label) - 1)
        return label[:place] + random.choice((" ", "\u3000", NO_BREAK_SPACE)) + label[place:]

    return report.with_sheet(report.sheet.with_labels(change))


def spaces_before_headings(report: GeneratedReport, random: Random) -> GeneratedReport:
    return report.with_sheet(report.sheet.with_headings(lambda heading: random.choice(("", " ", "\u3000\u3000")) + heading))


def spaced_numbers_in_prose(report: GeneratedReport, random: Random) -> GeneratedReport:
    """2024 年, 20 件."""
    return report.with_sheet(report.sheet.with_prose(with_spaced_numbers))


def title_year_in_chinese_numerals(report: GeneratedReport, random: Random) -> GeneratedReport:
    """二〇二三年 in the title."""
    words = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(report.year))
    title = tuple(line.replace(str(report.year), words) for line in report.sheet.title)
    return report.with_sheet(replace(report.sheet, title=title))


# --- how the text is written ------------------------------------------------------------------------------------------


def windows_line_ends(text: str, random: Random) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def trailing_spaces(text: str, random: Random) -> str:
    lines = text.split("\n")
    return "\n".join(line + random.choice(("", "", " ", "  ", "\u3000")) if line else line for line in lines)


def extra_blank_lines(text: str, random: Random) -> str:
    """More blank lines where there are some already: nothing that was together comes apart."""
    return re.sub(r"\n\n", lambda _: "\n" * random.randint(2, 5), text)


def half_width_punctuation(text: str, random: Random) -> str:
    return with_half_width_punctuation(text)


def full_width_punctuation(text: str, random: Random) -> str:
    """Brackets and colons full-width wherever they stand, in times of day too."""
    return text.translate(str.maketrans({"(": "（", ")": "）", ":": "："}))


def full_width_digits(text: str, random: Random) -> str:
    return text.translate(FULL_WIDTH_DIGITS)


def zero_width_characters(text: str, random: Random) -> str:
    """Invisible characters anywhere, inside words and numbers as well."""
    pieces = (c + random.choice(ZERO_WIDTH) if c not in "\r\n" and random.random() < 0.02 else c for c in text)
    return "".join(pieces)


# --- what leaves cells blank ------------------------------------------------------------------------------------------


def _blanked(report: GeneratedReport, cells: Iterable[str], random: Random, texts: tuple[str, ...]) -> GeneratedReport:
    printed = {cell: random.choice(texts) for cell in cells}
    sheet = report.sheet.with_texts(lambda cell, text: printed.get(cell, text))
    return replace(report, sheet=sheet, cells={**report.cells, **dict.fromkeys(printed)})


def _some_cells(report: GeneratedReport, random: Random) -> list[str]:
    return random.sample(list(report.cells), random.choice((1, 1, 2, 5, 20)))


def placeholder_values(report: GeneratedReport, random: Random) -> GeneratedReport:
    """Some cells print / or — or 无 instead of a number."""
    return _blanked(report, _some_cells(report, random), random, placeholders())


def empty_values(report: GeneratedReport, random: Random) -> GeneratedReport:
    """Some cells print nothing; only for layouts that keep the place of an empty cell."""
    return _blanked(report, _some_cells(report, random), random, ("",))


def empty_zeros(report: GeneratedReport, random: Random) -> GeneratedReport:
    """Cells are empty where zeros belong, in the whole document."""
    return _blanked(report, [cell for cell, value in report.cells.items() if value == 0], random, ("",))


def empty_totals(report: GeneratedReport, random: Random) -> GeneratedReport:
    """The column of totals of one table is empty."""
    table = random.choice([table.id for table in tables().values() if any(c.id == "total" for c in table.columns)])
    cells = [cell for cell in report.cells if cell.startswith(f"{table}.") and cell.endswith(".total")]
    return _blanked(report, cells, random, ("",))



_SHEET: tuple[SheetVariation, ...] = (
    full_width_digits_in_values,
    thousands_separators,
    no_break_spaces_before_values,
    units_in_values,
    amounts_with_two_decimals,
    label_aliases,
    look_alike_radicals,
    traditional_characters,
    spaces_after_ordinals,
    full_width_ordinals,
    ordinals_with_enumeration_comma,
    spaces_inside_labels,
    spaces_before_headings,
    spaced_numbers_in_prose,
    title_year_in_chinese_numerals,
)
_TEXT: tuple[TextVariation, ...] = (
    windows_line_ends,
    trailing_spaces,
    extra_blank_lines,
    half_width_punctuation,
    full_width_punctuation,
    full_width_digits,
    zero_width_characters,
)
_PLACEHOLDERS: tuple[SheetVariation, ...] = (placeholder_values,)
_EMPTY: tuple[SheetVariation, ...] = (empty_values, empty_zeros, empty_totals)

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
