"""One error planted in a consistent report: it is found, at its place, in every layout."""

from __future__ import annotations

from random import Random

import pytest

from disclosure_checks.rules.spec.model.specification import Severity
from tests.checking import failed, findings_of, read
from tests.generation.layouts.printing import LAYOUTS
from tests.generation.planting.planting import PLANTERS, WRONG_NUMBERS, plant
from tests.generation.planting.told_by import TOLD_BY
from tests.generation.truth import random_reports
from tests.shares import in_shares

PLAIN_LAYOUTS = [layout for layout in LAYOUTS if layout != "markdown_tsv_shifted"]
LAYOUT_SHARES = in_shares("layouts", quick=PLAIN_LAYOUTS[::3], long=PLAIN_LAYOUTS)
# an empty cell at the end of a row of a drawn table is a blank total, not a row that is too short
SIX_VALUES_ARE_A_BLANK = {"pipes_padded", "pipes_markdown_table"}


@LAYOUT_SHARES
@pytest.mark.parametrize("kind", PLANTERS)
def test_a_planted_error_is_found_in_every_layout(kind, layouts):
    planted_by_source, reports = {}, []
    for number, generated in enumerate(random_reports(2 * len(layouts), seed=kind)):
        layout = layouts[number % len(layouts)]
        text, planted = plant(kind, generated, layout, Random(number))
        source = f"{number} {layout}.txt"
        reports.append(read(text, source))
        planted_by_source[source] = planted
    for source, findings in findings_of(reports).items():
        planted = planted_by_source[source]
        found = failed(findings, *Severity)
        rules = {one.rule for one in found}
        if kind in TOLD_BY:
            assert rules & TOLD_BY[kind], (source, planted.detail, rules)
        if planted.cells and kind not in ("group_as_one_row", "row_with_six_values"):
            named = {cell for one in failed(findings) for cell in one.cells}
            assert named & set(planted.cells), (source, planted.detail, rules)


@LAYOUT_SHARES
@pytest.mark.parametrize("kind", WRONG_NUMBERS)
def test_nothing_but_the_planted_number_is_suspected(kind, layouts):
    for number, generated in enumerate(random_reports(len(layouts), seed=f"suspect {kind}")):
        text, planted = plant(kind, generated, layouts[number], Random(number))
        findings = failed(findings_of([read(text)])["report.txt"])
        assert findings, planted
        suspects = {one.diagnosis.cell for one in findings if one.diagnosis}
        assert suspects <= set(planted.cells), planted
        assert all(set(one.cells) & set(planted.cells) for one in findings), planted


@LAYOUT_SHARES
@pytest.mark.parametrize("kind", ["row_with_six_values", "row_with_eight_values", "row_left_out", "table_missing"])
def test_no_value_is_invented_where_rows_are_damaged(kind, layouts):
    for number, generated in enumerate(random_reports(len(layouts), seed=f"damage {kind}")):
        layout = layouts[number]
        if kind == "row_with_six_values" and layout in SIX_VALUES_ARE_A_BLANK:
            continue
        text, planted = plant(kind, generated, layout, Random(number))
        report = read(text)
        for cell in planted.cells:
            assert report.cells[cell].value != report.cells[cell].value, (layout, planted.detail, report.cells[cell])
