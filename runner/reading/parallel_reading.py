"""Reading many files at once: each in a supervised worker process, given back as soon as it is read.

A worker is handed one file at a time. One that hangs, swells or dies costs the file it was reading, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from itertools import islice
from queue import SimpleQueue
from typing import NamedTuple

from disclosure_checks.grammar.model.report import UnreadableReport
from disclosure_checks.runner.reading.file_reader import FormatLexicon
from disclosure_checks.runner.reading.inputs import InputFile
from disclosure_checks.runner.reading.pictures.looking import PictureProblem
from disclosure_checks.runner.reading.pictures.modes import RECOGNISER_FAILED
from disclosure_checks.runner.reading.pictures.two_readings import FileRead, PictureDesk, submit_file
from disclosure_checks.runner.reading.reading_tasks import Content, ReadReport, read
from disclosure_checks.runner.reading.workers.losses import TaskLost

_MOST_AHEAD = 1000  # files: what is read and not yet asked for stays in memory, some 100 KB a report
# reasons that lie in the machine, not in the file
_CHANCE = ("process_died", "conversion_broken_off", "no_workers", "stopped", RECOGNISER_FAILED)
_LIMITS = ("timeout", "memory")


class ReadFile(NamedTuple):
    """What was read of a file. ``lost``: how its worker was lost, where it was: other limits may come to more.
    ``content``: a digest of the bytes that were read, which the file need not hold any more; empty where none were.
    ``shows_pictures``: it does, so that what is read of it hangs on the recogniser; ``problems``: why nothing was seen
    in some of them."""

    file: InputFile
    reports: Sequence[ReadReport]
    lost: str = ""
    content: bytes = b""
    shows_pictures: bool = False
    problems: Sequence[PictureProblem] = ()

    @property
    def is_chance(self) -> bool:
        """Whether another try may come to something else: the worker, or a program that it waited for, was ended."""
        codes = [one.report.code for one in self.reports if isinstance(one.report, UnreadableReport)]
        return any(code in _CHANCE for code in (*codes, *(problem.code for problem in self.problems)))


def read_files(
    files: Iterable[InputFile],
    formats: Sequence[FormatLexicon],
    workers: Executor,
    pictures: PictureDesk | None = None,
) -> Iterator[ReadFile]:
    """Read files in the workers, which were prepared with ``reading_preparation`` of the same formats.

    They come as they are read, in any order. Reading begins at once, before the first is asked for, and goes on only so
    far ahead of what is asked for as memory allows.
    """
    reading = _FilesOnTheWay(iter(files), formats[0].lexicon.format, workers, pictures)
    reading.begin(_MOST_AHEAD)
    return reading.results()


class _FilesOnTheWay:
    """Files on their way through the workers."""

    def __init__(
        self, waiting: Iterator[InputFile], format_name: str, workers: Executor, pictures: PictureDesk | None
    ) -> None:
        self._waiting = waiting
        self._format = format_name
        self._workers = workers
        self._pictures = pictures
        self._tasks: dict[Future[FileRead], InputFile] = {}
        self._done: SimpleQueue[Future[FileRead]] = SimpleQueue()

    def begin(self, count: int) -> None:
        """Have the next files read."""
        for file in islice(self._waiting, count):
            task = submit_file(file, self._workers, self._pictures)
            self._tasks[task] = file
            task.add_done_callback(self._done.put)

    def results(self) -> Iterator[ReadFile]:
        """What was read, as it comes."""
        while self._tasks:
            task = self._done.get()
            file = self._tasks.pop(task)
            self.begin(1)
            yield self._read(file, task)

    def _read(self, file: InputFile, task: Future[FileRead]) -> ReadFile:
        try:
            content, problems = task.result()
        except TaskLost as lost:
            if not lost.is_of_the_task:
                raise  # that is no fault of the file: nothing may be said of it, still less remembered
            report = UnreadableReport(file.source, lost.reason, lost.detail)
            return ReadFile(file, (ReadReport(b"", self._format, report),), lost.reason)
        late = next((problem.code for problem in problems if problem.code in _LIMITS), "")
        return ReadFile(file, content.reports, late, content.content, content.shows_pictures, problems)


def read_here(content: bytes, source: str) -> tuple[ReadReport, ...]:
    """Bytes at hand, read in this process, which is prepared as above."""
    return read(Content(source, content)).reports


def submit_content(
    content: bytes, source: str, workers: Executor, pictures: PictureDesk | None = None
) -> Future[FileRead]:
    """Have bytes at hand read as the content of a file of this name, by workers that are prepared as above.

    The future raises TaskLost where the worker was lost.
    """
    return submit_file(Content(source, content), workers, pictures)


def refused(file: InputFile, format_name: str) -> ReadFile:
    """What is said of an input that is not read."""
    report = UnreadableReport(file.source, *(file.refusal or ("system", "")))
    return ReadFile(file, (ReadReport(b"", format_name, report),))
