"""The facts ``body.<name>``: what is known of the body whose report it is, and the words of those that are no numbers.

They come from the list of agencies where it knows the body, else from its name, see ``rules.collection.agencies.body_facts``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from pydantic import Field

from disclosure_checks.rules.spec.model.parts import Identifier, Part

BODY_SCOPE = "body"


class BodyKind(str, Enum):
    """What a reporting body is."""

    GOVERNMENT = "government"
    DEPARTMENT = "department"
    OFFICE = "office"
    TOWNSHIP = "township"
    ZONE = "zone"


BODY_FACTS: dict[str, str] = {
    "known": "1 where the list of agencies knows the body",
    "kind": "what it is: government, department, office, township or zone; unknown where neither list nor name tells",
    "makes_rules": "1 where it may make regulations, 0 where it may not; unknown where the list does not say",
    "vertically_managed": "1 where it is managed from above and not summed; unknown where the list does not know it",
    "due_month": "the month of the next year by whose day its report is due",
    "due_day": "the day of that month",
    "children_complete": "1 where the list names all bodies below it",
    "children_known": "bodies listed below it that report for the year and are not vertically managed",
    "children_reported": "those of them with exactly one report of the year among those checked together",
}

ENUMERATED_FACTS: Mapping[str, tuple[str, ...]] = {f"{BODY_SCOPE}.kind": tuple(kind.value for kind in BodyKind)}
"""The words of each fact whose numbers stand for words. A formula compares such a fact with a word."""


def word_code(fact: str, word: str) -> float:
    """The number that stands for a word of an enumerated fact. Raises ValueError for a word it does not have."""
    return float(ENUMERATED_FACTS[fact].index(word) + 1)


class BodyByName(Part):
    """How a kind of body is told by its name, where no list of agencies knows it, and when it reports."""

    kind: BodyKind
    recognise_by: Identifier = Field(description="The text fact that is at least 1 for the names of such bodies")
    or_without_name: Identifier | None = Field(
        None, description="The text fact that is at least 1 where a body that is not named calls itself one (我镇)"
    )
    due: str = Field(description="Month and day of the next year by which such bodies report, such as 01-31")


class Bodies(Part):
    """What kinds of bodies report and when. The first kind that fits a name counts."""

    kinds: tuple[BodyByName, ...] = ()
    due: str = Field(description="When a body of any other kind reports, such as 03-31")
