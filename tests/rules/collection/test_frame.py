"""The one wide frame: columns, missing values, the year before."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.frame import build_frame
from disclosure_checks.rules.expectations.frame_columns import frame_columns
from tests.gx_samples import small_report, small_specification

COMPILED = small_specification()
TOTAL = "requests.new_received.total"


def total(received: float | None, **report) -> Report:
    return small_report(COMPILED, requests__new_received__total=received, **report)


def previous(*reports: Report) -> list[float | None]:
    frame = build_frame(COMPILED, reports)
    return [None if np.isnan(value) else value for value in frame[f"previous_year:{TOTAL}"]]


def test_the_frame_has_a_row_per_report_and_a_column_per_cell_and_fact():
    frame = build_frame(COMPILED, [total(5), total(None, source="b.txt", year=None)])

    carried_over = {f"previous_year:{cell}" for cell in COMPILED.cells}
    assert list(frame.columns[:4]) == ["source", "agency", "year", "report.year"]
    assert set(COMPILED.cells) | set(COMPILED.facts) | carried_over <= set(frame.columns)
    assert frame.columns.is_unique
    assert list(frame["source"]) == ["某市/2024.txt", "b.txt"]
    assert list(frame["year"]) == ["2024", ""]
    assert frame["report.year"][0] == 2024
    assert np.isnan(frame["report.year"][1])


def test_what_a_report_does_not_hold_is_missing_and_not_zero():
    frame = build_frame(COMPILED, [total(None)])

    assert np.isnan(frame[TOTAL][0])
    assert frame["requests.results_total.total"][0] == 0
    assert frame["document.title_found"][0] == 1
    assert np.isnan(frame["document.title_year"][0])


def test_formulas_read_float64_columns_in_unbroken_memory():
    columns = frame_columns(build_frame(COMPILED, [total(5), total(6)]))

    assert "source" not in columns
    assert all(column.dtype == np.float64 and column.flags.c_contiguous for column in columns.values())
    np.testing.assert_array_equal(columns[TOTAL], [5, 6])


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        pytest.param([total(1, year=2023), total(2, year=2024)], [None, 1], id="the year before is taken"),
        pytest.param([total(2, year=2024), total(1, year=2023)], [1, None], id="the order of reports does not matter"),
        pytest.param([total(1, year=2022), total(2, year=2024)], [None, None], id="two years before do not count"),
        pytest.param([total(1, year=None), total(2, year=2024)], [None, None], id="an unknown year does not count"),
        pytest.param(
            [total(1, year=2023, agency="甲局"), total(2, year=2024, agency="乙局")],
            [None, None],
            id="another agency's year before does not count",
        ),
        pytest.param(
            [total(1, year=2023, agency=""), total(2, year=2024, agency="")],
            [None, None],
            id="two unknown agencies are not the same agency",
        ),
        pytest.param(
            [total(1, year=2023), total(9, year=2023), total(2, year=2024)],
            [None, None, None],
            id="of two reports for one year neither serves",
        ),
        pytest.param([total(None, year=2023), total(2, year=2024)], [None, None], id="a missing cell stays missing"),
    ],
)
def test_year_before(reports, expected):
    assert previous(*reports) == expected


def test_a_fact_of_the_year_before_is_there_where_a_formula_asks_for_it():
    rule = {
        "id": "document.growth",
        "title": {"zh": "篇幅", "en": "length"},
        "check": "document.title_found == previous_year(document.title_found)",
        "severity": "info",
    }
    compiled = small_specification(rule)
    asked = {name for one in compiled.rules for instance in one.instances for name in instance.inputs}
    frame = build_frame(compiled, [small_report(compiled, year=2023, title_found=0), small_report(compiled, year=2024)])

    assert asked <= set(frame.columns)
    assert frame["previous_year:document.title_found"][1] == 0


def test_years_further_back_are_there_where_a_formula_asks_for_them():
    rule = {
        "id": "requests.trend",
        "title": {"zh": "趋势", "en": "trend"},
        "check": f"{TOTAL} <= 3 * years_ago(2, {TOTAL}) and {TOTAL} <= years_ago(3, document.title_found) + 90",
        "severity": "info",
    }
    compiled = small_specification(rule)
    reports = [
        small_report(compiled, year=2021, title_found=1),
        small_report(compiled, year=2022, requests__new_received__total=7),
        small_report(compiled, year=2024, requests__new_received__total=8),
    ]
    frame = build_frame(compiled, reports)

    assert frame[f"years_ago_2:{TOTAL}"][2] == 7
    assert frame["years_ago_3:document.title_found"][2] == 1
    assert frame[[f"years_ago_2:{TOTAL}", "years_ago_3:document.title_found"]][:2].isna().all(axis=None)
    assert f"years_ago_3:{TOTAL}" not in frame.columns


def test_no_report_gives_an_empty_frame_with_all_columns():
    frame = build_frame(COMPILED, [])

    assert len(frame) == 0
    assert TOTAL in frame.columns
    assert frame_columns(frame)[TOTAL].shape == (0,)


@given(st.lists(st.tuples(st.sampled_from(["甲", "乙", ""]), st.sampled_from([None, 2022, 2023, 2024])), max_size=8))
def test_a_year_before_is_always_the_only_report_of_that_agency_and_year(reports):
    made = [total(row, agency=agency, year=year) for row, (agency, year) in enumerate(reports)]
    for (agency, year), value in zip(reports, previous(*made), strict=True):
        candidates = [row for row, other in enumerate(reports) if agency and year and other == (agency, year - 1)]
        assert value == (candidates[0] if len(candidates) == 1 else None)
