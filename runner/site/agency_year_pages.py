"""Builds the page of one agency and year from a checked report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from disclosure_checks.grammar.model.packing import PackedCells
from disclosure_checks.grammar.model.report import CellStatus
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.plain_values import computed_number, visible_text
from disclosure_checks.runner.exports.records import (
    SEVERITIES,
    SEVERITIES_OF_FINDINGS,
    CheckedReport,
    FindingRecord,
    ReportRecord,
)
from disclosure_checks.runner.site.grid_filling import CellMark, CellRemarks, FilledGrid, GridFiller, GridViews
from disclosure_checks.runner.site.labels import (
    agency_name,
    href,
    selection_notice,
    severity_tally,
    specification_line,
    year_text,
)
from disclosure_checks.runner.site.page_models import (
    AgencyYearPage,
    ChangedCellView,
    FindingView,
    LabelledText,
    LegendEntry,
    Link,
    PageFrame,
    RevisionView,
    SkippedRule,
    ToldFinding,
)
from disclosure_checks.runner.site.revision_changes import RevisionChanges
from disclosure_checks.runner.site.source_pages.place_words import PlaceWords
from disclosure_checks.runner.texts.site_texts import Texts

ROOT = "../"
MOST_CELL_LINKS = 12  # of one finding; the marks in the tables show the rest


class Neighbours(NamedTuple):
    """The records of the same agency's year before and year after, and what changed since the revision before."""

    previous: ReportRecord | None = None
    next: ReportRecord | None = None
    revision: RevisionChanges | None = None


ALONE = Neighbours()


def neighbours(records: Iterable[ReportRecord]) -> dict[str, Neighbours]:
    """The neighbours of every report, by source. Of several reports for one year the first source counts."""
    by_agency_year: dict[tuple[str, int], ReportRecord] = {}
    known = sorted((record for record in records if record.page), key=lambda record: record.report)
    for record in known:
        if record.year is not None:
            by_agency_year.setdefault((record.agency, record.year), record)
    return {
        record.report: Neighbours(
            by_agency_year.get((record.agency, record.year - 1)), by_agency_year.get((record.agency, record.year + 1))
        )
        for record in known
        if record.year is not None
    }


def finding_anchor(number: int) -> str:
    """The id of the ``number``-th finding (from 1) of a report, in the order of its records."""
    return f"finding-{number}"


