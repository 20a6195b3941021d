"""What the page of an agency is made from: plain values, so that another process may make the page."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from disclosure_checks.grammar.model.packing import cell_numbers, cell_status
from disclosure_checks.grammar.model.report import CellStatus, Report
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.records import SEVERITIES_OF_FINDINGS, CheckedReport, FindingRecord, ReportRecord
from disclosure_checks.runner.site.agency_history.paths import agency_paths
from disclosure_checks.runner.site.finding_groups.cells_at_fault import OPERAND, cells_of

_SEVERITIES = frozenset(severity.value for severity in SEVERITIES_OF_FINDINGS)


class CellNumbers(NamedTuple):
    """The cells of a report. ``fingerprint``: that of its spec; ``unread``: the status of those without a number."""

    fingerprint: str
    values: Mapping[str, float]
    unread: Mapping[str, CellStatus]


class ReportOfAgency(NamedTuple):
    """One report. ``cells``: None where this run has no spec of its format; ``marks``: see ``marks_of``."""

    record: ReportRecord
    cells: CellNumbers | None
    marks: Mapping[str, str]


@dataclass(frozen=True)
class AgencyHistory:
    """An agency and its reports in the order of years. ``missing``: the years of which it owes one."""

    name: str
    path: str
    reports: tuple[ReportOfAgency, ...]
    missing: tuple[int, ...] = ()


def in_order_of_years(reports: Iterable[ReportOfAgency]) -> tuple[ReportOfAgency, ...]:
    """The reports by year, the unknown one last; of one year by their source."""
    return tuple(sorted(reports, key=lambda one: (one.record.year is None, one.record.year or 0, one.record.report)))


def numbers_of(compiled: CompiledSpecification, report: Report) -> CellNumbers:
    """The cells of a report; what was printed and where stays closed."""
    cells = report.cells
    numbers = cell_numbers(cells, compiled.cells)
    values: dict[str, float] = {}
    unread: dict[str, CellStatus] = {}
    for name, number in zip(compiled.cells, numbers, strict=True):
        if not math.isnan(number):
            values[name] = number
        else:
            unread[name] = cell_status(cells, name) or CellStatus.ABSENT
    return CellNumbers(compiled.fingerprint, values, unread)


def report_of_agency(checked: CheckedReport) -> ReportOfAgency:
    """A report that was just checked."""
    return ReportOfAgency(
        checked.record, numbers_of(checked.compiled, checked.report), marks_of(checked.findings, checked.compiled)
    )


def histories_of(reports: Iterable[ReportOfAgency]) -> Iterator[AgencyHistory]:
    """The agencies that reports name, in the order of their names."""
    by_agency: dict[str, list[ReportOfAgency]] = defaultdict(list)
    for one in reports:
        by_agency[one.record.agency].append(one)
    for agency, path in agency_paths(by_agency).items():
        yield AgencyHistory(agency, path, in_order_of_years(by_agency[agency]))


def marks_of(findings: Sequence[FindingRecord], compiled: CompiledSpecification) -> dict[str, str]:
    """The gravest severity of what is wrong with each cell; ``OPERAND`` where it only takes part in what does not hold.

    ``findings``: of one report, gravest first.
    """
    wrong: dict[str, str] = {}
    taking_part: dict[str, str] = {}
    for finding in findings:
        if finding.status == ResultStatus.FAIL.value and finding.severity in _SEVERITIES:
            at_fault, operands = cells_of(finding, compiled)
            for cell in at_fault:
                wrong.setdefault(cell, finding.severity)
            taking_part.update(dict.fromkeys(operands, OPERAND))
    return taking_part | wrong
