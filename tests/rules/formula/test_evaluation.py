from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.rules.expectations.rule_evaluation import evaluate_all
from disclosure_checks.rules.formula.evaluation import evaluate
from disclosure_checks.rules.formula.outcomes import FAIL, NOT_ASSESSABLE, PASS, Outcome, RuleInstance
from disclosure_checks.rules.formula.parsing import parse_formula
from disclosure_checks.rules.spec.compiling.compilation import compile_instance
from disclosure_checks.rules.spec.compiling.loops import LoopKind, Scope
from disclosure_checks.rules.spec.compiling.vocabulary import Vocabulary, vocabulary_of
from disclosure_checks.rules.spec.loading import load_specification
from tests.rules.spec_samples import EQUATIONS, load_rules, specification_text, write_specification

NAN = math.nan


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    path = write_specification(tmp_path_factory.mktemp("spec"), specification_text())
    return vocabulary_of(load_specification(path).specification)


def instance_of(vocabulary: Vocabulary, formula: str) -> RuleInstance:
    """The formula in the column ``person`` of the table ``requests``."""
    scope = Scope(LoopKind.COLUMN, "requests.person", "requests", column="person")
    instance, errors = compile_instance("rule", parse_formula(formula), scope, vocabulary)
    assert not errors
    return instance


def outcome(vocabulary: Vocabulary, formula: str, **cells: float) -> Outcome:
    """The formula on one report; cells are those of the column ``person`` by their row."""
    columns = {f"requests.{row}.person": np.array([value]) for row, value in cells.items()}
    return evaluate(instance_of(vocabulary, formula), columns, 1)


def status(vocabulary: Vocabulary, formula: str, **cells: float) -> int:
    return int(outcome(vocabulary, formula, **cells).status[0])


@pytest.mark.parametrize(
    ("formula", "cells", "expected"),
    [
        pytest.param("received == granted", {"received": 2, "granted": 2}, PASS, id="equal numbers pass"),
        pytest.param("received == granted", {"received": 2, "granted": 3}, FAIL, id="unequal numbers fail"),
        pytest.param("received == granted", {"received": 2}, NOT_ASSESSABLE, id="a column nobody has is missing"),
        pytest.param("received == granted", {"received": 2, "granted": NAN}, NOT_ASSESSABLE, id="NaN is missing"),
        pytest.param("received == granted tolerance 0.5", {"received": 2, "granted": 2.5}, PASS, id="within tolerance"),
        pytest.param("received == granted tolerance 0.5", {"received": 2, "granted": 2.6}, FAIL, id="beyond tolerance"),
        pytest.param(
            "received + granted == carried_in",
            {"received": 0.1, "granted": 0.2, "carried_in": 0.3},
            PASS,
            id="decimals have slack in the last bit",
        ),
        pytest.param(
            "received - granted - carried_in == 0",
            {"received": 0.3, "granted": 0.1, "carried_in": 0.2},
            PASS,
            id="decimals that cancel have slack too",
        ),
        pytest.param(
            "received == granted", {"received": 10**12, "granted": 10**12 + 1}, FAIL, id="large counts are exact"
        ),
        pytest.param(
            "received <= granted",
            {"received": 0.30000000000000004, "granted": 0.3},
            PASS,
            id="slack counts as equal in an inequality",
        ),
        pytest.param(
            "received < granted", {"received": 0.3, "granted": 0.30000000000000004}, FAIL, id="slack is not less"
        ),
        pytest.param("received != granted", {"received": 2, "granted": 2}, FAIL, id="different wants difference"),
        pytest.param(
            "if received > 0 then granted > 0", {"received": 0, "granted": NAN}, PASS, id="a false condition passes"
        ),
        pytest.param(
            "if received > 0 then granted > 0",
            {"received": NAN, "granted": 1},
            NOT_ASSESSABLE,
            id="an unknown condition leaves the rule open",
        ),
        pytest.param(
            "if received > 0 then granted > 0",
            {"received": 1, "granted": 0},
            FAIL,
            id="a true condition asks for the consequence",
        ),
        pytest.param(
            "received > 0 and granted > 0", {"received": 0, "granted": NAN}, FAIL, id="false and unknown is false"
        ),
        pytest.param(
            "received > 0 and granted > 0",
            {"received": 1, "granted": NAN},
            NOT_ASSESSABLE,
            id="true and unknown is unknown",
        ),
        pytest.param(
            "received > 0 or granted > 0", {"received": 1, "granted": NAN}, PASS, id="true or unknown is true"
        ),
        pytest.param(
            "received > 0 or granted > 0",
            {"received": 0, "granted": NAN},
            NOT_ASSESSABLE,
            id="false or unknown is unknown",
        ),
        pytest.param("not received > 0", {"received": NAN}, NOT_ASSESSABLE, id="not unknown is unknown"),
        pytest.param("known(received)", {"received": NAN}, FAIL, id="known is false of what is missing"),
        pytest.param(
            "known(received) or granted == 1", {"received": NAN, "granted": 1}, PASS, id="known never spreads"
        ),
        pytest.param(
            "received / granted <= 0.5", {"received": 0, "granted": 0}, NOT_ASSESSABLE, id="division by zero is unknown"
        ),
        pytest.param("received / granted <= 0.5", {"received": 1, "granted": 4}, PASS, id="division"),
        pytest.param(
            "2 * (received - granted) == -6", {"received": 1, "granted": 4}, PASS, id="product of a difference"
        ),
        pytest.param(
            "max(received, granted) - min(received, granted) == abs(received - granted)",
            {"received": 1, "granted": 4},
            PASS,
            id="max min and abs",
        ),
        pytest.param(
            "max(received, granted) == 4",
            {"received": NAN, "granted": 4},
            NOT_ASSESSABLE,
            id="a maximum with a missing number is unknown",
        ),
        pytest.param("floor(received) == received", {"received": 1.5}, FAIL, id="floor"),
    ],
)
def test_three_valued_logic(vocabulary: Vocabulary, formula: str, cells: dict[str, float], expected: int):
    assert status(vocabulary, formula, **cells) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({"other": 5.0, "other_fee": NAN, "other_rest": NAN}, 5.0, id="the one row where it is printed"),
        pytest.param({"other": NAN, "other_fee": 2.0, "other_rest": 1.0}, 3.0, id="the rows where they are printed"),
        pytest.param({"other": 5.0, "other_fee": 2.0, "other_rest": 1.0}, 5.0, id="the one row where both are"),
    ],
)
@pytest.mark.parametrize("formula", ["other == 0", "sum(other.*) == 0", "requests.other.person == 0"])
def test_a_group_printed_as_one_row_is_read_from(
    vocabulary: Vocabulary, formula: str, cells: dict[str, float], expected: float
):
    assert outcome(vocabulary, formula, **cells).left[0] == expected


