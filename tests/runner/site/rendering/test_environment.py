"""What templates print: escaped as Jinja escapes it, with the texts of the page's language."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from jinja2 import DictLoader, Environment, UndefinedError
from markupsafe import Markup, escape

from disclosure_checks.runner.site.rendering.environment import as_html, page_environment
from disclosure_checks.runner.site.views import TEMPLATE_PACKAGE
from disclosure_checks.runner.texts.site_texts import Texts

VALUES = ["", "南湖区", "第 60 行", "a<b", '"', "'", "A & B", 7, 0.5, True, None, Markup("<b>x</b>"), ["<"]]


def environment(template: str, *packages: str, **texts: str) -> Environment:
    made = page_environment(Texts("zh", texts), packages or [TEMPLATE_PACKAGE], (), ())
    made.loader = DictLoader({"page": template})
    return made


def rendered(template: str, values: Sequence[object] = (), **texts: str) -> str:
    return environment(template, **texts).get_template("page").render(values=values)


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_is_made_html_as_markupsafe_does(value: object) -> None:
    assert as_html(value) == escape(value)


def test_a_template_prints_what_jinja_itself_prints_of_it() -> None:
    template = (
        '{% macro cell(value) %}<td title="{{ value }}">{{ value }}</td>{% endmacro %}'
        "{% set kept %}{{ values[3] }}{% endset %}"
        "{% for value in values %}{{ cell(value) }}{{ value ~ '<' }}{% endfor %}{{ kept }}{{ values | join('>') }}"
    )
    plain = Environment(autoescape=True).from_string(template)
    assert rendered(template, VALUES) == plain.render(values=VALUES)


@pytest.mark.parametrize("text", ["规则", "A & B", "<b>", "{{ 1 }}", "{% if %}", "{# x #}", "{count} 项", " x", "x\n"])
def test_a_text_is_printed_as_it_is_and_escaped(text: str) -> None:
    assert rendered("[{{ texts.one }}]", one=text) == f"[{escape(text)}]"


def test_the_language_of_the_texts_is_printed_like_one_of_them() -> None:
    assert rendered("{{ texts.language }}") == "zh"


def test_a_text_that_is_not_there_is_a_mistake_in_the_program() -> None:
    with pytest.raises(UndefinedError):
        rendered("{{ texts.another }}", one="x")


def test_a_value_that_is_not_there_is_a_mistake_in_the_program() -> None:
    with pytest.raises(UndefinedError):
        rendered("{{ nowhere }}")
