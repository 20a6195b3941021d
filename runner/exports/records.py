"""The records every export and page is made from: one a report, one a finding, each built once.

    Report, Findings, message function --checked_report--> CheckedReport (its records) --> exports and pages

A ``CheckedReport`` is plain data, so that processes can build them and hand them over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

from disclosure_checks.grammar.model.report import Report, UnreadableReport
from disclosure_checks.rules.corrections.ranking import CellChange, Correction
from disclosure_checks.rules.findings.candidate_sentences import candidates_message
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.findings.messages import decision_reason, diagnosis_message
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.runner.exports.cell_order import statutory_cells
from disclosure_checks.runner.exports.plain_values import computed, computed_number, spreadsheet_text, visible_text
from disclosure_checks.runner.exports.points.document_order import DocumentOrder
from disclosure_checks.runner.exports.points.printed_text import text_at, wording_wanted
from disclosure_checks.runner.exports.unread_tables import UnreadTables, reason

SEVERITIES: tuple[Severity, ...] = tuple(Severity)
SEVERITY_RANK = {severity.value: rank for rank, severity in enumerate(SEVERITIES)}
MOST_CANDIDATES = 30  # that are written of a finding: who looks at more has better means
MOST_QUOTED = 200  # characters
SEVERITIES_OF_FINDINGS = (Severity.ERROR, Severity.LIKELY, Severity.ADVISORY)  # a note (info) is none

FindingMessage = Callable[[Finding, CompiledSpecification, str], str]
"""The sentence a person reads about a finding, in the language asked for."""


class ReportStatus(str, Enum):
    """What came of a report as a whole.

    ``pass``: no error, likely or advisory finding; notes (info) and rules that could not be assessed do not count.
    ``findings``: at least one. ``not_assessable``: none, but of some table not a single number could be read either.
    ``unreadable``: the input could not be read at all.
    """

    PASS = "pass"
    FINDINGS = "findings"
    NOT_ASSESSABLE = "not_assessable"
    UNREADABLE = "unreadable"


class ProposedChange(NamedTuple):
    """A cell, the number it holds (None where it holds none) and what it should hold.

    ``where``: its place; ``order``: where that comes in the document, see ``FindingRecord``.
    """

    cell: str
    printed: float | None
    value: float
    where: str
    order: int


class FindingRecord(NamedTuple):
    """One finding, ready to be written: no forbidden characters, ``message`` in the run's language.

    What stands behind ``candidates`` is for pages and return notes. ``correction``: what is to be changed for sure;
    ``candidate_reasons``: what speaks for each of the candidates, ``kind+kind;kind``; ``quotation``: what is
    printed at its own cell or place; ``wanted``: the wording that should be there; ``order``: its place in the document
    as a number that grows; ``undecided``: the message without what people decided about it, where they did;
    ``remark``: what they said of it; ``sentence_id``: what the sentence is known by that it quotes, "" for none.
    """

    report: str
    agency: str
    year: int | None
    rule: str
    severity: str
    status: str
    cells: tuple[str, ...]
    expected: float | None
    observed: float | None
    difference: float | None
    message: str
    where: str
    suspect: str
    suggestion: float | None
    item: str = ""
    hint: str = ""
    diagnosis: str = ""  # the sentence about the suspect, or about the candidates where there is none
    candidates: str = ""  # the smallest corrections, best first: ``cell=value+cell=value;cell=value``
    correction: tuple[ProposedChange, ...] = ()
    candidate_reasons: str = ""
    quotation: str = ""
    wanted: str = ""
    order: int = 0
    undecided: str = ""
    remark: str = ""
    sentence_id: str = ""

    @property
    def what_is_wrong(self) -> str:
        """What the finding says by itself, without what people decided about it."""
        return self.undecided or self.message


class ReportRecord(NamedTuple):
    """One report, or an input that could not be read: then only ``report``, ``status`` and ``reason`` say something.

    ``reason``: why it could not be read; of a report that was, which of its tables were not and why.
    """

    report: str
    agency: str
    year: int | None
    format: str
    layout: str
    status: str
    failures: tuple[int, ...]  # failing results by severity, gravest first; empty for an unreadable input
    not_assessable: int
    page: str
    reason: str = ""

    @classmethod
    def known_by(cls, report: Report, page: str) -> ReportRecord:
        """As much of a report's record as other pages lead to, before it is judged."""
        return cls(report.source, report.agency, report.year, "", "", "", (), 0, page)

    @property
    def gravest(self) -> str:
        """The gravest severity among the findings; the status where there are none."""
        return next((one.value for one in SEVERITIES_OF_FINDINGS if self.failing(one)), self.status)

    def failing(self, severity: Severity) -> int:
        """The number of failing results of a severity."""
        return self.failures[SEVERITY_RANK[severity.value]] if self.failures else 0


@dataclass(frozen=True)
class CheckedReport:
    """A report, the spec it was checked against, and its records, findings in the order of the exports."""

    report: Report
    compiled: CompiledSpecification
    record: ReportRecord
    findings: tuple[FindingRecord, ...]


def report_order(source: str) -> str:
    """The order of reports everywhere: by their path as the CSV files write it, which leaves those sorted."""
    return spreadsheet_text(source)


