"""What is told of rules without any report: contradictions, repetitions, rules that cannot fail or cannot hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_checks.rules.spec.loading import LoadedSpecification, load_with_places
from disclosure_checks.rules.spec.remarks import impossible_rules, remarks
from disclosure_checks.rules.spec.source.problems import Problem
from tests.checking import ROOT
from tests.rules.spec_samples import FIRST_RULE_LINE, rule, specification_text, write_specification

X, Y, Z = "requests.granted.total", "requests.received.total", "requests.carried_in.total"
CHECK_COLUMN = 12  # where a formula begins


def loaded(folder: Path, *rules: str) -> LoadedSpecification:
    return load_with_places(write_specification(folder, specification_text(*rules)))


def told(folder: Path, *rules: str) -> list[Problem]:
    spec = loaded(folder, *rules)
    return [*impossible_rules(spec), *(one for one in remarks(spec) if one.code != "no_failing_example")]


@pytest.mark.parametrize(
    ("check", "code"),
    [
        pytest.param(f"{X} == {X} + 1", "never_holds", id="a number that is one more than itself"),
        pytest.param(f"{X} < {X}", "never_holds", id="a number below itself"),
        pytest.param("1 == 2", "never_holds", id="numbers alone"),
        pytest.param(f"{X} > 5 and {X} < 3", "never_holds", id="above five and below three"),
        pytest.param(f"{X} == 4 and {X} == 5", "never_holds", id="four and five at once"),
        pytest.param(
            f"{X} + {Y} > 5 and 2 * {Y} + 2 * {X} <= 10", "never_holds", id="the same sum above and not above"
        ),
        pytest.param(f"{X} - {Y} == 1 and {Y} - {X} == 1", "never_holds", id="each one more than the other"),
        pytest.param(f"{X} == {X}", "always_holds", id="a number that is itself"),
        pytest.param(f"{X} + {Y} >= {Y} + {X}", "always_holds", id="the same sum on both sides"),
        pytest.param(f"{X} <= {X} + 1", "always_holds", id="a number not above itself plus one"),
        pytest.param(f"if 1 == 2 then {X} == 1", "always_holds", id="a premise that never holds"),
        pytest.param(f"if {X} > 5 and {X} < 3 then {Y} == 1", "always_holds", id="a premise that contradicts itself"),
        pytest.param(f"if {X} > 5 then {Y} == {Y}", "always_holds", id="a consequence that always holds"),
        pytest.param(f"{X} >= 1 or {X} < 1", "always_holds", id="one of all cases"),
        pytest.param(f"{X} <= 5 or {Y} < 3 or {X} > 2", "always_holds", id="one of cases that overlap"),
        pytest.param(f"not {X} < {X}", "always_holds", id="not what never holds"),
        pytest.param(f"{X} / 0 == 1", "divides_by_zero", id="a division by 0"),
        pytest.param(f"{X} / ({Y} - {Y}) >= 1", "divides_by_zero", id="a division by what cancels out"),
        pytest.param(f"if {Z} > 0 then {X} / (2 - 2) < 3", "divides_by_zero", id="a division by 0 behind a premise"),
        pytest.param(f"count({X} > 1) / 0 == 1", "divides_by_zero", id="a count divided by 0"),
        pytest.param(f"{X} == {X} tolerance 5%", "always_holds", id="a number within 5 % of itself"),
        pytest.param(
            "previous_year(table.requests.cells_changed_since_last_year) == 0",
            "never_assessable",
            id="what changed the year before",
        ),
        pytest.param("years_ago(2, decision.expired) == 0", "never_assessable", id="what was decided two years ago"),
        pytest.param(f"{X} >= children_sum(decision.unmatched)", "never_assessable", id="what was decided of others"),
        pytest.param(
            f"if {X} > 1 then {Y} <= previous_year(decision.expired) + 1",
            "never_assessable",
            id="what is never known behind a premise",
        ),
    ],
)
def test_a_rule_that_says_nothing_or_too_much_is_told_at_its_formula(tmp_path: Path, check: str, code: str):
    [problem] = told(tmp_path, rule("a.one", check))
    assert (problem.code, problem.line, problem.column) == (code, FIRST_RULE_LINE + 2, CHECK_COLUMN)


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        pytest.param(f"{X} == 4", f"{X} == 5", "rules_contradict", id="four and five"),
        pytest.param(f"{X} > {Y}", f"{Y} >= {X}", "rules_contradict", id="more and not more"),
        pytest.param(f"{X} == {Y} + 1", f"{Y} == {X} + 1", "rules_contradict", id="each one more than the other"),
        pytest.param(f"{X} >= 5", f"{Z} == 1 and {X} < 5", "rules_contradict", id="one half of a rule"),
        pytest.param(
            f"if {Z} > 0 then {X} > 3", f"if 0 < {Z} then {X} <= 3", "rules_contradict", id="behind the same premise"
        ),
        pytest.param(f"min({X}, {Y}) > 3", f"min({X}, {Y}) < 3", "rules_contradict", id="about a function"),
        pytest.param(f"{X} == {Y}", f"{X} <= {Y}", "follows_from", id="equal, so not more"),
        pytest.param(f"{X} > 5", f"{X} >= 3", "follows_from", id="a wider limit"),
        pytest.param(f"{X} + {Y} <= 5", f"2 * {X} + 2 * {Y} < 20", "follows_from", id="a wider limit of a double"),
        pytest.param(f"if {Z} > 0 then {X} > 5", f"if {Z} > 0 then {X} > 3", "follows_from", id="behind a premise"),
        pytest.param(f"{X} == {Y}", f"{Y} == {X}", "same_formula", id="sides swapped"),
        pytest.param(f"{X} + {Y} == {Z}", f"{Z} - {Y} == {X}", "same_formula", id="a term on the other side"),
        pytest.param(f"{X} >= {Y}", f"{Y} <= {X}", "same_formula", id="an inequality the other way round"),
        pytest.param(f"2 * {X} == 2 * {Y}", f"{X} == {Y}", "same_formula", id="doubled"),
        pytest.param(
            f"{X} > 1 and {Y} > 1", f"{Y} > 1 and {X} > 1", "same_formula", id="conditions in another order"
        ),
    ],
)  # fmt: skip
def test_what_two_rules_are_to_each_other_is_told_of_the_later_one(tmp_path: Path, first: str, second: str, code: str):
    [problem] = told(tmp_path, rule("a.one", first), rule("b.two", second))
    assert (problem.code, problem.details["found"], problem.details["owner"]) == (code, "b.two", "a.one")
    assert (problem.line, problem.column) == (FIRST_RULE_LINE + 6, CHECK_COLUMN)
    assert "b.two" in problem.render("zh")


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param((rule("a", f"{X} >= {Y}"), rule("b", f"{X} <= {Y}")), id="limits that meet"),
        pytest.param((rule("a", f"{X} == 4"), rule("b", f"{Y} == 5")), id="of different cells"),
        pytest.param((rule("a", f"if {Z} > 0 then {X} > 3"), rule("b", f"{X} <= 3")), id="a premise that may not hold"),
        pytest.param(
            (rule("a", f"{X} < 8", severity="advisory"), rule("b", f"{X} < 9", severity="likely")),
            id="a graver step with a wider limit",
        ),
        pytest.param((rule("a", f"{X} != 4"), rule("b", f"{X} == 5")), id="unequal to another number"),
        pytest.param((rule("a", f"known({X}) and {X} > 3"),), id="what is known"),
        pytest.param((rule("a", f"{X} > 3 and {X} < 5"),), id="a range"),
        pytest.param((rule("a", f"{X} >= 4 or {X} < 3"),), id="a gap between cases"),
        pytest.param((rule("a", f"{X} / {Y} > 0.5"),), id="a division by a cell"),
        pytest.param((rule("a", f"{X} >= 0"),), id="what a damaged report may break"),
        pytest.param((rule("a", "text.slips <= previous_year(text.slips)"),), id="a text fact of the year before"),
        pytest.param((rule("a", f"{X} <= years_ago(3, {X})"),), id="a cell of three years ago"),
        pytest.param((rule("a", f"{X} > 1 or previous_year(decision.expired) == 0"),), id="what one half may decide"),
        pytest.param((rule("a", f"{X} == {Y} tolerance 5%"), rule("b", f"{X} == {Y}")), id="within 5 % and equal"),
    ],
)
def test_nothing_is_told_of_rules_that_some_report_may_break_and_another_keep(tmp_path: Path, rules: tuple[str, ...]):
    assert told(tmp_path, *rules) == []


@pytest.mark.parametrize("name", ["2021_format", "2019_format", "province_example"])
def test_nothing_is_told_of_the_shipped_specs(name: str):
    spec = load_with_places(ROOT / "specs" / f"{name}.yaml")
    assert impossible_rules(spec) == []
