"""All layouts by name. A printer takes what is to be printed and a source of chance, and gives the text of a file.

``LAYOUTS`` must parse to the same cells today; ``LATER_LAYOUTS`` are known and not read yet.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.generation import (
    layout_glued,
    layout_html,
    layout_markdown,
    layout_page,
    layout_pipes,
    layout_spaced,
    layout_word,
)
from tests.generation.sheets import GeneratedReport, Sheet

Printer = Callable[[Sheet, Random], str]

PRINTERS: tuple[Printer, ...] = (
    layout_word.word_text,
    layout_word.word_text_broken_labels,
    layout_word.word_text_labels_broken_by_blank_lines,
    layout_word.word_text_broken_row_labels,
    layout_word.word_text_no_break_spaces,
    layout_page.page_text,
    layout_page.page_text_half_width,
    layout_page.page_text_broken_labels,
    layout_page.page_text_tight,
    layout_markdown.markdown_tsv,
    layout_markdown.markdown_tsv_half_width,
    layout_markdown.markdown_tsv_spaced_labels,
    layout_markdown.markdown_tsv_shifted,
    layout_pipes.pipes_trailing,
    layout_pipes.pipes_leading_empty_cells,
    layout_pipes.pipes_padded,
    layout_pipes.pipes_unpadded,
    layout_pipes.pipes_one_cell_a_line,
    layout_pipes.pipes_page_in_one_cell,
    layout_pipes.pipes_page_in_one_cell_with_rows,
    layout_pipes.pipes_markdown_table,
    layout_spaced.spaced_rows,
    layout_spaced.spaced_rows_wide,
    layout_spaced.spaced_rows_group_headings_apart,
    layout_spaced.spaced_rows_broken_labels,
    layout_spaced.spaced_rows_broken_labels_beside_numbers,
    layout_spaced.spaced_rows_numbers_first,
    layout_spaced.spaced_rows_numbers_above,
    layout_spaced.spaced_rows_page_numbers,
)
LATER_PRINTERS: tuple[Printer, ...] = (
    layout_glued.glued_rows,
    layout_glued.glued_rows_partly_spaced,
    layout_glued.glued_tables,
    layout_html.html_page,
    layout_html.html_nested_page,
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
