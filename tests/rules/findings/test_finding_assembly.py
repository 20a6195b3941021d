from __future__ import annotations

import math
from pathlib import Path

import pytest

from disclosure_checks.grammar.model.report import Evidence, Fact, Place
from disclosure_checks.rules.findings.finding import Finding, Term
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.model.specification import Severity
from tests.rules.spec_samples import (
    ABSENT,
    BALANCE,
    BALANCED,
    BLANK,
    RESULTS_SUM,
    ROW_TOTAL,
    UNREADABLE,
    findings_of,
    load_rules,
    rule,
    sample_report,
)

LEAVES = ("other_fee", "other_rest")
COLUMNS = ("person", "business", "charity", "total")
ONE_ROW = {
    **BALANCED,
    **{f"requests.{row}.{column}": ABSENT for row in LEAVES for column in COLUMNS},
    **{f"requests.other.{column}": 0.0 for column in COLUMNS},
    "requests.other.person": 1.0,
    "requests.other.total": 1.0,
}


def test_a_sound_report_has_no_findings(tmp_path: Path):
    compiled = load_rules(tmp_path, BALANCE, RESULTS_SUM, ROW_TOTAL)
    assert findings_of(compiled, sample_report(compiled, BALANCED)) == []


def test_a_failing_equation_holds_both_sides_and_its_cells(tmp_path: Path):
    compiled = load_rules(tmp_path, BALANCE)
    values = {**BALANCED, "requests.carried_out.total": 7}
    [finding] = findings_of(compiled, sample_report(compiled, values))
    assert finding == Finding(
        source="report.txt",
        agency="某市某局",
        year=2024,
        rule="requests.balance",
        severity=Severity.ERROR,
        status=ResultStatus.FAIL,
        item="requests.total",
        cells=(
            "requests.received.total",
            "requests.carried_in.total",
            "requests.results_total.total",
            "requests.carried_out.total",
        ),
        observed=71,
        expected=72,
        difference=-1,
        left=(Term("requests.received.total", 1, 68), Term("requests.carried_in.total", 1, 3)),
        right=(Term("requests.results_total.total", 1, 65), Term("requests.carried_out.total", 1, 7)),
        where="line 4",
        candidates=finding.candidates,
    )
    assert [[(change.cell, change.value) for change in one.changes] for one in finding.candidates] == [
        [("requests.received.total", 69)],
        [("requests.carried_in.total", 4)],
        [("requests.results_total.total", 64)],
        [("requests.carried_out.total", 6)],
    ]


def test_the_place_is_that_of_the_total_where_a_side_is_one_cell(tmp_path: Path):
    compiled = load_rules(tmp_path, rule("sum", "sum(applicants.*) == total", loop="row: requests.received"))
    [finding] = findings_of(compiled, sample_report(compiled, {"requests.received.total": 5}))
    assert finding.where == "line 4"


def test_a_group_printed_as_one_row_is_named_by_that_row(tmp_path: Path):
    compiled = load_rules(tmp_path, RESULTS_SUM)
    values = {**ONE_ROW, "requests.other.total": 2.0}
    [finding] = findings_of(compiled, sample_report(compiled, values))
    assert "requests.other.total" in finding.cells
    assert not {"requests.other_fee.total", "requests.other_rest.total"} & {*finding.cells}
    assert finding.right[-1] == Term("requests.other.total", 1, 2)


def test_a_missing_cell_makes_a_rule_not_assessable(tmp_path: Path):
    compiled = load_rules(tmp_path, BALANCE)
    values = {**BALANCED, "requests.carried_in.total": UNREADABLE}
    [finding] = findings_of(compiled, sample_report(compiled, values))
    assert finding.status is ResultStatus.NOT_ASSESSABLE
    assert finding.missing == ("requests.carried_in.total",)
    assert (finding.observed, finding.expected, finding.difference) == (None, 71, None)
    assert finding.blank_as_zero is None


@pytest.mark.parametrize(
    ("received", "difference"),
    [pytest.param(68, -3, id="what the blank hides"), pytest.param(71, 0, id="nothing where 0 fits")],
)
def test_a_blank_cell_is_tried_as_zero(tmp_path: Path, received: int, difference: int):
    compiled = load_rules(tmp_path, BALANCE)
    values = {**BALANCED, "requests.received.total": received, "requests.carried_in.total": BLANK}
    sound = sample_report(compiled, BALANCED, source="a.txt")
    [finding] = findings_of(compiled, sound, sample_report(compiled, values, source="b.txt"))
    assert (finding.source, finding.blank_as_zero) == ("b.txt", difference)


def test_a_blank_beside_an_unreadable_cell_says_nothing_of_zero(tmp_path: Path):
    compiled = load_rules(tmp_path, BALANCE)
    values = {**BALANCED, "requests.carried_in.total": BLANK, "requests.received.total": UNREADABLE}
    [finding] = findings_of(compiled, sample_report(compiled, values))
    assert finding.missing == ("requests.received.total", "requests.carried_in.total")
    assert finding.blank_as_zero is None