def finding_order(record: FindingRecord) -> tuple[int, str, str, str]:
    """The order of the findings of a report: severity, rule, then item and place."""
    return SEVERITY_RANK[record.severity], record.rule, record.item, record.where


class Records:
    """Builds the records of the reports of one spec. Make one a spec and use it for all of its reports."""

    def __init__(self, compiled: CompiledSpecification, message: FindingMessage, language: str) -> None:
        self._compiled = compiled
        self._message = message
        self._language = language
        self._unread = UnreadTables(compiled)
        self._cells = {cell.id: place for place, cell in enumerate(statutory_cells(compiled.specification), start=1)}
        self._section_of_table = {table.id: table.section for table in compiled.specification.tables}

    def checked_report(self, report: Report, findings: Iterable[Finding], page: str) -> CheckedReport:
        """The records of one report, passes left out; ``page`` is its path from ``runner.publishing.file_names.page_paths``."""
        order = DocumentOrder(report, self._section_of_table, self._cells)
        records = [
            self._finding(finding, report, order) for finding in findings if finding.status is not ResultStatus.PASS
        ]
        records.sort(key=finding_order)
        return CheckedReport(report, self._compiled, self._report(report, records, page), tuple(records))

    def _finding(self, finding: Finding, report: Report, order: DocumentOrder) -> FindingRecord:
        diagnosis = finding.diagnosis
        cells = tuple(cell for cell in finding.cells if cell in self._cells)
        return FindingRecord(
            report=finding.source,
            agency=visible_text(finding.agency),
            year=finding.year,
            rule=finding.rule,
            severity=finding.severity.value,
            status=finding.status.value,
            # a formula may also read facts and cells of the year before, which are no cells of this report
            cells=cells,
            expected=finding.expected,
            observed=finding.observed,
            difference=finding.difference,
            message=visible_text(self._message(finding, self._compiled, self._language)),
            where=visible_text(finding.where),
            suspect=diagnosis.cell if diagnosis else "",
            suggestion=diagnosis.value if diagnosis else None,
            item=finding.item,
            hint=diagnosis.hint if diagnosis else "",
            diagnosis=self._diagnosis(finding),
            candidates=_candidates(finding.candidates),
            correction=tuple(_proposed(change, order) for change in finding.correction),
            candidate_reasons=_reasons(finding.candidates),
            quotation=visible_text(text_at(finding, cells, report)[:MOST_QUOTED]),
            wanted=visible_text(wording_wanted(finding, self._compiled)),
            order=order.of(finding.where, finding.cells),
            sentence_id=finding.evidence.sentence_id if finding.evidence else "",
            **self._decided(finding),
        )

    def _decided(self, finding: Finding) -> dict[str, str]:
        """What people decided, and what the finding says without it; nothing where they did not."""
        if finding.decision is None:
            return {}
        undecided = self._message(replace(finding, decision=None), self._compiled, self._language)
        remark = decision_reason(finding.decision, self._language)
        return {"undecided": visible_text(undecided), "remark": visible_text(remark)}

    def _diagnosis(self, finding: Finding) -> str:
        if finding.diagnosis is None:
            return candidates_message(finding.candidates, self._compiled, self._language)
        return diagnosis_message(finding.diagnosis, self._compiled, self._language)

    def _report(self, report: Report, records: list[FindingRecord], page: str) -> ReportRecord:
        failing = Counter(record.severity for record in records if record.status == ResultStatus.FAIL.value)
        unread = list(self._unread.of(report))
        status = ReportStatus.NOT_ASSESSABLE if unread else ReportStatus.PASS
        if any(failing[severity.value] for severity in SEVERITIES_OF_FINDINGS):
            status = ReportStatus.FINDINGS
            unread = [one for one in unread if not one.told]
        return ReportRecord(
            report=report.source,
            agency=visible_text(report.agency),
            year=report.year,
            format=self._compiled.specification.format,
            layout=visible_text(report.layout),
            status=status.value,
            failures=tuple(failing[severity.value] for severity in SEVERITIES),
            not_assessable=sum(record.status == ResultStatus.NOT_ASSESSABLE.value for record in records),
            page=page,
            reason=visible_text("".join(reason(one, self._language) for one in unread)),
        )


def _candidates(corrections: Sequence[Correction]) -> str:
    return ";".join(
        "+".join(f"{change.cell}={computed_number(change.value)}" for change in one.changes)
        for one in corrections[:MOST_CANDIDATES]
    )


def _reasons(corrections: Sequence[Correction]) -> str:
    """What speaks for each candidate; "" where nothing does."""
    reasons = ["+".join(one.reasons) for one in corrections[:MOST_CANDIDATES]]
    return ";".join(reasons) if any(reasons) else ""


def _proposed(change: CellChange, order: DocumentOrder) -> ProposedChange:
    where = order.place_of(change.cell)
    return ProposedChange(change.cell, computed(change.printed), change.value, where, order.of(where, (change.cell,)))


def unreadable_record(unreadable: UnreadableReport, reason: str) -> ReportRecord:
    """The record of an input that could not be read; ``reason`` is the sentence that tells people why."""
    return ReportRecord(
        unreadable.source, "", None, "", "", ReportStatus.UNREADABLE.value, (), 0, "", visible_text(reason)
    )
