"""What is printed where a finding stands, and the wording that should be there; "" where either is not certain.

What stands behind a finding is not always that: the names of other reports, the numbers of several, a sentence that a
rule reads as a condition are printed elsewhere or nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from disclosure_checks.grammar.model.fact_names import WORDING_FACTS
from disclosure_checks.grammar.model.report import Evidence, Report
from disclosure_checks.rules.collection.same_year import DIFFERING
from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification


def text_at(finding: Finding, cells: Sequence[str], report: Report) -> str:
    """The text of the cell that is judged, or what is quoted. ``cells``: those of this report that the finding concerns."""
    own = _cell_judged(finding, cells, report)
    if own:
        cell = report.cells.get(own)
        return cell.text.strip() if cell is not None else ""
    evidence = finding.evidence
    if evidence is None or evidence.place is None or not _is_judged(evidence, finding, report):
        return ""
    return evidence.text


def wording_wanted(finding: Finding, compiled: CompiledSpecification) -> str:
    """The format's wording, where that is what the finding misses."""
    instance = compiled.instance_by_item.get((finding.rule, finding.item))
    if finding.evidence is None or instance is None or len(instance.inputs) != 1:
        return ""
    scope, *_, fact = instance.inputs[0].split(".")
    return finding.evidence.expected if f"{scope}.{fact}" in WORDING_FACTS else ""


def _cell_judged(finding: Finding, cells: Sequence[str], report: Report) -> str:
    """The one cell a finding is about: the item of its loop, or the only cell where nothing quoted is judged."""
    if finding.item in report.cells:
        return finding.item
    evidence = finding.evidence
    if evidence is not None and evidence.cells:
        compares_reports = [term.name for term in finding.left] == [DIFFERING]
        return evidence.cells[0] if len(evidence.cells) == 1 or compares_reports else ""
    quoted = evidence is not None and evidence.place is not None and _is_judged(evidence, finding, report)
    return cells[0] if len(cells) == 1 and not quoted else ""


def _is_judged(evidence: Evidence, finding: Finding, report: Report) -> bool:
    """Whether what is quoted stands behind a fact that the formula compares, not behind one of its conditions."""
    compared = [term.name for term in (*finding.left, *finding.right, *finding.read) if term.name not in report.cells]
    facts = [report.facts[name] for name in compared if name in report.facts]
    if not compared and (finding.left or finding.right or finding.read):
        return False  # cells alone
    quoted = evidence[:2]  # where several are told together, it has the cells of all
    return (
        len(facts) < len(compared) or not compared or any(one[:2] == quoted for fact in facts for one in fact.evidence)
    )
