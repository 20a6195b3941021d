"""Texts for people in both languages, kept in YAML files beside the modules that say them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from disclosure_checks.grammar.words.declared import declared

LANGUAGES = ("zh", "en")

_PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)\}")


@cache
def catalogue_text(catalogue: str, block: str, name: str, language: str) -> str:
    """The text ``block`` / ``name`` of a catalogue, such as ``rules/texts/messages.yaml``. Raises KeyError if it lacks it."""
    return _load(catalogue)[block][name][language]


def catalogue_names(catalogue: str, block: str) -> tuple[str, ...]:
    """The names of a block of a catalogue."""
    return tuple(_load(catalogue)[block])


def fill_in(pattern: str, values: Mapping[str, str]) -> str:
    """A pattern with its ``{placeholders}`` replaced; one without a value stays as it is written."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), pattern)


def placeholders(pattern: str) -> list[tuple[str, int]]:
    """The placeholders of a pattern, each with its position from 0."""
    return [(match[1], match.start()) for match in _PLACEHOLDER.finditer(pattern)]


@cache
def _load(catalogue: str) -> dict[str, dict[str, dict[str, str]]]:
    package, _, name = catalogue.rpartition("/")
    loaded: dict[str, dict[str, dict[str, str]]] = declared(f"disclosure_checks.{package.replace('/', '.')}", name)
    return loaded
