"""The JSON Schema of one spec file: that of all specs, and beside it the ids that this file has, for completion.

A value that is no id of the file is not called wrong here: ``check-spec`` judges it, and the schema is only as new as the
last time that ran. What stands inside formulas is out of reach of a schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from disclosure_checks.rules.spec.compiling.vocabulary import Vocabulary, vocabulary_of
from disclosure_checks.rules.spec.json_schema import DIALECT, SCHEMA_NAME, json_text, write_json
from disclosure_checks.rules.spec.model.body_facts import body_vocabulary
from disclosure_checks.rules.spec.model.specification import Column, ColumnGroup, Row, Specification
from disclosure_checks.rules.spec.model.table_structure import Member

_TEXT_PARTS = ("document", "title", "agency", "front_matter")
_ALL = "*"


def ids_schema_name(spec: Path) -> str:
    """The name of the schema of a spec file, which stands beside it."""
    return f"{spec.stem}.schema.json"


def ids_schema(specification: Specification) -> dict[str, object]:
    """The schema of a spec, with what it inherits, as plain data."""
    names = vocabulary_of(specification)
    definitions = {name: _suggested(ids) for name, ids in _ids(specification, names).items()}
    definitions["values"] = {"properties": dict.fromkeys((*_facts(names), *names.cells), True)}
    return {
        "$schema": DIALECT,
        "title": f"Ids of {specification.format}",
        "allOf": [{"$ref": SCHEMA_NAME}],
        "properties": _places(specification),
        "$defs": definitions,
    }


def write_ids_schema(spec: Path, specification: Specification) -> bool:
    """Writes the schema beside its spec, only where it differs from what is there. Tells whether it was written."""
    return write_json(spec.with_name(ids_schema_name(spec)), json_text(ids_schema(specification)))


def _ids(specification: Specification, names: Vocabulary) -> dict[str, list[str]]:
    """The ids by what they are of."""
    tables = specification.tables
    rows = {table.id: list(_members(table.rows)) for table in tables}
    columns = {table.id: list(_members(table.columns)) for table in tables}
    sections = list(names.sections)
    claims = [claim.id for claim in specification.claims]
    language = specification.claim_language
    return {
        "section": sections,
        "table": list(names.tables),
        "column": sorted({column for own in columns.values() for column in own}),
        "category": list(specification.categories),
        "rule": [rule.id for rule in specification.rules],
        "text_fact": [fact.id for fact in specification.facts],
        "claim": claims,
        "claim_part": list(language.parts) if language else [],
        "body_kind": list(body_vocabulary([specification.bodies]).kinds),
        "text_part": [*_TEXT_PARTS, *(f"section.{section}" for section in sections)],
        "front_or_section": [*sections, "front_matter"],
        "loop_column": [f"{table}.{name}" for table, own in columns.items() for name in (_ALL, *own)],
        "loop_row": [f"{table}.{name}" for table, own in rows.items() for name in (_ALL, *own)],
        "loop_cell": [*(f"{table}.{row}.{_ALL}" for table, own in rows.items() for row in (_ALL, *own)), *names.cells],
        "loop_section": [_ALL, *sections],
        "loop_table": [_ALL, *names.tables],
        "loop_fact": _facts(names),
    }


def _facts(names: Vocabulary) -> list[str]:
    """The facts that rules are written about; those of claims have rules of their own."""
    return [fact for fact in names.facts if not fact.startswith("claim.")]


def _places(specification: Specification) -> dict[str, object]:
    """Where in a spec each of them is written."""
    values = _ref("values")
    loops = {kind: _one_or_more(f"loop_{kind}") for kind in ("column", "row", "cell", "section", "table", "fact")}
    rule = {
        "id": _ref("rule"),
        "category": _ref("category"),
        "for_each": {"properties": loops},
        "examples": _each({"pass": values, "fail": values, "not_assessable": values}),
    }
    claim = {name: _list_of("claim") for name in ("after", "beside", "not_beside")}
    language = specification.claim_language
    parts: dict[str, object] = {"properties": dict.fromkeys(language.parts, True)} if language else {}
    return {
        "tables": _each({"section": _ref("section"), "rows": _each({"columns": _list_of("column")})}),
        "facts": _each({"within": _ref("text_part")}),
        "bodies": {
            "properties": {
                "kinds": _each(
                    {
                        "kind": _ref("body_kind"),
                        "recognise_by": _ref("text_fact"),
                        "or_without_name": _ref("text_fact"),
                    }
                )
            }
        },
        "rules": _each(rule),
        "claims": _each({"id": _ref("claim"), "within": _list_of("section"), **claim}),
        "claim_language": {
            "properties": {
                "within": _list_of("front_or_section"),
                "category": _ref("category"),
                "section_subjects": {
                    "properties": {section.id: _ref("claim_part") for section in specification.sections}
                },
            }
        },
        "without": {
            "properties": {
                "rules": _list_of("rule"),
                "facts": _list_of("text_fact"),
                "claims": _list_of("claim"),
                "cells": _list_of("loop_cell"),
            }
        },
        "heading_variants": {"properties": {section.id: True for section in specification.sections}},
        "claim_words": parts,
    }


def _members(members: Sequence[Member]) -> Iterator[str]:
    """Ids of rows or columns, and of the groups around them."""
    for member in members:
        if isinstance(member, (Row, Column)):
            yield member.id
        else:
            yield member.group
            below: Sequence[Member] = member.columns if isinstance(member, ColumnGroup) else member.rows
            yield from _members(below)


def _suggested(names: Iterable[str]) -> dict[str, object]:
    return {"anyOf": [{"enum": sorted(set(names))}, {"type": "string"}]} if names else {"type": "string"}


def _ref(name: str) -> dict[str, object]:
    return {"$ref": f"#/$defs/{name}"}


def _list_of(name: str) -> dict[str, object]:
    return {"items": _ref(name)}


def _one_or_more(name: str) -> dict[str, object]:
    return {"anyOf": [_ref(name), {"type": "array", "items": _ref(name)}]}


def _each(properties: dict[str, object]) -> dict[str, object]:
    return {"items": {"properties": properties}}
