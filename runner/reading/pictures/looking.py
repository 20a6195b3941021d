"""What the worker processes that look at pictures do: one picture a task, with a time and memory of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from disclosure_checks.grammar.model.source_document import ReaderError
from disclosure_checks.grammar.readers.decoding import picture_pixels
from disclosure_checks.runner.reading.file_content import Refusal
from disclosure_checks.runner.reading.inputs import InputFile
from disclosure_checks.runner.reading.pictures.modes import RECOGNISER_FAILED, is_read
from disclosure_checks.runner.reading.reading_tasks import Content, PictureOfReport, gathered, member_at
from disclosure_checks.runner.reading.workers.executor import SupervisedExecutor
from disclosure_checks.runner.reading.workers.messages import Preparation

if TYPE_CHECKING:
    from disclosure_checks.grammar.readers.picture.recognised_page import RecognisedPage

PICTURE_DEADLINE = 90.0  # seconds a picture; a page takes some 10
# bytes by which a worker may grow: libraries and models take 1 GB of address space, a large page another one
PICTURE_MEMORY = 3_000_000_000
_HEAVY = ("cv2", "onnxruntime")
_LONGEST_DETAIL = 200  # characters


class Recogniser(Protocol):
    """What looks at pixels, see ``PictureRecogniser``."""

    def page(self, pixels: Any, number: int, dots_per_inch: float | None) -> RecognisedPage:
        """What is seen on a page."""


class PictureTask(NamedTuple):
    """A picture of a file."""

    given: InputFile | Content
    picture: PictureOfReport


class PictureProblem(NamedTuple):
    """Why nothing was seen in a picture. ``code`` names the message for people, ``detail`` fills it in."""

    code: str
    detail: str = ""


def _installed_recogniser() -> Recogniser:
    from disclosure_checks.grammar.readers.picture.recogniser import PictureRecogniser

    recogniser = PictureRecogniser(threads=1)
    recogniser.load()  # what is broken is told before the first picture
    return recogniser


_make: Callable[[], Recogniser] = _installed_recogniser
_recogniser: Recogniser | None = None  # of a worker process: it loads its models once


def picture_preparation(make: Callable[[], Recogniser] = _installed_recogniser) -> Preparation:
    """What makes a worker ready to look at pictures. ``make`` makes the recogniser, at the first picture."""
    return _prepare, (make,)


def _prepare(make: Callable[[], Recogniser]) -> None:
    global _make
    _make = make
    if make is _installed_recogniser:
        for name in _HEAVY:  # once for all workers; none of them starts a thread before a model is loaded
            try:
                import_module(name)
            except Exception:  # whatever is wrong with it is told of the first picture
                return


def picture_workers(jobs: int, preparation: Preparation | None = None) -> SupervisedExecutor:
    """Workers that look at pictures, no more than there are cores. Nothing is started before the first picture."""
    count = max(1, min(jobs, os.cpu_count() or 1))
    return SupervisedExecutor(
        count, [preparation or picture_preparation()], deadline=PICTURE_DEADLINE, memory=PICTURE_MEMORY
    )


def lookers(mode: str, jobs: int) -> AbstractContextManager[SupervisedExecutor | None]:
    """Workers that look at pictures; None where an effective mode has nobody look at any."""
    return picture_workers(jobs) if is_read(mode) else nullcontext()


def look(task: PictureTask) -> RecognisedPage | PictureProblem:
    """What is seen in a picture."""
    source, given = gathered(task.given)
    if isinstance(given, Refusal):
        return PictureProblem(*given)
    member = member_at(given, source, task.picture.report)
    if member is None:
        return PictureProblem("damaged_picture")
    try:
        pixels, dots_per_inch = picture_pixels(member.content, member.source, task.picture.number)
        return _ready().page(pixels, task.picture.number, dots_per_inch)
    except ReaderError as error:
        return PictureProblem(error.code, error.detail)
    except _RecogniserFailed as failed:
        return PictureProblem(RECOGNISER_FAILED, str(failed)[:_LONGEST_DETAIL])


class _RecogniserFailed(Exception):
    pass


def _ready() -> Recogniser:
    global _recogniser
    if _recogniser is None:
        try:
            _recogniser = _make()
        except MemoryError:
            raise
        except Exception as problem:  # a broken installation may raise anything
            raise _RecogniserFailed(f"{type(problem).__name__}: {problem}") from problem
    return _recogniser
