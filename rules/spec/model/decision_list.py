"""The model of ``decisions.yaml``: what people have decided about findings, and why.

decisions.yaml -> DecisionList (pydantic) -> rules.collection.decisions.register.DecisionRegister
"""

from __future__ import annotations

from enum import Enum

from pydantic import Field

from disclosure_checks.rules.spec.model.parts import Part, RuleIdentifier


class DecisionStatus(str, Enum):
    """``accepted``: the finding does not count; ``confirmed``: it is right, and counts on."""

    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"


class Decision(Part):
    """What was decided about the findings of one rule in the report of one agency and year."""

    rule: RuleIdentifier = Field(description="The id of the rule, or one it had before")
    agency: str = Field(min_length=1, description="The agency as the pages show it, or another of its names")
    year: int = Field(description="The year reported on")
    cells: tuple[str, ...] = Field(
        default=(), description="Only findings about one of these cells; left out: all findings of the rule"
    )
    status: DecisionStatus
    reason: str = Field(min_length=1, description="Why; shown wherever the finding is")
    by: str = Field(default="", description="Who decided")
    until: str = Field(default="", description="The last day on which it holds, such as 2027-03-31")


class DecisionList(Part):
    """The whole file."""

    decisions: tuple[Decision, ...] = ()
