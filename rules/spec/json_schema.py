"""The JSON Schemas of a spec, of a list of agencies and of decisions, for completion, hover text and red underlines.

They are generated from the pydantic models; hover text says in both languages what a key is for. A file with ``extends``
follows the model of an extension, any other that of a full spec. What ids a file of one's own has stands in a schema of its
own beside it, see ``rules.spec.ids_schema``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from disclosure_checks.rules.spec.key_texts import (
    Described,
    choice_texts,
    key_name,
    key_text,
    part_text,
    parts_of,
)
from disclosure_checks.rules.spec.model.agency_list import agency_list_model
from disclosure_checks.rules.spec.model.body_facts import body_vocabulary
from disclosure_checks.rules.spec.model.extension import Extension
from disclosure_checks.rules.spec.model.parts import CHINESE
from disclosure_checks.rules.spec.model.specification import Specification
from disclosure_checks.rules.texts.catalogue import LANGUAGES
from disclosure_checks.rules.texts.file_names import AGENCIES_SCHEMA_NAME

SCHEMA_NAME = "specification.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TITLE = "Spec of a statutory report format"
_AGENCIES_TITLE = "List of reporting agencies"


def specification_schema() -> dict[str, object]:
    """The schema as plain data."""
    references, definitions = models_json_schema(
        [(Specification, "validation"), (Extension, "validation")], by_alias=True
    )
    described = _described(definitions["$defs"], parts_of([Specification, Extension]))
    return {
        "$schema": DIALECT,
        "title": _TITLE,
        "type": "object",
        "if": {"required": ["extends"]},
        "then": references[(Extension, "validation")],
        "else": references[(Specification, "validation")],
        "$defs": described,
    }


def agencies_schema(specifications: Iterable[Specification] = ()) -> dict[str, object]:
    """The schema of a list of agencies as plain data; some specs may know further kinds of bodies and facts of them."""
    model = agency_list_model(body_vocabulary(one.bodies for one in specifications))
    schema = model.model_json_schema(by_alias=True)
    parts = parts_of([model])
    schema["$defs"] = _described(schema["$defs"], parts)
    return {"$schema": DIALECT, **_described({model.__name__: schema}, parts)[model.__name__], "title": _AGENCIES_TITLE}


def schema_text() -> str:
    """The schema as the text of its file."""
    return json_text(specification_schema())


def agencies_schema_text(specifications: Iterable[Specification] = ()) -> str:
    """The schema of a list of agencies as the text of its file."""
    return json_text(agencies_schema(specifications))


def write_schema(folder: Path) -> bool:
    """Writes the schema into a folder, only where it differs from what is there. Tells whether it was written."""
    return write_json(folder / SCHEMA_NAME, schema_text())


def write_agencies_schema(folder: Path, specifications: Iterable[Specification] = ()) -> bool:
    """As ``write_schema``, for a list of agencies."""
    return write_json(folder / AGENCIES_SCHEMA_NAME, agencies_schema_text(specifications))


def json_text(schema: dict[str, object]) -> str:
    """A schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_json(path: Path, text: str) -> bool:
    """Writes a file, only where it differs from what is there. Tells whether it was written."""
    content = text.encode("utf-8")
    if path.exists() and path.read_bytes() == content:
        return False
    path.write_bytes(content)
    return True


def _described(definitions: dict[str, Any], parts: Iterable[Described]) -> dict[str, Any]:
    """The definitions of parts with hover text in both languages."""
    by_name = {part.__name__: part for part in parts}
    for name, definition in definitions.items():
        part = by_name[name]
        definition["description"] = _in_both(part_text(part, language) for language in LANGUAGES)
        if issubclass(part, Enum):
            meanings = [choice_texts(part, language) for language in LANGUAGES]
            definition["enumDescriptions"] = [_in_both(one[word] for one in meanings) for word in definition["enum"]]
        else:
            _describe_keys(part, definition["properties"])
    return definitions


def _describe_keys(part: type[BaseModel], properties: dict[str, Any]) -> None:
    for name, field in part.model_fields.items():
        key = properties[key_name(name, field)]
        key["description"] = _in_both(key_text(part, name, language) for language in LANGUAGES)
        key.pop(CHINESE, None)


def _in_both(texts: Iterable[str]) -> str:
    return "\n\n".join(text for text in texts if text)
