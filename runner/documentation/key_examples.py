"""An example of each key, taken from the specs and lists that come with the program: it is what somebody wrote."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from disclosure_checks.grammar.words.declared import plain_yaml
from disclosure_checks.rules.spec.key_texts import example_of, likes_of

_LONGEST = 90  # characters of an example
_WIDTH = 10_000  # of a line of YAML, so that it stays one


class KeyExamples:
    """The shortest example of each key that says more than nothing."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], str] = {}

    @classmethod
    def of_files(cls, files: Iterable[tuple[type[BaseModel], Path]]) -> KeyExamples:
        """Those of some files, each with the model it follows."""
        examples = cls()
        for model, path in files:
            data = plain_yaml(path.read_text(encoding="utf-8"))
            examples.collect(model.model_validate_json(json.dumps(data, ensure_ascii=False), strict=True))
        return examples

    def collect(self, part: BaseModel) -> None:
        """Take those of a part and of all that it holds."""
        for name in sorted(part.model_fields_set):
            value = getattr(part, name)
            self._keep(type(part).__name__, name, value)
            self._below(value)

    def of(self, part: type[BaseModel], name: str) -> str:
        """The example of a key; "" where no file has one and the catalogue gives none."""
        alike = [one.__name__ for one in likes_of(part.__name__)]
        found = (self._found.get((one, name), "") for one in (part.__name__, *alike))
        given = example_of(part, name)
        return next(filter(None, found), "" if given is None else in_yaml(given))

    def _below(self, value: object) -> None:
        if isinstance(value, BaseModel):
            self.collect(value)
        elif isinstance(value, tuple):
            for one in value:
                self._below(one)
        elif isinstance(value, Mapping):
            for one in value.values():
                self._below(one)

    def _keep(self, part: str, name: str, value: object) -> None:
        if value in (None, "", (), {}):
            return
        example = _shortened(value)
        known = self._found.get((part, name), "")
        if example and (not known or len(example) < len(known) > _LONGEST):
            self._found[part, name] = example


def in_yaml(value: object) -> str:
    """A value as YAML on one line."""
    plain = _plain(value)
    written: str = yaml.safe_dump(plain, allow_unicode=True, default_flow_style=True, sort_keys=False, width=_WIDTH)
    return written.removesuffix("\n").removesuffix("\n...")


def _shortened(value: object) -> str:
    """A value on one line, of a long list its first item alone; "" for a long one with parts, which have examples of their own."""
    text = in_yaml(value)
    if len(text) > _LONGEST and isinstance(value, tuple):
        value = value[:1]
        text = in_yaml(value)
    if len(text) <= _LONGEST:
        return text
    return "" if _holds_parts(value) else text[:_LONGEST] + "…"


def _holds_parts(value: object) -> bool:
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else ()
    return isinstance(value, BaseModel) or any(map(_holds_parts, inside))


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value