class AgencyYearPages:
    """Builds the pages of the reports of one spec. Make one a spec and language, and use it for every report."""

    def __init__(
        self, compiled: CompiledSpecification, rule_paths: Mapping[str, str], texts: Texts, grid_views: GridViews
    ) -> None:
        self._texts = texts
        self._place_words = PlaceWords(texts)
        self._filler = GridFiller(compiled.specification, texts, self._place_words, grid_views)
        self._labels = compiled.labels
        self._specification = specification_line(compiled, texts)
        self._notice = selection_notice([compiled], texts)
        self._format = texts.of(compiled.specification.title)
        self._rules = {
            rule.rule.id: Link(texts.of(rule.rule.title), href(ROOT, rule_paths[rule.rule.id]))
            for rule in compiled.rules
        }

    def build(self, checked: CheckedReport, beside: Neighbours = ALONE, source: str = "") -> AgencyYearPage:
        """The page of one report. ``source``: the address of its text, "" where there is none."""
        texts, record = self._texts, checked.record
        numbered = [(finding_anchor(number), finding) for number, finding in enumerate(checked.findings, start=1)]
        failing = [pair for pair in numbered if pair[1].status == ResultStatus.FAIL.value]
        waived = [pair for pair in numbered if pair[1].status == ResultStatus.WAIVED.value]
        skipped = [pair for pair in numbered if pair[1].status == ResultStatus.NOT_ASSESSABLE.value]
        remarks = CellRemarks(self._marks(failing), self._suggestions((*failing, *skipped)))
        grids = self._filler.fill(PackedCells.of(checked.report.cells), remarks, source)
        drawn = frozenset().union(*(grid.cells for grid in grids))
        agency = agency_name(record.agency, record.report, texts)
        year = year_text(record.year, texts)
        return AgencyYearPage(
            frame=self._frame(agency, year, record),
            agency=agency,
            year=year,
            gravest=record.gravest,
            status_text=texts[f"status_{record.status}"],
            verdict=_verdict(record, texts),
            facts=self._facts(checked),
            source=source,
            tallies=tuple(
                severity_tally(severity.value, count, texts)
                for severity, count in zip(SEVERITIES, record.failures, strict=True)
            ),
            findings=tuple(self._finding_view(anchor, finding, drawn, source) for anchor, finding in failing),
            skipped=tuple(self._skipped(skipped)),
            skipped_count=record.not_assessable,
            waived=tuple(self._finding_view(anchor, finding, drawn, source) for anchor, finding in waived),
            grids=grids,
            legend=tuple(self._legend(grids, failing, skipped)),
            previous_year=self._neighbour(beside.previous),
            next_year=self._neighbour(beside.next),
            revision=self._revision(beside.revision, drawn) if beside.revision else None,
        )

    def _frame(self, agency: str, year: str, record: ReportRecord) -> PageFrame:
        column = year_anchor(record.year)
        return PageFrame(
            title=f"{agency} {year}",
            root=ROOT,
            breadcrumbs=(
                Link(self._texts["overview"], href(ROOT, "index.html")),
                Link(year, href(ROOT, "index.html", column)),
                Link(agency),
            ),
            specifications=(self._specification,),
            notice=self._notice,
        )

    def _facts(self, checked: CheckedReport) -> tuple[LabelledText, ...]:
        texts, report = self._texts, checked.report
        facts = (
            LabelledText(texts["fact_title"], visible_text(report.title)),
            LabelledText(texts["fact_source"], visible_text(report.source)),
            LabelledText(texts["fact_format"], self._format),
            LabelledText(texts["fact_layout"], texts.layout(checked.record.layout)),
        )
        return tuple(fact for fact in facts if fact.text)

    def _marks(self, failing: Sequence[tuple[str, FindingRecord]]) -> dict[str, CellMark]:
        marks: dict[str, CellMark] = {}
        for anchor, finding in failing:  # gravest first, so the first one counts
            mark = CellMark(finding.severity, self._texts[f"letter_{finding.severity}"], f"#{anchor}")
            for cell in (*finding.cells, finding.suspect):
                marks.setdefault(cell, mark)
        return marks

    def _suggestions(self, failing: Sequence[tuple[str, FindingRecord]]) -> dict[str, str]:
        return {
            finding.suspect: self._texts.say("suggestion_short", value=computed_number(finding.suggestion))
            for _, finding in reversed(failing)
            if finding.suspect
        }

    def _finding_view(self, anchor: str, finding: FindingRecord, drawn: frozenset[str], source: str) -> FindingView:
        texts = self._texts
        more = len(finding.cells) > MOST_CELL_LINKS
        return FindingView(
            anchor=anchor,
            severity=severity_tally(finding.severity, 1, texts),
            message=finding.message,
            rule=self._rules[finding.rule],
            cells=tuple(self._cell_link(cell, drawn) for cell in finding.cells[:MOST_CELL_LINKS]),
            more_cells=texts.say("finding_more_cells", count=len(finding.cells)) if more else "",
            where=self._place_words.of_text(finding.where, source),
            diagnosis=Link(finding.diagnosis, _cell_address(finding.suspect, drawn)),
        )

    def _cell_link(self, cell: str, drawn: frozenset[str]) -> Link:
        return Link(self._labels.cell(cell, self._texts.language), _cell_address(cell, drawn))

    def _skipped(self, skipped: Sequence[tuple[str, FindingRecord]]) -> Iterable[SkippedRule]:
        for rule_id, group in groupby(skipped, key=lambda pair: pair[1].rule):
            findings = list(group)
            anchor, first = findings[0]
            times = self._texts.say("skipped_times", count=len(findings)) if len(findings) > 1 else ""
            yield SkippedRule(anchor, self._rules[rule_id], times, first.message)

    def _legend(
        self,
        grids: Sequence[FilledGrid],
        failing: Sequence[tuple[str, FindingRecord]],
        skipped: Sequence[tuple[str, FindingRecord]],
    ) -> Iterable[LegendEntry]:
        texts = self._texts
        occurring: set[CellStatus] = set().union(*(grid.statuses for grid in grids))
        for status in CellStatus:
            if status in occurring:
                kind = status.value
                yield LegendEntry(kind, texts[f"cell_{kind}"], texts[f"cell_{kind}_meaning"])
        gravest = next((finding.severity for _, finding in failing if finding.cells), "")
        if gravest:
            yield LegendEntry(f"marked {gravest}", texts[f"letter_{gravest}"], texts["cell_failing_meaning"])
        if any(finding.suspect for _, finding in (*failing, *skipped)):
            yield LegendEntry("suspect", "→", texts["cell_suspect_meaning"])

    def _revision(self, changes: RevisionChanges, drawn: frozenset[str]) -> RevisionView:
        return RevisionView(
            solved=tuple(self._told(finding) for finding in changes.solved),
            new=tuple(self._told(finding) for finding in changes.new),
            left=self._texts.say("revision_left", count=changes.left),
            cells=tuple(
                ChangedCellView(self._cell_link(cell, drawn), before, after) for cell, before, after in changes.cells
            ),
        )

    def _told(self, finding: FindingRecord) -> ToldFinding:
        return ToldFinding(
            severity_tally(finding.severity, 1, self._texts), finding.message, self._rules.get(finding.rule)
        )

    def _neighbour(self, record: ReportRecord | None) -> Link | None:
        return Link(year_text(record.year, self._texts), href(ROOT, record.page)) if record else None


def _verdict(record: ReportRecord, texts: Texts) -> str:
    """What came of the report, and of which tables nothing was read."""
    verdict = texts.say(f"verdict_{record.status}", count=sum(map(record.failing, SEVERITIES_OF_FINDINGS)))
    return f"{verdict} {record.reason}".strip()


def _cell_address(cell: str, drawn: frozenset[str]) -> str:
    return f"#{cell}" if cell in drawn else ""


def year_anchor(year: int | None) -> str:
    """The id of a year's column in the overview."""
    return "year-unknown" if year is None else f"year-{year}"
