"""The texts of the site for people, in Chinese and English: ``site_texts.yaml``, loaded once. A missing key is an error."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from disclosure_checks.grammar.words.declared import declared
from disclosure_checks.rules.spec.model.specification import Text

LANGUAGES = ("zh", "en")


class MissingText(KeyError):
    """A text was asked for that the catalogue does not have: a mistake in the program, not in its input."""


class Texts:
    """The texts of one language."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = texts

    def __getitem__(self, key: str) -> str:
        try:
            return self._texts[key]
        except KeyError:
            raise MissingText(f"site_texts.yaml has no text {key!r} in {self.language!r}") from None

    def say(self, key: str, **values: object) -> str:
        """The text with its ``{names}`` filled in. The values are not escaped here: the templates do that."""
        return self[key].format(**values)

    def layout(self, layout: str) -> str:
        """The name of a layout; the layout's own id where it has none."""
        return self._texts.get(f"layout_{layout}", layout)

    def severity(self, severity: str) -> str:
        """The name of a severity."""
        return self[f"severity_{severity}"]

    def of(self, text: Text) -> str:
        """A text of a spec in this language."""
        return text.en if self.language == "en" else text.zh


@cache
def load_texts(language: str) -> Texts:
    """The texts of ``zh`` or ``en``.

    Raises:
        MissingText: the language is neither, or a text lacks this language.
    """
    if language not in LANGUAGES:
        raise MissingText(f"no texts in {language!r}; there are {' and '.join(LANGUAGES)}")
    catalogue = declared("disclosure_checks.runner.texts", "site_texts.yaml")
    lacking = [key for key, versions in catalogue.items() if language not in versions]
    if lacking:
        raise MissingText(f"site_texts.yaml has no {language!r} version of {', '.join(lacking)}")
    return Texts(language, {key: versions[language] for key, versions in catalogue.items()})
