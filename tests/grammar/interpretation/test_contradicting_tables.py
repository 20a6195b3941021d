"""Tables that contradict themselves, or hold fewer rows than the format: ambiguous rather than wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from disclosure_checks.grammar.model.report import Cell, CellStatus
from tests.checking import failed, findings_of, read
from tests.generation.damages import on_one_line
from tests.generation.layouts.printing import print_layout
from tests.generation.sheets import GeneratedReport, PrintedRow, PrintedTable
from tests.generation.truth import random_report

REPORTS = [
    random_report(f"contradicting tables {number}", year=2023, profile=profile)
    for number, profile in enumerate(("quiet", "busy", "quiet"))
]
EACH_REPORT = pytest.mark.parametrize("report", REPORTS, ids=["first", "second", "third"])
LEAF_GROUPS = ["refused", "unavailable", "rejected", "other"]


def wrong(text: str, generated: GeneratedReport) -> dict[str, float]:
    """The cells that hold another number than the one that is printed for them."""
    cells = read(text).cells
    return {
        cell: cells[cell].value
        for cell, value in generated.cells.items()
        if not math.isnan(cells[cell].value) and cells[cell].value != value
    }


def requests_of(text: str) -> dict[str, Cell]:
    return {cell: one for cell, one in read(text).cells.items() if cell.startswith("requests.")}


def with_requests(report: GeneratedReport, change: Callable[[PrintedTable], PrintedTable]) -> GeneratedReport:
    def only(table: PrintedTable) -> PrintedTable:
        return change(table) if table.id == "requests" else table

    return report.with_sheet(report.sheet.with_tables(only))


# ---- columns in an order that only the upper lines of the header tell


def with_total_at(place: int, table: PrintedTable) -> PrintedTable:
    order = [0, 1, 2, 3, 4, 5]
    order.insert(place, 6)

    def change(row: PrintedRow) -> PrintedRow:
        columns = tuple([row.columns[number] for number in order])
        return replace(row, columns=columns, texts=tuple([row.texts[number] for number in order]))

    return replace(table, columns=tuple([table.columns[number] for number in order])).with_rows(change)


@EACH_REPORT
@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize(
    "layout", ["page_text", "pipes_one_cell_a_line", "pipes_padded", "spaced_rows", "word_text", "glued_rows"]
)
def test_a_total_before_the_other_columns_is_never_read_as_another_column(
    report: GeneratedReport, layout: str, place: int
):
    changed = with_requests(report, lambda table: with_total_at(place, table))
    assert wrong(print_layout(changed, Random(1), layout), report) == {}


@EACH_REPORT
@pytest.mark.parametrize("layout", ["page_text", "spaced_rows", "word_text"])
def test_a_total_printed_first_is_read_where_the_header_says_so(report: GeneratedReport, layout: str):
    changed = with_requests(report, lambda table: with_total_at(0, table))
    cells = read(print_layout(changed, Random(1), layout)).cells
    rows = [cell for cell in report.cells if cell.startswith("requests.new_received.")]
    assert [cells[cell].value for cell in rows] == [report.cells[cell] for cell in rows]


@EACH_REPORT
@pytest.mark.parametrize("layout", ["page_text", "spaced_rows"])
def test_on_one_line_a_total_printed_first_is_no_other_column(report: GeneratedReport, layout: str):
    changed = with_requests(report, lambda table: with_total_at(0, table))
    assert wrong(on_one_line(changed, Random(1), layout)[0], report) == {}


@EACH_REPORT
@pytest.mark.parametrize("layout", ["page_text", "spaced_rows", "word_text", "pipes_padded"])
def test_values_that_stand_otherwise_than_their_header_are_ambiguous(report: GeneratedReport, layout: str):
    def values_only(table: PrintedTable) -> PrintedTable:
        return table.with_rows(lambda row: replace(row, texts=(row.texts[-1], *row.texts[:-1])))

    text = print_layout(with_requests(report, values_only), Random(1), layout)
    if sum(1 for cell, value in report.cells.items() if cell.startswith("requests") and value) > 3:
        assert wrong(text, report) == {}


# ---- rows without labels


@EACH_REPORT
@pytest.mark.parametrize("layout", ["page_text", "spaced_rows", "word_text"])
@pytest.mark.parametrize("group", LEAF_GROUPS)
@pytest.mark.parametrize("lost", [0, -1])
def test_a_group_without_labels_that_lost_a_row_is_open_and_the_other_groups_keep_their_rows(
    report: GeneratedReport, layout: str, group: str, lost: int
):
    def change(table: PrintedTable) -> PrintedTable:
        members = [row.id for row in table.rows if row.id.startswith(f"{group}_")]
        without = tuple([row for row in table.rows if row.id != members[lost]])
        if lost == 0:  # the label of the group stands on its first row
            first = next(row for row in table.rows if row.id == members[0])
            without = tuple([replace(row, groups=first.groups) if row.id == members[1] else row for row in without])
        return replace(table, rows=without).with_rows(
            lambda row: replace(row, label="") if len(row.groups) > 1 else row
        )

    text = print_layout(with_requests(report, change), Random(1), layout)
    cells = requests_of(text)
    assert wrong(text, report) == {}
    assert {cells[cell].status for cell in cells if cell.startswith(f"requests.{group}_")} <= {
        CellStatus.AMBIGUOUS,
        CellStatus.ABSENT,
    }


@EACH_REPORT
@pytest.mark.parametrize("width", [3, 4, 5, 6, 8])
def test_labels_broken_below_their_numbers_never_get_those_of_the_next_row(report: GeneratedReport, width: int):
    lines: list[str] = []
    for line in print_layout(report, Random(1), "spaced_rows").split("\n"):
        found = re.fullmatch(r"(.*\D) ((?:\d+ ){6}\d+)", line)
        if not found:
            lines.append(line)
            continue
        *groups, label = found[1].split(" ")
        parts = [label[start : start + width] for start in range(0, len(label), width)]
        heads = [group[:width] for group in groups]
        lines.append(" ".join([*heads, parts[0], found[2]]))
        rest = [group[width : 2 * width] for group in groups]
        lines += [" ".join([*rest, part]) if number == 0 else part for number, part in enumerate(parts[1:])]
    assert wrong("\n".join(lines), report) == {}


@EACH_REPORT
@pytest.mark.parametrize("digits", [1, 2])
def test_digits_broken_off_a_total_leave_its_row_open(report: GeneratedReport, digits: int):
    text = print_layout(report, Random(1), "spaced_rows")
    broken = re.sub(rf"((?:\d+ ){{6}}\d+)(\d{{{digits}}})$", r"\1\n\2", text, flags=re.MULTILINE)
    assert wrong(broken, report) == {}


@EACH_REPORT
@pytest.mark.parametrize("layout", ["page_text", "word_text"])
def test_numbers_column_by_column_without_a_label_between_them_are_open(report: GeneratedReport, layout: str):
    table = report.sheet.tables["requests"]
    labels = [row.label for row in table.rows]
    numbers = [text for column in range(7) for text in [row.texts[column] for row in table.rows]]
    lines = print_layout(report, Random(1), layout).split("\n")
    start = next(number for number, line in enumerate(lines) if "本年新收政府信息公开申请数量" in line)
    end = next(number for number, line in enumerate(lines) if "行政复议、行政诉讼情况" in line and number > start)
    text = "\n".join([*lines[:start], *labels, *numbers, *lines[end:]])
    assert wrong(text, report) == {}


# ---- zeros that are not printed


@EACH_REPORT
@pytest.mark.parametrize("layout", ["glued_rows", "glued_tables"])
@pytest.mark.parametrize("blank", ["zeros", "totals", "natural persons"])
def test_digits_of_rows_with_empty_cells_are_divided_only_where_they_add_up(
    report: GeneratedReport, layout: str, blank: str
):
    def change(row: PrintedRow) -> PrintedRow:
        texts = list(row.texts)
        if blank == "totals":
            texts[-1] = ""
        elif blank == "natural persons":
            texts[0] = ""
        else:
            texts = ["" if text == "0" else text for text in texts]
        return replace(row, texts=tuple(texts))

    text = print_layout(with_requests(report, lambda table: table.with_rows(change)), Random(1), layout)
    found = wrong(text, report)
    assert {cell for cell in found if cell.startswith("requests.")} == set()


# ---- a header above nothing


@EACH_REPORT
@pytest.mark.parametrize("layout", ["spaced_rows", "pipes_padded", "page_text"])
@pytest.mark.parametrize("joint", [" ", " | ", "  "])
def test_on_one_line_no_header_is_shifted(report: GeneratedReport, layout: str, joint: str):
    text = re.sub(r"\s*\n\s*", joint, print_layout(report, Random(1), layout))
    assert "tables.header_shifted" not in {one.rule for one in failed(findings_of([read(text)])["report.txt"])}
