"""The prices of ``prices.yaml``, and what a page prints that is no part of a report, read once a process."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from disclosure_checks.grammar.words.declared import declared

_PACKAGE = "disclosure_checks.grammar.alignment"


@dataclass(frozen=True)
class Prices:
    """What each irregularity costs; the reasons stand in the YAML file."""

    margin: float
    beam: float
    narrow_beam: float
    no_label: float
    no_row: float
    no_values: float
    another_label: float
    out_of_order: float
    repeated_row: float
    unspelled: float
    reworded: float
    unknown_row: float
    values_before_label: float
    change_of_side: float
    values_first_in_line: float
    values_in_line_of_another: float
    header_before_values: float
    group_before_values: float
    stray_number: float
    stray_number_alone: float
    stray_line: float
    subtotal: float
    cut_line: float
    joined_lines: float
    too_few_values: float
    too_many_values: float
    blanks: float
    glued: float
    word_for_value: float
    piece: float
    other_text: float
    text_among_values: float
    remark: float
    foreign_header: float
    unusual_shape: float
    wrong_section: float


@lru_cache(maxsize=1)
def prices() -> Prices:
    """The declared prices. A price without a reason, or a reason without a price, is a mistake of ours."""
    entries: dict[str, dict[str, Any]] = declared(_PACKAGE, "prices.yaml")
    names = {field.name for field in fields(Prices)}
    if entries.keys() != names or any(entry.keys() != {"price", "because"} for entry in entries.values()):
        raise ValueError(f"prices.yaml must give {sorted(names)}, each a price and a reason")
    return Prices(**{name: float(entry["price"]) for name, entry in entries.items()})


@dataclass(frozen=True)
class PrintMarks:
    """The whole of ``print_marks.yaml``, compiled."""

    page_furniture: re.Pattern[str]
    page_furniture_inside: re.Pattern[str]
    leading_markup: re.Pattern[str]
    markup_around: re.Pattern[str]
    tags: re.Pattern[str]
    line_break: re.Pattern[str]
    rule_line: re.Pattern[str]
    ordinal_marks: str
    around_labels: str
    sentence: re.Pattern[str]


@lru_cache(maxsize=1)
def print_marks() -> PrintMarks:
    """The declared marks."""
    marks = declared(_PACKAGE, "print_marks.yaml")
    markup = marks["markup"]
    return PrintMarks(
        page_furniture=re.compile("|".join(f"(?:{pattern})" for pattern in marks["page_furniture"])),
        page_furniture_inside=re.compile("|".join(marks["page_furniture_inside"])),
        leading_markup=re.compile(markup["leading"]),
        markup_around=re.compile(markup["around"]),
        tags=re.compile(markup["tags"], re.IGNORECASE),
        line_break=re.compile(markup["line_break"], re.IGNORECASE),
        rule_line=re.compile(markup["rule_line"]),
        ordinal_marks=marks["ordinal_marks"],
        around_labels=marks["around_labels"],
        sentence=re.compile(marks["sentence"]),
    )
