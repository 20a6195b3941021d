from __future__ import annotations

import pytest
import yaml

from disclosure_checks.rules.texts.catalogue import LANGUAGES, fill_in, placeholders
from tests.checking import ROOT

CATALOGUES = ["rules/texts/messages.yaml", "rules/texts/spec_problems.yaml", "runner/texts/check_spec.yaml"]


def texts_of(catalogue: str) -> list[tuple[str, dict[str, str]]]:
    blocks = yaml.safe_load((ROOT / catalogue).read_text(encoding="utf-8"))
    return [(f"{block}.{name}", texts) for block, entries in blocks.items() for name, texts in entries.items()]


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_every_text_is_there_in_both_languages_with_the_same_placeholders(catalogue: str):
    for name, texts in texts_of(catalogue):
        assert set(texts) == set(LANGUAGES), name
        assert all(isinstance(text, str) and text for text in texts.values()), name
        used = [sorted({placeholder for placeholder, _ in placeholders(texts[language])}) for language in LANGUAGES]
        assert used[0] == used[1], name


def test_what_is_filled_in_is_not_filled_in_again():
    assert fill_in("{a} {b} {c}", {"a": "{b}", "b": "2"}) == "{b} 2 {c}"
