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

    page_furniture_inside: re.Pattern[str]
    ordinal_marks: str
    around_labels: str
    sentence: re.Pattern[str]
    end_of_part: re.Pattern[str]
    beginning_of_part: re.Pattern[str]


@lru_cache(maxsize=1)
def print_marks() -> PrintMarks:
    """The declared marks."""
    marks = declared(_PACKAGE, "print_marks.yaml")
    return PrintMarks(
        page_furniture_inside=re.compile("|".join(marks["page_furniture_inside"])),
        ordinal_marks=marks["ordinal_marks"],
        around_labels=marks["around_labels"],
        sentence=re.compile(marks["sentence"]),
        end_of_part=re.compile(marks["end_of_part"]),
        beginning_of_part=re.compile(marks["beginning_of_part"]),
    )
