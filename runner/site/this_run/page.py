"""Builds the page about the run from its facts.

facts, records --run_page--> RunPage --views--> HTML
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import NamedTuple

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.plain_values import visible_text
from disclosure_checks.runner.exports.records import ReportRecord, ReportStatus
from disclosure_checks.runner.site.index_pages import RunChanges
from disclosure_checks.runner.site.labels import (
    RUN,
    href,
    page_frame,
)
from disclosure_checks.runner.site.page_models import LabelledText, Link, PageFrame
from disclosure_checks.runner.site.this_run.facts import DAY, EXACT, STEPS, RunFacts, SuiteFacts
from disclosure_checks.runner.texts.site_texts import Texts

ROOT = ""


class SpecificationLine(NamedTuple):
    """A spec: its title, its format, its fingerprint, how many rules of it the run had."""

    title: str
    format: str
    fingerprint: str
    rules: int


class SuiteLine(NamedTuple):
    """A suite of Great Expectations and its run over all reports."""

    suite: str
    run: str
    reports: int
    evaluated: int
    successful: int
    unsuccessful: int


@dataclass(frozen=True)
class RunPage:
    """The page about the run."""

    frame: PageFrame
    path: str
    facts: tuple[LabelledText, ...]
    steps: tuple[LabelledText, ...]  # whose durations a script fills in; none where they are not told
    script: str  # what it reads them from
    steps_note: str
    specifications: tuple[SpecificationLine, ...]
    versions: tuple[LabelledText, ...]
    suites: tuple[SuiteLine, ...]
    results: str
    unreadable: tuple[LabelledText, ...]


def run_page(
    compiled: Sequence[CompiledSpecification],
    records: Sequence[ReportRecord],
    facts: RunFacts,
    texts: Texts,
    changes: RunChanges | None = None,
) -> RunPage:
    """The page. ``records``: those of all inputs on the site, unreadable ones included."""
    unreadable = [one for one in records if one.status == ReportStatus.UNREADABLE.value]
    overview = Link(texts["overview"], href(ROOT, "index.html"))
    return RunPage(
        frame=page_frame(texts["this_run"], ROOT, (overview, Link(texts["this_run"])), compiled, texts),
        path=RUN,
        facts=tuple(_facts(records, len(unreadable), facts, texts, changes)),
        steps=tuple(LabelledText(texts[f"run_step_{step}"], step) for step in STEPS) if facts.durations else (),
        script=facts.durations,
        steps_note=texts["run_seconds_note" if facts.durations else "run_seconds_untold"],
        specifications=tuple(
            SpecificationLine(
                texts.of(one.specification.title), one.specification.format, one.fingerprint, len(one.rules)
            )
            for one in compiled
        ),
        versions=tuple(LabelledText(name, version) for name, version in facts.versions.items()),
        suites=tuple(_suite_line(one, facts) for one in facts.suites),
        results=texts.say("run_results", count=facts.results),
        unreadable=tuple(LabelledText(visible_text(one.report), one.reason) for one in unreadable),
    )


def _facts(
    records: Sequence[ReportRecord], unreadable: int, facts: RunFacts, texts: Texts, changes: RunChanges | None
) -> list[LabelledText]:
    separator = texts["list_separator"]
    told: list[LabelledText] = []
    if facts.time is not None:
        told.append(LabelledText(texts["run_time"], _time(facts.time, facts)))
    if facts.files:
        kinds = (f"{ending or texts['run_no_ending']} {count}" for ending, count in facts.files.items())
        total = sum(facts.files.values())
        told.append(LabelledText(texts["run_inputs"], texts.say("run_files", count=total, kinds=separator.join(kinds))))
        told.append(LabelledText(texts["run_read"], str(facts.read)))
    if changes is not None:
        counted = zip(RunChanges._fields, changes, strict=True)
        words = (f"{texts[f'run_{kind}']} {number}" for kind, number in counted)
        told.append(LabelledText(texts["run_collection"], separator.join(words)))
    told.append(LabelledText(texts["run_on_the_site"], str(len(records) - unreadable)))
    told.append(LabelledText(texts["run_judged"], str(facts.judged)))
    return told


def _time(time: datetime, facts: RunFacts) -> str:
    return time.astimezone(timezone.utc).strftime(EXACT if facts.is_repeatable else DAY)


def _suite_line(one: SuiteFacts, facts: RunFacts) -> SuiteLine:
    run = f"{one.run_name} · {_time(one.run_time, facts)}"
    return SuiteLine(one.suite, run, one.reports, one.evaluated, one.successful, one.unsuccessful)
