"""Tables read by aligning them: whatever became of their lines, the numbers are right or open, never wrong."""

from __future__ import annotations

from random import Random

import pytest

from disclosure_checks.grammar.model.report import CellStatus
from tests.generation.damages import DAMAGES, as_it_is, numbers_of_a_row_deleted
from tests.generation.layouts.printing import LATER_LAYOUTS, LAYOUTS, print_layout
from tests.generation.truth import random_reports
from tests.grammar.alignment.aligned import align, cells_of, not_read, wrong_numbers

SEPARATED = [*LAYOUTS]
GLUED = [name for name in LATER_LAYOUTS if name.startswith("glued")]
REPORT = next(iter(random_reports(1, seed="a report")))


@pytest.mark.parametrize("layout", SEPARATED)
def test_every_number_of_a_separated_layout_comes_back(layout):
    for number, generated in enumerate(random_reports(4, seed=f"aligned {layout}")):
        aligned = align(print_layout(generated, Random(number), layout))
        assert not wrong_numbers(aligned, generated)
        assert not not_read(aligned, generated) or layout == "spaced_rows_numbers_above"


@pytest.mark.parametrize("layout", GLUED)
def test_glued_numbers_are_inferred_and_the_equations_told(layout):
    for number, generated in enumerate(random_reports(6, seed=f"aligned {layout}")):
        aligned = align(print_layout(generated, Random(number), layout))
        assert not wrong_numbers(aligned, generated)
        table = aligned.tables["requests"]
        statuses = [cell.status for cell in table.cells.values()]
        assert statuses.count(CellStatus.AMBIGUOUS) <= 14  # two rows that several divisions fit
        assert CellStatus.INFERRED in statuses
        assert all(cell.startswith("requests.") for equation in table.relied_on for cell in equation)


@pytest.mark.parametrize("damage", [one for one in DAMAGES if one is not as_it_is], ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("layout", [*SEPARATED, *GLUED])
def test_a_damaged_print_gives_no_wrong_number(damage, layout):
    for number, generated in enumerate(random_reports(2, seed=f"damaged {layout}")):
        text, truth = damage(generated, Random(f"{layout} {number}"), layout)
        assert not wrong_numbers(align(text), truth)


def test_a_table_in_which_nothing_is_odd_costs_nothing():
    aligned = align(print_layout(REPORT, Random(0), "page_text"))
    assert aligned.price == 0
    assert all(cell.status is CellStatus.READ for cell in cells_of(aligned).values())


def test_the_format_of_a_report_is_the_one_that_aligns_cheapest():
    text = print_layout(REPORT, Random(0), "spaced_rows")
    assert align(text).price + 10 < align(text, "2019_format").price


def test_a_label_without_values_moves_no_other_row_of_a_table_on_one_line():
    for number, generated in enumerate(random_reports(3, seed="a label without values")):
        text, truth = numbers_of_a_row_deleted(generated, Random(number), "glued_tables")
        assert not wrong_numbers(align(text), truth)
        assert len(not_read(align(text), truth)) <= 14  # two rows that several divisions fit


def test_values_under_the_header_of_another_format_are_absent():
    text = print_layout(REPORT, Random(0), "pipes_padded").replace("本年制发件数", "本年新制作数量")
    text = text.replace("本年废止件数", "本年新公开数量").replace("现行有效件数", "对外公开总数量")
    aligned = align(text)
    assert "proactive.regulations.issued" not in cells_of(aligned)
    assert "proactive.licences.decisions" in cells_of(aligned)
    assert len(aligned.tables["proactive"].irregular["header_foreign"]) == 2


def test_a_row_that_stays_open_says_where_else_its_values_could_stand():
    lines = print_layout(REPORT, Random(0), "page_text_tight").split("\n")
    place = lines.index("行政处罚") + 1
    lines[place : place + 1] = ["7", "5"]
    table = align("\n".join(lines)).tables["proactive"]
    assert cells_of(align("\n".join(lines)))["proactive.penalties.decisions"].status is CellStatus.AMBIGUOUS
    assert table.open["penalties"]


def test_leaf_labels_lost_under_their_group_leave_the_rows_in_order():
    text = print_layout(REPORT, Random(0), "page_text_tight")
    for row in REPORT.sheet.tables["requests"].rows:
        if row.id.startswith("unavailable"):
            text = text.replace(f"{row.label}\n", "")
    cells = cells_of(align(text))
    rows = [cell for cell in REPORT.cells if cell.startswith("requests.unavailable")]
    assert [cells[cell].value for cell in rows] == [REPORT.cells[cell] for cell in rows]
    assert {cells[cell].status for cell in rows} == {CellStatus.INFERRED}


def test_a_document_without_tables_costs_the_rows_of_all_of_them():
    aligned = align("关于工作的通知\n请各单位遵照执行。\n\n2024年1月1日")
    assert not cells_of(aligned)
    assert aligned.price > 50
