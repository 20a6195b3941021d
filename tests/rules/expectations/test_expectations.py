"""Our GX expectations: which kind shows a rule, what a result holds, what it prints in both languages."""

from __future__ import annotations

import pytest
from great_expectations.core import ExpectationValidationResult
from great_expectations.expectations.registry import get_renderer_impl

from disclosure_checks.rules.collection.frame import build_frame
from disclosure_checks.rules.expectations.frame_columns import frame_columns
from disclosure_checks.rules.expectations.outcome_metric import (
    METRIC_NAME,
    SpecificationNotRegisteredError,
    compiled_specification,
    evaluate_frame,
    register_compiled_specification,
)
from disclosure_checks.rules.expectations.rendering import printed
from disclosure_checks.rules.expectations.rule_evaluation import evaluate_all
from disclosure_checks.rules.expectations.rule_expectations import EXPECTATION_KINDS
from disclosure_checks.rules.expectations.rule_results import SHOWN_ROWS
from disclosure_checks.rules.expectations.suite import build_suite, expectation_kind
from disclosure_checks.rules.formula.outcomes import FAIL
from tests.gx_samples import ALL_RULES, BALANCE, LIMIT, NOTHING, TITLE, small_report, small_specification

COMPILED = small_specification()
RIGHT = small_report(COMPILED, source="right.txt")
WRONG = small_report(COMPILED, source="wrong.txt", requests__new_received__total=3, requests__results_total__total=2)
UNREAD = small_report(COMPILED, source="unread.txt", requests__new_received__total=None)


def validated(rule: dict, *reports, language: str = "zh") -> ExpectationValidationResult:
    outcomes = evaluate_frame(COMPILED, build_frame(COMPILED, reports))
    suite = build_suite(COMPILED, language)
    expectation = next(expectation for expectation in suite.expectations if expectation.rule == rule["id"])
    result = ExpectationValidationResult(**expectation._validate({METRIC_NAME: outcomes}))
    result.expectation_config = expectation.configuration
    return result


def rendered(result: ExpectationValidationResult, renderer: str):
    return get_renderer_impl(result.expectation_config.type, f"renderer.{renderer}")[1](result=result)


def text(content) -> str:
    template = content.string_template["template"]
    for name, value in content.string_template["params"].items():
        template = template.replace(f"${name}", value)
    return template


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        pytest.param(BALANCE, "equation", id="an equation of cells"),
        pytest.param(NOTHING, "condition", id="if ... then ..."),
        pytest.param(TITLE, "threshold", id="a fact about the document"),
        pytest.param(LIMIT, "rule", id="any other comparison"),
    ],
)
def test_kind_of_expectation(rule, kind):
    assert expectation_kind(COMPILED.rule_by_id[rule["id"]], frozenset(COMPILED.cells)) == kind


def test_a_suite_has_one_expectation_for_each_rule_in_the_order_of_the_spec():
    suite = build_suite(COMPILED)

    assert [expectation.rule for expectation in suite.expectations] == [rule["id"] for rule in ALL_RULES]
    assert {type(expectation) for expectation in suite.expectations} == set(EXPECTATION_KINDS.values())
    assert len({expectation.id for expectation in suite.expectations}) == len(ALL_RULES)


def test_an_expectation_says_what_its_rule_is():
    expectation = build_suite(COMPILED).expectations[0]

    assert expectation.meta == {
        "rule": "requests.balance",
        "title": {"zh": "第一项加第二项之和，等于第三项", "en": "received plus carried in equals results"},
        "severity": "error",
        "basis": "国办公开办函〔2021〕30号",
        "category": "other",
        "note": {"zh": "没有例外", "en": "no exception"},
    }
    assert expectation.specification == COMPILED.fingerprint


@pytest.mark.parametrize(
    ("rule", "severity"),
    [
        pytest.param(BALANCE, "critical", id="an error is critical"),
        pytest.param(NOTHING, "warning", id="a likely mistake is a warning"),
        pytest.param(TITLE, "info", id="an advisory is info"),
        pytest.param(LIMIT, "info", id="info stays info"),
    ],
)
def test_severity_in_gx(rule, severity):
    expectations = {expectation.rule: expectation for expectation in build_suite(COMPILED).expectations}
    assert expectations[rule["id"]].severity.value == severity


def test_a_result_counts_reports_and_never_takes_a_missing_input_for_a_pass_or_a_failure():
    result = validated(BALANCE, RIGHT, WRONG, UNREAD, RIGHT)

    assert result.success is False
    assert result.result["observed_value"] == {"passed": 2, "failed": 1, "not_assessable": 1}
    assert result.result["element_count"] == 4
    assert result.result["missing_count"] == 1
    assert result.result["unexpected_count"] == 1
    assert result.result["unexpected_percent"] == pytest.approx(100 / 3)
    assert result.result["unexpected_percent_total"] == 25
    assert result.result["partial_unexpected_list"] == ["wrong.txt"]


