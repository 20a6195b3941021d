"""The return notes about all bodies below one: made anew where the report of one of them has changed, else kept."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.collection.register import Register
from disclosure_checks.runner.exports.records import ReportRecord
from disclosure_checks.runner.pipeline.publications import Publications
from disclosure_checks.runner.pipeline.request import RunRequest
from disclosure_checks.runner.publishing.atomic_publication import Site
from disclosure_checks.runner.site.agency_year_pages import ALONE, Neighbours
from disclosure_checks.runner.site.page_writing import PageMaker, write_files
from disclosure_checks.runner.site.return_notes.note_building import (
    NotedReport,
    ParentNote,
    files_of_note,
    note_files,
    parent_note_path,
    parent_note_paths,
)
from disclosure_checks.runner.site.return_notes.note_models import ReturnNote

_REGISTER_NOTE = "parent_notes"  # what each of them was made from, by its path


@dataclass(frozen=True)
class ParentNotes:
    """Which note tells of which reports. ``severities``: of the findings that notes tell of."""

    registry: AgencyRegistry | None
    severities: Sequence[str]

    def of(self, agency: str, year: int | None) -> ParentNote | None:
        """The note that tells of a report; None where its agency stands below no other, or the year is unknown."""
        if self.registry is None or year is None:
            return None
        found = self.registry.find(agency, year)
        if found is None or found.parent is None:
            return None
        return ParentNote(found.parent, year, parent_note_path(self._file_names[found.parent], year))

    def beside(self, reports: Iterable[Report], known: Mapping[str, Neighbours]) -> dict[str, Neighbours]:
        """What the pages of reports lead to, with the notes that tell of them; of those that have one, by source."""
        notes = {report.source: self.of(report.agency, report.year) for report in reports}
        return {
            source: known.get(source, ALONE)._replace(parent_note=note)
            for source, note in notes.items()
            if note is not None
        }

    def written(self, records: Iterable[ReportRecord]) -> Sequence[ParentNote]:
        """The notes that tell of any of these reports, by their year."""
        if self.registry is None:
            return ()
        told = {self.of(one.agency, one.year) for one in records if note_files(one, self.severities)}
        return sorted((note for note in told if note is not None), key=lambda note: (note.year, note.parent))

    def members(self, records: Mapping[int, ReportRecord]) -> Mapping[ParentNote, Sequence[int]]:
        """The reports that each note tells of, in the order given."""
        members: dict[ParentNote, list[int]] = defaultdict(list)
        for number, record in records.items():
            note = self.of(record.agency, record.year) if note_files(record, self.severities) else None
            if note is not None:
                members[note].append(number)
        return members

    @cached_property
    def _file_names(self) -> Mapping[str, str]:
        agencies = self.registry.agencies if self.registry is not None else ()
        return parent_note_paths({agency.parent for agency in agencies if agency.parent is not None})


@dataclass(frozen=True)
class ParentNoteWriting:
    """Writes the notes of a run. ``made_with``: what all of them depend on."""

    publications: Publications
    register: Register
    maker: PageMaker
    compiled: Sequence[CompiledSpecification]
    made_with: str

    @classmethod
    def of(
        cls, request: RunRequest, publications: Publications, register: Register, program: bytes
    ) -> ParentNoteWriting:
        """The writing of a run. ``program``: a digest of what pages are made with."""
        maker = PageMaker(request.compiled, request.language, request.notes)
        made_with = f"{program.hex()} {request.language} {request.notes.texts}"
        return cls(publications, register, maker, request.compiled, made_with)

    def write(self, site: Site, notes: ParentNotes, numbers_in_order: Sequence[int]) -> None:
        """Write what has changed and keep the rest. Comes when all reports are published."""
        records = self.publications.records() if notes.registry is not None else {}
        members = notes.members({number: records[number] for number in numbers_in_order if records})
        before = self.register.note(_REGISTER_NOTE)
        before = before if isinstance(before, dict) else {}
        digests = self._digests(members)
        for note, numbers in members.items():
            files = files_of_note(note.path)
            if before.get(note.path) == digests[note.path] and site.published.issuperset(files):
                site.keep(files)
                continue
            made = self._made(note, numbers)
            if made is not None:
                write_files(site.folder, self.maker.note_files(made))
        self.register.keep_note(_REGISTER_NOTE, digests)

    def _digests(self, members: Mapping[ParentNote, Sequence[int]]) -> dict[str, str]:
        known = self.publications.digests() if members else {}
        return {
            note.path: hashlib.sha256(
                b"\n".join([self.made_with.encode(), note.parent.encode(), *(known[number][0] for number in numbers)])
            ).hexdigest()
            for note, numbers in members.items()
        }

    def _made(self, note: ParentNote, numbers: Sequence[int]) -> ReturnNote | None:
        return self.maker.notes.of_parent(note.parent, note.year, note.path, list(self._reports(numbers)))

    def _reports(self, numbers: Sequence[int]) -> Iterator[NotedReport]:
        """What is told of reports; of those whose spec this run has not, nothing can be told."""
        by_format = {one.specification.format: one for one in self.compiled}
        for published in self.publications.each(numbers):
            if published.record.format in by_format:
                yield NotedReport(by_format[published.record.format], *published)
