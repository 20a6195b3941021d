"""The one thread that hands out tasks, watches the workers and completes the futures.

Each worker holds at most two tasks: the one it works on, and, while there are plenty, the next one, waiting in its pipe,
so that no worker waits for this thread, which shares the interpreter with whatever the run does meanwhile. A worker
that is lost costs the task it worked on; the one behind it is given to another.
"""

from __future__ import annotations

import pickle
import time
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for_any
from typing import Any

from disclosure_checks.runner.reading.workers.inbox import Inbox, Job
from disclosure_checks.runner.reading.workers.losses import Loss, TaskLost, cause_of_death, describe, memory_words
from disclosure_checks.runner.reading.workers.messages import LOSS, READY, RESULT, UNPREPARED, Answer, Ending
from disclosure_checks.runner.reading.workers.sources import WorkerSource

_SURELY_FITS = 8192  # bytes that can be sent to a worker which is busy: its pipe holds more everywhere
_LONGEST_START = 120.0  # seconds
_LONGEST_BURIAL = 5.0  # seconds to wait for news of how a worker ended
_MOST_FAILED_STARTS = 3  # in a row: there is no point in trying again


@dataclass(eq=False)
class _Worker:
    """``since``: when it was started or, once ready, when it turned to the first of the jobs it holds."""

    number: int
    connection: Connection
    since: float
    is_ready: bool = False
    held: deque[Job] = field(default_factory=deque)


