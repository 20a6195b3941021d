"""Which agency a report is of, who reported, who did not, and whose names are close."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.collection.agencies.review import review_agencies
from tests.checking import specification
from tests.rules.agency_samples import CITY, DATA, FINANCE, INDUSTRY, OLD_INDUSTRY, TAXES, registry_of, roll_of

SPECIFICATIONS = [specification().specification]


@pytest.fixture
def registry(tmp_path: Path) -> AgencyRegistry:
    return registry_of(tmp_path)


@pytest.mark.parametrize(
    ("printed", "year", "known_as"),
    [
        pytest.param(FINANCE, 2023, FINANCE, id="its name"),
        pytest.param("甲市 财政局", 2023, FINANCE, id="its name with a blank"),
        pytest.param("甲市工信局", 2023, INDUSTRY, id="an alias"),
        pytest.param(OLD_INDUSTRY, 2021, INDUSTRY, id="a former name in its last year"),
        pytest.param(OLD_INDUSTRY, 2015, INDUSTRY, id="a former name in its first year"),
        pytest.param(OLD_INDUSTRY, 2022, None, id="a former name afterwards"),
        pytest.param(OLD_INDUSTRY, 2014, None, id="a former name before"),
        pytest.param(OLD_INDUSTRY, None, None, id="a former name in an unknown year"),
        pytest.param(FINANCE, None, FINANCE, id="its name in an unknown year"),
        pytest.param(DATA, 2021, DATA, id="its name before it has to report"),
        pytest.param("甲市政府", 2023, None, id="a name that is only close"),
        pytest.param("", 2023, None, id="no name"),
    ],
)
def test_a_printed_name_is_an_agency_only_where_that_is_certain(registry, printed, year, known_as):
    [report], roll = roll_of(registry, (printed, year))
    agency = roll.agency_of(report)
    assert (agency.name if agency else None) == known_as
    assert report.agency == (known_as or printed)
    assert report.printed_agency == (printed if known_as not in (None, printed) else "")


def test_an_agency_that_was_renamed_is_one_over_the_years(registry):
    _, roll = roll_of(registry, (OLD_INDUSTRY, 2020), (OLD_INDUSTRY, 2021), (INDUSTRY, 2022), ("甲市工信局", 2023))
    assert roll.years_by_agency == {INDUSTRY: (2020, 2021, 2022, 2023)}


def test_without_a_list_only_prints_of_one_name_are_one():
    reports, roll = roll_of(
        None, ("甲市财政局", 2021), ("甲市 财政局", 2022), ("甲市财政局", 2023), ("甲市财改局", 2024)
    )
    assert [report.agency for report in reports] == ["甲市财政局"] * 3 + ["甲市财改局"]
    assert [report.printed_agency for report in reports] == ["", "甲市 财政局", "", ""]
    assert roll.years_by_agency == {"甲市财政局": (2021, 2022, 2023), "甲市财改局": (2024,)}


def missing(registry: AgencyRegistry | None, *reports: tuple[str, int | None]) -> list[tuple[str, int, date | None]]:
    _, roll = roll_of(registry, *reports)
    return [tuple(one) for one in review_agencies(roll, SPECIFICATIONS).missing]


def test_a_listed_agency_without_a_report_is_missing_in_the_years_it_has_to_report_on(registry):
    everybody = [(name, 2023) for name in (CITY, INDUSTRY, TAXES)]
    assert missing(registry, *everybody, (OLD_INDUSTRY, 2021), (TAXES, 2021), (CITY, 2021)) == [
        (FINANCE, 2021, date(2022, 1, 20)),
        (FINANCE, 2023, date(2024, 1, 20)),
        (DATA, 2023, date(2024, 1, 31)),
    ]


def test_a_government_is_due_later_than_a_department(registry):
    assert missing(registry, *((name, 2023) for name in (FINANCE, INDUSTRY, TAXES, DATA))) == [
        (CITY, 2023, date(2024, 3, 31))
    ]


def test_only_years_there_are_reports_of_are_looked_at(registry):
    assert missing(registry, ("别处的机关", 2022))[0] == (CITY, 2022, date(2023, 3, 31))
    assert {year for _, year, _ in missing(registry, ("别处的机关", 2022), (CITY, None))} == {2022}


def test_nobody_is_missing_without_a_list():
    assert missing(None, (FINANCE, 2023), (CITY, 2021)) == []


def similar(registry: AgencyRegistry | None, *reports: tuple[str, int | None]) -> list[tuple[str, str, str]]:
    _, roll = roll_of(registry, *reports)
    return [(one.agency, one.similar_to, one.difference) for one in review_agencies(roll, SPECIFICATIONS).similar]


@pytest.mark.parametrize(
    ("printed", "year", "expected"),
    [
        pytest.param("甲市财正局", 2023, [(FINANCE, "one_character")], id="one character"),
        pytest.param("甲市政府", 2023, [(CITY, "left_out_word")], id="人民 left out"),
        pytest.param("丙省甲市财政局", 2023, [(FINANCE, "region")], id="the province before it"),
        pytest.param(OLD_INDUSTRY, 2023, [(INDUSTRY, "other_years")], id="a former name after its time"),
        pytest.param("甲市工信司", 2023, [(INDUSTRY, "one_character")], id="close to an alias"),
        pytest.param("丁县教育局", 2023, [], id="another body"),
        pytest.param("甲市 财政局", 2023, [], id="a listed name, blanks apart"),
    ],
)
def test_an_unlisted_name_close_to_a_listed_one_is_pointed_out(registry, printed, year, expected):
    assert similar(registry, (FINANCE, 2023), (printed, year)) == [(printed, *pair) for pair in expected]


def test_close_names_in_a_run_are_pointed_out_where_they_never_report_on_one_year():
    assert similar(None, ("甲市财政局", 2022), ("甲市财正局", 2023)) == [("甲市财政局", "甲市财正局", "one_character")]
    assert similar(None, ("东山镇政府", 2023), ("西山镇政府", 2023)) == []


def test_two_listed_agencies_are_never_called_similar(tmp_path):
    names = ("东山镇政府", "西山镇政府")
    text = "agencies:\n" + "".join(f"  - {{name: {name}, kind: township}}\n" for name in names)
    assert similar(registry_of(tmp_path, text), (names[0], 2022), (names[1], 2023)) == []
