from __future__ import annotations

import pytest

from disclosure_checks.rules.texts.catalogue import MissingText
from disclosure_checks.runner.texts.site_texts import load_texts


def test_a_missing_key_is_an_error() -> None:
    with pytest.raises(MissingText, match="no_such_key"):
        load_texts("zh")["no_such_key"]


def test_a_language_that_is_not_there_is_an_error() -> None:
    with pytest.raises(MissingText, match="'fr'"):
        load_texts("fr")
