"""Workers of a process that goes on for months: where they could not be had for a while, new ones are tried."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from threading import Lock
from typing import Any, TypeVar

from disclosure_checks.runner.reading.workers.losses import TaskLost

Result = TypeVar("Result")


class LastingWorkers(Executor):
    """An executor that is made anew when it has given up.

    A run ends with its executor where no worker can be had, such as when the machine is out of memory. A server tells
    the people who wait at that moment, and answers the next ones. ``make`` makes an executor.
    """

    def __init__(self, make: Callable[[], Executor]) -> None:
        self._make = make
        self._lock = Lock()
        self._current = make()

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Have a task done. Raises RuntimeError after ``shutdown``."""
        current = self._current
        future = current.submit(fn, *args, **kwargs)
        future.add_done_callback(lambda done: self._look_at(done, current))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more tasks and end the workers."""
        with self._lock:
            self._current.shutdown(wait, cancel_futures=cancel_futures)

    def _look_at(self, done: Future[Any], given_to: Executor) -> None:
        problem = None if done.cancelled() else done.exception()
        if not isinstance(problem, TaskLost) or problem.reason != "no_workers":
            return
        with self._lock:
            if self._current is given_to:  # of all that were lost with it, the first sees to it
                self._current = self._make()
                given_to.shutdown(wait=False)
