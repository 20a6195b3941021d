from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_checks.grammar.model.report import CellStatus
from disclosure_checks.rules.corrections.neighbours import NEIGHBOURING_COLUMN
from disclosure_checks.rules.findings.diagnosis import DIGITS_SWAPPED
from disclosure_checks.rules.findings.finding import Diagnosis
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from tests.rules.spec_samples import BALANCED, BLANK, EQUATIONS, findings_of, load_rules, rule, sample_report


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> CompiledSpecification:
    return load_rules(tmp_path_factory.mktemp("spec"), *EQUATIONS)


def diagnoses(compiled: CompiledSpecification, **changes: float | CellStatus) -> dict[str, Diagnosis | None]:
    """The diagnosis of each failing equation; ``granted__person=3`` changes that cell of a balanced report."""
    cells = {f"requests.{name.replace('__', '.')}": value for name, value in changes.items()}
    found = findings_of(compiled, sample_report(compiled, {**BALANCED, **cells}))
    return {f"{finding.rule} {finding.item}": finding.diagnosis for finding in found}


def test_the_cell_that_mends_every_equation_is_named(compiled: CompiledSpecification):
    wrong = Diagnosis("requests.results_total.total", 65)
    assert diagnoses(compiled, results_total__total=66) == {
        "requests.balance requests.total": wrong,
        "requests.results_sum requests.total": wrong,
        "requests.row_total requests.results_total": wrong,
    }


def test_swapped_digits_are_recognised(compiled: CompiledSpecification):
    wrong = Diagnosis("requests.granted.person", 41, DIGITS_SWAPPED)
    assert set(diagnoses(compiled, granted__person=14).values()) == {wrong}


def test_a_zero_too_many_is_no_swap_of_digits(compiled: CompiledSpecification):
    assert set(diagnoses(compiled, carried_out__total=60).values()) == {Diagnosis("requests.carried_out.total", 6)}


def test_a_number_in_the_neighbouring_column_is_recognised(compiled: CompiledSpecification):
    assert diagnoses(compiled, granted__business=0, granted__charity=21) == {
        "requests.results_sum requests.business": Diagnosis("requests.granted.business", 21, NEIGHBOURING_COLUMN),
        "requests.results_sum requests.charity": Diagnosis("requests.granted.charity", 0, NEIGHBOURING_COLUMN),
    }


def test_two_mistakes_far_apart_are_both_found(compiled: CompiledSpecification):
    found = diagnoses(compiled, refused_secret__person=5, carried_out__business=1)
    assert set(found.values()) == {
        Diagnosis("requests.refused_secret.person", 2),
        Diagnosis("requests.carried_out.business", 2),
    }


def test_nothing_is_named_where_several_cells_would_do(tmp_path: Path):
    alone = load_rules(tmp_path, rule("a", "total == sum(applicants.*)", loop="row: requests.granted"))
    assert diagnoses(alone, granted__total=63) == {"a requests.granted": None}


def test_nothing_is_named_where_the_change_would_break_an_equation_that_holds(compiled: CompiledSpecification):
    # each of the two rows fails, but every cell of them is in a column that holds
    found = diagnoses(compiled, granted__person=42, refused_secret__person=1)
    assert set(found.values()) == {None}


def test_a_value_below_zero_is_never_suggested(tmp_path: Path):
    alone = load_rules(tmp_path, rule("a", "requests.granted.total + 5 == requests.received.total"))
    found = findings_of(alone, sample_report(alone, {"requests.granted.total": 0, "requests.received.total": 1}))
    assert found[0].diagnosis == Diagnosis("requests.received.total", 5)


def test_another_rule_that_holds_is_not_broken(tmp_path: Path):
    text = "requests.granted.total + 5 == requests.received.total"
    guarded = load_rules(tmp_path, rule("a", text), rule("b", "requests.received.total <= 4"))
    found = findings_of(guarded, sample_report(guarded, {"requests.received.total": 1}))
    assert found[0].diagnosis is None


def test_an_equation_with_a_missing_cell_does_not_speak_against_a_change(compiled: CompiledSpecification):
    found = diagnoses(compiled, granted__charity=BLANK, granted__person=40)  # the row cannot be judged
    assert found["requests.results_sum requests.person"] == Diagnosis("requests.granted.person", 41)
    found = diagnoses(compiled, refused_internal__charity=BLANK, results_total__total=66)
    assert found["requests.balance requests.total"] == Diagnosis("requests.results_total.total", 65)


@settings(max_examples=60)
@given(
    row=st.sampled_from(["received", "carried_in", "granted", "refused_internal", "results_total", "carried_out"]),
    column=st.sampled_from(["person", "business", "charity", "total"]),
    change=st.integers(1, 500),
)
def test_one_wrong_cell_of_a_balanced_table_is_always_found(
    compiled: CompiledSpecification, row: str, column: str, change: int
):
    cell = f"requests.{row}.{column}"
    printed = float(BALANCED.get(cell, 0.0)) + change  # type: ignore[arg-type]
    found = findings_of(compiled, sample_report(compiled, {**BALANCED, cell: printed}))
    named = {finding.diagnosis and (finding.diagnosis.cell, finding.diagnosis.value) for finding in found}
    assert named == {(cell, printed - change)}
