"""The facts ``body.<name>``, and the words that formulas compare ``body.kind`` with."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.agencies.body_facts import with_body_facts
from disclosure_checks.rules.collection.agencies.list_loading import load_agencies
from disclosure_checks.rules.formula.outcomes import FAIL, NOT_ASSESSABLE, PASS
from disclosure_checks.rules.spec.lint.examples import example_cases, run_example
from disclosure_checks.rules.spec.loading import load_specification
from disclosure_checks.rules.spec.model.body_facts import body_vocabulary
from disclosure_checks.rules.spec.source.problems import SpecificationError
from disclosure_checks.rules.texts.file_names import AGENCIES_SCHEMA_NAME
from disclosure_checks.runner.commands import check_spec
from tests.checking import failed, findings_of, read, specification
from tests.generation.agencies import Agency
from tests.generation.layouts.printing import print_layout
from tests.generation.truth import random_report
from tests.rules.agency_samples import CITY, FINANCE, INDUSTRY, TAXES, registry_of, roll_of
from tests.rules.spec_samples import (
    FORMAT,
    load_rules,
    outcome_of,
    rule,
    specification_text,
    write_specification,
)


def body(reports: list[Report], roll) -> list[dict[str, float]]:
    with_facts = with_body_facts(reports, specification().specification, roll)
    return [
        {name.removeprefix("body."): fact.value for name, fact in report.facts.items() if name.startswith("body.")}
        for report in with_facts
    ]


def kind(word: str) -> float:
    return body_vocabulary().code(word)


def text_of(agency: str) -> str:
    """The text of an invented report of 2024."""
    made = random_report("body", agency=Agency(agency, "我局", False), year=2024, profile="quiet")
    return print_layout(made, Random(1), "word_text")


def named(agency: str) -> Report:
    report = read(text_of(agency))
    assert (report.agency, report.year) == (agency, 2024)
    return report


@pytest.mark.parametrize(
    ("agency", "word", "due"),
    [
        ("平川市人民政府", "government", (3, 31)),
        ("平川市清河区人民政府", "government", (3, 31)),
        ("平川市财政局", "department", (1, 31)),
        ("平川市卫生健康委员会", "department", (1, 31)),
        ("平川市国有资产监督管理委员会", "department", (1, 31)),
        ("平川市人民政府办公室", "office", (3, 31)),
        ("平川市清河区柳林镇人民政府", "township", (3, 31)),
        ("平川市清河区柳林街道办事处", "township", (3, 31)),
        ("平川市经济技术开发区管理委员会", "zone", (3, 31)),
        # a place alone is its government, but for zones
        ("平川市", "government", (3, 31)),
        ("平川市清河区", "government", (3, 31)),
        ("柳林县", "government", (3, 31)),
        ("平川市清河区柳林镇", "township", (3, 31)),
        ("平川市清河区柳林街道", "township", (3, 31)),
        ("平川高新技术产业开发区", "zone", (3, 31)),
        ("平川市旅游度假区", "zone", (3, 31)),
    ],
)
def test_without_a_list_the_name_tells_the_kind_and_the_kind_the_due_date(agency: str, word: str, due):
    _, roll = roll_of(None)
    [facts] = body([named(agency)], roll)
    assert facts["kind"] == kind(word)
    assert (facts["due_month"], facts["due_day"]) == due
    assert facts["known"] == facts["children_known"] == facts["children_reported"] == facts["children_complete"] == 0
    assert math.isnan(facts["makes_rules"])


@pytest.mark.parametrize(
    ("words", "word"), [("我镇", "township"), ("我乡", "township"), ("本街道", "township"), ("我局", ""), ("我市", "")]
)
def test_without_a_name_the_kind_is_that_of_a_body_that_calls_itself_one(words: str, word: str):
    text = text_of("平川市财政局").split("\n", 1)[1].replace("平川市财政局", words).replace("我局", words)
    report = read(f"统计期限为2024年1月1日至2024年12月31日。{words}认真落实。\n{text}")
    assert report.agency == ""
    _, roll = roll_of(None)
    (facts,) = body([report], roll)
    assert facts["kind"] == kind(word) if word else math.isnan(facts["kind"])


def test_a_name_that_tells_nothing_leaves_the_kind_unknown():
    reports, roll = roll_of(None, ("某某集团", 2023), ("", 2023))
    for facts in body(reports, roll):
        assert math.isnan(facts["kind"])
        assert (facts["due_month"], facts["due_day"]) == (3, 31)


def test_the_list_says_what_a_body_is(tmp_path: Path):
    reports, roll = roll_of(registry_of(tmp_path), (CITY, 2023), (FINANCE, 2023), (TAXES, 2023), ("甲市工信局", 2023))
    city, finance, taxes, industry = body(reports, roll)
    assert (city["known"], city["kind"], city["makes_rules"]) == (1, kind("government"), 1)
    assert (finance["due_month"], finance["due_day"], finance["kind"]) == (1, 20, kind("department"))
    assert (taxes["vertically_managed"], industry["vertically_managed"]) == (1, 0)
    assert (industry["due_month"], industry["due_day"]) == (1, 31)
    assert math.isnan(finance["makes_rules"])
    # finance and industry; taxes are managed from above, the bureau of data reports no earlier than for 2023 and did not
    assert (city["children_known"], city["children_reported"]) == (3, 2)


def test_a_body_below_counts_where_it_has_one_report_of_the_year(tmp_path: Path):
    registry = registry_of(tmp_path)
    reports, roll = roll_of(
        registry, (CITY, 2022), (FINANCE, 2022), (FINANCE, 2022), (INDUSTRY, 2021), ("甲市工信局", 2022)
    )
    facts = with_body_facts(reports, specification().specification, roll)[0].facts
    assert facts["body.children_known"].value == 2
    assert facts["body.children_reported"].value == 1
    assert [one.text for one in facts["body.children_reported"].evidence] == [INDUSTRY]


def test_a_spec_without_kinds_of_bodies_knows_none(tmp_path: Path):
    compiled = load_rules(tmp_path)
    reports, roll = roll_of(None, ("某市某局", 2023))
    [report] = with_body_facts(reports, compiled.specification, roll)
    assert math.isnan(report.facts["body.kind"].value)
    assert math.isnan(report.facts["body.due_month"].value)


# ---- kinds of bodies and what lists say of them, as a spec declares its own

OWN_BODIES = """
facts: [{id: is_school, within: agency, pattern: '(?:学校|大学)$'}]
bodies:
  kinds: [{kind: school, title: {zh: 学校, en: School}, recognise_by: is_school, due: 10-31}]
  facts: [{id: has_branches, title: {zh: 有分校, en: branches}}]
  due: 03-31
