"""Texts for people in both languages, kept in YAML files: the one loader of all of them.

A catalogue has one shape: blocks, in a block the names of texts, for each text its ``zh`` and its ``en``. ``{names}`` in
a text are filled in by the program; ``{count:report|reports}`` is the first word where the count is 1, else the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from disclosure_checks.grammar.words.declared import declared

LANGUAGES = ("zh", "en")

_PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)(?::([^{}|]*)\|([^{}|]*))?\}")


class MissingText(KeyError):
    """A text or a language that a catalogue does not have: a mistake in the program, not in its input."""

    def __str__(self) -> str:
        return str(self.args[0])  # a KeyError would show its message in quotation marks


class Catalogue:
    """The texts of one file, such as ``rules/texts/messages.yaml``; read when the first is asked for."""

    def __init__(self, path: str) -> None:
        self.path = path

    def text(self, block: str, name: str, language: str, /, **values: str) -> str:
        """A text with its placeholders filled in. Raises MissingText where the catalogue has none."""
        blocks = self._blocks
        try:
            text = blocks[block][name][language]
        except KeyError:
            raise MissingText(f"{self.path} has no text {block}.{name} in {language!r}") from None
        return fill_in(text, values) if values else text

    @property
    def blocks(self) -> tuple[str, ...]:
        """The names of the blocks."""
        return tuple(self._blocks)

    def names(self, block: str) -> tuple[str, ...]:
        """The names of the texts of a block. Raises MissingText where there is no such block."""
        blocks = self._blocks
        if block not in blocks:
            raise MissingText(f"{self.path} has no block {block}")
        return tuple(blocks[block])

    def block(self, block: str, language: str) -> Mapping[str, str]:
        """The texts of a block in one language, by name. Raises MissingText where there is no such block or language."""
        return {name: self.text(block, name, language) for name in self.names(block)}

    @cached_property
    def _blocks(self) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
        package, _, name = self.path.rpartition("/")
        blocks: Mapping[str, Mapping[str, Mapping[str, str]]] = declared(
            f"disclosure_checks.{package.replace('/', '.')}", name
        )
        lacking = list(_lacking(blocks))
        if lacking:
            raise MissingText(f"{self.path} has not both languages of {', '.join(lacking)}")
        return blocks


def fill_in(pattern: str, values: Mapping[str, str]) -> str:
    """A pattern with its ``{placeholders}`` replaced; one without a value stays as it is written."""
    placeholders, rest = _taken_apart(pattern)
    filled = [_filled(one, values) for one in placeholders]
    return "".join(filled) + rest


class _Placeholder(NamedTuple):
    """A placeholder of a pattern: what stands before it, and how it is written."""

    before: str
    written: str
    name: str
    singular: str | None
    plural: str | None


def _filled(one: _Placeholder, values: Mapping[str, str]) -> str:
    before, written, name, singular, plural = one
    if name not in values:
        return before + written
    if singular is None or plural is None:
        return before + values[name]
    return before + (singular if values[name] == "1" else plural)


@lru_cache(maxsize=4096)  # the patterns of the catalogues and of some specs
def _taken_apart(pattern: str) -> tuple[tuple[_Placeholder, ...], str]:
    """The placeholders of a pattern, and what stands behind the last."""
    found = []
    end = 0
    for match in _PLACEHOLDER.finditer(pattern):
        found.append(_Placeholder(pattern[end : match.start()], match[0], match[1], match[2], match[3]))
        end = match.end()
    return tuple(found), pattern[end:]


def placeholders(pattern: str) -> list[tuple[str, int]]:
    """The placeholders of a pattern, each with its position from 0."""
    return [(match[1], match.start()) for match in _PLACEHOLDER.finditer(pattern)]


def _lacking(blocks: Mapping[str, Any]) -> Iterator[str]:
    """The texts that are not there in each language, and in no other."""
    for block, texts in blocks.items():
        for name, versions in texts.items():
            complete = isinstance(versions, dict) and set(versions) == set(LANGUAGES)
            if not complete or not all(isinstance(text, str) and text for text in versions.values()):
                yield f"{block}.{name}"
