"""What is to be told of a run, as plain values.

The time of a run and how long it took are the one thing on the site that differs from run to run over the same inputs:
they stand on the page about the run and nowhere else. Where SOURCE_DATE_EPOCH is set the time is that, and the durations
are left out, so that a run can be repeated byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import NamedTuple


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
    others being known. ``judged``: reports judged anew. ``seconds``: how long each step took, by its name; empty where
    that is not told. ``versions``: of the program and its libraries, by name. ``results``: those of reports in GX's store.
    """

    time: datetime | None = None
    files: Mapping[str, int] = field(default_factory=dict)
    read: int = 0
    judged: int = 0
    seconds: Mapping[str, float] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    suites: tuple[SuiteFacts, ...] = ()
    results: int = 0


STEPS = ("reading", "beside", "rules", "pages")


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
