"""Reads mutated files of every type in supervised workers, as a run does, and counts what comes of them.

    python -m tests.fuzzing --inputs 100000 --seed 1 --crashes FOLDER

A reader may say that a file is unreadable, and it may read it; what it must not do is raise anything else (``internal``),
hang, swell or die. Inputs that make it do so are kept in the folder.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from disclosure_checks.grammar.model.report import UnreadableReport
from disclosure_checks.grammar.readers.office.file_type import OFFICE_DOCUMENT
from disclosure_checks.grammar.readers.registry import file_type
from disclosure_checks.runner.commands.spec_folder import load_specifications
from disclosure_checks.runner.pipeline.run import format_lexicon
from disclosure_checks.runner.reading.file_reader import FormatLexicon
from disclosure_checks.runner.reading.inputs import InputFile
from disclosure_checks.runner.reading.parallel_reading import read_files
from disclosure_checks.runner.reading.reading_tasks import reading_preparation
from disclosure_checks.runner.reading.workers.executor import SupervisedExecutor
from tests.checking import ROOT
from tests.fuzzing.mutations import mutated

_SEEDS = (ROOT / "tests" / "fixtures", ROOT / "reports")
_TYPES = (
    ".txt", ".md", ".csv", ".html", ".mhtml", ".docx", ".doc", ".xml", ".xlsx", ".xls", ".ods", ".fods", ".pdf", ".zip",
)  # fmt: skip
_FAULTS = ("internal", "timeout", "memory", "process_died")
_TOGETHER = 500


def seeds() -> dict[str, list[tuple[str, bytes]]]:
    """Files to begin with, by type."""
    found: dict[str, list[tuple[str, bytes]]] = {}
    for folder in _SEEDS:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _TYPES and path.stat().st_size < 500_000:
                content = path.read_bytes()
                if not _is_for_libreoffice(content, path.name):
                    found.setdefault(path.suffix, []).append((path.name, content))
    return found


def _is_for_libreoffice(content: bytes, name: str) -> bool:
    """Whether LibreOffice would read a file: it takes seconds, and its faults are its own."""
    try:
        return file_type(content, name) is OFFICE_DOCUMENT
    except Exception:  # a fault of ours, for the reader to meet
        return False


def inputs(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Names and contents of mutated files, the types in turn."""
    random, by_type = Random(seed), seeds()
    types = sorted(by_type)
    for number in range(count):
        own = by_type[types[number % len(types)]]
        name, content = random.choice(own)
        damaged = mutated(content, [other for _, other in own], random)
        while _is_for_libreoffice(damaged, name):
            damaged = mutated(content, [other for _, other in own], random)
        yield f"{number:07}_{name}", damaged


def main() -> None:
    """Run the command."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--inputs", type=int, default=10_000)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--jobs", type=int, default=2)
    words.add_argument("--file-timeout", type=float, default=20.0)
    words.add_argument("--crashes", type=Path, default=Path("crashes"))
    options = words.parse_args()
    formats = [format_lexicon(one) for one in load_specifications(ROOT / "specs")]
    counts: Counter[tuple[str, str]] = Counter()
    try:
        _read_all(options, formats, counts)
    finally:  # a run of an hour that somebody stops has still counted
        for (kind, outcome), number in sorted(counts.items()):
            print(f"{kind:8} {outcome:16} {number}")
        print(f"{sum(counts.values())} files read, none lost")


def _read_all(options: argparse.Namespace, formats: list[FormatLexicon], counts: Counter[tuple[str, str]]) -> None:
    waiting = inputs(options.inputs, options.seed)
    with (
        tempfile.TemporaryDirectory() as name,
        SupervisedExecutor(options.jobs, [reading_preparation(formats)], deadline=options.file_timeout) as workers,
    ):
        while some := list(islice(waiting, _TOGETHER)):
            files = []
            for file_name, content in some:
                path = Path(name) / file_name
                path.write_bytes(content)
                files.append(InputFile(path, file_name))
            for read in read_files(files, formats, workers):
                _count(read.file, [one.report for one in read.reports], counts, options.crashes)
                read.file.path.unlink()


def _count(file: InputFile, reports: list[object], counts: Counter[tuple[str, str]], crashes: Path) -> None:
    for report in reports[:1]:
        outcome = report.code if isinstance(report, UnreadableReport) else "read"
        counts[file.path.suffix, outcome if outcome in (*_FAULTS, "read") else "unreadable"] += 1
        if outcome in _FAULTS:
            crashes.mkdir(parents=True, exist_ok=True)
            (crashes / f"{outcome}_{file.path.name}").write_bytes(file.path.read_bytes())
            print(f"{outcome}: {file.path.name}: {getattr(report, 'detail', '')}")


if __name__ == "__main__":
    main()
