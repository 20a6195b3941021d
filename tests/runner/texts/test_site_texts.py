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


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [("en", 1, "1 report"), ("en", 0, "0 reports"), ("en", 21, "21 reports"), ("zh", 1, "1 份")],
    ids=["one", "none", "many", "Chinese has one form"],
)
def test_a_word_follows_the_number_before_it(language: str, count: int, words: str) -> None:
    assert load_texts(language).say("row_total_reports", count=count) == words


def test_a_sentence_with_several_numbers_has_the_form_of_each() -> None:
    said = load_texts("en").say("rule_counts", reports=1, failures=2, not_assessable=1)
    assert said == "1 report fails it, 2 times in all; 1 time it could not be assessed."
