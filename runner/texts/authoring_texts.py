"""The texts for authors of rules (``authoring_texts.yaml``)."""

from __future__ import annotations

from disclosure_checks.rules.texts.catalogue import Catalogue

AUTHORING_TEXTS = Catalogue("runner/texts/authoring_texts.yaml")


def authoring_text(block: str, name: str, language: str, /, **values: str) -> str:
    """A text for authors with its names filled in."""
    return AUTHORING_TEXTS.text(block, name, language, **values)
