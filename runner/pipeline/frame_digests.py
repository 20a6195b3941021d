"""What tells whether a report has to be judged anew: a digest of all that its findings and its page are made from.

That is its row of the frame (its cells and facts, the year before, the sums over the bodies below it), the evidence
that other reports give for its facts, the names it goes by, and the pages it leads to. What its own file prints is
covered by the digest of the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b

import numpy as np
import pandas as pd

from disclosure_checks.grammar.model.overlaid_facts import OverlaidFacts
from disclosure_checks.grammar.model.report import Fact, Report
from disclosure_checks.rules.expectations.frame_columns import TEXT_COLUMNS

_TOGETHER = 2_000  # rows turned into numbers at a time


def row_digests(frame: pd.DataFrame, reports: Sequence[Report], further: Sequence[str]) -> list[bytes]:
    """A digest for each row. ``further``: what else goes into the page of each report."""
    names = [name for name in frame.columns if name not in TEXT_COLUMNS]
    start = blake2b(repr(names).encode(), digest_size=20)
    digests: list[bytes] = []
    for first in range(0, len(frame), _TOGETHER):
        numbers = np.ascontiguousarray(frame[names].iloc[first : first + _TOGETHER].to_numpy(dtype=np.float64))
        for row, report, more in zip(numbers, reports[first:], further[first:], strict=False):
            digest = start.copy()
            digest.update(row.tobytes())
            digest.update(repr(_identity(report)).encode("utf-8", "surrogatepass"))
            digest.update(more.encode("utf-8", "surrogatepass"))
            digests.append(digest.digest())
    return digests


def _identity(report: Report) -> tuple[object, ...]:
    evidence = [_with_evidence(over) for over in _overlays(report.facts)]
    return report.source, report.agency, report.printed_agency, report.year, report.title, report.layout, evidence


def _overlays(facts: Mapping[str, Fact]) -> list[Mapping[str, Fact]]:
    found: list[Mapping[str, Fact]] = []
    while isinstance(facts, OverlaidFacts):
        found.append(facts.over)
        facts = facts.below
    return found


def _with_evidence(facts: Mapping[str, Fact]) -> list[tuple[str, Fact]]:
    return [(name, fact) for name, fact in facts.items() if fact.evidence]
