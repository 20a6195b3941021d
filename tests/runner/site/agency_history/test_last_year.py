"""Last year beside this one: the numbers behind the switch, and the ways from a finding to the cells it read."""

from __future__ import annotations

import math
from dataclasses import replace

from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.records import CheckedReport
from disclosure_checks.runner.site.agency_history.neighbours import ALONE, Neighbours, neighbours
from disclosure_checks.runner.site.agency_year_pages import AgencyYearPages
from disclosure_checks.runner.site.labels import rule_paths
from disclosure_checks.runner.site.page_models import AgencyYearPage
from disclosure_checks.runner.site.views import site_views
from disclosure_checks.runner.texts.site_texts import load_texts
from tests.runner.published_samples import compiled, finding, report, run

CELLS = compiled().cells
CARRIED_OUT = "requests.carried_out.total"


def checked(status: ResultStatus = ResultStatus.FAIL) -> CheckedReport:
    this = report(values={"requests.carried_in.total": 3})
    [one] = run(
        [(this, [finding("years.carried", this, status, item="", cells=("requests.carried_in.total",))])]
    ).checked
    return one


def page(beside: Neighbours) -> AgencyYearPage:
    spec = reading_the_year_before()
    builder = AgencyYearPages(spec, rule_paths([spec]), load_texts("zh"), site_views("zh").grid)
    return builder.build(checked(), beside)


def reading_the_year_before() -> CompiledSpecification:
    """The spec of the samples, whose rule about years reads the cell that it names."""
    spec = compiled()
    read = ("requests.carried_in.total", f"previous_year:{CARRIED_OUT}")
    rules = tuple(
        replace(rule, instances=tuple(replace(one, inputs=read) for one in rule.instances))
        if rule.rule.id == "years.carried"
        else rule
        for rule in spec.rules
    )
    return replace(spec, rules=rules)


def last_year(**values: float) -> tuple[float, ...]:
    return tuple(values.get(cell.replace(".", "_"), 0.0) for cell in CELLS)


def test_a_finding_about_two_years_leads_to_both_cells() -> None:
    before = run([(report("2022/b.txt", year=2022), [])]).checked[0].record
    built = page(Neighbours(before, last_year=last_year(requests_carried_out_total=5)))
    [one] = built.groups[0].findings
    assert [link.href for link in one.cells] == ["#requests.carried_in.total"]
    assert [(link.text, link.href) for link in one.cells_before] == [
        ("2022年度第四项（总计） 5", f"../2022/南湖区人民政府办公室.html#{CARRIED_OUT}")
    ]


def test_what_is_not_known_of_last_year_leads_to_the_page_alone() -> None:
    before = run([(report("2022/b.txt", year=2022), [])]).checked[0].record
    built = page(Neighbours(before, last_year=last_year(requests_carried_out_total=math.nan)))
    assert [link.href for link in built.groups[0].findings[0].cells_before] == ["../2022/南湖区人民政府办公室.html"]


def test_a_number_from_elsewhere_is_told_without_a_way_to_it() -> None:
    built = page(Neighbours(last_year=last_year(requests_carried_out_total=5)))
    assert [tuple(link) for link in built.groups[0].findings[0].cells_before] == [("2022年度第四项（总计） 5", "")]


def test_the_numbers_behind_the_switch_stand_in_the_order_of_the_cells_of_the_page() -> None:
    numbers = tuple(math.nan if number % 7 == 0 else float(number) for number in range(len(CELLS)))
    built = page(Neighbours(last_year=numbers))
    assert built.last_year is not None
    drawn = [cell for grid in built.grids for cell in grid.cells]
    expected = ["" if CELLS.index(cell) % 7 == 0 else str(CELLS.index(cell)) for cell in drawn]
    assert built.last_year.text.split(",") == expected
    html = site_views("zh").agency_year(built)
    assert html.count('<td id="') == len(expected)


def test_there_is_no_switch_where_nothing_is_known_of_last_year() -> None:
    built = page(ALONE)
    assert built.last_year is None
    assert "last_year.js" not in site_views("zh").agency_year(built)


def test_reports_that_name_no_agency_are_no_neighbours() -> None:
    records = run([(report(f"{year}.txt", "", year), []) for year in (2022, 2023)]).checked
    assert set(neighbours([one.record for one in records]).values()) == {ALONE}
