"""Reading many files at once: each in a supervised worker process, given back as soon as it is read.

A worker is handed one file at a time. One that hangs, swells or dies costs the file it was reading, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from itertools import islice
from queue import SimpleQueue
from typing import NamedTuple

from disclosure_checks.grammar.model.packing import PackedReport, pack
from disclosure_checks.grammar.model.report import UnreadableReport
from disclosure_checks.runner.reading.file_content import Refusal, UnreadableInput, content_digest, content_of
from disclosure_checks.runner.reading.file_limits import LARGEST_FILE
from disclosure_checks.runner.reading.file_reader import FileReader, FormatLexicon
from disclosure_checks.runner.reading.inputs import InputFile
from disclosure_checks.runner.reading.portable_tasks import PortableTask
from disclosure_checks.runner.reading.workers.losses import TaskLost
from disclosure_checks.runner.reading.workers.messages import Preparation

_MOST_AHEAD = 1000  # files: what is read and not yet asked for stays in memory, some 100 KB a report
_CHANCE = ("process_died", "conversion_broken_off")  # reasons that lie in the machine, not in the file


class ReadReport(NamedTuple):
    """One of the reports of a file. ``own_content``: a digest of the bytes that it alone is made of."""

    own_content: bytes
    format: str
    report: PackedReport | UnreadableReport


class ReadFile(NamedTuple):
    """What was read of a file. ``lost``: how its worker was lost, where it was: other limits may come to more.
    ``content``: a digest of the bytes that were read, which the file need not hold any more; empty where none were."""

    file: InputFile
    reports: Sequence[ReadReport]
    lost: str = ""
    content: bytes = b""

    @property
    def is_chance(self) -> bool:
        """Whether another try may come to something else: the worker, or a program that it waited for, was ended."""
        return any(isinstance(one.report, UnreadableReport) and one.report.code in _CHANCE for one in self.reports)


def read_files(files: Iterable[InputFile], formats: Sequence[FormatLexicon], workers: Executor) -> Iterator[ReadFile]:
    """Read files in the workers, which were prepared with ``reading_preparation`` of the same formats.

    They come as they are read, in any order. Reading begins at once, before the first is asked for, and goes on only so
    far ahead of what is asked for as memory allows.
    """
    reading = _FilesOnTheWay(iter(files), formats[0].lexicon.format, workers)
    reading.begin(_MOST_AHEAD)
    return reading.results()


class _FilesOnTheWay:
    """Files on their way through the workers."""

    def __init__(self, waiting: Iterator[InputFile], format_name: str, workers: Executor) -> None:
        self._waiting = waiting
        self._format = format_name
        self._workers = workers
        self._tasks: dict[Future[_ReadContent], InputFile] = {}
        self._done: SimpleQueue[Future[_ReadContent]] = SimpleQueue()

    def begin(self, count: int) -> None:
        """Have the next files read."""
        for file in islice(self._waiting, count):
            task = self._workers.submit(_READING, file)
            self._tasks[task] = file
            task.add_done_callback(self._done.put)

    def results(self) -> Iterator[ReadFile]:
        """What was read, as it comes."""
        while self._tasks:
            task = self._done.get()
            file = self._tasks.pop(task)
            self.begin(1)
            yield self._read(file, task)

    def _read(self, file: InputFile, task: Future[_ReadContent]) -> ReadFile:
        try:
            read = task.result()
        except TaskLost as lost:
            if not lost.is_of_the_task:
                raise  # that is no fault of the file: nothing may be said of it, still less remembered
            report = UnreadableReport(file.source, lost.reason, lost.detail)
            return ReadFile(file, (ReadReport(b"", self._format, report),), lost.reason)
        return ReadFile(file, read.reports, content=read.content)


def read_here(content: bytes, source: str) -> tuple[ReadReport, ...]:
    """Bytes at hand, read in this process, which is prepared as above."""
    return _read(_Content(source, content)).reports


def submit_content(content: bytes, source: str, workers: Executor) -> Future[tuple[ReadReport, ...]]:
    """Have bytes at hand read as the content of a file of this name, by workers that are prepared as above.

    The future raises TaskLost where the worker was lost.
    """
    return workers.submit(read_here, content, source)


def refused(file: InputFile, format_name: str) -> ReadFile:
    """What is said of an input that is not read."""
    report = UnreadableReport(file.source, *(file.refusal or ("system", "")))
    return ReadFile(file, (ReadReport(b"", format_name, report),))


class _Reader(NamedTuple):
    """What a worker keeps. ``fact_names``: which facts are kept, by format."""

    files: FileReader
    format: str
    fact_names: dict[str, tuple[str, ...]]


_reader: _Reader | None = None  # of a worker process


def reading_preparation(formats: Sequence[FormatLexicon]) -> Preparation:
    """What makes a worker ready to read."""
    return _prepare, (tuple(formats),)


def _prepare(formats: tuple[FormatLexicon, ...]) -> None:
    global _reader  # the one way to keep something for all tasks of a worker
    names = {one.lexicon.format: one.fact_names for one in formats}
    _reader = _Reader(FileReader(formats), formats[0].lexicon.format, names)


class _Content(NamedTuple):
    """What is read of a file: its bytes, or why there are none to be had."""

    source: str
    bytes_or_refusal: bytes | Refusal


def _content(file: InputFile) -> _Content:
    try:
        return _Content(file.source, content_of(file.path, LARGEST_FILE))
    except UnreadableInput as problem:
        return _Content(file.source, problem.refusal)


class _ReadContent(NamedTuple):
    """What came of the bytes of a file, and a digest of them."""

    content: bytes
    reports: tuple[ReadReport, ...]


def _read(content: _Content) -> _ReadContent:
    if _reader is None:
        raise RuntimeError("the worker was not prepared")
    source, given = content
    if isinstance(given, Refusal):
        return _ReadContent(b"", (ReadReport(b"", _reader.format, UnreadableReport(source, *given)),))
    reports = tuple(
        ReadReport(
            content_digest(own),
            name,
            report if isinstance(report, UnreadableReport) else pack(report, _reader.fact_names.get(name) or None),
        )
        for own, (name, report) in _reader.files.read_content(given, source)
    )
    return _ReadContent(content_digest(given), reports)


_READING: PortableTask[InputFile, _ReadContent] = PortableTask(_read, gather=_content)
