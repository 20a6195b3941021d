"""Small charts: heights in one scale, a number for every bar, nothing drawn of one year alone."""

from __future__ import annotations

from itertools import pairwise

import pytest

from disclosure_checks.runner.site.agency_history.charts import Series, chart_view, series_numbers


def test_the_bars_of_all_series_have_one_scale_and_stand_on_their_lines() -> None:
    view = chart_view("t", ["2022", "2023"], [Series("a", (50, 100)), Series("b", (25, 0))])
    assert view is not None
    heights = [[bar.height for bar in strip.bars] for strip in view.strips]
    assert heights == [[17, 34], [8, 0]]
    assert all(bar.y + bar.height == strip.base_y for strip in view.strips for bar in strip.bars)
    assert view.height > view.strips[-1].base_y


def test_a_strip_is_as_tall_as_its_tallest_bar_needs() -> None:
    view = chart_view("t", ["2022", "2023"], [Series("a", (0, 0)), Series("b", (100, 10)), Series("c", (0, None))])
    assert view is not None
    lines = [0, *(strip.base_y for strip in view.strips)]
    empty, full, unknown = (below - above for above, below in pairwise(lines))
    assert full - unknown == 34
    assert empty < unknown < full


def test_a_series_that_is_known_of_no_year_is_left_out() -> None:
    view = chart_view("t", ["2022", "2023"], [Series("a", (None, None)), Series("b", (1, 2))])
    assert view is not None
    assert [strip.caption for strip in view.strips] == ["b"]


def test_a_small_number_beside_a_large_one_is_still_a_bar() -> None:
    view = chart_view("t", ["2022", "2023"], [Series("a", (1, 100_000))])
    assert view is not None
    assert [bar.height for bar in view.strips[0].bars] == [1, 34]


def test_a_year_that_is_not_known_has_a_dash_and_no_bar() -> None:
    view = chart_view("t", ["2021", "2022", "2023"], [Series("a", (None, 2, 4.5))])
    assert view is not None
    assert [(bar.number, bar.height) for bar in view.strips[0].bars] == [("–", 0), ("2", 15), ("4.5", 34)]


@pytest.mark.parametrize(
    "series",
    [
        pytest.param([Series("a", (3, None))], id="one year is known"),
        pytest.param([Series("a", (None, None))], id="none is known"),
    ],
)
def test_nothing_is_drawn_where_there_is_nothing_to_compare(series: list[Series]) -> None:
    assert chart_view("t", ["2022", "2023"], series) is None


def test_years_that_are_all_zero_are_drawn() -> None:
    view = chart_view("t", ["2022", "2023"], [Series("a", (0, 0))])
    assert view is not None
    assert [bar.number for bar in view.strips[0].bars] == ["0", "0"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param(["a", "b"], 5, id="the sum of its cells"),
        pytest.param(["a", "zero"], 2, id="a zero counts"),
        pytest.param(["a", "missing"], None, id="unknown where one of them is"),
    ],
)
def test_the_number_of_a_series(cells: list[str], expected: float | None) -> None:
    assert series_numbers(cells, {"a": 2, "b": 3, "zero": 0}) == expected
