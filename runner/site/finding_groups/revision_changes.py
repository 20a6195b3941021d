"""What a corrected report changed: findings solved, left and new, and the cells that were printed differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from disclosure_checks.grammar.model.packing import unpacked_cells
from disclosure_checks.grammar.model.report import Cell
from disclosure_checks.rules.formula.outcomes import ResultStatus
from disclosure_checks.runner.exports.plain_values import plain_number, visible_text
from disclosure_checks.runner.exports.records import FindingRecord

_Identity = tuple[str, str, tuple[str, ...]]


class ChangedCell(NamedTuple):
    """A cell that is printed differently: the texts of both revisions, or their numbers where these tell more."""

    cell: str
    before: str
    after: str


class RevisionChanges(NamedTuple):
    """The revision against the one before it. ``left``: findings of both; ``date``: that of the one before, "" if unknown."""

    solved: tuple[FindingRecord, ...]
    new: tuple[FindingRecord, ...]
    left: tuple[FindingRecord, ...]
    cells: tuple[ChangedCell, ...]
    date: str = ""


def revision_changes(
    before: Sequence[FindingRecord],
    after: Sequence[FindingRecord],
    cells_before: Mapping[str, Cell],
    cells_after: Mapping[str, Cell],
    date: str = "",
) -> RevisionChanges:
    """What changed between two revisions of a report. Findings are told by rule, item and cells, not by their words."""
    old, new = _failing(before), _failing(after)
    fresh = _without(new, old)
    new_ones = {id(one) for one in fresh}
    return RevisionChanges(
        solved=tuple(_without(old, new)),
        new=tuple(fresh),
        left=tuple(one for one in new if id(one) not in new_ones),
        cells=tuple(_changed_cells(unpacked_cells(cells_before), unpacked_cells(cells_after))),
        date=date,
    )


def _failing(findings: Sequence[FindingRecord]) -> list[FindingRecord]:
    return [one for one in findings if one.status == ResultStatus.FAIL.value]


def _identity(finding: FindingRecord) -> _Identity:
    return finding.rule, finding.item, finding.cells


def _without(findings: Sequence[FindingRecord], others: Sequence[FindingRecord]) -> list[FindingRecord]:
    """The findings that have no counterpart among the others, each counterpart counted once."""
    there = Counter(map(_identity, others))
    alone: list[FindingRecord] = []
    for finding in findings:
        if there[_identity(finding)]:
            there[_identity(finding)] -= 1
        else:
            alone.append(finding)
    return alone


def _changed_cells(before: Mapping[str, Cell], after: Mapping[str, Cell]) -> list[ChangedCell]:
    changed = []
    for cell_id, new in after.items():
        old = before.get(cell_id)
        if old is not None and _shown(old) != _shown(new):
            changed.append(ChangedCell(cell_id, _shown(old), _shown(new)))
    return changed


def _shown(cell: Cell) -> str:
    return plain_number(cell.value) or visible_text(cell.text)
