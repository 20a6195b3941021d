"""Workers that are started anew each, by ``multiprocessing``'s spawn: macOS and Windows. It takes up to a second each.

What is promised there:

- Time, death and exceptions: as on Linux.
- Memory: on macOS the resident size is looked at four times a second, so a worker may be past its limit for a moment;
  on Windows it is not limited.
- What a worker has started (LibreOffice) ends with it on macOS where it is stopped, not where it dies by itself; on
  Windows it does not.
- When the run is killed its workers end, unless C code that never lets go of the interpreter runs in one.
- A daemonic process of ``multiprocessing``, such as a Dask worker under its nanny, cannot have them; and the program
  that starts them must be importable without doing anything (``if __name__ == "__main__"``).
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for_any
from multiprocessing.process import BaseProcess
from typing import Any

from disclosure_checks.runner.reading.workers.limits import settle_down
from disclosure_checks.runner.reading.workers.messages import Ending, WorkerLimits
from disclosure_checks.runner.reading.workers.process_table import end_descendants, resident_sizes
from disclosure_checks.runner.reading.workers.serving import prepare, serve

_LONGEST_END = 2.0  # seconds
_WATCH_EVERY = 0.25  # seconds


class SpawnedWorkers:
    """A source of workers, each an interpreter of its own."""

    def __init__(self, preparations: bytes, limits: WorkerLimits) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._preparations = preparations
        self._limits = limits
        self._processes: dict[int, BaseProcess] = {}
        self._largest: dict[int, int] = {}  # resident size, by number
        self._folder = ""  # for temporary files
        self.watch_every = _WATCH_EVERY if limits.memory is not None and shutil.which("ps") else None

    def start(self, number: int) -> Connection:
        """Start a worker. The caller waits while the interpreter starts."""
        self._folder = self._folder or tempfile.mkdtemp(prefix="disclosure-checks-")
        ours, theirs = self._context.Pipe()
        folder = os.path.join(self._folder, str(number))
        os.makedirs(folder)
        process = self._context.Process(
            target=_live, args=(theirs, self._preparations, self._limits, folder), daemon=True
        )
        process.start()
        theirs.close()
        self._processes[number] = process
        return ours

    def stop(self, number: int) -> None:
        """Kill a worker and what it has started."""
        process = self._processes.get(number)
        if process is not None and process.pid is not None and process.exitcode is None:
            end_descendants(process.pid)
            process.kill()

    def signs(self) -> Sequence[Any]:
        """What becomes ready when a process ends."""
        return [process.sentinel for process in self._processes.values()]

    def endings(self) -> Iterator[Ending]:
        """The workers that have ended."""
        for number, process in list(self._processes.items()):
            code = process.exitcode
            if code is not None:
                del self._processes[number]
                process.close()
                shutil.rmtree(os.path.join(self._folder, str(number)), ignore_errors=True)
                yield Ending(number, code, self._largest.pop(number, 0))

    def swollen(self) -> Iterator[int]:
        """The workers whose resident size is past the limit."""
        numbers = {process.pid: number for number, process in self._processes.items() if process.pid is not None}
        for pid, size in resident_sizes(numbers).items():
            number = numbers[pid]
            self._largest[number] = max(size, self._largest.get(number, 0))
            if self._limits.memory is not None and size > self._limits.memory:
                yield number

    def close(self) -> None:
        """Kill all."""
        for number in list(self._processes):
            self.stop(number)
        end = time.monotonic() + _LONGEST_END
        while self._processes and (left := end - time.monotonic()) > 0:
            wait_for_any(self.signs(), left)
            for _ in self.endings():
                pass
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)


def _live(connection: Connection, preparations: bytes, limits: WorkerLimits, folder: str) -> None:
    settle_down()
    tempfile.tempdir = folder
    threading.Thread(target=_end_with_parent, daemon=True).start()
    serve(connection, limits, prepare(preparations))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
