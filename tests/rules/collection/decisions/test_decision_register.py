from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.collection.decisions.loading import load_decisions
from disclosure_checks.rules.collection.decisions.register import DecisionRegister, rules_of, speaks_of
from disclosure_checks.rules.spec.model.agency_list import Agency
from disclosure_checks.rules.spec.model.decision_list import Decision, DecisionStatus
from disclosure_checks.rules.spec.source.problems import SpecificationError
from tests.rules.spec_samples import load_rules, rule

DECIDED = Decision(
    rule="requests.sum",
    agency="某市某局",
    year=2024,
    status=DecisionStatus.ACCEPTED,
    reason="核对过",
    until="2026-06-30",
)
GRANTED = "requests.granted.total"


def report(agency: str = "某市某局", year: int | None = 2024, printed: str = "") -> Report:
    return Report("a.txt", agency, year, "word", {}, {}, printed_agency=printed)


def register(decision: Decision = DECIDED, registry: AgencyRegistry | None = None) -> DecisionRegister:
    return DecisionRegister((decision,), date(2026, 7, 1), registry)


LISTED = AgencyRegistry("agencies.yaml", (Agency(name="某市甲局", kind="department", aliases=("某市某局",)),))


@pytest.mark.parametrize(
    ("own", "registry", "found"),
    [
        pytest.param(report(), None, True, id="the agency and year"),
        pytest.param(report(agency="某市 某局"), None, True, id="the name with a blank in it"),
        pytest.param(report(agency="某市甲局", printed="某市某局"), None, True, id="the name as printed"),
        pytest.param(report(agency="某市甲局"), LISTED, True, id="another name of a listed agency"),
        pytest.param(report(agency="某市甲局"), None, False, id="another agency"),
        pytest.param(report(year=2023), None, False, id="another year"),
        pytest.param(report(year=None), None, False, id="an unknown year"),
    ],
)
def test_whose_report_a_decision_is_about(own: Report, registry: AgencyRegistry | None, found: bool):
    decisions = register(registry=registry)
    assert decisions.of(own) == ((DECIDED,) if found else ())
    assert decisions.without_report([own]) == (() if found else (DECIDED,))


@pytest.mark.parametrize(
    ("today", "over"), [(date(2026, 6, 30), False), (date(2026, 7, 1), True)], ids=["its last day", "the day after"]
)
def test_a_decision_is_over_after_its_last_day(today: date, over: bool):
    assert DecisionRegister((DECIDED,), today).is_over(DECIDED) is over


def test_a_decision_without_a_last_day_is_never_over():
    decision = DECIDED.model_copy(update={"until": ""})
    assert not register(decision).is_over(decision)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(rule("requests.sum", f"{GRANTED} == 1"), id="as it was"),
        pytest.param(rule("requests.sum", f"{GRANTED} + 0 >= 1", severity="likely"), id="another formula and severity"),
        pytest.param(rule("requests.other_name", f"{GRANTED} == 1", "renamed_from: [requests.sum]"), id="another name"),
    ],
)
def test_a_decision_survives_an_edit_of_its_rule(tmp_path: Path, text: str):
    compiled = load_rules(tmp_path, text)
    decision = DECIDED.model_copy(update={"cells": (GRANTED, "requests.granted.person")})
    [own] = rules_of(decision, compiled)
    assert speaks_of(decision, own, own.instances[0].inputs)
    assert not speaks_of(decision, own, ["requests.received.total"])


SOUND = "decisions:\n  - {rule: a.b, agency: 某局, year: 2024, status: accepted, reason: 好}\n"


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        pytest.param(SOUND.replace("accepted", "acepted"), "wrong_choice", 2, 49, id="a status there is not"),
        pytest.param(SOUND.replace("好", '""'), "string_too_short", 2, 67, id="no reason"),
        pytest.param(SOUND.replace(", reason: 好", ""), "missing_key", 2, 5, id="a key missing"),
        pytest.param(SOUND.replace("好", "好, until: 2026-02-30"), "until_not_a_day", 2, 77, id="no day"),
        pytest.param(SOUND.replace("2024", "'2024'"), "wrong_type", 2, 35, id="a year in quotes"),
        pytest.param(SOUND.replace("a.b", "A.b"), "malformed_id", 2, 12, id="no rule id"),
        pytest.param(SOUND + SOUND.splitlines()[1] + "\n", "decision_repeated", 3, 5, id="decided twice"),
        pytest.param(SOUND.replace("reason", "resaon"), "missing_key", 2, 5, id="a key misspelt"),
    ],
)
def test_mistakes_are_told_at_their_place(tmp_path: Path, text: str, code: str, line: int, column: int):
    path = tmp_path / "decisions.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SpecificationError) as caught:
        load_decisions(path)
    assert (code, line, column) in {(one.code, one.line, one.column) for one in caught.value.problems}


@pytest.mark.parametrize("text", ["decisions:\n", "decisions: []\n", "decisions:\n# - rule: a.b\n"])
def test_a_file_without_a_decision_is_sound(tmp_path: Path, text: str):
    path = tmp_path / "decisions.yaml"
    path.write_text(text, encoding="utf-8")
    assert load_decisions(path) == ()
