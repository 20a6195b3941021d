"""The command as its users start it: a process of its own, from the first import to the published site."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.measurements import Duration, Measurement, timed

ROOT = Path(__file__).resolve().parents[2]
_IMPORTS_REPEATED = 3


class WholeRun(NamedTuple):
    """How long it took, the peak memory of its largest process in MB, and the exit code."""

    duration: Duration
    peak_megabytes: float
    exit_code: int


def run_whole(specification: Path, reports: Path, out: Path, jobs: int) -> WholeRun:
    """``run-checks`` over a folder, timed from outside."""
    options = ["--out", str(out), "--jobs", str(jobs), "--fail-on", "never", "--quiet"]
    command = [
        sys.executable,
        "-m",
        "disclosure_checks.runner.commands.run_checks",
        str(specification),
        str(reports),
        *options,
    ]
    duration, (exit_code, kilobytes) = timed(lambda: _wait_for(command))
    return WholeRun(duration, kilobytes / 1024, exit_code)


def import_times() -> list[Measurement]:
    """What starting costs: the least of several tries, each in a new process."""
    programs = {
        "start Python": "pass",
        "import the command": "import runner.commands.run_checks",
        "import everything, GX included": "import runner.commands.run_checks, runner.pipeline.check_and_publish",
    }
    remarks = {"import everything, GX included": "while the workers read, where there are several processes"}
    return [
        Measurement(step, min(_duration(program) for _ in range(_IMPORTS_REPEATED)), remark=remarks.get(step, ""))
        for step, program in programs.items()
    ]


def _duration(program: str) -> Duration:
    duration, _ = timed(lambda: subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True))
    return duration


def _wait_for(command: list[str]) -> tuple[int, float]:
    """The exit code of a command and the peak memory of its largest process in KB; its workers count, one by one."""
    process = subprocess.Popen(command, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)  # not on Windows
    process.returncode = os.waitstatus_to_exitcode(status)
    per_kilobyte = 1024 if sys.platform == "darwin" else 1  # macOS counts bytes
    return process.returncode, usage.ru_maxrss / per_kilobyte
