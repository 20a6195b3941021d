"""The second half of a run: the collection in, a checked and published site out. Everything here may use GX.

reports on the site -> one frame a spec -> GX, one batch -> findings, pages and parts of exports of what changed
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field

from disclosure_checks.grammar.model.report import Report, UnreadableReport
from disclosure_checks.rules.collection.agencies.review import review_agencies
from disclosure_checks.rules.collection.decisions.applying import with_decisions
from disclosure_checks.rules.expectations.frame_columns import frame_columns
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.findings.messages import finding_message
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.collection.earlier_runs import EarlierRuns, naming, take_over_earlier_stores
from disclosure_checks.runner.collection.earlier_values import EarlierStore
from disclosure_checks.runner.collection.membership import replaced_by_other_files
from disclosure_checks.runner.collection.recognition import digest_of
from disclosure_checks.runner.collection.register import Register
from disclosure_checks.runner.exports.csv_files import write_missing_reports_csv
from disclosure_checks.runner.exports.data_files import DATA_FOLDER, write_data_files
from disclosure_checks.runner.exports.fragments import fragments_of
from disclosure_checks.runner.exports.records import (
    CheckedReport,
    Records,
    ReportRecord,
    report_order,
    unreadable_record,
)
from disclosure_checks.runner.gx.publication_content import PublicationContent, SiteSummary
from disclosure_checks.runner.gx.report_context import ReportContext
from disclosure_checks.runner.pipeline.checking import FramedReports, findings_of_rows, framed, sort_readings
from disclosure_checks.runner.pipeline.collected import Collected, CollectedReport
from disclosure_checks.runner.pipeline.frame_digests import row_digests
from disclosure_checks.runner.pipeline.page_contents.agency_pages import (
    AgencyPages,
    PublishedReport,
    framed_and_published,
    only_published,
)
from disclosure_checks.runner.pipeline.page_contents.derived_pages import DerivedPages
from disclosure_checks.runner.pipeline.page_contents.run_facts import Beginning, facts_of_run
from disclosure_checks.runner.pipeline.page_contents.standing_beside import RevisionsBefore, numbers_of_last_year
from disclosure_checks.runner.pipeline.parent_notes import ParentNotes, ParentNoteWriting
from disclosure_checks.runner.pipeline.publications import Publication, Publications
from disclosure_checks.runner.pipeline.published_reports import PublishedReports
from disclosure_checks.runner.pipeline.request import CONTEXT_FOLDER, RunRequest, RunResult
from disclosure_checks.runner.publishing.atomic_publication import Site
from disclosure_checks.runner.publishing.file_names import PageKey, page_paths
from disclosure_checks.runner.site.agency_year_pages import ALONE, Neighbours, neighbours
from disclosure_checks.runner.site.index_pages import run_changes
from disclosure_checks.runner.site.page_writing import PageWriting
from disclosure_checks.runner.site.return_notes.note_building import note_files
from disclosure_checks.runner.site.source_pages.addresses import source_path
from disclosure_checks.runner.site.this_run.facts import Stopwatch
from disclosure_checks.runner.texts.site_texts import load_texts

_TOGETHER = 250  # reports whose findings are assembled at a time; their details are open together


def check_and_publish(
    request: RunRequest,
    connection: sqlite3.Connection,
    collected: Collected,
    site: Site,
    workers: Executor,
    program: bytes,
    begun: Beginning,
) -> RunResult:
    """Run every spec's rules over the collection and build the site, anew where something has changed.

    ``program``: a digest of what pages and exports are made with; ``begun``: what the run did so far.
    """
    register = Register(connection)
    problems = take_over_earlier_stores(request.out, request.history, register, EarlierStore(connection))
    read = sort_readings(
        [(one.format, one.report) for one in collected.reports],
        request.registry,
        lambda named: EarlierRuns(EarlierStore(connection), naming(named, request.registry)),
    )
    review = review_agencies(read.roll, [compiled.specification for compiled in request.compiled])
    everything = list(framed(request.compiled, read, request.decisions))
    run = _Run.of(request, connection, collected, everything, program)
    run.leave_unchanged(site)
    pages = PageWriting(workers, request.compiled, request.language, site.folder, request.notes)
    published = PublishedReports(run.publications, lambda: run.numbers_in_order, run.unreadable)
    derived = DerivedPages(register, site)
    agencies = AgencyPages(run.published_reports(everything), review, run.made_with)
    content = PublicationContent(
        request.compiled,
        run.checked(everything, begun.watch),
        language=request.language,
        review=review,
        page_writing=pages,
        beside=run.beside,
        summary=lambda: SiteSummary(published.records, published.rule_results()),
        changes=run_changes(collected.membership),
        changed=collected.changed,
        notes=request.notes,
        parent_notes=run.parent_notes.written,
        histories=lambda: agencies.histories(derived, run.publications),
        facts=lambda: facts_of_run(request, begun, len(run.stale), run.context.suites, run.context.results),
        stays=lambda path, made_from: derived.stays(path, digest_of(run.made_with, made_from)),
    )
    run.context.publish(content, site.folder)
    everything.clear()  # frames are large, and what follows is made from what was written down
    # from here on, this process works beside those that write the pages
    run.context.remove_stale_results()
    write_data_files(site.folder / DATA_FOLDER, request.compiled, published, load_texts(request.language))
    if request.registry is not None:
        write_missing_reports_csv(site.folder / DATA_FOLDER / "missing_reports.csv", review.missing)
    writing = ParentNoteWriting.of(request, run.publications, register, program)
    writing.write(site, run.parent_notes, run.numbers_in_order)
    pages.finish()
    derived.write_down()
    given = {one.report.source for one in collected.reports if one.given}
    reports = [one.report for one in collected.reports if isinstance(one.report, Report)]
    return RunResult(
        [record for record in published.records if record.report in given],
        len(published.records),
        review,
        problems,
        () if request.decisions is None else request.decisions.without_report(reports),
        replaced=replaced_by_other_files(collected.membership),
    )


@dataclass
class _Run:
    """What is known of every report of the site while it is built."""

    request: RunRequest
    publications: Publications
    revisions: RevisionsBefore
    collected: Collected
    context: ReportContext
    program: bytes
    paths: Mapping[str, str]
    by_source: Mapping[str, CollectedReport]
    known: Mapping[int, tuple[bytes, str]]
    unreadable: Sequence[ReportRecord]
    unframed: Sequence[ReportRecord]  # those of reports that this run has no spec for
    beside: dict[str, Neighbours]
    parent_notes: ParentNotes
    digests: dict[str, bytes] = field(default_factory=dict)  # of the reports that are framed, by source
    stale: set[str] = field(default_factory=set)  # the sources of those that are judged anew

    @classmethod
    def of(
        cls,
        request: RunRequest,
        connection: sqlite3.Connection,
        collected: Collected,
        everything: Sequence[FramedReports],
        program: bytes,
    ) -> _Run:
        by_source = {one.report.source: one for one in collected.reports}
        reports = [report for own in everything for report in own.reports]
        framed_sources = {report.source for report in reports}
        publications = Publications(connection)
        # reports of a format that this run has no spec for stay as they were published
        unframed = [one.id for one in collected.reports if one.report.source not in framed_sources]
        records = publications.records() if unframed else {}
        others = [records[number] for number in unframed if number in records]
        paths = page_paths(
            [
                *(PageKey(one.source, one.agency, one.year) for one in reports),
                *(PageKey(one.report, one.agency, one.year) for one in others if one.page),
            ]
        )
        unreadable = [
            unreadable_record(one.report, request.reason(one.report))
            for one in collected.reports
            if isinstance(one.report, UnreadableReport)
        ]
        known = [ReportRecord.known_by(report, paths[report.source]) for report in reports]
        context = ReportContext(request.out / CONTEXT_FOLDER, request.language, request.time)
        run = cls(
            request, publications, RevisionsBefore(connection, collected.revisions), collected, context, program, paths,
            by_source, publications.digests(), unreadable, others, neighbours([*known, *others]),
            ParentNotes(request.registry, request.notes.texts.severities),
        )  # fmt: skip
        run.beside |= run.parent_notes.beside(reports, run.beside)
        for own in everything:
            further = [run._further(own.compiled, report) for report in own.reports]
            digests = row_digests(own.frame, own.reports, further)
            run.digests.update(zip((report.source for report in own.reports), digests, strict=True))
        return run

    def _further(self, compiled: CompiledSpecification, report: Report) -> str:
        """What goes into the page of a report beside its row of the frame."""
        one = self.by_source[report.source]
        beside = self.beside.get(report.source, ALONE)
        near = [(near.year, near.page) for near in beside[:2] if near is not None]
        near.append((None, beside.agency_page))
        before = self.collected.revisions.get(one.id)
        return json.dumps(
            [
                self.program.hex(), compiled.fingerprint, self.request.language, one.content.hex(), one.reading,
                self.paths[report.source], near, before, self._decided(report), beside.parent_note,
                repr(self.request.notes.texts),
            ],
        )  # fmt: skip

    def _decided(self, report: Report) -> list[str]:
        """What people decided about a report."""
        decisions = self.request.decisions
        return [] if decisions is None else [one.model_dump_json() for one in decisions.of(report)]

    def leave_unchanged(self, site: Site) -> None:
        """Let the pages stay that would be made the same again, and the return notes with them."""
        files = {
            number: frozenset((record.page, *note_files(record, self.request.notes.texts.severities)))
            for number, record in self.publications.records().items()
        }
        self.stale = set(self.digests)
        kept: set[str] = set()
        for one in self.collected.reports:
            own = files.get(one.id, frozenset())
            source = one.report.source
            if source not in self.digests:
                kept |= own & site.published
            elif self.known.get(one.id, (b"", ""))[0] == self.digests[source] and own <= site.published:
                self.stale.remove(source)
                kept |= own
        site.keep(kept | {source_path(file) for file in kept} & site.published)

    @property
    def numbers_in_order(self) -> list[int]:
        """The reports that were read and published, in the order of the exports."""
        known = self.publications.digests()
        readable = [one for one in self.collected.reports if one.id in known and isinstance(one.report, Report)]
        return [one.id for one in sorted(readable, key=lambda one: report_order(one.report.source))]

    def published_reports(self, everything: Sequence[FramedReports]) -> Iterator[PublishedReport]:
        """The reports of the site that were read."""
        yield from framed_and_published(everything, self.by_source, self.digests)
        yield from only_published(self.unframed, self.by_source, self.known)

    @property
    def made_with(self) -> bytes:
        """A digest of what all pages are made with."""
        fingerprints = [(one.fingerprint, one.selection) for one in self.request.compiled]
        return digest_of(self.program, repr([fingerprints, self.request.language]).encode())

    def checked(self, everything: Sequence[FramedReports], watch: Stopwatch) -> Iterator[CheckedReport]:
        """The reports that have changed, judged and written down; findings are assembled for some at a time."""
        for own in everything:
            watch.lap("pages" if own is not everything[0] else "beside")
            outcomes = self.context.outcomes(own.compiled, own.frame)
            watch.lap("rules")
            columns = frame_columns(own.frame)
            self.context.leave_results(own.compiled, own.reports)
            records = Records(own.compiled, finding_message, self.request.language)
            stale = [row for row, report in enumerate(own.reports) if report.source in self.stale]
            for start in range(0, len(stale), _TOGETHER):
                rows = stale[start : start + _TOGETHER]
                findings = findings_of_rows(own, columns, outcomes, rows)
                if self.request.decisions is not None:
                    decided = [own.reports[row] for row in rows]
                    findings = with_decisions(findings, own.compiled, decided, self.request.decisions)
                yield from self._written_down(own, rows, findings, records)

    def _written_down(
        self, own: FramedReports, rows: Sequence[int], findings: Sequence[Finding], records: Records
    ) -> Iterator[CheckedReport]:
        by_source: dict[str, list[Finding]] = {own.reports[row].source: [] for row in rows}
        for finding in findings:
            by_source[finding.source].append(finding)
        reports = [own.reports[row] for row in rows]
        self.context.keep_results(own.compiled, reports, findings)
        for report, last_year in zip(reports, numbers_of_last_year(own, rows), strict=True):
            source = report.source
            checked = records.checked_report(report, by_source[source], self.paths[source])
            self.publications.keep(
                self.by_source[source].id,
                self.digests[source],
                Publication(checked.record, checked.findings),
                fragments_of(checked),
            )
            self.beside[source] = self.beside.get(source, ALONE)._replace(
                revision=self.revisions.changes(self.by_source[source].id, checked), last_year=last_year
            )
            yield checked
