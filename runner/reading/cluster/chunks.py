"""Tasks as they are sent to a cluster: some together, as each message costs the scheduler milliseconds."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any

from disclosure_checks.runner.reading.portable_tasks import PortableTask
from disclosure_checks.runner.reading.workers.losses import TaskLost, describe
from disclosure_checks.runner.reading.workers.messages import encoded_task

_MOST_TOGETHER = 16  # tasks
_LARGE = 4_000_000  # bytes: a chunk that has come to this is not filled further


@dataclass(frozen=True, eq=False)
class Task:
    """A task that was given. ``is_alone``: it was lost with its process once, and goes without others now."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    named: dict[str, Any]
    future: Future[Any]
    is_alone: bool = False

    def alone(self) -> Task:
        """The task as it is tried once more."""
        return replace(self, is_alone=True)

    def encoded(self) -> bytes:
        """What a worker elsewhere is to do. Raises whatever the first step of the task or pickling raises."""
        if isinstance(self.function, PortableTask):
            return encoded_task(self.function.work, (self.function.gather(*self.arguments, **self.named),), {})
        return encoded_task(self.function, self.arguments, self.named)

    def deliver(self, answer: Any) -> None:
        """Do what remains to be done here, and complete the future."""
        try:
            if isinstance(self.function, PortableTask):
                answer = self.function.deliver(*self.arguments, answer, **self.named)
        except Exception as problem:
            self.future.set_exception(TaskLost("internal", describe(problem)))
        else:
            self.future.set_result(answer)


@dataclass(frozen=True, eq=False)
class Chunk:
    """Tasks that are sent together, and what is sent of each."""

    tasks: tuple[Task, ...]
    messages: tuple[bytes, ...]

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
        if tasks and waiting[0].is_alone:
            break
        task = waiting.popleft()
        if not (task.future.running() or task.future.set_running_or_notify_cancel()):
            continue
        try:
            message = task.encoded()
        except Exception as problem:  # pickling calls whatever the arguments define
            task.future.set_exception(TaskLost("internal", describe(problem)))
            continue
        tasks.append(task)
        messages.append(message)
        size += len(message)
        if task.is_alone:
            break
    return Chunk(tuple(tasks), tuple(messages)) if tasks else None
