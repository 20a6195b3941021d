"""A file on its way through the workers: read, its pictures looked at one by one where they are wanted, read once more."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from disclosure_checks.grammar.model.report import UnreadableReport
from disclosure_checks.runner.reading.inputs import InputFile
from disclosure_checks.runner.reading.pictures.looking import PictureProblem, PictureTask, look
from disclosure_checks.runner.reading.pictures.second_reading import NOTHING_RECOGNISED, WITHOUT_TEXT
from disclosure_checks.runner.reading.reading_tasks import (
    READING,
    REREADING,
    Content,
    PictureOfReport,
    ReadContent,
    ReadReport,
    RereadTask,
)
from disclosure_checks.runner.reading.workers.losses import TaskLost

if TYPE_CHECKING:
    from disclosure_checks.grammar.readers.picture.recognised_page import RecognisedPage

OnPicture = Callable[[int, int], None]
"""Told how many pictures more are waited for, and how many more were looked at."""


def nobody(_waited_for: int, _looked_at: int) -> None:
    """Nobody wants to know."""


class PictureDesk(NamedTuple):
    """Who looks at pictures, and who is told of it."""

    workers: Executor
    on_picture: OnPicture = nobody


class FileRead(NamedTuple):
    """What came of a file. ``problems``: why nothing was seen in some of its pictures."""

    read: ReadContent
    problems: tuple[PictureProblem, ...] = ()


def submit_file(given: InputFile | Content, workers: Executor, pictures: PictureDesk | None) -> Future[FileRead]:
    """Have a file read. The future raises TaskLost where the worker that read it was lost; a picture that is lost is
    one in which nothing was seen."""
    way = _Way(given, workers, pictures)
    way.begin()
    return way.done


class _Way:
    """The way of one file. What is called when a task is done is called in the thread of the executor."""

    def __init__(self, given: InputFile | Content, workers: Executor, pictures: PictureDesk | None) -> None:
        self.done: Future[FileRead] = Future()
        self._given = given
        self._workers = workers
        self._pictures = pictures
        self._lock = Lock()
        self._read = ReadContent(b"", ())
        self._left = 0
        self._seen: dict[PictureOfReport, RecognisedPage] = {}
        self._problems: list[PictureProblem] = []

    def begin(self) -> None:
        """Have it read."""
        self._then(self._workers.submit(READING, self._given), self._after_reading)

    def _then(self, task: Future[Any], step: Callable[[Future[object]], None]) -> None:
        def stepped(done: Future[object]) -> None:
            try:
                step(done)
            except BaseException as problem:  # an executor drops what a callback raises
                if not self.done.done():
                    self.done.set_exception(problem)

        task.add_done_callback(stepped)

    def _after_reading(self, task: Future[object]) -> None:
        read = task.result()
        assert isinstance(read, ReadContent)
        self._read = read
        desk = self._pictures
        if desk is None or not read.wanted:
            self.done.set_result(FileRead(read))
            return
        self._left = len(read.wanted)
        desk.on_picture(self._left, 0)
        for picture in read.wanted:
            looking = desk.workers.submit(look, PictureTask(self._given, picture))
            self._then(looking, lambda done, own=picture: self._after_looking(done, own, desk))  # type: ignore[misc]

    def _after_looking(self, task: Future[object], picture: PictureOfReport, desk: PictureDesk) -> None:
        try:
            seen = task.result()
        except TaskLost as lost:
            seen = PictureProblem(lost.reason, lost.detail)
        with self._lock:
            if isinstance(seen, PictureProblem):
                self._problems.append(seen)
            else:
                self._seen[picture] = seen  # type: ignore[assignment]
            self._left -= 1
            is_last = not self._left
        desk.on_picture(0, 1)
        if not is_last:
            return
        if self._seen:
            task_of_rest = RereadTask(self._given, self._read.content, self._seen)
            self._then(self._workers.submit(REREADING, task_of_rest), self._after_rereading)
        else:
            self._finish({})

    def _after_rereading(self, task: Future[object]) -> None:
        try:
            found = task.result()
        except TaskLost as lost:
            if not lost.is_of_the_task:
                raise
            self._problems.append(PictureProblem(lost.reason, lost.detail))
            found = {}
        assert isinstance(found, dict)
        self._finish(found)

    def _finish(self, found: dict[int, ReadReport]) -> None:
        looked_at = {picture.report for picture in self._read.wanted}
        reports = tuple(
            found.get(place, self._told(one) if place in looked_at else one)
            for place, one in enumerate(self._read.reports)
        )
        self.done.set_result(FileRead(self._read._replace(reports=reports), tuple(self._problems)))

    def _told(self, read: ReadReport) -> ReadReport:
        """What is said of a file in whose pictures nothing was seen."""
        report = read.report
        if not isinstance(report, UnreadableReport) or report.code not in WITHOUT_TEXT:
            return read
        code, detail = self._problems[0] if self._problems else PictureProblem(NOTHING_RECOGNISED)
        return read._replace(report=UnreadableReport(report.source, code, detail))
