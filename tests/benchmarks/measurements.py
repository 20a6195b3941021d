"""What the benchmarks measure, and the table they print."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

Result = TypeVar("Result")


class Duration(NamedTuple):
    """Seconds of wall time and of processor time; the latter is steadier on a machine that others use too."""

    wall: float
    processor: float

    def __add__(self, other: object) -> Duration:
        if not isinstance(other, Duration):
            return NotImplemented
        return Duration(self.wall + other.wall, self.processor + other.processor)


class Measurement(NamedTuple):
    """One step: how long it took, for how many things of which kind, and a remark."""

    step: str
    duration: Duration
    count: int = 0
    unit: str = ""
    remark: str = ""

    @property
    def milliseconds_each(self) -> float:
        return 1000 * self.duration.wall / self.count if self.count else 0.0


def timed(work: Callable[[], Result]) -> tuple[Duration, Result]:
    """How long ``work`` takes, and what it gives. Processes that it starts and waits for count as its own."""
    wall, processor = time.perf_counter(), _processor_time()
    result = work()
    return Duration(time.perf_counter() - wall, _processor_time() - processor), result


def _processor_time() -> float:
    return sum(os.times()[:4])


def table_lines(title: str, measurements: Sequence[Measurement]) -> list[str]:
    """The measurements as lines of aligned columns: step, seconds, processor seconds, wall milliseconds each, remark."""
    rows = [("step", "seconds", "CPU s", "ms each", "remark")]
    for one in measurements:
        each = f"{one.milliseconds_each:.2f}/{one.unit}" if one.count else ""
        rows.append((one.step, f"{one.duration.wall:.2f}", f"{one.duration.processor:.2f}", each, one.remark))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        f"{step:<{widths[0]}}  {wall:>{widths[1]}}  {processor:>{widths[2]}}  {each:>{widths[3]}}  {remark}".rstrip()
        for step, wall, processor, each, remark in rows
    ]
    return [title, "-" * len(title), *lines, ""]
