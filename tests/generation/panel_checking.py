"""Checks the reports of a panel and says which findings speak of which sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from grammar.folding import fold
from rules.findings import Finding
from tests.checking import failed, findings_of, read
from tests.generation.panel import Panel, PanelReport
from tests.generation.planting_text import PlantedText, kinds_said, plant_text, statement_kinds
from tests.generation.sentences import Sentence

SHORTEST_QUOTE = 6


def findings_by_name(reports: Iterable[PanelReport]) -> Mapping[str, list[Finding]]:
    """The error and likely findings of reports checked together, by the name of the file."""
    read_reports = [read(report.text, report.name) for report in reports]
    return {source: failed(found) for source, found in findings_of(read_reports).items()}


def _bare(text: str) -> str:
    return "".join(fold(text).split())


def quotes(finding: Finding, sentence: str) -> bool:
    """Whether the finding's evidence is the sentence, a part of it or a longer stretch around it."""
    if finding.evidence is None:
        return False
    quoted, said = _bare(finding.evidence.text), _bare(sentence)
    if quoted in said or said in quoted:
        return len(quoted) >= SHORTEST_QUOTE or quoted == said
    # a quotation that starts or ends inside the sentence
    half = max(SHORTEST_QUOTE, len(said) // 2)
    return said[:half] in quoted or said[-half:] in quoted


def speaks_of(finding: Finding, planted: PlantedText) -> bool:
    return bool(set(finding.cells) & set(planted.cells)) or quotes(finding, planted.sentence)


def finds(finding: Finding, planted: PlantedText) -> bool:
    """Whether the finding is the one that the planted error deserves."""
    right = bool(set(finding.cells) & set(planted.cells)) if planted.cells else quotes(finding, planted.sentence)
    return right and finding.severity.value in planted.severities


def sentence_behind(finding: Finding, report: PanelReport) -> Sentence | None:
    """The sentence of the report that a finding quotes."""
    for paragraphs in report.narrative.values():
        for paragraph in paragraphs:
            for sentence in paragraph:
                if isinstance(sentence, Sentence) and quotes(finding, sentence.text):
                    return sentence
    return None


@dataclass(frozen=True)
class TextCheck:
    """A planted error with the findings of its report: whether it was found, and what else was said."""

    planted: PlantedText
    found: bool
    others: tuple[Finding, ...]


def plant_in_all(
    panel: Panel, seed: int | str, counted: Counter[str] | None = None, only: Sequence[str] = ()
) -> Sequence[PlantedText]:
    """One planted error in every report that takes any, of ``only`` these kinds, as evenly as can be."""
    random = Random(f"plant {seed}")
    counts: Counter[str] = Counter() if counted is None else counted
    planted: list[PlantedText] = []
    for report in panel.reports:
        possible = {*kinds_said(report), *statement_kinds()}
        kinds = sorted(possible & set(only) if only else possible)
        for kind in sorted(kinds, key=lambda one: (counts[one], random.random())):
            one = plant_text(report, kind, random)
            if one is not None:
                planted.append(one)
                counts[kind] += 1
                break
    return planted


def check_planted(planted: Sequence[PlantedText]) -> list[TextCheck]:
    """Checks reports with planted errors together; each may stand in it only once."""
    findings = findings_by_name(one.report for one in planted)
    checks = []
    for one in planted:
        own = findings.get(one.report.name, [])
        others = tuple(finding for finding in own if not speaks_of(finding, one))
        checks.append(TextCheck(one, any(finds(finding, one) for finding in own), others))
    return checks
