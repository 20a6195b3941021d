"""Reading one file: as a report of whichever format fits best, or the reports of an archive."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from disclosure_checks.grammar.interpretation.interpreter import Interpreter
from disclosure_checks.grammar.model.kept_text import kept_text
from disclosure_checks.grammar.model.lexicon import Lexicon
from disclosure_checks.grammar.model.report import CellStatus, Report, UnreadableReport
from disclosure_checks.grammar.model.source_document import ReaderError, SourceDocument
from disclosure_checks.grammar.readers.archive.members import Member, members
from disclosure_checks.grammar.readers.archive.reader import ARCHIVE
from disclosure_checks.grammar.readers.decoding import decode, decode_with_pictures
from disclosure_checks.grammar.readers.registry import file_type
from disclosure_checks.grammar.words import layout_names
from disclosure_checks.runner.reading.file_content import UnreadableInput
from disclosure_checks.runner.reading.inputs import InputFile
from disclosure_checks.runner.reading.pictures.second_reading import WITHOUT_TEXT
from disclosure_checks.runner.reading.saved_pages import content_with_shown

if TYPE_CHECKING:
    from disclosure_checks.grammar.readers.picture.recognised_page import RecognisedPage

Reading = tuple[str, "Report | UnreadableReport"]  # the format the report was read as, and what was read


class ReadMember(NamedTuple):
    """One of the reports of a file. ``content``: the bytes that it alone is made of. ``shows_pictures``: it may be in them."""

    content: bytes
    reading: Reading
    shows_pictures: bool = False


def parts_of(content: bytes, source: str) -> Iterator[Member | UnreadableReport]:
    """What a file holds: itself, or the files of an archive."""
    if file_type(content, source) is ARCHIVE:
        yield from members(content, source)
    else:
        yield Member(source, content)


Fit = tuple[bool, float, int, int]  # the larger the better
_UNREAD = frozenset({CellStatus.ABSENT, CellStatus.AMBIGUOUS, CellStatus.UNREADABLE})


class FormatLexicon(NamedTuple):
    """The lexicon of a spec and the years the spec serves. ``fact_names``: the facts that its formulas may read."""

    lexicon: Lexicon
    first_year: int
    last_year: int | None
    fact_names: tuple[str, ...] = ()

    def years_away(self, year: int | None) -> int:
        """How far a year lies from those that the format serves; 0 where it is unknown."""
        if year is None or self.first_year <= year <= (self.last_year or year):
            return 0
        return self.first_year - year if year < self.first_year else year - (self.last_year or year)

    def fit(self, report: Report | UnreadableReport) -> Fit:
        """How well a report fits the format: by the labels that prove one and the cells that are not read, then its year.

        A block under the header of another format weighs less than all the cells that the other one does not find.
        What is left undecided goes to the later format.
        """
        if isinstance(report, UnreadableReport):
            return False, 0.0, 0, 0
        own, foreign = _signature_labels(report)
        return True, own - foreign - self._unread(report), -self.years_away(report.year), self.first_year

    def is_met(self, report: Report | UnreadableReport) -> bool:
        """Whether no other format can fit better: it would have none of the labels, and read what is not read at most."""
        if isinstance(report, UnreadableReport):
            return False
        own, foreign = _signature_labels(report)
        return own > 0 and foreign == 0 and self._unread(report) <= 2 * own

    def _unread(self, report: Report) -> int:
        """How many cells are not read of the tables that are printed; a group that may be one row has none of its own."""
        tables = [one for one in self.lexicon.tables if report.facts[f"table.{one.id}.rows_found"].value]
        rows = ((table.id, row) for table in tables for row in table.rows if not row.one_row_group)
        cells = (f"{table}.{row.id}.{column}" for table, row in rows for column in row.columns)
        return sum(report.cells[cell].status in _UNREAD for cell in cells)

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
        if file.refusal is not None:
            return [self._unreadable(UnreadableReport(file.source, *file.refusal))]
        try:
            content = content_with_shown(file.path, file.shown)
        except UnreadableInput as problem:
            return [self._unreadable(UnreadableReport(file.source, *problem.refusal))]
        return [one.reading for one in self.read_content(content, file.source)]

    def read_content(self, content: bytes, source: str) -> Iterator[ReadMember]:
        """The reports in the bytes of a file, each with the bytes that it alone is made of."""
        for member in parts_of(content, source):
            if isinstance(member, Member):
                yield self._read_member(member)
            else:
                yield ReadMember(b"", self._unreadable(member))

    def lexicon_of(self, format_name: str) -> Lexicon:
        """The lexicon of one of the formats."""
        return next(one.lexicon for one in self._formats if one.lexicon.format == format_name)

    def read_with_pictures(self, member: Member, seen: Mapping[int, RecognisedPage]) -> Reading:
        """The report in a file with what was seen in its pictures, by their numbers."""
        return self._read(member.source, lambda: decode_with_pictures(member.content, member.source, seen)).reading

    def _read_member(self, member: Member) -> ReadMember:
        read = self._read(member.source, lambda: decode(member.content, member.source))
        return read._replace(content=member.content)

    def _unreadable(self, report: UnreadableReport) -> Reading:
        return self._formats[0].lexicon.format, report

    def _read(self, source: str, decoded: Callable[[], SourceDocument]) -> ReadMember:
        """The report in a file, which is decoded once for all formats."""
        try:
            document = decoded()
        except ReaderError as error:
            unread = UnreadableReport(source, error.code, error.detail)
            return ReadMember(b"", self._unreadable(unread), error.code in WITHOUT_TEXT)
        shows_pictures = bool(document.pictures) or (document.layout == layout_names.PDF and bool(document.images))
        return ReadMember(b"", self._best_reading(document, source), shows_pictures)

    def _best_reading(self, document: SourceDocument, source: str) -> Reading:
        """The reading in the format whose own labels the tables carry (see ``FormatLexicon.fit``).

        The format that fitted last is tried first: where its labels are printed and no other's, no other can fit better.
        """
        tried: list[tuple[Fit, int, Report | UnreadableReport]] = []
        for number in sorted(range(len(self._formats)), key=lambda place: place != self._fitted_last):
            report = self._interpreters[number].interpret(document, source)
            tried.append((self._formats[number].fit(report), -number, report))
            if self._settles[number] and self._formats[number].is_met(report):
                break
        _, negative, report = max(tried, key=lambda one: one[:2])
        if not isinstance(report, UnreadableReport):
            self._fitted_last = -negative
            report = replace(report, source_text=kept_text(document.blocks))
        return self._formats[-negative].lexicon.format, report


def _signature_labels(report: Report) -> tuple[float, float]:
    """How many labels are printed that prove the format, and how many that prove another."""
    names = ("document.own_signature_labels", "document.foreign_signature_labels")
    own, foreign = (report.facts[name] for name in names)
    # labels seen in a picture prove nothing to a rule, but one format fits them better than another
    return own.value, float(len(foreign.evidence)) if math.isnan(foreign.value) else foreign.value
