"""The files that a run is given: recognised, read where they are not known, and kept in the collection as they come."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from typing import NamedTuple

from disclosure_checks.runner.collection.readings import FreshReading, ReadingKey, Readings
from disclosure_checks.runner.collection.recognition import digest_of, looks_the_same, now, path_text, recognised
from disclosure_checks.runner.collection.register import KnownFile, Register
from disclosure_checks.runner.reading.file_reader import FormatLexicon
from disclosure_checks.runner.reading.inputs import InputFile
from disclosure_checks.runner.reading.parallel_reading import ReadFile, read_files, refused
from disclosure_checks.runner.reading.pictures.looking import PictureProblem
from disclosure_checks.runner.reading.pictures.two_readings import PictureDesk

_COMMIT_EVERY = 200  # files: what is read is not lost when the run is


class GivenFile(NamedTuple):
    """A file of this run and its readings, one a report."""

    file: InputFile
    readings: Sequence[int]


class GivenFiles:
    """Reads what has to be read. Begins at once; ``results`` gives the files as they are known.

    ``files``: how each was recognised, by path; ``unknown``: how many have to be read.
    ``reader``: a digest of specs and program; ``limits``: one of the limits on reading, which decide what is lost.
    ``mode``: how pictures are read, on which hangs what is read of files that show some; ``problems``: what went wrong
    with looking at them.
    """

    def __init__(
        self,
        files: Sequence[InputFile],
        formats: Sequence[FormatLexicon],
        connection: sqlite3.Connection,
        workers: Executor,
        reader: bytes,
        limits: bytes,
        mode: bytes = b"",
        pictures: PictureDesk | None = None,
    ) -> None:
        self._connection = connection
        self._readings = Readings(connection)
        self._reader = reader
        self._picture_reader = digest_of(reader, mode)
        self._lost_reader = digest_of(reader, limits, mode)
        self.problems: list[PictureProblem] = []
        self._format = formats[0].lexicon.format
        self.files = self._recognised(files, Register(connection).known_files())
        self._known: list[GivenFile] = []
        self._refused = [file for file in files if file.refusal is not None]
        self._readable = [file for file in files if file.refusal is None]
        self._changed: list[InputFile] = []
        unknown: list[InputFile] = []
        for file in files:
            if file.refusal is None:
                readings = self._known_readings(file)
                if readings:
                    self._known.append(GivenFile(file, readings))
                else:
                    unknown.append(file)
        self.unknown = len(unknown)
        self._coming = read_files(unknown, formats, workers, pictures)

    def results(self) -> Iterator[GivenFile]:
        """Every file, in any order."""
        yield from self._known
        self._connection.execute("BEGIN")
        for number, read in enumerate(self._all_coming(), start=1):
            yield GivenFile(read.file, self._keep(read))
            if number % _COMMIT_EVERY == 0:
                self._connection.execute("COMMIT")
                self._connection.execute("BEGIN")
        self._connection.execute("COMMIT")

    def _all_coming(self) -> Iterable[ReadFile]:
        yield from (refused(file, self._format) for file in self._refused)
        yield from self._coming

    def _recognised(self, files: Sequence[InputFile], before: dict[str, KnownFile]) -> dict[str, KnownFile]:
        moment = now()
        found: dict[str, KnownFile] = {}
        for file in files:
            if file.refusal is None:
                one = recognised(file, before.get(path_text(file.path)), moment)
                if one is not None:
                    found[path_text(file.path)] = one
        return found

    def _key(self, file: InputFile, reader: bytes) -> ReadingKey:
        known = self.files.get(path_text(file.path))
        return ReadingKey(b"" if known is None else known.content, file.source, reader)

    def _known_readings(self, file: InputFile) -> list[int]:
        for reader in (self._reader, self._picture_reader, self._lost_reader):
            key = self._key(file, reader)
            known = self._readings.known(key) if key.content else []
            if known:
                return known
        return []

    def changed(self) -> list[InputFile]:
        """The files that are not any more what was read of them; asked when everything is read.

        What is published is what was read. The next run examines them anew.
        """
        since = [
            file
            for file, known in ((file, self.files.get(path_text(file.path))) for file in self._readable)
            if known is not None and not looks_the_same(file, known)
        ]
        return sorted({*self._changed, *since}, key=lambda file: file.source)

    def _keep(self, read: ReadFile) -> list[int]:
        self.problems += read.problems
        key = self._key(read.file, self._reader_of(read))
        if key.content and read.content and read.content != key.content:  # changed since it was recognised
            key = key._replace(content=read.content)
            self.files.pop(path_text(read.file.path), None)
            self._changed.append(read.file)
        if read.is_chance:
            self.files.pop(path_text(read.file.path), None)  # the next run is to try again
        if not key.content:  # what could not be opened is told by what was said of it
            key = key._replace(content=digest_of(repr(read.reports).encode("utf-8", "surrogatepass")))
            known = self._readings.known(key)
            if known:
                return known
        own = [FreshReading(one.own_content or key.content, one.format, one.report) for one in read.reports]
        return self._readings.add(key, own)

    def _reader_of(self, read: ReadFile) -> bytes:
        if read.is_chance:
            return digest_of(self._lost_reader, str(now()).encode())  # not to be found again
        if read.lost:
            return self._lost_reader
        return self._picture_reader if read.shows_pictures else self._reader
