"""What worker processes do with files: read them, look at one of their pictures, read them once more with what was seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from disclosure_checks.grammar.model.packing import PackedReport, pack
from disclosure_checks.grammar.model.report import Report, UnreadableReport
from disclosure_checks.grammar.model.source_document import ReaderError
from disclosure_checks.grammar.readers.archive.members import Member
from disclosure_checks.grammar.readers.decoding import picture_numbers
from disclosure_checks.runner.reading.file_content import Refusal, UnreadableInput, content_digest
from disclosure_checks.runner.reading.file_reader import FileReader, FormatLexicon, Reading, ReadMember, parts_of
from disclosure_checks.runner.reading.inputs import InputFile
from disclosure_checks.runner.reading.pictures.modes import NEVER
from disclosure_checks.runner.reading.pictures.second_reading import better, told_of_pictures, wants_pictures
from disclosure_checks.runner.reading.portable_tasks import PortableTask
from disclosure_checks.runner.reading.saved_pages import content_with_shown
from disclosure_checks.runner.reading.workers.messages import Preparation

if TYPE_CHECKING:
    from disclosure_checks.grammar.readers.picture.recognised_page import RecognisedPage


class ReadReport(NamedTuple):
    """One of the reports of a file. ``own_content``: a digest of the bytes that it alone is made of."""

    own_content: bytes
    format: str
    report: PackedReport | UnreadableReport


class Content(NamedTuple):
    """What is read of a file: its bytes, or why there are none to be had."""

    source: str
    bytes_or_refusal: bytes | Refusal


class PictureOfReport(NamedTuple):
    """A picture to be looked at. ``report``: which of the reports of its file it belongs to, from 0; its own ``number``."""

    report: int
    number: int


class ReadContent(NamedTuple):
    """What came of the bytes of a file, and a digest of them. ``wanted``: the pictures that are to be looked at;
    ``shows_pictures``: whether the file shows any, so that a recogniser may come to more."""

    content: bytes
    reports: tuple[ReadReport, ...]
    wanted: tuple[PictureOfReport, ...] = ()
    shows_pictures: bool = False


Seen = Mapping[PictureOfReport, "RecognisedPage"]


class _Reader(NamedTuple):
    """What a worker keeps. ``fact_names``: which facts are kept, by format; ``pictures``: whether pictures are read."""

    files: FileReader
    format: str
    fact_names: dict[str, tuple[str, ...]]
    pictures: str


_reader: _Reader | None = None  # of a worker process


def reading_preparation(formats: Sequence[FormatLexicon], pictures: str = NEVER) -> Preparation:
    """What makes a worker ready to read. ``pictures``: an effective mode."""
    return _prepare, (tuple(formats), pictures)


def _prepare(formats: tuple[FormatLexicon, ...], pictures: str) -> None:
    global _reader  # the one way to keep something for all tasks of a worker
    names = {one.lexicon.format: one.fact_names for one in formats}
    _reader = _Reader(FileReader(formats), formats[0].lexicon.format, names, pictures)


def _prepared() -> _Reader:
    if _reader is None:
        raise RuntimeError("the worker was not prepared")
    return _reader


def gathered(given: InputFile | Content) -> Content:
    """The bytes of a file, and of those that it shows as a page, from their disk unless they are at hand."""
    if isinstance(given, Content):
        return given
    try:
        return Content(given.source, content_with_shown(given.path, given.shown))
    except UnreadableInput as problem:
        return Content(given.source, problem.refusal)


def read(content: Content) -> ReadContent:
    """The reports in the bytes of a file, and which of its pictures are to be looked at."""
    reader = _prepared()
    source, given = content
    if isinstance(given, Refusal):
        return ReadContent(b"", (ReadReport(b"", reader.format, UnreadableReport(source, *given)),))
    members = list(reader.files.read_content(given, source))
    wanted = [
        PictureOfReport(place, number) for place, one in enumerate(members) for number in _wanted(reader, one, source)
    ]
    reports = tuple(_packed(reader, one.content, _told(one, reader.pictures)) for one in members)
    return ReadContent(content_digest(given), reports, tuple(wanted), any(one.shows_pictures for one in members))


def _told(member: ReadMember, mode: str) -> Reading:
    format_name, report = member.reading
    return format_name, told_of_pictures(report, mode) if member.shows_pictures else report


def _wanted(reader: _Reader, member: ReadMember, source: str) -> Sequence[int]:
    format_name, report = member.reading
    if not member.shows_pictures or not wants_pictures(report, reader.files.lexicon_of(format_name), reader.pictures):
        return ()
    try:
        return picture_numbers(member.content, report.source or source)
    except ReaderError:
        return ()


def _packed(reader: _Reader, own: bytes, reading: Reading) -> ReadReport:
    name, report = reading
    if isinstance(report, Report):
        return ReadReport(content_digest(own), name, pack(report, reader.fact_names.get(name) or None))
    return ReadReport(content_digest(own), name, report)


class RereadTask(NamedTuple):
    """A file to be read once more. ``content``: a digest of the bytes that ``seen`` was seen in."""

    given: InputFile | Content
    content: bytes
    seen: Seen


class _Rereading(NamedTuple):
    content: Content
    digest: bytes
    seen: Seen


def _gather_rereading(task: RereadTask) -> _Rereading:
    return _Rereading(gathered(task.given), task.content, task.seen)


def _reread(task: _Rereading) -> dict[int, ReadReport]:
    """Of the reports of a file those that come to more with what was seen, by their places."""
    reader = _prepared()
    source, given = task.content
    if isinstance(given, Refusal) or content_digest(given) != task.digest:
        return {}  # the file has changed meanwhile
    found: dict[int, ReadReport] = {}
    for place in sorted({one.report for one in task.seen}):
        member = member_at(given, source, place)
        if member is None:
            continue
        [first] = reader.files.read_content(member.content, member.source)
        own = {one.number: page for one, page in task.seen.items() if one.report == place}
        second = reader.files.read_with_pictures(member, own)
        if better(first.reading[1], second[1]):
            found[place] = _packed(reader, member.content, (second[0], told_of_pictures(second[1], reader.pictures)))
    return found


def member_at(content: bytes, source: str, place: int) -> Member | None:
    """One of the files that a file holds, from 0; None where it cannot be had."""
    part = next(islice(parts_of(content, source), place, None), None)
    return part if isinstance(part, Member) else None


READING: PortableTask[InputFile | Content, ReadContent] = PortableTask(read, gather=gathered)
REREADING: PortableTask[RereadTask, dict[int, ReadReport]] = PortableTask(_reread, gather=_gather_rereading)
