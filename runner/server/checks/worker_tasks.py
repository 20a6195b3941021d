"""What the worker processes of a server do beside reading. What a worker needs for it, GX above all, is imported there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from disclosure_checks.grammar.model.packing import PackedReport
from disclosure_checks.grammar.model.report import UnreadableReport
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.texts.catalogue import LANGUAGES
from disclosure_checks.runner.gx.late_imports import import_late
from disclosure_checks.runner.reading.parallel_reading import read_here
from disclosure_checks.runner.reading.workers.messages import Preparation
from disclosure_checks.runner.server.pages.page_models import Notices

if TYPE_CHECKING:
    from disclosure_checks.runner.server.checks.checking import UploadChecks

JSON, PAGE = "json", "page"

FormatAndReport = tuple[str, PackedReport | UnreadableReport]


class CheckTask(NamedTuple):
    """What is to be checked and how the answer is to look.

    ``reports``: those of the upload, their sources all different; ``before``: reports of years before, which are not
    told of. ``answer``: ``JSON`` or ``PAGE``; ``chosen``: the source of the one report whose page is wanted, "" for
    the page of all.
    """

    reports: tuple[FormatAndReport, ...]
    before: tuple[tuple[str, PackedReport], ...]
    answer: str
    language: str
    chosen: str = ""
    notices: Notices = ()


_checks: UploadChecks | None = None  # of a worker process


def check_preparation(compiled: Sequence[CompiledSpecification], registry: AgencyRegistry | None) -> Preparation:
    """What makes a worker ready to check, after it was made ready to read."""
    return _prepare, (tuple(compiled), registry)


def _prepare(compiled: tuple[CompiledSpecification, ...], registry: AgencyRegistry | None) -> None:
    global _checks  # the one way to keep something for all tasks of a worker
    import_late()
    from disclosure_checks.runner.server.checks.checking import UploadChecks
    from disclosure_checks.runner.server.checks.warming import blank_form

    _checks = UploadChecks(compiled, registry)
    for one in compiled:
        read = read_here(blank_form(one).encode(), "-.txt")
        for answer in (JSON, PAGE):
            _checks.answer(CheckTask(tuple((own.format, own.report) for own in read), (), answer, LANGUAGES[0]))


def check(task: CheckTask) -> bytes:
    """The answer to an upload."""
    if _checks is None:
        raise RuntimeError("the worker was not prepared")
    return _checks.answer(task)
