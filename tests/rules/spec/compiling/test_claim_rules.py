"""Claims as rules: a number said in a sentence against the cells, with its doubts, tolerances and mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.loading import load_specification
from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.rules.spec.source.problems import SpecificationError
from tests.checking import SPECIFICATION, findings_of, read
from tests.generation.samples import flawless_text

SAID = "累计收到受理公民依申请公开18件"


def claims_of(text: str) -> list[Finding]:
    ((_, findings),) = findings_of([read(text, "report.txt")]).items() or {"": []}.items()
    return [one for one in findings if one.rule.startswith("claims.")]


def report(*changes: tuple[str, str]) -> str:
    text = flawless_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def test_a_number_that_contradicts_its_cell_is_probably_wrong() -> None:
    (finding,) = claims_of(report((SAID, "累计收到受理公民依申请公开19件")))
    assert (finding.rule, finding.severity, finding.observed, finding.expected) == (
        "claims.received",
        Severity.LIKELY,
        19,
        18,
    )
    assert "requests.new_received.total" in finding.cells
    assert finding.evidence is not None
    assert "19件" in finding.evidence.text


def test_a_zero_in_words_that_contradicts_its_cell_is_an_error() -> None:
    (finding,) = claims_of(report((SAID, "我办未收到政府信息公开申请")))[:1]
    assert (finding.rule, finding.severity) == ("claims.none_received", Severity.ERROR)


def test_a_claim_about_an_empty_cell_cannot_be_judged() -> None:
    text = report(("二、上年结转政府信息公开申请数量", "二、上年结转政府信息公开申请数量"))
    blank = text.replace("\n18\n", "\n/\n")
    found = [one for one in claims_of(blank) if one.rule == "claims.received"]
    assert [one.status for one in found] == [ResultStatus.NOT_ASSESSABLE]


@pytest.mark.parametrize(
    ("old", "new", "line", "fragment"),
    [
        ('patterns: ["carried_in', 'patterns: ["carried_inn', "patterns", "carried_inn"),
        ("equals: requests.carried_in.total", "equals: requests.carried_inn.total", "equals", "carried_inn"),
        ("    equals: requests.carried_in.total\n", "", "- id: carried_in", "equals"),
        ('unit: "元"', 'unit: "圆"', "unit", "圆"),
    ],
    ids=["a part that is not there", "a cell that is not there", "no formula", "a unit that is not there"],
)
def test_a_mistake_in_a_claim_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: str, fragment: str
) -> None:
    text = SPECIFICATION.read_text(encoding="utf-8")
    if old not in text:
        old, new = old.replace('"', ""), new.replace('"', "")
    assert old in text
    spec = tmp_path / "spec.yaml"
    spec.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SpecificationError) as raised:
        load_specification(spec)
    problem = raised.value.problems[0]
    written = spec.read_text(encoding="utf-8").split("\n")[problem.line - 1]
    assert line in written
    assert fragment in raised.value.render("en")
