"""What runs inside a Dask worker. Contents and results pass through it as bytes: it has nothing to do with them.

A worker started by a nanny may start no processes of ``multiprocessing``, so workers are supervised on Linux, where
they come from a nursery that is started as a program of its own.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock, Timer
from typing import Any

from distributed import WorkerPlugin, get_worker

from disclosure_checks.runner.reading.cluster.carrying import Outcome
from disclosure_checks.runner.reading.cluster.pickled_tasks import do, prepare
from disclosure_checks.runner.reading.cluster.problems import ClusterProblem
from disclosure_checks.runner.reading.program import differing_parts, program_parts
from disclosure_checks.runner.reading.workers.executor import SupervisedExecutor
from disclosure_checks.runner.reading.workers.losses import TaskLost
from disclosure_checks.runner.reading.workers.messages import Preparation, WorkerLimits

_LONGEST_IDLE = 120.0  # seconds: a run that was killed does not say that it has ended


def check() -> Mapping[str, str]:
    """What this worker has to have alike with the run. Raises ClusterProblem where it could supervise nothing."""
    if sys.platform != "linux" and multiprocessing.current_process().daemon:
        raise ClusterProblem("nanny", {"worker": get_worker().address})
    return program_parts()


def do_all(name: str, messages: Sequence[bytes]) -> list[Outcome]:
    """The Dask task: do the tasks of a chunk under the supervision that was set up by this name."""
    supervisor: Supervisor = get_worker().plugins[name]
    return supervisor.do_all(messages)


class Supervisor(WorkerPlugin):  # type: ignore[misc]  # types of distributed are not followed
    """Keeps supervised processes, one a thread of the Dask worker: from the first task on, and while there are some."""

    def __init__(
        self,
        name: str,
        preparations: bytes,
        deadline: float | None,
        limits: WorkerLimits,
        parts: Mapping[str, str],
    ) -> None:
        self.name = name
        self._preparation: Preparation = (prepare, (preparations,))
        self._deadline = deadline
        self._limits = limits
        self._parts = dict(parts)

    def setup(self, worker: Any) -> None:
        """Called by Dask in every worker, also in those that join later."""
        self._address = worker.address
        self._processes = worker.state.nthreads
        self._lock = Lock()
        self._executor: SupervisedExecutor | None = None
        self._users = 0
        self._timer: Timer | None = None

    def teardown(self, worker: Any) -> None:  # noqa: ARG002  # Dask's interface
        """Called by Dask when the run leaves, or the worker ends."""
        with self._lock:
            self._end()

    def do_all(self, messages: Sequence[bytes]) -> list[Outcome]:
        """Do tasks; one that takes its process along costs itself."""
        difference = differing_parts(self._parts, program_parts())
        if difference:  # a worker that joined later
            raise ClusterProblem("program_differs", {"worker": self._address, "difference": difference})
        with self._supervision() as executor:
            futures = [executor.submit(do, message) for message in messages]
            return [_outcome(future) for future in futures]

    @contextmanager
    def _supervision(self) -> Iterator[SupervisedExecutor]:
        with self._lock:
            self._users += 1
            if self._timer is not None:
                self._timer.cancel()
            if self._executor is None:
                self._executor = SupervisedExecutor(
                    self._processes,
                    [self._preparation],
                    deadline=self._deadline,
                    memory=self._limits.memory,
                    largest_result=self._limits.largest_result,
                )
            executor = self._executor
        try:
            yield executor
        finally:
            with self._lock:
                self._users -= 1
                if not self._users:
                    self._timer = Timer(_LONGEST_IDLE, self._end_if_idle)
                    self._timer.daemon = True
                    self._timer.start()

    def _end_if_idle(self) -> None:
        with self._lock:
            if not self._users:
                self._end()

    def _end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None


def _outcome(future: Any) -> Outcome:
    try:
        content: bytes = future.result()
        return content
    except TaskLost as lost:
        return lost.loss
