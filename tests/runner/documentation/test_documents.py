"""The reference in docs/ is what the code makes of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from disclosure_checks.grammar.words.declared import declared
from disclosure_checks.rules.formula.functions import FUNCTIONS
from disclosure_checks.rules.spec.key_texts import parts_of
from disclosure_checks.rules.texts.catalogue import LANGUAGES
from disclosure_checks.runner.commands import check_spec
from disclosure_checks.runner.commands.exit_codes import ExitCode
from disclosure_checks.runner.documentation.__main__ import write_documentation
from disclosure_checks.runner.documentation.documents import DOCUMENTS, INDEX, Sources, documentation
from disclosure_checks.runner.documentation.formula_language import formula_examples
from disclosure_checks.runner.documentation.markdown import table
from disclosure_checks.runner.documentation.spec_reference import roots
from tests.checking import ROOT

DOCS = ROOT / "docs"
EXAMPLE = ROOT / "specs" / "examples" / "proposals" / "proposals.yaml"
NAMES = [f"{language}/{name}.md" for language in LANGUAGES for name in (*DOCUMENTS, INDEX)]


@cache
def made() -> dict[str, str]:
    return documentation(sources())


@cache
def sources() -> Sources:
    return Sources.of(ROOT)


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_fresh(name: str) -> None:
    """Write them anew with ``python -m disclosure_checks.runner.documentation``."""
    assert (DOCS / name).read_text(encoding="utf-8") == made()[name]


def test_there_is_no_document_that_is_no_longer_made() -> None:
    by_hand = {"first_rule.md"}
    there = {f"{folder}/{path.name}" for folder in LANGUAGES for path in (DOCS / folder).iterdir()}
    assert {name for name in there if Path(name).name not in by_hand} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_link_of_a_document_leads_somewhere(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    anchors = {f"#{heading.lower()}" for heading in re.findall(r"^#+ (\w+)$", text, re.MULTILINE)}
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        assert link in anchors or (DOCS / name).parent.joinpath(link).exists(), link


def _plain_keys() -> Iterator[tuple[type[BaseModel], str]]:
    """Every key that holds no part of its own; a part has its own examples."""
    for part in parts_of(roots()):
        if issubclass(part, BaseModel):
            for name, field in part.model_fields.items():
                if not any(issubclass(one, BaseModel) for one in _types(field.annotation)):
                    yield part, name


def _types(annotation: object) -> Iterator[type]:
    if isinstance(annotation, type):
        yield annotation
    for argument in get_args(annotation):
        yield from _types(argument)


def test_every_key_has_an_example() -> None:
    lacking = [f"{part.__name__}.{name}" for part, name in _plain_keys() if not sources().examples.of(part, name)]
    assert lacking == []


def test_every_function_is_explained() -> None:
    said = declared("disclosure_checks.rules.texts", "formula_language.yaml")["functions"]
    assert [name for name in FUNCTIONS if set(said.get(name, {})) != {"zh", "en", "example"}] == []


def test_the_examples_of_the_formula_language_are_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = "".join(
        f"  - {{id: documentation.example_{number}, title: {{zh: 例子, en: Example}}, severity: info, "
        f"check: '{formula}'{f', for_each: {loop}' if loop else ''}}}\n"
        for number, (loop, formula) in enumerate(formula_examples())
    )
    spec = tmp_path / EXAMPLE.name
    spec.write_text(EXAMPLE.read_text(encoding="utf-8") + rules, encoding="utf-8")
    assert check_spec.main([str(spec)]) == ExitCode.CLEAN, capsys.readouterr().err


def test_a_cell_of_a_table_holds_no_end_of_a_cell() -> None:
    assert table(["a", "b"], [["x|y", ""]]) == "| a | b |\n|---|---|\n| x\\|y | — |"


def test_only_what_differs_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disclosure_checks.runner.documentation.__main__.documentation", lambda _: made())
    monkeypatch.setattr(Sources, "of", classmethod(lambda cls, _: sources()))
    assert write_documentation(ROOT) == []
