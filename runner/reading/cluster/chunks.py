"""Tasks as they are sent to a cluster: some together, as each message costs the scheduler milliseconds."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from disclosure_checks.runner.reading.portable_tasks import PortableTask
from disclosure_checks.runner.reading.workers.losses import TaskLost, describe
from disclosure_checks.runner.reading.workers.messages import encoded_task

_MOST_TOGETHER = 16  # tasks
_LARGE = 4_000_000  # bytes: a chunk that has come to this is not filled further


class Trial(IntEnum):
    """In what company a task is sent: after it was lost with a process, in less than before."""

    TOGETHER = 0
    ALONE = 1  # in a chunk of its own: it was in the supervised process that died
    ISOLATED = 2  # and nothing else is under way: it was on a Dask worker that died, which blames all that was there


@dataclass(frozen=True, eq=False)
class Task:
    """A task that was given.

    ``encoded`` gives what a worker elsewhere is to do; it raises whatever the first step of the task raises.
    """

    encoded: Callable[[], bytes]
    deliver: Callable[[Any], Any]
    future: Future[Any]
    trial: Trial = Trial.TOGETHER

    @classmethod
    def of(cls, function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> Task:
        """A task as it is handed in. What need not be gathered late is pickled now, as what it is made of may change."""
        future: Future[Any] = Future()
        if isinstance(function, PortableTask) and function.gather is not None:
            work, gather = function.work, function.gather
            return cls(lambda: encoded_task(work, (gather(*arguments, **named),), {}), function.delivered, future)
        if isinstance(function, PortableTask):
            message = encoded_task(function.work, arguments, named)
            return cls(lambda: message, function.delivered, future)
        message = encoded_task(function, arguments, named)
        return cls(lambda: message, _as_it_is, future)

    def again(self, trial: Trial) -> Task:
        """The task as it is tried once more."""
        return replace(self, trial=trial)

    def complete(self, answer: Any) -> None:
        """Do what remains to be done here, and complete the future."""
        try:
            result = self.deliver(answer)
        except Exception as problem:
            self.future.set_exception(TaskLost("internal", describe(problem)))
        else:
            self.future.set_result(result)


@dataclass(frozen=True, eq=False)
class Chunk:
    """Tasks that are sent together, and what is sent of each."""

    tasks: tuple[Task, ...]
    messages: tuple[bytes, ...]

    @property
    def is_isolated(self) -> bool:
        """Whether nothing else may be under way."""
        return self.tasks[0].trial is Trial.ISOLATED

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(map(len, self.messages))


def next_chunk(waiting: deque[Task], places: int) -> Chunk | None:
    """Take the next tasks from those that wait; None where none is left. ``places``: how many chunks can be under way.

    The fewer wait, the fewer go together, so that all workers have something to do to the end.
    """
    most = max(1, min(_MOST_TOGETHER, len(waiting) // max(1, places)))
    tasks: list[Task] = []
    messages: list[bytes] = []
    size = 0
    while waiting and len(tasks) < most and size < _LARGE:
        if tasks and waiting[0].trial > Trial.TOGETHER:
            break
        task = waiting.popleft()
        if not (task.future.running() or task.future.set_running_or_notify_cancel()):
            continue
        try:
            message = task.encoded()
        except Exception as problem:
            task.future.set_exception(TaskLost("internal", describe(problem)))
            continue
        tasks.append(task)
        messages.append(message)
        size += len(message)
        if task.trial > Trial.TOGETHER:
            break
    return Chunk(tuple(tasks), tuple(messages)) if tasks else None


def _as_it_is(answer: Any) -> Any:
    return answer
