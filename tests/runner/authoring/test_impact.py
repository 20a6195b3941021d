"""``check-spec --against``: which reports change under new rules, told before anyone publishes."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from disclosure_checks.grammar.model.report import CellStatus
from disclosure_checks.rules.collection.facts import with_collection_facts
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.loading import load_specification
from disclosure_checks.runner.authoring.impact import Finder, Impact, Judged, RuleImpact, compared
from disclosure_checks.runner.authoring.impact_request import impact_on_collection, impact_on_files
from disclosure_checks.runner.authoring.reading_differences import reading_differences, rests_on_equations
from disclosure_checks.runner.commands import authoring
from disclosure_checks.runner.commands.check_spec import main
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.pipeline.run import format_lexicon
from tests.checking import SPECIFICATION, specification
from tests.conftest import SampleRun
from tests.generation.samples import FOLDER
from tests.rules.spec_samples import BALANCE, BALANCED, load_rules, rule, sample_report
from tests.runner.pipeline.collected_runs import stamps

NEW_RULES = f"""\
extends: {SPECIFICATION.as_posix()}
title: {{zh: 本省, en: our province}}
rules:
  - id: sections.unnumbered
    override: true
    severity: error
  - id: ours.few_requests
    title: {{zh: 新收不超过10件, en: at most 10 requests}}
    check: requests.new_received.total <= 10
    severity: error
  - id: ours.against_last_year
    title: {{zh: 不超过上年, en: no more than last year}}
    check: requests.new_received.total <= previous_year(requests.new_received.total)
    severity: advisory
