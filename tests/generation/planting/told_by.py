"""Which rules tell an error that was planted: one of them has to; where a kind is not here, any will do."""

from __future__ import annotations

TOLD_BY = {
    "negative_count": {"values.not_negative"},
    "fraction_count": {"values.whole_number"},
    "text_instead_of_number": {"values.unreadable", "tables.row_short", "tables.row_long"},
    "row_left_out": {"tables.rows_missing"},
    "row_with_six_values": {
        "tables.row_short",
        "tables.row_unclear",
        "tables.cells_missing",
        "tables.rows_missing",
        "values.blank",
    },
    "row_with_eight_values": {"tables.row_long", "tables.cells_missing", "tables.rows_missing"},
    "unknown_label": {"tables.rows_missing", "tables.row_unclear"},
    "group_as_one_row": {"tables.other_as_one_row"},
    "table_missing": {"tables.missing"},
    "heading_missing": {"sections.missing"},
    "heading_without_number": {"sections.unnumbered"},
    "section_repeated": {"sections.repeated"},
    "sections_out_of_order": {"sections.out_of_order"},
    "title_of_another_year": {"period.year", "title.year_disagrees"},
}
