"""What findings say of cells that may be wrong: candidates in order, suspects only where one leads, missing values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

from disclosure_checks.grammar.model.report import CellStatus, Evidence, Fact, Report
from disclosure_checks.rules.expectations.rule_evaluation import evaluate_all
from disclosure_checks.rules.findings.assembly import assemble_findings
from disclosure_checks.rules.findings.candidate_sentences import candidates_message
from disclosure_checks.rules.findings.diagnosis import MISSING_VALUE
from disclosure_checks.rules.findings.finding import Diagnosis, Finding
from disclosure_checks.rules.findings.messages import diagnosis_message
from disclosure_checks.rules.formula.outcomes import ResultStatus
from tests.benchmarks.correction_accuracy import Measured, measure
from tests.checking import failed, findings_of, read, specification
from tests.generation.layouts.printing import print_layout
from tests.generation.planting.wrong_cells import PLANTED
from tests.generation.truth import random_report
from tests.rules.spec_samples import (
    BALANCED,
    BLANK,
    EQUATIONS,
    UNREADABLE,
    columns_of,
    load_rules,
    rule,
    sample_report,
)
from tests.rules.spec_samples import findings_of as small_findings
from tests.shares import in_shares

# ---- the wrong cells of invented reports

KINDS = list(PLANTED)
SHARES = in_shares("count", quick=12, long=300)


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


LEAST_AMONG_FIRST = dict.fromkeys(KINDS, 0.95) | {
    "one": 1.0,
    # too many at once to be told apart: what counts is that no other cell is suspected
    "six_unrelated": 0.9,
    "five_in_two_rows": 0.0,
    "five_in_a_column": 0.0,
    "swapped_in_a_row": 0.9,
    "swapped_in_a_column": 0.9,
    "booked_in_the_next_column": 0.9,  # a part of a number may have been booked so in every row
    "total_and_part": 0.8,  # of a row with a low number only the text tells
}


# five wrong cells may have a smaller explanation that satisfies every equation: nobody can tell it from the truth
MOST_INNOCENT = {"five_in_two_rows": 0.01}


@SHARES
def test_planted_cells_are_among_the_first_corrections_and_no_other_is_suspected(kind: str, count: int):
    measured: Measured = measure(kind, count)
    assert measured.reports > count // 2
    assert len(measured.innocent) <= MOST_INNOCENT.get(kind, 0) * measured.reports, measured.innocent
    assert measured.among_first >= LEAST_AMONG_FIRST[kind] * measured.reports, measured.missed
    if kind == "of_a_lone_equation":
        assert measured.among_all == measured.reports
    if kind == "one":
        assert measured.suspected == measured.reports


@pytest.mark.parametrize("column", ["research", "social_welfare", "legal_service"])
@pytest.mark.parametrize("row", ["refused_state_secret", "granted", "other_other"])
def test_what_is_found_for_certain_counts_when_the_rest_is_judged(column: str, row: str):
    # without the result that nobody asked for, the column is empty, and so may the two others be
    generated = random_report("empty column", profile="quiet")
    report = read(print_layout(generated, Random(0), "word_text"))
    planted = {
        f"requests.{name}.{column}": value for name, value in (("new_received", 3), ("carried_out", 3), (row, 2))
    }
    assert all(generated.cells[cell] == 0 for cell in planted)
    found = findings_of([with_cells(report, planted)])[report.source]
    assert {one.diagnosis.cell for one in found if one.diagnosis} <= planted.keys()
    best = {frozenset(change.cell for change in one.candidates[0].changes) for one in found if one.candidates}
    assert frozenset().union(*best) == planted.keys()


# ---- one lone equation of table 4

LONE = "review.reconsideration"


def with_cells(report: Report, values: Mapping[str, float]) -> Report:
    changed = {
        cell: report.cells[cell]._replace(text=str(value), value=float(value), status=CellStatus.READ)
        for cell, value in values.items()
    }
    return replace(report, cells={**report.cells, **changed})


def lone(text: str, **values: float) -> Finding:
    """The finding of the row of reconsideration in a report that says ``text``; the other cells are 0."""
    printed = print_layout(random_report("lone", profile="idle"), Random(0), "word_text")
    report = read(printed.replace("三、收到", f"{text}\n三、收到", 1) if text else printed)
    cells = {f"{LONE}.{name}": values.get(name, 0.0) for name in ("upheld", "corrected", "other", "pending", "total")}
    found = findings_of([with_cells(report, cells)])[report.source]
    return next(one for one in failed(found) if one.rule == "review.total")


def first_cells(finding: Finding) -> list[tuple[str, float]]:
    return [(one.changes[0].cell.rpartition(".")[2], one.changes[0].value) for one in finding.candidates]


def test_every_cell_of_a_lone_equation_is_a_candidate_and_none_is_suspected():
    found = lone("", upheld=2, corrected=1, total=4)
    assert found.diagnosis is None
    assert set(first_cells(found)) == {("upheld", 3), ("corrected", 2), ("other", 1), ("pending", 1), ("total", 3)}


def test_a_cell_that_cannot_hold_what_it_would_have_to_is_no_candidate():
    assert set(first_cells(lone("", upheld=9, total=3))) == {("upheld", 3), ("total", 9)}


@pytest.mark.parametrize(
    ("text", "values", "right"),
    [
        pytest.param(
            "因政府信息公开引发行政复议3件。", {"upheld": 2, "corrected": 1, "total": 4}, ("total", 3), id="total"
        ),
        pytest.param(
            "因政府信息公开引发行政复议12件。", {"upheld": 12, "total": 21}, ("total", 12), id="digits swapped"
        ),
        pytest.param(
            "因政府信息公开引发行政复议5件，结果维持4件，结果纠正1件。",
            {"upheld": 3, "corrected": 1, "total": 5},
            ("upheld", 4),
            id="a part",
        ),
        pytest.param(
            "因政府信息公开引发行政复议5件，其中结果维持3件，尚未审结2件。",
            {"upheld": 3, "pending": 1, "total": 5},
            ("pending", 2),
            id="what is pending",
        ),
    ],
)
def test_the_number_a_sentence_says_leads(text: str, values: Mapping[str, float], right: tuple[str, float]):
    found = lone(text, **values)
    assert first_cells(found)[0] == right
    assert "sentence" in found.candidates[0].reasons
    assert found.diagnosis is not None
    assert (found.diagnosis.cell.rpartition(".")[2], found.diagnosis.value) == right


def test_a_sentence_that_says_what_is_printed_makes_no_other_cell_a_suspect():
    found = lone("因政府信息公开引发行政复议4件。", upheld=2, corrected=1, total=4)
    assert first_cells(found)[-1] == ("total", 3)
    assert found.diagnosis is None


# ---- evidence, in a small format

TOTAL = "requests.granted.total"
PERSON = "requests.granted.person"
BUSINESS = "requests.granted.business"
LONE_ROW = rule("row", "total == sum(applicants.*)", loop="row: requests.granted")


def small(folder: Path, values: Mapping[str, float], *rules: str) -> Finding:
    compiled = load_rules(folder, LONE_ROW, *rules)
    return next(one for one in small_findings(compiled, sample_report(compiled, values)) if one.rule == "row")


def test_a_rule_that_holds_again_speaks_for_a_correction_and_one_that_breaks_against_it(tmp_path: Path):
    values = {PERSON: 4.0, BUSINESS: 2.0, TOTAL: 9.0}
    mended = rule("mended", f"{BUSINESS} == 5 or {BUSINESS} > 100", severity="advisory")
    found = small(tmp_path, values, mended)
    assert first_cells(found)[0] == ("business", 5)
    assert found.candidates[0].reasons[-1] == "other_rule"
    broken = rule("broken", f"{BUSINESS} == 2 or {BUSINESS} > 100", severity="advisory")
    assert first_cells(small(tmp_path, values, broken))[-2] == ("business", 5)  # only an empty cell is less likely


def test_last_year_s_number_leads_alone(tmp_path: Path):
    compiled = load_rules(
        tmp_path, LONE_ROW, rule("year", f"{TOTAL} == previous_year(requests.carried_in.total)", severity="likely")
    )
    report = sample_report(compiled, {PERSON: 4, BUSINESS: 2, TOTAL: 9})
    columns = {**columns_of(compiled, [report]), "previous_year:requests.carried_in.total": np.array([6.0])}
    findings = assemble_findings(compiled, [report], columns, evaluate_all(compiled, columns, 1))
    found = next(one for one in findings if one.rule == "row")
    assert found.diagnosis == Diagnosis(TOTAL, 6)
    assert "year_before" in found.candidates[0].reasons


def test_a_number_that_was_inferred_is_never_to_blame(tmp_path: Path):
    compiled = load_rules(tmp_path, *EQUATIONS)
    report = sample_report(compiled, {**BALANCED, PERSON: 40})
    inferred = report.cells[PERSON]._replace(status=CellStatus.INFERRED)
    found = small_findings(compiled, replace(report, cells={**report.cells, PERSON: inferred}))
    assert len(found) == 2
    assert PERSON not in {change.cell for one in found for each in one.candidates for change in each.changes}


# ---- cells without a number


@pytest.mark.parametrize("status", [BLANK, UNREADABLE], ids=["blank", "unreadable"])
@pytest.mark.parametrize(
    ("cell", "value"),
    [
        pytest.param(PERSON, 41.0, id="a part"),
        pytest.param(TOTAL, 62.0, id="a total"),
        pytest.param("requests.results_total.total", 65.0, id="the total of totals"),
        pytest.param("requests.carried_out.business", 2.0, id="what only two sums hold"),
        pytest.param("requests.refused_internal.charity", 0.0, id="a zero"),
    ],
)
def test_what_two_sums_fix_is_suggested_for_a_cell_without_a_number(
    tmp_path: Path, cell: str, value: float, status: CellStatus
):
    compiled = load_rules(tmp_path, *EQUATIONS)
    report = sample_report(compiled, {**BALANCED, cell: status})
    found = small_findings(compiled, report)
    assert {one.status for one in found} == {ResultStatus.NOT_ASSESSABLE}
    assert {one.diagnosis for one in found} == {Diagnosis(cell, value, MISSING_VALUE)}
    assert report.cells[cell].status is status


def test_every_cell_of_a_blank_column_of_totals_is_suggested(tmp_path: Path):
    compiled = load_rules(tmp_path, *EQUATIONS)
    totals = [cell for cell in compiled.cells if cell.startswith("requests.") and cell.endswith(".total")]
    printed = [cell for cell in totals if not cell.startswith("requests.other.")]
    found = small_findings(compiled, sample_report(compiled, {**BALANCED, **dict.fromkeys(printed, BLANK)}))
    suggested = {change.cell: change.value for one in found for each in one.candidates for change in each.changes}
    assert suggested == {cell: float(BALANCED.get(cell, 0.0)) for cell in printed}  # type: ignore[arg-type]


def test_a_cell_that_one_sum_alone_fixes_is_left_open(tmp_path: Path):
    compiled = load_rules(tmp_path, LONE_ROW)
    [found] = small_findings(compiled, sample_report(compiled, {PERSON: 4, BUSINESS: BLANK, TOTAL: 9}))
    assert (found.diagnosis, found.candidates) == (None, ())


def test_the_finding_about_a_blank_cell_suggests_its_number():
    generated = random_report("blank", profile="busy")
    report = read(print_layout(generated, Random(0), "word_text"))
    cell = "requests.granted.natural_person"
    blank = report.cells[cell]._replace(text="", value=float("nan"), status=CellStatus.BLANK)
    facts = {**report.facts, "table.requests.cells_blank": Fact(1.0, (Evidence(None, "", (cell,)),))}
    found = findings_of([replace(report, cells={**report.cells, cell: blank}, facts=facts)])[report.source]
    [told] = [one for one in found if one.rule == "values.blank"]
    assert told.diagnosis == Diagnosis(cell, float(generated.cells[cell]), MISSING_VALUE)


# ---- in words


def test_candidates_are_told_in_words_with_what_speaks_for_them():
    found = lone("", upheld=2, corrected=1, total=4)
    chinese = candidates_message(found.candidates, specification(), "zh")
    assert chinese.startswith("可能有误的是（最可能的在前）：")
    assert "；共5种可能" in chinese
    english = candidates_message(found.candidates, specification(), "en")
    assert english.count("should be") == 3
    assert candidates_message((), specification()) == ""


def test_a_missing_value_is_told_in_words():
    told = diagnosis_message(Diagnosis(f"{LONE}.total", 3, MISSING_VALUE), specification(), "zh")
    assert told.endswith("按前后等式应为 3")
