"""A plain report without faults, a line of which tests put in other words; small reports that once were misread."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from disclosure_checks.rules.findings.finding import Finding
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.rules.spec.model.specification import Severity
from tests.checking import ROOT, findings_of, read

FOLDER = ROOT / "tests" / "fixtures" / "odd_texts"
NUMERALS = ROOT / "tests" / "fixtures" / "odd_numerals"
PLAIN = (
    (FOLDER / "14_heading_reworded.txt").read_text(encoding="utf-8").replace("政府信息公开工作的基本情况", "总体情况")
)
PROACTIVE, REQUESTS = "规范公开。", "2023年未收到政府信息公开申请。"
_CELLS = "0 | 0 | 0 | 0 | 0 | 0 | 0"


def plain(words: Mapping[str, str] = {}, rows: Mapping[str, int] = {}) -> str:
    """The plain report with other ``words``, and ``rows`` of its table of requests with a number of natural persons."""
    text = PLAIN
    for old, new in words.items():
        assert old in text, old
        text = text.replace(old, new)
    for label, number in rows.items():
        before = f"{label} | {_CELLS} |"
        assert before in text, label
        text = text.replace(before, f"{label} | {number} | 0 | 0 | 0 | 0 | 0 | {number} |")
    return text


def received(sentence: str, number: int, **rows: int) -> str:
    """The plain report with so many requests, all granted but for ``rows`` by the ordinal and beginning of their label."""
    granted = number - sum(rows.values())
    own = {"一、本年新收政府信息公开申请数量": number, "(七)总计": number, **rows, "(一)予以公开": granted}
    return plain({REQUESTS: sentence}, own)


def said_of(content: str | bytes, source: str = "report.txt") -> list[Finding]:
    """What is found wrong with a report, notes left out."""
    findings = findings_of([read(content, source)])[source]
    return [one for one in findings if one.status is ResultStatus.FAIL and one.severity is not Severity.INFO]


def rules_failed(content: str | bytes, *severities: Severity, source: str = "report.txt") -> list[str]:
    """The rules that fail, of the severities if any are given."""
    return [one.rule for one in said_of(content, source) if not severities or one.severity in severities]


def case(name: str, folder: Path = FOLDER) -> bytes:
    """The report whose file begins with ``name``."""
    (path,) = folder.glob(f"{name}[_.]*")
    return path.read_bytes()
