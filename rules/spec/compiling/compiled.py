"""A spec made ready to run: every rule with its instances, every name resolved to a frame column."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from disclosure_checks.rules.formula.outcomes import RuleInstance
from disclosure_checks.rules.spec.compiling.labels import SpecificationLabels
from disclosure_checks.rules.spec.model.specification import Rule, Specification


@dataclass(frozen=True)
class CompiledRule:
    """A rule of a spec with every item of its loop written out."""

    rule: Rule
    instances: tuple[RuleInstance, ...]


class RuleSelection(NamedTuple):
    """Names of rules, ``*`` being any run of characters: ``only`` these (all where there are none), ``without`` these."""

    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


ALL_RULES = RuleSelection()


@dataclass(frozen=True)
class CompiledSpecification:
    """A checked spec with every rule resolved against its tables. ``fingerprint`` is a digest of the spec's bytes."""

    specification: Specification
    rules: tuple[CompiledRule, ...]
    cells: tuple[str, ...]  # every cell id of the spec, in statutory order
    facts: tuple[str, ...]  # every fact name a formula may use
    fingerprint: str
    selection: RuleSelection = ALL_RULES  # what of the spec's rules this run has
    every_rule: tuple[CompiledRule, ...] = ()  # all rules of the spec, where a run has only some

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
