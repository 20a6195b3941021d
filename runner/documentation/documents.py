"""Which documents there are, and where each is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.agency_list import agency_list_model
from disclosure_checks.rules.spec.model.body_facts import body_vocabulary
from disclosure_checks.rules.spec.model.extension import Extension
from disclosure_checks.rules.spec.model.specification import Specification
from disclosure_checks.rules.spec.source.yaml_source import compose, read_source
from disclosure_checks.rules.texts.catalogue import LANGUAGES
from disclosure_checks.runner.commands.spec_folder import load_specifications
from disclosure_checks.runner.documentation.command_reference import command_reference
from disclosure_checks.runner.documentation.fact_list import fact_list
from disclosure_checks.runner.documentation.formula_language import formula_language
from disclosure_checks.runner.documentation.key_examples import KeyExamples
from disclosure_checks.runner.documentation.markdown import page, table, words
from disclosure_checks.runner.documentation.message_list import message_list
from disclosure_checks.runner.documentation.rule_catalogue import rule_catalogue
from disclosure_checks.runner.documentation.spec_reference import spec_reference

_SPECS, _EXAMPLES, _AGENCIES = "specs", "specs/examples", "docs/agencies.yaml"


@dataclass(frozen=True)
class Sources:
    """What the documents are made from, beside the program itself."""

    formats: tuple[CompiledSpecification, ...]
    examples: KeyExamples

    @classmethod
    def of(cls, repository: Path) -> Sources:
        """The sources in the repository. Raises SpecificationError where a spec of it is not sound."""
        formats = sorted(load_specifications(repository / _SPECS), key=lambda one: -one.specification.years.first)
        specs = [*sorted((repository / _SPECS).glob("*.yaml")), *sorted((repository / _EXAMPLES).glob("*/*.yaml"))]
        written: list[tuple[type[BaseModel], Path]] = [(_model_of(path), path) for path in specs]
        written.append((agency_list_model(body_vocabulary()), repository / _AGENCIES))
        return cls(tuple(formats), KeyExamples.of_files(written))


def _model_of(spec: Path) -> type[BaseModel]:
    root, _ = compose(read_source(spec))
    return Extension if "extends" in root.values else Specification


DOCUMENTS: Mapping[str, Callable[[Sources, str], str]] = {
    "commands": lambda _, language: command_reference(language),
    "specification": lambda sources, language: spec_reference(sources.examples, language),
    "formulas": lambda _, language: formula_language(language),
    "facts": lambda _, language: fact_list(language),
    "rules": lambda sources, language: rule_catalogue(sources.formats, language),
    "messages": lambda _, language: message_list(language),
}
"""The documents by name, in the order in which the index lists them."""

INDEX = "README"


def documentation(sources: Sources) -> dict[str, str]:
    """Every document by its path below the folder of documents."""
    made = {
        f"{language}/{name}.md": make(sources, language) for language in LANGUAGES for name, make in DOCUMENTS.items()
    }
    return made | {f"{language}/{INDEX}.md": _index(language) for language in LANGUAGES}


def _index(language: str) -> str:
    rows = [(f"[{words(name, 'title', language)}]({name}.md)", words(name, "about", language)) for name in DOCUMENTS]
    headings = [words("index", "document", language), words("index", "content", language)]
    return page(words("index", "title", language), language, table(headings, rows))
