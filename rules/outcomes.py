"""Rules made ready to run, and what running them gives: arrays over all reports at once.

Specification -> CompiledSpecification (rules with their instances) -> evaluate(columns) -> Outcome per instance
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rules.labels import SpecificationLabels
from rules.specification import Rule, Specification

FloatArray = NDArray[np.float64]
StatusArray = NDArray[np.int8]

PASS, FAIL, NOT_ASSESSABLE = 0, 1, 2  # codes in a StatusArray

Columns = Mapping[str, FloatArray]  # frame column name -> one float64 a report, NaN = missing


class RuleExecutionError(RuntimeError):
    """A rule broke while it ran: a fault of the spec or of the program, never of a report. The run must stop."""


@dataclass(frozen=True)
class Outcome:
    """One rule instance on every report: ``status`` codes, and both sides where the formula compares numbers (else NaN)."""

    status: StatusArray
    left: FloatArray
    right: FloatArray


@dataclass(frozen=True)
class RuleInstance:
    """A rule with its loop item filled in.

    ``item``: the full id of the loop item (``requests.business``, ``section.overview``), "" without a loop.
    ``inputs``: every frame column the formula reads, in the order of the formula.
    ``left``/``right``: (column, sign) pairs of each side of a linear comparison, groups written out; else empty.
    """

    rule_id: str
    item: str
    inputs: tuple[str, ...]
    left: tuple[tuple[str, float], ...]
    right: tuple[tuple[str, float], ...]
    formula: object  # the resolved syntax tree, evaluated by rules.evaluation
    speaks_of: str = ""  # the input without which there is nothing to judge, such as a number no sentence said


@dataclass(frozen=True)
class CompiledRule:
    """A rule of a spec with every item of its loop written out."""

    rule: Rule
    instances: tuple[RuleInstance, ...]


@dataclass(frozen=True)
class CompiledSpecification:
    """A checked spec with every rule resolved against its tables. ``fingerprint`` is a digest of the spec's bytes."""

    specification: Specification
    rules: tuple[CompiledRule, ...]
    cells: tuple[str, ...]  # every cell id of the spec, in statutory order
    facts: tuple[str, ...]  # every fact name a formula may use
    fingerprint: str

    @cached_property
    def labels(self) -> SpecificationLabels:
        """What its cells, facts and loop items are called."""
        return SpecificationLabels(self.specification)

    @cached_property
    def rule_by_id(self) -> dict[str, CompiledRule]:
        """The compiled rules by id."""
        return {rule.rule.id: rule for rule in self.rules}

    @cached_property
    def rule_order(self) -> dict[str, int]:
        """The place of each rule in the spec, by id."""
        return {rule.rule.id: place for place, rule in enumerate(self.rules)}

    @cached_property
    def instance_by_item(self) -> dict[tuple[str, str], RuleInstance]:
        """The instances of all rules by (rule id, loop item)."""
        return {(rule.rule.id, instance.item): instance for rule in self.rules for instance in rule.instances}
