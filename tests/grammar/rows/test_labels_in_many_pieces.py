"""A label may come in any number of pieces, in one column of text and on either side of its numbers."""

from __future__ import annotations

import itertools
from random import Random

import pytest

from disclosure_checks.grammar.model.report import CellStatus
from tests.checking import read
from tests.generation.layouts.printing import print_layout
from tests.generation.marked import marked_report

REPORT = marked_report(3)
LABEL = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
CELL = "requests.other_not_corrected.total"


def pieces(count: int) -> list[str]:
    """The label cut into pieces of about equal length."""
    cuts = [round(len(LABEL) * number / count) for number in range(count + 1)]
    return [LABEL[start:end] for start, end in itertools.pairwise(cuts)]


def read_as(text: str) -> tuple[CellStatus, bool]:
    """How the last cell of the row was read, and whether its number is the one printed."""
    cell = read(text).cells[CELL]
    return cell.status, cell.value == REPORT.cells[CELL]


@pytest.mark.parametrize("layout", ["page_text", "word_text"])
@pytest.mark.parametrize(
    ("count", "expected"),
    [
        pytest.param(2, (CellStatus.READ, True), id="two"),
        pytest.param(8, (CellStatus.READ, True), id="eight"),
        pytest.param(12, (CellStatus.READ, True), id="twelve"),
    ],
)
def test_a_label_is_put_together_from_so_many_lines(layout, count, expected):
    text = print_layout(REPORT, Random(1), layout)
    assert LABEL in text
    assert read_as(text.replace(LABEL, "\n".join(pieces(count)))) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(4, 1, (CellStatus.READ, True), id="four before the numbers and one behind"),
        pytest.param(6, 6, (CellStatus.READ, True), id="six on either side"),
        pytest.param(9, 1, (CellStatus.READ, True), id="nine before the numbers"),
        pytest.param(5, 9, (CellStatus.READ, True), id="nine behind the numbers"),
    ],
)
def test_a_label_is_put_together_around_its_numbers(before, after, expected):
    text = print_layout(REPORT, Random(1), "spaced_rows")
    [row] = [line for line in text.split("\n") if LABEL in line]
    group, numbers = row.split(LABEL)
    parts = pieces(before + after)
    printed = "\n".join([group, *parts[:before], numbers.strip(), *parts[before:]])
    assert read_as(text.replace(row, printed)) == expected
