"""The GX context and checkpoint of a run: real files, one evaluation, no network, broken rules that stop the run."""

from __future__ import annotations

import os
import socket
from datetime import datetime, timezone
from pathlib import Path

import great_expectations as gx
import pytest
import yaml

from disclosure_checks.rules.collection.frame import build_frame
from disclosure_checks.rules.expectations import outcome_metric
from disclosure_checks.rules.expectations.frame_columns import frame_columns
from disclosure_checks.rules.expectations.rule_evaluation import evaluate_all
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.gx.checkpoint import RuleExecutionError, run_checkpoint
from disclosure_checks.runner.gx.context import open_context
from tests.gx_samples import ALL_RULES, BALANCE, small_report, small_specification

COMPILED = small_specification()
REPORTS = [
    small_report(COMPILED, source="right.txt"),
    small_report(COMPILED, source="wrong.txt", agency="乙局", requests__new_received__total=3),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "out" / ".gx"


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refused(*_, **__):
        raise AssertionError("a run must not open a network connection")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


def run(folder: Path, compiled: CompiledSpecification = COMPILED, reports=REPORTS):
    return run_checkpoint(
        open_context(folder), compiled, build_frame(compiled, reports), datetime(2026, 3, 1, tzinfo=timezone.utc)
    ).outcomes


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_context_lies_exactly_in_the_folder_given(folder):
    context = open_context(folder)

    assert Path(context.root_directory) == folder
    assert [path.name for path in folder.parent.iterdir()] == [".gx"]


def test_nothing_is_sent_and_no_progress_bar_is_shown(folder):
    context = open_context(folder)

    assert context.config.analytics_enabled is False
    assert not any(context.progress_bars.values())
    assert os.environ["GX_ANALYTICS_ENABLED"] == "False"


def test_the_outcomes_are_those_of_the_evaluation(folder):
    outcomes = run(folder)

    frame = build_frame(COMPILED, REPORTS)
    direct = evaluate_all(COMPILED, frame_columns(frame), len(frame))
    assert list(outcomes) == [rule["id"] for rule in ALL_RULES]
    for rule, instances in direct.items():
        assert [one.status.tolist() for one in outcomes[rule]] == [one.status.tolist() for one in instances]


def test_all_rules_together_cost_one_evaluation(folder, monkeypatch):
    evaluated = []

    def counting(*arguments):
        evaluated.append(arguments)
        return evaluate_all(*arguments)

    monkeypatch.setattr(outcome_metric, "evaluate_all", counting)
    run(folder)

    assert len(evaluated) == 1


def test_another_program_can_open_the_context_and_finds_everything(folder):
    run(folder)
    context = gx.get_context(mode="file", context_root_dir=folder)

    assert {suite.name for suite in context.suites.all()} == {"small_format"}
    assert len(context.suites.get("small_format").expectations) == len(ALL_RULES)
    assert context.validation_definitions.get("small_format").suite.name == "small_format"
    assert context.checkpoints.get("small_format").validation_definitions[0].name == "small_format"


def test_the_result_of_the_whole_batch_is_kept(folder):
    run(folder)
    context = gx.get_context(mode="file", context_root_dir=folder)
    [key] = context.validation_results_store.list_keys()

    result = context.validation_results_store.get(key)
    assert result.statistics["evaluated_expectations"] == len(ALL_RULES)
    assert result.statistics["unsuccessful_expectations"] == 1
    assert result.results[0].result["details"]["failing"][0]["source"] == "wrong.txt"


def test_running_twice_leaves_the_same_files_byte_for_byte(folder):
    run(folder)
    before = files(folder)
    run(folder)

    assert files(folder) == before


def test_a_spec_that_changed_replaces_its_suite(folder):
    run(folder)
    shorter = small_specification(BALANCE)
    run(folder, shorter)

    context = gx.get_context(mode="file", context_root_dir=folder)
    assert [one.rule for one in context.suites.get("small_format").expectations] == ["requests.balance"]


def test_two_specs_have_a_suite_each(folder):
    run(folder)
    run(folder, small_specification(BALANCE, format_name="other_format"))

    context = gx.get_context(mode="file", context_root_dir=folder)
    assert {suite.name for suite in context.suites.all()} == {"small_format", "other_format"}


def test_a_rule_that_breaks_stops_the_run_and_leaves_no_result(folder, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("requests.balance: division by zero")

    monkeypatch.setattr(outcome_metric, "evaluate_all", broken)
    with pytest.raises(RuleExecutionError, match=r"requests\.balance: division by zero[\s\S]*check-spec") as raised:
        run(folder)

    assert isinstance(raised.value.__cause__, ZeroDivisionError)
    assert open_context(folder).validation_results_store.list_keys() == []


def test_an_expectation_that_breaks_stops_the_run_and_is_named(folder, monkeypatch):
    def broken(self, **_):
        raise KeyError(self.rule)

    monkeypatch.setattr("disclosure_checks.rules.expectations.rule_expectations.ExpectEquationToHold._validate", broken)
    with pytest.raises(RuleExecutionError, match=r"requests\.balance: 'requests\.balance'"):
        run(folder)


@pytest.mark.parametrize(
    ("compiled", "reports"),
    [
        pytest.param(COMPILED, [], id="no report"),
        pytest.param(small_specification(), [small_report(COMPILED, year=None, agency="")], id="a report of nobody"),
    ],
)
def test_a_run_with_next_to_nothing_is_a_run(folder, compiled, reports):
    outcomes = run(folder, compiled, reports)

    assert outcomes["requests.limit"][0].status.shape == (len(reports),)


def test_a_spec_without_rules_has_no_outcomes(folder):
    compiled = small_specification()
    without_rules = CompiledSpecification(
        compiled.specification, (), compiled.cells, compiled.facts, compiled.fingerprint
    )

    assert run(folder, without_rules) == {}


def test_the_configuration_names_no_folder_of_this_machine(folder):
    open_context(folder)
    text = (folder / "great_expectations.yml").read_text(encoding="utf-8")

    assert str(folder.parent) not in text
    assert yaml.safe_load(text)["data_docs_sites"]["report_site"]["store_backend"]["base_directory"] == ".."
