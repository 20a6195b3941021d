"""Reading many files at once: each in one of several processes, in any order, given back in the order of the files.

The workers start before anything heavy is imported here, so that what is slow to import (GX) loads while they read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

from disclosure_checks.grammar.model.packing import PackedReport, pack, unpack
from disclosure_checks.grammar.model.report import Report, UnreadableReport
from disclosure_checks.runner.reading.file_reader import FileReader, FormatLexicon, Reading
from disclosure_checks.runner.reading.inputs import InputFile
from disclosure_checks.runner.reading.worker_pool import Preparation, WorkerPool

_PackedReading = tuple[str, "PackedReport | UnreadableReport"]

_CHUNK = 16  # files a task; small enough for a progress bar, large enough for little overhead
_FEWEST_FOR_PROCESSES = 24  # starting processes costs more than reading fewer files


class ReportReading:
    """Reads a list of files, in the pool where there is one. Start it, do something else, then take the results.

    The workers of ``pool`` are prepared with ``reading_preparation`` of the same formats.
    """

    def __init__(
        self, files: Sequence[InputFile], formats: Sequence[FormatLexicon], pool: WorkerPool | None = None
    ) -> None:
        self._files = files
        self._formats = formats
        self._tasks: list[Future[list[_PackedReading]]] | None = None
        if pool is not None:
            chunks = [files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK)]
            self._tasks = [pool.submit(_read_chunk, chunk) for chunk in chunks]

    def results(self) -> Iterator[Reading]:
        """What was read, in the order of the files. A file that kills its process comes back as unreadable."""
        if self._tasks is None:
            reader = FileReader(self._formats)
            for file in self._files:
                yield from reader.read(file)
            return
        for number, task in enumerate(self._tasks):
            try:
                yield from _unpacked(task.result())
            except BrokenProcessPool:
                yield from self._read_alone(self._files[number * _CHUNK : (number + 1) * _CHUNK])

    def _read_alone(self, files: Sequence[InputFile]) -> Iterator[Reading]:
        """Reads each file in a process of its own, after the pool broke: only the culprit is lost."""
        for file in files:
            with WorkerPool(1, [reading_preparation(self._formats)], method="spawn") as alone:
                try:
                    yield from _unpacked(alone.submit(_read_chunk, [file]).result())
                except BrokenProcessPool:
                    yield self._formats[0].lexicon.format, UnreadableReport(file.source, "process_died")


def reading_processes(files: Sequence[InputFile], jobs: int) -> int:
    """How many processes are worth starting for these files; 0 where this one does it sooner."""
    return min(jobs, len(files) // _CHUNK + 1) if jobs > 1 and len(files) >= _FEWEST_FOR_PROCESSES else 0


_reader: FileReader | None = None  # of a worker process


def reading_preparation(formats: Sequence[FormatLexicon]) -> Preparation:
    """What makes a worker ready to read."""
    return _prepare, (tuple(formats),)


def _prepare(formats: tuple[FormatLexicon, ...]) -> None:
    global _reader  # the one way to keep something for all tasks of a worker
    _reader = FileReader(formats)


def _read_chunk(files: Sequence[InputFile]) -> list[_PackedReading]:
    if _reader is None:
        raise RuntimeError("the worker was not prepared")
    return [
        (name, pack(report) if isinstance(report, Report) else report)
        for file in files
        for name, report in _reader.read(file)
    ]


def _unpacked(packed: Sequence[_PackedReading]) -> Iterator[Reading]:
    for name, report in packed:
        yield name, report if isinstance(report, UnreadableReport) else unpack(report)
