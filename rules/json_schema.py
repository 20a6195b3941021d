"""The JSON Schema of a spec, which editors use for completion, hover text and red underlines.

It is generated from the pydantic models, whose descriptions are the hover text. A file with ``extends`` follows the
model of an extension, any other that of a full spec.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic.json_schema import models_json_schema

from rules.extension import Extension
from rules.specification import Specification

SCHEMA_NAME = "specification.schema.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TITLE = "Spec of a statutory report format"


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


def schema_text() -> str:
    """The schema as the text of its file."""
    return json.dumps(specification_schema(), ensure_ascii=False, indent=2) + "\n"


def write_schema(folder: Path) -> bool:
    """Writes the schema into a folder, only where it differs from what is there. Tells whether it was written."""
    path = folder / SCHEMA_NAME
    content = schema_text().encode("utf-8")
    if path.exists() and path.read_bytes() == content:
        return False
    path.write_bytes(content)
    return True
