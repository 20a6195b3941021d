"""The formula language: operators, names, functions and loops, each with an example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from disclosure_checks.grammar.words.declared import declared
from disclosure_checks.rules.formula.functions import FUNCTIONS
from disclosure_checks.runner.documentation.markdown import code, page, section, table, words

_LISTS = ("operators", "names")


def formula_language(language: str) -> str:
    """The document."""
    lists = {name: _entries(name) for name in _LISTS} | {"functions": _functions(), "loops": _entries("loops")}
    parts = [section(words("formulas", name, language), _table(entries, language)) for name, entries in lists.items()]
    return page(words("formulas", "title", language), language, words("formulas", "intro", language), *parts)


def formula_examples() -> Iterator[tuple[str, str]]:
    """Every example with what is written before it: the loop it stands in, or nothing."""
    for name in (*_LISTS, "functions"):
        entries = _functions() if name == "functions" else _entries(name)
        yield from (("", entry["example"]) for entry in entries if "example" in entry)
    yield from ((entry["written"], entry["example"]) for entry in _entries("loops"))


def _table(entries: list[Mapping[str, str]], language: str) -> str:
    headings = [
        words("formulas", "written", language),
        *(words("frame", one, language) for one in ("meaning", "example")),
    ]
    rows = [(code(one["written"]), one.get(language, ""), code(one.get("example", ""))) for one in entries]
    return table(headings, rows)


def _functions() -> list[Mapping[str, str]]:
    """The functions that there are; one without words stands without them."""
    said = _language()["functions"]
    return [{"written": f"{name}(…)", **said.get(name, {})} for name in FUNCTIONS]


def _entries(name: str) -> list[Mapping[str, str]]:
    entries: list[Mapping[str, str]] = _language()[name]
    return entries


@cache
def _language() -> Mapping[str, Any]:
    entries: Mapping[str, Any] = declared("disclosure_checks.rules.texts", "formula_language.yaml")
    return entries
