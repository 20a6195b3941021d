"""Paragraphs in the manner of real reports with what a reader understands of them, and how much of that is found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from disclosure_checks.grammar.claims.said_claims import FoundClaims, SaidClaim
from disclosure_checks.grammar.claims.sums import SumVerdict
from disclosure_checks.rules.spec.model.specification import Severity
from tests.checking import specification
from tests.grammar.claim_samples import BUREAU, found_in

_PARAGRAPHS = Path(__file__).parents[1] / "fixtures" / "labelled_claims" / "paragraphs.txt"
_SECTIONS = {
    "一": "overview",
    "二": "proactive",
    "三": "requests",
    "四": "review",
    "五": "problems",
    "六": "other_matters",
}
_LABEL = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
_CELL = re.compile(r"(?<![.\w])(?:requests|review|proactive)\.[a-z_]+\.[a-z_]+")
_EQUAL = re.compile(r"^value == ([^<>=]+)$")
_CHINESE = {character: value for value, character in enumerate("零一二三四五六七八九十")} | {"两": 2}
_ACCUSING = (SumVerdict.DIFFERS, SumVerdict.EXCEEDS, SumVerdict.SHARE_DIFFERS, SumVerdict.GROWTH_DIFFERS)
_APPLICANTS = {
    "natural": "natural_person", "business": "business", "research": "research", "welfare": "social_welfare",
    "legal": "legal_service", "otherorg": "other_org", "organisations": "organisations",
}  # fmt: skip
_ROWS = {"new": "new_received", "in": "carried_in", "out": "carried_out", "done": "results_total"} | {
    name: name for name in ("granted", "refused", "unavailable", "rejected", "other", "other_other")
} | {"partly": "partly_granted", "not_corrected": "other_not_corrected", "fee_unpaid": "other_fee_unpaid"}  # fmt: skip
_LEAVES = {
    "refused": ("state_secret", "forbidden_by_law", "safety_stability", "third_party", "internal_affairs",
                "process_information", "enforcement_files", "administrative_query"),
    "unavailable": ("not_held", "needs_creation", "still_unclear"),
    "rejected": ("petition", "duplicate", "publication", "excessive", "reconfirmation"),
}  # fmt: skip
_LITIGATION = ("review.direct_litigation.{}", "review.litigation_after_reconsideration.{}")
_TABLE_2 = {"licences": "licences.decisions", "penalties": "penalties.decisions", "coercive": "coercive_measures.decisions",
            "fees": "fees.amount"}  # fmt: skip
_FEE = "fee"  # 信息处理费, which no table holds


class Label(NamedTuple):
    """What the text says of some cells, added up; no cells where it may be read either way."""

    cells: frozenset[str]
    value: float


class Paragraph(NamedTuple):
    """A paragraph with its labels, the section it stands in and the agency whose report it is."""

    section: str
    agency: str
    text: str
    labels: tuple[Label, ...]


class Measured(NamedTuple):
    """What was found of the labels of some paragraphs, and what was found that no label says."""

    found: int
    unsure: int
    labels: int
    missed: tuple[str, ...]
    accused: tuple[str, ...]

    @property
    def recall(self) -> float:
        return self.found / self.labels


@cache
def paragraphs() -> tuple[Paragraph, ...]:
    """All paragraphs, in the order of the file."""
    lines = _PARAGRAPHS.read_text(encoding="utf-8").splitlines()
    return tuple(_paragraph(line) for line in lines if line.startswith("["))


def measured(chosen: Sequence[Paragraph]) -> Measured:
    """Reads paragraphs, each on its own, and holds what is found against their labels."""
    found = unsure = labels = 0
    missed: list[str] = []
    accused: list[str] = []
    for one in chosen:
        claims = found_in(one.text, one.agency, section=one.section)
        sure, rest = [c for c in claims.claims if c.sure], [c for c in claims.claims if not c.sure]
        for label in (label for label in one.labels if label.cells):
            labels += 1
            if any(_says(claim, label) for claim in sure):
                found += 1
            elif any(_says(claim, label) for claim in rest):
                unsure += 1
                missed.append(f"unsure {_shown(label)}: {one.text}")
            else:
                missed.append(f"{_shown(label)}: {one.text}")
        accused += [f"{what}: {one.text}" for what in _accusations(claims, sure, one.labels)]
    return Measured(found, unsure, labels, tuple(missed), tuple(accused))


def _paragraph(line: str) -> Paragraph:
    where, _, marked = line[1:].partition("] ")
    section, _, agency = where.partition(" ")
    labels = tuple(label for match in _LABEL.finditer(marked) for label in _labels(*match.groups()))
    return Paragraph(_SECTIONS[section], agency or BUREAU, _LABEL.sub(r"\1", marked), labels)


def _labels(text: str, said: str) -> Iterator[Label]:
    for part in said.split(","):
        name, _, value = part.partition("=")
        if name == "?":
            yield Label(frozenset(), _number(text) if text[0].isdigit() else 0.0)
        else:
            yield Label(_cells(name), _number(value or text))


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _cells(name: str) -> frozenset[str]:
    """The cells a label is about; their sum is what it says."""
    row, _, column = name.partition(".")
    if name in _APPLICANTS:
        return frozenset({f"requests.new_received.{_APPLICANTS[name]}"})
    if name.startswith("all_"):
        return _cells("new" if name[4:] in _APPLICANTS else "done") | _cells(name[4:])
    if name in _ROWS:
        return frozenset({f"requests.{_ROWS[name]}.total"})
    for group, leaves in _LEAVES.items():
        if name in leaves:
            return frozenset({f"requests.{group}_{name}.total"})
    if row == "reconsideration":
        return frozenset({f"review.reconsideration.{column or 'total'}"})
    if row == "litigation":
        return frozenset(cell.format(column or "total") for cell in _LITIGATION)
    if row in ("direct", "after"):
        return frozenset({_LITIGATION[row == "after"].format(column or "total")})
    if row in ("docs", "rules"):
        return frozenset({f"proactive.{'normative_documents' if row == 'docs' else 'regulations'}.{column}"})
    return frozenset({_FEE if name == _FEE else f"proactive.{_TABLE_2[name]}"})


@cache
def _compared() -> dict[str, tuple[Severity, tuple[frozenset[str], ...]]]:
    """Of each claim how grave its rule is, and what cells its number may be said of."""
    compared = {}
    for claim in specification().specification.claims:
        sources = [
            claim.equals or claim.check or "",
            *(_EQUAL.sub(r"\1", one) for one in claim.accepts if _EQUAL.match(one)),
        ]
        cells = [frozenset(_CELL.findall(source)) for source in sources]
        if any("previous_year" in source for source in sources):
            continue  # held against another report
        if "processing_fee" in claim.id:
            cells.append(frozenset({_FEE}))
        compared[claim.id] = (claim.severity, tuple(cells))
    return compared


def _says(claim: SaidClaim, label: Label) -> bool:
    if claim.claim.unit == "%" or abs(claim.value - label.value) > 1e-9:
        return False
    _, cells = _compared().get(claim.claim.id, (None, ()))
    return any(own == label.cells or (not label.value and label.cells <= own) for own in cells)


def _accusations(found: FoundClaims, sure: Sequence[SaidClaim], labels: Sequence[Label]) -> Iterator[str]:
    """Claims that would accuse a report whose tables hold what the labels say, and something else besides."""
    for claim in sure:
        severity, _ = _compared().get(claim.claim.id, (Severity.INFO, ()))
        either_way = any(not label.cells and label.value == claim.value for label in labels)
        right = either_way or any(_says(claim, label) or _adds_up(claim, labels) for label in labels)
        if severity in (Severity.ERROR, Severity.LIKELY) and claim.claim.unit != "%" and not right:
            yield f"{claim.claim.id} {claim.value:g}"
    yield from (f"{one.said.verdict.value} {one.said.terms}" for one in found.sums if one.said.verdict in _ACCUSING)


def _adds_up(claim: SaidClaim, labels: Sequence[Label]) -> bool:
    """Whether the labels of some of the cells that the claim adds up come to what it says."""
    _, cells = _compared().get(claim.claim.id, (None, ()))
    return any(
        sum(label.value for label in labels if label.cells and label.cells <= own) == claim.value
        for own in cells
        if any(label.cells and label.cells <= own for label in labels)
    )


def _shown(label: Label) -> str:
    return f"{'+'.join(sorted(label.cells))} {label.value:g}"
