"""Every catalogue of texts: complete in both languages, one kind of error where it is not."""

from __future__ import annotations

import pytest
import yaml

from disclosure_checks.rules.expectations.rendering import EXPECTATION_TEXTS
from disclosure_checks.rules.spec.compiling.labels import MESSAGES
from disclosure_checks.rules.spec.model.body_facts import BODIES
from disclosure_checks.rules.spec.source.problems import PROBLEM_TEXTS
from disclosure_checks.rules.texts import catalogue as loading
from disclosure_checks.rules.texts.catalogue import LANGUAGES, Catalogue, MissingText, fill_in, placeholders
from disclosure_checks.runner.documentation.markdown import TEXTS as DOCUMENTATION_TEXTS
from disclosure_checks.runner.site.return_notes.note_wording import RETURN_NOTE_TEXTS
from disclosure_checks.runner.texts.authoring_texts import AUTHORING_TEXTS
from disclosure_checks.runner.texts.command_texts import COMMAND_TEXTS
from disclosure_checks.runner.texts.server_texts import SERVER_TEXTS
from disclosure_checks.runner.texts.site_texts import SITE_TEXTS
from tests.checking import ROOT

CATALOGUES = [
    EXPECTATION_TEXTS, MESSAGES, BODIES, PROBLEM_TEXTS, COMMAND_TEXTS, AUTHORING_TEXTS, DOCUMENTATION_TEXTS, SITE_TEXTS,
    SERVER_TEXTS, RETURN_NOTE_TEXTS,
]  # fmt: skip
REFERENCES = {
    "rules/texts/spec_keys.yaml",
    "rules/texts/formula_language.yaml",
}  # what the reference says, tested there
EACH = pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda one: one.path)


def blocks_of(catalogue: Catalogue) -> dict[str, dict[str, dict[str, str]]]:
    return yaml.safe_load((ROOT / catalogue.path).read_text(encoding="utf-8"))


def test_every_file_of_texts_is_a_catalogue():
    files = [*(ROOT / "rules" / "texts").glob("*.yaml"), *(ROOT / "runner" / "texts").glob("*.yaml")]
    assert {file.relative_to(ROOT).as_posix() for file in files} - REFERENCES == {one.path for one in CATALOGUES}


@EACH
def test_every_text_is_there_in_both_languages_with_the_same_placeholders(catalogue: Catalogue):
    for block, texts in blocks_of(catalogue).items():
        for name, versions in texts.items():
            said = {language: catalogue.text(block, name, language) for language in LANGUAGES}
            assert versions == said, f"{block}.{name}"
            used = [sorted({placeholder for placeholder, _ in placeholders(text)}) for text in said.values()]
            assert used[0] == used[1], f"{block}.{name}"


@EACH
def test_a_text_or_a_language_that_is_not_there_is_one_kind_of_error(catalogue: Catalogue):
    block, texts = next(iter(blocks_of(catalogue).items()))
    name = next(iter(texts))
    for wanted in ((block, name, "fr"), (block, "no_such_text", "zh"), ("no_such_block", name, "zh")):
        with pytest.raises(MissingText, match=rf"{catalogue.path} has no text {wanted[0]}\.{wanted[1]} in"):
            catalogue.text(*wanted)
    with pytest.raises(MissingText, match="no_such_block"):
        catalogue.names("no_such_block")


@pytest.mark.parametrize(
    "versions",
    [
        pytest.param({"zh": "有"}, id="a language too few"),
        pytest.param({"zh": "有", "en": "there", "fr": "là"}, id="a language too many"),
        pytest.param({"zh": "有", "en": ""}, id="an empty text"),
        pytest.param({"zh": "有", "en": True}, id="no text"),
        pytest.param("有", id="no languages"),
    ],
)
def test_a_catalogue_that_is_not_whole_is_not_used(versions: object, monkeypatch: pytest.MonkeyPatch):
    blocks = {"block": {"whole": {"zh": "有", "en": "there"}, "broken": versions}}
    monkeypatch.setattr(loading, "declared", lambda package, name: blocks)
    with pytest.raises(MissingText, match=r"rules/texts/own\.yaml has not both languages of block\.broken"):
        Catalogue("rules/texts/own.yaml").text("block", "whole", "zh")


@pytest.mark.parametrize(
    ("values", "text"),
    [
        pytest.param({"count": "1", "of": "x"}, "1 report of x", id="one"),
        pytest.param({"count": "2", "of": "x"}, "2 reports of x", id="several"),
        pytest.param({"of": "x"}, "{count} {count:report|reports} of x", id="what is not known stays as it is written"),
    ],
)
def test_a_word_follows_its_count(values: dict[str, str], text: str):
    assert fill_in("{count} {count:report|reports} of {of}", values) == text


def test_what_is_filled_in_is_not_filled_in_again():
    assert fill_in("{a} {b} {c}", {"a": "{b}", "b": "2"}) == "{b} 2 {c}"
