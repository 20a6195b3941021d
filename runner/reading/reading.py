"""Reading many files at once: each in one of several processes, in any order, given back in the order of the files.

The workers start before anything heavy is imported here, so that what is slow to import (GX) loads while they read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from disclosure_checks.grammar.interpretation.interpreter import Interpreter
from disclosure_checks.grammar.model.lexicon import Lexicon
from disclosure_checks.grammar.model.packing import PackedReport, pack, unpack
from disclosure_checks.grammar.model.report import Report, UnreadableReport
from disclosure_checks.grammar.model.source_document import ReaderError, SourceDocument
from disclosure_checks.grammar.readers.archive.members import Member, members
from disclosure_checks.grammar.readers.archive.reader import ARCHIVE
from disclosure_checks.grammar.readers.decoding import decode
from disclosure_checks.grammar.readers.registry import file_type
from disclosure_checks.runner.reading.inputs import InputFile
from disclosure_checks.runner.reading.worker_pool import Preparation, WorkerPool

Reading = tuple[str, "Report | UnreadableReport"]  # the format the report was read as, and what was read

_PackedReading = tuple[str, "PackedReport | UnreadableReport"]

LARGEST_FILE = 128 * 1024 * 1024  # bytes; each reader has a bound of its own below this
_CHUNK = 16  # files a task; small enough for a progress bar, large enough for little overhead
_FEWEST_FOR_PROCESSES = 24  # starting processes costs more than reading fewer files


Fit = tuple[bool, float, int, float, int]  # the larger the better
_MISFITS = ("rows_missing", "rows_unknown", "rows_merged")


class FormatLexicon(NamedTuple):
    """The lexicon of a spec and the years the spec serves."""

    lexicon: Lexicon
    first_year: int
    last_year: int | None

    def years_away(self, year: int | None) -> int:
        """How far a year lies from those that the format serves; 0 where it is unknown."""
        if year is None or self.first_year <= year <= (self.last_year or year):
            return 0
        return self.first_year - year if year < self.first_year else year - (self.last_year or year)

    def fit(self, report: Report | UnreadableReport) -> Fit:
        """How well a report fits the format: by the labels of its tables, then its year, then its rows.

        What is left undecided goes to the later format.
        """
        if isinstance(report, UnreadableReport):
            return False, 0.0, 0, 0.0, 0
        own = report.facts["document.own_signature_labels"].value
        foreign = report.facts["document.foreign_signature_labels"].value
        names = [f"table.{table.id}.{fact}" for table in self.lexicon.tables for fact in _MISFITS]
        misfits = sum(value for name in names if (value := report.facts[name].value) > 0)
        return True, own - foreign, -self.years_away(report.year), -misfits, self.first_year

    def tells_from(self, others: Sequence[FormatLexicon]) -> bool:
        """Whether the format knows the labels that prove each of the other formats."""
        known = {label for _, labels in self.lexicon.foreign_signatures for label in labels}
        return all(
            set(other.lexicon.signature_labels) <= known
            for other in others
            if other.lexicon.format != self.lexicon.format
        )


class FileReader:
    """Reads files as reports of whichever format fits best."""

    def __init__(self, formats: Sequence[FormatLexicon]) -> None:
        self._formats = formats
        self._interpreters = [Interpreter(one.lexicon) for one in formats]
        self._settles = [one.tells_from(formats) for one in formats]
        self._fitted_last = 0

    def read(self, file: InputFile) -> list[Reading]:
        """The report in a file, or those in an archive. What cannot be read comes back as unreadable with its reason."""
        try:
            size = file.path.stat().st_size
            if size > LARGEST_FILE:
                limit = f"{size / 1e6:.0f} MB > {LARGEST_FILE / 1e6:.0f} MB"
                return [self._unreadable(UnreadableReport(file.source, "too_large", limit))]
            content = file.path.read_bytes()
        except OSError as problem:
            return [self._unreadable(UnreadableReport(file.source, "system", problem.strerror or str(problem)))]
        if file_type(content, file.source) is not ARCHIVE:
            return [self._reading(content, file.source)]
        return [
            self._reading(member.content, member.source) if isinstance(member, Member) else self._unreadable(member)
            for member in members(content, file.source)
        ]

    def _unreadable(self, report: UnreadableReport) -> Reading:
        return self._formats[0].lexicon.format, report

    def _reading(self, content: bytes, source: str) -> Reading:
        """The report in the bytes of a file, which are decoded once for all formats."""
        try:
            document = decode(content, source)
        except ReaderError as error:
            return self._unreadable(UnreadableReport(source, error.code, error.detail))
        return self._best_reading(document, source)

    def _best_reading(self, document: SourceDocument, source: str) -> Reading:
        """The reading in the format whose own labels the tables carry (see ``FormatLexicon.fit``).

        The format that fitted last is tried first: where its labels are printed and no other's, no other can fit better.
        """
        tried: list[tuple[Fit, int, Report | UnreadableReport]] = []
        for number in sorted(range(len(self._formats)), key=lambda place: place != self._fitted_last):
            report = self._interpreters[number].interpret(document, source)
            tried.append((self._formats[number].fit(report), -number, report))
            if self._settles[number] and _carries_only_own_labels(report):
                break
        _, negative, report = max(tried, key=lambda one: one[:2])
        if not isinstance(report, UnreadableReport):
            self._fitted_last = -negative
        return self._formats[-negative].lexicon.format, report


def _carries_only_own_labels(report: Report | UnreadableReport) -> bool:
    if isinstance(report, UnreadableReport):
        return False
    own = report.facts["document.own_signature_labels"].value
    return own > 0 and report.facts["document.foreign_signature_labels"].value == 0


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
