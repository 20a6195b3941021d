"""From two specs and the reports of a collection, or files, to what the new rules change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from disclosure_checks.grammar.model.report import Report, UnreadableReport
from disclosure_checks.rules.collection.agencies.list_loading import load_agencies
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.collection.decisions.loading import load_decisions
from disclosure_checks.rules.collection.decisions.register import DecisionRegister
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.authoring.impact import Impact, Judged, compared, judged
from disclosure_checks.runner.authoring.reading_differences import (
    ReadingDifference,
    reading_differences,
    rests_on_equations,
)
from disclosure_checks.runner.authoring.stored_reports import StoredReports, stored_reports
from disclosure_checks.runner.collection.earlier_runs import EarlierRuns
from disclosure_checks.runner.pipeline.checking import ReadReports, sort_readings
from disclosure_checks.runner.pipeline.run import format_lexicon
from disclosure_checks.runner.pipeline.today import today
from disclosure_checks.runner.reading.file_reader import FileReader, Reading
from disclosure_checks.runner.reading.inputs import find_agencies, find_decisions, find_inputs


@dataclass(frozen=True)
class Lists:
    """What was found beside specs and reports: the list of agencies, and what people decided."""

    registry: AgencyRegistry | None
    decisions: DecisionRegister | None
    agencies: Path | None
    decided: Path | None


@dataclass(frozen=True)
class ImpactResult:
    """What new rules change, and what is to be known with it.

    ``unreadable``: what could not be read; ``resting``: how many reports rest on equations that differ;
    ``otherwise``: how many come out otherwise by the old rules than they were published.
    """

    impact: Impact
    unreadable: Sequence[UnreadableReport]
    resting: int = 0
    otherwise: int = 0


class MustBeReadAgain(Exception):
    """The specs read reports differently, so that what was read before does not do. ``folder``: where the files lay."""

    def __init__(self, differences: Sequence[ReadingDifference], folder: str) -> None:
        super().__init__(differences, folder)
        self.differences = differences
        self.folder = folder


def find_lists(specifications: Sequence[CompiledSpecification], spec: Path, reports: Sequence[Path]) -> Lists:
    """The lists that a run with this spec and these reports would use."""
    agencies = find_agencies(spec, reports)
    decided = find_decisions(spec, reports, agencies)
    registry = load_agencies(agencies, [one.specification for one in specifications]) if agencies else None
    decisions = DecisionRegister(load_decisions(decided), today(), registry) if decided else None
    return Lists(registry, decisions, agencies, decided)


def impact_on_collection(
    old: Sequence[CompiledSpecification], new: Sequence[CompiledSpecification], spec: Path, folder: Path
) -> ImpactResult:
    """What new rules change over the reports of an output folder; nothing is read but what was kept of them.

    Raises MustBeReadAgain where the specs read reports differently.
    """
    lists = find_lists([*old, *new], spec, [])
    differences = list(reading_differences(map(format_lexicon, old), map(format_lexicon, new)))
    with stored_reports(folder) as stored:
        if any(one.parts for one in differences):
            raise MustBeReadAgain([one for one in differences if one.parts], stored.folder)
        read = _beside_each_other(stored, lists)  # once: what reports are beside each other no rule changes
        before, after = (judged(specs, read, lists.decisions) for specs in (old, new))
        doubtful = {one.format for one in differences if one.equations}
        resting = sum(one.format in doubtful and rests_on_equations(one.report) for one in stored.reports)
        unreadable = [one.report for one in stored.reports if isinstance(one.report, UnreadableReport)]
        otherwise = _otherwise(before, stored)
    return ImpactResult(compared(before, after, old, new), unreadable, resting, otherwise)


def _beside_each_other(stored: StoredReports, lists: Lists) -> ReadReports:
    return sort_readings(
        [(one.format, one.report) for one in stored.reports],
        lists.registry,
        lambda named: stored.earlier_runs(named, lists.registry),
    )


def _otherwise(before: dict[str, Judged], stored: StoredReports) -> int:
    published = stored.published()
    known = {one.report.source: published[one.id].gravest for one in stored.reports if one.id in published}
    return sum(known.get(source, one.state) != one.state for source, one in before.items())


def impact_on_files(
    old: Sequence[CompiledSpecification], new: Sequence[CompiledSpecification], spec: Path, paths: Sequence[Path]
) -> ImpactResult:
    """What a new spec changes over files, which are read by each of the two."""
    lists = find_lists([*old, *new], spec, paths)
    files = find_inputs(paths, lists.agencies, lists.decided)
    formats = [[format_lexicon(one) for one in specs] for specs in (old, new)]
    readers = [FileReader(own) for own in formats]
    alike = formats[0] == formats[1]
    readings: list[list[Reading]] = [[], []]
    for file in files:
        found = readers[0].read(file)
        readings[0] += found
        readings[1] += found if alike else readers[1].read(file)
    first = sort_readings(readings[0], lists.registry, lambda _: EarlierRuns())
    second = first if alike else sort_readings(readings[1], lists.registry, lambda _: EarlierRuns())
    before, after = (judged(specs, own, lists.decisions) for specs, own in ((old, first), (new, second)))
    unreadable = [report for _, report in readings[1] if not isinstance(report, Report)]
    return ImpactResult(compared(before, after, old, new), unreadable)
