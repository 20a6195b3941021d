"""The rule catalogue: every rule of some specs, by category."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Loop, Rule
from disclosure_checks.runner.documentation.markdown import code, page, section, table, words

Edition = tuple[Rule, list[str]]  # a rule as the first format has it, and the formats that have it


def rule_catalogue(formats: Sequence[CompiledSpecification], language: str) -> str:
    """The document."""
    editions = _editions(formats)
    titles = {
        category: title.said_in(language) for one in formats for category, title in one.specification.categories.items()
    }
    by_category: dict[str, list[Edition]] = {category: [] for category in [*titles, ""]}
    for edition in editions.values():
        category = edition[0].category
        by_category[category if category in titles else ""].append(edition)
    parts = [
        section(titles.get(category) or words("rules", "other", language), _rules(rules, language))
        for category, rules in by_category.items()
        if rules
    ]
    intro = words("rules", "intro", language, count=str(len(editions)))
    return page(words("rules", "title", language), language, intro, *parts)


def _editions(formats: Iterable[CompiledSpecification]) -> dict[str, Edition]:
    found: dict[str, Edition] = {}
    for one in formats:
        for rule in (compiled.rule for compiled in one.rules):
            found.setdefault(rule.id, (rule, []))[1].append(one.specification.format)
    return found


def _rules(rules: Iterable[Edition], language: str) -> str:
    headings = [
        words("rules", name, language) for name in ("rule", "severity", "formula", "for_each", "basis", "formats")
    ]
    rows = [
        (
            f"`{rule.id}` {rule.title.said_in(language)}",
            code(rule.severity.value),
            code(rule.check),
            code(_loop(rule.for_each)),
            rule.basis,
            " ".join(code(one) for one in formats),
        )
        for rule, formats in rules
    ]
    return table(headings, rows)


def _loop(loop: Loop | None) -> str:
    """What a rule is repeated over, as it is written in YAML."""
    said: Mapping[str, object] = loop.model_dump(by_alias=True, exclude_unset=True) if loop else {}
    return ", ".join(f"{key}: {_plain(value)}" for key, value in said.items())


def _plain(value: object) -> str:
    return "[" + ", ".join(map(str, value)) + "]" if isinstance(value, (list, tuple)) else str(value)
