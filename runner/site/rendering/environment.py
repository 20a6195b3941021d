"""What pages are rendered with: Jinja2 with autoescape on, and the texts of one language in its templates.

Two things make a page cheaper and its bytes no other. A text that a template does no more with than print it
(``{{ texts.rule }}``) is put into the template before it is compiled. And what need not be escaped is not wrapped into
``Markup`` on its way into the page: ``markupsafe.escape`` takes four times as long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from markupsafe import Markup, escape

from disclosure_checks.runner.texts.site_texts import Texts

_PRINTED_TEXT = re.compile(r"\{\{ texts\.(\w+) \}\}")
_needs_escaping = re.compile("[&<>'\"]").search


def page_environment(
    texts: Texts,
    packages: Sequence[str],
    navigation: Sequence[tuple[str, str]],
    colophon: Sequence[tuple[str, str]],
) -> Environment:
    """The environment of the pages in one language. ``packages``: those with the templates."""
    environment = _PageEnvironment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["texts"] = texts
    environment.globals["navigation"] = navigation
    environment.globals["colophon"] = colophon
    environment.add_extension(_TextsInTemplates)
    return environment


def as_html(value: object) -> str:
    """A value as a template prints it."""
    if type(value) is Markup or (type(value) is str and not _needs_escaping(value)):
        return value
    return escape(value)


class _TextsInTemplates(Extension):
    """Puts the texts that a template prints into it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        texts = self.environment.globals["texts"]
        return _PRINTED_TEXT.sub(
            lambda found: _as_template(self.environment.getattr(texts, found[1])) or found[0], source
        )


def _as_template(text: str) -> str:
    """A text as a template that prints it; "" where the template would not."""
    return "" if "{" in text or text != text.strip() else str(escape(text))


class _PageCode(CodeGenerator):
    """The Python code of a template, in which ``as_html`` stands for what else escapes its values."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # Jinja's name
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import {as_html.__name__} as escape")


class _PageEnvironment(Environment):
    code_generator_class = _PageCode
