"""Where workers come from, and who ends them: the best way that the system has.

Linux: forked from a nursery (``forked_workers``). Promised there: everything that the executor says.
Elsewhere (macOS, Windows): started anew each (``spawned_workers``, which says what is promised there).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from multiprocessing.connection import Connection
from typing import Any, Protocol

from disclosure_checks.runner.reading.workers.messages import Ending, WorkerLimits


class WorkerSource(Protocol):
    """Starts workers and ends them. A worker is known by the number it was started with."""

    watch_every: float | None
    """Seconds after which ``swollen`` wants to be asked again; None where the system holds workers to their limit."""

    def start(self, number: int) -> Connection:
        """Start a worker; give our end of its pipe. The worker says there when it is ready. Raises OSError."""

    def stop(self, number: int) -> None:
        """End a worker at once, if it has not ended."""

    def signs(self) -> Sequence[Any]:
        """What ``multiprocessing.connection.wait`` is to wait for: then something has ended."""

    def endings(self) -> Iterable[Ending]:
        """The workers that have ended since the last time."""

    def swollen(self) -> Iterable[int]:
        """The workers that are past their limit."""

    def close(self) -> None:
        """End all workers, within some two seconds."""


def worker_source(preparations: bytes, limits: WorkerLimits) -> WorkerSource:
    """The best source that there is here. Nothing is started yet."""
    if sys.platform == "linux":
        from disclosure_checks.runner.reading.workers.forked_workers import ForkedWorkers

        return ForkedWorkers(preparations, limits)
    from disclosure_checks.runner.reading.workers.spawned_workers import SpawnedWorkers

    return SpawnedWorkers(preparations, limits)