def test_a_rule_that_skips_missing_inputs_says_nothing(tmp_path: Path):
    compiled = load_rules(tmp_path, rule("a", "value >= 0", "skip_missing: true", loop="cell: requests.*.*"))
    values = {"requests.granted.total": BLANK, "requests.granted.person": -1}
    assert [finding.item for finding in findings_of(compiled, sample_report(compiled, values))] == [
        "requests.granted.person"
    ]


def test_rows_of_a_group_printed_as_one_row_are_not_missing(tmp_path: Path):
    compiled = load_rules(tmp_path, RESULTS_SUM, ROW_TOTAL)
    assert findings_of(compiled, sample_report(compiled, ONE_ROW)) == []


def test_a_table_that_is_not_printed_is_told_once_without_the_one_row(tmp_path: Path):
    compiled = load_rules(tmp_path, ROW_TOTAL)
    absent = dict.fromkeys(compiled.cells, ABSENT)
    [found] = findings_of(compiled, sample_report(compiled, absent))
    rows = [found.item, *(item for item, _ in found.others)]
    assert len(rows) == 9
    assert "requests.other" not in rows
    assert {cell.rpartition(".")[0] for cell in found.missing} == set(rows)


def test_a_blank_one_row_is_what_is_missing(tmp_path: Path):
    compiled = load_rules(tmp_path, RESULTS_SUM)
    values = {**ONE_ROW, "requests.other.total": BLANK}
    [finding] = findings_of(compiled, sample_report(compiled, values))
    assert finding.missing == ("requests.other.total",)
    assert finding.blank_as_zero == 1


def test_division_by_zero_is_not_assessable_without_a_missing_input(tmp_path: Path):
    compiled = load_rules(tmp_path, rule("a", "requests.granted.total / requests.received.total <= 0.5"))
    [finding] = findings_of(compiled, sample_report(compiled, {}))
    assert (finding.status, finding.missing) == (ResultStatus.NOT_ASSESSABLE, ())


def test_what_known_asks_for_is_not_missing(tmp_path: Path):
    compiled = load_rules(tmp_path, rule("a", "known(text.plan_year) and text.slips == 0"))
    facts = {"text.plan_year": Fact(2024.0), "text.slips": Fact(math.nan)}
    [finding] = findings_of(compiled, sample_report(compiled, {}, facts))
    assert finding.missing == ("text.slips",)


SLIPS = Fact(
    2.0,
    (
        Evidence(Place(line=60), "强化强化", ("requests.granted.total",), "强化"),
        Evidence(Place(table=2, row=5, column=4), "加强加强"),
    ),
)


def test_a_count_gives_a_finding_for_each_thing_counted(tmp_path: Path):
    compiled = load_rules(tmp_path, rule("a", "text.slips == 0", severity="advisory"))
    first, second = findings_of(compiled, sample_report(compiled, {}, {"text.slips": SLIPS}))
    assert (first.where, first.cells, first.evidence) == ("line 60", ("requests.granted.total",), SLIPS.evidence[0])
    assert (second.where, second.cells, second.evidence) == ("table 2 row 5 column 4", (), SLIPS.evidence[1])
    assert first.observed == second.observed == 2


def test_a_number_that_is_said_gives_one_finding(tmp_path: Path):
    compiled = load_rules(tmp_path, rule("a", "text.plan_year >= 2025"))
    said = Fact(2024.0, (Evidence(Place(line=8), "2024年"), Evidence(Place(line=9), "2024年")))
    [finding] = findings_of(compiled, sample_report(compiled, {}, {"text.plan_year": said}))
    assert (finding.where, finding.evidence) == ("line 8", said.evidence[0])


def test_a_rule_over_several_facts_gives_one_finding_with_the_first_evidence(tmp_path: Path):
    compiled = load_rules(tmp_path, rule("a", "text.slips + text.aspect_one == 0"))
    [finding] = findings_of(compiled, sample_report(compiled, {}, {"text.slips": SLIPS}))
    assert (finding.where, finding.evidence) == ("line 60", SLIPS.evidence[0])


def test_findings_are_ordered_by_report_severity_rule_and_item(tmp_path: Path):
    compiled = load_rules(
        tmp_path,
        rule("z_info", "text.slips == 0", severity="info"),
        rule("b_error", "count >= 1", loop='section: "*"'),
        rule("a_likely", "text.slips == 0", severity="likely"),
        rule("a_error", "text.slips == 0"),
    )
    facts = {"text.slips": Fact(1.0)}
    reports = [sample_report(compiled, {}, facts, source) for source in ("b.txt", "a.txt")]
    order = [(finding.source, finding.rule, finding.item) for finding in findings_of(compiled, *reports)]
    of_one = [
        ("a_error", ""),
        ("b_error", "section.overview"),
        ("b_error", "section.requests"),
        ("a_likely", ""),
        ("z_info", ""),
    ]
    assert order == [(source, *rest) for source in ("b.txt", "a.txt") for rest in of_one]


def test_no_reports_give_no_findings(tmp_path: Path):
    compiled = load_rules(tmp_path, BALANCE)
    assert findings_of(compiled) == []
