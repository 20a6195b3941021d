"""The texts of the site and the workbook (``site_texts.yaml``), loaded once. A missing key is an error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from disclosure_checks.rules.spec.model.specification import Specification, Text
from disclosure_checks.rules.texts.catalogue import Catalogue, MissingText, fill_in

SITE_TEXTS = Catalogue("runner/texts/site_texts.yaml")
_BLOCK = "site"


class Texts:
    """The texts of one language."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = texts

    def __getitem__(self, key: str) -> str:
        try:
            return self._texts[key]
        except KeyError:
            raise MissingText(f"{SITE_TEXTS.path} has no text {_BLOCK}.{key} in {self.language!r}") from None

    def say(self, key: str, **values: object) -> str:
        """The text with its ``{names}`` filled in. The values are not escaped here: the templates do that."""
        return fill_in(self[key], {name: str(value) for name, value in values.items()})

    def layout(self, layout: str) -> str:
        """The name of a layout; the layout's own id where it has none."""
        return self._texts.get(f"layout_{layout}", layout)

    def severity(self, severity: str) -> str:
        """The name of a severity."""
        return self[f"severity_{severity}"]

    def product(self, specifications: Iterable[Specification]) -> str:
        """What the pages of some specs are called: what all of them say, else a neutral name."""
        names = {self.of(one.product) if one.product else "" for one in specifications}
        return (names.pop() if len(names) == 1 else "") or self["product"]

    def document_name(self, specifications: Iterable[Specification]) -> str:
        """What the documents of some specs are called: what all of them say, else a neutral word."""
        names = {self.of(one.document_name) if one.document_name else "" for one in specifications}
        return (names.pop() if len(names) == 1 else "") or self["document_name"]

    def of(self, text: Text) -> str:
        """A text of a spec in this language."""
        return text.said_in(self.language)


@cache
def load_texts(language: str) -> Texts:
    """The texts of ``zh`` or ``en``. Raises MissingText where the language is neither."""
    return Texts(language, SITE_TEXTS.block(_BLOCK, language))
