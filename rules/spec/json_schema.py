"""The JSON Schemas of a spec and of a list of agencies, which editors use for completion, hover text and red underlines.

It is generated from the pydantic models, whose descriptions are the hover text. A file with ``extends`` follows the
model of an extension, any other that of a full spec.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic.json_schema import models_json_schema

from disclosure_checks.rules.spec.model.agency_list import agency_list_model
from disclosure_checks.rules.spec.model.body_facts import body_vocabulary
from disclosure_checks.rules.spec.model.extension import Extension
from disclosure_checks.rules.spec.model.specification import Specification
from disclosure_checks.rules.texts.file_names import AGENCIES_SCHEMA_NAME

SCHEMA_NAME = "specification.schema.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TITLE = "Spec of a statutory report format"
_AGENCIES_TITLE = "List of reporting agencies"


def specification_schema() -> dict[str, object]:
    """The schema as plain data."""
    references, definitions = models_json_schema(
        [(Specification, "validation"), (Extension, "validation")], by_alias=True
    )
    return {
        "$schema": _DIALECT,
        "title": _TITLE,
        "type": "object",
        "if": {"required": ["extends"]},
        "then": references[(Extension, "validation")],
        "else": references[(Specification, "validation")],
        "$defs": definitions["$defs"],
    }


def agencies_schema() -> dict[str, object]:
    """The schema of a list of agencies as plain data."""
    return {
        "$schema": _DIALECT,
        **agency_list_model(body_vocabulary()).model_json_schema(by_alias=True),
        "title": _AGENCIES_TITLE,
    }


def schema_text() -> str:
    """The schema as the text of its file."""
    return _text(specification_schema())


def agencies_schema_text() -> str:
    """The schema of a list of agencies as the text of its file."""
    return _text(agencies_schema())


def write_schema(folder: Path) -> bool:
    """Writes the schema into a folder, only where it differs from what is there. Tells whether it was written."""
    return _write(folder / SCHEMA_NAME, schema_text())


def write_agencies_schema(folder: Path) -> bool:
    """As ``write_schema``, for a list of agencies."""
    return _write(folder / AGENCIES_SCHEMA_NAME, agencies_schema_text())


def _text(schema: dict[str, object]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _write(path: Path, text: str) -> bool:
    content = text.encode("utf-8")
    if path.exists() and path.read_bytes() == content:
        return False
    path.write_bytes(content)
    return True
