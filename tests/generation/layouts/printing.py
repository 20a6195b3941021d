"""All layouts by name. A printer takes what is to be printed and a source of chance, and gives the text of a file.

``LAYOUTS`` must parse to the same cells today; ``LATER_LAYOUTS`` are known and not read yet.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.generation.layouts import glued, html, markdown, page, pipes, spaced, word
from tests.generation.sheets import GeneratedReport, Sheet

Printer = Callable[[Sheet, Random], str]

PRINTERS: tuple[Printer, ...] = (
    word.word_text,
    word.word_text_broken_labels,
    word.word_text_labels_broken_by_blank_lines,
    word.word_text_broken_row_labels,
    word.word_text_no_break_spaces,
    page.page_text,
    page.page_text_half_width,
    page.page_text_broken_labels,
    page.page_text_tight,
    markdown.markdown_tsv,
    markdown.markdown_tsv_half_width,
    markdown.markdown_tsv_spaced_labels,
    markdown.markdown_tsv_shifted,
    pipes.pipes_trailing,
    pipes.pipes_leading_empty_cells,
    pipes.pipes_padded,
    pipes.pipes_unpadded,
    pipes.pipes_one_cell_a_line,
    pipes.pipes_page_in_one_cell,
    pipes.pipes_page_in_one_cell_with_rows,
    pipes.pipes_markdown_table,
    spaced.spaced_rows,
    spaced.spaced_rows_wide,
    spaced.spaced_rows_group_headings_apart,
    spaced.spaced_rows_broken_labels,
    spaced.spaced_rows_broken_labels_beside_numbers,
    spaced.spaced_rows_numbers_first,
    spaced.spaced_rows_numbers_above,
    spaced.spaced_rows_page_numbers,
)
LATER_PRINTERS: tuple[Printer, ...] = (
    glued.glued_rows,
    glued.glued_rows_partly_spaced,
    glued.glued_tables,
    html.html_page,
    html.html_nested_page,
)

LAYOUTS: dict[str, Printer] = {printer.__name__: printer for printer in PRINTERS}
LATER_LAYOUTS: dict[str, Printer] = {printer.__name__: printer for printer in LATER_PRINTERS}

# layouts in which an empty cell keeps its place, so that its neighbours can still be told apart
LAYOUTS_KEEPING_EMPTY_CELLS: tuple[str, ...] = (
    "word_text",
    "word_text_broken_labels",
    "word_text_labels_broken_by_blank_lines",
    "word_text_broken_row_labels",
    "word_text_no_break_spaces",
    "markdown_tsv",
    "markdown_tsv_half_width",
    "markdown_tsv_spaced_labels",
    "pipes_padded",
    "pipes_markdown_table",
)


def print_layout(report: GeneratedReport, random: Random, layout: str) -> str:
    """The report as a text in one layout; ``layout`` is a key of ``LAYOUTS`` or ``LATER_LAYOUTS``."""
    return (LAYOUTS | LATER_LAYOUTS)[layout](report.sheet, random)
