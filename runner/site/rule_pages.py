"""Builds the page of each rule and the list of all rules, from the specs and what the rules came to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Example, Loop, Rule, Text
from disclosure_checks.runner.exports.plain_values import plain_number
from disclosure_checks.runner.exports.records import FindingRecord, ReportRecord
from disclosure_checks.runner.site.finding_groups.group_views import finding_anchor
from disclosure_checks.runner.site.labels import (
    RULE_LIST,
    href,
    rule_paths,
    selection_notice,
    severity_tally,
    specification_line,
    year_text,
)
from disclosure_checks.runner.site.page_models import (
    FailingReport,
    LabelledText,
    Link,
    PageFrame,
    RuleCategory,
    RuleEdition,
    RuleExample,
    RuleLine,
    RuleListPage,
    RulePage,
)
from disclosure_checks.runner.texts.site_texts import Texts

ROOT = "../"
_UNNAMED = ""  # the category of the rules whose own has no title
MOST_FAILING = 500  # findings listed on a rule's page; findings.csv has all


class _Failure(NamedTuple):
    agency: str
    year: int | None
    page: str
    fragment: str
    message: str


class RuleResults:
    """What each rule came to over all reports. Fed report by report, so that no report need stay in memory."""

    def __init__(self) -> None:
        self.failing_reports: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.not_assessable: Counter[str] = Counter()
        self.listed: dict[str, list[_Failure]] = defaultdict(list)
        self.by_report: dict[str, tuple[str, ...]] = {}
        self._alike: dict[tuple[str, ...], tuple[str, ...]] = {}

    def add(self, record: ReportRecord, findings: Sequence[FindingRecord]) -> None:
        """Count a report. The first ``MOST_FAILING`` failures of a rule are kept for its page."""
        for number, finding in enumerate(findings, start=1):
            if finding.status == ResultStatus.NOT_ASSESSABLE.value:
                self.not_assessable[finding.rule] += 1
            elif finding.status == ResultStatus.FAIL.value:
                self.failures[finding.rule] += 1
                listed = self.listed[finding.rule]
                if len(listed) < MOST_FAILING:
                    anchor = finding_anchor(number)
                    listed.append(_Failure(record.agency, record.year, record.page, anchor, finding.message))
        failing = tuple(sorted({finding.rule for finding in findings if finding.status == ResultStatus.FAIL.value}))
        self.failing_reports.update(failing)
        # most reports fail the same few rules
        self.by_report[record.report] = self._alike.setdefault(failing, failing)


def rule_pages(compiled: Sequence[CompiledSpecification], results: RuleResults, texts: Texts) -> Iterator[RulePage]:
    """The page of each rule id. Where several formats have the rule, the page shows each edition."""
    for rule_id, path in rule_paths(compiled).items():
        having = [one for one in compiled if any(rule.rule.id == rule_id for rule in one.rules)]
        editions = tuple(
            _edition(rule.rule, one, texts) for one in having for rule in one.rules if rule.rule.id == rule_id
        )
        failing = results.listed.get(rule_id, [])
        shown, total = len(failing), results.failures[rule_id]
        yield RulePage(
            frame=PageFrame(
                title=editions[0].title,
                root=ROOT,
                breadcrumbs=(
                    Link(texts["overview"], href(ROOT, "index.html")),
                    Link(texts["rules"], href(ROOT, RULE_LIST)),
                    Link(rule_id),
                ),
                specifications=tuple(specification_line(one, texts) for one in having),
                product=texts.product(one.specification for one in having),
                notice=selection_notice(having, texts),
            ),
            path=path,
            id=rule_id,
            title=editions[0].title,
            editions=editions,
            counts=texts.say(
                "rule_counts",
                reports=results.failing_reports[rule_id],
                failures=total,
                not_assessable=results.not_assessable[rule_id],
            ),
            failing=tuple(_failing_report(failure, texts) for failure in failing),
            failing_note=texts.say("rule_failing_shown", shown=shown, total=total) if total > shown else "",
        )


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
    """The list of all rules by category, in the order of the specs; rules of a category without a title come last."""
    titles: dict[str, str] = {}
    for one in compiled:
        for category, title in one.specification.categories.items():
            titles.setdefault(category, texts.of(title))
    lines = rule_lines(compiled, results, texts, ROOT)
    by_category: dict[str, dict[str, RuleLine]] = {category: {} for category in [*titles, _UNNAMED]}
    for rule in (rule.rule for one in compiled for rule in one.rules):
        category = rule.category if rule.category in titles else _UNNAMED
        by_category[category][rule.id] = lines[rule.id]
    return RuleListPage(
        frame=PageFrame(
            title=texts["all_rules"],
            root=ROOT,
            breadcrumbs=(Link(texts["overview"], href(ROOT, "index.html")), Link(texts["rules"])),
            specifications=tuple(specification_line(one, texts) for one in compiled),
            product=texts.product(one.specification for one in compiled),
            notice=selection_notice(compiled, texts),
        ),
        path=RULE_LIST,
        categories=tuple(
            RuleCategory(titles.get(category, texts["category_unnamed"]), tuple(rules.values()))
            for category, rules in by_category.items()
            if rules
        ),
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


def _failing_report(failure: _Failure, texts: Texts) -> FailingReport:
    agency = failure.agency or texts["agency_unknown"]
    return FailingReport(
        Link(agency, href(ROOT, failure.page, failure.fragment)), year_text(failure.year, texts), failure.message
    )
