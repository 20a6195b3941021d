"""A small format for tests, reports on it, and shortcuts from formulas to outcomes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from disclosure_checks.grammar.model.report import Cell, CellStatus, Fact, Place, Report
from disclosure_checks.rules.expectations.rule_evaluation import evaluate_all
from disclosure_checks.rules.findings.assembly import assemble_findings
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.formula.outcomes import Outcome
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.rules.spec.loading import load_specification

FORMAT = """\
format: small_format
title: {zh: 小格式, en: Small format}
basis: 测试
years: {first: 2021}
signature: {labels: [甲]}
report_title: {kinds: [年度报告], agency_endings: [局], period: "(?P<year>20[0-9]{2})年"}
sections:
  - {id: overview, number: 一, heading: 总体情况}
  - {id: requests, number: 二, heading: 申请情况}
tables:
  - id: requests
    title: {zh: 申请, en: Requests}
    section: requests
    columns:
      - group: applicants
        label: 申请人
        columns:
          - {id: person, label: 自然人, short: {zh: 自然人, en: persons}}
          - group: organisations
            label: 法人
            columns:
              - {id: business, label: 企业, short: {zh: 企业, en: businesses}}
              - {id: charity, label: 公益, short: {zh: 公益, en: charities}}
          - {id: total, label: 总计, short: {zh: 总计, en: total}, total: true}
    rows:
      - {id: received, label: 一、本年新收, short: {zh: 第一项, en: item 1}}
      - {id: carried_in, label: 二、上年结转, short: {zh: 第二项, en: item 2}}
      - group: results
        label: 三、办理结果
        rows:
          - {id: granted, label: 予以公开, short: {zh: 予以公开, en: granted}}
          - group: refused
            label: 不予公开
            rows:
              - {id: refused_secret, label: 秘密, short: {zh: 秘密, en: secret}}
              - {id: refused_internal, label: 内部, short: {zh: 内部, en: internal}}
          - group: other
            label: 其他处理
            short: {zh: 其他处理, en: other}
            printed_as_one_row: true
            rows:
              - {id: other_fee, label: 未缴费, short: {zh: 未缴费, en: fee unpaid}}
              - {id: other_rest, label: 其余, short: {zh: 其余, en: the rest}}
          - {id: results_total, label: 总计, short: {zh: 第三项总计, en: item 3 total}, total: true}
      - {id: carried_out, label: 四、结转下年, short: {zh: 第四项, en: item 4}}
  - id: stock
    title: {zh: 文件, en: Documents}
    section: overview
    columns:
      - {id: issued, label: 制发}
      - {id: in_force, label: 有效}
      - {id: amount, label: 金额, type: amount, unit: 万元}
    rows:
      - {id: documents, label: 规范性文件, columns: [issued, in_force]}
      - {id: fees, label: 收费, columns: [amount]}
values: {placeholders: [/, 无]}
"""

FACTS = """\
facts:
  - {id: slips, title: {zh: 重复词语, en: doubled words}, phrases: [强化强化]}
  - {id: plan_year, title: {zh: 计划年度, en: planned year}, pattern: "(?P<value>20[0-9]{2})年"}
  - {id: aspect_one, phrases: [甲]}
  - {id: aspect_two, phrases: [乙]}
