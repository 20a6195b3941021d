from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from disclosure_checks.grammar.words.declared import declared
from disclosure_checks.rules.spec.json_schema import SCHEMA_NAME, schema_text, specification_schema, write_schema
from disclosure_checks.rules.spec.key_texts import choice_texts, key_text, part_text, parts_of
from disclosure_checks.rules.spec.model.agency_list import agency_list_model
from disclosure_checks.rules.spec.model.body_facts import body_vocabulary
from disclosure_checks.rules.spec.model.decision_list import DecisionList
from disclosure_checks.rules.spec.model.extension import Extension
from disclosure_checks.rules.spec.model.specification import Specification
from disclosure_checks.rules.texts.catalogue import LANGUAGES
from tests.checking import ROOT
from tests.rules.spec_samples import BALANCE, specification_text

SPECS = ROOT / "specs"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = specification_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_the_schema_beside_the_specs_is_fresh():
    assert (SPECS / SCHEMA_NAME).read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("path", sorted(SPECS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_spec_follows_the_schema(validator: Draft202012Validator, path: Path):
    assert list(validator.iter_errors(yaml.safe_load(path.read_text(encoding="utf-8")))) == []


def test_an_unknown_key_does_not(validator: Draft202012Validator):
    spec = yaml.safe_load(specification_text(BALANCE))
    assert list(validator.iter_errors(spec)) == []
    spec["rules"][0]["severty"] = "error"
    assert list(validator.iter_errors(spec)) != []


def test_an_extension_follows_its_own_model(validator: Draft202012Validator):
    assert list(validator.iter_errors({"extends": "2021_format.yaml"})) == []
    assert list(validator.iter_errors({"extends": "2021_format.yaml", "sections": []})) != []


def test_descriptions_are_there_for_hover_text():
    rule = json.loads(schema_text())["$defs"]["Rule"]
    assert "formula" in rule["properties"]["check"]["description"]
    assert "公式" in rule["properties"]["check"]["description"]


def test_every_key_and_choice_is_described_in_both_languages():
    roots = [Specification, Extension, agency_list_model(body_vocabulary()), DecisionList]
    for part in parts_of(roots):
        for language in LANGUAGES:
            texts = {part.__name__: part_text(part, language)}
            if issubclass(part, BaseModel):
                texts |= {name: key_text(part, name, language) for name in part.model_fields}
            else:
                texts |= choice_texts(part, language)
            assert [name for name, text in texts.items() if not text] == [], (part.__name__, language)


def test_no_key_is_described_that_there_is_not():
    roots = [Specification, Extension, agency_list_model(body_vocabulary()), DecisionList]
    parts = {part.__name__: part for part in parts_of(roots)}
    described = declared("disclosure_checks.rules.texts", "spec_keys.yaml")
    assert set(described) <= set(parts)
    for name, entries in described.items():
        part = parts[name]
        if issubclass(part, BaseModel):
            known = {field.alias or key for key, field in part.model_fields.items()}
        else:
            known = {str(one.value) for one in part}
        assert set(entries) - {"_", "like"} <= known, name


def test_the_schema_is_written_only_where_it_differs(tmp_path: Path):
    assert write_schema(tmp_path) is True
    assert write_schema(tmp_path) is False
    (tmp_path / SCHEMA_NAME).write_text("{}", encoding="utf-8")
    assert write_schema(tmp_path) is True
