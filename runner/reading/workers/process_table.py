"""What ``ps`` knows of other processes. Where there is none (Windows), nothing."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections import defaultdict
from collections.abc import Collection, Iterator

_LONGEST_ANSWER = 5.0  # seconds


def resident_sizes(processes: Collection[int]) -> dict[int, int]:
    """The resident sizes of processes in bytes, by process id."""
    if not processes:
        return {}
    return {pid: size * 1024 for pid, size in _table("pid=,rss=", "-p", ",".join(map(str, processes)))}


def end_descendants(process: int) -> None:
    """Kill what a process has started, and what that has started."""
    children: dict[int, list[int]] = defaultdict(list)
    for child, parent in _table("pid=,ppid=", "-A"):
        children[parent].append(child)
    waiting = children[process]
    while waiting:
        child = waiting.pop()
        waiting += children[child]
        with contextlib.suppress(OSError):
            os.kill(child, signal.SIGKILL)


def _table(columns: str, *which: str) -> Iterator[tuple[int, int]]:
    try:
        answer = subprocess.run(
            ["ps", *which, "-o", columns], capture_output=True, timeout=_LONGEST_ANSWER, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return
    for line in answer.splitlines():
        first, second = line.split()
        yield int(first), int(second)
