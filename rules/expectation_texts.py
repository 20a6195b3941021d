"""The words the expectations print inside Great Expectations, in both languages; kept in expectation_texts.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

_CATALOGUE = Path(__file__).with_name("expectation_texts.yaml")


@cache
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    loaded: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(_CATALOGUE.read_text(encoding="utf-8"))
    return loaded


def expectation_text(block: str, name: str, language: str) -> str:
    """The text under ``block`` and ``name``. Raises KeyError where the catalogue lacks it."""
    return _texts()[block][name][language]
