"""What is to be corrected, in words: the points of a return note and of the sheet that an office works down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from disclosure_checks.rules.findings.messages import item_label, parse_place, place_words
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.compiling.loops import LoopKind, loop_kinds
from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.runner.exports.plain_values import computed_number
from disclosure_checks.runner.exports.points.cell_names import CellNames
from disclosure_checks.runner.exports.points.certain_values import (
    rules_about_decisions,
    says_what_a_table_holds,
    value_of_one_cell,
)
from disclosure_checks.runner.exports.points.grouping import (
    FindingGroup,
    NumberedFinding,
    finding_groups,
)
from disclosure_checks.runner.exports.records import SEVERITIES_OF_FINDINGS, FindingRecord
from disclosure_checks.runner.texts.site_texts import Texts

MOST_NAMED = 4  # cells, or rows with all of theirs
MOST_CANDIDATES = 3
MOST_LINES = 12  # of one point

SEVERITIES_OF_POINTS = tuple(severity.value for severity in SEVERITIES_OF_FINDINGS)

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class PointLine(NamedTuple):
    """One place of a point: what it is, where it stands, what is printed and what should be; "" where that is unknown."""

    what: str
    where: str
    printed: str
    wanted: str


class Point(NamedTuple):
    """Something to be corrected. ``number``: that of its first finding; ``why``: the findings, in sentences.

    ``remarks``: what the office that checks decided to say of them.
    """

    number: int
    severity: str
    lines: tuple[PointLine, ...]
    why: tuple[str, ...]
    basis: str
    remarks: tuple[str, ...] = ()


class PointWords:
    """Puts the findings of reports of one spec into points. Make one a spec and language."""

    def __init__(self, compiled: CompiledSpecification, texts: Texts) -> None:
        self._compiled = compiled
        self._texts = texts
        self._cell_names = CellNames(compiled, texts.language)
        self._of_the_office = rules_about_decisions(compiled)

    def of(self, findings: Sequence[FindingRecord], severities: Sequence[str] = SEVERITIES_OF_POINTS) -> list[Point]:
        """The points of a report, in the document's order; those with a finding of some severities."""
        failing = [
            NumberedFinding(number, record)
            for number, record in enumerate(findings, start=1)
            if record.status == ResultStatus.FAIL.value and record.rule not in self._of_the_office
        ]
        return [
            self._point(group)
            for group in finding_groups(failing)
            if any(one.record.severity in severities for one in group.findings)
        ]

    def _point(self, group: FindingGroup) -> Point:
        records = [one.record for one in group.findings]
        return Point(
            group.findings[0].number,
            group.severity,
            self._shortened(list(self._lines(group, records))),
            tuple(dict.fromkeys(record.what_is_wrong for record in records[:MOST_LINES])),
            self._texts["list_separator"].join(_longest(dict.fromkeys(map(self._basis, records)))),
            tuple(dict.fromkeys(record.remark for record in records if record.remark)),
        )

    def _lines(self, group: FindingGroup, records: Sequence[FindingRecord]) -> Iterable[PointLine]:
        for change in group.correction:
            value = computed_number(change.value)
            printed = computed_number(change.printed) or self._quoted_at(change.cell, records)
            yield PointLine(self._cell_names.one(change.cell), self._place(change.where), printed, value)
        if group.candidates:
            wanted = self._choice(group)
            yield PointLine(self._names(group.first.cells), self._place(group.first.where), "", wanted)
        if not group.correction and not group.candidates:
            yield from map(self._line, records)

    def _line(self, record: FindingRecord) -> PointLine:
        where = self._place(record.where)
        if self._loops_over_facts(record) and not record.quotation:
            where = ""  # that of a condition: what is missing stands nowhere
        what = self._names(record.cells)
        if not what and not where:
            what = self._item(record) or self._texts["point_of_report"]
        return PointLine(what, where, self._quoted(record.quotation), self._wanted(record))

    def _loops_over_facts(self, record: FindingRecord) -> bool:
        return LoopKind.FACT.value in loop_kinds(self._compiled.rule_by_id[record.rule].rule.for_each)

    def _item(self, record: FindingRecord) -> str:
        return item_label(self._compiled, record.rule, record.item, self._texts.language)

    def _quoted_at(self, cell: str, records: Sequence[FindingRecord]) -> str:
        """What stands in a cell that holds no number, where a finding about it alone tells."""
        return next((self._quoted(one.quotation) for one in records if one.cells == (cell,) and one.quotation), "")

    def _quoted(self, text: str) -> str:
        """A number as it is, words in quotation marks."""
        return text if not text or _NUMBER.fullmatch(text) else self._texts.say("point_quotation", text=text)

    def _wanted(self, record: FindingRecord) -> str:
        """What should be printed, where that is certain; of a number in a sentence, what the tables say."""
        instance = self._compiled.instance_by_item.get((record.rule, record.item))
        if instance is None or record.wanted:
            return record.wanted
        if says_what_a_table_holds(self._compiled, instance):
            return self._texts.say("point_as_in_tables", value=computed_number(record.expected))
        return computed_number(value_of_one_cell(self._compiled, instance, record.observed, record.expected))

    def _shortened(self, lines: Sequence[PointLine]) -> tuple[PointLine, ...]:
        if len(lines) <= MOST_LINES:
            return tuple(lines)
        rest = self._texts.say("point_more", count=len(lines) - MOST_LINES)
        return (*lines[:MOST_LINES], PointLine(rest, "", "", ""))

    def _choice(self, group: FindingGroup) -> str:
        changes = self._texts["group_separator"]
        told = [
            changes.join(
                f"{self._cell_names.one(cell)} {self._texts.say('group_candidate', value=value)}"
                for cell, value in one.values
            )
            for one in group.candidates[:MOST_CANDIDATES]
        ]
        if len(group.candidates) > MOST_CANDIDATES:
            told.append(self._texts.say("point_more_candidates", count=len(group.candidates)))
        return self._texts["point_or"].join(told)

    def _names(self, cells: Sequence[str]) -> str:
        named = self._cell_names.of(cells)
        names = self._texts["list_separator"].join(named[:MOST_NAMED])
        more = len(named) > MOST_NAMED
        return f"{names} {self._texts.say('finding_more_cells', count=len(cells))}" if more else names

    def _place(self, where: str) -> str:
        return place_words(parse_place(where), self._texts.language) or where

    def _basis(self, record: FindingRecord) -> str:
        """The document a rule rests on: its own; of what is wrong for sure, that of the format; "" of what only may be."""
        of_format = self._compiled.specification.basis if record.severity == Severity.ERROR.value else ""
        return self._compiled.rule_by_id[record.rule].rule.basis or of_format


def _longest(documents: Iterable[str]) -> list[str]:
    """Documents without those of which another names a part."""
    every = list(filter(None, documents))
    return [one for one in every if not any(other != one and other.startswith(one) for other in every)]
