"""What a run is asked to do, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from disclosure_checks.grammar.model.report import UnreadableReport
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.collection.agencies.review import NOTHING_REVIEWED, AgencyReview
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.collection.history_files import HistoryProblem
from disclosure_checks.runner.exports.records import CheckedReport, ReportRecord
from disclosure_checks.runner.reading.file_reader import Reading
from disclosure_checks.runner.reading.inputs import InputFile

Progress = Callable[[Iterable[Reading], int], Iterable[Reading]]
Reason = Callable[[UnreadableReport], str]

CONTEXT_FOLDER = ".gx"


@dataclass(frozen=True)
class RunRequest:
    """What one run is to do.

    ``reason`` puts into words why a file could not be read; ``progress`` watches reading; ``registry`` is the list of
    agencies, where there is one; ``history`` a store of earlier years besides the one in ``out``.
    """

    compiled: Sequence[CompiledSpecification]
    files: Sequence[InputFile]
    out: Path
    jobs: int
    language: str
    reason: Reason
    progress: Progress
    registry: AgencyRegistry | None = None
    history: Path | None = None


@dataclass(frozen=True)
class RunResult:
    """What came of a run.

    ``checked``: every report with its findings; ``records``: those of all inputs, in the order of the exports;
    ``review``: what is to be said of the agencies; ``history_problems``: what earlier runs left and could not be used.
    """

    checked: Sequence[CheckedReport]
    records: Sequence[ReportRecord]
    review: AgencyReview = NOTHING_REVIEWED
    history_problems: Sequence[HistoryProblem] = ()
