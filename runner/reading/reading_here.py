"""Files read one by one in this process, as ``disclosure_checks.read`` does; their pictures are looked at by workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from threading import Lock
from typing import Any, TypeVar

from disclosure_checks.grammar.model.packing import unpack
from disclosure_checks.grammar.model.report import UnreadableReport
from disclosure_checks.runner.reading.file_reader import FormatLexicon, Reading
from disclosure_checks.runner.reading.inputs import InputFile
from disclosure_checks.runner.reading.pictures.looking import lookers
from disclosure_checks.runner.reading.pictures.modes import PICTURES, effective_mode
from disclosure_checks.runner.reading.pictures.two_readings import PictureDesk, submit_file
from disclosure_checks.runner.reading.reading_tasks import reading_preparation

Result = TypeVar("Result")

_ONE_AT_A_TIME = Lock()  # what reads is kept by the process, and PDFium is not to be used by two threads
_MOST_WORKERS = 4  # each that looks at pictures holds the models


class InThisProcess(Executor):
    """Does every task at once, in the thread that asks for it."""

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Do a task; what it raises, its future raises."""
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as problem:
            future.set_exception(problem)
        return future


def readings_here(files: Sequence[InputFile], formats: Sequence[FormatLexicon], pictures: str) -> list[Reading]:
    """The reports in files, in their order. ``pictures``: as a person asks for it. Raises ValueError for another word."""
    if pictures not in PICTURES:
        raise ValueError(f"pictures: {pictures!r}; expected one of {', '.join(PICTURES)}")
    mode = effective_mode(pictures)
    prepare, given = reading_preparation(formats, mode)
    with _ONE_AT_A_TIME, lookers(mode, _MOST_WORKERS) as looking:
        prepare(*given)
        desk = None if looking is None else PictureDesk(looking)
        return [reading for file in files for reading in _readings(file, formats[0].lexicon.format, desk)]


def _readings(file: InputFile, format_name: str, desk: PictureDesk | None) -> Iterator[Reading]:
    if file.refusal is not None:
        yield format_name, UnreadableReport(file.source, *file.refusal)
        return
    for one in submit_file(file, InThisProcess(), desk).result().read.reports:
        yield one.format, one.report if isinstance(one.report, UnreadableReport) else unpack(one.report)
