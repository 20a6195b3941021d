"""One run, from files to a published site.

    files -> readings (processes) -> one frame a spec -> GX checkpoint -> findings -> records -> pages and exports

Great Expectations takes seconds to import, so what needs it (``runner.pipeline.check_and_publish``) is
imported while the workers read.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.compiling.lexicon_building import build_lexicon
from disclosure_checks.rules.spec.compiling.relied_on_equations import linear_equations
from disclosure_checks.runner.gx.late_imports import import_late
from disclosure_checks.runner.pipeline.request import CONTEXT_FOLDER, RunRequest, RunResult
from disclosure_checks.runner.publishing.atomic_publication import publication
from disclosure_checks.runner.reading.file_reader import FormatLexicon
from disclosure_checks.runner.reading.parallel_reading import ReportReading, reading_preparation, reading_processes
from disclosure_checks.runner.reading.worker_pool import WorkerPool
from disclosure_checks.runner.site.page_writing import page_preparation


def run(request: RunRequest) -> RunResult:
    """Read, check and publish.

    Raises PublishError where the output folder cannot be written, and ``RuleExecutionError`` where
    a rule breaks; in either case what was published before stays as it was.
    """
    formats = [format_lexicon(one) for one in request.compiled]
    with publication(request.out, (CONTEXT_FOLDER,)) as site, worker_pool(request, formats) as pool:
        reading = ReportReading(request.files, formats, pool)
        import_late()
        checking = import_module("disclosure_checks.runner.pipeline.check_and_publish")  # imports GX, see above
        readings = list(request.progress(reading.results(), len(request.files)))
        result: RunResult = checking.check_and_publish(request, readings, site.folder, pool)
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
