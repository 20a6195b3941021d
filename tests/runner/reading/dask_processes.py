"""A real scheduler and real workers on this machine. Waiting is reading what they say, for a bounded time."""

from __future__ import annotations

import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.checking import ROOT

PATIENCE = 120.0  # seconds; only what hangs takes as long


class DaskProcess:
    """``dask`` with some words, from its start to the end of a ``with`` block."""

    def __init__(self, folder: Path, *words: str) -> None:
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd=folder,
            # the tasks of tests are importable in the workers, and nothing is written to the home of who runs them
            env={**os.environ, "PYTHONPATH": str(ROOT), "DASK_CONFIG": str(folder / "dask")},
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> DaskProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def wait_for(self, pattern: str) -> str:
        """What the pattern's group is in the first line that has it."""
        while True:
            found = re.search(pattern, self._lines.get(timeout=PATIENCE))
            if found:
                return found[1]

    def _listen(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._lines.put(line)


@contextmanager
def running_scheduler(folder: Path) -> Iterator[tuple[str, DaskProcess]]:
    """A scheduler and its address."""
    words = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    with DaskProcess(folder, *words) as scheduler:
        yield scheduler.wait_for(r"Scheduler at:\s+(tcp://\S+)"), scheduler


@contextmanager
def running_cluster(folder: Path, workers: int) -> Iterator[tuple[str, DaskProcess]]:
    """A scheduler with workers of one thread, each under a nanny, which starts it again when it dies."""
    with ExitStack() as processes:
        address, scheduler = processes.enter_context(running_scheduler(folder))
        for _ in range(workers):
            words = ("--nthreads", "1", "--no-dashboard", "--local-directory", str(folder / "workers"))
            processes.enter_context(DaskProcess(folder, "worker", address, *words))
        for _ in range(workers):
            scheduler.wait_for(r"Register worker.*(tcp://[^'\" >]+)")
        yield address, scheduler
