"""ARCHITECTURE and CONTRIBUTING name what there is: files, folders, commands, and every floor of the code."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import yaml

from tests.checking import ROOT
from tests.test_structure import FOLDERS, LONGEST_MODULE, MOST_MODULES, ROOMS, place

ARCHITECTURE = ROOT / "docs" / "ARCHITECTURE.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
DOCUMENTS = pytest.mark.parametrize("document", [ARCHITECTURE, CONTRIBUTING], ids=lambda document: document.name)
# what a run writes is no file of the repository
OF_A_RUN = re.compile(r"reports_out/|build/|rules/index\.html$|(cells|findings)\.csv$")
RECIPES = re.compile(r"^([a-z][a-z-]*)(?: \*[a-z]+)?:(?!=)", re.MULTILINE)


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def named_in(document: Path) -> list[str]:
    """What stands in backticks, blocks of code left out."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text_of(document), flags=re.MULTILINE | re.DOTALL))


def paths_in(document: Path) -> list[str]:
    """The names in a document that can only be those of files and folders."""
    looks_like_a_path = re.compile(
        r"[\w.-]+(/[\w.-]+)+/?|[\w.-]+/|[\w.-]+\.(py|md|toml|txt|yaml|lark|html|csv)|justfile"
    )
    return [name for name in named_in(document) if looks_like_a_path.fullmatch(name) and not OF_A_RUN.match(name)]


def recipes() -> set[str]:
    return set(RECIPES.findall(text_of(ROOT / "justfile"))) - {"default"}


@DOCUMENTS
def test_every_path_named_exists(document: Path) -> None:
    paths = paths_in(document)
    assert len(paths) > 20
    assert [path for path in paths if not (ROOT / path).exists()] == []


@DOCUMENTS
def test_every_link_leads_somewhere(document: Path) -> None:
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text_of(document)) if not link.startswith("https:")]
    assert links
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_floor_of_the_code_is_named() -> None:
    named = {name.rstrip("/") for name in named_in(ARCHITECTURE)}
    assert [place(folder) for folder in FOLDERS if place(folder) not in named] == []
    assert set(ROOMS) <= named


def test_every_daily_command_named_is_in_the_justfile_and_every_one_there_is_named() -> None:
    documents = [*map(text_of, (ARCHITECTURE, CONTRIBUTING)), text_of(ROOT / "constraints.txt")]
    named = {command for text in documents for command in re.findall(r"(?:`|^|&& )just ([a-z-]+)", text, re.MULTILINE)}
    assert named == recipes()


def test_every_name_of_the_code_that_is_mentioned_is_there() -> None:
    files = (path for folder in (*ROOMS, "tests", "specs") for path in (ROOT / folder).rglob("*"))
    code = [text_of(path) for path in files if path.suffix in (".py", ".yaml") and path != Path(__file__)]
    known = set().union(*(re.findall(r"\w+", text) for text in code))
    mentioned = {name for document in (ARCHITECTURE, CONTRIBUTING) for name in named_in(document)}
    names = {name for name in mentioned if re.fullmatch(r"\w*[a-zA-Z]_\w*|[A-Z][a-z]+[A-Z]\w+", name)}
    assert len(names) > 20
    assert names - known == set()


@pytest.mark.parametrize("file", ["justfile", ".pre-commit-config.yaml"])
def test_what_the_commands_run_is_there(file: str) -> None:
    text = text_of(ROOT / file)
    modules = [
        ROOT.joinpath(*name.split(".")).with_suffix(".py") for name in re.findall(r"python -m (tests[\w.]+)", text)
    ]
    scripts = [ROOT / script for script in re.findall(r"\.ci/\w+", text)]
    assert scripts
    assert [place(path) for path in (*modules, *scripts) if not path.is_file()] == []
    assert [place(path) for path in scripts if not os.access(path, os.X_OK)] == []


def test_nothing_is_downloaded_before_a_commit() -> None:
    configuration = yaml.safe_load(text_of(ROOT / ".pre-commit-config.yaml"))
    assert {one["repo"] for one in configuration["repos"]} == {"local"}
    assert {hook["language"] for one in configuration["repos"] for hook in one["hooks"]} == {"system"}


def test_the_command_that_refreshes_versions_is_the_one_explained() -> None:
    compile_command = re.compile(r"uv pip compile [^>\n]*pyproject\.toml")
    [done] = compile_command.findall(text_of(ROOT / "justfile"))
    assert compile_command.findall(text_of(CONTRIBUTING)) == [done]


def test_the_house_rules_have_the_numbers_that_are_tested() -> None:
    rules = text_of(CONTRIBUTING)
    assert f"at most {LONGEST_MODULE} lines" in rules
    assert f"at most {MOST_MODULES} modules" in rules


def test_there_are_six_recipes_and_each_says_how_many_files_are_opened() -> None:
    section = text_of(CONTRIBUTING).split("## Six recipes")[1]
    recipes = re.findall(
        r"^### (\d)\. [^\n]+ \((\d+)(?: each)?\)\n(.*?)(?=^### |\Z)", section, re.MULTILINE | re.DOTALL
    )
    assert [int(number) for number, _, _ in recipes] == [1, 2, 3, 4, 5, 6]
    for _, files, text in recipes:
        assert len(re.findall(r"^\d+\. ", text, re.MULTILINE)) == int(files)
