"""The texts of the self-check page (``server_texts.yaml``), beside those of the site."""

from __future__ import annotations

from functools import cache

from disclosure_checks.rules.texts.catalogue import Catalogue
from disclosure_checks.runner.texts.site_texts import SITE_TEXTS, Texts

SERVER_TEXTS = Catalogue("runner/texts/server_texts.yaml")


@cache
def load_server_texts(language: str) -> Texts:
    """The texts of the pages that a server shows, ``zh`` or ``en``: the site's and its own."""
    return Texts(language, {**SITE_TEXTS.block("site", language), **SERVER_TEXTS.block("server", language)})


def problem_texts(code: str, language: str) -> tuple[str, str]:
    """What is wrong with a request, and what to do."""
    return SERVER_TEXTS.text("problems", code, language), SERVER_TEXTS.text("advice", code, language)
