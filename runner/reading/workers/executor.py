"""Tasks in supervised worker processes, behind the interface of ``concurrent.futures``."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from threading import Lock, Thread
from types import TracebackType
from typing import Any, TypeVar

from disclosure_checks.runner.reading.workers.inbox import Inbox, Job
from disclosure_checks.runner.reading.workers.losses import TaskLost, describe
from disclosure_checks.runner.reading.workers.messages import Preparation, WorkerLimits, encoded_task
from disclosure_checks.runner.reading.workers.sources import WorkerSource, worker_source
from disclosure_checks.runner.reading.workers.supervising import Supervision

Result = TypeVar("Result")

DEADLINE = 60.0  # seconds a task
# bytes by which a worker may grow: files at the bounds of their readers, and LibreOffice, need less
MEMORY = 600_000_000
LARGEST_RESULT = 64_000_000  # bytes, pickled


class SupervisedExecutor(Executor):
    """Runs tasks in worker processes. A worker that hangs, swells or dies is replaced and costs the task it worked on.

    Every task has ``deadline`` seconds from when its worker turns to it, and its worker ``memory`` bytes to grow by;
    None for any. The future of a task that was lost raises ``TaskLost``; nothing else is ever raised by it. Tasks,
    their arguments and results are pickled, so functions must be importable ones, not of ``__main__``.

    Workers are prepared alike before their first task, run at lower priority, print nothing, are not stopped by Ctrl-C,
    hold no lock or file of this process, and end, with all that they have started, when this process ends, however it
    does. What the system does not let us promise elsewhere than on Linux is said in ``sources``.

    Nothing is started before the first task. Leaving a ``with`` block waits for the tasks given, as with any executor;
    leaving it by an exception stops them.
    """

    def __init__(
        self,
        workers: int,
        preparations: Sequence[Preparation] = (),
        *,
        deadline: float | None = DEADLINE,
        memory: int | None = MEMORY,
        largest_result: int = LARGEST_RESULT,
        source: Callable[[bytes, WorkerLimits], WorkerSource] = worker_source,
    ) -> None:
        if workers < 1:
            raise ValueError("at least one worker is needed")
        self._workers = workers
        self._preparations = pickle.dumps(tuple(preparations))
        self._deadline = deadline
        self._limits = WorkerLimits(memory, largest_result)
        self._source = source
        self._inbox = Inbox()
        self._lock = Lock()
        self._thread: Thread | None = None

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Have a task done. Raises RuntimeError after ``shutdown``."""
        future: Future[Result] = Future()
        try:
            message = encoded_task(fn, args, kwargs)
        except Exception as problem:  # pickling calls whatever the arguments define
            future.set_exception(TaskLost("internal", describe(problem)))
            return future
        self._inbox.put(Job(message, future))
        self._supervise()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more tasks and end the workers: when all tasks are done or, with ``cancel_futures``, at once.

        Tasks that had begun are then lost as ``stopped``.
        """
        self._inbox.close(cancel_futures)
        thread = self._thread
        if thread is None:
            self._inbox.end()
        elif wait:
            thread.join()

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown(cancel_futures=kind is not None)

    def _supervise(self) -> None:
        with self._lock:
            if self._thread is None:
                source = self._source(self._preparations, self._limits)
                supervision = Supervision(self._inbox, source, self._workers, self._deadline, self._limits.memory)
                # a daemon: when the interpreter ends, so do the workers
                self._thread = Thread(target=supervision.run, name="supervision of workers", daemon=True)
                self._thread.start()