class Supervision:
    """Runs the jobs of an inbox in workers of a source. ``run`` returns when the inbox is closed and all is done."""

    def __init__(
        self, inbox: Inbox, source: WorkerSource, workers: int, deadline: float | None, memory: int | None
    ) -> None:
        self._inbox = inbox
        self._source = source
        self._most_workers = workers
        self._deadline = deadline
        self._memory = memory
        self._workers: dict[int, _Worker] = {}
        self._dying: dict[int, tuple[float, Job]] = {}  # lost workers of whose end nothing was heard yet
        self._endings: dict[int, Ending] = {}  # of workers that may still have left an answer in their pipes
        self._last_number = 0
        self._failed_starts = 0
        self._watched = time.monotonic()

    def run(self) -> None:
        """Do all jobs. No future is left without a result, whatever happens."""
        loss = Loss("stopped")
        try:
            while not self._is_done():
                self._assign()
                self._attend()
        except _NoWorkers as problem:
            loss = problem.loss
        except BaseException as problem:  # a fault of ours: nobody may wait for ever
            loss = Loss("internal", describe(problem))
        finally:
            self._end(loss)

    def _is_done(self) -> bool:
        if self._inbox.is_cancelled:
            return True
        is_busy = self._inbox or self._dying or any(worker.held for worker in self._workers.values())
        return self._inbox.is_closed and not is_busy

    def _end(self, loss: Loss) -> None:
        for worker in self._workers.values():
            for job in worker.held:
                _fail(job, loss)
        for _, job in self._dying.values():
            _fail(job, loss)
        for job in self._inbox.end(loss):
            if loss.reason == "stopped":
                job.future.cancel()
            if job.future.running() or job.future.set_running_or_notify_cancel():
                _fail(job, loss)
        for worker in self._workers.values():
            worker.connection.close()
        self._source.close()

    # handing out

    def _assign(self) -> None:
        for worker in list(self._workers.values()):
            if not worker.held:
                self._hand(worker)
        while len(self._inbox) and len(self._workers) < self._most_workers:
            if not self._start():
                return
        for worker in list(self._workers.values()):
            if len(worker.held) == 1 and len(self._inbox) > self._most_workers:
                self._hand(worker)

    def _hand(self, worker: _Worker) -> None:
        """Send the next job to a worker, unless the worker is not waiting for one and the job is large."""
        head = self._inbox.head()
        if head is None or (len(head.message) > _SURELY_FITS and not (worker.is_ready and not worker.held)):
            return
        job = self._inbox.take()
        if job is None:
            return
        try:
            worker.connection.send_bytes(job.message)
        except BlockingIOError:  # it waits for a task and does not fetch it
            self._inbox.put_back([job])
            self._lose(worker, None)
            return
        except OSError:  # it has ended: not the fault of this job, and its last answer may still be in the pipe
            self._inbox.put_back([job])
            return
        if worker.is_ready and not worker.held:
            worker.since = time.monotonic()
        worker.held.append(job)

    def _start(self) -> bool:
        self._last_number += 1
        try:
            connection = self._source.start(self._last_number)
        except OSError as problem:
            self._note_failed_start(describe(problem))
            return False
        worker = _Worker(self._last_number, connection, time.monotonic())
        self._workers[worker.number] = worker
        self._hand(worker)
        return True

    def _note_failed_start(self, detail: str) -> None:
        self._failed_starts += 1
        if self._failed_starts >= _MOST_FAILED_STARTS:
            raise _NoWorkers(Loss("internal", f"workers do not start: {detail}"))

    # watching

    def _attend(self) -> None:
        """Wait until something happens, and see to it."""
        by_connection: dict[Any, _Worker] = {worker.connection: worker for worker in self._workers.values()}
        ready = set(wait_for_any([self._inbox.sign, *self._source.signs(), *by_connection], self._patience()))
        if self._inbox.sign in ready:
            self._inbox.look()
        for connection, worker in by_connection.items():
            if connection in ready:
                self._hear(worker)
        for ending in self._source.endings():
            self._note(ending)
        now = time.monotonic()
        self._end_overdue(now)
        if self._source.watch_every is not None and now - self._watched >= self._source.watch_every:
            self._watched = now
            self._end_swollen()

    def _patience(self) -> float | None:
        """How long nothing needs to be done if nothing happens."""
        ends = [end for end, _ in self._dying.values()]
        ends += [end for worker in self._workers.values() if (end := self._end_of(worker)) is not None]
        if self._source.watch_every is not None and any(worker.held for worker in self._workers.values()):
            ends.append(self._watched + self._source.watch_every)
        return max(0.0, min(ends) - time.monotonic()) if ends else None

    def _end_of(self, worker: _Worker) -> float | None:
        """When a worker is overdue."""
        if not worker.is_ready:
            return worker.since + _LONGEST_START
        return worker.since + self._deadline if self._deadline is not None and worker.held else None

    def _hear(self, worker: _Worker) -> None:
        """Take what a worker says; if it says nothing more, it has ended."""
        try:
            answer = Answer.decode(worker.connection.recv_bytes())
        except (EOFError, OSError):
            self._lose(worker, None)
            return
        if answer.kind == UNPREPARED:
            raise _NoWorkers(pickle.loads(answer.body))
        worker.since = time.monotonic()
        if answer.kind == READY:
            worker.is_ready = True
            self._failed_starts = 0
            return
        _complete(worker.held.popleft(), answer)
        if answer.is_last:
            self._dismiss(worker)

    def _note(self, ending: Ending) -> None:
        """A worker has ended. What it had answered before stands in its pipe, and the end of the pipe behind that."""
        if ending.number in self._dying:
            _, job = self._dying.pop(ending.number)
            _fail(job, cause_of_death(ending, self._memory))
        elif ending.number in self._workers:
            self._endings[ending.number] = ending

    def _end_overdue(self, now: float) -> None:
        for worker in list(self._workers.values()):
            end = self._end_of(worker)
            if end is None or now < end or worker.connection.poll():
                continue
            if worker.is_ready:
                self._lose(worker, Loss("timeout", f"> {self._deadline:g} s"))
            else:
                self._lose(worker, None)
        for number, (end, _) in list(self._dying.items()):
            if now >= end:
                self._note(Ending(number, None))

    def _end_swollen(self) -> None:
        for number in self._source.swollen():
            worker = self._workers.get(number)
            if worker is not None and worker.held:
                self._lose(worker, Loss("memory", memory_words(self._memory)))

    # losing

    def _lose(self, worker: _Worker, loss: Loss | None) -> None:
        """Do without a worker. The job it worked on is lost, through ``loss`` or, without one, by how the worker ended."""
        job = worker.held.popleft() if worker.held and worker.is_ready else None
        ending = self._dismiss(worker)
        if job is not None and loss is not None:
            _fail(job, loss)
        elif job is not None and ending is not None:
            _fail(job, cause_of_death(ending, self._memory))
        elif job is not None:
            self._dying[worker.number] = (time.monotonic() + _LONGEST_BURIAL, job)
        if not worker.is_ready:
            self._note_failed_start("they end at once, or are not ready in time")

    def _dismiss(self, worker: _Worker) -> Ending | None:
        """Part from a worker; give the jobs it holds to others. What is known of its end."""
        del self._workers[worker.number]
        worker.connection.close()
        self._source.stop(worker.number)
        self._inbox.put_back(worker.held)
        return self._endings.pop(worker.number, None)


class _NoWorkers(Exception):
    def __init__(self, loss: Loss) -> None:
        super().__init__(loss)
        self.loss = loss


def _complete(job: Job, answer: Answer) -> None:
    try:
        content = pickle.loads(answer.body)
    except Exception as problem:
        _fail(job, Loss("internal", f"result: {describe(problem)}"))
        return
    if answer.kind == RESULT:
        job.future.set_result(content)
    elif answer.kind == LOSS:
        _fail(job, content)


def _fail(job: Job, loss: Loss) -> None:
    job.future.set_exception(TaskLost(*loss))
