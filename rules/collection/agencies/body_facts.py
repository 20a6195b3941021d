"""The facts ``body.<name>`` of each report: from the list of agencies where it knows the body, else from its name.

Where no name was found, what a body calls itself may tell the kind (我镇).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from disclosure_checks.grammar.model.overlaid_facts import OverlaidFacts, fact_value
from disclosure_checks.grammar.model.report import Evidence, Fact, Report
from disclosure_checks.rules.collection.agencies.roll import AgencyRoll
from disclosure_checks.rules.spec.model.agency_list import Agency, month_and_day
from disclosure_checks.rules.spec.model.body_facts import BODY_SCOPE, BodyVocabulary, body_vocabulary
from disclosure_checks.rules.spec.model.specification import Specification

BodyFacts = dict[str, Fact]


def with_body_facts(reports: Sequence[Report], specification: Specification, roll: AgencyRoll) -> list[Report]:
    """The reports of one format with the facts ``body.<name>``."""
    bodies = _Bodies(specification, roll, body_vocabulary([specification.bodies]))
    return [replace(report, facts=OverlaidFacts(report.facts, bodies.facts_of(report))) for report in reports]


def due_of(agency: Agency, specification: Specification) -> str:
    """Month and day by which an agency reports: its own, else that of its kind; "" where the spec says nothing."""
    return agency.due or _due_of_kind(agency.kind, specification)


def _due_of_kind(kind: str | None, specification: Specification) -> str:
    bodies = specification.bodies
    if bodies is None:
        return ""
    return next((body.due for body in bodies.kinds if body.kind == kind), bodies.due)


@dataclass
class _Bodies:
    """Makes the facts. Those of unlisted bodies depend on the kind alone and are made once."""

    specification: Specification
    roll: AgencyRoll
    vocabulary: BodyVocabulary
    unlisted: dict[str | None, BodyFacts] = field(default_factory=dict)

    def facts_of(self, report: Report) -> BodyFacts:
        agency = self.roll.agency_of(report)
        if agency is not None:
            return self._facts_of_listed(agency, report.year)
        kind = self._kind_by_name(report)
        known = self.unlisted.get(kind)
        if known is None:
            known = self.unlisted[kind] = self._facts(kind, _due_of_kind(kind, self.specification), known=0.0)
        return known

    def _kind_by_name(self, report: Report) -> str | None:
        """The kind by the name or, where no name was found, by how the body speaks of itself."""
        bodies = self.specification.bodies
        for body in bodies.kinds if bodies else ():
            told_by = body.recognise_by if report.agency else body.or_without_name
            if told_by and (fact_value(report.facts, f"text.{told_by}") or 0) >= 1:
                return body.kind
        return None

    def _facts_of_listed(self, agency: Agency, year: int | None) -> BodyFacts:
        said = {name: agency.says(name) for name in self.vocabulary.facts}
        facts = self._facts(
            agency.kind,
            due_of(agency, self.specification),
            known=1.0,
            vertically_managed=float(agency.vertically_managed),
            children_complete=float(agency.children_complete),
            **{name: math.nan if value is None else float(value) for name, value in said.items()},
        )
        if year is not None:
            children = self.roll.children(agency, year)
            reported = [child.name for child in children if self.roll.reported_once(child, year)]
            named = (Evidence(None, "\n".join(reported)),) if reported else ()
            facts[f"{BODY_SCOPE}.children_known"] = Fact(float(len(children)))
            facts[f"{BODY_SCOPE}.children_reported"] = Fact(float(len(reported)), named)
        return facts

    def _facts(self, kind: str | None, due: str, **values: float) -> BodyFacts:
        """Facts of a body without children; what is not given is unknown."""
        month, day = month_and_day(due) or (math.nan, math.nan)
        numbers = {
            "kind": math.nan if kind is None else self.vocabulary.code(kind),
            "due_month": month,
            "due_day": day,
            "children_complete": 0.0,
            "children_known": 0.0,
            "children_reported": 0.0,
            **values,
        }
        return {f"{BODY_SCOPE}.{name}": Fact(numbers.get(name, math.nan)) for name in self.vocabulary.fact_names}
