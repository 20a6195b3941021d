"""Planted errors: a consistent report in which exactly one thing is made wrong, and what that thing is.

plant(kind, report, layout, random) -> (document text, Planted)
"""

from __future__ import annotations

from random import Random

from tests.generation.layouts.printing import print_layout
from tests.generation.planting import structure, values
from tests.generation.planting.planted import Planted, Planter
from tests.generation.sheets import GeneratedReport

WRONG_NUMBERS: dict[str, Planter] = {
    planter.__name__: planter
    for planter in (
        values.one_more,
        values.one_less,
        values.ten_times,
        values.digits_swapped,
        values.neighbouring_column,
    )
}
WRONG_STRUCTURE: dict[str, Planter] = {
    planter.__name__: planter
    for planter in (
        values.negative_count,
        values.fraction_count,
        values.text_instead_of_number,
        structure.row_left_out,
        structure.row_with_six_values,
        structure.row_with_eight_values,
        structure.unknown_label,
        structure.group_as_one_row,
        structure.table_missing,
        structure.heading_missing,
        structure.heading_without_number,
        structure.section_repeated,
        structure.sections_out_of_order,
        structure.title_of_another_year,
    )
}
PLANTERS: dict[str, Planter] = WRONG_NUMBERS | WRONG_STRUCTURE


def plant(kind: str, report: GeneratedReport, layout: str, random: Random) -> tuple[str, Planted]:
    """The report printed in ``layout`` with one error of ``kind`` (a key of ``PLANTERS``), and what was planted."""
    planted = PLANTERS[kind](report, random)
    return print_layout(planted.report, random, layout), planted