def test_a_group_is_unknown_where_neither_form_is_complete(vocabulary: Vocabulary):
    assert status(vocabulary, "other == 0", other=NAN, other_fee=NAN, other_rest=1) == NOT_ASSESSABLE


def test_a_subtotal_holds_nested_groups_and_leaves_totals_out(vocabulary: Vocabulary):
    cells = {"granted": 1, "refused_secret": 10, "refused_internal": 100, "other": 1000, "results_total": 9}
    assert outcome(vocabulary, "results == 1111", **cells).left[0] == 1111
    assert status(vocabulary, "results == sum(results.*)", **cells) == PASS


def test_both_sides_of_the_comparison_after_then_are_given(vocabulary: Vocabulary):
    result = outcome(vocabulary, "if received == 0 then granted == carried_in", received=0, granted=3, carried_in=1)
    assert (result.left[0], result.right[0]) == (3, 1)


def test_a_formula_without_a_comparison_has_no_sides(vocabulary: Vocabulary):
    assert np.isnan(outcome(vocabulary, "known(received)", received=1).left[0])


def test_the_year_before_is_a_column_of_its_own(vocabulary: Vocabulary):
    instance = instance_of(vocabulary, "carried_in == previous_year(carried_out)")
    assert instance.inputs == ("requests.carried_in.person", "previous_year:requests.carried_out.person")
    columns = {name: np.array([value]) for name, value in zip(instance.inputs, (3.0, 4.0), strict=True)}
    assert evaluate(instance, columns, 1).status.tolist() == [FAIL]


def test_a_formula_that_is_not_compiled_is_no_bad_data():
    with pytest.raises(TypeError, match="not compiled"):
        evaluate(RuleInstance("rule", "", (), (), (), "received == 1"), {}, 1)


def test_every_rule_and_instance_has_an_outcome_over_all_reports(tmp_path):
    compiled = load_rules(tmp_path, *EQUATIONS)
    outcomes = evaluate_all(compiled, {cell: np.zeros(3) for cell in compiled.cells}, 3)
    assert list(outcomes) == ["requests.balance", "requests.results_sum", "requests.row_total"]
    for rule in compiled.rules:
        assert [one.status.tolist() for one in outcomes[rule.rule.id]] == [[PASS] * 3] * len(rule.instances)


def test_no_report_at_all_gives_empty_outcomes(tmp_path):
    compiled = load_rules(tmp_path, *EQUATIONS)
    outcomes = evaluate_all(compiled, {cell: np.zeros(0) for cell in compiled.cells}, 0)
    assert outcomes["requests.balance"][0].status.shape == (0,)


counts = st.one_of(st.integers(0, 10**6).map(float), st.just(NAN))


@given(received=counts, carried_in=counts, results_total=counts, carried_out=counts)
def test_an_equation_of_counts_is_exact_or_open(
    vocabulary: Vocabulary, received: float, carried_in: float, results_total: float, carried_out: float
):
    cells = {
        "received": received,
        "carried_in": carried_in,
        "results_total": results_total,
        "carried_out": carried_out,
    }
    came_out = status(vocabulary, "received + carried_in == results_total + carried_out", **cells)
    if any(map(math.isnan, cells.values())):
        assert came_out == NOT_ASSESSABLE
    else:
        assert came_out == (PASS if received + carried_in == results_total + carried_out else FAIL)
