"""What the expectations print inside GX: sentences and tables in the language of the expectation.

Plain data in, plain data out: the ``kwargs`` and ``meta`` of an expectation's configuration, the ``figures`` of its
result. ``rules.expectations.rule_expectations`` wraps what comes out in GX's content classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from disclosure_checks.rules.texts.catalogue import Catalogue

EXPECTATION_TEXTS = Catalogue("rules/texts/expectation_texts.yaml")


class Sentence(NamedTuple):
    """A template with ``$names``, and what GX fills in for them (and escapes)."""

    template: str
    params: dict[str, str]


class FailureTable(NamedTuple):
    """Headings and printed rows."""

    headings: list[str]
    rows: list[list[str]]


def prescription(text_name: str, kwargs: Mapping[str, Any], meta: Mapping[str, Any] | None) -> Sentence:
    """What is expected: the rule's title and its formula, in the words of the kind ``text_name``."""
    language = _language(kwargs)
    titles = (meta or {}).get("title") or {}
    title = titles.get(language) or kwargs.get("rule", "")
    return _sentence(text_name, "prescriptive", language, {"title": title, "formula": kwargs.get("formula", "")})


def observation(kwargs: Mapping[str, Any], figures: Mapping[str, Any]) -> Sentence:
    """How many reports pass, fail and cannot be assessed."""
    return _sentence("shared", "observed", _language(kwargs), figures.get("observed_value") or {})


def failure_sentence(kwargs: Mapping[str, Any], figures: Mapping[str, Any]) -> Sentence | None:
    """The formula, how often it fails and how much of it is listed; None where the rule holds."""
    details = figures.get("details") or {}
    if not details.get("failing_total"):
        return None
    params = {
        "formula": kwargs["formula"],
        "total": details["failing_total"],
        "failed": figures["unexpected_count"],
        "shown": len(details["failing"]),
    }
    return _sentence("shared", "statement", _language(kwargs), params)


def failure_table(
    kwargs: Mapping[str, Any], figures: Mapping[str, Any], columns: Mapping[str, str]
) -> FailureTable | None:
    """The failing rows; None where there is none. ``columns``: name in a failing row -> name of its heading."""
    failing = (figures.get("details") or {}).get("failing")
    if not failing:
        return None
    headings = [EXPECTATION_TEXTS.text("columns", heading, _language(kwargs)) for heading in columns.values()]
    return FailureTable(headings, [[printed(row[name]) for name in columns] for row in failing])


def printed(value: object) -> str:
    """A value for a reader: whole numbers without a point, lists joined, "" for what is missing."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(round(value, 6))
    if isinstance(value, (list, tuple)):
        return "; ".join(str(part) for part in value)
    return str(value)


def _sentence(block: str, name: str, language: str, values: Mapping[str, object]) -> Sentence:
    template = EXPECTATION_TEXTS.text(block, name, language)
    return Sentence(template, {param: printed(value) for param, value in values.items()})


def _language(kwargs: Mapping[str, Any]) -> str:
    # GX leaves out of kwargs what has its default value
    return str(kwargs.get("language", "zh"))
