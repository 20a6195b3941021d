"""A small spec and its reports for the tests of the Great Expectations rooms."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from disclosure_checks.grammar.model.report import Cell, CellStatus, Fact, Place, Report
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.compiling.compilation import compile_specification
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.model.specification import Severity, Specification

ROOT = Path(__file__).parents[1]

BALANCE = {
    "id": "requests.balance",
    "title": {"zh": "第一项加第二项之和，等于第三项", "en": "received plus carried in equals results"},
    "for_each": {"column": "requests.*"},
    "check": "new_received + carried_in == results_total + carried_out",
    "severity": "error",
    "basis": "国办公开办函〔2021〕30号",
    "note": {"zh": "没有例外", "en": "no exception"},
}
NOTHING = {
    "id": "requests.nothing",
    "title": {"zh": "没有申请就没有结果", "en": "no requests, no results"},
    "check": "if requests.new_received.total == 0 then requests.results_total.total == 0",
    "severity": "likely",
}
TITLE = {
    "id": "document.title",
    "title": {"zh": "标题完整", "en": "a title was found"},
    "check": "document.title_found == 1",
    "severity": "advisory",
}
LIMIT = {
    "id": "requests.limit",
    "title": {"zh": "结转不超过新收", "en": "carried in at most received"},
    "check": "requests.carried_in.total <= requests.new_received.total",
    "severity": "info",
}
ALL_RULES = (BALANCE, NOTHING, TITLE, LIMIT)


def small_specification(*rules: Mapping[str, Any], format_name: str = "small_format") -> CompiledSpecification:
    """The tables of the 2021 format with the given rules (all of this module where none is given)."""
    plain = yaml.safe_load((ROOT / "specs" / "2021_format.yaml").read_text(encoding="utf-8"))
    plain |= {"format": format_name, "facts": [], "claims": [], "rules": list(rules or ALL_RULES)}
    specification = Specification.model_validate(plain)
    fingerprint = hashlib.sha256(specification.model_dump_json().encode()).hexdigest()
    compiled, errors = compile_specification(specification, fingerprint)
    assert not errors, errors
    return compiled


def small_report(
    compiled: CompiledSpecification,
    source: str = "某市/2024.txt",
    agency: str = "某市教育局",
    year: int | None = 2024,
    title_found: float = 1.0,
    **cells: float | None,
) -> Report:
    """A report whose tables hold 0; ``requests__new_received__total=5`` sets a cell, None leaves it unread."""
    values = dict.fromkeys(compiled.cells, 0.0) | {
        name.replace("__", "."): math.nan if value is None else float(value) for name, value in cells.items()
    }
    return Report(
        source=source,
        agency=agency,
        year=year,
        layout="text",
        cells={
            name: Cell(name, "", value, CellStatus.BLANK if math.isnan(value) else CellStatus.READ, Place(line=7))
            for name, value in values.items()
        },
        facts={"document.title_found": Fact(title_found)},
        title=f"{agency}{year}年度报告",
    )


def finding(
    report: Report,
    rule: str = "requests.balance",
    status: ResultStatus = ResultStatus.FAIL,
    severity: Severity = Severity.ERROR,
    **values: Any,
) -> Finding:
    """A finding about a report."""
    return Finding(report.source, report.agency, report.year, rule, severity, status, **values)
