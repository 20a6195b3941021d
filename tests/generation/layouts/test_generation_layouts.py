"""The printers print every value, heading and paragraph, and the tables of the real samples as they are."""

from __future__ import annotations

import re
import unicodedata
from random import Random

import pytest

from tests.generation.layouts.printing import LATER_LAYOUTS, LAYOUTS, print_layout
from tests.generation.marked import WITHOUT_SPACE, marked_report, marked_values, report_with_cells, table_sections
from tests.generation.samples import sample_cells, sample_text
from tests.generation.truth import random_report, random_reports

HEADING = re.compile(r"^#* ?[二三四]、(?!.*申请数量|.*继续办理|本年).*情况$\n?", re.MULTILINE)
TAG = re.compile(r"<[^>]*>")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_prints_all_200_values_in_order(layout: str) -> None:
    for seed in range(20):
        report = marked_report(seed)
        printed = print_layout(report, Random(seed), layout)
        assert marked_values(printed) == list(report.cells.values())


@pytest.mark.parametrize("layout", LATER_LAYOUTS)
def test_each_later_layout_prints_all_200_values_in_order(layout: str) -> None:
    report = marked_report()
    # glued values have no word boundaries: look for one after the other
    printed = TAG.sub("", print_layout(report, Random(1), layout))
    place = printed.index("二、")
    for value in report.cells.values():
        place = printed.index(str(value), place) + len(str(value))


@pytest.mark.parametrize("layout", [*LAYOUTS, *LATER_LAYOUTS])
def test_each_layout_prints_the_title_every_heading_and_every_paragraph(layout: str) -> None:
    for report in random_reports(40, 2):
        printed = print_layout(report, Random(3), layout)
        plain = unicodedata.normalize("NFKC", TAG.sub("", printed)).translate(WITHOUT_SPACE)
        sheet = report.sheet
        paragraphs = [text for section in sheet.sections for text in section.paragraphs]
        for text in (*sheet.title, *(section.heading for section in sheet.sections), *sheet.front_matter, *paragraphs):
            assert unicodedata.normalize("NFKC", text).translate(WITHOUT_SPACE) in plain


def test_every_layout_differs_from_every_other() -> None:
    report = random_report(4, profile="busy")
    assert len({print_layout(report, Random(1), layout) for layout in LAYOUTS | LATER_LAYOUTS}) == len(
        LAYOUTS | LATER_LAYOUTS
    )


def table_region(text: str) -> str:
    """The tables alone, without the headings of their sections."""
    return HEADING.sub("", table_sections(text))


def word_rows(text: str) -> list[list[str]]:
    """The rows of a word processor's export, each a list of cells without white space."""
    rows = [re.split(r"^\t", row, flags=re.MULTILINE)[1:] for row in re.split(r"\n\n(?=\t)", table_region(text))]
    return [[cell.translate(WITHOUT_SPACE) for cell in row] for row in rows if row]


@pytest.mark.parametrize(
    ("sample", "layout"),
    [
        ("report_000.txt", "word_text_broken_labels"),
        ("report_001.txt", "word_text"),
        ("report_003.txt", "word_text_labels_broken_by_blank_lines"),
    ],
)
def test_the_word_printers_print_the_real_exports(sample: str, layout: str) -> None:
    printed = word_rows(print_layout(report_with_cells(sample_cells(sample)), Random(1), layout))
    assert len(printed) == 46
    assert printed == word_rows(sample_text(sample))


def test_the_page_printer_prints_the_real_page() -> None:
    half_width = str.maketrans("（），：", "(),:")
    printed = print_layout(report_with_cells(sample_cells("report_002.txt")), Random(1), "page_text_broken_labels")
    expected = table_region(sample_text("report_002.txt")).translate(WITHOUT_SPACE)
    assert table_region(printed.translate(half_width)).translate(WITHOUT_SPACE) == expected


def test_the_markdown_printer_prints_the_real_export_to_the_letter() -> None:
    printed = print_layout(report_with_cells(sample_cells("report_004.txt")), Random(1), "markdown_tsv_shifted")
    expected = [line for line in table_region(sample_text("report_004.txt")).splitlines() if line.strip()]
    assert [line for line in table_region(printed).splitlines() if line.strip()] == expected