"""

FIRST_RULE_LINE = len((FORMAT + FACTS).splitlines()) + 2  # the line after ``rules:``


def rule(identifier: str, check: str, *more: str, loop: str = "", severity: str = "error") -> str:
    """A rule as YAML; ``more`` are further lines."""
    lines = [f"  - id: {identifier}", f"    title: {{zh: 规则{identifier}, en: rule {identifier}}}"]
    lines += [f"    for_each: {{{loop}}}"] if loop else []
    lines += [f"    check: {check}", f"    severity: {severity}"]
    lines += [f"    {line}" for line in more]
    return "\n".join(lines) + "\n"


def specification_text(*rules: str) -> str:
    """The small format with these rules."""
    return FORMAT + FACTS + ("rules:\n" + "".join(rules) if rules else "")


def write_specification(folder: Path, text: str, name: str = "small.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def load_rules(folder: Path, *rules: str) -> CompiledSpecification:
    """The small format with these rules, compiled."""
    return load_specification(write_specification(folder, specification_text(*rules)))


def outcome_of(compiled: CompiledSpecification, columns: Mapping[str, Sequence[float]], item: str = "") -> Outcome:
    """The outcome of the first rule (of the instance of ``item``) over columns of equal length."""
    arrays = {name: np.array(values, dtype=np.float64) for name, values in columns.items()}
    count = len(next(iter(arrays.values()))) if arrays else 1
    outcomes = evaluate_all(compiled, arrays, count)[compiled.rules[0].rule.id]
    items = [instance.item for instance in compiled.rules[0].instances]
    return outcomes[items.index(item)]


ABSENT, BLANK, UNREADABLE = CellStatus.ABSENT, CellStatus.BLANK, CellStatus.UNREADABLE


def sample_report(
    compiled: CompiledSpecification,
    values: Mapping[str, float | CellStatus],
    facts: Mapping[str, Fact] | None = None,
    source: str = "report.txt",
) -> Report:
    """A report whose cells are 0 unless named; the single rows of groups are absent unless named.

    A status instead of a value makes a cell without a value. The place of a cell is its number in the format.
    """
    known = {**{cell: ABSENT for cell in compiled.cells if cell.startswith("requests.other.")}, **values}
    cells = {cell: _cell(cell, known.get(cell, 0.0), line) for line, cell in enumerate(compiled.cells, start=1)}
    all_facts = {name: Fact(0.0) for name in compiled.facts if not name.startswith("report.")}
    return Report(source, "某市某局", 2024, "word", cells, {**all_facts, **(facts or {})})


def _cell(name: str, value: float | CellStatus, line: int) -> Cell:
    if isinstance(value, CellStatus):
        return Cell(name, "", math.nan, value, None if value is ABSENT else Place(line=line))
    return Cell(name, str(value), float(value), CellStatus.READ, Place(line=line))


def columns_of(compiled: CompiledSpecification, reports: Sequence[Report]) -> dict[str, np.ndarray]:
    """The columns a formula reads, from the reports alone (no year before)."""
    columns = {name: np.array([report.cells[name].value for report in reports]) for name in compiled.cells}
    for name in compiled.facts:
        if name != "report.year":
            columns[name] = np.array([report.facts[name].value for report in reports])
    columns["report.year"] = np.array([float(report.year or math.nan) for report in reports])
    return columns


def findings_of(compiled: CompiledSpecification, *reports: Report) -> list[Finding]:
    columns = columns_of(compiled, reports)
    return assemble_findings(compiled, reports, columns, evaluate_all(compiled, columns, len(reports)))


BALANCED: dict[str, float | CellStatus] = {
    "requests.received.person": 48,
    "requests.received.business": 20,
    "requests.received.total": 68,
    "requests.carried_in.business": 3,
    "requests.carried_in.total": 3,
    "requests.granted.person": 41,
    "requests.granted.business": 21,
    "requests.granted.total": 62,
    "requests.refused_secret.person": 2,
    "requests.refused_secret.total": 2,
    "requests.other_rest.person": 1,
    "requests.other_rest.total": 1,
    "requests.results_total.person": 44,
    "requests.results_total.business": 21,
    "requests.results_total.total": 65,
    "requests.carried_out.person": 4,
    "requests.carried_out.business": 2,
    "requests.carried_out.total": 6,
}
BALANCE = rule("requests.balance", "received + carried_in == results_total + carried_out", loop="column: requests.*")
RESULTS_SUM = rule("requests.results_sum", "results_total == sum(results.*)", loop="column: requests.*")
ROW_TOTAL = rule("requests.row_total", "total == sum(applicants.*)", loop="row: [requests.*, requests.other]")
EQUATIONS = (BALANCE, RESULTS_SUM, ROW_TOTAL)
