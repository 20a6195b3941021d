"""Reads and checks texts the way a run does, without GX and without publishing: what most tests need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from disclosure_checks.grammar.interpretation.interpreter import Interpreter
from disclosure_checks.grammar.model.lexicon import Lexicon
from disclosure_checks.grammar.model.report import Report, UnreadableReport
from disclosure_checks.grammar.model.source_document import ReaderError
from disclosure_checks.grammar.readers.decoding import decode
from disclosure_checks.rules.collection.agencies.body_facts import with_body_facts
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.collection.agencies.roll import call_the_roll
from disclosure_checks.rules.collection.facts import with_collection_facts
from disclosure_checks.rules.collection.frame import build_frame
from disclosure_checks.rules.collection.hierarchy import with_children_sums
from disclosure_checks.rules.expectations.frame_columns import frame_columns
from disclosure_checks.rules.expectations.rule_evaluation import evaluate_all
from disclosure_checks.rules.findings.assembly import assemble_findings
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.compiling.lexicon_building import build_lexicon
from disclosure_checks.rules.spec.compiling.relied_on_equations import linear_equations
from disclosure_checks.rules.spec.loading import load_specification
from disclosure_checks.rules.spec.model.specification import Severity

ROOT = Path(__file__).parents[1]
SPECIFICATION = ROOT / "specs" / "2021_format.yaml"
GRAVE = (Severity.ERROR, Severity.LIKELY)


@cache
def specification(name: str = SPECIFICATION.stem) -> CompiledSpecification:
    """A format, that of 2021 unless named."""
    return load_specification(SPECIFICATION.with_name(f"{name}.yaml"))


@cache
def lexicon(name: str = SPECIFICATION.stem) -> Lexicon:
    """What a format says of its print."""
    compiled = specification(name)
    return build_lexicon(compiled.specification, linear_equations(compiled))


class FormatReader:
    """Reads files as reports of one format; it keeps no state between reports."""

    def __init__(self, name: str) -> None:
        self._interpreter = Interpreter(lexicon(name))

    def read(self, content: bytes, source: str) -> Report | UnreadableReport:
        try:
            document = decode(content, source)
        except ReaderError as error:
            return UnreadableReport(source, error.code, error.detail)
        return self._interpreter.interpret(document, source)


@cache
def reader(name: str = SPECIFICATION.stem) -> FormatReader:
    """The reader of a format."""
    return FormatReader(name)


def read(content: str | bytes, source: str = "report.txt", name: str = SPECIFICATION.stem) -> Report:
    """A report that must be readable, read as one of the format ``name``."""
    report = reader(name).read(content.encode() if isinstance(content, str) else content, source)
    assert isinstance(report, Report), report
    return report


def unreadable(content: bytes, source: str = "report.txt") -> UnreadableReport:
    """What is said of a file that must not be readable."""
    report = reader().read(content, source)
    assert isinstance(report, UnreadableReport), report
    return report


def findings_of(
    reports: Sequence[Report],
    compiled: CompiledSpecification | None = None,
    registry: AgencyRegistry | None = None,
) -> Mapping[str, list[Finding]]:
    """The findings of reports checked together, by source."""
    compiled = compiled or specification()
    named, roll = call_the_roll(reports, registry)
    beside = with_body_facts(with_collection_facts(named), compiled.specification, roll)
    columns = frame_columns(with_children_sums(build_frame(compiled, beside), compiled, beside, roll))
    outcomes = evaluate_all(compiled, columns, len(beside))
    by_source: dict[str, list[Finding]] = defaultdict(list)
    for finding in assemble_findings(compiled, beside, columns, outcomes):
        by_source[finding.source].append(finding)
    return by_source


def grave(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that say that something is wrong or probably wrong, failed or not assessable."""
    return [finding for finding in findings if finding.severity in GRAVE]


def failed(findings: Sequence[Finding], *severities: Severity) -> list[Finding]:
    """The failures of the severities (default: error and likely)."""
    wanted = severities or GRAVE
    return [one for one in findings if one.status is ResultStatus.FAIL and one.severity in wanted]
