"""The decisions of a ``decisions.yaml``, looked up by the agency and year of a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Union

from disclosure_checks.grammar.model.report import Report
from disclosure_checks.rules.collection.agencies.names import agency_key
from disclosure_checks.rules.collection.agencies.registry import AgencyRegistry
from disclosure_checks.rules.spec.compiling.compiled import CompiledRule, CompiledSpecification
from disclosure_checks.rules.spec.model.decision_list import Decision

_Key = tuple[str, Union[int, None]]  # an agency's key and a year


@dataclass(frozen=True)
class DecisionRegister:
    """All decisions, in the order of the file. ``today``: the day that tells which of them are over."""

    decisions: tuple[Decision, ...]
    today: date
    registry: AgencyRegistry | None = None

    def of(self, report: Report) -> Sequence[Decision]:
        """The decisions about a report."""
        names = (report.agency, report.printed_agency)
        keys = dict.fromkeys((agency_key(name), report.year) for name in names if name)
        return tuple(dict.fromkeys(decision for key in keys for decision in self._by_report.get(key, ())))

    def is_over(self, decision: Decision) -> bool:
        """Whether its last day is past."""
        return bool(decision.until) and date.fromisoformat(decision.until) < self.today

    def without_report(self, reports: Collection[Report]) -> tuple[Decision, ...]:
        """The decisions about reports that are not among these."""
        found = {decision for report in reports for decision in self.of(report)}
        return tuple(decision for decision in self.decisions if decision not in found)

    @cached_property
    def _by_report(self) -> Mapping[_Key, Sequence[Decision]]:
        by_report: dict[_Key, list[Decision]] = defaultdict(list)
        for decision in self.decisions:
            by_report[agency_key(decision.agency), decision.year].append(decision)
            listed = self.registry.find(decision.agency, decision.year) if self.registry else None
            if listed is not None and agency_key(listed.name) != agency_key(decision.agency):
                by_report[agency_key(listed.name), decision.year].append(decision)
        return by_report


def speaks_of(decision: Decision, rule: CompiledRule, cells: Collection[str]) -> bool:
    """Whether a decision is about a finding of a rule that concerns these cells."""
    if decision.rule != rule.rule.id and decision.rule not in rule.rule.renamed_from:
        return False
    return not decision.cells or not frozenset(cells).isdisjoint(decision.cells)


def rules_of(decision: Decision, compiled: CompiledSpecification) -> list[CompiledRule]:
    """The rule a decision names, by its id of today or one it had before."""
    return [rule for rule in compiled.rules if decision.rule == rule.rule.id or decision.rule in rule.rule.renamed_from]
