"""junit.xml for continuous integration: a test suite a report, a test case a rule.

A rule that fails with severity error or likely is a failure; one that could not be assessed, or is waived, is
skipped; advisories and notes pass and are named in the case's output. An unreadable input is a suite with an error.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.runner.exports.plain_values import visible_text
from disclosure_checks.runner.exports.records import CheckedReport, FindingRecord, ReportRecord

_FAILURES = frozenset({Severity.ERROR.value, Severity.LIKELY.value})
_CLOSED = " />"  # how an element without children ends


def write_junit_xml(path: Path, suites: Iterable[bytes]) -> None:
    """Suite by suite, in the order given; nothing but one suite is held in memory."""
    with path.open("wb") as file:
        file.write(b'<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="disclosure-checks">\n')
        for suite in suites:
            file.write(suite)
        file.write(b"</testsuites>\n")


def report_suite(checked: CheckedReport) -> bytes:
    """The suite of a report."""
    return _suite(*_report_suite(checked))


def unreadable_suite(record: ReportRecord) -> bytes:
    """The suite of an input that could not be read."""
    return _suite(*_unreadable_suite(record))


def _suite(suite: Element, cases: Iterable[str]) -> bytes:
    opening = _as_xml(suite).removesuffix(_CLOSED)
    # replaces what UTF-8 cannot hold, which can only come from a file name
    return "".join((opening, ">", *cases, "</testsuite>\n")).encode("utf-8", "replace")


def _report_suite(checked: CheckedReport) -> tuple[Element, list[str]]:
    """A suite and its cases, as XML: nearly every rule passes, and what a case that passes looks like is known."""
    findings: dict[str, list[FindingRecord]] = defaultdict(list)
    for finding in checked.findings:
        findings[finding.rule].append(finding)
    name = visible_text(checked.record.report)
    passing = _as_xml(Element("testcase", classname=name)).removesuffix(_CLOSED)
    cases: list[str] = []
    outcomes: Counter[str] = Counter()
    for compiled_rule in checked.compiled.rules:
        rule = compiled_rule.rule.id
        if rule in findings:
            case = Element("testcase", classname=name, name=rule)
            outcomes[_add_outcome(case, findings[rule])] += 1
            cases.append(_as_xml(case))
        else:
            cases.append(passing + _name_of_case(rule))
    if checked.record.reason:
        cases.append(_as_xml(_readable_case(checked.record)))
    failures, skipped = str(outcomes["failure"]), str(outcomes["skipped"])
    errors = "1" if checked.record.reason else "0"
    suite = Element("testsuite", name=name, tests=str(len(cases)), failures=failures, errors=errors, skipped=skipped)
    return suite, cases


@cache
def _name_of_case(rule: str) -> str:
    """The end of the empty tag of a case, from its second attribute on."""
    return _as_xml(Element("testcase", name=rule)).removeprefix("<testcase")


def _as_xml(element: Element) -> str:
    return tostring(element, encoding="unicode")


def _add_outcome(case: Element, findings: Iterable[FindingRecord]) -> str:
    failing = [finding for finding in findings if finding.status == ResultStatus.FAIL.value]
    grave = [finding for finding in failing if finding.severity in _FAILURES]
    others = [finding for finding in findings if finding.status != ResultStatus.FAIL.value]
    if grave:
        failure = SubElement(case, "failure", type=grave[0].severity, message=grave[0].message)
        failure.text = _listed(grave)
        return "failure"
    if failing:
        SubElement(case, "system-out").text = _listed(failing)
    elif others:
        SubElement(case, "skipped", message=others[0].message)
        return "skipped"
    return "passed"


def _listed(findings: Iterable[FindingRecord]) -> str:
    return "\n".join(
        f"{finding.message} [{finding.where}]" if finding.where else finding.message for finding in findings
    )


def _unreadable_suite(record: ReportRecord) -> tuple[Element, list[str]]:
    name = visible_text(record.report)
    suite = Element("testsuite", name=name, tests="1", failures="0", errors="1", skipped="0")
    return suite, [_as_xml(_readable_case(record))]


def _readable_case(record: ReportRecord) -> Element:
    """The case of an input that could not be read, or not whole."""
    case = Element("testcase", classname=visible_text(record.report), name="readable")
    SubElement(case, "error", type=record.status, message=record.reason)
    return case
