"""The year before: from the same frame, from another format, from earlier runs, and how much of it is repeated."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.earlier_years import (
    EarlierValues,
    EarlierYears,
    contested_years,
    values_of_reports,
)
from disclosure_checks.rules.collection.frame import build_frame
from tests.gx_samples import small_report, small_specification

COMPILED = small_specification()
TOTAL, GRANTED = "requests.new_received.total", "requests.granted.total"


def total(received: float | None, year: int | None = 2024, agency: str = "某市教育局", **cells) -> Report:
    return small_report(COMPILED, f"{agency}{year}.txt", agency, year, requests__new_received__total=received, **cells)


def known(values: dict[tuple[str, int], float], name: str = TOTAL) -> EarlierValues:
    return EarlierValues(
        (name,), {key: row for row, key in enumerate(values)}, np.array([[one] for one in values.values()])
    )


def previous(reports: list[Report], *earlier: EarlierValues, contested=frozenset(), name: str = TOTAL):
    frame = build_frame(COMPILED, reports, EarlierYears(earlier, contested))
    return [None if np.isnan(value) else value for value in frame[f"previous_year:{name}"]]


LAST_YEAR = ("某市教育局", 2023)


@pytest.mark.parametrize(
    ("reports", "earlier", "expected"),
    [
        pytest.param([total(2)], [known({LAST_YEAR: 7})], [7], id="what is known of earlier years is taken"),
        pytest.param([total(2)], [known({("某市教育局", 2022): 7})], [None], id="two years before do not count"),
        pytest.param([total(2)], [known({("他局", 2023): 7})], [None], id="another agency does not count"),
        pytest.param(
            [total(2), total(5, 2023)], [known({LAST_YEAR: 7})], [5, None], id="the same run comes before earlier runs"
        ),
        pytest.param(
            [total(2), total(None, 2023)],
            [known({LAST_YEAR: 7})],
            [None, None],
            id="a cell that is missing in the run is not filled from earlier runs",
        ),
        pytest.param(
            [total(2), total(5, 2023), replace(total(6, 2023), source="b.txt")],
            [known({LAST_YEAR: 7})],
            [None, None, None],
            id="of two reports in the run neither serves nor what earlier runs knew",
        ),
        pytest.param(
            [total(2)], [known({LAST_YEAR: 7}), known({LAST_YEAR: 8})], [7], id="the first that knows the year counts"
        ),
        pytest.param(
            [total(2)],
            [known({LAST_YEAR: 7}, GRANTED), known({LAST_YEAR: 8})],
            [None],
            id="a report known without the cell is not completed from another",
        ),
        pytest.param(
            [total(2, None)], [known({LAST_YEAR: 7})], [None], id="a report without a year has no year before"
        ),
        pytest.param([total(2)], [known({LAST_YEAR: float("nan")})], [None], id="a missing cell stays missing"),
    ],
)
def test_where_the_year_before_comes_from(reports, earlier, expected):
    assert previous(reports, *earlier) == expected


def test_a_year_contested_elsewhere_in_the_run_does_not_serve():
    assert previous([total(2)], known({LAST_YEAR: 7}), contested=frozenset({LAST_YEAR})) == [None]


def test_cells_with_the_same_id_compare_between_formats():
    other = small_specification(format_name="other_format")
    reports = [small_report(other, "a.txt", year=2023, requests__new_received__total=9)]
    assert previous([total(2)], values_of_reports([TOTAL, "no.such.cell"], reports)) == [9]


def test_values_of_reports_leave_out_whom_nobody_can_name():
    values = values_of_reports([TOTAL, "document.title_found"], [total(1, 2023), total(2, None), total(3, 2023, "")])
    assert values.rows == {LAST_YEAR: 0}
    np.testing.assert_array_equal(values.values, [[1, 1]])


def test_contested_are_agencies_and_years_with_several_reports():
    twice = [total(1, 2023), total(2, 2023), total(3, 2024), total(4, None), total(5, None)]
    assert contested_years(twice) == {LAST_YEAR}


def changes(this_year: dict[str, float | None], last_year: dict[str, float | None]) -> dict[str, float]:
    frame = build_frame(COMPILED, [total(0, 2024, **this_year), total(0, 2023, **last_year)])
    names = ("cells_changed_since_last_year", "cells_repeated_from_last_year", "cells_repeated_without_totals")
    return {name: float(frame[f"table.requests.{name}"][0]) for name in names}


def test_cells_that_changed_and_cells_that_were_repeated_are_counted():
    mine = {"requests__granted__business": 3, "requests__granted__total": 3, "requests__carried_out__business": 1}
    counted = changes(mine, {**mine, "requests__carried_out__business": 2})
    assert list(counted.values()) == [1, 2, 1]


def test_a_cell_missing_in_one_year_is_neither_changed_nor_repeated():
    counted = changes({"requests__granted__business": None}, {"requests__granted__business": 3})
    assert list(counted.values()) == [0, 0, 0]


def test_nothing_is_counted_without_a_year_before():
    frame = build_frame(COMPILED, [total(3)])
    assert np.isnan(frame["table.requests.cells_changed_since_last_year"][0])
    assert np.isnan(frame["table.requests.cells_repeated_from_last_year"][0])
