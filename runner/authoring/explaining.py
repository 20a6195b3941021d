"""One rule on one report, as a run would judge it: with its years before, the bodies below it and its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from disclosure_checks.grammar.claims.explanation.watching import WatchedClaimFinder
from disclosure_checks.grammar.interpretation.interpreter import Interpreter
from disclosure_checks.grammar.model.report import Report, UnreadableReport
from disclosure_checks.grammar.model.source_document import ReaderError
from disclosure_checks.grammar.readers.decoding import decode
from disclosure_checks.rules.collection.earlier_years import agency_year
from disclosure_checks.rules.expectations.frame_columns import frame_columns
from disclosure_checks.rules.explanation.explained_claims import ExplainedPhrase, explained_phrases
from disclosure_checks.rules.explanation.explained_rule import ExplainedItem, FramedReport, explained_items
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.formula.errors import closest
from disclosure_checks.rules.formula.functions import earlier_prefix, years_back
from disclosure_checks.rules.formula.outcomes import Columns, Outcome
from disclosure_checks.rules.spec.compiling.claim_rules import RULE_PREFIX
from disclosure_checks.rules.spec.compiling.compiled import CompiledRule, CompiledSpecification
from disclosure_checks.rules.spec.rule_selection import UnknownRule
from disclosure_checks.runner.authoring.impact_request import find_lists
from disclosure_checks.runner.authoring.stored_reports import StoredReports, stored_reports
from disclosure_checks.runner.collection.earlier_runs import EarlierRuns
from disclosure_checks.runner.pipeline.checking import (
    FramedReports,
    Outcomes,
    evaluate,
    findings_of_rows,
    framed,
    sort_readings,
)
from disclosure_checks.runner.pipeline.run import format_lexicon
from disclosure_checks.runner.reading.file_content import UnreadableInput
from disclosure_checks.runner.reading.file_reader import FileReader, Reading
from disclosure_checks.runner.reading.inputs import InputFile, find_inputs
from disclosure_checks.runner.reading.saved_pages import content_with_shown


@dataclass(frozen=True)
class Explanation:
    """A rule on a report. ``findings``: what it says of it; ``phrases``: of a claim's rule, else None.

    ``lacks_years_before``: whether it asks for an earlier year of which nothing is known.
    """

    compiled: CompiledSpecification
    rule: CompiledRule
    report: Report
    items: Sequence[ExplainedItem]
    findings: Sequence[Finding]
    phrases: Sequence[ExplainedPhrase] | None
    lacks_years_before: bool


class ReportUnreadable(Exception):
    """The report to be explained cannot be read."""

    def __init__(self, report: UnreadableReport) -> None:
        super().__init__(report)
        self.report = report


class RuleOfAnotherFormat(Exception):
    """The report is of a format that does not have the rule. ``report``: the format it was read as."""

    def __init__(self, rule: str, source: str, report: str, known: Sequence[str]) -> None:
        super().__init__(rule, source)
        self.rule, self.source, self.report, self.known = rule, source, report, known


def find_rule(specifications: Sequence[CompiledSpecification], name: str) -> dict[str, CompiledRule]:
    """The rule of that name, also a former one, by format. Raises UnknownRule where no spec has it."""
    found = {
        one.specification.format: rule
        for one in specifications
        for rule in one.rules
        if name in (rule.rule.id, *rule.rule.renamed_from)
    }
    if not found:
        known = [rule.rule.id for one in specifications for rule in one.rules]
        raise UnknownRule(name, closest(name, known))
    return found


@dataclass(frozen=True)
class ReportAtHand:
    """A report beside others, with what every rule says of it. ``row``: its place in the frame of its format."""

    framed: FramedReports
    row: int
    file: InputFile
    columns: Columns
    outcomes: Outcomes

    @cached_property
    def _findings(self) -> Sequence[Finding]:
        return findings_of_rows(self.framed, self.columns, self.outcomes, [self.row])

    def explain(self, rule: CompiledRule, language: str, words: dict[str, str]) -> Explanation:
        """One rule on the report. ``words``: what conditions that hold, fail or are unknown are marked with."""
        compiled, report = self.framed.compiled, self.framed.reports[self.row]
        one_row = {name: column[self.row : self.row + 1] for name, column in self.columns.items()}
        one = slice(self.row, self.row + 1)
        own = [
            Outcome(outcome.status[one], outcome.left[one], outcome.right[one])
            for outcome in self.outcomes[rule.rule.id]
        ]
        return Explanation(
            compiled,
            rule,
            report,
            explained_items(rule, own, FramedReport(compiled, report, one_row), language, words),
            [finding for finding in self._findings if finding.rule == rule.rule.id],
            _phrases(compiled, rule, self.file),
            _lacks_years_before(compiled, rule, one_row),
        )


@contextmanager
def report_at_hand(
    specifications: Sequence[CompiledSpecification], spec: Path, paths: Sequence[Path], collection: Path | None
) -> Iterator[ReportAtHand]:
    """The first of some files as a report; the others, and a collection, are what it is put beside.

    Raises ReportUnreadable and, for lists and collections that cannot be used, InputError.
    """
    lists = find_lists(specifications, spec, paths)
    files = [file for path in paths for file in find_inputs([path], lists.agencies, lists.decided)]
    reader = FileReader([format_lexicon(one) for one in specifications])
    given = [reading for file in files for reading in reader.read(file)]
    if not given:  # an archive with nothing in it
        raise ReportUnreadable(UnreadableReport(files[0].source, "no_annual_report"))
    own_format, report = given[0]
    if isinstance(report, UnreadableReport):
        raise ReportUnreadable(report)
    with _stored(collection) as stored:
        read = sort_readings(
            [*_distinct(given), *(_beside(given, stored) if stored else ())],
            lists.registry,
            lambda named: stored.earlier_runs(named, lists.registry) if stored else EarlierRuns(),
        )
        own = next(one for one in framed(specifications, read, lists.decisions) if _format(one.compiled) == own_format)
        row = next(number for number, one in enumerate(own.reports) if one.source == report.source)
        yield ReportAtHand(own, row, files[0], frame_columns(own.frame), evaluate(own.compiled, own.frame))


def explain(
    specifications: Sequence[CompiledSpecification],
    spec: Path,
    name: str,
    paths: Sequence[Path],
    collection: Path | None,
    language: str,
    words: dict[str, str],
) -> Explanation:
    """A rule on the first of some files (see ``report_at_hand`` and ``ReportAtHand.explain``).

    Raises UnknownRule and RuleOfAnotherFormat as well.
    """
    rules = find_rule(specifications, name)
    with report_at_hand(specifications, spec, paths, collection) as at_hand:
        own_format = _format(at_hand.framed.compiled)
        if own_format not in rules:
            source = at_hand.framed.reports[at_hand.row].source
            raise RuleOfAnotherFormat(name, source, own_format, list(rules))
        return at_hand.explain(rules[own_format], language, words)


def _lacks_years_before(compiled: CompiledSpecification, rule: CompiledRule, one_row: Columns) -> bool:
    """Whether a rule asks for earlier years of which nothing is known."""
    asked = {name for instance in rule.instances for name in instance.inputs if years_back(name)}
    cells = {earlier_prefix(1) + cell for cell in compiled.cells}
    return bool(asked) and all(np.isnan(one_row[name][0]) for name in asked | cells)


def _phrases(compiled: CompiledSpecification, rule: CompiledRule, file: InputFile) -> Sequence[ExplainedPhrase] | None:
    """The sentences of a file as the claim of a rule sees them; None where the rule is none of a claim."""
    claims = {f"{RULE_PREFIX}{claim.id}": claim for claim in compiled.specification.claims}
    claim = claims.get(rule.rule.id)
    if claim is None:
        return None
    lexicon = format_lexicon(compiled).lexicon
    finder = WatchedClaimFinder(lexicon.claims)
    try:
        Interpreter(lexicon, finder).interpret(
            decode(content_with_shown(file.path, file.shown), file.source), file.source
        )
    except (UnreadableInput, ReaderError):  # the reports of an archive are not looked into
        return ()
    wanted = next(one for one in lexicon.claims.claims if one.id == claim.id)
    return explained_phrases(claim, finder, wanted)


@contextmanager
def _stored(collection: Path | None) -> Iterator[StoredReports | None]:
    with nullcontext() if collection is None else stored_reports(collection) as stored:
        yield stored


def _format(compiled: CompiledSpecification) -> str:
    return compiled.specification.format


def _distinct(given: Sequence[Reading]) -> Iterator[Reading]:
    """The readings under names that differ; the first keeps its own."""
    taken: set[str] = set()
    for own_format, report in given:
        source = report.source
        while source in taken:
            source = f"{source} +"
        taken.add(source)
        yield own_format, replace(report, source=source)


def _beside(given: Sequence[Reading], stored: StoredReports) -> Iterator[Reading]:
    """The reports of a collection, but for those that the files given are newer versions of."""
    reports = [report for _, report in given]
    keys = {agency_year(report) for report in reports if isinstance(report, Report)} - {None}
    sources = {report.source for report in reports}
    for one in stored.reports:
        if isinstance(one.report, Report) and agency_year(one.report) not in keys:
            source = f"{one.report.source} +" if one.report.source in sources else one.report.source
            yield one.format, replace(one.report, source=source)
