"""The layouts that code names are those that YAML declares."""

from __future__ import annotations

from disclosure_checks.grammar.words.layout_names import PAGE_TEXT, SPACED_ROWS
from disclosure_checks.grammar.words.layouts import layout_rules


def test_rows_joined_by_spaces_are_a_declared_layout():
    assert SPACED_ROWS in [layout.id for layout in layout_rules().layouts]


def test_page_text_is_the_layout_that_any_line_fits():
    last = layout_rules().layouts[-1]
    assert last.id == PAGE_TEXT
    assert last.suits("")
