"""Reads and checks the reports of a panel, each by the spec of its format, with the year before across formats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.grammar.report_reading import ReportReader
from disclosure_checks.rules.collection.agencies.body_facts import with_body_facts
from disclosure_checks.rules.collection.agencies.roll import call_the_roll
from disclosure_checks.rules.collection.earlier_years import EarlierYears, values_of_reports
from disclosure_checks.rules.collection.facts import with_collection_facts
from disclosure_checks.rules.collection.frame import build_frame, remembered_names
from disclosure_checks.rules.expectations.frame_columns import frame_columns
from disclosure_checks.rules.expectations.rule_evaluation import evaluate_all
from disclosure_checks.rules.findings.assembly import assemble_findings
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.compiling.lexicon_building import build_lexicon
from disclosure_checks.rules.spec.compiling.relied_on_equations import linear_equations
from disclosure_checks.rules.spec.loading import load_specification
from tests.checking import failed
from tests.generation.panel.panel import PanelReport
from tests.generation.table_format import SPECIFICATIONS, format_of_year


@cache
def compiled_format(name: str) -> CompiledSpecification:
    """The spec of a format, such as ``2019_format``."""
    return load_specification(SPECIFICATIONS / f"{name}.yaml")


@cache
def _reader(name: str) -> ReportReader:
    compiled = compiled_format(name)
    return ReportReader(build_lexicon(compiled.specification, linear_equations(compiled)))


def _read(report: PanelReport) -> Report:
    read = _reader(format_of_year(report.year)).read(report.text.encode(), report.name)
    if not isinstance(read, Report):
        raise AssertionError(f"{report.name} cannot be read: {read}")
    return read


def findings_by_name(reports: Iterable[PanelReport]) -> Mapping[str, list[Finding]]:
    """The error and likely findings of reports checked together, by the name of the file."""
    by_format: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_format[format_of_year(report.year)].append(_read(report))
    findings: dict[str, list[Finding]] = defaultdict(list)
    for name in by_format:
        for finding in failed(_findings(name, by_format)):
            findings[finding.source].append(finding)
    return findings


def _findings(name: str, by_format: Mapping[str, Sequence[Report]]) -> list[Finding]:
    compiled, reports = compiled_format(name), by_format[name]
    named, roll = call_the_roll(reports, None)
    beside = with_body_facts(with_collection_facts(named), compiled.specification, roll)
    others = [report for other, own in by_format.items() if other != name for report in own]
    earlier = EarlierYears((values_of_reports(remembered_names(compiled), others),))
    columns = frame_columns(build_frame(compiled, beside, earlier))
    return assemble_findings(compiled, beside, columns, evaluate_all(compiled, columns, len(beside)))
