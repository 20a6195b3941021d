"""No Python file of the three rooms knows a format: neither its printed words nor its ids.

Words are ideographs in a text of the program. What may stand there is how Chinese is written, whatever a text is
about: numerals, the signs of a calendar and of notes, the range of all letters; and what word processors print by a
standard of their own, see ``STANDARDS``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from disclosure_checks.grammar.words.declared import YAML_LOADER

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("grammar", "rules", "runner")
SPECS = ("2021_format.yaml", "2019_format.yaml")

LETTERS = "一-龥"
NUMERALS = frozenset("〇○零一二三四五六七八九十百千")
CALENDAR = frozenset("年月日")
NOTE_SIGN = frozenset("注")
STANDARDS = {
    "grammar/readers/word/ordinals.py": "list numbers of ECMA-376",
}
_BEFORE_A_PART = re.compile(r"([a-z_0-9]+)\.[a-z_*]")
IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")

TEXTS_OF_THE_PROGRAM = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*/**/*.yaml", "*/**/*.lark", "runner/site/templates/*", "runner/site/assets/*.js")
    for path in ROOT.glob(pattern)
    if path.relative_to(ROOT).parts[0] in ROOMS
)


def modules(room: str) -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / room).rglob("*.py"))


EACH_ROOM = pytest.mark.parametrize("room", ROOMS)


@cache
def said_in(module: str) -> tuple[tuple[int, str], ...]:
    """Line and text of every string of a module, but for docstrings and what editors show of a spec's keys."""
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    silent = {id(node) for node in _explanations(tree)}
    return tuple(
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
    )


def _explanations(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            yield from (one.value for one in body if isinstance(one, ast.Expr))
        if isinstance(node, ast.keyword) and node.arg == "description":
            yield from ast.walk(node.value)


def words_in(text: str) -> str:
    rest = text.replace(LETTERS, "")
    return "".join(one for one in IDEOGRAPH.findall(rest) if one not in NUMERALS | CALENDAR | NOTE_SIGN)


@EACH_ROOM
def test_no_module_of_a_room_holds_printed_words(room: str) -> None:
    own = [module for module in modules(room) if module not in STANDARDS]
    assert own
    assert [(module, line, text) for module in own for line, text in said_in(module) if words_in(text)] == []


def test_the_exceptions_are_modules_that_need_one() -> None:
    assert all(any(words_in(text) for _, text in said_in(module)) for module in STANDARDS)


@cache
def declared(name: str) -> Any:
    return yaml.load((ROOT / "specs" / name).read_text(encoding="utf-8"), YAML_LOADER)


def _ids(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _ids(one)
    elif isinstance(part, Mapping):
        yield from (str(part[key]) for key in ("id", "group") if key in part)
        for name in ("tables", "rows", "columns", "sections", "facts", "claims", "rules"):
            yield from _ids(part.get(name))


@cache
def ids_of_formats() -> frozenset[str]:
    """Ids that can be meant for nothing else: names of tables, of several words, and names with their parts.

    A single word such as ``total`` may be a key of the program as well.
    """
    found: set[str] = set()
    for name in SPECS:
        data = declared(name)
        found |= {data["format"], *(table["id"] for table in data["tables"])}
        found |= {one for one in _ids(data) if "_" in one or "." in one}
    return frozenset(found)


def named_ids(text: str) -> set[str]:
    """The ids of formats that a text is, or that it names with their parts, such as ``table.row``."""
    return ({text} | set(_BEFORE_A_PART.findall(text))) & ids_of_formats()


@EACH_ROOM
def test_no_module_of_a_room_names_an_id_of_a_format(room: str) -> None:
    own = [(module, line, text) for module in modules(room) for line, text in said_in(module)]
    assert [(module, line, text) for module, line, text in own if named_ids(text)] == []


def test_the_texts_of_the_program_name_no_id_of_a_format() -> None:
    named = {path: named_ids((ROOT / path).read_text(encoding="utf-8")) for path in TEXTS_OF_THE_PROGRAM}
    assert {path: ids for path, ids in named.items() if ids} == {}


def test_the_texts_of_the_program_have_no_words_of_the_annual_report() -> None:
    """What the specs call themselves, their tables, rows and columns is said by the specs alone."""
    texts = {path: (ROOT / path).read_text(encoding="utf-8") for path in TEXTS_OF_THE_PROGRAM}
    assert [(path, words) for path, text in texts.items() for words in words_of_formats() if words in text] == []


@cache
def words_of_formats() -> tuple[str, ...]:
    found: set[str] = {"政府信息公开", "信息公开", "年报核查", "annual report", "disclosure report"}
    for name in SPECS:
        data = declared(name)
        found |= {label for label in _labels(data["tables"]) if len(label) > SHORTEST_OWN_WORD}
    return tuple(sorted(found))


SHORTEST_OWN_WORD = 3  # characters; 其他, 总计 and the like are anybody's


def _labels(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _labels(one)
    elif isinstance(part, Mapping):
        if "label" in part:
            yield str(part["label"])
        for name in ("rows", "columns"):
            yield from _labels(part.get(name))
        if isinstance(part.get("title"), Mapping):
            yield str(part["title"]["zh"])
