"""What the page of a report stands beside that only the collection and the frame know: the revision before, last year."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from disclosure_checks.grammar.model.report import UnreadableReport
from disclosure_checks.rules.formula.functions import earlier_prefix
from disclosure_checks.runner.collection.readings import Readings
from disclosure_checks.runner.collection.register import RevisionBefore
from disclosure_checks.runner.exports.records import CheckedReport
from disclosure_checks.runner.pipeline.checking import FramedReports
from disclosure_checks.runner.pipeline.publications import Publications
from disclosure_checks.runner.site.finding_groups.revision_changes import RevisionChanges, revision_changes


class RevisionsBefore:
    """What reports changed since the revision before. ``known``: the one before each report that has one."""

    def __init__(self, connection: sqlite3.Connection, known: Mapping[int, RevisionBefore]) -> None:
        self._publications = Publications(connection)
        self._readings = Readings(connection)
        self._known = known

    def changes(self, number: int, checked: CheckedReport) -> RevisionChanges | None:
        """What a report changed; None where there is no revision before that was read."""
        if number not in self._known:
            return None
        before, reading, date = self._known[number]
        stored = self._readings.load([reading]).get(reading)
        if stored is None or isinstance(stored.report, UnreadableReport):
            return None
        findings = self._publications.findings(before)
        return revision_changes(findings, checked.findings, stored.report.cells, checked.report.cells, date)


def numbers_of_last_year(framed: FramedReports, rows: Sequence[int]) -> list[tuple[float, ...]]:
    """The cells of the year before of some reports, in the order of the spec; nothing where none is known."""
    names = [earlier_prefix(1) + cell for cell in framed.compiled.cells]
    numbers: NDArray[np.float64] = framed.frame[names].iloc[list(rows)].to_numpy(dtype=np.float64)
    known = np.count_nonzero(~np.isnan(numbers), axis=1).tolist()
    return [tuple(row.tolist()) if count else () for row, count in zip(numbers, known, strict=True)]
