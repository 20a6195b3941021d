"""One run, from files to a published site.

    files -> readings (processes) -> one frame a spec -> GX checkpoint -> findings -> records -> pages and exports

Great Expectations takes seconds to import, so what needs it (``runner.checking``) is imported while the workers read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from grammar.document import UnreadableReport
from rules.agency_registry import AgencyRegistry
from rules.agency_review import NOTHING_REVIEWED, AgencyReview
from rules.lexicon_building import build_lexicon
from rules.outcomes import CompiledSpecification
from rules.relied_on_equations import linear_equations
from runner.deep_calls import call_with_room
from runner.exports.records import CheckedReport, ReportRecord
from runner.history_files import HistoryProblem
from runner.inputs import InputFile
from runner.late_imports import import_late
from runner.page_writing import page_preparation
from runner.publishing import publication
from runner.reading import FormatLexicon, Reading, ReportReading, reading_preparation, reading_processes
from runner.worker_pool import WorkerPool

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


def run(request: RunRequest) -> RunResult:
    """Read, check and publish.

    Raises PublishError where the output folder cannot be written, and ``RuleExecutionError`` where
    a rule breaks; in either case what was published before stays as it was.
    """
    formats = [format_lexicon(one) for one in request.compiled]
    with publication(request.out) as folder, worker_pool(request, formats) as pool:
        reading = ReportReading(request.files, formats, pool)
        import_late()
        checking = call_with_room(lambda: import_module("runner.checking"))  # imports GX, see above
        readings = list(request.progress(reading.results(), len(request.files)))
        result: RunResult = checking.check_and_publish(request, readings, folder, pool)
        return result


def worker_pool(
    request: RunRequest, formats: Sequence[FormatLexicon]
) -> AbstractContextManager[WorkerPool | None, bool | None]:
    """The processes of a run, ready to read its files and to write its pages; None where there are few files."""
    processes = reading_processes(request.files, request.jobs)
    if not processes:
        return nullcontext()
    pages = page_preparation(request.compiled, request.language)
    return WorkerPool(processes, [reading_preparation(formats), pages])


def format_lexicon(compiled: CompiledSpecification) -> FormatLexicon:
    """What the workers need to know of a spec."""
    specification = compiled.specification
    return FormatLexicon(
        build_lexicon(specification, linear_equations(compiled)), specification.years.first, specification.years.last
    )
