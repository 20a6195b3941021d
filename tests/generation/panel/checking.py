"""Checks the reports of a panel and says which findings speak of which sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from disclosure_checks.grammar.words.folding import fold
from disclosure_checks.rules.findings.finding import Finding
from tests.generation.narrative.sentences import Sentence
from tests.generation.panel.panel import Panel, PanelReport
from tests.generation.panel.reading import findings_by_name
from tests.generation.planting.text import PlantedText, kinds_said, plant_text, statement_kinds
from tests.generation.planting.years import PlantedYear

SHORTEST_QUOTE = 6


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


@dataclass(frozen=True)
class YearCheck:
    """An error planted between two years: whether it was found, and what else was said of the run, with the file."""

    planted: PlantedYear
    found: bool
    others: tuple[tuple[str, Finding], ...]


def check_planted_years(planted: Sequence[PlantedYear]) -> list[YearCheck]:
    """Checks runs with planted errors together; each body may stand in it only once."""
    findings = findings_by_name(report for one in planted for report in one.run)
    checks = []
    for one in planted:
        own = [(report.name, finding) for report in one.run for finding in findings.get(report.name, [])]
        hits = [
            finding
            for name, finding in own
            if name == one.name
            and finding.severity.value in one.severities
            and (set(finding.cells) & set(one.cells) if one.cells else not set(finding.cells) & set(one.beside))
        ]
        permitted = {*one.cells, *one.beside}
        others = tuple(
            (name, finding) for name, finding in own if finding not in hits and not set(finding.cells) & permitted
        )
        checks.append(YearCheck(one, bool(hits), others))
    return checks


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
