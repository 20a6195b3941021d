"""Reads and checks the reports of a panel, each by the spec of its format, with the year before across formats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.agencies.body_facts import with_body_facts
from disclosure_checks.rules.collection.agencies.roll import call_the_roll
from disclosure_checks.rules.collection.earlier_years import EarlierYears, values_of_reports
from disclosure_checks.rules.collection.facts import with_collection_facts
from disclosure_checks.rules.collection.frame import build_frame, remembered_names
from disclosure_checks.rules.expectations.frame_columns import frame_columns
from disclosure_checks.rules.expectations.rule_evaluation import evaluate_all
from disclosure_checks.rules.findings.assembly import assemble_findings
from disclosure_checks.rules.findings.finding import Finding
from tests.checking import failed, read, specification
from tests.generation.panel.panel import PanelReport
from tests.generation.table_format import format_of_year


def findings_by_name(reports: Iterable[PanelReport]) -> Mapping[str, list[Finding]]:
    """The error and likely findings of reports checked together, by the name of the file."""
    by_format: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_format[format_of_year(report.year)].append(read(report.text, report.name, format_of_year(report.year)))
    findings: dict[str, list[Finding]] = defaultdict(list)
    for name in by_format:
        for finding in failed(_findings(name, by_format)):
            findings[finding.source].append(finding)
    return findings


def _findings(name: str, by_format: Mapping[str, Sequence[Report]]) -> list[Finding]:
    compiled, reports = specification(name), by_format[name]
    named, roll = call_the_roll(reports, None)
    beside = with_body_facts(with_collection_facts(named), compiled.specification, roll)
    others = [report for other, own in by_format.items() if other != name for report in own]
    earlier = EarlierYears((values_of_reports(remembered_names(compiled), others),))
    columns = frame_columns(build_frame(compiled, beside, earlier))
    return assemble_findings(compiled, beside, columns, evaluate_all(compiled, columns, len(beside)))
