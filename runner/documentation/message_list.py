"""Everything that the program says to people, by catalogue and block."""

from __future__ import annotations

from disclosure_checks.rules.spec.compiling.labels import MESSAGES
from disclosure_checks.rules.spec.source.problems import PROBLEM_TEXTS
from disclosure_checks.rules.texts.catalogue import Catalogue
from disclosure_checks.runner.documentation.markdown import code, page, section, table, words
from disclosure_checks.runner.texts.command_texts import COMMAND_TEXTS

_CATALOGUES: tuple[tuple[str, Catalogue], ...] = (
    ("findings", MESSAGES),
    ("problems", PROBLEM_TEXTS),
    ("running", COMMAND_TEXTS),
)


def message_list(language: str) -> str:
    """The document."""
    parts = [section(words("messages", name, language), *_blocks(one, language)) for name, one in _CATALOGUES]
    return page(words("messages", "title", language), language, words("messages", "intro", language), *parts)


def _blocks(catalogue: Catalogue, language: str) -> list[str]:
    return [section(code(block), _table(catalogue, block, language), level=3) for block in catalogue.blocks]


def _table(catalogue: Catalogue, block: str, language: str) -> str:
    headings = [words("frame", "name", language), words("messages", "message", language)]
    return table(headings, [(code(name), text) for name, text in catalogue.block(block, language).items()])
