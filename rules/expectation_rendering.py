"""How the expectations print themselves inside GX: sentences and tables in the language of the expectation.

GX hands a renderer a configuration, a result, or both; a result holds its configuration.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from great_expectations.core import ExpectationValidationResult
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.render.components import RenderedStringTemplateContent, RenderedTableContent

from rules.catalogue import catalogue_text

_CATALOGUE = "rules/expectation_texts.yaml"

Configuration: TypeAlias = ExpectationConfiguration | None
Result: TypeAlias = ExpectationValidationResult | None


def prescription(text_name: str, configuration: ExpectationConfiguration) -> tuple[str, dict[str, str]]:
    """The sentence that says what is expected: its template, and the title and formula to fill in."""
    language = language_of(configuration.kwargs)
    titles = (configuration.meta or {}).get("title") or {}
    title = titles.get(language) or configuration.kwargs.get("rule", "")
    params = {"title": str(title), "formula": str(configuration.kwargs.get("formula", ""))}
    return _text(text_name, "prescriptive", language), params


def observed_sentence(result: Result) -> RenderedStringTemplateContent:
    """How many reports pass, fail and cannot be assessed."""
    template = _text("shared", "observed", language_of(configuration_of(result).kwargs))
    return sentence(template, figures_of(result).get("observed_value") or {})


def failure_sentence(result: Result) -> list[RenderedStringTemplateContent]:
    """The formula, how often it fails and how much of it is listed; nothing where the rule holds."""
    figures = figures_of(result)
    details = figures.get("details") or {}
    if not details.get("failing_total"):
        return []
    kwargs = configuration_of(result).kwargs
    params = {
        "formula": kwargs["formula"],
        "total": details["failing_total"],
        "failed": figures["unexpected_count"],
        "shown": len(details["failing"]),
    }
    return [sentence(_text("shared", "statement", language_of(kwargs)), params)]


def failure_table(result: Result, columns: Mapping[str, str]) -> list[RenderedTableContent] | None:
    """The failing rows; None where there is none. ``columns``: name in a failing row -> its heading's text."""
    failing = (figures_of(result).get("details") or {}).get("failing")
    if not failing:
        return None
    language = language_of(configuration_of(result).kwargs)
    return [
        RenderedTableContent(
            content_block_type="table",
            header_row=[_text("columns", text, language) for text in columns.values()],
            table=[[printed(row[name]) for name in columns] for row in failing],
            styling={"body": {"classes": ["table-bordered", "table-sm", "mt-3"]}},
        )
    ]


def sentence(template: str, params: Mapping[str, Any]) -> RenderedStringTemplateContent:
    """A sentence whose values GX fills in, and escapes."""
    return RenderedStringTemplateContent(
        content_block_type="string_template",
        string_template={"template": template, "params": {name: printed(value) for name, value in params.items()}},
    )


def configuration_of(result: Result) -> ExpectationConfiguration:
    """The configuration a result belongs to. Raises ValueError where there is none."""
    if result is None or result.expectation_config is None:
        raise ValueError(
            "An expectation is rendered from a configuration or from a result that holds one; got neither."
        )
    return result.expectation_config


def figures_of(result: Result) -> dict[str, Any]:
    """What ``_validate`` gave; empty where there is no result."""
    return dict(result.result) if result is not None and result.result else {}


def language_of(kwargs: Mapping[str, Any]) -> str:
    """The language of an expectation; GX leaves out of kwargs what has its default value."""
    return str(kwargs.get("language", "zh"))


def _text(block: str, name: str, language: str) -> str:
    return catalogue_text(_CATALOGUE, block, name, language)


def printed(value: object) -> str:
    """A value of a failing row for a reader: whole numbers without a point, "" for what is missing."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(round(value, 6))
    if isinstance(value, (list, tuple)):
        return "; ".join(str(part) for part in value)
    return str(value)
