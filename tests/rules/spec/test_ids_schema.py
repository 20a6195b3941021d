"""The schema beside a spec completes the ids of that spec."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from disclosure_checks.grammar.words.declared import plain_yaml
from disclosure_checks.rules.spec.ids_schema import ids_schema, ids_schema_name, write_ids_schema
from disclosure_checks.rules.spec.json_schema import SCHEMA_NAME, json_text, specification_schema
from disclosure_checks.rules.spec.loading import load_specification
from disclosure_checks.rules.spec.model.specification import Specification
from tests.checking import ROOT

SPECS = sorted((ROOT / "specs").glob("*.yaml"))
EXAMPLE = ROOT / "specs" / "examples" / "proposals" / "proposals.yaml"


@cache
def loaded(path: Path) -> Specification:
    return load_specification(path).specification


@cache
def schema() -> dict[str, Any]:
    return json.loads(json_text(ids_schema(loaded(EXAMPLE))))


def validator(own: dict[str, Any]) -> Draft202012Validator:
    registry = Registry().with_resource(SCHEMA_NAME, Resource.from_contents(specification_schema()))
    return Draft202012Validator(own, registry=registry)


def suggested(*path: str) -> list[str]:
    """The ids suggested at a place of the schema, below ``properties`` and ``items``."""
    place = schema()
    for step in path:
        place = place["properties"][step] if "properties" in place else place["items"]["properties"][step]
    names = place.get("items", place)
    names = names["anyOf"][0] if "anyOf" in names else names
    return schema()["$defs"][names["$ref"].rpartition("/")[2]]["anyOf"][0]["enum"]


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_the_schema_beside_a_spec_is_fresh(path: Path) -> None:
    """Write it anew with ``check-spec specs/*.yaml``."""
    beside = path.with_name(ids_schema_name(path))
    assert beside.read_text(encoding="utf-8") == json_text(ids_schema(loaded(path)))
    assert path.read_text(encoding="utf-8").startswith(f"# yaml-language-server: $schema=./{beside.name}\n")


def test_a_spec_follows_its_schema() -> None:
    Draft202012Validator.check_schema(schema())
    data = plain_yaml(EXAMPLE.read_text(encoding="utf-8"))
    assert list(validator(schema()).iter_errors(data)) == []
    data["rules"][0]["severty"] = "error"
    assert list(validator(schema()).iter_errors(data)) != []


def test_an_id_that_is_newer_than_the_schema_is_not_called_wrong() -> None:
    data = plain_yaml(EXAMPLE.read_text(encoding="utf-8"))
    data["rules"][0]["category"] = "new_category"
    assert list(validator(schema()).iter_errors(data)) == []


@pytest.mark.parametrize(
    ("path", "some"),
    [
        (("rules", "category"), ["form", "sums", "text"]),
        (("tables", "section"), ["figures", "next_steps", "practice"]),
        (("rules", "for_each", "column"), ["handled.*", "handled.total"]),
        (("rules", "for_each", "row"), ["handled.*", "handled.results", "handled.solved"]),
        (("rules", "for_each", "cell"), ["handled.accepted.*", "handled.accepted.total"]),
        (("rules", "for_each", "fact"), ["text.total_said", "report.year"]),
        (("rules", "for_each", "section"), ["*", "figures"]),
        (("facts", "within"), ["document", "section.figures"]),
        (("bodies", "kinds", "recognise_by"), ["total_said"]),
        (("without", "rules"), ["sums.results"]),
    ],
    ids=lambda value: ".".join(value) if isinstance(value, tuple) else None,
)
def test_the_ids_of_the_file_are_completed_where_they_are_written(path: tuple[str, ...], some: list[str]) -> None:
    assert set(some) <= set(suggested(*path))


def test_the_names_of_an_example_are_completed() -> None:
    values = schema()["$defs"]["values"]["properties"]
    assert {"handled.accepted.total", "text.total_said"} <= set(values)


def test_it_is_written_only_where_it_differs(tmp_path: Path) -> None:
    spec = tmp_path / "own.yaml"
    assert write_ids_schema(spec, loaded(EXAMPLE)) is True
    assert write_ids_schema(spec, loaded(EXAMPLE)) is False
    assert (tmp_path / "own.schema.json").exists()
