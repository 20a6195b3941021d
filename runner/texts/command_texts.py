"""The texts of the commands (``command_texts.yaml``)."""

from __future__ import annotations

from disclosure_checks.rules.texts.catalogue import catalogue_names, catalogue_text, fill_in

_CATALOGUE = "runner/texts/command_texts.yaml"


def command_text(block: str, name: str, language: str, **values: str) -> str:
    """A text of the commands with its names filled in."""
    return fill_in(catalogue_text(_CATALOGUE, block, name, language), values)


def command_text_names(block: str) -> tuple[str, ...]:
    """The names of the texts of a block."""
    return catalogue_names(_CATALOGUE, block)
