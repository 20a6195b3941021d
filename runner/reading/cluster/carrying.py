"""The one thread that sends tasks to a cluster, a bounded number at a time, and completes their futures.

What a worker cannot answer because a process died, its own or the one that supervises it, is tried once more in less
company: on another worker, if that one is gone. Only what is lost again is lost.
"""

from __future__ import annotations

import pickle
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Protocol

from disclosure_checks.runner.reading.cluster.chunks import Chunk, Task, Trial, next_chunk
from disclosure_checks.runner.reading.cluster.problems import ClusterProblem
from disclosure_checks.runner.reading.workers.losses import Loss, TaskLost, describe

Outcome = bytes | Loss
"""What came of a task: its result, pickled, or why there is none."""
Arrival = Sequence[Outcome] | Loss | ClusterProblem
"""What came of a chunk: an outcome a task, one for all, or that the cluster is of no use any more."""

_A_PLACE = 2  # chunks: the one that is worked on and the next
_MOST_BYTES = 64_000_000  # under way; also what the scheduler has to hold
_LOOK_EVERY = 5.0  # seconds: workers come and go
_LONGEST_WITHOUT_WORKERS = 120.0  # seconds: as long as it takes to start some


class Cluster(Protocol):
    """What carries chunks to workers."""

    def places(self) -> int:
        """How many tasks can be worked on at a time; 0 where there are no workers now."""

    def send(self, messages: Sequence[bytes], arrived: Callable[[Arrival], None]) -> None:
        """Have the tasks of a chunk done. ``arrived`` is called once, from any thread, unless it was dropped before."""

    def drop(self) -> None:
        """Forget what is under way."""

    def without_workers(self, seconds: float) -> ClusterProblem:
        """What is said where there have been no workers for so long."""


@dataclass(frozen=True)
class _Arrived:
    number: int
    arrival: Arrival


@dataclass(frozen=True)
class _Close:
    is_cancelled: bool


class Carrier:
    """Carries tasks until it is closed and all are done. ``run`` is the thread; everything else may be called by any."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._events: SimpleQueue[Task | _Arrived | _Close] = SimpleQueue()
        self._waiting: deque[Task] = deque()
        self._under_way: dict[int, Chunk] = {}
        self._last_number = 0
        self._places = 0
        self._looked = self._saw_workers = time.monotonic()
        self._is_closed = self._is_cancelled = False
        self._problem: ClusterProblem | None = None

    def put(self, task: Task) -> None:
        """Have a task done."""
        self._events.put(task)

    def close(self, cancel: bool) -> None:
        """Take no more tasks; with ``cancel``, those that are not done need not be done."""
        self._events.put(_Close(cancel))

    def run(self) -> None:
        """Do all tasks. No future is left without a result, whatever happens."""
        try:
            self._places = self._cluster.places()
            while not self._is_done():
                self._send()
                self._attend()
        except BaseException as problem:  # a fault of ours: nobody may wait for ever
            self._give_up(TaskLost("no_workers", describe(problem)))
            while not self._is_closed:
                self._note(self._events.get())
                self._give_up(TaskLost("no_workers", describe(problem)))
        for task in self._waiting:
            task.future.cancel()
        self._give_up(TaskLost("stopped"))

    def _is_done(self) -> bool:
        return self._is_cancelled or (self._is_closed and not self._waiting and not self._under_way)

    def _send(self) -> None:
        """Send as much as may be under way."""
        while self._waiting and self._has_room(self._waiting[0].trial):
            chunk = next_chunk(self._waiting, _A_PLACE * self._places)
            if chunk is None:
                return
            self._last_number += 1
            number = self._last_number
            self._under_way[number] = chunk
            self._cluster.send(chunk.messages, lambda arrival, n=number: self._events.put(_Arrived(n, arrival)))  # type: ignore[misc]

    def _has_room(self, trial: Trial) -> bool:
        if self._under_way and (trial is Trial.ISOLATED or any(one.is_isolated for one in self._under_way.values())):
            return False
        size = sum(chunk.size for chunk in self._under_way.values())
        return len(self._under_way) < max(1, _A_PLACE * self._places) and size < _MOST_BYTES

    def _attend(self) -> None:
        """Wait until something happens, and see to it and to all that has happened by then."""
        try:
            self._note(self._events.get(timeout=_LOOK_EVERY))
            while True:
                self._note(self._events.get_nowait())
        except Empty:
            pass
        if time.monotonic() - self._looked >= _LOOK_EVERY:
            self._look()

    def _look(self) -> None:
        """See how many workers there are."""
        self._places = self._cluster.places()
        self._looked = time.monotonic()
        if self._places or not self._under_way:
            self._saw_workers = self._looked
        elif self._looked - self._saw_workers > _LONGEST_WITHOUT_WORKERS:
            self._break(self._cluster.without_workers(_LONGEST_WITHOUT_WORKERS))

    def _note(self, event: Task | _Arrived | _Close) -> None:
        if isinstance(event, _Close):
            self._is_closed = True
            self._is_cancelled = self._is_cancelled or event.is_cancelled
        elif isinstance(event, _Arrived):
            if event.number in self._under_way:
                self._take(event.number, event.arrival)
        elif self._problem is not None:
            _fail(event, self._problem)
        else:
            self._waiting.append(event)

    def _take(self, number: int, arrival: Arrival) -> None:
        if isinstance(arrival, ClusterProblem):
            self._break(arrival)
            return
        chunk = self._under_way.pop(number)
        if isinstance(arrival, Loss):
            for task in chunk.tasks:
                self._lose(task, arrival, Trial.ISOLATED)
            return
        for task, outcome in zip(chunk.tasks, arrival, strict=True):
            if isinstance(outcome, Loss):
                self._lose(task, outcome, Trial.ALONE)
            else:
                _complete(task, outcome)

    def _lose(self, task: Task, loss: Loss, trial: Trial) -> None:
        """Try a task whose process died once more, if it was in more company than in this trial."""
        if loss.reason == "process_died" and task.trial < trial:
            self._waiting.appendleft(task.again(trial))
        else:
            task.future.set_exception(TaskLost(*loss))

    def _break(self, problem: ClusterProblem) -> None:
        """The cluster is of no use any more: say so to everyone who waits, now and later."""
        self._problem = problem
        self._give_up(problem)

    def _give_up(self, problem: Exception) -> None:
        tasks = [*self._waiting, *(task for chunk in self._under_way.values() for task in chunk.tasks)]
        if self._under_way:
            self._cluster.drop()
        self._waiting.clear()
        self._under_way.clear()
        for task in tasks:
            _fail(task, problem)


def _fail(task: Task, problem: Exception) -> None:
    if task.future.running() or task.future.set_running_or_notify_cancel():
        task.future.set_exception(problem)


def _complete(task: Task, outcome: bytes) -> None:
    try:
        answer = pickle.loads(outcome)
    except Exception as problem:
        task.future.set_exception(TaskLost("internal", f"result: {describe(problem)}"))
    else:
        task.complete(answer)