def test_a_result_holds_the_failing_rows_with_both_sides():
    assert validated(BALANCE, RIGHT, WRONG).result["details"] == {
        "failing_total": 1,
        "failing": [
            {
                "source": "wrong.txt",
                "item": "requests.total",
                "left": 3.0,
                "right": 2.0,
                "difference": 1.0,
                "cells": [
                    "requests.new_received.total",
                    "requests.carried_in.total",
                    "requests.results_total.total",
                    "requests.carried_out.total",
                ],
            }
        ],
    }


def test_a_rule_that_cannot_be_assessed_anywhere_does_not_fail():
    result = validated(LIMIT, UNREAD)

    assert result.success is True
    assert result.result["observed_value"] == {"passed": 0, "failed": 0, "not_assessable": 1}
    assert result.result["unexpected_percent"] == 0


def test_no_report_at_all_gives_no_failure_and_no_share():
    result = validated(BALANCE)

    assert result.success is True
    assert result.result["element_count"] == 0
    assert result.result["missing_percent"] == 0


def test_the_failing_rows_are_capped_and_their_total_is_not():
    details = validated(BALANCE, *[WRONG] * (SHOWN_ROWS + 5)).result["details"]

    assert len(details["failing"]) == SHOWN_ROWS
    assert details["failing_total"] == SHOWN_ROWS + 5


def test_the_metric_gives_what_evaluation_gives():
    frame = build_frame(COMPILED, [RIGHT, WRONG, UNREAD])
    direct = evaluate_all(COMPILED, frame_columns(frame), len(frame))
    metric = evaluate_frame(COMPILED, frame)

    assert metric.sources == ("right.txt", "wrong.txt", "unread.txt")
    assert metric.outcomes.keys() == direct.keys()
    assert [outcome.status.tolist() for outcome in metric.outcomes["requests.balance"]] == [
        outcome.status.tolist() for outcome in direct["requests.balance"]
    ]
    assert metric.outcomes["requests.balance"][-1].status[1] == FAIL


@pytest.mark.parametrize(
    ("rule", "language", "expected"),
    [
        pytest.param(
            BALANCE,
            "zh",
            "等式：第一项加第二项之和，等于第三项。公式：new_received + carried_in == results_total + carried_out",
            id="an equation in Chinese",
        ),
        pytest.param(
            NOTHING,
            "en",
            "Condition: no requests, no results. "
            "Formula: if requests.new_received.total == 0 then requests.results_total.total == 0",
            id="a condition in English",
        ),
        pytest.param(
            TITLE,
            "en",
            "Document: a title was found. Formula: document.title_found == 1",
            id="a fact about the document in English",
        ),
        pytest.param(
            LIMIT,
            "zh",
            "规则：结转不超过新收。公式：requests.carried_in.total <= requests.new_received.total",
            id="any other rule in Chinese",
        ),
    ],
)
def test_prescriptive_sentence(rule, language, expected):
    [sentence] = rendered(validated(rule, RIGHT, language=language), "prescriptive")
    assert text(sentence) == expected


def test_gx_renders_the_prescription_from_the_expectation_alone():
    expectation = build_suite(COMPILED, "en").expectations[0]
    expectation.render()

    [content] = expectation.rendered_content
    assert content.value.template == "Equation: $title. Formula: $formula"
    assert content.value.params["title"]["value"] == "received plus carried in equals results"


def test_diagnostics_print_formula_both_sides_and_difference():
    result = validated(BALANCE, RIGHT, WRONG, UNREAD, language="en")

    [statement] = rendered(result, "diagnostic.unexpected_statement")
    [table] = rendered(result, "diagnostic.unexpected_table")
    observed = rendered(result, "diagnostic.observed_value")
    assert text(statement) == (
        "new_received + carried_in == results_total + carried_out: 1 failures in 1 reports; 1 of them are listed."
    )
    assert table.header_row == ["Report", "Item", "Left side", "Right side", "Difference", "Cells"]
    assert table.table[0][:5] == ["wrong.txt", "requests.total", "3", "2", "1"]
    assert text(observed) == "1 hold, 1 fail, 1 not assessable"


def test_each_kind_has_its_own_columns():
    shown = {kind: tuple(expectation.table_columns) for kind, expectation in EXPECTATION_KINDS.items()}

    assert shown["condition"] != shown["equation"] != shown["threshold"]
    assert all({"left", "right", "difference"} <= set(columns) for columns in shown.values())


def test_nothing_is_diagnosed_where_a_rule_holds():
    result = validated(BALANCE, RIGHT)

    assert rendered(result, "diagnostic.unexpected_statement") == []
    assert rendered(result, "diagnostic.unexpected_table") is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param(3.0, "3", id="a whole number has no point"),
        pytest.param(1234567.0, "1234567", id="a large number is written out"),
        pytest.param(0.1 + 0.2, "0.3", id="a decimal loses the noise of its last bit"),
        pytest.param(None, "", id="what is missing is empty"),
        pytest.param(["a", "b"], "a; b", id="a list is joined"),
    ],
)
def test_printed_value(value, shown):
    assert printed(value) == shown


def test_an_unregistered_spec_is_named_with_what_to_do():
    register_compiled_specification(COMPILED)

    assert compiled_specification(COMPILED.fingerprint) is COMPILED
    with pytest.raises(SpecificationNotRegisteredError, match=r"'unheard of'.*register_compiled_specification"):
        compiled_specification("unheard of")
