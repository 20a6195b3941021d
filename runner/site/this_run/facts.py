"""What is to be told of a run, as plain values.

What is published is the same for every run over the same inputs on one day. The hour of a run and how long it took
would differ: they stand beside the collection, which is no part of the site, in a script that the page asks for where
there is one. Where SOURCE_DATE_EPOCH is set, the time is that and the durations are left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from time import perf_counter
from typing import NamedTuple

EXACT, DAY = "%Y-%m-%d %H:%M:%S UTC", "%Y-%m-%d"


class SuiteFacts(NamedTuple):
    """What GX kept of a suite over all reports; ``evaluated`` and the rest count expectations."""

    suite: str
    run_name: str
    run_time: datetime
    reports: int
    evaluated: int
    successful: int
    unsuccessful: int


@dataclass(frozen=True)
class RunFacts:
    """``files``: how many were given, by the ending of their names; ``read``: how many of them were read anew, the
    others being known. ``judged``: reports judged anew. ``is_repeatable``: the time was set, so that it may be told to
    the second. ``durations``: the path of the script that tells what differs from run to run, "" where nothing is told.
    ``versions``: of the program and its libraries, by name. ``results``: those of reports in GX's store.
    """

    time: datetime | None = None
    files: Mapping[str, int] = field(default_factory=dict)
    read: int = 0
    judged: int = 0
    is_repeatable: bool = False
    durations: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    suites: tuple[SuiteFacts, ...] = ()
    results: int = 0


STEPS = ("reading", "beside", "rules", "pages")


def durations_script(time: datetime, seconds: Mapping[str, float]) -> str:
    """What ``assets/this_run.js`` reads: when the run began, and how long each step took."""
    told = {
        "begun": time.astimezone(timezone.utc).strftime(EXACT),
        "seconds": {name: round(one, 1) for name, one in seconds.items()},
    }
    return f"window.thisRun={json.dumps(told)};\n"


class Stopwatch:
    """How long the steps of a run take, one after the other. A step may come several times."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._last = clock()
        self.seconds: dict[str, float] = {}

    def lap(self, step: str) -> None:
        """All since the last lap was this step."""
        now = self._clock()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self._last
        self._last = now
