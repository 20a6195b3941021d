from __future__ import annotations

from pathlib import Path

import pytest

from rules.spec_loading import load_specification
from rules.spec_problems import Problem, SpecificationError
from rules.specification import Severity
from tests.rules.spec_samples import BALANCE, RESULTS_SUM, rule, specification_text, write_specification

NATIONAL = specification_text(BALANCE, RESULTS_SUM)
OVERRIDE = "  - {id: requests.balance, override: true, severity: likely, title: {zh: 平衡, en: balance}}\n"
PROVINCE = (
    "extends: national.yaml\ntitle: {zh: 某省, en: A province}\n"
    "facts:\n  - {id: local, phrases: [本省]}\n"
    "categories:\n  local: {zh: 本省, en: Local}\n"
    "rules:\n" + OVERRIDE + rule("local.named", "text.local >= 1 and text.slips == 0", "category: local")
)


def extended(folder: Path, province: str, national: str = NATIONAL) -> Path:
    write_specification(folder, national, "national.yaml")
    return write_specification(folder, province, "province.yaml")


def problems_of(path: Path) -> list[Problem]:
    with pytest.raises(SpecificationError) as caught:
        load_specification(path)
    return list(caught.value.problems)


def told(problems: list[Problem]) -> list[tuple[str, str, int, int]]:
    return [(problem.code, Path(problem.source).name, problem.line, problem.column) for problem in problems]


def test_facts_rules_and_categories_are_added_and_rules_overridden(tmp_path: Path):
    compiled = load_specification(extended(tmp_path, PROVINCE.replace("requests.balance", "requests.balance")))
    assert list(compiled.rule_by_id) == ["requests.balance", "requests.results_sum", "local.named"]
    balance = compiled.rule_by_id["requests.balance"].rule
    assert (balance.severity, balance.title.zh) == (Severity.LIKELY, "平衡")
    assert compiled.rule_by_id["requests.results_sum"].rule.severity is Severity.ERROR
    assert "text.local" in compiled.facts
    assert compiled.specification.title.zh == "某省"
    assert compiled.specification.format == "small_format"


def test_the_fingerprint_follows_both_files(tmp_path: Path):
    first = load_specification(extended(tmp_path, PROVINCE)).fingerprint
    assert load_specification(extended(tmp_path, PROVINCE + "# note\n")).fingerprint != first
    assert load_specification(extended(tmp_path, PROVINCE, NATIONAL + "# note\n")).fingerprint != first


def test_a_mistake_is_told_in_the_file_it_is_in(tmp_path: Path):
    text = PROVINCE.replace("text.local", "text.locl").replace("severity: likely", "severity: likly")
    assert told(problems_of(extended(tmp_path, text))) == [
        ("wrong_choice", "province.yaml", 8, 54),
        ("unknown_fact", "province.yaml", 11, 12),
    ]


def test_a_mistake_of_the_extended_spec_is_told_there(tmp_path: Path):
    problems = problems_of(extended(tmp_path, PROVINCE, NATIONAL.replace("sum(results.*)", "sum(reslts.*)")))
    assert [(code, name) for code, name, _, _ in told(problems)] == [("unknown_row", "national.yaml")]


def test_an_override_of_nothing_is_told(tmp_path: Path):
    problems = problems_of(extended(tmp_path, PROVINCE.replace("id: requests.balance", "id: requests.balanc")))
    assert told(problems) == [("override_matches_nothing", "province.yaml", 8, 10)]


def test_an_id_of_the_extended_spec_cannot_be_used_again(tmp_path: Path):
    text = "extends: national.yaml\nrules:\n" + rule("requests.balance", "text.slips == 0")
    assert told(problems_of(extended(tmp_path, text))) == [("duplicate_id", "province.yaml", 3, 9)]


def test_a_missing_file_is_told_where_it_is_named(tmp_path: Path):
    path = write_specification(tmp_path, "extends: nowhere.yaml\n")
    assert told(problems_of(path)) == [
        ("extended_spec_broken", "small.yaml", 1, 10),
        ("file_missing", "nowhere.yaml", 0, 0),
    ]


def test_files_that_extend_each_other_are_told(tmp_path: Path):
    path = extended(tmp_path, "extends: national.yaml\n", "extends: province.yaml\n")
    assert "extends_itself" in [problem.code for problem in problems_of(path)]


def test_an_extension_of_an_extension_is_a_spec(tmp_path: Path):
    extended(tmp_path, PROVINCE)
    city = "extends: province.yaml\nrules:\n" + rule("city.named", "text.local >= 2")
    compiled = load_specification(write_specification(tmp_path, city, "city.yaml"))
    assert list(compiled.rule_by_id)[-2:] == ["local.named", "city.named"]


def test_an_extension_has_no_tables(tmp_path: Path):
    assert told(problems_of(extended(tmp_path, PROVINCE + "tables: []\n")))[-1][0] == "unknown_key"
