"""Which cells of a spec no rule reads: what is printed there is never checked, not even by the sums."""

from __future__ import annotations

from disclosure_checks.rules.spec.compiling.compiled import CompiledSpecification


def untouched_cells(compiled: CompiledSpecification) -> tuple[str, ...]:
    """The cells that no rule reads, in the order of the format."""
    read = {name for rule in compiled.rules for instance in rule.instances for name in instance.inputs}
    return tuple(cell for cell in compiled.cells if cell not in read)
