"""From findings to return notes: of one report, and of all reports of the bodies below another."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.plain_values import visible_text
from disclosure_checks.runner.exports.points.point_words import Point, PointWords
from disclosure_checks.runner.exports.records import SEVERITIES, CheckedReport, FindingRecord, ReportRecord
from disclosure_checks.runner.publishing.file_names import FileNames, year_folder
from disclosure_checks.runner.site.labels import BY_PARENT, REGION, agency_name, href, specification_line, year_text
from disclosure_checks.runner.site.page_models import PageFrame
from disclosure_checks.runner.site.page_parts import Link
from disclosure_checks.runner.site.return_notes.note_models import NotePart, NotePoint, ReturnNote
from disclosure_checks.runner.site.return_notes.note_wording import NoteSettings
from disclosure_checks.runner.texts.site_texts import Texts

NOTE_FOLDER = "return_notes"
_PARENT_FOLDER = f"{NOTE_FOLDER}/parents"
_OF_ONE, _OF_ALL = ("addressee", "opening"), ("addressee_of_all", "opening_of_all")
_SIGNATURES = ("reviewer", "office", "receiver")


class ParentNote(NamedTuple):
    """The note of all bodies below one for a year. ``path``: of its page, without the ending."""

    parent: str
    year: int
    path: str


class NotedReport(NamedTuple):
    """What a note says of a report."""

    compiled: CompiledSpecification
    record: ReportRecord
    findings: Sequence[FindingRecord]

    @classmethod
    def of(cls, checked: CheckedReport) -> NotedReport:
        """What a note says of a checked report."""
        return cls(checked.compiled, checked.record, checked.findings)


def note_path(page: str) -> str:
    """The path of the note about the report of a page, without its ending."""
    return f"{NOTE_FOLDER}/{page.removesuffix('.html')}"


def note_files(record: ReportRecord, severities: Sequence[str]) -> tuple[str, ...]:
    """The files of the note about a report, from the site's folder; none where there is nothing to tell.

    ``severities``: those that a note tells of.
    """
    if not record.page or not any(record.failing(severity) for severity in SEVERITIES if severity.value in severities):
        return ()
    return files_of_note(note_path(record.page))


def files_of_note(path: str) -> tuple[str, str]:
    """The page of a note, and its Word document. ``path``: of both, without the ending."""
    return f"{path}.html", f"{path}.docx"


def parent_note_paths(parents: Collection[str]) -> Mapping[str, str]:
    """The file name of each parent's notes, by its name: the same whatever else is published."""
    names = FileNames()
    return {parent: names.allocate(parent) for parent in sorted(parents)}


def parent_note_path(name: str, year: int) -> str:
    """The path of the note of all bodies below one, without its ending. ``name``: its file name."""
    return f"{_PARENT_FOLDER}/{year_folder(year)}/{name}"


def _below(parent: str, root: str) -> Link:
    return Link(parent, href(root, REGION, BY_PARENT))


class NoteBuilder:
    """Builds notes in one language."""

    def __init__(self, texts: Texts, settings: NoteSettings) -> None:
        self._texts = texts
        self._note_texts, self._day = settings
        self._words: dict[str, PointWords] = {}

    def of_report(self, report: NotedReport) -> ReturnNote | None:
        """The note about a report; None where nothing of it is to be told."""
        points = self._points(report)
        if not points:
            return None
        record = report.record
        values = self._values(
            [report], record.year, len(points), agency=self._agency(record), source=visible_text(record.report)
        )
        part = self._part("", report, points, values)
        return self._note(note_path(record.page), [report], values, _OF_ONE, (part,))

    def of_parent(self, parent: str, year: int, path: str, reports: Sequence[NotedReport]) -> ReturnNote | None:
        """The note about all reports of the bodies below one for a year; None where nothing is to be told."""
        told = [(report, points) for report in reports if (points := self._points(report))]
        if not told:
            return None
        agencies = len({report.record.agency for report, _ in told})
        every = sum(len(points) for _, points in told)
        values = self._values(reports, year, every, agency=parent, parent=parent, agencies=agencies)
        parts = tuple(
            self._part(self._named_with_file(report.record), report, points, values) for report, points in told
        )
        return self._note(path, reports, values, _OF_ALL, parts)

    def _note(
        self,
        path: str,
        reports: Sequence[NotedReport],
        values: Mapping[str, object],
        names: tuple[str, str],
        parts: tuple[NotePart, ...],
    ) -> ReturnNote:
        texts, words = self._texts, self._note_texts
        compiled = {report.compiled.fingerprint: report.compiled for report in reports}
        title, root = words.say("title", values), "../" * path.count("/")
        above = (
            _below(str(values["parent"]), root)
            if values["parent"]
            else Link(parts[0].page.text, root + parts[0].page.href)
        )
        frame = PageFrame(
            title=f"{title} {values['agency']} {values['year']}",
            root=root,
            breadcrumbs=(Link(texts["overview"], href(root, "index.html")), above, Link(texts["return_note"])),
            specifications=tuple(specification_line(one, texts) for one in compiled.values()),
            product=texts.product(one.specification for one in compiled.values()),
        )
        addressee, opening = names
        return ReturnNote(
            frame=frame,
            path=path,
            document=href("", f"{path.rpartition('/')[2]}.docx"),
            title=title,
            addressee=words.say(addressee, values),
            opening=tuple(filter(None, words.say(opening, values).split("\n"))),
            parts=parts,
            closing=words.say("closing", values),
            signatures=tuple(words.say(name, values) for name in _SIGNATURES),
            date=words.say("date", values),
            day=self._day.isoformat(),
        )

    def _points(self, report: NotedReport) -> list[Point]:
        known = self._words.get(report.compiled.fingerprint)
        if known is None:
            known = self._words[report.compiled.fingerprint] = PointWords(report.compiled, self._texts)
        return known.of(report.findings, self._note_texts.severities)

    def _part(
        self, heading: str, report: NotedReport, points: Sequence[Point], values: Mapping[str, object]
    ) -> NotePart:
        record = report.record
        page = Link(f"{self._agency(record)} {year_text(record.year, self._texts)}", href("", record.page))
        words = {severity: self._note_texts.say(severity, values) for severity in {one.severity for one in points}}
        told = (
            NotePoint(number, one.severity, words[one.severity], one.lines, one.why, one.basis, one.remarks)
            for number, one in enumerate(points, start=1)
        )
        return NotePart(heading, page, tuple(told))

    def _named_with_file(self, record: ReportRecord) -> str:
        source = visible_text(record.report)
        return self._texts.say("note_of_report", agency=self._agency(record), source=source)

    def _agency(self, record: ReportRecord) -> str:
        return agency_name(record.agency, record.report, self._texts)

    def _values(
        self, reports: Sequence[NotedReport], year: int | None, points: int, **others: object
    ) -> dict[str, object]:
        day = self._texts.say("note_day", year=self._day.year, month=self._day.month, day=self._day.day)
        nothing = dict.fromkeys(("source", "parent", "agencies"), "")
        document = self._texts.document_name(report.compiled.specification for report in reports)
        told = {"year": year_text(year, self._texts), "points": points, "date": day, "document": document}
        return {**nothing, **told, **others}
