"""How long a person waits for an answer, how much memory a server takes, and what it leaves behind.

    python -m tests.benchmarks.uploads [--uploads 1000]

A server of its own process, warm; text, .docx and .pdf reports, one at a time and eight at once: median and 95th
percentile of 60 each, and the processor time of one. Then the uploads in a row, hostile ones among them, with the
memory of the server and of all its processes and the files it has left.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

from tests.checking import ROOT
from tests.generation.documents.docx import plain_document
from tests.generation.documents.pdf import pdf_document
from tests.generation.layouts.printing import print_layout
from tests.generation.truth import random_report
from tests.runner.server.served import files_of, send

_TRIES = 60
_AT_ONCE = 8
_HOSTILE_EVERY = 100  # uploads


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.uploads", description=__doc__)
    parser.add_argument("--uploads", type=int, default=1000, help="how many in a row (default: %(default)s)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "disclosure_checks.runner.commands.serve_checks", str(ROOT / "specs")]
        server = subprocess.Popen(
            [*command, "--port", "0", "--lang", "en"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "TMPDIR": folder},
        )
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline().split("127.0.0.1:")[1].split("/")[0])
            measure_waiting(port, server.pid)
            measure_memory(port, server.pid, Path(folder), options.uploads)
        finally:
            server.terminate()
            server.wait()
        print("files left after the end:", sum(path.is_file() for path in Path(folder).rglob("*")))
    return 0


def reports(kind: str, count: int) -> list[tuple[str, bytes]]:
    """Different reports as files of a kind."""
    files: list[tuple[str, bytes]] = []
    for seed in range(count):
        report, random = random_report(seed, year=2024), Random(seed)
        content = {
            "txt": lambda report=report, random=random: print_layout(report, random, "word_text").encode(),
            "docx": lambda report=report, random=random: plain_document(report.sheet, random),
            "pdf": lambda report=report: pdf_document(report.sheet),
        }[kind]()
        files.append((f"{seed}.{kind}", content))
    return files


def measure_waiting(port: int, server: int) -> None:
    """Median and 95th percentile, in seconds; and the processor time of an answer, which others on the machine spare."""

    def waited(file: tuple[str, bytes]) -> float:
        start = time.perf_counter()
        answer = send(port, "/reports/", [file])
        assert answer.status == 200, answer.status
        return time.perf_counter() - start

    print(
        f"{'':5} {'one at a time':>20} {'eight at once':>20} {'processor':>10}   (median, 95th percentile; an answer)"
    )
    for kind in ("txt", "docx", "pdf"):
        files = (reports(kind, 20) * _TRIES)[:_TRIES]
        before = processor_seconds(server)
        alone = [waited(file) for file in files]
        with ThreadPoolExecutor(_AT_ONCE) as people:
            together = list(people.map(waited, files))
        shown = [f"{statistics.median(one):8.3f} s {_percentile(one, 95):8.3f} s" for one in (alone, together)]
        used = (processor_seconds(server) - before) / (2 * _TRIES)
        print(f"{kind:5} {shown[0]:>20} {shown[1]:>20} {used:8.3f} s", flush=True)


def measure_memory(port: int, server: int, folder: Path, uploads: int) -> None:
    """Megabytes of the server alone and with its processes (what they share counted once), and files left. Linux."""
    files = [file for kind in ("txt", "docx", "pdf") for file in reports(kind, 20)]
    hostile = files_of(ROOT / "tests" / "fixtures" / "hostile")
    print(f"{'uploads':>8} {'server MB':>10} {'all MB':>8} {'processes':>10} {'files':>6}")
    for number in range(uploads + 1):
        if number % max(1, uploads // 10) == 0:
            sizes = [proportional_size(process) for process in (server, *descendants(server))]
            left = sum(path.is_file() for path in folder.rglob("*"))
            print(f"{number:8} {sizes[0]:10.1f} {sum(sizes):8.1f} {len(sizes):10} {left:6}", flush=True)
        is_hostile = number % _HOSTILE_EVERY == _HOSTILE_EVERY // 2
        file = hostile[number // _HOSTILE_EVERY % len(hostile)] if is_hostile else files[number % len(files)]
        answer = send(port, "/check" if number % 2 else "/reports/", [file])
        assert answer.status == 200, (file[0], answer.status)


def descendants(process: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    children = [
        int(child)
        for task in Path(f"/proc/{process}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]
    return [one for child in children for one in (child, *descendants(child))]


def processor_seconds(process: int) -> float:
    """The processor time of a process and of all that it has started and that is still there."""
    ticks = 0
    for one in (process, *descendants(process)):
        times = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(times[11]) + int(times[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def proportional_size(process: int) -> float:
    """The memory of a process in megabytes, what it shares with others divided among them."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000


def _percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]


if __name__ == "__main__":
    raise SystemExit(main())
