"""One run, from files to a published site.

    files -> readings (supervised processes) -> the collection -> frames -> GX -> what changed -> one switch

Great Expectations takes seconds to import, so what needs it (``check_and_publish``) is imported while the workers read.
What is read is kept as it comes; the register of reports and what they were published as are committed before the
switch under a note that it is pending, so that a run that is killed in between only makes every page once more.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.compiling.lexicon_building import build_lexicon
from disclosure_checks.rules.spec.compiling.relied_on_equations import linear_equations
from disclosure_checks.runner.collection.history_files import HistoryProblem
from disclosure_checks.runner.collection.readings import Readings
from disclosure_checks.runner.collection.recognition import digest_of, digest_of_program, digest_of_specs
from disclosure_checks.runner.collection.register import DERIVED_PAGES, LAST_RUN, PENDING, Register
from disclosure_checks.runner.collection.store import (
    COLLECTION_FOLDER,
    DAMAGED,
    CollectionDamaged,
    CollectionHeld,
    CollectionProblem,
    collection_path,
    opened_collection,
    set_aside,
)
from disclosure_checks.runner.gx.late_imports import import_late
from disclosure_checks.runner.pipeline.collected import collect
from disclosure_checks.runner.pipeline.given_files import GivenFiles
from disclosure_checks.runner.pipeline.page_contents.run_facts import Beginning
from disclosure_checks.runner.pipeline.publications import Publications
from disclosure_checks.runner.pipeline.request import CONTEXT_FOLDER, RunRequest, RunResult
from disclosure_checks.runner.publishing.atomic_publication import Site, publication
from disclosure_checks.runner.reading.cluster.executor import ClusterExecutor
from disclosure_checks.runner.reading.file_reader import FormatLexicon
from disclosure_checks.runner.reading.pictures.looking import lookers
from disclosure_checks.runner.reading.pictures.modes import effective_mode, mode_digest
from disclosure_checks.runner.reading.pictures.two_readings import PictureDesk
from disclosure_checks.runner.reading.reading_tasks import reading_preparation
from disclosure_checks.runner.reading.workers.executor import SupervisedExecutor
from disclosure_checks.runner.site.page_writing import page_preparation
from disclosure_checks.runner.site.this_run.facts import Stopwatch

PRIVATE_FOLDERS = (CONTEXT_FOLDER, COLLECTION_FOLDER)


def run(request: RunRequest) -> RunResult:
    """Read, check and publish.

    Raises PublishError where the output folder cannot be written, CollectionHeld where another program holds the
    collection, ClusterProblem where a cluster cannot be used, and RuleExecutionError where a rule breaks; in any case
    what was published before stays as it was.
    """
    try:
        return _published(request)
    except CollectionDamaged as damaged:
        # what is in order cannot be told from what is not: the files at hand are read instead
        return _published(request, damaged.path)


def _published(request: RunRequest, damaged: Path | None = None) -> RunResult:
    """``damaged``: a collection to be put aside first."""
    path = collection_path(request.out)
    formats = [format_lexicon(one) for one in request.compiled]
    with (
        publication(request.out, PRIVATE_FOLDERS) as site,
        _workers(request) as workers,
        # on this machine, whoever reads the files
        lookers(effective_mode(request.pictures), request.jobs) as pictures,
    ):
        if request.fresh:
            with suppress(FileNotFoundError):
                shutil.rmtree(path.parent)
        put_aside = None if damaged is None else CollectionProblem(DAMAGED, damaged, set_aside(damaged))
        with opened_collection(path) as (connection, problem):
            result = _build(request, connection, site, formats, workers, pictures)
    # it is published: should this fail, the next run makes every page once more
    with suppress(CollectionHeld, CollectionDamaged, OSError), opened_collection(path) as (connection, _):
        Register(connection).drop_note(PENDING)
    told = [
        HistoryProblem(f"collection_{one.code}", one.path, one.kept) for one in (put_aside, problem) if one is not None
    ]
    return replace(result, history_problems=[*told, *result.history_problems])


def _workers(request: RunRequest) -> AbstractContextManager[Executor]:
    """What reads the files and writes the pages; what was left by a run before is left to the next."""
    return workers_of(request) if request.workers is None else nullcontext(request.workers)


def workers_of(request: RunRequest) -> Executor:
    """What reads the files and writes the pages of a run."""
    formats = [format_lexicon(one) for one in request.compiled]
    preparations = [
        reading_preparation(formats, effective_mode(request.pictures)),
        page_preparation(request.compiled, request.language, request.notes),
    ]
    if request.cluster is None:
        return SupervisedExecutor(request.jobs, preparations, deadline=request.file_timeout)
    return ClusterExecutor(request.cluster, preparations, deadline=request.file_timeout)


def _build(
    request: RunRequest,
    connection: sqlite3.Connection,
    site: Site,
    formats: Sequence[FormatLexicon],
    workers: Executor,
    pictures: Executor | None,
) -> RunResult:
    program = digest_of_program()
    reader = digest_of(program, digest_of_specs(request.spec))
    register = Register(connection)
    if register.note(PENDING) or not (request.out / CONTEXT_FOLDER).is_dir():
        Publications(connection).distrust()
        register.drop_note(DERIVED_PAGES)
    limits = repr(request.file_timeout).encode()
    watch = Stopwatch()
    mode = mode_digest(effective_mode(request.pictures))
    desk = None if pictures is None else PictureDesk(pictures, request.on_picture)
    files = GivenFiles(request.files, formats, connection, workers, reader, limits, mode, desk)
    import_late()
    checking = import_module("disclosure_checks.runner.pipeline.check_and_publish")  # imports GX, see above
    given = list(request.progress(files.results(), len(request.files)))
    watch.lap("reading")
    given.sort(key=lambda one: one.file.source)
    connection.execute("BEGIN IMMEDIATE")
    collected = collect(connection, given, request.registry, request.prune, request.time.date().isoformat())
    result: RunResult = checking.check_and_publish(
        request, connection, collected, site, workers, program, Beginning(watch, files.unknown)
    )
    changed = [file.source for file in files.changed()]
    result = replace(result, changed_files=changed, picture_problems=files.problems)
    Readings(connection).forget_unused(reader)
    register.keep_files(files.files)
    register.drop_note(LAST_RUN)
    register.keep_note(PENDING, True)
    connection.execute("COMMIT")
    return result


def format_lexicon(compiled: CompiledSpecification) -> FormatLexicon:
    """What the workers need to know of a spec."""
    specification = compiled.specification
    return FormatLexicon(
        build_lexicon(specification, linear_equations(compiled)),
        specification.years.first,
        specification.years.last,
        compiled.facts,
    )
