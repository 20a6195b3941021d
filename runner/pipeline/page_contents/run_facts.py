"""What is told of a run, put together from what it was asked and what came of it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from disclosure_checks.runner.pipeline.request import RunRequest
from disclosure_checks.runner.pipeline.today import repeated_time
from disclosure_checks.runner.reading.program import LIBRARIES, version_of
from disclosure_checks.runner.site.this_run.facts import RunFacts, Stopwatch, SuiteFacts

_PROGRAM = "disclosure-checks"


class Beginning(NamedTuple):
    """What a run did before anything was checked: the watch that it started, and how many files it had to read."""

    watch: Stopwatch
    read: int


def facts_of_run(
    request: RunRequest, begun: Beginning, judged: int, suites: Sequence[SuiteFacts], results: int
) -> RunFacts:
    """``judged``: reports that were judged anew; ``results``: those in GX's store."""
    begun.watch.lap("pages")
    endings = Counter(file.path.suffix.removeprefix(".").lower() for file in request.files)
    versions = {_PROGRAM: version_of(_PROGRAM), "Python": sys.version.split()[0]}
    return RunFacts(
        time=request.time,
        files=dict(sorted(endings.items())),
        read=begun.read,
        judged=judged,
        seconds={} if repeated_time() else dict(begun.watch.seconds),
        versions=versions | {name: version_of(name) for name in LIBRARIES},
        suites=tuple(suites),
        results=results,
    )
