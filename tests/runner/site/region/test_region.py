"""The overview of a region: counts by year and group, shares, shades; the ways into the filtered overview."""

from __future__ import annotations

import pytest

from disclosure_checks.rules.collection.agencies.review import AgencyReview
from disclosure_checks.rules.spec.model.agency_list import Agency
from disclosure_checks.runner.site.overview.agency_rows import AgencyRow, agency_rows, years_of
from disclosure_checks.runner.site.page_parts import Link
from disclosure_checks.runner.site.region.counts import counts_by_group, counts_by_year, heat
from disclosure_checks.runner.site.region.page import RegionPage, region_page
from disclosure_checks.runner.site.return_notes.note_building import ParentNote
from disclosure_checks.runner.site.rule_failures.results import RuleResults
from disclosure_checks.runner.site.rule_pages import rule_lines
from disclosure_checks.runner.site.views import site_views
from disclosure_checks.runner.texts.site_texts import load_texts
from tests.runner.published_samples import NOTHING_REVIEWED, Run, compiled, sample_run

DEPARTMENT = Agency(name="甲局", kind="department", parent="甲市人民政府")


def page(of: Run, *notes: ParentNote, review: AgencyReview = NOTHING_REVIEWED) -> RegionPage:
    texts, results = load_texts("zh"), RuleResults()
    for one in of.checked:
        results.add(one.record, one.findings)
    rows = agency_rows(of.records, review, texts)
    lines = rule_lines([compiled()], results, texts, root="")
    return region_page([compiled()], rows, years_of(of.records), lines.values(), results, texts, notes)


def test_each_year_counts_its_reports_by_state() -> None:
    lines = {one.year.text: one for one in page(sample_run()).lines}
    assert lines["2023年度"].reports == 3
    assert [cell.text for cell in lines["2023年度"].states] == ["1", "1", "0", "0", "1"]
    assert lines["2023年度"].states[0].share == "33%"
    assert lines["2023年度"].states[0].href == "index.html#year=2023&state=error"


def test_the_heat_map_has_a_line_for_each_rule_that_a_report_fails_and_none_for_notes() -> None:
    heats = {one.line.id: [cell.text for cell in one.cells] for one in page(sample_run()).rules}
    assert heats == {
        "requests.balance": ["", "1", ""],
        "text.granted": ["", "1", ""],
        "requests.share_carried_out": ["", "", "1"],
    }


def test_a_number_of_the_heat_map_leads_to_its_reports() -> None:
    cell = page(sample_run()).rules[0].cells[1]
    assert cell.href == "index.html#year=2023&rule=requests.balance"


def row(agency: Agency, *statuses: str) -> AgencyRow:
    records = {one.record.status: one.record for one in sample_run().checked}
    return AgencyRow(agency.name, {2023: [records[status] for status in statuses]}, frozenset({2022}), listed=agency)


def test_groups_are_those_of_the_list_and_agencies_without_one_do_not_count() -> None:
    rows = [row(DEPARTMENT, "findings", "pass"), AgencyRow("乙局", {}, frozenset())]
    counts = counts_by_group(rows, [2022, 2023], lambda one: one.listed.parent or "" if one.listed else "")
    assert list(counts) == ["甲市人民政府"]
    assert (counts["甲市人民政府"][2023].reports, counts["甲市人民政府"][2022].missing) == (2, 1)


def test_a_body_above_others_has_the_return_notes_of_all_below_it() -> None:
    notes = [ParentNote("甲市人民政府", year, f"return_notes/parents/{year}/甲市") for year in (2022, 2023)]
    [compared] = page(sample_run(), *notes).comparisons
    assert compared.has_notes
    assert [(one.name.text, one.notes) for one in compared.groups] == [
        (
            "甲市人民政府",
            (
                Link("2022", "return_notes/parents/2022/甲市.html"),
                Link("2023", "return_notes/parents/2023/甲市.html"),
            ),
        )
    ]
    html = site_views("zh").region(page(sample_run(), *notes))
    assert '<a href="return_notes/parents/2023/甲市.html">2023</a>' in html


def test_there_is_no_column_for_notes_without_any() -> None:
    agency = Agency(name="南湖区人民政府办公室", kind="department", parent="甲市人民政府")
    compared = page(sample_run(), review=AgencyReview(agencies=(agency,))).comparisons
    assert [(one.id, one.has_notes) for one in compared] == [("by-kind", False), ("by-parent", False)]


def test_years_without_a_report_count_nothing() -> None:
    counts = counts_by_year([row(DEPARTMENT, "pass")], [2021])
    assert (counts[2021].reports, counts[2021].with_errors, counts[2021].missing) == (0, 0, 0)


@pytest.mark.parametrize(
    ("part", "whole", "shade"),
    [
        pytest.param(0, 10, 0, id="none"),
        pytest.param(1, 1000, 1, id="hardly any"),
        pytest.param(1, 10, 2, id="a tenth"),
        pytest.param(1, 2, 4, id="half"),
        pytest.param(10, 10, 5, id="all"),
        pytest.param(0, 0, 0, id="nothing of nothing"),
    ],
)
def test_the_larger_the_share_the_darker(part: int, whole: int, shade: int) -> None:
    assert heat(part, whole) == shade
