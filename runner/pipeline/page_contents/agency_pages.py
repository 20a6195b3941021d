"""The pages of agencies: which can stay, and what the others are made from.

A page is made from the reports of its agency, so it stays as long as each of them is published from what it was
published from, the same years are missing, and it lies where it lay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.agencies.review import AgencyReview
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.collection.recognition import digest_of
from disclosure_checks.runner.exports.plain_values import visible_text
from disclosure_checks.runner.exports.records import FindingRecord, ReportRecord
from disclosure_checks.runner.pipeline.checking import FramedReports
from disclosure_checks.runner.pipeline.collected import CollectedReport
from disclosure_checks.runner.pipeline.page_contents.derived_pages import DerivedPages
from disclosure_checks.runner.pipeline.publications import Publications
from disclosure_checks.runner.site.agency_history.history import (
    AgencyHistory,
    ReportOfAgency,
    in_order_of_years,
    marks_of,
    numbers_of,
)
from disclosure_checks.runner.site.agency_history.paths import agency_paths

_TOGETHER = 100  # agencies whose findings are looked up at a time


@dataclass(frozen=True)
class PublishedReport:
    """A report on the site. ``agency``: as pages name it; ``digest``: of what it was published from; ``compiled``: None
    without a spec for it."""

    number: int
    agency: str
    report: Report
    digest: bytes
    compiled: CompiledSpecification | None


def framed_and_published(
    everything: Iterable[FramedReports], collected: Mapping[str, CollectedReport], digests: Mapping[str, bytes]
) -> Iterator[PublishedReport]:
    """The reports that this run has specs for. ``collected``, ``digests``: by source."""
    for own in everything:
        for report in own.reports:
            number, digest = collected[report.source].id, digests[report.source]
            yield PublishedReport(number, visible_text(report.agency), report, digest, own.compiled)


def only_published(
    records: Iterable[ReportRecord],
    collected: Mapping[str, CollectedReport],
    known: Mapping[int, tuple[bytes, str]],
) -> Iterator[PublishedReport]:
    """The reports that this run has no spec for. ``known``: what they were published from, by number."""
    for record in records:
        one = collected[record.report]
        if isinstance(one.report, Report):
            yield PublishedReport(one.id, record.agency, one.report, known[one.id][0], None)


class AgencyPages:
    """The pages of all agencies with a report. ``made_with``: a digest of the program, the specs and the language."""

    def __init__(self, reports: Iterable[PublishedReport], review: AgencyReview, made_with: bytes) -> None:
        self._of: dict[str, list[PublishedReport]] = defaultdict(list)
        for one in reports:
            self._of[one.agency].append(one)
        self._of.pop("", None)
        self._paths = agency_paths(self._of)
        self._made_with = made_with
        self._missing: dict[str, set[int]] = defaultdict(set)
        for missing in review.missing:
            self._missing[visible_text(missing.agency)].add(missing.year)

    def histories(self, pages: DerivedPages, publications: Publications) -> Iterator[AgencyHistory]:
        """What the pages that cannot stay are made from. Ask when everything that has changed is written down."""
        stale = (agency for agency in self._paths if not pages.stays(self._paths[agency], self._digest(agency)))
        while together := list(islice(stale, _TOGETHER)):
            numbers = [one.number for agency in together for one in self._of[agency]]
            published = dict(zip(numbers, publications.each(numbers), strict=True))
            for agency in together:
                reports = (_report_of_agency(one, *published[one.number]) for one in self._of[agency])
                missing = tuple(sorted(self._missing.get(agency, ())))
                yield AgencyHistory(agency, self._paths[agency], in_order_of_years(reports), missing)

    def _digest(self, agency: str) -> bytes:
        reports = sorted((one.report.source, one.digest.hex()) for one in self._of[agency])
        named = [agency, repr(reports), repr(sorted(self._missing.get(agency, ())))]
        return digest_of(self._made_with, *(text.encode("utf-8", "surrogatepass") for text in named))


def _report_of_agency(one: PublishedReport, record: ReportRecord, findings: Sequence[FindingRecord]) -> ReportOfAgency:
    if one.compiled is None:
        return ReportOfAgency(record, None, {})
    return ReportOfAgency(record, numbers_of(one.compiled, one.report), marks_of(findings, one.compiled))