"""
BUSIEST, UNNUMBERED = "report_002.txt", "report_003.txt"


@pytest.fixture(scope="module")
def new_rules(tmp_path_factory: pytest.TempPathFactory) -> CompiledSpecification:
    path = tmp_path_factory.mktemp("province") / "province.yaml"
    path.write_text(NEW_RULES, encoding="utf-8")
    return load_specification(path)


@pytest.fixture(scope="module")
def impact(new_rules: CompiledSpecification, sample_run: SampleRun) -> Impact:
    before = stamps(sample_run.out)
    result = impact_on_collection([specification()], [new_rules], SPECIFICATION, sample_run.out)
    assert stamps(sample_run.out) == before
    assert (result.otherwise, result.resting, result.unreadable) == (0, 0, [])
    return result.impact


def test_reports_are_put_beside_each_other_once(
    new_rules: CompiledSpecification, sample_run: SampleRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def counted(reports, earlier=()):
        calls.append(len(reports))
        return with_collection_facts(reports, earlier)

    monkeypatch.setattr("disclosure_checks.runner.pipeline.checking.with_collection_facts", counted)
    impact_on_collection([specification()], [new_rules], SPECIFICATION, sample_run.out)
    impact_on_files([specification()], [new_rules], SPECIFICATION, [FOLDER])
    assert calls == [5, 5]


def test_reports_are_told_with_their_state_before_and_after(impact: Impact) -> None:
    states = {one.report: (one.before, one.after) for one in impact.reports if one.before != one.after}
    assert impact.count == 5
    assert states == {BUSIEST: ("likely", "error"), UNNUMBERED: ("likely", "error")}
    assert impact.states == {("likely", "error"): 2}


def test_findings_that_come_are_told_and_nothing_is_lost(impact: Impact) -> None:
    gained = {one.report: {finder.rule for finder in one.gained} for one in impact.reports}
    assert gained[BUSIEST] == {"ours.few_requests", "ours.against_last_year"}
    assert gained[UNNUMBERED] == {"ours.against_last_year"}
    assert not any(one.lost for one in impact.reports)


def test_rules_are_told_with_the_number_of_reports(impact: Impact) -> None:
    assert {one.rule: one for one in impact.rules} == {
        "ours.few_requests": RuleImpact("ours.few_requests", "", "error", newly_failing=1),
        "ours.against_last_year": RuleImpact("ours.against_last_year", "", "advisory", newly_not_assessable=5),
        "sections.unnumbered": RuleImpact("sections.unnumbered", "likely", "error"),
    }


def test_files_are_compared_like_a_collection(impact: Impact, new_rules: CompiledSpecification) -> None:
    result = impact_on_files([specification()], [new_rules], SPECIFICATION, [FOLDER])
    assert result.impact == impact


def test_the_other_way_round_everything_is_lost(
    impact: Impact, new_rules: CompiledSpecification, sample_run: SampleRun
) -> None:
    back = impact_on_collection([new_rules], [specification()], SPECIFICATION, sample_run.out)
    assert [(one.report, one.lost) for one in back.impact.reports] == [
        (one.report, one.gained) for one in impact.reports
    ]
    assert back.otherwise == 2  # by those rules two reports would have been published otherwise


FAIL, OPEN = ResultStatus.FAIL, ResultStatus.NOT_ASSESSABLE


@pytest.mark.parametrize(
    ("before", "after", "counts"),
    [
        pytest.param({}, {FAIL: 1}, (1, 0, 0, 0), id="it fails"),
        pytest.param({FAIL: 2}, {}, (0, 1, 0, 0), id="it fails no longer"),
        pytest.param({FAIL: 1}, {FAIL: 3}, (0, 0, 0, 0), id="it fails more often"),
        pytest.param({FAIL: 1}, {OPEN: 1}, (0, 1, 1, 0), id="it can no longer be assessed"),
        pytest.param({OPEN: 1}, {FAIL: 1, OPEN: 1}, (1, 0, 0, 1), id="it could not be assessed and fails"),
        pytest.param({}, {}, None, id="nothing"),
    ],
)
def test_what_a_rule_comes_to_is_counted_by_report(
    tmp_path: Path,
    before: dict[ResultStatus, int],
    after: dict[ResultStatus, int],
    counts: tuple[int, int, int, int] | None,
) -> None:
    spec = load_rules(tmp_path, BALANCE)
    one, other = (
        {
            "a.txt": Judged(
                "某局", 2024, "error", {Finder("requests.balance", str(n), status): n for status, n in own.items()}
            )
        }
        for own in (before, after)
    )
    found = compared(one, other, [spec], [spec])
    expected = [] if counts is None else [RuleImpact("requests.balance", "error", "error", *counts)]
    assert [each for each in found.rules if each.changes] == [each for each in expected if each.changes]
    assert bool(found.reports) == (before != after)


def test_a_renamed_rule_is_one_and_the_same(tmp_path: Path) -> None:
    old = load_rules(tmp_path, rule("old.name", "text.slips == 0"))
    new = load_rules(tmp_path, rule("new.name", "text.slips == 0", "renamed_from: [old.name]"))
    before = {"a.txt": Judged("某局", 2024, "error", {Finder("old.name", "", FAIL): 1})}
    after = {"a.txt": Judged("某局", 2024, "error", {Finder("new.name", "", FAIL): 1})}
    found = compared(before, after, [old], [new])
    assert (found.rules, found.reports) == ([], [])


@pytest.mark.parametrize(
    ("change", "parts", "equations"),
    [
        pytest.param(("label: 秘密", "label: 机密"), ("tables",), False, id="a label"),
        pytest.param(("heading: 总体情况", "heading: 总体情形"), ("sections",), False, id="a heading"),
        pytest.param(("placeholders: [/, 无]", "placeholders: [/]"), ("values",), False, id="a placeholder"),
        pytest.param(("phrases: [甲]", "phrases: [丙]"), ("facts",), False, id="words that are looked for"),
        pytest.param(
            ("agency_endings: [局]", "agency_endings: [委]"), ("report_title",), False, id="names of agencies"
        ),
        pytest.param(("severity: error", "severity: likely"), (), True, id="an equation that is none any more"),
        pytest.param(("zh: 规则", "zh: 新规则"), None, False, id="a title"),
        pytest.param(("basis: 测试", "basis: 依据"), None, False, id="a basis"),
    ],
)
def test_what_is_read_otherwise_is_told_by_part_of_the_spec(
    tmp_path: Path, change: tuple[str, str], parts: tuple[str, ...] | None, equations: bool
) -> None:
    old = load_rules(tmp_path, BALANCE)
    path = tmp_path / "small.yaml"
    text = path.read_text(encoding="utf-8")
    assert change[0] in text
    path.write_text(text.replace(change[0], change[1], 1), encoding="utf-8")
    new = load_specification(path)
    found = [(one.parts, one.equations) for one in reading_differences([format_lexicon(old)], [format_lexicon(new)])]
    assert found == ([] if parts is None else [(parts, equations)])


def test_reports_whose_numbers_rest_on_equations_are_told(tmp_path: Path) -> None:
    spec = load_rules(tmp_path, BALANCE)
    plain = sample_report(spec, BALANCED)
    open_cell = sample_report(spec, {**BALANCED, "requests.received.person": CellStatus.AMBIGUOUS})
    relied = replace(plain, relied_on=(frozenset({"requests.received.person"}),))
    assert [rests_on_equations(one) for one in (plain, open_cell, relied)] == [False, True, True]


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch, new_rules: CompiledSpecification) -> None:
    by_name = {"old.yaml": specification(), "new.yaml": new_rules}
    monkeypatch.setattr(authoring, "load_specifications", lambda path: [by_name[path.name]])


@pytest.mark.parametrize(
    ("new", "old", "code", "said"),
    [
        pytest.param(
            "new.yaml", "old.yaml", ExitCode.FINDINGS, "5 reports compared, 5 of them change, 2 in", id="some"
        ),
        pytest.param("old.yaml", "old.yaml", ExitCode.CLEAN, "5 reports compared, nothing changes", id="none"),
    ],
)
@pytest.mark.usefixtures("commands")
def test_the_exit_code_says_whether_reports_change(
    sample_run: SampleRun, capsys: pytest.CaptureFixture[str], new: str, old: str, code: ExitCode, said: str
) -> None:
    assert main([new, "--against", old, "--collection", str(sample_run.out), "--lang", "en"]) == code
    assert said in capsys.readouterr().out


@pytest.mark.usefixtures("commands")
def test_what_changes_can_be_had_as_csv_and_json(sample_run: SampleRun, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["new.yaml", "--against", "old.yaml", "--collection", str(sample_run.out), "--as"]
    main([*call, "csv"])
    rows = {row["report"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert rows[BUSIEST]["gained"] == "ours.against_last_year?;ours.few_requests"
    assert (rows[UNNUMBERED]["before"], rows[UNNUMBERED]["after"]) == ("likely", "error")
    main([*call, "json"])
    data = json.loads(capsys.readouterr().out)
    assert data["compared"] == 5
    assert {one["report"] for one in data["reports"]} == set(rows)


@pytest.mark.usefixtures("commands")
def test_reports_that_would_be_read_otherwise_have_to_be_given(
    sample_run: SampleRun, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = specification()
    other = spec.specification.model_copy(update={"self_words": ("我厂",)})
    monkeypatch.setattr(
        authoring,
        "load_specifications",
        lambda path: [replace(spec, specification=other) if path.name == "new.yaml" else spec],
    )
    call = ["new.yaml", "--against", "old.yaml", "--lang", "en"]
    assert main([*call, "--collection", str(sample_run.out)]) == ExitCode.WRONG_CALL
    said = capsys.readouterr().err
    assert "self_words changed" in said
    assert f"--report {FOLDER}" in said
    assert main([*call, "--report", str(FOLDER / BUSIEST)]) == ExitCode.CLEAN


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param((), "--collection DIR", id="no reports"),
        pytest.param(("--report", str(FOLDER), "--collection", "."), "either --collection or --report", id="both"),
        pytest.param(
            ("--explain", "requests.balance", "--report", str(FOLDER)), "either --explain or", id="a rule too"
        ),
        pytest.param(("--report", str(FOLDER / "no_such.txt")), "no such file", id="a file that is not there"),
    ],
)
@pytest.mark.usefixtures("commands")
def test_what_is_wrong_with_a_call_is_told(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert main(["new.yaml", "--against", "old.yaml", "--lang", "en", *words]) == ExitCode.WRONG_CALL
    assert said in capsys.readouterr().err
