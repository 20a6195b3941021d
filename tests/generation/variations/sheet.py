"""Variations of values, labels, headings and sentences before printing. Every cell keeps its value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from random import Random

from tests.generation.agencies import wordings
from tests.generation.layouts.frame import with_spaced_numbers
from tests.generation.sheets import GeneratedReport
from tests.generation.table_format import aliases, amount_cells

FULL_WIDTH_DIGITS = {ord("0") + digit: chr(0xFF10 + digit) for digit in range(10)}
NO_BREAK_SPACE = "\u00a0"
_ORDINAL = re.compile(r"^(\d)\.(?=\D)")


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

    def change(cell: str, text: str) -> str:
        if not text[-1].isdigit() or random.random() > 0.1:
            return text
        return text + ("万元" if cell in amount_cells(report.format) else random.choice(("件", " 件")))

    return _with_texts(report, change)


def amounts_with_two_decimals(report: GeneratedReport, random: Random) -> GeneratedReport:
    """0.00 and 12.50 in the cell of the fee, where no more decimals are needed."""

    def change(cell: str, text: str) -> str:
        value = report.cells[cell]
        is_short = cell in amount_cells(report.format) and value is not None and round(value, 2) == value
        return f"{value:.2f}" if is_short else text

    return _with_texts(report, change)


def _with_printed_words(report: GeneratedReport, change: Callable[[str], str]) -> GeneratedReport:
    return report.with_sheet(report.sheet.with_labels(change).with_headings(change))


def label_aliases(report: GeneratedReport, random: Random) -> GeneratedReport:
    """Some labels in another accepted wording."""
    known = aliases(report.format)

    def change(label: str) -> str:
        return random.choice(known[label]) if label in known and random.random() < 0.5 else label

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
    indents = ("", " ", "\u3000\u3000")
    return report.with_sheet(report.sheet.with_headings(lambda heading: random.choice(indents) + heading))


def spaced_numbers_in_prose(report: GeneratedReport, random: Random) -> GeneratedReport:
    """2024 年, 20 件."""
    return report.with_sheet(report.sheet.with_prose(with_spaced_numbers))


def misleading_sentences(report: GeneratedReport, random: Random) -> GeneratedReport:
    """Sentences with numbers about something else: hotlines, another year, the whole city, an inexact count."""

    def change(paragraph: str) -> str:
        if len(paragraph) < 20 or random.random() < 0.4:
            return paragraph
        numbers = {"number": random.randint(100, 9000), "small": random.randint(2, 90), "last_year": report.year - 1}
        return paragraph + str(random.choice(wordings()["misleading"])).format_map(numbers)

    first, *others = report.sheet.sections
    changed = replace(first, paragraphs=tuple(map(change, first.paragraphs)))
    return report.with_sheet(replace(report.sheet, sections=(changed, *others)))


def title_year_in_chinese_numerals(report: GeneratedReport, random: Random) -> GeneratedReport:
    """二〇二三年 in the title."""
    words = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(report.year))
    title = tuple(line.replace(str(report.year), words) for line in report.sheet.title)
    return report.with_sheet(replace(report.sheet, title=title))
