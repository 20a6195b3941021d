from __future__ import annotations

import re
from importlib import resources
from typing import Any

import pytest
import yaml

from disclosure_checks.runner.texts.site_texts import LANGUAGES, MissingText, load_texts

CATALOGUE: dict[str, dict[str, str]] = yaml.safe_load(
    resources.files("disclosure_checks.runner.texts").joinpath("site_texts.yaml").read_text(encoding="utf-8")
)


def test_every_text_exists_in_both_languages_and_no_other() -> None:
    assert {key: sorted(versions) for key, versions in CATALOGUE.items()} == {key: ["en", "zh"] for key in CATALOGUE}


def test_both_languages_fill_in_the_same_values() -> None:
    def names(text: Any) -> list[str]:
        return sorted(re.findall(r"\{(\w+)\}", text))

    assert {key for key, versions in CATALOGUE.items() if names(versions["zh"]) != names(versions["en"])} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_a_text(language: str) -> None:
    assert [key for key, versions in CATALOGUE.items() if not isinstance(versions[language], str)] == []


def test_a_missing_key_is_an_error() -> None:
    with pytest.raises(MissingText, match="no_such_key"):
        load_texts("zh")["no_such_key"]


def test_a_language_that_is_not_there_is_an_error() -> None:
    with pytest.raises(MissingText, match="'fr'"):
        load_texts("fr")
