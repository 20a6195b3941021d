"""One stored GX result per report: readable by GX's own store, safe names, nothing stale, the same bytes each time."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from great_expectations.core import ExpectationSuiteValidationResult
from great_expectations.data_context.store import ValidationResultsStore
from great_expectations.render.renderer import ValidationResultsPageRenderer
from hypothesis import given
from hypothesis import strategies as st

from disclosure_checks.rules.collection.frame import build_frame
from disclosure_checks.rules.expectations.rule_results import SHOWN_ROWS
from disclosure_checks.rules.findings.finding import Diagnosis
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.runner.gx.checkpoint import run_checkpoint
from disclosure_checks.runner.gx.context import open_context
from disclosure_checks.runner.gx.report_results import (
    remove_stale_results,
    report_result_identifier,
    store_report_results,
)
from tests.gx_samples import ALL_RULES, finding, small_report, small_specification

COMPILED = small_specification()
TIME = datetime(2026, 3, 1, 9, 30, tzinfo=timezone.utc)
LATER = TIME + timedelta(days=7)
REPORT = small_report(COMPILED, source="甲/2024.txt", agency="甲市教育局")
OTHER = small_report(COMPILED, source="乙/2024.txt", agency="乙市教育局")
FAILING = finding(
    REPORT,
    item="requests.total",
    cells=("requests.new_received.total",),
    observed=3.0,
    expected=2.0,
    difference=1.0,
    where="line 60",
    diagnosis=Diagnosis("requests.new_received.total", 2.0),
)
NOT_ASSESSABLE = finding(
    REPORT,
    rule="requests.limit",
    status=ResultStatus.NOT_ASSESSABLE,
    severity=Severity.INFO,
    missing=("requests.carried_in.total",),
)
WAIVED = finding(REPORT, rule="document.title", status=ResultStatus.WAIVED, severity=Severity.ADVISORY)


@pytest.fixture
def context(tmp_path: Path):
    return open_context(tmp_path / ".gx")


def stored(
    context, report=REPORT, findings=(FAILING, NOT_ASSESSABLE, WAIVED), at=TIME
) -> ExpectationSuiteValidationResult:
    [identifier] = store_report_results(context, COMPILED, [report], findings, at)
    return context.validation_results_store.get(identifier)


def test_the_statistics_count_every_rule_and_the_results_only_what_did_not_pass(context):
    result = stored(context)

    assert result.success is False
    assert result.statistics == {
        "evaluated_expectations": len(ALL_RULES),
        "successful_expectations": 2,
        "unsuccessful_expectations": 1,
        "success_percent": 50.0,
    }
    by_rule = {one.expectation_config.kwargs["rule"]: one.success for one in result.results}
    assert by_rule == {"requests.balance": False, "document.title": True, "requests.limit": None}


def test_the_meta_says_whose_report_it_is_and_under_which_spec(context):
    meta = stored(context).meta

    assert meta["agency"] == "甲市教育局"
    assert meta["year"] == 2024
    assert meta["source"] == "甲/2024.txt"
    assert meta["specification"] == "small_format"
    assert meta["fingerprint"] == COMPILED.fingerprint
    assert meta["not_assessable_expectations"] == 1
    assert meta["waived_expectations"] == 1


def test_a_failing_rule_keeps_both_sides_its_cells_and_the_suspect(context):
    [failing] = stored(context).results[0].result["details"]["failing"]

    assert failing == {
        "source": "甲/2024.txt",
        "item": "requests.total",
        "left": 3.0,
        "right": 2.0,
        "difference": 1.0,
        "cells": ["requests.new_received.total"],
        "where": "line 60",
        "suspect": "requests.new_received.total",
        "suggestion": 2.0,
    }


def test_what_is_missing_is_named(context):
    details = stored(context).results[-1].result["details"]
    assert details["not_assessable"] == [{"item": "", "missing": ["requests.carried_in.total"]}]


def test_a_report_without_findings_succeeds_with_nothing_listed(context):
    result = stored(context, OTHER)

    assert result.success is True
    assert result.results == []
    assert result.statistics["success_percent"] == 100


def test_many_findings_of_one_rule_are_capped_and_counted(context):
    [result] = stored(context, findings=[FAILING] * 50).results

    assert len(result.result["details"]["failing"]) == SHOWN_ROWS
    assert result.result["unexpected_count"] == result.result["details"]["failing_total"] == 50
    assert result.result["observed_value"] == {"passed": 0, "failed": 50, "not_assessable": 0}


def test_gx_itself_reads_and_renders_a_stored_result(context):
    [identifier] = store_report_results(context, COMPILED, [REPORT], [FAILING], TIME)
    folder = Path(context.root_directory) / "validations"
    gx_store = ValidationResultsStore(
        {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": str(folder),
            "suppress_store_backend_id": True,
        }
    )

    result = gx_store.get(identifier)
    assert result.results[0].expectation.rule == "requests.balance"
    assert "requests.total" in str(ValidationResultsPageRenderer().render(result).to_json_dict())


def test_the_official_query_finds_a_result_by_suite_run_and_batch(context):
    [identifier] = store_report_results(context, COMPILED, [REPORT], [FAILING], TIME)

    result = context.get_validation_result(
        expectation_suite_name="small_format",
        run_id=identifier.run_id,
        batch_identifier=identifier.batch_identifier,
    )
    assert result.meta["agency"] == "甲市教育局"


def test_storing_again_replaces_the_result(context):
    assert stored(context).success is False
    assert stored(context, findings=()).success is True
    assert len(context.validation_results_store.list_keys()) == 1


def test_a_result_is_stored_under_the_time_of_its_run(context):
    result = stored(context)
    [key] = context.validation_results_store.list_keys()
    assert key.run_id.run_time == TIME
    assert result.meta["run_id"] == {"run_name": "2024", "run_time": "2026-03-01T09:30:00+00:00"}


def test_what_a_later_run_judged_again_stays_once_and_the_rest_keeps_its_time(context):
    run_checkpoint(context, COMPILED, build_frame(COMPILED, [REPORT, OTHER]), TIME)
    store_report_results(context, COMPILED, [REPORT, OTHER], [], TIME)
    run_checkpoint(context, COMPILED, build_frame(COMPILED, [REPORT, OTHER]), LATER)
    again = store_report_results(context, COMPILED, [REPORT], [], LATER)
    left = report_result_identifier("small_format", OTHER, LATER)

    assert remove_stale_results(context, [*again, left], LATER) == 2
    times = {(key.run_id.run_name, key.batch_identifier[:3]): key.run_id.run_time for key in stored_keys(context)}
    assert times == {("2024", "甲市教"): LATER, ("2024", "乙市教"): TIME, ("all_reports", "rep"): LATER}


def test_where_the_clock_was_set_back_the_result_of_the_last_run_stays(context):
    stored(context, at=LATER)
    kept = store_report_results(context, COMPILED, [REPORT], [], TIME)
    assert remove_stale_results(context, kept, TIME) == 1
    assert stored_keys(context) == kept


def stored_keys(context):
    return context.validation_results_store.list_keys()


def test_the_same_inputs_give_the_same_bytes(context):
    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in Path(context.root_directory).rglob("*.json")}

    stored(context)
    before = files()
    stored(context)
    assert files() == before


def test_reports_that_are_gone_lose_their_results_and_the_batch_keeps_its_own(context):
    run_checkpoint(context, COMPILED, build_frame(COMPILED, [REPORT, OTHER]), TIME)
    first, second = store_report_results(context, COMPILED, [REPORT, OTHER], [], TIME)

    assert remove_stale_results(context, [first], TIME) == 1
    kept = {identifier.to_tuple() for identifier in context.validation_results_store.list_keys()}
    assert first.to_tuple() in kept
    assert second.to_tuple() not in kept
    assert {key[1] for key in kept} == {"2024", "all_reports"}


def test_a_spec_that_is_no_longer_used_loses_its_results(context):
    other = small_specification(format_name="other_format")
    run_checkpoint(context, other, build_frame(other, [OTHER]), TIME)
    store_report_results(context, other, [OTHER], [], TIME)
    kept = store_report_results(context, COMPILED, [REPORT], [], TIME)

    assert remove_stale_results(context, kept, TIME) == 2
    assert context.validation_results_store.list_keys() == kept


def test_a_file_of_somebody_else_in_the_store_is_left_alone(context):
    kept = store_report_results(context, COMPILED, [REPORT], [], TIME)
    stray = Path(context.root_directory, "validations", "notes.json")
    stray.write_text("{}", encoding="utf-8")

    assert remove_stale_results(context, kept, TIME) == 0
    assert stray.exists()


@pytest.mark.parametrize(
    "agency",
    [
        pytest.param("", id="no agency"),
        pytest.param("国" * 150, id="a name of 150 characters"),
        pytest.param("../../etc/passwd", id="a name that climbs folders"),
        pytest.param('a\\b:c*?"<>|', id="a name Windows forbids"),
        pytest.param("CON", id="a device of Windows"),
        pytest.param("名\n字\x00\t", id="control characters"),
        pytest.param("__none__", id="GX's own word for nothing"),
    ],
)
def test_any_agency_gets_a_file_of_its_own_inside_the_store(context, agency):
    result = stored(context, small_report(COMPILED, agency=agency), ())

    [path] = (Path(context.root_directory) / "validations").rglob("*.json")
    assert result.meta["agency"] == agency
    assert len(path.name.encode()) <= 150
    assert not re.search(r'[<>:"|?*\\\x00-\x1f]', path.name)


@given(
    st.lists(st.tuples(st.text(max_size=30), st.none() | st.integers(2000, 2030), st.text(max_size=10)), unique=True)
)
def test_two_reports_never_share_a_key(identities):
    reports = [small_report(COMPILED, source=source, agency=agency, year=year) for agency, year, source in identities]
    keys = {report_result_identifier("small_format", report, TIME).to_tuple() for report in reports}

    assert len(keys) == len(reports)
    assert all("/" not in part and "\\" not in part and part for key in keys for part in key)
