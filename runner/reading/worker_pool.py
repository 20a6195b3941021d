"""The worker processes of a run: started once, before anything heavy is imported here, and kept to its end.

They read the reports and later write the pages of reports. Worker processes never import GX.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, TypeVar

Argument = TypeVar("Argument")
Result = TypeVar("Result")

Preparation = tuple[Callable[..., None], tuple[Any, ...]]
"""What a worker calls before its first task, and with what."""


# forking shares what is loaded; elsewhere the workers import anew what their tasks need
_START_METHOD = "fork" if sys.platform == "linux" else "spawn"


# the process that gathers the results has the longest chain of work: it should not wait for a core
_NICENESS = 5


class WorkerPool:
    """Some processes, each prepared alike. They start with the first task; leave the ``with`` block to end them."""

    def __init__(self, processes: int, preparations: Sequence[Preparation], method: str = _START_METHOD) -> None:
        context = multiprocessing.get_context(method)
        self._executor = ProcessPoolExecutor(processes, context, _prepare, (tuple(preparations),))

    def submit(self, task: Callable[[Argument], Result], argument: Argument) -> Future[Result]:
        """Have a task done. Its future raises BrokenProcessPool where a process died, now or before."""
        try:
            return self._executor.submit(task, argument)
        except BrokenProcessPool as broken:
            lost: Future[Result] = Future()
            lost.set_exception(broken)
            return lost

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(cancel_futures=True)


def _prepare(preparations: Sequence[Preparation]) -> None:
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    gc.set_threshold(200_000, 50, 50)  # reading makes many small immutable objects and no cycles
    for prepare, arguments in preparations:
        prepare(*arguments)
