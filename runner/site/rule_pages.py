"""Builds the page of each rule and the list of all rules, from the specs and what the rules came to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Example, Loop, Rule, Text
from disclosure_checks.runner.exports.plain_values import plain_number
from disclosure_checks.runner.exports.records import SEVERITIES
from disclosure_checks.runner.site.labels import (
    RULE_LIST,
    href,
    page_frame,
    rule_paths,
    severity_tally,
)
from disclosure_checks.runner.site.overview.pinyin import syllables
from disclosure_checks.runner.site.page_models import (
    LabelledText,
    Link,
    RuleCategory,
    RuleEdition,
    RuleExample,
    RuleLine,
    RuleListPage,
    RulePage,
)
from disclosure_checks.runner.site.rule_failures.lists import failing_by_year, failing_parts, part_paths
from disclosure_checks.runner.site.rule_failures.results import RuleResults
from disclosure_checks.runner.texts.site_texts import Texts

ROOT = "../"
_UNNAMED = ""  # the category of the rules whose own has no title
Stays = Callable[[str, bytes], bool]  # asked with the path of a page and a digest of what it is made from


def rule_pages(
    compiled: Sequence[CompiledSpecification],
    results: RuleResults,
    texts: Texts,
    stays: Stays | None = None,
) -> Iterator[RulePage]:
    """The page of each rule id, and those with the rest of a long list of failing reports.

    Where several formats have the rule, the page shows each edition. ``stays``: lets a page be as it is where it can,
    and tells whether it does; that of a rule is not made then.
    """
    agencies = {one.agency for failing in results.failing.values() for one in failing}
    places = {agency: place for place, agency in enumerate(sorted(agencies, key=lambda name: (syllables(name), name)))}
    for rule_id, path in rule_paths(compiled).items():
        failing = results.failing.get(rule_id, [])
        if stays is not None and _all_stay(part_paths(path, len(failing)), results.digest(rule_id), stays):
            continue
        having = [one for one in compiled if any(rule.rule.id == rule_id for rule in one.rules)]
        editions = tuple(
            _edition(rule.rule, one, texts) for one in having for rule in one.rules if rule.rule.id == rule_id
        )
        trail = (
            Link(texts["overview"], href(ROOT, "index.html")),
            Link(texts["rules"], href(ROOT, RULE_LIST)),
            Link(rule_id),
        )
        frame = page_frame(editions[0].title, ROOT, trail, having, texts)
        counts = texts.say(
            "rule_counts",
            reports=results.failing_reports[rule_id],
            failures=results.failures[rule_id],
            not_assessable=results.not_assessable[rule_id],
        )
        by_year = failing_by_year(results, rule_id, texts)
        for number, part in enumerate(failing_parts(path, failing, places, texts)):
            yield RulePage(
                frame=frame,
                path=part.path,
                id=rule_id,
                title=editions[0].title,
                editions=() if number else editions,
                counts=counts,
                by_year=by_year,
                failing=part,
            )


def _all_stay(paths: Sequence[str], made_from: bytes, stays: Stays) -> bool:
    staying = [stays(path, made_from) for path in paths]  # each is asked
    return all(staying)


def rule_lines(
    compiled: Sequence[CompiledSpecification], results: RuleResults, texts: Texts, root: str
) -> dict[str, RuleLine]:
    """Each rule as a line of a list, by id, in the order of the specs; ``root`` as in ``labels.href``."""
    lines: dict[str, RuleLine] = {}
    paths = rule_paths(compiled)
    for rule in (rule.rule for one in compiled for rule in one.rules if rule.rule.id in paths):
        if rule.id not in lines:
            link = Link(texts.of(rule.title), href(root, paths[rule.id]))
            severity = severity_tally(rule.severity.value, 0, texts)
            lines[rule.id] = RuleLine(link, rule.id, severity, results.failing_reports[rule.id])
    return lines


def rule_list_page(compiled: Sequence[CompiledSpecification], results: RuleResults, texts: Texts) -> RuleListPage:
    """The list of all rules: those that a report fails first, the gravest and most frequent of them before others.

    The rest follows by category, in the order of the specs; rules of a category without a title come last.
    """
    titles: dict[str, str] = {}
    for one in compiled:
        for category, title in one.specification.categories.items():
            titles.setdefault(category, texts.of(title))
    lines = rule_lines(compiled, results, texts, ROOT)
    by_category: dict[str, dict[str, RuleLine]] = {category: {} for category in [*titles, _UNNAMED]}
    for rule in (rule.rule for one in compiled for rule in one.rules):
        category = rule.category if rule.category in titles else _UNNAMED
        if not lines[rule.id].failing:
            by_category[category][rule.id] = lines[rule.id]
    rank = {severity.value: place for place, severity in enumerate(SEVERITIES)}
    failing = sorted(
        (line for line in lines.values() if line.failing),
        key=lambda line: (rank[line.severity.kind], -line.failing, line.id),
    )
    categories = [
        RuleCategory(texts["rules_failing"], tuple(failing)),
        *(
            RuleCategory(titles.get(category, texts["category_unnamed"]), tuple(rules.values()))
            for category, rules in by_category.items()
        ),
    ]
    overview = Link(texts["overview"], href(ROOT, "index.html"))
    return RuleListPage(
        frame=page_frame(texts["all_rules"], ROOT, (overview, Link(texts["rules"])), compiled, texts),
        path=RULE_LIST,
        categories=tuple(category for category in categories if category.rules),
    )


def _edition(rule: Rule, compiled: CompiledSpecification, texts: Texts) -> RuleEdition:
    specification = compiled.specification
    category = specification.categories.get(rule.category)
    facts = (
        LabelledText(texts["rule_loop"], _loop_text(rule.for_each, texts)),
        LabelledText(texts["rule_basis"], rule.basis),
        LabelledText(texts["rule_note"], _text(rule.note, texts)),
        LabelledText(texts["rule_category"], _text(category, texts)),
        LabelledText(texts["rule_format"], texts.of(specification.title)),
        LabelledText(texts["rule_old_ids"], texts["list_separator"].join(rule.renamed_from)),
    )
    return RuleEdition(
        format=texts.of(specification.title),
        title=texts.of(rule.title),
        other_title=rule.title.zh if texts.language == "en" else rule.title.en,
        severity=severity_tally(rule.severity.value, 0, texts),
        formula=rule.check,
        facts=tuple(fact for fact in facts if fact.text),
        examples=tuple(_example(example, texts) for example in rule.examples),
    )


def _text(text: Text | None, texts: Texts) -> str:
    return texts.of(text) if text else ""


def _loop_text(loop: Loop | None, texts: Texts) -> str:
    """The loop as the spec writes it: what is gone through, and what is left out."""
    if loop is None:
        return ""
    separator = texts["list_separator"]
    over = [
        f"{kind}: {pattern if isinstance(pattern, str) else separator.join(pattern)}"
        for kind in ("column", "row", "cell", "section", "table", "fact")
        if (pattern := getattr(loop, kind)) is not None
    ]
    without = texts.say("rule_leaving_out", items=separator.join(loop.leaving_out)) if loop.leaving_out else ""
    return separator.join(over) + without


def _example(example: Example, texts: Texts) -> RuleExample:
    kind, values = next(
        (kind, values)
        for kind, values in (
            ("pass", example.passes),
            ("fail", example.fails),
            ("not_assessable", example.not_assessable),
            ("not_assessable", {}),
        )
        if values is not None
    )
    result = [texts[f"example_{kind}"]]
    if example.difference is not None:
        result.append(texts.say("example_difference", difference=plain_number(example.difference)))
    if example.year is not None:
        result.append(texts.say("example_year", year=example.year))
    return RuleExample(_example_values(values, texts), kind, texts["list_separator"].join(result))


def _example_values(values: Mapping[str, float | str | None], texts: Texts) -> str:
    named: Iterable[str] = (f"{name} = {_example_value(value, texts)}" for name, value in values.items())
    return texts["title_separator"].join(named)


def _example_value(value: float | str | None, texts: Texts) -> str:
    if value is None:
        return texts["example_missing"]
    return value if isinstance(value, str) else plain_number(float(value))
