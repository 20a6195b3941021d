"""One cause gives one finding: what a single slip does many times is told once, with the others named behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from disclosure_checks.grammar.model.report import Evidence
from disclosure_checks.rules.findings.finding import Finding

SortKey = tuple[int, int, str, int, int]  # report, severity, rule, item, occurrence
KeyedFinding = tuple[SortKey, Finding]


def told_once(
    found: Iterable[KeyedFinding],
    once: Literal["item", "report"] | None,
    applies: Callable[[SortKey, Finding], bool] | None = None,
) -> Iterator[KeyedFinding]:
    """The findings of one rule, those of a report or of an item of its loop as one where that applies."""
    groups: dict[tuple[int, int], list[KeyedFinding]] = {}
    for key, finding in found:
        if once is None or (applies is not None and not applies(key, finding)):
            yield key, finding
        else:
            report, _, _, item, _ = key
            groups.setdefault((report, item if once == "item" else 0), []).append((key, finding))
    for (key, first), *others in groups.values():
        yield key, _with_others(first, [finding for _, finding in others])


def _with_others(first: Finding, others: list[Finding]) -> Finding:
    if not others:
        return first
    every = [first, *others]
    return replace(
        first,
        cells=tuple(dict.fromkeys(cell for one in every for cell in one.cells)),
        missing=tuple(dict.fromkeys(name for one in every for name in one.missing)),
        others=tuple((one.item, one.evidence.text or one.evidence.expected if one.evidence else "") for one in others),
    )


def together(occurrences: Sequence[Evidence]) -> Evidence:
    """All occurrences as one: where and what the first is, and the cells of all."""
    cells = tuple(dict.fromkeys(cell for one in occurrences for cell in one.cells))
    return occurrences[0]._replace(cells=cells)
