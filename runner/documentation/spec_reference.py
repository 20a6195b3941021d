"""The keys of a spec, of a list of agencies and of decisions: type, default, meaning and an example of each."""

from __future__ import annotations

import json
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

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
from disclosure_checks.rules.spec.model.decision_list import DecisionList
from disclosure_checks.rules.spec.model.extension import Extension
from disclosure_checks.rules.spec.model.specification import Specification
from disclosure_checks.runner.documentation.key_examples import KeyExamples, in_yaml
from disclosure_checks.runner.documentation.markdown import code, page, section, table, words

_PLAIN = {str: "text", int: "whole_number", float: "number", bool: "truth"}


def roots() -> list[type[BaseModel]]:
    """The models of the files that people write."""
    return [Specification, Extension, agency_list_model(body_vocabulary()), DecisionList]


def spec_reference(examples: KeyExamples, language: str) -> str:
    """The document."""
    parts = [
        section(part.__name__, part_text(part, language), _part(part, examples, language)) for part in parts_of(roots())
    ]
    intro = words("specification", "intro", language)
    return page(words("specification", "title", language), language, intro, *parts)


def _part(part: Described, examples: KeyExamples, language: str) -> str:
    meaning = words("frame", "meaning", language)
    if issubclass(part, Enum):
        rows = [(code(word), text) for word, text in choice_texts(part, language).items()]
        return table([words("specification", "choice", language), meaning], rows)
    headings = [words("specification", name, language) for name in ("key", "type", "default")]
    example = words("frame", "example", language)
    keys = [_key(part, name, examples, language) for name in part.model_fields]
    return table([*headings, meaning, example], keys)


def _key(part: type[BaseModel], name: str, examples: KeyExamples, language: str) -> tuple[str, ...]:
    field = part.model_fields[name]
    return (
        code(key_name(name, field)),
        type_in_words(field.annotation, language),
        _default(field, language),
        key_text(part, name, language),
        code(examples.of(part, name)),
    )


def _default(field: FieldInfo, language: str) -> str:
    if field.is_required():
        return words("specification", "required", language)
    value = field.get_default(call_default_factory=True)
    if isinstance(value, Enum):
        return code(str(value.value))
    if value is None or value in ("", (), {}) or isinstance(value, BaseModel):
        return ""
    return code(in_yaml(value))


def type_in_words(annotation: Any, language: str) -> str:
    """A type as people write it in YAML; parts and choices of their own lead to their section."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return type_in_words(arguments[0], language)
    if origin in (Union, UnionType):
        branches = [type_in_words(one, language) for one in arguments if one is not type(None)]
        return f" {words('specification', 'either', language)} ".join(dict.fromkeys(branches))
    if origin is tuple:
        return words("specification", "list", language, item=type_in_words(arguments[0], language))
    if origin is dict:
        return words("specification", "mapping", language, item=type_in_words(arguments[1], language))
    if origin is Literal:
        return " ".join(code(json.dumps(one) if isinstance(one, bool) else str(one)) for one in arguments)
    if isinstance(annotation, type) and issubclass(annotation, (BaseModel, Enum)):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return words("specification", _PLAIN.get(annotation, "text"), language)
