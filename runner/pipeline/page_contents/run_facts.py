"""What is told of a run, put together from what it was asked and what came of it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from disclosure_checks.runner.collection.store import COLLECTION_FOLDER
from disclosure_checks.runner.pipeline.request import RunRequest
from disclosure_checks.runner.pipeline.today import repeated_time
from disclosure_checks.runner.reading.program import LIBRARIES, version_of
from disclosure_checks.runner.site.this_run.facts import RunFacts, Stopwatch, SuiteFacts, durations_script

_PROGRAM = "disclosure-checks"
_SCRIPT = "this_run.js"


class Beginning(NamedTuple):
    """What a run did before anything was checked: the watch that it started, and how many files it had to read."""

    watch: Stopwatch
    read: int


def facts_of_run(
    request: RunRequest, begun: Beginning, judged: int, suites: Sequence[SuiteFacts], results: int
) -> RunFacts:
    """``judged``: reports that were judged anew; ``results``: those in GX's store."""
    begun.watch.lap("pages")
    is_repeatable = repeated_time() is not None
    script = PurePosixPath(COLLECTION_FOLDER, _SCRIPT)
    if not is_repeatable:
        (request.out / script).write_text(durations_script(request.time, begun.watch.seconds), encoding="utf-8")
    endings = Counter(file.path.suffix.removeprefix(".").lower() for file in request.files)
    versions = {_PROGRAM: version_of(_PROGRAM), "Python": sys.version.split()[0]}
    return RunFacts(
        time=request.time,
        files=dict(sorted(endings.items())),
        read=begun.read,
        judged=judged,
        is_repeatable=is_repeatable,
        durations="" if is_repeatable else script.as_posix(),
        versions=versions | {name: version_of(name) for name in LIBRARIES},
        suites=tuple(suites),
        results=results,
    )