rules:
  - id: schools
    title: {zh: 学校的规则, en: Of schools}
    check: if body.kind == school and body.has_branches == 1 then report.year >= 2024
    severity: error
    examples:
      - {pass: {body.kind: school, body.has_branches: 1, report.year: 2024}}
      - {fail: {body.kind: school, body.has_branches: 1, report.year: 2023}}
"""


def test_a_spec_has_kinds_of_bodies_and_facts_of_its_own(tmp_path: Path):
    compiled = load_specification(write_specification(tmp_path, FORMAT + OWN_BODIES))
    assert [run_example(case).holds for case in example_cases(compiled)] == [True, True]
    listed = tmp_path / "agencies.yaml"
    listed.write_text("agencies:\n  - {name: 甲大学, kind: school, has_branches: true}\n", encoding="utf-8")
    reports, roll = roll_of(load_agencies(listed, [compiled.specification]), ("甲大学", 2023))
    [report] = with_body_facts(reports, compiled.specification, roll)
    assert report.facts["body.kind"].value == body_vocabulary([compiled.specification.bodies]).code("school")
    assert report.facts["body.has_branches"].value == 1
    assert report.facts["body.due_month"].value == 10
    assert compiled.labels.fact("body.has_branches", "zh") == "有分校"


def test_the_schema_of_a_list_beside_such_a_spec_knows_its_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    spec = write_specification(tmp_path, FORMAT + OWN_BODIES)
    listed = tmp_path / "agencies.yaml"
    listed.write_text("agencies:\n  - {name: 甲大学, kind: school, has_branches: true}\n", encoding="utf-8")
    assert check_spec.main([str(listed), str(spec)]) == 0, capsys.readouterr().err
    agency = json.loads((tmp_path / AGENCIES_SCHEMA_NAME).read_text(encoding="utf-8"))["$defs"]["Agency"]
    assert "school" in agency["properties"]["kind"]["enum"]
    assert "有分校" in agency["properties"]["has_branches"]["description"]
    assert check_spec.main([str(listed)]) == 0, "the spec beside the list is found"


def test_a_kind_of_one_spec_is_unknown_to_another(tmp_path: Path):
    compiled = load_specification(write_specification(tmp_path, FORMAT + OWN_BODIES))
    listed = tmp_path / "agencies.yaml"
    listed.write_text("agencies:\n  - {name: 甲大学, kind: school}\n", encoding="utf-8")
    reports, roll = roll_of(load_agencies(listed, [compiled.specification]), ("甲大学", 2023))
    [report] = with_body_facts(reports, specification().specification, roll)
    assert math.isnan(report.facts["body.kind"].value)
    assert report.facts["body.known"].value == 1
    with pytest.raises(SpecificationError) as caught:
        load_agencies(listed)
    assert [problem.code for problem in caught.value.problems] == ["wrong_choice"]


# ---- words in formulas


@pytest.mark.parametrize(
    ("check", "values", "expected"),
    [
        pytest.param("body.kind == department", ["department", "office", None], [PASS, FAIL, NOT_ASSESSABLE], id="is"),
        pytest.param(
            "body.kind != department", ["department", "office", None], [FAIL, PASS, NOT_ASSESSABLE], id="is not"
        ),
        pytest.param("office == body.kind", ["department", "office"], [FAIL, PASS], id="the word first"),
        pytest.param("not known(body.kind)", ["zone", None], [FAIL, PASS], id="known"),
        pytest.param(
            "if body.kind == government or body.kind == township then report.year == 1",
            ["government", "township", "zone"],
            [FAIL, FAIL, PASS],
            id="one of two",
        ),
    ],
)
def test_a_kind_is_compared_with_a_word(tmp_path: Path, check, values, expected):
    numbers = [math.nan if word is None else kind(word) for word in values]
    compiled = load_rules(tmp_path, rule("tested", check))
    columns = {"body.kind": numbers, "report.year": [2023.0] * len(numbers)}
    assert outcome_of(compiled, columns).status.tolist() == expected


@pytest.mark.parametrize("check", ["previous_year(body.kind) == zone", "body.kind == previous_year(body.kind)"])
def test_the_kind_of_the_year_before_can_be_asked(tmp_path: Path, check: str):
    compiled = load_rules(tmp_path, rule("tested", check))
    same = {"body.kind": [kind("zone")], "previous_year:body.kind": [kind("zone")]}
    assert outcome_of(compiled, same).status.tolist() == [PASS]


def test_a_loop_over_the_kind_compares_with_a_word_too(tmp_path: Path):
    compiled = load_rules(tmp_path, rule("tested", "value == zone", loop="fact: body.kind"))
    assert outcome_of(compiled, {"body.kind": [kind("zone")]}, "body.kind").status.tolist() == [PASS]


@pytest.mark.parametrize(
    ("check", "code", "offset", "suggestion"),
    [
        pytest.param("body.kind == departement", "unknown_word", 13, "department", id="a misspelt word"),
        pytest.param("body.kind == report.year", "unknown_word", 13, "", id="another fact"),
        pytest.param("body.kind == 2", "enumerated_needs_word", 0, "", id="a number"),
        pytest.param("body.kind >= office", "enumerated_needs_word", 0, "", id="an order"),
        pytest.param("body.kind + 1 == 2", "enumerated_needs_word", 0, "", id="arithmetic"),
        pytest.param("body.known == office", "bare_name_outside_loop", 14, "", id="a word for a number"),
        pytest.param("body.knid == office", "unknown_fact", 0, "body.kind", id="a misspelt fact"),
    ],
)
def test_a_word_that_does_not_fit_is_told_at_its_place(tmp_path: Path, check, code, offset, suggestion):
    with pytest.raises(SpecificationError) as caught:
        load_rules(tmp_path, rule("tested", check))
    problem = caught.value.problems[0]
    assert (problem.code, problem.suggestion) == (code, suggestion)
    assert problem.column == len("    check: ") + 1 + offset


def test_an_example_names_the_kind_by_its_word(tmp_path: Path):
    text = rule("tested", "if body.kind == office then requests.granted.total == 0")
    text += "    examples:\n      - {pass: {body.kind: zone, requests.granted.total: 1}}\n"
    text += "      - {fail: {body.kind: office, requests.granted.total: 1}}\n"
    cases = example_cases(load_rules(tmp_path, text))
    assert [run_example(case).holds for case in cases] == [True, True]


@pytest.mark.parametrize(
    ("value", "code", "suggestion"),
    [("offise", "unknown_word", "office"), ("2", "unknown_word", "")],
    ids=["a misspelt word", "a number"],
)
def test_a_wrong_word_in_an_example_is_told_at_its_place(tmp_path: Path, value, code, suggestion):
    line = f"      - {{pass: {{body.kind: {value}}}}}"
    text = specification_text(rule("tested", "body.kind == office", "examples:") + line + "\n")
    with pytest.raises(SpecificationError) as caught:
        load_specification(write_specification(tmp_path, text))
    [problem] = caught.value.problems
    assert (problem.code, problem.suggestion, problem.column) == (code, suggestion, line.index(value) + 1)


@pytest.mark.parametrize(
    ("bodies", "code"),
    [
        ("{due: 03-31, kinds: [{kind: zone, recognise_by: slip, due: 03-31}]}", "unknown_body_fact"),
        ("{due: 31-03}", "due_not_a_day"),
        ("{due: 03-31, kinds: [{kind: zone, recognise_by: slips, due: march}]}", "due_not_a_day"),
        ("{due: 03-31, kinds: [{kind: zoo, recognise_by: slips, due: 03-31}]}", "new_kind_without_title"),
        ("{due: 03-31, facts: [{id: due, title: {zh: 甲, en: A}}]}", "reserved_id"),
    ],
)
def test_mistakes_in_the_kinds_of_bodies_are_told(tmp_path: Path, bodies: str, code: str):
    text = FORMAT + f"facts: [{{id: slips, phrases: [强化强化]}}]\nbodies: {bodies}\n"
    with pytest.raises(SpecificationError) as caught:
        load_specification(write_specification(tmp_path, text))
    assert [problem.code for problem in caught.value.problems] == [code]


# ---- the rules of the 2021 format that read them


def published(date: str, agency: str) -> Report:
    """An invented report of 2024 with a line that says when it was published."""
    return read(f"发布日期：{date}\n{text_of(agency)}")


@pytest.mark.parametrize(
    ("agency", "date", "late"),
    [
        ("平川市财政局", "2025-01-31", False),
        ("平川市财政局", "2025-02-01", True),
        ("平川市人民政府", "2025-03-31", False),
        ("平川市人民政府", "2025-04-01", True),
        ("某某集团", "2025-04-01", True),
    ],
)
def test_a_report_is_late_the_day_after_it_was_due(agency: str, date: str, late: bool):
    found = [one for one in findings_of([published(date, agency)])["report.txt"] if one.rule == "published.late"]
    assert [one.severity.value for one in found] == ["advisory"] * late


def test_the_list_may_set_an_earlier_date(tmp_path: Path):
    report = published("2025-01-21", FINANCE)
    found = findings_of([report], registry=registry_of(tmp_path))["report.txt"]
    assert [one.rule for one in found if one.rule == "published.late"] == ["published.late"]
    assert "published.late" not in {one.rule for one in findings_of([report])["report.txt"]}


@pytest.mark.parametrize(
    ("agency", "makes_rules", "failing"),
    [
        pytest.param("平川市财政局", None, True, id="told by the name"),
        pytest.param("平川市财政局", "true", False, id="the list gives the power"),
        pytest.param("平川市人民政府", None, False, id="a city, told by the name"),
        pytest.param("平川市人民政府", "false", True, id="the list denies the power"),
    ],
)
def test_regulations_of_a_body_without_power_follow_the_list(tmp_path: Path, agency, makes_rules, failing):
    report = named(agency)
    cell = report.cells["proactive.regulations.issued"]._replace(value=3.0)
    report = replace(report, cells={**report.cells, cell.id: cell})
    power = f", makes_rules: {makes_rules}" if makes_rules else ""
    registry = registry_of(tmp_path, f"agencies:\n  - {{name: {agency}, kind: department{power}}}\n")
    found = failed(findings_of([report], registry=registry)["report.txt"])
    assert ("proactive.regulations_without_power" in {one.rule for one in found}) is failing


def test_every_kind_has_its_own_number():
    codes = [kind(word) for word in ("government", "department", "office", "township", "zone")]
    assert np.unique(codes).size == 5
