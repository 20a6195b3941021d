"""Builds the page of one agency and year from a checked report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from disclosure_checks.grammar.model.packing import PackedCells
from disclosure_checks.grammar.model.report import CellStatus
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.plain_values import visible_text
from disclosure_checks.runner.exports.points.grouping import FindingGroup, NumberedFinding, finding_groups
from disclosure_checks.runner.exports.points.point_words import SEVERITIES_OF_POINTS
from disclosure_checks.runner.exports.records import (
    SEVERITIES,
    SEVERITIES_OF_FINDINGS,
    CheckedReport,
    FindingRecord,
    ReportRecord,
)
from disclosure_checks.runner.site.agency_history.last_year import LastYear
from disclosure_checks.runner.site.agency_history.neighbours import ALONE as ALONE
from disclosure_checks.runner.site.agency_history.neighbours import Neighbours as Neighbours
from disclosure_checks.runner.site.agency_history.neighbours import neighbours as neighbours
from disclosure_checks.runner.site.finding_groups.cells_at_fault import OPERAND
from disclosure_checks.runner.site.finding_groups.group_views import CellLinks, GroupViews, finding_anchor
from disclosure_checks.runner.site.finding_groups.revision_changes import RevisionChanges
from disclosure_checks.runner.site.grid_filling import CellRemarks, FilledGrid, GridFiller
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
    LabelledText,
    LegendEntry,
    Link,
    PageFrame,
    RevisionView,
    SkippedRule,
    ToldFinding,
)
from disclosure_checks.runner.site.page_parts import data_address
from disclosure_checks.runner.site.rendering.cells import GridViews
from disclosure_checks.runner.site.return_notes.note_building import ParentNote, note_files
from disclosure_checks.runner.site.source_pages.place_words import PlaceWords
from disclosure_checks.runner.texts.site_texts import Texts

ROOT = "../"
_SEVERITIES_THAT_COUNT = frozenset(severity.value for severity in SEVERITIES_OF_FINDINGS)


class AgencyYearPages:
    """Builds the pages of the reports of one spec. Make one a spec and language, and use it for every report."""

    def __init__(
        self,
        compiled: CompiledSpecification,
        rule_paths: Mapping[str, str],
        texts: Texts,
        grid_views: GridViews,
        severities_of_notes: Sequence[str] = SEVERITIES_OF_POINTS,
    ) -> None:
        self._texts = texts
        self._severities_of_notes = severities_of_notes
        self._place_words = PlaceWords(texts)
        self._filler = GridFiller(compiled.specification, texts, self._place_words, grid_views)
        self._labels = compiled.labels
        self._specification = specification_line(compiled, texts)
        self._product = texts.product([compiled.specification])
        self._notice = selection_notice([compiled], texts)
        self._format = texts.of(compiled.specification.title)
        self._years = LastYear(compiled, texts)
        self._rules = {
            rule.rule.id: Link(texts.of(rule.rule.title), href(ROOT, rule_paths[rule.rule.id]))
            for rule in compiled.rules
        }
        self._groups = GroupViews(compiled, self._rules, texts, self._place_words)

    def build(self, checked: CheckedReport, beside: Neighbours = ALONE, source: str = "") -> AgencyYearPage:
        """The page of one report. ``source``: the address of its text, "" where there is none."""
        texts, record = self._texts, checked.record
        numbered = [NumberedFinding(number, finding) for number, finding in enumerate(checked.findings, start=1)]
        failing = [one for one in numbered if one.record.status == ResultStatus.FAIL.value]
        waived = [one for one in numbered if one.record.status == ResultStatus.WAIVED.value]
        skipped = [one for one in numbered if one.record.status == ResultStatus.NOT_ASSESSABLE.value]
        groups = finding_groups(failing)
        suggestions = self._groups.suggestions(one.record for one in (*skipped, *failing))
        pictures = {cell: data_address(content) for cell, content in checked.report.cut_outs.items()}
        remarks = CellRemarks(self._groups.marks(groups), suggestions, pictures)
        grids = self._filler.fill(PackedCells.of(checked.report.cells), remarks, source)
        drawn = frozenset().union(*(grid.cells for grid in grids))

        links = CellLinks(
            lambda cell: self._cell_link(cell, drawn),
            lambda finding: self._years.cells_of(finding, beside),
            source,
            pictures,
        )
        agency = agency_name(record.agency, record.report, texts)
        year = year_text(record.year, texts)
        return AgencyYearPage(
            frame=self._frame(agency, year, record),
            agency=agency,
            year=year,
            gravest=record.gravest,
            status_text=texts[f"status_{record.status}"],
            verdict=_verdict(record, groups, texts),
            facts=self._facts(checked),
            source=source,
            tallies=tuple(
                severity_tally(severity.value, count, texts)
                for severity, count in zip(SEVERITIES, record.failures, strict=True)
            ),
            groups=tuple(self._groups.view(group, links) for group in groups),
            skipped=tuple(self._skipped(skipped)),
            skipped_count=record.not_assessable,
            waived=tuple(self._groups.finding(one, links) for one in waived),
            grids=grids,
            shows_pictures=bool(pictures),
            legend=tuple(self._legend(grids, remarks)),
            previous_year=self._neighbour(beside.previous),
            next_year=self._neighbour(beside.next),
            notes=self._note_links(record, beside.parent_note),
            all_years=Link(texts["history"], href(ROOT, beside.agency_page)) if beside.agency_page else None,
            last_year=self._years.switch(grids, record, beside),
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
            product=self._product,
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

    def _note_links(self, record: ReportRecord, parent_note: ParentNote | None) -> tuple[Link, ...]:
        """The ways to the return notes that tell of this report."""
        files = note_files(record, self._severities_of_notes)
        texts = self._texts
        names = (texts["return_note"], texts["return_note_document"])
        links = [Link(name, href(ROOT, file)) for name, file in zip(names, files, strict=False)]
        if files and parent_note is not None:
            name = texts.say("return_note_of_parent", parent=parent_note.parent)
            links.append(Link(name, href(ROOT, f"{parent_note.path}.html")))
        return tuple(links)

    def _cell_link(self, cell: str, drawn: frozenset[str]) -> Link:
        return Link(self._labels.cell(cell, self._texts.language), _cell_address(cell, drawn))

    def _skipped(self, skipped: Sequence[NumberedFinding]) -> Iterable[SkippedRule]:
        for rule_id, group in groupby(skipped, key=lambda one: one.record.rule):
            findings = list(group)
            number, first = findings[0]
            times = self._texts.say("skipped_times", count=len(findings)) if len(findings) > 1 else ""
            yield SkippedRule(finding_anchor(number), self._rules[rule_id], times, first.message)

    def _legend(
        self,
        grids: Sequence[FilledGrid],
        remarks: CellRemarks,
    ) -> Iterable[LegendEntry]:
        texts = self._texts
        occurring: set[CellStatus] = set().union(*(grid.statuses for grid in grids))
        for status in CellStatus:
            if status in occurring:
                kind = status.value
                yield LegendEntry(kind, texts[f"cell_{kind}"], texts[f"cell_{kind}_meaning"])
        marked = {mark.severity for mark in remarks.marks.values()}
        gravest = next((severity.value for severity in SEVERITIES if severity.value in marked), "")
        if gravest:
            yield LegendEntry(f"marked {gravest}", texts[f"letter_{gravest}"], texts["cell_failing_meaning"])
        if OPERAND in marked:
            yield LegendEntry(f"marked {OPERAND}", texts["letter_operand"], texts["cell_operand_meaning"])
        if remarks.suggestions:
            yield LegendEntry("suspect", "→", texts["cell_suspect_meaning"])

    def _revision(self, changes: RevisionChanges, drawn: frozenset[str]) -> RevisionView:
        return RevisionView(
            solved=tuple(self._told(finding) for finding in changes.solved),
            new=tuple(self._told(finding) for finding in changes.new),
            left=tuple(self._told(finding) for finding in changes.left),
            date=self._texts.say("revision_date", date=changes.date) if changes.date else "",
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


def _verdict(record: ReportRecord, groups: Iterable[FindingGroup], texts: Texts) -> str:
    """What came of the report, and of which tables nothing was read."""
    points = sum(group.severity in _SEVERITIES_THAT_COUNT for group in groups)
    count = sum(map(record.failing, SEVERITIES_OF_FINDINGS))
    name = f"verdict_{record.status}_in_points" if points != count else f"verdict_{record.status}"
    verdict = texts.say(name, count=count, points=points)
    return f"{verdict} {record.reason}".strip()


def _cell_address(cell: str, drawn: frozenset[str]) -> str:
    return f"#{cell}" if cell in drawn else ""


def year_anchor(year: int | None) -> str:
    """The id of a year's column in the overview."""
    return "year-unknown" if year is None else f"year-{year}"
