"""A government against the bodies below it: the sums, and the rules that read them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from disclosure_checks.grammar.model.report import Cell, CellStatus, Report
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.collection.agencies.roll import call_the_roll
from disclosure_checks.rules.collection.decisions.applying import with_decisions
from disclosure_checks.rules.collection.decisions.register import DecisionRegister
from disclosure_checks.rules.collection.frame import build_frame
from disclosure_checks.rules.collection.hierarchy import with_children_sums
from disclosure_checks.rules.findings.messages import finding_message
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.model.decision_list import Decision, DecisionStatus
from disclosure_checks.rules.spec.source.problems import SpecificationError
from tests.checking import failed, findings_of, read, specification
from tests.generation.layouts.printing import print_layout
from tests.generation.truth import random_report
from tests.rules.agency_samples import CITY, FINANCE, INDUSTRY, TAXES, registry_of, renamed
from tests.rules.spec_samples import load_rules, rule, sample_report

TOTAL = "requests.received.total"
COMPLETE = f"""\
agencies:
  - {{name: {CITY}, kind: government, children_complete: true}}
  - {{name: {FINANCE}, kind: department, parent: {CITY}}}
  - {{name: {INDUSTRY}, kind: department, parent: {CITY}}}
  - {{name: {TAXES}, kind: department, parent: {CITY}, vertically_managed: true}}
"""


@pytest.fixture
def registry(tmp_path: Path) -> AgencyRegistry:
    return registry_of(tmp_path, COMPLETE)


def sums(folder: Path, registry: AgencyRegistry | None, *reports: tuple[str, int, float | CellStatus]) -> list[float]:
    """``children_sum`` and ``children_sum_known`` of the first report; each is given as agency, year and value."""
    check = f"children_sum({TOTAL}) + children_sum_known({TOTAL}) == 0"
    compiled = load_rules(folder, rule("tested", check))
    made = [
        renamed(sample_report(compiled, {TOTAL: value}), agency, year, f"{number}.txt")
        for number, (agency, year, value) in enumerate(reports)
    ]
    named, roll = call_the_roll(made, registry)
    frame = with_children_sums(build_frame(compiled, named), compiled, named, roll)
    columns = [f"children_sum:{TOTAL}", f"children_sum_known:{TOTAL}"]
    return [float(frame[column][0]) if column in frame else math.nan for column in columns]


BLANK = CellStatus.BLANK
NAN = math.nan


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        pytest.param([(FINANCE, 2023, 3), (INDUSTRY, 2023, 4)], [7, 7], id="both"),
        pytest.param([(FINANCE, 2023, 3)], [3, 3], id="one of two"),
        pytest.param([(FINANCE, 2023, 3), (INDUSTRY, 2022, 4)], [3, 3], id="one of another year"),
        pytest.param([(FINANCE, 2023, 3), (TAXES, 2023, 4)], [3, 3], id="one managed from above"),
        pytest.param([(FINANCE, 2023, 3), (INDUSTRY, 2023, 4), (INDUSTRY, 2023, 4)], [3, 3], id="one with two reports"),
        pytest.param([(FINANCE, 2023, 3), (INDUSTRY, 2023, BLANK)], [NAN, 3], id="one with a blank cell"),
        pytest.param([(FINANCE, 2023, BLANK)], [NAN, NAN], id="nothing but a blank cell"),
        pytest.param([("丁县教育局", 2023, 9)], [NAN, NAN], id="nobody but a stranger"),
        pytest.param([], [NAN, NAN], id="nobody"),
    ],
)
def test_the_bodies_below_are_summed(tmp_path: Path, registry, below: Sequence[tuple[str, int, float]], expected):
    assert sums(tmp_path, registry, (CITY, 2023, 0), *below) == pytest.approx(expected, nan_ok=True)


def test_a_body_without_any_below_has_no_sum(tmp_path: Path, registry):
    assert sums(tmp_path, registry, (FINANCE, 2023, 1), (CITY, 2023, 5)) == pytest.approx([NAN, NAN], nan_ok=True)


def test_nothing_is_summed_without_a_list(tmp_path: Path):
    assert sums(tmp_path, None, (CITY, 2023, 0), (FINANCE, 2023, 3)) == pytest.approx([NAN, NAN], nan_ok=True)


@pytest.mark.parametrize(
    ("check", "code"),
    [
        ("children_sum(requests.granted.total / requests.received.total) == 0", "function_needs_name"),
        ("children_sum(1) == 0", "function_needs_name"),
        ("previous_year(children_sum(requests.granted.total)) == 0", "functions_nested"),
        ("children_sum(body.kind) == 0", "enumerated_needs_word"),
        ("children_sums(requests.granted.total) == 0", "unknown_function"),
    ],
)
def test_what_cannot_be_summed_is_told(tmp_path: Path, check: str, code: str):
    with pytest.raises(SpecificationError) as caught:
        load_rules(tmp_path, rule("tested", check))
    assert [problem.code for problem in caught.value.problems] == [code]


# ---- the rules of the 2021 format


def family(year: int = 2023) -> list[Report]:
    """A city and its two departments, the city's numbers their sums."""
    departments = [
        replace(read(print_layout(made, Random(1), "word_text")), agency=agency, year=year, source=f"{agency}.txt")
        for agency in (FINANCE, INDUSTRY)
        for made in [random_report(agency, profile="busy", year=year)]
    ]
    cells = {
        name: Cell(name, "", sum(report.cells[name].value for report in departments), CellStatus.READ, cell.place)
        for name, cell in departments[0].cells.items()
    }
    return [replace(departments[0], agency=CITY, source="city.txt", cells=cells), *departments]


