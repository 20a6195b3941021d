"""A spec that builds on another: a province's own rules over the national ones."""

from __future__ import annotations

from typing import Literal, Union

from pydantic import Field

from rules.specification import (
    FormatIdentifier,
    Identifier,
    Part,
    Rule,
    RuleIdentifier,
    Severity,
    Specification,
    Text,
    TextFact,
    Years,
)


class RuleOverride(Part):
    """A rule of the extended spec that is kept, with another severity or title."""

    id: RuleIdentifier
    override: Literal[True] = Field(description="The rule is one of the extended spec")
    severity: Severity | None = None
    title: Text | None = None


class Extension(Part):
    """What one spec adds to another. Tables, sections and values are those of the extended spec."""

    extends: str = Field(min_length=1, description="The file of the extended spec, seen from this file")
    format: FormatIdentifier | None = None
    title: Text | None = None
    basis: str | None = None
    years: Years | None = None
    facts: tuple[TextFact, ...] = ()
    categories: dict[Identifier, Text] = Field(default_factory=dict)
    rules: tuple[Union[Rule, RuleOverride], ...] = ()


def extend(base: Specification, extension: Extension) -> tuple[Specification, list[int]]:
    """The base with the additions, and the positions in ``extension.rules`` of overrides that match no rule."""
    rules = {rule.id: rule for rule in base.rules}
    unmatched: list[int] = []
    added: list[Rule] = []
    for position, rule in enumerate(extension.rules):
        if isinstance(rule, Rule):
            added.append(rule)
        elif rule.id in rules:
            changes = {"severity": rule.severity, "title": rule.title}
            given = {name: value for name, value in changes.items() if value is not None}
            rules[rule.id] = rules[rule.id].model_copy(update=given)
        else:
            unmatched.append(position)
    replaced = {
        name: value for name in ("format", "title", "basis", "years") if (value := getattr(extension, name)) is not None
    }
    extended = base.model_copy(
        update={
            **replaced,
            "facts": (*base.facts, *extension.facts),
            "categories": {**base.categories, **extension.categories},
            "rules": (*(rules[rule.id] for rule in base.rules), *added),
        }
    )
    return extended, unmatched
