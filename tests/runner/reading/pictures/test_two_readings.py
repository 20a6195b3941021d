"""Files are read once more with what is seen in their pictures; what is not seen costs nothing that was read."""

from __future__ import annotations

from concurrent.futures import Executor, Future

import pytest

pytest.importorskip("PIL", reason="the extra pictures is not installed")

from disclosure_checks.grammar.model.packing import unpack
from disclosure_checks.grammar.model.report import CellStatus, UnreadableReport
from disclosure_checks.runner.pipeline.run import format_lexicon
from disclosure_checks.runner.reading.parallel_reading import submit_content
from disclosure_checks.runner.reading.pictures.looking import picture_preparation
from disclosure_checks.runner.reading.pictures.modes import ALWAYS, AUTO, NEVER, NOT_INSTALLED
from disclosure_checks.runner.reading.pictures.two_readings import FileRead, PictureDesk
from disclosure_checks.runner.reading.reading_tasks import reading_preparation
from disclosure_checks.runner.reading.workers.losses import TaskLost
from tests.checking import specification
from tests.generation.documents.pdf import PdfStyle, pdf_document
from tests.generation.pictures.stand_in import REPORT, Broken, StandIn, grey_png, printed, scan


class Here(Executor):
    """Does every task at once, in this process."""

    def submit(self, fn, /, *args, **kwargs):
        future: Future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except TaskLost as lost:
            future.set_exception(lost)
        return future


class Losing(Executor):
    """Loses every task."""

    def submit(self, fn, /, *args, **kwargs):
        future: Future = Future()
        future.set_exception(TaskLost("timeout", "> 90 s"))
        return future


def read(content: bytes, source: str, mode: str = AUTO, recogniser=StandIn, workers=None, told=None) -> FileRead:
    from disclosure_checks.runner.reading.pictures import looking

    for prepare, given in (
        reading_preparation([format_lexicon(specification())], mode),
        picture_preparation(recogniser),
    ):
        prepare(*given)
    looking._recogniser = None
    desk = PictureDesk(workers or Here(), told or (lambda *_: None))
    return submit_content(content, source, Here(), desk).result()


def report_of(done: FileRead):
    [one] = done.read.reports
    return one.report if isinstance(one.report, UnreadableReport) else unpack(one.report)


def codes(done: FileRead) -> str:
    report = report_of(done)
    return report.code if isinstance(report, UnreadableReport) else "read"


def values(report) -> dict[str, float]:
    known = (CellStatus.READ, CellStatus.INFERRED, CellStatus.RECOGNISED)
    return {name: cell.value for name, cell in report.cells.items() if cell.status in known}


def test_a_scan_is_read_as_the_pages_that_are_seen_in_it():
    expected = values(report_of(read(pdf_document(REPORT.sheet, PdfStyle()), "report.pdf", NEVER)))
    assert values(report_of(read(scan(len(printed())), "scan.pdf"))) == expected


@pytest.mark.parametrize(
    ("mode", "code"),
    [(NEVER, "pictures_left_out"), (NOT_INSTALLED, "no_text_layer"), (AUTO, "read"), (ALWAYS, "read")],
)
def test_what_is_said_of_a_scan_hangs_on_whether_pictures_are_read(mode, code):
    assert codes(read(scan(len(printed())), "scan.pdf", mode)) == code


def test_an_image_file_is_a_page():
    assert codes(read(grey_png(), "page.png")) in ("read", "no_report")
    assert codes(read(grey_png(), "page.png", NOT_INSTALLED)) == "picture_file"


def test_a_report_without_missing_tables_is_not_looked_at_unless_asked_for():
    told: list[tuple[int, int]] = []
    content = pdf_document(REPORT.sheet, PdfStyle())
    read(content, "report.pdf", AUTO, told=lambda *step: told.append(step))
    assert told == []


def test_pages_are_told_as_they_are_looked_at():
    told: list[tuple[int, int]] = []
    count = len(printed())
    read(scan(count), "scan.pdf", told=lambda *step: told.append(step))
    assert (sum(one for one, _ in told), sum(one for _, one in told)) == (count, count)


def test_a_lost_picture_is_told_and_costs_the_picture_alone():
    done = read(scan(1), "scan.pdf", workers=Losing())
    assert codes(done) == "timeout"
    assert [problem.code for problem in done.problems] == ["timeout"]


def test_a_recogniser_that_cannot_be_loaded_is_told():
    done = read(scan(1), "scan.pdf", recogniser=Broken)
    assert codes(done) == "recogniser_failed"
    assert "no models" in done.problems[0].detail


def test_every_digit_that_was_seen_stands_at_a_cell_or_line_of_the_document():
    from disclosure_checks.grammar.readers.decoding import decode_with_pictures
    from tests.generation.pictures.stand_in import seen

    count = len(printed())
    document = decode_with_pictures(scan(count), "scan.pdf", {number: seen(number) for number in range(1, count + 1)})
    texts = {block.place: block.text for block in document.blocks if hasattr(block, "text")}
    texts |= {cell.place: cell.text for block in document.blocks if hasattr(block, "cells") for cell in block.cells}
    assert document.recognised
    assert all(number.text in texts[number.place] for number in document.recognised)
