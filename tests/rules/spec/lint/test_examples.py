from __future__ import annotations

import math
from pathlib import Path

import pytest

from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.lint.examples import ExampleCase, example_cases, run_example
from disclosure_checks.rules.spec.loading import load_specification
from tests.checking import ROOT
from tests.rules.spec_samples import BALANCE, load_rules, rule

SPECS = sorted((ROOT / "specs").glob("*.yaml"))
CASES = [case for path in SPECS for case in example_cases(load_specification(path))]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_an_example_of_the_specs_holds(case: ExampleCase):
    result = run_example(case)
    assert result.holds, f"{case.expected.value} expected, {result.status.value} with difference {result.difference}"


def test_the_specs_have_examples():
    assert CASES


def cases(folder: Path, text: str, *examples: str) -> list[ExampleCase]:
    return example_cases(
        load_rules(folder, text + "    examples:\n" + "".join(f"      - {{{one}}}\n" for one in examples))
    )


def test_what_an_example_does_not_name_is_zero_and_null_is_missing(tmp_path: Path):
    [case] = cases(tmp_path, BALANCE, "pass: {received: 3, carried_in: null}")
    values = {name.split(".")[1]: value for name, value in case.values.items()}
    assert values.pop("carried_in") != values.get("carried_in")  # NaN differs from everything
    assert values == {"received": 3, "results_total": 0, "carried_out": 0}


@pytest.mark.parametrize(
    ("example", "holds"),
    [
        ("pass: {received: 3, carried_out: 3}", True),
        ("pass: {received: 3}", False),
        ("fail: {received: 3}, difference: 3", True),
        ("fail: {received: 3}, difference: 2", False),
        ("not_assessable: {received: null}", True),
        ("pass: {requests.received.total: 1, requests.carried_out.total: 1}", True),
    ],
)
def test_an_example_holds_where_status_and_difference_are_as_it_says(tmp_path: Path, example: str, holds: bool):
    [case] = cases(tmp_path, BALANCE, example)
    assert run_example(case).holds is holds


def test_the_first_item_that_reads_everything_named_is_taken(tmp_path: Path):
    first, second = cases(tmp_path, BALANCE, "pass: {received: 0}", "pass: {requests.received.charity: 0}")
    assert (first.instance.item, second.instance.item) == ("requests.person", "requests.charity")


@pytest.mark.parametrize(
    ("example", "left"),
    [
        pytest.param("other: 5", 5.0, id="the one row of a group by the group's name"),
        pytest.param("requests.other.total: 5", 5.0, id="the one row in full"),
        pytest.param("other_fee: 2, other_rest: 3", 5.0, id="the rows while the one row is missing"),
        pytest.param("refused: 5", 5.0, id="a group through its first row"),
    ],
)
def test_groups_in_examples(tmp_path: Path, example: str, left: float):
    text = rule("a", "sum(results.*) == 5", loop="column: requests.total")
    [case] = cases(tmp_path, text, f"pass: {{{example}}}")
    result = run_example(case)
    assert (result.status, result.difference) == (ResultStatus.PASS, left - 5)


def test_the_year_before_is_named_as_in_the_formula(tmp_path: Path):
    text = rule("a", "carried_in == previous_year(carried_out)", loop="column: requests.total")
    [case] = cases(tmp_path, text, "fail: {carried_in: 3, previous_year(carried_out): 4}, difference: -1")
    assert run_example(case).holds


@pytest.mark.parametrize(("example", "year"), [("pass: {}", 2021.0), ("pass: {}, year: 2023", 2023.0)])
def test_the_year_of_the_report(tmp_path: Path, example: str, year: float):
    [case] = cases(tmp_path, rule("a", "report.year >= 2021"), example)
    assert case.values == {"report.year": year}


def test_a_missing_one_row_stays_missing(tmp_path: Path):
    [case] = cases(tmp_path, rule("a", "other == 0", loop="column: requests.total"), "pass: {other_fee: 0}")
    assert math.isnan(case.values["requests.other.total"])
