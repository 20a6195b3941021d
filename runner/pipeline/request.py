"""What a run is asked to do, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from disclosure_checks.grammar.model.report import UnreadableReport
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.collection.agencies.review import NOTHING_REVIEWED, AgencyReview
from disclosure_checks.rules.collection.decisions.register import DecisionRegister
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.decision_list import Decision
from disclosure_checks.runner.collection.history_files import HistoryProblem
from disclosure_checks.runner.exports.records import ReportRecord
from disclosure_checks.runner.pipeline.given_files import GivenFile
from disclosure_checks.runner.pipeline.today import run_time, today
from disclosure_checks.runner.reading.inputs import InputFile
from disclosure_checks.runner.reading.pictures.looking import PictureProblem
from disclosure_checks.runner.reading.pictures.modes import AUTO
from disclosure_checks.runner.reading.pictures.two_readings import OnPicture, nobody
from disclosure_checks.runner.site.return_notes.note_wording import NoteSettings, NoteWording

Progress = Callable[[Iterable[GivenFile], int], Iterable[GivenFile]]
Reason = Callable[[UnreadableReport], str]

CONTEXT_FOLDER = ".gx"


@dataclass(frozen=True)
class RunRequest:
    """What one run is to do.

    ``spec``: where the specs were loaded from. ``reason`` puts into words why a file could not be read; ``progress``
    watches reading; ``registry`` is the list of agencies, where there is one, ``decisions`` what people decided;
    ``history`` a store of earlier years from elsewhere. ``prune``: drop what is not among ``files``; ``fresh``: forget
    all that earlier runs left. ``file_timeout``: seconds that reading one file may take. ``cluster``: the address of
    the Dask scheduler on whose workers files are read and pages written; None for ``jobs`` processes on this machine.
    ``note_wording``: how an office words its return notes. ``time``: when it began.
    ``pictures``: whether pictures are read, as a person asks for it; ``on_picture`` is told as they are looked at.
    ``workers``: those that a run before this one left, prepared for the same specs; None for some that end with the run.
    """

    compiled: Sequence[CompiledSpecification]
    spec: Path
    files: Sequence[InputFile]
    out: Path
    jobs: int
    language: str
    reason: Reason
    progress: Progress
    registry: AgencyRegistry | None = None
    decisions: DecisionRegister | None = None
    history: Path | None = None
    prune: bool = False
    fresh: bool = False
    file_timeout: float = 60.0
    cluster: str | None = None
    note_wording: NoteWording | None = None
    time: datetime = field(default_factory=run_time)
    workers: Executor | None = None
    pictures: str = AUTO
    on_picture: OnPicture = nobody

    @cached_property
    def notes(self) -> NoteSettings:
        """What the return notes of the run have in common."""
        return NoteSettings.of(self.language, today(), self.note_wording)


@dataclass(frozen=True)
class RunResult:
    """What came of a run.

    ``records``: those of the inputs of this run, in the order of the exports; ``on_the_site``: how many there are with
    those of earlier runs; ``review``: what is to be said of the agencies; ``history_problems``: what earlier runs left
    and could not be used; ``undecided``: decisions about reports that are not there; ``changed_files``: those that are
    not any more what was read and published of them; ``replaced``: reports whose place another file has taken, and it;
    ``picture_problems``: why nothing was seen in some pictures.
    """

    records: Sequence[ReportRecord]
    on_the_site: int
    review: AgencyReview = NOTHING_REVIEWED
    history_problems: Sequence[HistoryProblem] = ()
    undecided: Sequence[Decision] = ()
    changed_files: Sequence[str] = ()
    replaced: Sequence[tuple[str, str]] = ()
    picture_problems: Sequence[PictureProblem] = ()
