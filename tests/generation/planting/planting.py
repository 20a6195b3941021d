"""Planted errors: a consistent report in which exactly one thing is made wrong, and what that thing is.

plant(kind, report, layout, random) -> (document text, Planted)
"""

from __future__ import annotations

from random import Random

from tests.generation import planting_structure, planting_values
from tests.generation.layouts import print_layout
from tests.generation.planted import Planted, Planter
from tests.generation.sheets import GeneratedReport

WRONG_NUMBERS: dict[str, Planter] = {
    planter.__name__: planter
    for planter in (
        planting_values.one_more,
        planting_values.one_less,
        planting_values.ten_times,
        planting_values.digits_swapped,
        planting_values.neighbouring_column,
    )
}
WRONG_STRUCTURE: dict[str, Planter] = {
    planter.__name__: planter
    for planter in (
        planting_values.negative_count,
        planting_values.fraction_count,
        planting_values.text_instead_of_number,
        planting_structure.row_left_out,
        planting_structure.row_with_six_values,
        planting_structure.row_with_eight_values,
        planting_structure.unknown_label,
        planting_structure.group_as_one_row,
        planting_structure.table_missing,
        planting_structure.heading_missing,
        planting_structure.heading_without_number,
        planting_structure.section_repeated,
        planting_structure.sections_out_of_order,
        planting_structure.title_of_another_year,
    )
}
PLANTERS: dict[str, Planter] = WRONG_NUMBERS | WRONG_STRUCTURE


def plant(kind: str, report: GeneratedReport, layout: str, random: Random) -> tuple[str, Planted]:
    """The report printed in ``layout`` with one error of ``kind`` (a key of ``PLANTERS``), and what was planted."""
    planted = PLANTERS[kind](report, random)
    return print_layout(planted.report, random, layout), planted
