"""Tasks on their way from those who give them to the one who hands them out, and how to wake it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from multiprocessing import Pipe
from threading import Lock
from typing import Any

from disclosure_checks.runner.reading.workers.losses import Loss, TaskLost


@dataclass(eq=False, frozen=True)
class Job:
    """A task as it goes over the pipe, and the future of its result."""

    message: bytes
    future: Future[Any]


class Inbox:
    """A queue that another thread empties. ``sign`` becomes ready when there is something to look at."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._jobs: deque[Job] = deque()
        self._is_awake = False
        self._has_ended = False
        self._loss: Loss | None = None
        self.sign, self._bell = Pipe(duplex=False)
        self.is_closed = False
        self.is_cancelled = False

    def __len__(self) -> int:
        return len(self._jobs)

    def put(self, job: Job) -> None:
        """Queue a job; if nobody could do any, it is lost at once. Raises RuntimeError after ``close``."""
        with self._lock:
            if self._loss is not None:
                job.future.set_exception(TaskLost(*self._loss))
                return
            if self.is_closed:
                raise RuntimeError("cannot schedule new futures after shutdown")
            self._jobs.append(job)
            self._ring()

    def close(self, cancel: bool) -> None:
        """Take no more jobs; with ``cancel``, those that are not done need not be done."""
        with self._lock:
            self.is_closed = True
            self.is_cancelled = self.is_cancelled or cancel
            self._ring()

    def end(self, loss: Loss | None = None) -> list[Job]:
        """Take no more jobs; unless it was closed before, those that still come are lost. Gives the jobs that are left."""
        with self._lock:
            self._loss = None if self.is_closed else loss
            self.is_closed = self._has_ended = True
            self.sign.close()
            self._bell.close()
            left = list(self._jobs)
            self._jobs.clear()
            return left

    def put_back(self, jobs: Iterable[Job]) -> None:
        """Queue jobs before all others, in their order."""
        with self._lock:
            self._jobs.extendleft(reversed(list(jobs)))

    def head(self) -> Job | None:
        """The next job, which stays."""
        with self._lock:
            return self._jobs[0] if self._jobs else None

    def take(self) -> Job | None:
        """The next job that was not cancelled. From now on it cannot be."""
        with self._lock:
            while self._jobs:
                job = self._jobs.popleft()
                if job.future.running() or job.future.set_running_or_notify_cancel():
                    return job
            return None

    def look(self) -> None:
        """Silence ``sign`` until the next change."""
        with self._lock:
            if self._is_awake:
                self.sign.recv_bytes()
                self._is_awake = False

    def _ring(self) -> None:
        if not self._is_awake and not self._has_ended:
            self._is_awake = True
            self._bell.send_bytes(b".")
