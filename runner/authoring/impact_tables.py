"""What new rules change, for people (tables of text) and for programs (CSV and JSON)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.authoring.impact import Finder, Impact, ReportImpact, RuleImpact
from disclosure_checks.runner.authoring.impact_request import ImpactResult, MustBeReadAgain
from disclosure_checks.runner.exports.plain_values import spreadsheet_text
from disclosure_checks.runner.texts.authoring_texts import authoring_text
from disclosure_checks.runner.texts.printed_tables import aligned

REPORT_COLUMNS = ("report", "agency", "year", "before", "after", "gained", "lost")
_RULE_COUNTS = ("newly_failing", "no_longer_failing", "newly_not_assessable", "no_longer_not_assessable")
_MOST_REPORTS = 100
_MOST_NAMES = 5


def impact_lines(result: ImpactResult, specifications: Sequence[CompiledSpecification], language: str) -> Iterator[str]:
    """Tables by rule and by report. ``specifications``: the old and the new ones, whose rules have titles."""
    impact = result.impact
    states = str(sum(impact.states.values()))
    name = "title" if impact.reports else "unchanged"
    yield _text(name, language, count=str(impact.count), changed=str(len(impact.reports)), states=states)
    if impact.rules:
        titles = {rule.rule.id: rule.rule.title for one in specifications for rule in one.rules}
        headings = [*(_text(name, language) for name in _RULE_COUNTS), _text("rule", language)]
        rows = [_rule_row(one, titles[one.rule].said_in(language), language) for one in impact.rules]
        yield ""
        yield from aligned([headings, *rows])
    if impact.reports:
        headings = [_text("result", language), _text("findings", language), _text("report", language)]
        rows = [_report_row(one, language) for one in impact.reports[:_MOST_REPORTS]]
        yield ""
        yield from aligned([headings, *rows], to_the_left=(0,))
        if len(impact.reports) > _MOST_REPORTS:
            yield _text("more", language, count=str(len(impact.reports) - _MOST_REPORTS))


def notices(result: ImpactResult, language: str) -> Iterator[str]:
    """What is to be known with it."""
    if result.unreadable:
        names = ", ".join(one.source for one in result.unreadable[:_MOST_NAMES])
        names += " …" if len(result.unreadable) > _MOST_NAMES else ""
        yield _text("unreadable", language, count=str(len(result.unreadable)), names=names)
    if result.resting:
        yield _text("resting", language, count=str(result.resting))
    if result.otherwise:
        yield _text("otherwise", language, count=str(result.otherwise))


def read_again_lines(problem: MustBeReadAgain, language: str) -> Iterator[str]:
    """Why what was read before does not do, and what to do."""
    folder = _text("folder", language, folder=problem.folder) if problem.folder else ""
    for one in problem.differences:
        yield _text("read_again", language, format=one.format, parts=", ".join(one.parts), folder=folder)


def impact_csv(impact: Impact) -> str:
    """A row a report that changes; rules with findings that come or go are joined with ``;``."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(REPORT_COLUMNS)
    for one in impact.reports:
        names = (one.report, one.agency)
        year = "" if one.year is None else str(one.year)
        writer.writerow(
            [*map(spreadsheet_text, names), year, one.before, one.after, ";".join(_gained(one)), ";".join(_lost(one))]
        )
    return file.getvalue()


def impact_json(result: ImpactResult) -> str:
    """The same and the table by rule, as JSON."""
    impact = result.impact
    data: dict[str, Any] = {
        "compared": impact.count,
        "unreadable": [one.source for one in result.unreadable],
        "rules": [
            {"rule": one.rule, "severity_before": one.before, "severity_after": one.after}
            | {name: getattr(one, name) for name in _RULE_COUNTS}
            for one in impact.rules
        ],
        "reports": [
            dict(zip(REPORT_COLUMNS, (*_plain(one), _gained(one), _lost(one)), strict=True)) for one in impact.reports
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _plain(one: ReportImpact) -> tuple[str, str, int | None, str, str]:
    return one.report, one.agency, one.year, one.before, one.after


def _gained(one: ReportImpact) -> list[str]:
    return _rules(one.gained)


def _lost(one: ReportImpact) -> list[str]:
    return _rules(one.lost)


def _rules(findings: Mapping[Finder, int]) -> list[str]:
    """Rules with their findings; those that cannot be assessed are marked with ``?``."""
    names = [f"{one.rule}{'?' if one.status is ResultStatus.NOT_ASSESSABLE else ''}" for one in findings]
    return sorted(set(names))


def _rule_row(one: RuleImpact, title: str, language: str) -> list[str]:
    notes = ""
    if one.before != one.after:
        name = "new_rule" if not one.before else "gone_rule" if not one.after else "severity"
        notes = f" [{_text(name, language, before=one.before, after=one.after)}]"
    return [*(str(getattr(one, name)) for name in _RULE_COUNTS), f"{one.rule} {title}{notes}"]


def _report_row(one: ReportImpact, language: str) -> list[str]:
    before, after = (authoring_text("states", state, language) for state in (one.before, one.after))
    state = after if before == after else f"{before} → {after}"
    counts = f"+{sum(one.gained.values())} −{sum(one.lost.values())}"
    name = f"{one.agency} {one.year or ''}".strip()
    rules = [*(f"+{rule}" for rule in _gained(one)), *(f"−{rule}" for rule in _lost(one))]
    shown = " ".join(rules[:_MOST_NAMES]) + (" …" if len(rules) > _MOST_NAMES else "")
    return [state, counts, f"{name} ({one.report})  {shown}"]


def _text(name: str, language: str, /, **values: str) -> str:
    return authoring_text("impact", name, language, **values)
