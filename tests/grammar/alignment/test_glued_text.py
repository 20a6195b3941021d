"""Numbers printed without separators: divided where only one division can be meant, else left open."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.grammar.alignment.filling.digit_splitting import settle
from disclosure_checks.grammar.model.lexicon import LinearEquation
from disclosure_checks.grammar.model.report import CellStatus
from disclosure_checks.rules.formula.outcomes import ResultStatus
from tests.checking import failed, findings_of, read
from tests.generation.layouts.printing import LATER_LAYOUTS
from tests.generation.truth import random_reports

CELLS = tuple("abcdefg")
TOTAL = LinearEquation((("g", 1.0), *((cell, -1.0) for cell in "abcdef")))
GLUED = [name for name in LATER_LAYOUTS if name.startswith("glued")]


def split(*runs: str) -> list[int | None]:
    settled = settle([(CELLS, [runs])], {}, [TOTAL])
    return [settled.values.get(cell) for cell in CELLS]


@pytest.mark.parametrize(
    ("runs", "values"),
    [
        (["21710000218"], [217, 1, 0, 0, 0, 0, 218]),
        (["0000000"], [0] * 7),
        (["44700000447"], [447, 0, 0, 0, 0, 0, 447]),
        (["609", "0", "01601", "002210"], [609, 0, 0, 1601, 0, 0, 2210]),
    ],
)
def test_a_row_is_divided_where_only_one_division_adds_up(runs, values):
    assert split(*runs) == values


def test_what_several_divisions_fit_is_left_open():
    assert settle([(("a", "b", "c"), [("2045",)])], {}, []).values == {}
    assert split("111100022") == [None] * 7


def test_a_row_that_does_not_add_up_is_left_open():
    assert split("12000014") == [None] * 7


@pytest.mark.parametrize("digits", ["5000006", "4624824", "2899239", "0530026"])
def test_as_many_digits_as_cells_that_do_not_add_up_are_left_open(digits):
    assert split(digits) == [None] * 7


@pytest.mark.parametrize("digits", ["5000005", "0000000", "1234500"])
def test_as_many_digits_as_cells_without_an_equation_are_what_they_are(digits):
    settled = settle([(CELLS, [(digits,)])], {}, [])
    assert [settled.values[cell] for cell in CELLS] == list(map(int, digits))
    assert not settled.equations


def test_rows_are_settled_together_by_their_columns():
    columns = [LinearEquation(((f"y.{one}", 1.0), (f"x.{one}", -1.0))) for one in "ab"]
    rows = [(("x.a", "x.b"), [("123",)]), (("y.a", "y.b"), [("1", "23")])]
    settled = settle(rows, {}, columns)
    assert settled.values == {"x.a": 1, "x.b": 23, "y.a": 1, "y.b": 23}
    assert settled.equations


@given(st.lists(st.integers(min_value=0, max_value=999), min_size=6, max_size=6))
def test_whatever_is_settled_is_what_was_printed(parts):
    values = [*parts, sum(parts)]
    for got, printed in zip(split("".join(map(str, values))), values, strict=True):
        assert got in (None, printed)


@pytest.mark.parametrize("layout", GLUED)
def test_a_glued_report_gives_its_cells_or_says_that_they_are_ambiguous(layout):
    reports = []
    for number, generated in enumerate(random_reports(40, seed=layout)):
        report = read(LATER_LAYOUTS[layout](generated.sheet, Random(number)), f"{number}.txt")
        reports.append(report)
        for cell, value in generated.cells.items():
            got = report.cells[cell]
            if got.status in (CellStatus.READ, CellStatus.INFERRED):
                assert got.value == value, cell
            else:
                assert got.status is CellStatus.AMBIGUOUS, cell
            assert not cell.startswith("requests.") or not math.isnan(got.value), cell
    assert not [one for findings in findings_of(reports).values() for one in failed(findings)]


def test_an_equation_that_was_used_is_not_reported_as_passed():
    generated = next(one for one in random_reports(50, seed="used") if one.cells["requests.new_received.total"] > 99)
    report = read(LATER_LAYOUTS["glued_rows"](generated.sheet, Random(1)))
    rows = {one.item: one for one in findings_of([report])["report.txt"] if one.rule == "requests.row_total"}
    assert "requests.new_received" in rows
    assert {one.status for one in rows.values()} == {ResultStatus.NOT_ASSESSABLE}
    assert report.relied_on
    assert all(first != second for first, second in pairwise(report.relied_on))
