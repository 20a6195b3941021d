"""A report whose 200 values differ from each other and from everything else, so that each is found in a text again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from tests.generation.sheets import GeneratedReport, Value, printed_tables
from tests.generation.table_format import cell_ids, sections
from tests.generation.truth import random_report

FIRST_VALUE = 10_001
TABLE_SECTIONS = re.compile(r"^#* ?二、.*?(?=^#* ?(?:五、|存在的主要))", re.MULTILINE | re.DOTALL)
WITHOUT_SPACE = {ord(space): None for space in " \t\n\r\f\u00a0\u3000"}


def report_with_cells(cells: Mapping[str, Value], seed: int = 1) -> GeneratedReport:
    """An invented report around given cells, with the format's own headings and nothing but tables in the middle."""
    report = random_report(seed)
    headings = {section.id: f"{section.number}、{section.heading}" for section in sections()}
    printed = tuple(
        replace(section, heading=headings[section.id], paragraphs=() if section.table else section.paragraphs, notes=())
        for section in report.sheet.sections
    )
    sheet = replace(report.sheet, tables=printed_tables(cells), sections=printed)
    return replace(report, sheet=sheet, cells=dict(cells))


def marked_report(seed: int = 1) -> GeneratedReport:
    """A report whose values are 10001 to 10200 in statutory order."""
    return report_with_cells({cell: FIRST_VALUE + index for index, cell in enumerate(cell_ids())}, seed)


def table_sections(text: str) -> str:
    """What stands from the heading of section two to that of section five.

    Raises ``ValueError`` where a text has no such part.
    """
    found = TABLE_SECTIONS.search(text)
    if not found:
        raise ValueError("the text has no sections two to five")
    return found.group()


def marked_values(text: str) -> list[int]:
    """The values of a marked report in the order in which they are printed."""
    numbers = map(int, re.findall(r"\d+", text))
    return [number for number in numbers if FIRST_VALUE <= number < FIRST_VALUE + len(cell_ids())]
