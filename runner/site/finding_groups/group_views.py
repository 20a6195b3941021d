"""From groups of findings to what the page shows of them, and to the marks of the cells in its tables.

Strong colour is for the cell that is to be changed, and for one that a rule finds fault with by itself. A cell that only
takes part in an equation that fails has a faint mark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from disclosure_checks.rules.corrections.ranking import OTHER_RULE
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.compiling.labels import message_text
from disclosure_checks.runner.exports.plain_values import computed_number
from disclosure_checks.runner.exports.points.grouping import Candidate, FindingGroup, GroupKind, NumberedFinding
from disclosure_checks.runner.exports.records import SEVERITY_RANK, FindingRecord
from disclosure_checks.runner.site.finding_groups.cells_at_fault import OPERAND, cells_of, finds_fault_with_cells
from disclosure_checks.runner.site.finding_groups.group_models import (
    CandidateView,
    CellPicture,
    ChangeView,
    FindingView,
    GroupView,
)
from disclosure_checks.runner.site.grid_filling import NO_PICTURES
from disclosure_checks.runner.site.labels import severity_tally
from disclosure_checks.runner.site.page_parts import Link
from disclosure_checks.runner.site.rendering.cells import CellMark
from disclosure_checks.runner.site.source_pages.place_words import PlaceWords
from disclosure_checks.runner.texts.site_texts import Texts

MOST_CELL_LINKS = 8  # of one finding; the marks in the tables show the rest
MOST_CANDIDATES = 6


class CellLinks(NamedTuple):
    """The ways to cells: to one of the page, and to those of the year before that a finding rests on.

    ``source``: the address of the report's text, "" where there is none. ``pictures``: addresses of what a document
    shows of cells, where that is a picture and not clear.
    """

    to: Callable[[str], Link]
    before: Callable[[FindingRecord], tuple[Link, ...]]
    source: str = ""
    pictures: Mapping[str, str] = NO_PICTURES

    def picture(self, cell: str) -> str:
        """The address of what the document shows of a cell, "" where there is none."""
        return self.pictures.get(cell, "")


def finding_anchor(number: int) -> str:
    """The id of the ``number``-th finding (from 1) of a report, in the order of its records."""
    return f"finding-{number}"


def group_anchor(group: FindingGroup) -> str:
    """The id of a group: of a single finding its own."""
    number = group.findings[0].number
    return finding_anchor(number) if len(group.findings) == 1 else f"group-{number}"


class GroupViews:
    """Makes the views of groups. Make one a spec and language. ``rules``: the link to each rule's page."""

    def __init__(
        self, compiled: CompiledSpecification, rules: Mapping[str, Link], texts: Texts, place_words: PlaceWords
    ) -> None:
        self._compiled = compiled
        self._rules = rules
        self._texts = texts
        self._place_words = place_words

    def view(self, group: FindingGroup, links: CellLinks) -> GroupView:
        """A group as the page shows it."""
        texts = self._texts
        return GroupView(
            group_anchor(group),
            group.kind.value,
            severity_tally(group.severity, 1, texts),
            tuple(self.finding(one, links) for one in group.findings),
            changes=tuple(
                ChangeView(
                    links.to(change.cell), self._changed(change.printed, change.value), links.picture(change.cell)
                )
                for change in group.correction
            ),
            outcome=self._outcome(group),
            choice=texts.say("group_choice", count=len(group.candidates)) if group.candidates else "",
            candidates=tuple(self._candidate(one, links) for one in group.candidates[:MOST_CANDIDATES]),
            title=self._title(group),
            count=texts.say("group_count", count=len(group.findings)) if group.kind is GroupKind.NOTES else "",
            mixed=len({one.record.severity for one in group.findings}) > 1,
        )

    def _title(self, group: FindingGroup) -> str:
        """What findings have in common that no correction tells."""
        if group.kind is GroupKind.NOTES:
            return self._rules[group.first.rule].text
        if group.kind is GroupKind.SENTENCE:
            return self._texts.say("group_sentence", count=len(group.findings))
        return ""

    def finding(self, one: NumberedFinding, links: CellLinks) -> FindingView:
        """A finding as a sentence with its links."""
        record, texts = one.record, self._texts
        more = len(record.cells) > MOST_CELL_LINKS
        return FindingView(
            anchor=finding_anchor(one.number),
            severity=severity_tally(record.severity, 1, texts),
            message=record.message,
            rule=self._rules[record.rule],
            cells=tuple(map(links.to, record.cells[:MOST_CELL_LINKS])),
            all_cells=" ".join(record.cells),
            further_cells=" ".join(record.cells[MOST_CELL_LINKS:]),
            more_cells=texts.say("finding_more_cells", count=len(record.cells)) if more else "",
            where=self._place_words.of_text(record.where, links.source),
            cells_before=links.before(record),
            pictures=tuple(self._pictures(record, links)),
        )

    def _pictures(self, record: FindingRecord, links: CellLinks) -> Iterator[CellPicture]:
        if links.pictures and finds_fault_with_cells(record, self._compiled):
            for cell in record.cells[:MOST_CELL_LINKS]:
                if links.picture(cell):
                    yield CellPicture(links.to(cell), links.picture(cell))

    def marks(self, groups: Iterable[FindingGroup]) -> dict[str, CellMark]:
        """The mark of each cell that a group speaks of: the strongest, then the gravest."""
        strong: dict[str, CellMark] = {}
        faint: dict[str, CellMark] = {}
        for group in _gravest_first(groups):
            href = f"#{group_anchor(group)}"
            for change in group.correction:
                strong.setdefault(change.cell, self._mark(group.severity, href))
            for one in group.findings:
                at_fault, operands = cells_of(one.record, self._compiled)
                for cell in at_fault:
                    strong.setdefault(cell, self._mark(one.record.severity, href))
                for cell in operands:
                    faint.setdefault(cell, CellMark(OPERAND, "", href))
        return {**faint, **strong}

    def suggestions(self, findings: Iterable[FindingRecord]) -> dict[str, str]:
        """What cells should hold that are suspected, or hold no number."""
        return {
            change.cell: self._texts.say("suggestion_short", value=computed_number(change.value))
            for finding in findings
            for change in finding.correction
        }

    def _mark(self, severity: str, href: str) -> CellMark:
        return CellMark(severity, self._texts[f"letter_{severity}"], href)

    def _changed(self, printed: float | None, value: float) -> str:
        new = computed_number(value)
        if printed is None:
            return self._texts.say("group_fill_in", value=new)
        return self._texts.say("group_change", value=new, printed=computed_number(printed))

    def _outcome(self, group: FindingGroup) -> str:
        """What holds when the correction is made; "" where nothing is known to follow from it alone."""
        known = all(change.printed is not None for change in group.correction)
        if group.kind is not GroupKind.CORRECTION or group.candidates or not group.equations or not known:
            return ""
        others = len(group.findings) - group.equations
        words = self._texts.say("group_equation" if group.equations == 1 else "group_equations", count=group.equations)
        if others:
            words += self._texts.say("group_other" if others == 1 else "group_others", others=others)
        return words + self._reasons(group.reasons)

    def _candidate(self, candidate: Candidate, links: CellLinks) -> CandidateView:
        return CandidateView(
            tuple(
                ChangeView(links.to(cell), self._texts.say("group_candidate", value=value), links.picture(cell))
                for cell, value in candidate.values
            ),
            self._reasons(candidate.reasons),
        )

    def _reasons(self, kinds: Sequence[str]) -> str:
        """What speaks for a correction, in brackets; "" where nothing does that is not told anyhow."""
        told = [kind for kind in kinds if kind != OTHER_RULE]
        words = dict.fromkeys(message_text("candidates", kind, self._texts.language) for kind in told)
        return self._texts.say("group_reasons", reasons=self._texts["list_separator"].join(words)) if words else ""


def _gravest_first(groups: Iterable[FindingGroup]) -> list[FindingGroup]:
    return sorted(groups, key=lambda group: SEVERITY_RANK[group.severity])
