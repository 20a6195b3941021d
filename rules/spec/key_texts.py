"""What each part and key of a spec is for, in both languages: hover text of editors and the reference in the docs.

``rules/texts/spec_keys.yaml`` holds the words. The English of a key is the description of its field where the model has
one, and that of a part the first paragraph of its docstring; both would otherwise stand twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Any, Union, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from disclosure_checks.grammar.words.declared import declared
from disclosure_checks.rules.spec.model import specification
from disclosure_checks.rules.spec.model.parts import CHINESE

Described = Union[type[BaseModel], type[Enum]]
PART = "_"  # the entry of the part itself
_LIKE = "like"


def key_name(name: str, field: FieldInfo) -> str:
    """A key as it is written in YAML."""
    return field.alias or name


def key_text(model: type[BaseModel], name: str, language: str) -> str:
    """What a key of a part is for; "" where nothing is said of it. ``name``: that of the field."""
    field = model.model_fields[name]
    if language == "en" and field.description:
        return field.description
    if language != "en" and isinstance(field.json_schema_extra, dict) and CHINESE in field.json_schema_extra:
        return str(field.json_schema_extra[CHINESE])
    said = _entry(model.__name__, key_name(name, field)).get(language, "")
    if said or language != "en":
        return said
    described = (like.model_fields[name].description for like in likes_of(model.__name__) if name in like.model_fields)
    return next((text for text in described if text), "")


def example_of(model: type[BaseModel], name: str) -> object:
    """The example that the catalogue gives for a key that no spec of ours uses; None without one."""
    return _entry(model.__name__, key_name(name, model.model_fields[name])).get("example")


def part_text(part: Described, language: str) -> str:
    """What a part is, or what a list of choices is about."""
    said = _entry(part.__name__, PART)
    if language in said or language != "en":
        return said.get(language, "")
    first = (part.__doc__ or "").split("\n\n", 1)[0]
    return re.sub(r"\s+", " ", first.replace("``", "`")).strip()


def choice_texts(choices: type[Enum], language: str) -> dict[str, str]:
    """What each choice means, by the word for it."""
    return {str(one.value): _entry(choices.__name__, str(one.value)).get(language, "") for one in choices}


def parts_of(roots: Iterable[type[BaseModel]]) -> list[Described]:
    """The models and choices that some models are made of, each once, in the order in which they are met."""
    found: dict[Described, None] = {}
    for root in roots:
        _collect(root, found)
    return list(found)


def _collect(annotation: object, found: dict[Described, None]) -> None:
    if isinstance(annotation, type) and issubclass(annotation, (BaseModel, Enum)):
        if annotation in found:
            return
        found[annotation] = None
        if issubclass(annotation, BaseModel):
            for field in annotation.model_fields.values():
                _collect(field.annotation, found)
        return
    for argument in get_args(annotation):
        _collect(argument, found)


def _entry(part: str, key: str) -> Mapping[str, str]:
    """What the catalogue says of a key, or of the same key of a part that it is like."""
    return next((own[key] for own in _with_likes(part) if key in own), {})


def _with_likes(part: str) -> Iterator[Mapping[str, Any]]:
    own = _catalogue().get(part)
    if own is None:
        return
    yield own
    for inherited in _with_likes(own[_LIKE]) if _LIKE in own else ():
        yield {key: said for key, said in inherited.items() if key != PART}


def likes_of(part: str) -> Iterator[type[BaseModel]]:
    """The parts that a part is like, nearest first."""
    like = _catalogue().get(part, {}).get(_LIKE)
    if like is not None:
        yield getattr(specification, like)
        yield from likes_of(like)


@cache
def _catalogue() -> Mapping[str, Mapping[str, Any]]:
    entries: Mapping[str, Mapping[str, Any]] = declared("disclosure_checks.rules.texts", "spec_keys.yaml")
    return entries
