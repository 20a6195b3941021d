"""One GX validation result per report: what did not pass, and the figures over all rules.

GX validates all reports as one batch, because its cost is per expectation and run. Its users look for a result per
agency and year, so the findings are put back into that shape and kept in the context's validation results store.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.data_context import FileDataContext
from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.expectations.rule_results import SHOWN_ROWS
from disclosure_checks.rules.expectations.suite import build_suite, suite_name
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.publishing.file_names import safe_file_name, year_folder

ALL_REPORTS = "all_reports"  # the run name of the result over the whole batch; those of reports are named by year
_PREFIX_CHARACTERS = 20
_SHORTEST_KEY = 4  # suite, run name, run time, batch


def report_result_identifier(suite: str, report: Report, run_time: datetime) -> ValidationResultIdentifier:
    """The key of a report's result: suite, year, time of the run that judged it, and a name no other report has.

    The name is the beginning of the agency's name, made safe, and a digest of agency, year and source: an agency's
    name may be long, hold slashes or be missing.
    """
    identity = "\n".join((report.agency, str(report.year), report.source))
    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    prefix = safe_file_name(report.agency[:_PREFIX_CHARACTERS])
    return ValidationResultIdentifier(
        expectation_suite_identifier=ExpectationSuiteIdentifier(suite),
        run_id=RunIdentifier(run_name=year_folder(report.year), run_time=run_time),
        batch_identifier=f"{prefix}-{digest}",
    )


def store_report_results(
    context: FileDataContext,
    compiled: CompiledSpecification,
    reports: Sequence[Report],
    findings: Iterable[Finding],
    run_time: datetime,
    language: str = "zh",
) -> list[ValidationResultIdentifier]:
    """Keep the result of every report; give their keys, in the order of the reports.

    ``findings``: those of these reports, in any number.
    """
    by_source: dict[str, dict[str, list[Finding]]] = {}
    for finding in findings:
        by_source.setdefault(finding.source, {}).setdefault(finding.rule, []).append(finding)
    configurations = _configurations(compiled, language)
    store = context.validation_results_store
    identifiers = []
    for report in reports:
        identifier = report_result_identifier(suite_name(compiled), report, run_time)
        own = by_source.get(report.source, {})
        store.set(identifier, report_result(compiled, report, own, configurations, run_time))
        identifiers.append(identifier)
    return identifiers


def remove_stale_results(
    context: FileDataContext, kept: Collection[ValidationResultIdentifier], run_time: datetime
) -> int:
    """Remove every stored result that is no longer the one of its report; give their number.

    ``kept``: the keys of all reports on the site, over all specs of this run. What this run did not judge again stays
    under the time of the run that did. Of the results over whole batches the last one stays, for the suites of ``kept``.
    """
    # plain keys: making an identifier of each would parse ten thousand times the same run time
    backend = context.validation_results_store.store_backend
    suites = {identifier.expectation_suite_identifier.to_tuple() for identifier in kept}
    wanted = {_timeless(identifier.to_tuple()) for identifier in kept}
    _, now = RunIdentifier(run_time=run_time).to_tuple()
    results: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for key in backend.list_keys():
        if len(key) >= _SHORTEST_KEY:  # a shorter key is a file somebody else put there
            results[_timeless(key)].append(key)
    stale: list[tuple[str, ...]] = []
    for timeless, keys in results.items():
        is_wanted = timeless in wanted or (timeless[-2] == ALL_REPORTS and timeless[:-2] in suites)
        # a clock may have been set back, so the last run is not always the latest
        last = max(keys, key=lambda key: (key[-2] == now, key[-2]))
        stale += [key for key in keys if not is_wanted or key != last]
    for key in stale:
        backend.remove_key(key)
    return len(stale)


def _timeless(key: tuple[str, ...]) -> tuple[str, ...]:
    """A key without the time of the run."""
    return (*key[:-2], key[-1])


def report_result(
    compiled: CompiledSpecification,
    report: Report,
    findings: Mapping[str, Sequence[Finding]],
    configurations: Mapping[str, ExpectationConfiguration],
    run_time: datetime,
) -> ExpectationSuiteValidationResult:
    """The GX result of one report. ``findings``: its findings by rule id; ``configurations``: the suite's, by rule id.

    ``results`` holds the rules that did not pass: success is False for a failure, None where the rule cannot be
    assessed, True where every failure is waived. In the statistics a rule that cannot be assessed is evaluated, but
    neither successful nor unsuccessful.
    """
    results = [
        _rule_result(findings[rule], configurations[rule], len(compiled.rule_by_id[rule].instances))
        for rule in sorted(findings, key=compiled.rule_order.__getitem__)
    ]
    evaluated = len(compiled.rules)
    failed = sum(result.success is False for result in results)
    not_assessable = sum(result.success is None for result in results)
    successful = evaluated - failed - not_assessable
    return ExpectationSuiteValidationResult(
        success=failed == 0,
        results=results,
        suite_name=suite_name(compiled),
        statistics={
            "evaluated_expectations": evaluated,
            "successful_expectations": successful,
            "unsuccessful_expectations": failed,
            "success_percent": 100.0 * successful / evaluated if evaluated else None,
        },
        meta={
            "agency": report.agency,
            "year": report.year,
            "source": report.source,
            "layout": report.layout,
            "specification": compiled.specification.format,
            "fingerprint": compiled.fingerprint,
            "not_assessable_expectations": not_assessable,
            "waived_expectations": sum(result.success is True for result in results),
            "run_id": {"run_name": year_folder(report.year), "run_time": run_time.isoformat()},
        },
    )


def _configurations(compiled: CompiledSpecification, language: str) -> dict[str, ExpectationConfiguration]:
    """The configuration of each rule's expectation, made once for all reports."""
    suite = build_suite(compiled, language)
    return {expectation.rule: expectation.configuration for expectation in suite.expectations}


def _rule_result(
    findings: Sequence[Finding], configuration: ExpectationConfiguration, instances: int
) -> ExpectationValidationResult:
    failing = [finding for finding in findings if finding.status is ResultStatus.FAIL]
    missing = [finding for finding in findings if finding.status is ResultStatus.NOT_ASSESSABLE]
    waived = [finding for finding in findings if finding.status is ResultStatus.WAIVED]
    elements = max(instances, len(findings))  # a fact may be reported once for each place it rests on
    passed = elements - len(findings)
    return ExpectationValidationResult(
        success=False if failing else None if missing else True,
        expectation_config=configuration,
        result={
            "observed_value": {"passed": passed, "failed": len(failing), "not_assessable": len(missing)},
            "element_count": elements,
            "missing_count": len(missing),
            "unexpected_count": len(failing),
            "details": {
                "failing_total": len(failing),
                "failing": [_failing_row(finding) for finding in failing[:SHOWN_ROWS]],
                "waived_total": len(waived),
                "not_assessable_total": len(missing),
                "not_assessable": [
                    {"item": finding.item, "missing": list(finding.missing)} for finding in missing[:SHOWN_ROWS]
                ],
            },
        },
    )


def _failing_row(finding: Finding) -> dict[str, Any]:
    """A finding under the names the expectations print, so that GX renders it like a row of the whole batch."""
    diagnosis = finding.diagnosis
    return {
        "source": finding.source,
        "item": finding.item,
        "left": finding.observed,
        "right": finding.expected,
        "difference": finding.difference,
        "cells": list(finding.cells),
        "where": finding.where,
        "suspect": "" if diagnosis is None else diagnosis.cell,
        "suggestion": None if diagnosis is None else diagnosis.value,
    }
