"""Which cells a finding finds fault with, and which only take part in what does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification
from disclosure_checks.runner.exports.records import FindingRecord

OPERAND = "operand"  # how a cell is marked that only takes part


class CellsOfFinding(NamedTuple):
    """The cells that are wrong as far as the finding goes, and those that take part."""

    at_fault: Sequence[str]
    operands: Sequence[str]


def cells_of(finding: FindingRecord, compiled: CompiledSpecification) -> CellsOfFinding:
    """The cells of a finding: at fault are those to be changed, or those that the rule itself speaks of."""
    if finding.correction:
        return CellsOfFinding([change.cell for change in finding.correction], finding.cells)
    if finds_fault_with_cells(finding, compiled):
        return CellsOfFinding(finding.cells, ())
    return CellsOfFinding((), finding.cells)


def finds_fault_with_cells(finding: FindingRecord, compiled: CompiledSpecification) -> bool:
    """Whether the rule speaks of its cells themselves, rather than of what several have to do with each other."""
    instance = compiled.instance_by_item.get((finding.rule, finding.item))
    inputs = instance.inputs if instance is not None else ()
    reads_cells = any(map(compiled.labels.is_cell, inputs))
    return not reads_cells or (len(inputs) == 1 and len(finding.cells) == 1)
