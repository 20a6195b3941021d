"""A row that is left out below a group is missing; the rows beside it are read as they are printed."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from disclosure_checks.grammar.model.report import CellStatus
from tests.checking import failed, findings_of, read
from tests.generation.layouts.printing import print_layout
from tests.generation.sheets import GeneratedReport
from tests.generation.truth import random_report

REPORT = random_report("missing rows of groups", year=2023, profile="quiet")
LAYOUTS = ["word_text", "markdown_tsv", "spaced_rows", "spaced_rows_broken_labels", "glued_rows"]
ROWS = ["other_not_corrected", "other_fee_unpaid", "other_other", "rejected_duplicate"]


def without_row(generated: GeneratedReport, row: str) -> GeneratedReport:
    table = generated.sheet.tables["requests"]
    kept = replace(table, rows=tuple(one for one in table.rows if one.id != row))
    return generated.with_sheet(generated.sheet.with_table(kept))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("row", ROWS)
def test_the_rows_beside_a_missing_one_are_read(row: str, layout: str) -> None:
    report = read(print_layout(without_row(REPORT, row), Random(1), layout))
    gone = {cell for cell in REPORT.cells if cell.startswith(f"requests.{row}.")}
    assert {report.cells[cell].status for cell in gone} == {CellStatus.ABSENT}
    printed = {cell: value for cell, value in REPORT.cells.items() if cell not in gone}
    assert {cell: report.cells[cell].value for cell in printed} == printed
    assert {one.rule for one in failed(findings_of([report])[report.source])} == {"tables.rows_missing"}
