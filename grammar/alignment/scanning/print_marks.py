"""What a page prints that is no part of a report, from ``print_marks.yaml``, read once a process."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from disclosure_checks.grammar.words.declared import declared

_PACKAGE = "disclosure_checks.grammar.alignment.scanning"


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