def changed(report: Report, cell: str, by: float) -> Report:
    old = report.cells[cell]
    return replace(report, cells={**report.cells, cell: old._replace(value=old.value + by)})


def hierarchy(
    reports: Sequence[Report], registry: AgencyRegistry | None
) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [
        (one.source, one.rule, one.severity.value, one.cells)
        for own in findings_of(reports, registry=registry).values()
        for one in own
        if one.rule.startswith("hierarchy.")
    ]


RECEIVED, IN_FORCE = "requests.new_received.total", "proactive.normative_documents.in_force"


def test_a_city_that_is_the_sum_of_its_departments_is_left_alone(registry):
    assert hierarchy(family(), registry) == []


@pytest.mark.parametrize(
    ("cell", "by", "expected"),
    [
        pytest.param(RECEIVED, -1, [("hierarchy.covers_children", "likely")], id="one request less"),
        pytest.param(RECEIVED, 1, [("hierarchy.equals_children", "likely")], id="one request more"),
        pytest.param("review.reconsideration.total", -1, [("hierarchy.covers_children", "likely")], id="one case less"),
        pytest.param(
            "proactive.licences.decisions", 1, [("hierarchy.equals_children", "likely")], id="one licence more"
        ),
        pytest.param(IN_FORCE, -1, [("hierarchy.stock_covers_children", "advisory")], id="a smaller stock"),
        pytest.param(IN_FORCE, 1, [], id="a larger stock"),
        pytest.param("requests.new_received.business", -1, [], id="a single kind of applicants"),
        pytest.param("proactive.fees.amount", -1, [], id="the amount of fees"),
    ],
)
def test_a_city_that_is_not_the_sum_is_pointed_out_at_its_cell(registry, cell, by, expected):
    city, *departments = family()
    found = hierarchy([changed(city, cell, by), *departments], registry)
    assert found == [("city.txt", rule_id, severity, (cell,)) for rule_id, severity in expected]


MORE_THAN_THE_SUM = ("requests.new_received.total", "requests.granted.total", "requests.carried_out.total")


def with_more_than_the_sum() -> list[Report]:
    city, *departments = family()
    for cell in MORE_THAN_THE_SUM:
        city = changed(city, cell, 3)
    return [city, *departments]


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        pytest.param((), ResultStatus.WAIVED, id="about the whole rule"),
        pytest.param(MORE_THAN_THE_SUM, ResultStatus.WAIVED, id="about all of its cells"),
        pytest.param(MORE_THAN_THE_SUM[:1], ResultStatus.FAIL, id="about one of its cells"),
    ],
)
def test_a_finding_of_several_cells_is_settled_by_a_decision(registry, cells: tuple[str, ...], status: ResultStatus):
    reports = with_more_than_the_sum()
    decision = Decision(
        rule="hierarchy.equals_children",
        agency=CITY,
        year=2023,
        cells=cells,
        status=DecisionStatus.ACCEPTED,
        reason="核对过",
    )
    found = failed(findings_of(reports, registry=registry)["city.txt"])
    settled = with_decisions(found, specification(), reports[:1], DecisionRegister((decision,), date(2026, 7, 1)))
    assert [one.status for one in settled if one.rule == decision.rule] == [status]


def test_a_list_that_may_not_be_complete_is_one_finding_with_every_cell(registry):
    city, *departments = with_more_than_the_sum()
    [finding] = [
        one
        for one in failed(findings_of([city, *departments], registry=registry)["city.txt"])
        if one.rule == "hierarchy.equals_children"
    ]
    assert set(finding.cells) == set(MORE_THAN_THE_SUM)
    sentence = finding_message(finding, specification())
    assert "另有 2 处同样" in sentence
    assert all(specification().labels.cell(cell, "zh") in sentence for cell in MORE_THAN_THE_SUM)


@pytest.mark.parametrize(
    ("complete", "left_out"), [("false", None), ("true", INDUSTRY)], ids=["an open list", "a report that is not there"]
)
def test_more_than_the_sum_is_right_where_somebody_may_be_missing(tmp_path: Path, complete, left_out):
    registry = registry_of(tmp_path, COMPLETE.replace("children_complete: true", f"children_complete: {complete}"))
    city, *departments = family()
    there = [report for report in departments if report.agency != left_out]
    assert hierarchy([changed(city, RECEIVED, 5), *there], registry) == []


def test_a_department_is_no_government(tmp_path: Path):
    registry = registry_of(tmp_path, COMPLETE.replace("kind: government", "kind: department"))
    city, *departments = family()
    assert hierarchy([changed(city, RECEIVED, -1), *departments], registry) == []


def test_nothing_is_said_without_a_list():
    city, *departments = family()
    assert hierarchy([changed(city, RECEIVED, -1), *departments], None) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sentence_names_both_numbers_and_the_bodies_below(registry, language: str):
    city, *departments = family()
    found = findings_of([changed(city, RECEIVED, -1), *departments], registry=registry)["city.txt"]
    [finding] = [one for one in failed(found) if one.rule == "hierarchy.covers_children"]
    sentence = finding_message(finding, specification(), language)
    whole = int(city.cells[RECEIVED].value)
    for part in (str(whole - 1), str(whole), "2", FINANCE, INDUSTRY):
        assert part in sentence
    assert "{" not in sentence
