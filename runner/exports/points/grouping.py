"""Findings that one mistake explains, together; equal notes folded. Pure: records in, groups out, nothing is lost.

The findings of a group have one correction in common, or the same corrections to choose from. The rules themselves say
what a correction mends (``rules.findings.diagnosis``); here it is only put together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from disclosure_checks.rules.spec.model.specification import Severity
from disclosure_checks.runner.exports.plain_values import computed_number
from disclosure_checks.runner.exports.records import SEVERITY_RANK, FindingRecord, ProposedChange

_FOLDED = (Severity.ADVISORY.value, Severity.INFO.value)  # of one rule; graver ones only where they say the same


class GroupKind(str, Enum):
    """What its findings have in common: a correction, corrections to choose from, a sentence, being equal notes, or nothing."""

    CORRECTION = "correction"
    CANDIDATES = "candidates"
    SENTENCE = "sentence"
    NOTES = "notes"
    SINGLE = "single"


class NumberedFinding(NamedTuple):
    """A finding and its number among all of the report, from 1, which links go by."""

    number: int
    record: FindingRecord


class Candidate(NamedTuple):
    """One of several corrections: cells with the values they would need, and the kinds of what speaks for it."""

    values: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class FindingGroup:
    """``correction``: what is to be changed for sure; ``candidates``: where that is not all, what to choose from.

    ``reasons``: the kinds of what speaks for the correction.
    """

    kind: GroupKind
    findings: tuple[NumberedFinding, ...]
    correction: tuple[ProposedChange, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def first(self) -> FindingRecord:
        """The one that stands first in the document."""
        return self.findings[0].record

    @property
    def severity(self) -> str:
        """The gravest of its findings."""
        return min((one.record.severity for one in self.findings), key=SEVERITY_RANK.__getitem__)

    @property
    def equations(self) -> int:
        """How many of its findings are equations that the correction was looked for."""
        return sum(bool(one.record.candidates) for one in self.findings)


def finding_groups(findings: Iterable[NumberedFinding]) -> tuple[FindingGroup, ...]:
    """The groups in the order in which their first findings stand in the document."""
    in_order = sorted(findings, key=_in_document)
    sentences = frozenset(one.record.sentence_id for one in in_order if one.record.severity not in _FOLDED) - {""}
    by_cause: dict[tuple[object, ...], list[NumberedFinding]] = {}
    for one in in_order:
        by_cause.setdefault(_cause(one, sentences), []).append(one)
    groups = [_group(tuple(together)) for together in by_cause.values()]
    return tuple(sorted(groups, key=lambda group: (_stands_at(group), group.findings[0].number)))


def _in_document(one: NumberedFinding) -> tuple[int, int, int]:
    return one.record.order, SEVERITY_RANK[one.record.severity], one.number


def _stands_at(group: FindingGroup) -> int:
    """A group stands where the cell to be corrected does."""
    return min((change.order for change in group.correction), default=group.first.order)


def _cause(one: NumberedFinding, sentences: Collection[str]) -> tuple[object, ...]:
    """What a finding stands together with others for. ``sentences``: those that something grave is found in."""
    record = one.record
    if record.correction:
        return ("correction", *((change.cell, change.value) for change in record.correction))
    if record.candidates:
        return ("candidates", record.candidates)
    if record.sentence_id in sentences and record.severity != Severity.INFO.value:
        return ("sentence", record.sentence_id)
    if record.severity in _FOLDED:
        return ("rule", record.rule, record.severity)
    return ("message", record.rule, record.what_is_wrong)


def _group(findings: tuple[NumberedFinding, ...]) -> FindingGroup:
    first = findings[0].record
    if first.correction:
        sure = {(change.cell, computed_number(change.value)) for change in first.correction}
        told = next((one.record for one in findings if one.record.candidates), first)
        candidates = _candidates(told)
        whole = next((candidate for candidate in candidates if set(candidate.values) == sure), None)
        if whole is None:
            return FindingGroup(GroupKind.CORRECTION, findings, first.correction, candidates)
        return FindingGroup(GroupKind.CORRECTION, findings, first.correction, reasons=whole.reasons)
    if first.candidates:
        return FindingGroup(GroupKind.CANDIDATES, findings, candidates=_candidates(first))
    if len(findings) == 1:
        return FindingGroup(GroupKind.SINGLE, findings)
    of_one_rule = len({one.record.rule for one in findings}) == 1
    return FindingGroup(GroupKind.NOTES if of_one_rule else GroupKind.SENTENCE, findings)


def _candidates(record: FindingRecord) -> tuple[Candidate, ...]:
    """The corrections that the export writes as a text, taken apart again."""
    written = record.candidates.split(";") if record.candidates else []
    reasons: Sequence[str] = record.candidate_reasons.split(";")
    return tuple(
        Candidate(tuple(_change(text) for text in one.split("+")), tuple(filter(None, why.split("+"))))
        for one, why in zip(written, [*reasons, *[""] * len(written)], strict=False)
    )


def _change(text: str) -> tuple[str, str]:
    cell, _, value = text.partition("=")
    return cell, value
